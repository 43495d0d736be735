package ogc

import "slices"

// title and description of the API, for people.
const (
	title       = "qala: features"
	description = "Cities with their stops, lines and venues, and what runs of events came to, as features of OGC API - Features."
)

// landing is where everything starts.
func (d *door) landing(c *call) (answer, error) {
	links := append(c.selves(typeJSON, ""),
		link{c.url(jsonOnly, "api"), "service-desc", typeOpenAPI, "the definition of this API"},
		link{c.url(htmlOnly, "api"), "service-doc", typeHTML, "the definition of this API as a page"},
		link{c.url(nil, "conformance"), "conformance", typeJSON, "the classes of the standard that are kept"},
		link{c.url(nil, "collections"), "data", typeJSON, "the collections"},
	)
	return answer{
		json: struct {
			Title       string `json:"title"`
			Description string `json:"description"`
			Links       []link `json:"links"`
		}{title, description, links},
		media: typeJSON, page: page{Title: title, Text: description, Links: links},
	}, nil
}

// classes are those of the standard that the door keeps.
var classes = []string{
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
}

func (d *door) conformance(c *call) (answer, error) {
	p := page{Title: "Conformance", Links: c.selves(typeJSON, "conformance"), Columns: []string{"class"}}
	for _, class := range classes {
		p.Rows = append(p.Rows, row{Cells: []string{class}})
	}
	return answer{
		json: struct {
			ConformsTo []string `json:"conformsTo"`
		}{slices.Clone(classes)},
		media: typeJSON, page: p,
	}, nil
}
