package arch

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/require"
)

func TestHouseKeepsItsImportRules(t *testing.T) {
	complain(t, Imports(packages(t), Rooms))
}

func TestRoomsSayWhatTheyAreFor(t *testing.T) {
	complain(t, Names(packages(t)))
}

func TestPlanHasNoRoomThatIsGone(t *testing.T) {
	complain(t, Gone(packages(t), Rooms))
}

func TestTimelessRoomsReadNoClock(t *testing.T) {
	for _, p := range packages(t) {
		if slices.Contains(timeless, Rooms[p.Folder]) {
			eachFile(t, p, func(fset *token.FileSet, file *ast.File) { complain(t, ClockCalls(fset, file)) })
		}
	}
}

func TestTypesAreNamedAfterWhatTheyAre(t *testing.T) {
	for _, p := range packages(t) {
		eachFile(t, p, func(fset *token.FileSet, file *ast.File) { complain(t, EmptyTypes(fset, file)) })
	}
}

func TestFunctionsAreShort(t *testing.T) {
	var all []Function
	for _, p := range packages(t) {
		eachFile(t, p, func(fset *token.FileSet, file *ast.File) { all = append(all, Functions(fset, file)...) })
	}
	slices.SortFunc(all, func(a, b Function) int { return a.Lines - b.Lines })
	t.Logf("%d functions, median %d lines, 95%% under %d, longest %d",
		len(all), all[len(all)/2].Lines, all[len(all)*95/100].Lines, all[len(all)-1].Lines)
	for _, f := range all {
		if f.Lines > longestFunction {
			t.Errorf("%s: %s has %d lines, more than %d", f.Where, f.Name, f.Lines, longestFunction)
		}
	}
}

func complain(t *testing.T, breaches []string) {
	t.Helper()
	for _, b := range breaches {
		t.Error(b)
	}
}

// packages is the module as the go command sees it, without its tests.
func packages(t *testing.T) []Package {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=Dir,Doc,Imports", "./...")
	list.Dir = require.Root(t)
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	found := decodePackages(t, list.Dir, out)
	if len(found) < 10 {
		t.Fatalf("go list knows %d packages only", len(found))
	}
	return found
}

func decodePackages(t *testing.T, root string, out []byte) []Package {
	t.Helper()
	var found []Package
	for stream := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			Dir, Doc string
			Imports  []string
		}
		if err := stream.Decode(&p); errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		folder, err := filepath.Rel(root, p.Dir)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, Package{Folder: filepath.ToSlash(folder), Doc: p.Doc, Imports: p.Imports})
	}
}

// eachFile visits the parsed source files of a package, tests left out.
func eachFile(t *testing.T, p Package, visit func(*token.FileSet, *ast.File)) {
	t.Helper()
	root := require.Root(t)
	names, err := filepath.Glob(filepath.Join(root, p.Folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	for _, name := range names {
		if isTest, _ := filepath.Match("*_test.go", filepath.Base(name)); isTest {
			continue
		}
		file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		visit(fset, file)
	}
}
