package cityfile

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/finding"
)

const sourcesText = `city: town
name: {en: Town}
timezone: Asia/Almaty
feeds: [{id: bus, path: "https://me:key@example.org:8080/gtfs.zip?key=secret#x"}]
population: people.csv
sources:
  - {path: "https://me:key@example.org:8080/gtfs.zip?key=secret#x", licence: CC BY 4.0, attribution: Town Buses}
  - {path: people.csv, licence: CC0-1.0, sha256: ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789}
`

func TestSourcesAreCreditedWithoutAnybodysKey(t *testing.T) {
	var log finding.Log
	city, ok := ReadCity("city.yaml", []byte(sourcesText), &log)
	if !ok || len(log.Findings()) > 0 {
		t.Fatal(told(&log))
	}
	same(t, "credits", []basis.Credit{
		{Holder: "Town Buses", Licence: "CC BY 4.0", For: "https://example.org:8080/gtfs.zip"},
		{Holder: "people.csv", Licence: "CC0-1.0", For: "people.csv"},
	}, city.Credits)
	if got := city.Sources[1].SHA256; !strings.HasPrefix(got, "abcdef") {
		t.Errorf("checksum %q, want lower case", got)
	}
	if err := schema(t, "city").Validate(asJSON(t, sourcesText)); err != nil {
		t.Error(err)
	}
}

func TestMistakesInSources(t *testing.T) {
	for _, m := range []struct {
		old, new, want string
		beyond         bool
	}{
		{"{path: people.csv,", "{path: peple.csv,", "8 error city.unknown_source sources[1].path", true},
		{"{path: people.csv,", "{", "8 error yaml.missing_field sources[1].path", false},
		{"sha256: ABC", "sha256: XBC", "8 error city.not_a_checksum sources[1].sha256", false},
		{"licence: CC0-1.0", "license: CC0-1.0", "8 error yaml.misspelt_key sources[1].license", false},
		{"people.csv, licence: CC0-1.0", "people.csv, licence: ' '", "8 error yaml.missing_field sources[1].licence", false},
		{"  - {path: people.csv, ", "  - {path: people.csv}\n  - {path: people.csv, ", "9 error city.id_twice sources[2].path", true},
	} {
		var log finding.Log
		text := strings.Replace(sourcesText, m.old, m.new, 1)
		_, ok := ReadCity("city.yaml", []byte(text), &log)
		if got := told(&log); ok || !slices.Contains(got, m.want) {
			t.Errorf("%q: %v, want %q", m.new, got, m.want)
		}
		if accepted := schema(t, "city").Validate(asJSON(t, text)) == nil; accepted != m.beyond {
			t.Errorf("%q: the schema accepts: %v, want %v", m.new, accepted, m.beyond)
		}
	}
}

func TestPathsForgetsNoFile(t *testing.T) {
	var city City
	named := fillPaths(reflect.ValueOf(&city).Elem())
	var got []string
	for _, p := range city.Paths() {
		got = append(got, p.Name)
	}
	if len(got) < 5 || len(got) != named {
		t.Errorf("%d paths of %d: %q", len(got), named, got)
	}
}

// fillPaths names a file in every field that can hold one, and counts them.
func fillPaths(v reflect.Value) int {
	if p, ok := v.Addr().Interface().(*Path); ok {
		p.Name = "x"
		return 1
	}
	count := 0
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				count += fillPaths(v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		count = fillPaths(v.Index(0))
	}
	return count
}
