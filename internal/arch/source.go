package arch

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// Function is the length of one function.
type Function struct {
	Where string // file:line
	Name  string
	Lines int
}

// Functions measures every function declared in a file, from its first line to
// its closing brace.
func Functions(fset *token.FileSet, file *ast.File) []Function {
	var found []Function
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		from, to := fset.Position(f.Pos()), fset.Position(f.End())
		found = append(found, Function{
			Where: fmt.Sprintf("%s:%d", from.Filename, from.Line),
			Name:  f.Name.Name,
			Lines: to.Line - from.Line + 1,
		})
	}
	return found
}

// ClockCalls is every use of a function of package time that reads the clock
// or waits for it.
func ClockCalls(fset *token.FileSet, file *ast.File) []string {
	name := importName(file, "time")
	if name == "" {
		return nil
	}
	var breaches []string
	ast.Inspect(file, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		owner, ok := selector.X.(*ast.Ident)
		if ok && owner.Name == name && slices.Contains(clockCalls, selector.Sel.Name) {
			breaches = append(breaches, fmt.Sprintf("%s: time.%s reads the clock", fset.Position(n.Pos()), selector.Sel.Name))
		}
		return true
	})
	return breaches
}

// importName is the name by which a file knows a package, "" where it does not import it.
func importName(file *ast.File, path string) string {
	for _, spec := range file.Imports {
		if imported, _ := strconv.Unquote(spec.Path.Value); imported != path {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return path[strings.LastIndex(path, "/")+1:]
	}
	return ""
}

// EmptyTypes is every declared type whose ending says nothing about what it is.
func EmptyTypes(fset *token.FileSet, file *ast.File) []string {
	var breaches []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if ok && slices.ContainsFunc(emptyEndings, func(end string) bool { return strings.HasSuffix(spec.Name.Name, end) }) {
			breaches = append(breaches, fmt.Sprintf("%s: type %s is not named after what it is", fset.Position(n.Pos()), spec.Name.Name))
		}
		return true
	})
	return breaches
}
