package plainyaml

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Fields are the paths of all values below this one, as Spot tells them in
// findings (sessions, sessions[0], sessions[0].start), each with its line.
func (s Spot) Fields() map[string]int {
	fields := map[string]int{}
	gather(s.node, s.field, s.at, fields)
	return fields
}

func gather(node ast.Node, path string, at place, fields map[string]int) {
	if path != "" {
		fields[path] = at.line
	}
	if sequence, ok := node.(*ast.SequenceNode); ok {
		for i, value := range sequence.Values {
			gather(value, fmt.Sprintf("%s[%d]", path, i), placeOf(value, at), fields)
		}
	}
	pairs, _ := Spot{node: node}.pairs()
	for _, pair := range pairs {
		key := Spot{node: pair.Key}.written()
		gather(pair.Value, strings.TrimPrefix(path+"."+key, "."), placeOf(pair.Key, at), fields)
	}
}
