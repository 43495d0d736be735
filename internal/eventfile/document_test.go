package eventfile

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/require"
)

// document is docs/EVENT.md.
func document(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(require.Root(t), "docs", "EVENT.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestTheDocumentsExampleIsRead(t *testing.T) {
	blocks := regexp.MustCompile("(?s)```yaml\n(event:.*?)```").FindAllStringSubmatch(document(t), -1)
	if len(blocks) != 1 {
		t.Fatalf("%d whole files in the document, want 1", len(blocks))
	}
	if _, findings, err := Read("EVENT.md", []byte(blocks[0][1])); err != nil || len(findings) > 0 {
		t.Errorf("%v %v", err, findings)
	}
}

func TestTheDocumentNamesEveryProfile(t *testing.T) {
	text := document(t)
	for _, named := range demand.NamedProfiles() {
		if !strings.Contains(text, "| `"+named.Name+"` |") {
			t.Errorf("profile %q is not in the document", named.Name)
		}
	}
}
