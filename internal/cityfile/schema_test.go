package cityfile

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/require"
)

// schema is one of the published JSON schemas.
func schema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiled, err := compiler.Compile(filepath.Join(require.Root(t), "docs", "schema", name+".schema.json"))
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

func TestCitySchemaAgreesWithTheReader(t *testing.T) {
	compiled := schema(t, "city")
	if err := compiled.Validate(asJSON(t, whole)); err != nil {
		t.Errorf("the whole file: %v", err)
	}
	for _, m := range mistakes {
		if m.beyond {
			continue
		}
		if compiled.Validate(asJSON(t, strings.Replace(whole, m.old, m.new, 1))) == nil {
			t.Errorf("the schema accepts %q", m.new)
		}
	}
}

func TestVenuesSchemaAgreesWithTheReader(t *testing.T) {
	compiled := schema(t, "venues")
	if err := compiled.Validate(asJSON(t, venuesText)); err != nil {
		t.Errorf("the venues: %v", err)
	}
	for _, change := range [][2]string{
		{"capacity:", "capcity:"},
		{"kind: arena", "kind: pub"},
		{"per_minute: 300", "per_minutes: 300"},
		{"lat: 51.1\n", "lat: 151.1\n"},
		{"id: airport, ", ""},
		{"basis: fact", "basis: rumour"},
	} {
		text := strings.Replace(venuesText, change[0], change[1], 1)
		var log finding.Log
		ReadVenues("venues.yaml", []byte(text), town(), &log)
		if compiled.Validate(asJSON(t, text)) == nil || log.Total(finding.Error) == 0 {
			t.Errorf("%q: accepted by the schema or by the reader (%v)", change[1], told(&log))
		}
	}
}

func TestStationsSchemaAgreesWithTheReader(t *testing.T) {
	compiled := schema(t, "stations")
	if err := compiled.Validate(asJSON(t, stationsText)); err != nil {
		t.Errorf("the stations: %v", err)
	}
	for _, m := range stationMistakes {
		if !m.beyond && compiled.Validate(asJSON(t, strings.Replace(stationsText, m.old, m.new, 1))) == nil {
			t.Errorf("the schema accepts %q", m.new)
		}
	}
}

func TestExamplesFollowTheSchemas(t *testing.T) {
	for _, name := range []string{"city", "venues", "stations"} {
		compiled := schema(t, name)
		files, err := filepath.Glob(filepath.Join(require.Root(t), "examples", "*", name+".yaml"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no example has %s.yaml: %v", name, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := compiled.Validate(asJSON(t, string(data))); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
}
