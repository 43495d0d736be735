package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// The checks are shown to fail on a house that breaks every rule.

func TestImportsTellsEveryBreach(t *testing.T) {
	rooms := map[string]Layer{
		"internal/transit": Words, "internal/assign": Engines, "internal/gtfs": Formats, "internal/message": Voice,
		"internal/feed": Desks, "internal/plan": Desks, "internal/store/networkfile": Seams, "internal/api": Doors,
		"cmd/qala": Command, "internal/require": Tests,
	}
	for _, c := range []struct {
		from, to string
		breach   string // a part of the sentence, "" for allowed
	}{
		{"internal/transit", "time", ""},
		{"internal/transit", "os", "words do without os"},
		{"internal/transit", "os/exec", "words do without os"},
		{"internal/transit", "ostrich", ""},
		{"internal/transit", "net/http", "words do without net"},
		{"internal/transit", "log/slog", "words do without log"},
		{"internal/transit", "io/fs", "words do without io/fs"},
		{"internal/assign", "math/rand/v2", "engines do without math/rand"},
		{"internal/gtfs", "io/fs", ""},
		{"internal/gtfs", "os", "formats do without os"},
		{"internal/feed", "os", ""},
		{"internal/transit", Module + "/internal/assign", "words may not use engines"},
		{"internal/assign", Module + "/internal/transit", ""},
		{"internal/assign", Module + "/internal/gtfs", "engines may not use formats"},
		{"internal/gtfs", Module + "/internal/assign", "formats may not use engines"},
		{"internal/feed", Module + "/internal/plan", "desks may not use desks"},
		{"internal/feed", Module + "/internal/message", ""},
		{"internal/feed", Module + "/internal/store/networkfile", "desks may not use seams"},
		{"internal/message", Module + "/internal/feed", "voice may not use desks"},
		{"internal/api", Module + "/internal/store/networkfile", "doors may not use seams"},
		{"internal/plan", Module + "/cmd/qala", "desks may not use command"},
		{"cmd/qala", Module + "/internal/store/networkfile", ""},
		{"cmd/qala", Module + "/internal/require", "command may not use tests"},
		{"internal/attic", "fmt", "internal/attic is in no layer"},
	} {
		got := Imports([]Package{{Folder: c.from, Imports: []string{c.to}}}, rooms)
		switch {
		case c.breach == "" && len(got) > 0:
			t.Errorf("%s -> %s: %q, want allowed", c.from, c.to, got)
		case c.breach != "" && (len(got) != 1 || !strings.Contains(got[0], c.breach)):
			t.Errorf("%s -> %s: %q, want %q", c.from, c.to, got, c.breach)
		}
	}
}

func TestNamesTellsWhatSaysNothing(t *testing.T) {
	got := Names([]Package{
		{Folder: "internal/geo", Doc: "Package geo holds points and lengths."},
		{Folder: "internal/util", Doc: "Package util holds all sorts of things."},
		{Folder: "internal/mute"},
		{Folder: "internal/curt", Doc: "Package curt."},
	})
	if len(got) != 3 {
		t.Errorf("%d breaches %q, want util by its name, mute and curt by their description", len(got), got)
	}
}

func TestGoneTellsRoomsThatAreNot(t *testing.T) {
	got := Gone([]Package{{Folder: "a"}}, map[string]Layer{"a": Words, "b": Words})
	if len(got) != 1 || !strings.HasPrefix(got[0], "b ") {
		t.Errorf("%q, want room b", got)
	}
}

const sample = `package sample

import clock "time"

type RouteManager struct{}

type Route struct{}

func now() clock.Time {
	return clock.Now()
}

func day() clock.Duration { return 24 * clock.Hour }
`

func parse(t *testing.T, source string) (*token.FileSet, *ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "sample.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	return fset, file
}

func TestClockCallsSeesThroughAnotherName(t *testing.T) {
	got := ClockCalls(parse(t, sample))
	if want := []string{"sample.go:10:9: time.Now reads the clock"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestEmptyTypesTellsTheManager(t *testing.T) {
	got := EmptyTypes(parse(t, sample))
	if len(got) != 1 || !strings.Contains(got[0], "RouteManager") {
		t.Errorf("%q, want RouteManager alone", got)
	}
}

func TestFunctionsCountsBraces(t *testing.T) {
	got := Functions(parse(t, sample))
	want := []Function{{"sample.go:9", "now", 3}, {"sample.go:13", "day", 1}}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
