package plainyaml

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/finding"
)

func TestFieldsAreAllPathsBelow(t *testing.T) {
	var log finding.Log
	root, ok := Parse("x.yaml", []byte("a: 1\nb: [{c: 2}, d]\n"), &log)
	if !ok {
		t.Fatal(log.Findings())
	}
	want := []string{"a", "b", "b[0]", "b[0].c", "b[1]"}
	if got := slices.Sorted(maps.Keys(root.Fields())); !cmp.Equal(got, want) {
		t.Errorf("fields %v, want %v", got, want)
	}
}
