package eventfile

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/qala-city/qala/internal/finding"
)

// spot is one value of the document with the path that leads to it. A spot
// without a node stands for a field that the file does not have; reading it
// gives the zero value and no further finding.
type spot struct {
	r     *reader
	field string // such as sessions[0].attendance
	line  int
	node  ast.Node
}

// present reports whether the file has this field.
func (s spot) present() bool { return s.node != nil }

// refuse records a mistake at this spot; args are pairs of name and value.
func (s spot) refuse(code finding.Code, args ...string) {
	var named map[string]string
	for i := 0; i+1 < len(args); i += 2 {
		if named == nil {
			named = map[string]string{}
		}
		named[args[i]] = args[i+1]
	}
	s.r.add(code, s.line, s.field, s.written(), named)
}

// written is the value as the file has it; "" for a map, a list or nothing.
func (s spot) written() string {
	switch n := s.node.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value
	}
	return ""
}

// within is the spot of a value below this one.
func (s spot) within(field string, line int, node ast.Node) spot {
	if token := node.GetToken(); token != nil && token.Position != nil {
		line = token.Position.Line
	}
	s.r.fields[field] = true
	return spot{s.r, field, line, node}
}

// list is the values of a list, one spot each.
func (s spot) list() []spot {
	if !s.present() {
		return nil
	}
	sequence, ok := s.node.(*ast.SequenceNode)
	if !ok {
		s.refuseKind(codeNotList)
		return nil
	}
	spots := make([]spot, len(sequence.Values))
	for i, node := range sequence.Values {
		spots[i] = s.within(fmt.Sprintf("%s[%d]", s.field, i), s.line, node)
	}
	return spots
}

// refuseKind refuses a value of the wrong kind; anchors, aliases and tags,
// which could stand for any kind, are named as what they are.
func (s spot) refuseKind(code finding.Code) {
	switch s.node.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		code = codePlainYAML
	}
	s.refuse(code)
}

// object is a map whose keys are known.
type object struct {
	at     spot
	values map[string]spot
	meant  map[string]bool // fields that stand in the file under a misspelt key
	broken bool            // no map at all: its fields are not missed one by one
}

// object reads a map and refuses keys that are not known, or stand twice.
func (s spot) object(known ...string) object {
	o := object{at: s, values: map[string]spot{}, meant: map[string]bool{}, broken: true}
	if !s.present() {
		return o
	}
	pairs, ok := s.pairs()
	if !ok {
		s.refuseKind(codeNotMap)
		return o
	}
	o.broken = false
	if len(pairs) > 0 {
		o.at.line = pairs[0].Key.GetToken().Position.Line
	}
	for _, pair := range pairs {
		o.put(pair, known)
	}
	return o
}

// pairs are the entries of a map.
func (s spot) pairs() ([]*ast.MappingValueNode, bool) {
	switch n := s.node.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

// put takes one entry into the object, or says why not.
func (o object) put(pair *ast.MappingValueNode, known []string) {
	key := o.at.key(pair)
	name := key.written()
	_, twice := o.values[name]
	switch {
	case name == "" && !isWord(pair.Key):
		key.refuse(codePlainYAML)
	case twice:
		key.refuse(codeTwice)
	case known == nil || contains(known, name):
		o.values[name] = o.at.within(key.field, key.line, pair.Value)
	default:
		o.meant[key.refuseKey(known)] = true
	}
}

// key is the spot of an entry's key, with the field that the entry is.
func (s spot) key(pair *ast.MappingValueNode) spot {
	key := spot{r: s.r, line: pair.Key.GetToken().Position.Line, node: pair.Key}
	key.field = strings.TrimPrefix(s.field+"."+key.written(), ".")
	return key
}

func isWord(key ast.MapKeyNode) bool {
	_, ok := key.(*ast.StringNode)
	return ok
}

// refuseKey refuses an unknown key and returns the known one that its author may have meant, or "".
func (s spot) refuseKey(known []string) string {
	near := nearest(s.written(), known)
	if near == "" {
		s.refuse(codeUnknownKey, "known", strings.Join(known, ", "))
		return ""
	}
	s.refuse(codeMisspelt, "suggestion", near)
	return near
}

// need is a field that the map must have.
func (o object) need(name string) spot {
	value := o.may(name)
	if !value.present() && !o.broken && !o.meant[name] {
		spot{r: o.at.r, field: value.field, line: o.at.line}.refuse(codeMissing)
	}
	return value
}

// may is a field that the map can have. A key without a value counts as absent.
func (o object) may(name string) spot {
	value, ok := o.values[name]
	if _, null := value.node.(*ast.NullNode); !ok || null {
		return spot{r: o.at.r, field: strings.TrimPrefix(o.at.field+"."+name, "."), line: o.at.line}
	}
	return value
}
