package plainyaml

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/finding"
)

// told reads a town and gives "line:column code field value" of each finding.
func told(text string) []string {
	var log finding.Log
	if root, ok := Parse("town.yaml", []byte(text), &log); ok {
		o := root.Object("id", "name", "size", "share", "open", "kind", "parts")
		o.Need("id").ID()
		o.May("name").Names()
		o.May("size").Whole(0, 100)
		o.May("share").Number(0, 1)
		o.May("open").Flag()
		o.May("kind").Choice("bus", "tram")
		for _, part := range o.May("parts").List() {
			part.Object("id").Need("id").Word()
		}
	}
	var lines []string
	for _, f := range log.Findings() {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%d:%s %s %s %s", f.Line, f.Args["column"], f.Code, f.Field, f.Value)))
	}
	return lines
}

func TestFindings(t *testing.T) {
	for text, want := range map[string][]string{
		"id: a":                                  nil,
		"\ufeffid: a":                            nil,
		"{\n\t\"id\": \"a\"\n}":                  nil,
		"id: a\nsise: 3":                         {"2:1 yaml.misspelt_key sise sise"},
		"id: a\nwhatever: 3":                     {"2:1 yaml.unknown_key whatever whatever"},
		"idd: a":                                 {"1:1 yaml.misspelt_key idd idd"},
		"size: 3":                                {"1:1 yaml.missing_field id"},
		"id: a\nid: b":                           {"2:1 yaml.key_twice id id"},
		"id: a b":                                {"1:5 yaml.bad_id id a b"},
		"id: 7":                                  {"1:5 yaml.not_text id 7"},
		"id: ' '":                                {"1:5 yaml.missing_field id"},
		"id: &x a":                               {"1:5 yaml.plain_yaml id"},
		"id: a\nsize: 1.5":                       {"2:7 yaml.not_whole size 1.5"},
		"id: a\nsize: many":                      {"2:7 yaml.not_a_number size many"},
		"id: a\nsize: 101":                       {"2:7 yaml.out_of_range size 101"},
		"id: a\nshare: .nan":                     {"2:8 yaml.not_a_number share .nan"},
		"id: a\nopen: yes":                       {"2:7 yaml.not_yes_or_no open yes"},
		"id: a\nkind: buss":                      {"2:7 yaml.not_a_choice kind buss"},
		"id: a\nname: {kz: b}":                   {"2:12 yaml.unknown_language name.kz b"},
		"id: a\nname: x":                         {"2:7 yaml.not_a_map name x"},
		"id: a\nparts: x":                        {"2:8 yaml.not_a_list parts x"},
		"id: a\nparts: [{id: }]":                 {"2:10 yaml.missing_field parts[0].id"},
		"- a":                                    {"1:1 yaml.not_a_map"},
		"":                                       {"1:1 yaml.documents  0"},
		"a: b\n---\nc: d":                        {"1:1 yaml.documents  2"},
		"id: \xff":                               {"1:1 yaml.not_utf8"},
		strings.Repeat("[", 99):                  {"1:1 yaml.too_deep"},
		"a: " + strings.Repeat("x", longestLine): {"1:1 yaml.too_deep"},
		strings.Repeat("#\n", mostBytes):         {"1:1 yaml.too_large"},
	} {
		if diff := cmp.Diff(want, told(text)); diff != "" {
			t.Errorf("%.40q: %s", text, diff)
		}
	}
	if got := told("id: [a"); len(got) != 1 || !strings.Contains(got[0], "yaml.syntax") {
		t.Errorf("open bracket: %v", got)
	}
}

func TestNearest(t *testing.T) {
	words := []string{"population", "venues", "feeds"}
	for word, want := range map[string]string{"popullation": "population", "venue": "venues", "walking": "", "": "", strings.Repeat("x", 99): ""} {
		if got := Nearest(word, words); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"", "id: a", "- a", "? [a]\n: b", "<<: *x", "a: !!binary x", "{a: [}", "a:\n\t- b", "%YAML 9\n---\n", "id: |2\n x",
		`{"id": "\ud83d\ude00", "parts": [{"id": null}]}`, "name: {kz: 1}\nopen: true\nsize: 0x1F",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, line := range told(string(data)) {
			if strings.HasPrefix(line, "0:") || strings.HasPrefix(line, "-") {
				t.Errorf("no line: %s", line)
			}
		}
	})
}
