package api

import (
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// prefixes set the types of other rooms apart from those of this one in the contract.
var prefixes = map[string]string{"evaluation": "Result", "comparison": "Compared", "workspace": "Kept", "finding": "Finding", "basis": "Basis", "geo": "Geo", "approval": "Approval", "retrace": "Retraced", "atlas": "Map"}

// schemaName is what a type is called in the contract.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	name := huma.DefaultSchemaNamer(t, hint)
	prefix := prefixes[path.Base(t.PkgPath())]
	if prefix == "" || t.Name() == "" || strings.HasPrefix(name, prefix) {
		return name
	}
	return prefix + name
}
