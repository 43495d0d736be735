package plainyaml

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"

	"github.com/qala-city/qala/internal/finding"
)

// Spot is one value of a document with the path that leads to it. A Spot
// without a value stands for a field that the file does not have; reading it
// gives the zero value and no further finding.
type Spot struct {
	d     *document
	field string // such as gates[0].share
	at    place
	node  ast.Node
}

// Present reports whether the file has this field.
func (s Spot) Present() bool { return s.node != nil }

// Line is where the value stands; 1 is the first line.
func (s Spot) Line() int { return s.at.line }

// Field is the path that leads to the value, such as gates[0].share.
func (s Spot) Field() string { return s.field }

// Refuse records a mistake at this spot; args are names and values in turn.
func (s Spot) Refuse(code finding.Code, args ...string) {
	s.d.add(finding.Error, code, s.at, s.field, s.written(), args)
}

// Warn records that the value is kept although it is suspicious.
func (s Spot) Warn(code finding.Code, args ...string) {
	s.d.add(finding.Warning, code, s.at, s.field, s.written(), args)
}

// Note records something worth knowing about the value.
func (s Spot) Note(code finding.Code, args ...string) {
	s.d.add(finding.Note, code, s.at, s.field, s.written(), args)
}

// Raw is the value as the file has it, whatever it is; "" for a map, a list or nothing.
func (s Spot) Raw() string { return s.written() }

// Mistakes is how many mistakes the log has so far.
func (s Spot) Mistakes() int { return s.d.log.Total(finding.Error) }

// written is the value as the file has it; "" for a map, a list or nothing.
func (s Spot) written() string {
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
func (s Spot) within(field string, at place, node ast.Node) Spot {
	return Spot{s.d, field, placeOf(node, at), node}
}

// placeOf is where a node stands, or the given place.
func placeOf(node ast.Node, otherwise place) place {
	if node == nil {
		return otherwise
	}
	if token := node.GetToken(); token != nil && token.Position != nil {
		return place{token.Position.Line, token.Position.Column}
	}
	return otherwise
}

// List is the values of a list, one spot each.
func (s Spot) List() []Spot {
	if !s.Present() {
		return nil
	}
	sequence, ok := s.node.(*ast.SequenceNode)
	if !ok {
		s.refuseKind(codeNotList)
		return nil
	}
	spots := make([]Spot, len(sequence.Values))
	for i, node := range sequence.Values {
		spots[i] = s.within(fmt.Sprintf("%s[%d]", s.field, i), s.at, node)
	}
	return spots
}

// IsList reports whether the value is a list.
func (s Spot) IsList() bool {
	_, ok := s.node.(*ast.SequenceNode)
	return ok
}

// IsMap reports whether the value is a map.
func (s Spot) IsMap() bool {
	_, ok := s.pairs()
	return ok
}

// refuseKind refuses a value of the wrong kind; anchors, aliases and tags,
// which could stand for any kind, are named as what they are.
func (s Spot) refuseKind(code finding.Code) {
	switch s.node.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		code = codePlainYAML
	}
	s.Refuse(code)
}
