package plainyaml

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Fields are the paths of all values below this one, as Spot tells them in
// findings: sessions, sessions[0], sessions[0].start.
func (s Spot) Fields() map[string]bool {
	fields := map[string]bool{}
	gather(s.node, s.field, fields)
	return fields
}

func gather(node ast.Node, path string, fields map[string]bool) {
	if path != "" {
		fields[path] = true
	}
	if sequence, ok := node.(*ast.SequenceNode); ok {
		for i, value := range sequence.Values {
			gather(value, fmt.Sprintf("%s[%d]", path, i), fields)
		}
	}
	pairs, _ := Spot{node: node}.pairs()
	for _, pair := range pairs {
		key := Spot{node: pair.Key}.written()
		gather(pair.Value, strings.TrimPrefix(path+"."+key, "."), fields)
	}
}
