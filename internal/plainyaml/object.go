package plainyaml

import (
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Object is a map whose keys are known.
type Object struct {
	at     Spot
	values map[string]Spot
	meant  map[string]bool // fields that stand in the file under a misspelt key
	broken bool            // no map at all: its fields are not missed one by one
}

// Object reads a map and refuses keys that are not known, or stand twice. With
// no known keys at all it takes every key.
func (s Spot) Object(known ...string) Object {
	o := Object{at: s, values: map[string]Spot{}, meant: map[string]bool{}, broken: true}
	if !s.Present() {
		return o
	}
	pairs, ok := s.pairs()
	if !ok {
		s.refuseKind(codeNotMap)
		return o
	}
	o.broken = false
	if len(pairs) > 0 {
		o.at.at = placeOf(pairs[0].Key, s.at)
	}
	for _, pair := range pairs {
		o.put(pair, known)
	}
	return o
}

// pairs are the entries of a map.
func (s Spot) pairs() ([]*ast.MappingValueNode, bool) {
	switch n := s.node.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

// put takes one entry into the object, or says why not.
func (o Object) put(pair *ast.MappingValueNode, known []string) {
	key := o.at.key(pair)
	name := key.written()
	_, twice := o.values[name]
	switch {
	case name == "" && !isWord(pair.Key):
		key.Refuse(codePlainYAML)
	case twice:
		key.Refuse(codeTwice)
	case len(known) == 0 || slices.Contains(known, name):
		o.values[name] = o.at.within(key.field, key.at, pair.Value)
	default:
		o.meant[key.refuseKey(known)] = true
	}
}

// key is the spot of an entry's key, with the field that the entry is.
func (s Spot) key(pair *ast.MappingValueNode) Spot {
	key := Spot{d: s.d, at: placeOf(pair.Key, s.at), node: pair.Key}
	key.field = strings.TrimPrefix(s.field+"."+key.written(), ".")
	return key
}

func isWord(key ast.MapKeyNode) bool {
	_, ok := key.(*ast.StringNode)
	return ok
}

// refuseKey refuses an unknown key and returns the known one that its author may have meant, or "".
func (s Spot) refuseKey(known []string) string {
	near := Nearest(s.written(), known)
	if near == "" {
		s.Refuse(codeUnknownKey, "known", strings.Join(known, ", "))
		return ""
	}
	s.Refuse(codeMisspelt, "suggestion", near)
	return near
}

// Need is a field that the map must have; a missing one is refused.
func (o Object) Need(name string) Spot {
	value := o.May(name)
	if !value.Present() && !o.broken && !o.meant[name] {
		Spot{d: o.at.d, field: value.field, at: o.at.at}.Refuse(codeMissing)
	}
	return value
}

// May is a field that the map can have. A key without a value counts as absent.
func (o Object) May(name string) Spot {
	value, ok := o.values[name]
	if _, null := value.node.(*ast.NullNode); !ok || null {
		return Spot{d: o.at.d, field: strings.TrimPrefix(o.at.field+"."+name, "."), at: o.at.at}
	}
	return value
}

// Spot is the object itself, at its first key.
func (o Object) Spot() Spot { return o.at }

// Keys are the names of all fields, in alphabetical order.
func (o Object) Keys() []string { return slices.Sorted(maps.Keys(o.values)) }
