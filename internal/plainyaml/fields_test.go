package plainyaml

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/finding"
)

func TestFieldsAreAllPathsBelow(t *testing.T) {
	var log finding.Log
	root, ok := Parse("x.yaml", []byte("a: 1\nb: [{c: 2},\n d]\n"), &log)
	if !ok {
		t.Fatal(log.Findings())
	}
	want := map[string]int{"a": 1, "b": 2, "b[0]": 2, "b[0].c": 2, "b[1]": 3}
	if diff := cmp.Diff(want, root.Fields()); diff != "" {
		t.Error(diff)
	}
}
