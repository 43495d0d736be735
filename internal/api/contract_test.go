package api

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/require"
)

var rewrite = flag.Bool("rewrite", false, "write openapi.yaml anew")

func TestContractIsCurrent(t *testing.T) {
	path := filepath.Join(require.Root(t), "openapi.yaml")
	want, err := Contract()
	if err != nil {
		t.Fatal(err)
	}
	if *rewrite {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(got), string(want)); diff != "" {
		t.Errorf("openapi.yaml is not that of the code; make golden writes it anew:\n%s", diff)
	}
}

func TestEveryOperationHasANeed(t *testing.T) {
	d := newDoor(Options{Version: "1"})
	count := 0
	for path, item := range d.api.OpenAPI().Paths {
		for _, op := range operationsOf(item) {
			count++
			if need, _ := op.Extensions["x-need"].(string); need == "" {
				t.Errorf("%s %s does not say who may call it", op.Method, path)
			}
		}
	}
	if count < 50 {
		t.Errorf("only %d operations were looked at", count)
	}
}
