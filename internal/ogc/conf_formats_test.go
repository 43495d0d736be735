package ogc_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/net/html"

	"github.com/qala-city/qala/internal/ogc"
	"github.com/qala-city/qala/internal/role"
)

func escaped(id string) string { return url.PathEscape(id) }

// resources are one of each kind; true where it holds features.
var resources = map[string]bool{
	"/": false, "/conformance": false, "/collections": false, "/collections/city.astana.lines": false,
	"/collections/city.astana.lines/items": true, "/collections/city.astana.lines/items/LRT.0": true,
}

func TestConformsToGeoJSON(t *testing.T) {
	conform(t, []abstractTest{
		{"/conf/geojson/definition", func(c client) {
			for path, features := range resources {
				want := "application/json"
				if features {
					want = geoJSON
				}
				if got := c.get(path, "Accept", geoJSON).header.Get("Content-Type"); got != want {
					c.Errorf("%s is %s, want %s", path, got, want)
				}
			}
		}},
		{"/conf/geojson/content", func(c client) {
			schemas := schemasOf(c)
			for path := range documentPaths(c) {
				url, name := concrete(c, path)
				schemas.check(c, c.get(url, "Accept", geoJSON), name)
			}
			everyFeature(c, func(url string, want feature) {
				var got feature
				if c.read(url, &got); got.ID != want.ID {
					c.Errorf("%s is %q", url, got.ID)
				}
			})
		}},
	})
}

func TestConformsToHTML(t *testing.T) {
	conform(t, []abstractTest{
		{"/conf/html/definition", func(c client) {
			for path := range resources {
				if got := c.get(path, "Accept", "text/html").header.Get("Content-Type"); got != "text/html; charset=utf-8" {
					c.Errorf("%s is %s", path, got)
				}
			}
		}},
		{"/conf/html/content", func(c client) {
			for path := range resources {
				body := c.get(path, "Accept", "text/html").body
				tokens := html.NewTokenizer(bytes.NewReader(body))
				if tokens.Next() != html.DoctypeToken || strings.Contains(string(body), "<script") {
					c.Errorf("%s: no HTML5, or with a script", path)
				}
			}
			body := string(c.get("/collections/city.astana.lines/items?f=html").body)
			for _, f := range c.page("/collections/city.astana.lines/items").Features {
				if !strings.Contains(body, html.EscapeString(f.Properties["headsign"].(string))) {
					c.Errorf("the page lacks %s", f.Properties["headsign"])
				}
			}
		}},
	})
}

func TestConformsToOpenAPI30(t *testing.T) {
	conform(t, []abstractTest{
		{"/conf/oas30/completeness", confComplete},
		{"/conf/oas30/exceptions-codes", func(c client) {
			for path, operation := range documentPaths(c) {
				for _, status := range []string{"200", "304", "400", "401", "403", "404", "405", "406", "500"} {
					if operation.Responses[status] == nil {
						c.Errorf("%s does not tell of %s", path, status)
					}
				}
			}
		}},
		{"/conf/oas30/oas-definition-1", func(c client) {
			var root struct{ Links []link }
			c.read("/", &root)
			if got := c.get(c.linked(root.Links, "service-desc", openAPI)).header.Get("Content-Type"); got != openAPI {
				c.Errorf("the definition is %s", got)
			}
			if got := c.get(c.linked(root.Links, "service-doc", "text/html")).header.Get("Content-Type"); got != "text/html; charset=utf-8" {
				c.Errorf("its page is %s", got)
			}
		}},
		{"/conf/oas30/oas-definition-2", confDefinition},
		{"/conf/oas30/oas-impl", func(c client) {
			for path := range documentPaths(c) {
				url, _ := concrete(c, path)
				c.get(url)
			}
		}},
		{"/conf/oas30/security", confSecurity},
	})
}

// operation is a GET of the API's definition.
type operation struct {
	OperationID string
	Parameters  []map[string]any
	Responses   map[string]map[string]any
}

func definition(c client) map[string]any {
	c.Helper()
	var document map[string]any
	c.read("/api", &document)
	return document
}

func documentPaths(c client) map[string]operation {
	c.Helper()
	var document struct {
		Paths map[string]map[string]operation
	}
	c.read("/api", &document)
	out := map[string]operation{}
	for path, methods := range document.Paths {
		if len(methods) != 1 {
			c.Errorf("%s has %d methods", path, len(methods))
		}
		out[path] = methods["get"]
	}
	if len(out) != 4+3*len(c.collections()) {
		c.Errorf("%d paths", len(out))
	}
	return out
}

// concrete is a path with the id of a feature, and the name of its schema.
func concrete(c client, path string) (url, schema string) {
	switch {
	case path == "/":
		return path, "landingPage"
	case path == "/conformance":
		return path, "confClasses"
	case path == "/collections":
		return path, "collections"
	case path == "/api":
		return path, "anything"
	case strings.HasSuffix(path, "/items"):
		return path, "featureCollection"
	}
	if items, one := strings.CutSuffix(path, "/{featureId}"); one {
		return items + "/" + escaped(c.page(items + "?limit=1").Features[0].ID), "feature"
	}
	return path, "collection"
}

// schemaSet are the schemas of the definition, with null as JSON Schema has it.
type schemaSet struct{ compiler *jsonschema.Compiler }

func schemasOf(c client) schemaSet {
	c.Helper()
	document := definition(c)
	nullable(document)
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("https://qala.test/api.json", document); err != nil {
		c.Fatal(err)
	}
	return schemaSet{compiler}
}

// nullable turns the null of OpenAPI 3.0 into a type.
func nullable(v any) {
	switch v := v.(type) {
	case map[string]any:
		if v["nullable"] == true {
			v["type"] = []any{v["type"], "null"}
		}
		for _, one := range v {
			nullable(one)
		}
	case []any:
		for _, one := range v {
			nullable(one)
		}
	}
}

func (s schemaSet) check(c client, r reply, name string) {
	c.Helper()
	schema, err := s.compiler.Compile("https://qala.test/api.json#/components/schemas/" + name)
	if err != nil {
		c.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(r.body))
	if err != nil {
		c.Fatal(err)
	}
	if err := schema.Validate(document); err != nil {
		c.Errorf("%s: %v", name, err)
	}
}

// confComplete wants each answer to be told with its media type and a schema that it keeps.
func confComplete(c client) {
	schemas := schemasOf(c)
	for path, operation := range documentPaths(c) {
		url, name := concrete(c, path)
		content, _ := operation.Responses["200"]["content"].(map[string]any)
		for _, accept := range []string{"application/json", "text/html"} {
			r := c.get(url, "Accept", accept)
			media := strings.TrimSuffix(r.header.Get("Content-Type"), "; charset=utf-8")
			told, _ := content[media].(map[string]any)
			if told == nil {
				c.Errorf("%s answers with %s, which is not told", path, media)
				continue
			}
			if accept == "application/json" {
				if schema, _ := told["schema"].(map[string]any); schema["$ref"] != "#/components/schemas/"+name {
					c.Errorf("%s: schema %v, want %s", path, schema, name)
				}
				schemas.check(c, r, name)
			}
		}
	}
	for status, url := range map[int]string{400: "/?x=1", 404: "/collections/x/items", 406: "/"} {
		r := c.do(http.MethodGet, url, "Accept", "image/png")
		if r.status != status {
			c.Errorf("%s: %d, want %d", url, r.status, status)
		}
		schemas.check(c, r, "problem")
	}
}

// confDefinition looks at the form of the definition: all that OpenAPI 3.0 asks for
// is there, references lead somewhere, ids are unique.
func confDefinition(c client) {
	document := definition(c)
	info := document["info"].(map[string]any)
	if document["openapi"] != "3.0.3" || info["title"] == "" || info["version"] == "" {
		c.Errorf("%v %v", document["openapi"], info)
	}
	if diff := cmp.Diff([]any{map[string]any{"url": c.root}}, document["servers"]); diff != "" {
		c.Error(diff)
	}
	ids := map[string]string{}
	for path, operation := range documentPaths(c) {
		if other := ids[operation.OperationID]; other != "" || operation.OperationID == "" {
			c.Errorf("%s and %s have the id %q", path, other, operation.OperationID)
		}
		ids[operation.OperationID] = path
		for status, response := range operation.Responses {
			if response["$ref"] == nil && response["description"] == "" {
				c.Errorf("%s %s has no description", path, status)
			}
		}
		names := map[string]bool{}
		for _, parameter := range operation.Parameters {
			parameter = resolved(c, document, parameter)
			name := parameter["name"].(string)
			if names[name] || parameter["schema"] == nil || parameter["in"] == "path" != strings.Contains(path, "{"+name+"}") {
				c.Errorf("%s: parameter %v", path, parameter)
			}
			names[name] = true
		}
	}
	for _, r := range references(document) {
		resolved(c, document, map[string]any{"$ref": r})
	}
}

// references are all of a document.
func references(v any) (all []string) {
	switch v := v.(type) {
	case map[string]any:
		if r, ok := v["$ref"].(string); ok {
			all = append(all, r)
		}
		for _, one := range v {
			all = append(all, references(one)...)
		}
	case []any:
		for _, one := range v {
			all = append(all, references(one)...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// resolved is an object, or the one that it refers to.
func resolved(c client, document, v map[string]any) map[string]any {
	c.Helper()
	r, refers := v["$ref"].(string)
	if !refers {
		return v
	}
	at := document
	for part := range strings.SplitSeq(strings.TrimPrefix(r, "#/"), "/") {
		at, _ = at[part].(map[string]any)
	}
	if at == nil {
		c.Errorf("%s leads nowhere", r)
	}
	return at
}

// confParameter wants a parameter of the standard to be defined as it says, at
// every collection and nowhere else.
func confParameter(c client, name string, schema map[string]any) {
	c.Helper()
	document := definition(c)
	want := map[string]any{"name": name, "in": "query", "required": false, "schema": schema, "style": "form", "explode": false}
	for path, operation := range documentPaths(c) {
		var got map[string]any
		for _, parameter := range operation.Parameters {
			if p := resolved(c, document, parameter); p["name"] == name {
				got = maps.Clone(p)
				delete(got, "description")
			}
		}
		if strings.HasSuffix(path, "/items") != (got != nil) {
			c.Errorf("%s: %s is %v", path, name, got)
		} else if diff := cmp.Diff(want, got); got != nil && diff != "" {
			c.Errorf("%s: %s", path, diff)
		}
	}
}

// confSecurity wants the ways in which callers say who they are to be told.
func confSecurity(c client) {
	if document := definition(c); document["security"] != nil {
		c.Error("a door for everybody tells of a security scheme")
	}
	scheme := map[string]any{"type": "http", "scheme": "bearer"}
	guarded := serve(c, func(o *ogc.Options) {
		o.Security = map[string]any{"token": scheme}
		o.Allow = func(need role.Need, next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !need.Met(role.Role(r.Header.Get("Role"))) {
					w.WriteHeader(http.StatusUnauthorized)
					return
				}
				next.ServeHTTP(w, r)
			})
		}
	})
	for path := range documentPaths(c) {
		url, _ := concrete(c, path)
		if r := guarded.do(http.MethodGet, url); r.status != http.StatusUnauthorized {
			c.Errorf("%s lets anybody in: %d", url, r.status)
		}
		guarded.get(url, "Role", "viewer")
	}
	var document map[string]any
	if err := json.Unmarshal(guarded.get("/api", "Role", "viewer").body, &document); err != nil {
		c.Fatal(err)
	}
	if diff := cmp.Diff([]any{map[string]any{"token": []any{}}}, document["security"]); diff != "" {
		c.Error(diff)
	}
	if diff := cmp.Diff(map[string]any{"token": scheme}, document["components"].(map[string]any)["securitySchemes"]); diff != "" {
		c.Error(diff)
	}
}
