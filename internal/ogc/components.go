package ogc

// components are what the definition refers to.
func (d *door) components() thing {
	c := thing{"parameters": parameters(), "schemas": schemas(), "responses": responses()}
	if len(d.Security) > 0 {
		c["securitySchemes"] = d.Security
	}
	return c
}

func parameters() thing {
	query := func(name, description string, schema thing) thing {
		return thing{"name": name, "in": "query", "required": false, "description": description, "schema": schema, "style": "form", "explode": false}
	}
	return thing{
		"f":      query("f", "the format; without it the header Accept decides", thing{"type": "string", "enum": []any{"json", "html"}}),
		"limit":  query("limit", "at most so many features; a larger number counts as the maximum", thing{"type": "integer", "minimum": 1, "maximum": mostLimit, "default": usualLimit}),
		"offset": query("offset", "so many features are passed over; links with rel=next have it", thing{"type": "integer", "minimum": 0, "default": 0}),
		"bbox": query("bbox", "west, south, east, north in degrees, or six numbers with heights, which count for nothing", thing{
			"type": "array", "items": thing{"type": "number"},
			"oneOf": []any{thing{"minItems": 4, "maxItems": 4}, thing{"minItems": 6, "maxItems": 6}},
		}),
		"datetime": query("datetime", "a moment as RFC 3339 has it, or an interval with a slash of which one end may be '..' or nothing", thing{"type": "string"}),
	}
}

func responses() thing {
	all := thing{}
	for name, description := range map[string]string{
		"BadRequest": "a parameter is unknown or cannot be read", "Unauthorized": "the caller must say who it is",
		"Forbidden": "the caller may not look", "NotFound": "there is no such resource", "NotAllowed": "everything can be read only",
		"NotAcceptable": "told as JSON or HTML only", "Failure": "the answer could not be made",
	} {
		all[name] = thing{"description": description, "content": thing{typeProblem: thing{"schema": ref("schemas", "problem")}}}
	}
	return all
}

func schemas() thing {
	text, links := thing{"type": "string"}, thing{"type": "array", "items": ref("schemas", "link")}
	return thing{
		"link":        object(thing{"href": text, "rel": text, "type": text, "title": text}, "href", "rel", "type"),
		"landingPage": object(thing{"title": text, "description": text, "links": links}, "links"),
		"confClasses": object(thing{"conformsTo": thing{"type": "array", "items": text}}, "conformsTo"),
		"collections": object(thing{"links": links, "collections": thing{"type": "array", "items": ref("schemas", "collection")}}, "links", "collections"),
		"collection": object(thing{
			"id": text, "title": text, "description": text, "attribution": text, "links": links, "extent": extentSchema(),
			"itemType": text, "crs": thing{"type": "array", "items": text}, "storageCrs": text,
		}, "id", "links"),
		"featureCollection": object(thing{
			"type": thing{"type": "string", "enum": []any{"FeatureCollection"}}, "timeStamp": thing{"type": "string", "format": "date-time"},
			"numberMatched": thing{"type": "integer", "minimum": 0}, "numberReturned": thing{"type": "integer", "minimum": 0},
			"links": links, "features": thing{"type": "array", "items": ref("schemas", "feature")},
		}, "type", "features"),
		"feature": object(thing{
			"type": thing{"type": "string", "enum": []any{"Feature"}}, "id": text,
			"geometry": ref("schemas", "geometry"), "properties": thing{"type": "object", "nullable": true}, "links": links,
		}, "type", "geometry", "properties"),
		"geometry": thing{
			"type": "object", "nullable": true, "required": []any{"type", "coordinates"},
			"properties": thing{
				"type":        thing{"type": "string", "enum": []any{"Point", "LineString", "MultiLineString"}},
				"coordinates": thing{"type": "array", "items": thing{}},
			},
		},
		"problem":  object(thing{"type": text, "title": text, "status": thing{"type": "integer"}, "detail": text}, "title", "status"),
		"anything": thing{"type": "object"},
	}
}

func object(properties thing, required ...any) thing {
	return thing{"type": "object", "properties": properties, "required": required}
}

func extentSchema() thing {
	box := thing{"type": "array", "minItems": 4, "maxItems": 6, "items": thing{"type": "number"}}
	interval := thing{"type": "array", "minItems": 2, "maxItems": 2, "items": thing{"type": "string", "format": "date-time", "nullable": true}}
	return thing{"type": "object", "properties": thing{
		"spatial":  thing{"type": "object", "properties": thing{"bbox": thing{"type": "array", "minItems": 1, "items": box}, "crs": thing{"type": "string"}}},
		"temporal": thing{"type": "object", "properties": thing{"interval": thing{"type": "array", "minItems": 1, "items": interval}, "trs": thing{"type": "string"}}},
	}}
}
