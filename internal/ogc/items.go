package ogc

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"strconv"
	"time"

	"github.com/paulmach/orb/geojson"

	"github.com/qala-city/qala/internal/atlas"
)

// item is a feature as GeoJSON.
type item struct {
	Type       string            `json:"type"`
	ID         string            `json:"id"`
	Geometry   *geojson.Geometry `json:"geometry"`
	Properties map[string]any    `json:"properties"`
	Links      []link            `json:"links,omitempty"`
}

func itemOf(f atlas.Feature) item {
	i := item{Type: "Feature", ID: f.ID, Properties: f.Properties}
	if f.Geometry != nil {
		i.Geometry = geojson.NewGeometry(f.Geometry)
	}
	return i
}

// listing is a page of features.
type listing struct {
	Type           string          `json:"type"`
	TimeStamp      string          `json:"timeStamp"`
	NumberMatched  int             `json:"numberMatched"`
	NumberReturned int             `json:"numberReturned"`
	Links          []link          `json:"links"`
	Features       json.RawMessage `json:"features"`
}

func (d *door) items(c *call) (answer, error) {
	s, collection, err := d.find(c)
	if err != nil {
		return answer{}, err
	}
	q, err := c.asked(collection.Columns)
	if err != nil {
		return answer{}, err
	}
	features, matched, err := s.atlas.Items(collection.ID, q)
	if err != nil {
		return answer{}, err
	}
	id := s.collectionID(collection.ID)
	links := append(c.selves(typeGeoJSON, "collections", id, "items"), c.pages(q, matched, len(features), id)...)
	links = append(links, link{c.url(jsonOnly, "collections", id), "collection", typeJSON, "the collection"})
	all := make([]item, len(features))
	for i, f := range features {
		all[i] = itemOf(f)
	}
	body, err := json.Marshal(all)
	if err != nil {
		return answer{}, err
	}
	return answer{
		json: listing{
			"FeatureCollection", d.Now().UTC().Format(time.RFC3339), matched, len(features), links, body,
		},
		media: typeGeoJSON, page: c.listingPage(s, collection, features, matched, links), fixed: s.atlas.Fixed,
		same: fmt.Appendf(body, "%d %v", matched, links),
	}, nil
}

// pages are the links to the page after this one and to the one before.
func (c *call) pages(q atlas.Query, matched, here int, id string) []link {
	media, name := typeGeoJSON, "json"
	if c.format == asHTML {
		media, name = typeHTML, "html"
	}
	to := func(offset int) string {
		query := url.Values{}
		maps.Copy(query, c.query)
		query.Set("f", name)
		query.Set("limit", strconv.Itoa(q.Limit))
		query.Set("offset", strconv.Itoa(offset))
		return c.url(query, "collections", id, "items")
	}
	var links []link
	if q.Offset+here < matched && here > 0 {
		links = append(links, link{to(q.Offset + here), "next", media, "the next page"})
	}
	if q.Offset > 0 {
		links = append(links, link{to(max(0, q.Offset-q.Limit)), "prev", media, "the page before"})
	}
	return links
}

func (d *door) feature(c *call) (answer, error) {
	s, collection, err := d.find(c)
	if err != nil {
		return answer{}, err
	}
	f, err := s.atlas.Item(collection.ID, c.PathValue("feature"))
	if err != nil {
		return answer{}, err
	}
	id := s.collectionID(collection.ID)
	told := itemOf(f)
	told.Links = append(c.selves(typeGeoJSON, "collections", id, "items", f.ID),
		link{c.url(jsonOnly, "collections", id), "collection", typeJSON, "the collection"})
	p := page{Title: f.ID, Text: s.atlas.Title() + ": " + collection.Title, Up: c.up("collections", id, "items"), Links: told.Links, Columns: []string{"property", "value"}}
	for _, column := range collection.Columns {
		if v := f.Properties[column.Name]; v != nil {
			p.Rows = append(p.Rows, row{Cells: []string{column.Name, cell(v)}})
		}
	}
	return answer{json: told, media: typeGeoJSON, page: p, fixed: s.atlas.Fixed}, nil
}
