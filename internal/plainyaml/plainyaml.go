// Package plainyaml reads YAML that people write by hand, strictly: an unknown
// key, a key that stands twice or a value of the wrong kind is a finding with
// its line and column, and all of them are told at once. Anchors, aliases and
// tags are refused. JSON is read too, for it is YAML. Package table reads
// delimited text.
package plainyaml

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

// Limits of a file. They keep a hostile one from nesting so deeply that the
// parser runs out of stack.
const (
	mostBytes   = 256 << 10
	longestLine = 4096 // of YAML; JSON may stand on one line
	deepest     = 64
)

// Parse reads the bytes as one document; false when there is none to read.
// What is wrong goes to the log under the file's name.
func Parse(file string, data []byte, log *finding.Log) (Spot, bool) {
	d := &document{file: file, log: log}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if json(data) { // which may be indented by tabs, and has none in its texts
		data = bytes.ReplaceAll(data, []byte("\t"), []byte(" "))
	}
	if code, line := unfit(data); code != "" {
		d.add(finding.Error, code, place{line, 1}, "", "", nil)
		return Spot{}, false
	}
	tree, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		d.syntax(err)
		return Spot{}, false
	}
	bodies := documents(tree)
	if len(bodies) != 1 {
		d.add(finding.Error, codeDocuments, place{1, 1}, "", strconv.Itoa(len(bodies)), nil)
		return Spot{}, false
	}
	return Spot{d: d, at: place{1, 1}, node: bodies[0]}, true
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
	depth, line, onOneLine := 0, 0, json(data)
	for text := range bytes.Lines(data) {
		line++
		if !utf8.Valid(text) {
			return codeNotUTF8, line
		}
		if len(text) > longestLine && !onOneLine {
			return codeTooDeep, line
		}
		if depth = nesting(text, depth); depth > deepest {
			return codeTooDeep, line
		}
	}
	return "", 0
}

// nesting is how deep the brackets of a line go, counted from the depth before
// it; one more than deepest is enough to know.
func nesting(text []byte, depth int) int {
	for _, c := range text {
		switch c {
		case '[', '{':
			if depth++; depth > deepest {
				return depth
			}
		case ']', '}':
			depth = max(0, depth-1)
		}
	}
	return depth
}

// json reports whether the first letter is that of a JSON object or list.
func json(data []byte) bool {
	first := bytes.TrimLeft(data, " \t\r\n")
	return len(first) > 0 && (first[0] == '{' || first[0] == '[')
}

// document is what all spots of one file share.
type document struct {
	file string
	log  *finding.Log
}

// place is where something stands; both count from 1.
type place struct{ line, column int }

// syntax tells the parser's complaint with its place.
func (d *document) syntax(err error) {
	at, message := place{1, 1}, err.Error()
	var known yaml.Error
	if errors.As(err, &known) {
		message = known.GetMessage()
		if token := known.GetToken(); token != nil && token.Position != nil {
			at = place{token.Position.Line, token.Position.Column}
		}
	}
	d.add(finding.Error, codeSyntax, at, "", message, nil)
}

// add records one finding; args are names and values in turn.
func (d *document) add(level finding.Level, code finding.Code, at place, field, value string, args []string) {
	named := map[string]string{"column": strconv.Itoa(at.column)}
	for i := 0; i+1 < len(args); i += 2 {
		named[args[i]] = args[i+1]
	}
	d.log.Add(finding.Finding{Level: level, Code: code, File: d.file, Line: at.line, Field: field, Value: value, Args: named})
}
