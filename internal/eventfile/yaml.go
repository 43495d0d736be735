package eventfile

import (
	"bytes"
	"errors"
	"strconv"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/qala-city/qala/internal/finding"
)

// Limits of a file that a person writes. They keep a hostile one from nesting
// so deeply that the parser runs out of stack.
const (
	mostBytes   = 128 << 10
	longestLine = 4096
	deepest     = 64
)

// parse reads the bytes as one YAML document.
func (r *reader) parse(data []byte) (spot, bool) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if code, line := unfit(data); code != "" {
		r.add(code, line, "", "", nil)
		return spot{}, false
	}
	tree, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		r.syntax(err)
		return spot{}, false
	}
	bodies := documents(tree)
	if len(bodies) != 1 {
		r.add(codeDocuments, 1, "", strconv.Itoa(len(bodies)), nil)
		return spot{}, false
	}
	return spot{r: r, line: 1, node: bodies[0]}, true
}

// documents are the bodies of a tree that hold more than comments.
func documents(tree *ast.File) []ast.Node {
	var bodies []ast.Node
	for _, doc := range tree.Docs {
		switch doc.Body.(type) {
		case nil, *ast.CommentGroupNode, *ast.DirectiveNode:
		default:
			bodies = append(bodies, doc.Body)
		}
	}
	return bodies
}

// unfit is the code and the line of what no parser should be given, else "".
func unfit(data []byte) (finding.Code, int) {
	if len(data) > mostBytes {
		return codeTooLarge, 1
	}
	depth, line := 0, 0
	for text := range bytes.Lines(data) {
		line++
		switch depth += bytes.Count(text, []byte("[")) + bytes.Count(text, []byte("{")); {
		case !utf8.Valid(text):
			return codeNotUTF8, line
		case len(text) > longestLine, depth > deepest && !closes(text), depth > 16*deepest:
			return codeTooDeep, line
		}
		depth -= min(depth, bytes.Count(text, []byte("]"))+bytes.Count(text, []byte("}")))
	}
	return "", 0
}

// closes reports whether a line ends at least as many brackets as it opens.
func closes(text []byte) bool {
	opens := bytes.Count(text, []byte("[")) + bytes.Count(text, []byte("{"))
	return bytes.Count(text, []byte("]"))+bytes.Count(text, []byte("}")) >= opens
}

// syntax tells the parser's complaint with its line.
func (r *reader) syntax(err error) {
	line, message := 1, err.Error()
	var known yaml.Error
	if errors.As(err, &known) {
		message = known.GetMessage()
		if token := known.GetToken(); token != nil {
			line = token.Position.Line
		}
	}
	r.add(codeSyntax, line, "", message, nil)
}

// add records one mistake of level error.
func (r *reader) add(code finding.Code, line int, field, value string, args map[string]string) {
	r.log.Add(finding.Finding{
		Level: finding.Error, Code: code, File: r.name, Line: line, Field: field, Value: value, Args: args,
	})
}

// mistakes is how many mistakes were found so far.
func (r *reader) mistakes() int { return r.log.Total(finding.Error) }
