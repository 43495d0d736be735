package ogc

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"github.com/qala-city/qala/internal/atlas"
)

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// page is a resource for people: a few lines, links and a table.
type page struct {
	Title, Text string
	Up          []link // the way from the landing page
	Links       []link
	Columns     []string
	Rows        []row
}

// row is one of a table; its first cell leads to Href where there is one.
type row struct {
	Href  string
	Cells []string
}

func (p page) render(c *call) ([]byte, error) {
	var b bytes.Buffer
	err := pageTemplate.Execute(&b, struct {
		page
		Home string
	}{p, c.url(htmlOnly, "")})
	return b.Bytes(), err
}

// up are the pages above one: each of them is a longer part of its path.
func (c *call) up(path ...string) []link {
	links := []link{{c.url(htmlOnly, ""), "up", typeHTML, "features"}}
	for i := range path {
		links = append(links, link{c.url(htmlOnly, path[:i+1]...), "up", typeHTML, path[i]})
	}
	return links
}

// cell is a value as a table shows it.
func cell(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// listingPage is a page of features as a table.
func (c *call) listingPage(s shelf, collection atlas.Collection, features []atlas.Feature, matched int, links []link) page {
	if c.format != asHTML {
		return page{}
	}
	id := s.collectionID(collection.ID)
	p := page{
		Title: s.atlas.Title() + ": " + collection.Title, Text: fmt.Sprintf("%d of %d features", len(features), matched),
		Up: c.up("collections", id), Links: links, Columns: []string{"id"},
	}
	for _, column := range collection.Columns {
		p.Columns = append(p.Columns, column.Name)
	}
	for _, f := range features {
		r := row{Href: c.url(htmlOnly, "collections", id, "items", f.ID), Cells: []string{f.ID}}
		for _, name := range p.Columns[1:] {
			r.Cells = append(r.Cells, cell(f.Properties[name]))
		}
		p.Rows = append(p.Rows, r)
	}
	return p
}

// words are a list of them as a sentence has it.
func words(list []string) string { return strings.Join(list, ", ") }
