package ogc

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/atlas"
)

// thing is an object of a JSON document.
type thing = map[string]any

// definition is the API as an OpenAPI 3.0 document: the class oas30 asks for
// that version, and clients look up in it what a collection can be asked for.
func (d *door) definition(c *call) (answer, error) {
	shelves, err := d.shelves(c.Context())
	if err != nil {
		return answer{}, err
	}
	paths := fixedPaths()
	for _, s := range shelves {
		for _, collection := range s.atlas.Collections() {
			maps.Copy(paths, collectionPaths(s, collection))
		}
	}
	document := thing{
		"openapi": "3.0.3",
		"info":    thing{"title": title, "description": description, "version": "1.0.0", "license": thing{"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"}},
		"servers": []any{thing{"url": c.root}},
		"tags":    []any{thing{"name": "capabilities", "description": "what there is"}, thing{"name": "features", "description": "the features"}},
		"paths":   paths, "components": d.components(),
	}
	if names := slices.Sorted(maps.Keys(d.Security)); len(names) > 0 {
		var ways []any
		for _, name := range names {
			ways = append(ways, thing{name: []any{}})
		}
		document["security"] = ways
	}
	return answer{json: document, media: typeOpenAPI, page: c.definitionPage(paths)}, nil
}

// definitionPage tells the paths with their parameters.
func (c *call) definitionPage(paths thing) page {
	p := page{Title: "API", Text: "All resources are read with GET. Features can be asked for by box, by moment and by their properties.", Up: c.up(), Links: c.selves(typeOpenAPI, "api"), Columns: []string{"path", "what it is", "parameters"}}
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		get := paths[path].(thing)["get"].(thing)
		var names []string
		for _, parameter := range get["parameters"].([]any) {
			if name, own := parameter.(thing)["name"].(string); own {
				names = append(names, name)
			} else {
				ref := parameter.(thing)["$ref"].(string)
				names = append(names, ref[strings.LastIndexByte(ref, '/')+1:])
			}
		}
		p.Rows = append(p.Rows, row{Cells: []string{path, get["summary"].(string), words(names)}})
	}
	return p
}

func fixedPaths() thing {
	return thing{
		"/":            operation("getLandingPage", "capabilities", "Where everything starts", typeJSON, "landingPage"),
		"/conformance": operation("getConformanceDeclaration", "capabilities", "The classes of the standard that are kept", typeJSON, "confClasses"),
		"/api":         operation("getApiDefinition", "capabilities", "This document", typeOpenAPI, "anything"),
		"/collections": operation("getCollections", "capabilities", "The collections", typeJSON, "collections"),
	}
}

// collectionPaths are the three resources of one collection.
func collectionPaths(s shelf, collection atlas.Collection) thing {
	id := s.collectionID(collection.ID)
	path := "/collections/" + id
	name := s.atlas.Title() + ": " + collection.Title
	parameters := []any{ref("parameters", "limit"), ref("parameters", "offset"), ref("parameters", "bbox"), ref("parameters", "datetime")}
	for _, column := range collection.Columns {
		parameters = append(parameters, thing{
			"name": column.Name, "in": "query", "required": false, "description": column.Description,
			"schema": thing{"type": string(column.Type)}, "style": "form", "explode": false,
		})
	}
	one := thing{"name": "featureId", "in": "path", "required": true, "description": "id of a feature", "schema": thing{"type": "string"}}
	return thing{
		path:                        operation("describe."+id, "capabilities", name, typeJSON, "collection"),
		path + "/items":             operation("features."+id, "features", name+", the features", typeGeoJSON, "featureCollection", parameters...),
		path + "/items/{featureId}": operation("feature."+id, "features", name+", one feature", typeGeoJSON, "feature", one),
	}
}

// operation is a GET with all answers that it may give.
func operation(id, tag, summary, media, schema string, parameters ...any) thing {
	responses := thing{
		"200": thing{
			"description": summary,
			"headers":     thing{"ETag": thing{"description": "what the answer is, moments aside", "schema": thing{"type": "string"}}},
			"content":     thing{media: thing{"schema": ref("schemas", schema)}, typeHTML: thing{"schema": thing{"type": "string"}}},
		},
		"304": thing{"description": "the caller has it already"},
	}
	for status, name := range failures {
		responses[status] = ref("responses", name)
	}
	return thing{"get": thing{
		"operationId": id, "tags": []any{tag}, "summary": summary,
		"parameters": append([]any{ref("parameters", "f")}, parameters...), "responses": responses,
	}}
}

// failures are what every operation may answer instead.
var failures = map[string]string{
	"400": "BadRequest", "401": "Unauthorized", "403": "Forbidden", "404": "NotFound", "405": "NotAllowed", "406": "NotAcceptable", "500": "Failure",
}

func ref(kind, name string) thing {
	return thing{"$ref": fmt.Sprintf("#/components/%s/%s", kind, name)}
}
