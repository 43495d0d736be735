package eventfile

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/require"
)

// schema is the published JSON schema of the event file.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	compiled, err := compiler.Compile(filepath.Join(require.Root(t), "docs", "schema", "event.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// asJSON is a YAML document as JSON schema sees it.
func asJSON(t *testing.T, text string) any {
	t.Helper()
	converted, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(converted))
	if err != nil {
		t.Fatalf("%v in %s", err, converted)
	}
	return value
}

func TestSchemaAcceptsWhatTheReaderAccepts(t *testing.T) {
	compiled := schema(t)
	if err := compiled.Validate(asJSON(t, whole)); err != nil {
		t.Errorf("the whole file: %v", err)
	}
	files, err := filepath.Glob(filepath.Join(require.Root(t), "examples", "*", "events", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(asJSON(t, string(data))); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if _, findings, err := Read(file, data); err != nil || len(findings) > 0 {
			t.Errorf("%s: %v %v", file, err, findings)
		}
	}
}

func TestSchemaRefusesWhatTheReaderRefuses(t *testing.T) {
	compiled := schema(t)
	for _, m := range mistakes() {
		if m.beyond || strings.Contains(m.new, ".nan") { // JSON has no NaN
			continue
		}
		if compiled.Validate(asJSON(t, strings.Replace(whole, m.old, m.new, 1))) == nil {
			t.Errorf("the schema accepts %q", m.new)
		}
	}
}

func TestSchemaKnowsTheNamedProfiles(t *testing.T) {
	compiled := schema(t)
	for _, named := range demand.NamedProfiles() {
		text := strings.Replace(whole, "arrive: football", "arrive: "+named.Name, 1)
		if named.Way == demand.Leaving {
			text = strings.Replace(whole, "leave: [[-10, 0], [0, 0.5], [12.5, 1]]", "leave: "+named.Name, 1)
		}
		if err := compiled.Validate(asJSON(t, text)); err != nil {
			t.Errorf("%s: %v", named.Name, err)
		}
	}
}
