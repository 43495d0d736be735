package kept

import "testing"

func city() City {
	return City{
		Name: "town", Description: Source{Path: "city.yaml", SHA256: "d"},
		Sources:  []Source{{Path: "a.zip", SHA256: "1"}, {Path: "b.csv", SHA256: "2"}},
		Versions: []Version{{ID: "aa1", Network: "ff1"}, {ID: "aa2", Network: "ff2"}, {ID: "bb3", Network: "ff1"}},
	}
}

func TestIdentityDependsOnContentsAlone(t *testing.T) {
	c := city()
	id := Identity(c.Inputs(), 1, "qala 1")
	moved := city()
	moved.Sources[0].Location, moved.Sources[0].ETag, moved.Description.Location = "elsewhere", "x", "y"
	if Identity(moved.Inputs(), 1, "qala 1") != id {
		t.Error("a place changes the identity")
	}
	for what, change := range map[string]func(*City){
		"description": func(c *City) { c.Description.SHA256 = "e" },
		"source":      func(c *City) { c.Sources[1].SHA256 = "3" },
		"path":        func(c *City) { c.Sources[1].Path = "c.csv" },
		"one fewer":   func(c *City) { c.Sources = c.Sources[:1] },
	} {
		other := city()
		change(&other)
		if Identity(other.Inputs(), 1, "qala 1") == id {
			t.Errorf("%s: the identity stays", what)
		}
	}
	if Identity(c.Inputs(), 2, "qala 1") == id || Identity(c.Inputs(), 1, "qala 2") == id {
		t.Error("another format or program keeps the identity")
	}
}

func TestFindNeedsOneVersion(t *testing.T) {
	c := city()
	for digits, want := range map[string]string{"ff2": "aa2", "aa1": "aa1", "bb": "bb3", "ff1": "", "aa": "", "": "", "zz": ""} {
		if got, ok := c.Find(digits); got.ID != want || ok != (want != "") {
			t.Errorf("%q finds %q, want %q", digits, got.ID, want)
		}
	}
	if current, ok := c.Current(); !ok || current.ID != "bb3" {
		t.Errorf("current %q", current.ID)
	}
	if _, ok := (&City{}).Current(); ok {
		t.Error("a city without versions has a current one")
	}
	if c.Source("b.csv").SHA256 != "2" || c.Source("x").Path != "" {
		t.Error("a source is found wrongly")
	}
}

func TestNamesThatCanBeAFolder(t *testing.T) {
	for name, want := range map[string]bool{"porto": true, "a.b-c_1": true, "": false, ".": false, "..": false, "a/b": false, `a\b`: false, "-x": false} {
		if ValidName(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}
