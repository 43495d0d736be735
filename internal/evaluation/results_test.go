package evaluation_test

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/require"
)

// TestResultsPageTellsEveryField reads docs/RESULTS.md: a heading for each type
// that results.json holds, and below it every field of it.
func TestResultsPageTellsEveryField(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(require.Root(t), "docs", "RESULTS.md"))
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for part := range strings.SplitSeq(string(text), "\n### ") {
		title, body, _ := strings.Cut(part, "\n")
		sections[title] = body
	}
	types := map[string]reflect.Type{}
	collect(reflect.TypeFor[evaluation.Evaluation](), types)
	if len(types) < 30 {
		t.Fatalf("%d types only", len(types))
	}
	for _, name := range slices.Sorted(maps.Keys(types)) {
		told := regexp.MustCompile("(?m)^\\| `([a-z0-9_]+)`").FindAllStringSubmatch(sections[name], -1)
		var got []string
		for _, field := range told {
			got = append(got, field[1])
		}
		if want := fields(types[name]); !slices.Equal(got, want) {
			t.Errorf("docs/RESULTS.md, %s: fields\n%v\nwant\n%v", name, got, want)
		}
	}
}

// collect finds all structs of this house that a type holds.
func collect(t reflect.Type, found map[string]reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		collect(t.Elem(), found)
	case reflect.Struct:
		name := t.Name()
		if t == reflect.TypeFor[geo.Point]() {
			name = "Position" // a Point is a crowd's
		}
		if _, known := found[name]; known {
			return
		}
		found[name] = t
		for i := range t.NumField() {
			collect(t.Field(i).Type, found)
		}
	}
}

// fields are the names that a struct has in JSON, embedded ones in their place.
func fields(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			names = append(names, fields(f.Type)...)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

// TestResultsPageTellsEveryColumn reads the section on details.
func TestResultsPageTellsEveryColumn(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(require.Root(t), "docs", "RESULTS.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "\n## Details\n")
	section, _, _ := strings.Cut(rest, "\n## ")
	types := map[string]reflect.Type{}
	collect(reflect.TypeFor[evaluation.Vehicles](), types)
	for _, name := range []string{"Vehicles", "Courses", "Trips", "Visits"} {
		for _, field := range fields(types[name]) {
			inner := field == "format" || field == "patterns" || field == "trips" || field == "visits"
			if !inner && !regexp.MustCompile("`([a-z]+|)\\.?"+field+"`").MatchString(section) {
				t.Errorf("docs/RESULTS.md, Details: nothing of %s.%s", name, field)
			}
		}
	}
}
