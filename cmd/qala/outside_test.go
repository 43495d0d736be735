package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDataFolderOfAPath(t *testing.T) {
	root := t.TempDir()
	city, shared := filepath.Join(root, "house", "examples", "town"), filepath.Join(root, "shared", "data")
	for _, folder := range []string{city, shared} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	set := ""
	h := &house{env: func(name string) string {
		if name == "QALA_DATA" {
			return set
		}
		return "secret"
	}}
	for _, c := range []struct{ set, name, want, fails string }{
		{"", "../bus.zip", "../bus.zip", ""},
		{"", "${QALA_DATA}/bus.zip", filepath.ToSlash(shared) + "/bus.zip", ""},
		{shared, "${QALA_DATA}/a/bus.zip", filepath.ToSlash(shared) + "/a/bus.zip", ""},
		{"", "${HOME}/bus.zip", "", "no other variable"},
		{"", "${QALA_DATA/bus.zip", "", "no other variable"},
	} {
		set = c.set
		got, err := h.expand(city, c.name)
		if c.fails == "" && (err != nil || got != c.want) {
			t.Errorf("%s: %q %v, want %q", c.name, got, err, c.want)
		}
		if c.fails != "" && (err == nil || !strings.Contains(err.Error(), c.fails) || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%s: %q %v, want a refusal", c.name, got, err)
		}
	}
	if err := os.RemoveAll(shared); err != nil {
		t.Fatal(err)
	}
	set = ""
	// A machine may have such a folder above its temporary files.
	other, found := sharedData(city)
	if _, err := h.expand(city, "${QALA_DATA}/bus.zip"); (err == nil) != found || other == shared {
		t.Errorf("without the folder: %v; found %q", err, other)
	}
}

func TestImportWithOtherVehicles(t *testing.T) {
	folder := t.TempDir()
	table := filepath.Join(folder, "short.csv")
	if err := os.WriteFile(table, []byte("route_id,vehicle,room\nLRT,short train,123\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	plain, short := filepath.Join(folder, "plain.qala"), filepath.Join(folder, "short.qala")
	city := filepath.Join(astana(t), "city.yaml")
	must(t, "import", city, "-o", plain)
	must(t, "import", city, "--capacities", table, "-o", short)
	a, errA := os.ReadFile(plain)
	b, errB := os.ReadFile(short)
	if errA != nil || errB != nil || string(a) == string(b) || !strings.Contains(string(b), "short train") {
		t.Errorf("the other table changes nothing: %v %v", errA, errB)
	}
	if got := qala(t, "import", city, "--capacities", filepath.Join(folder, "gone.csv"), "-o", short); got.code != exitFile {
		t.Errorf("a table that is gone ended with %d: %s", got.code, got.notes)
	}
}
