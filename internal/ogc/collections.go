package ogc

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/atlas"
)

// crs84 is longitude and latitude in degrees, the only system here.
const crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

// Queries that ask for one format.
var (
	jsonOnly = url.Values{"f": {"json"}}
	htmlOnly = url.Values{"f": {"html"}}
)

// told is a collection as it is told.
type told struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Attribution string   `json:"attribution,omitempty"`
	Links       []link   `json:"links"`
	Extent      *extent  `json:"extent,omitempty"`
	ItemType    string   `json:"itemType"`
	CRS         []string `json:"crs"`
	StorageCRS  string   `json:"storageCrs"`
}

// extent is where and when the features are.
type extent struct {
	Spatial  *spatial  `json:"spatial,omitempty"`
	Temporal *temporal `json:"temporal,omitempty"`
}

type spatial struct {
	Bbox [][4]float64 `json:"bbox"`
	CRS  string       `json:"crs"`
}

type temporal struct {
	Interval [][2]string `json:"interval"`
	TRS      string      `json:"trs"`
}

// shelf is an atlas with its name.
type shelf struct {
	name  string
	atlas *atlas.Atlas
}

// collectionID is the name of a collection among those of all atlases.
func (s shelf) collectionID(collection string) string { return s.name + "." + collection }

// shelves are all atlases. One that went away since its name was read is left out.
func (d *door) shelves(ctx context.Context) ([]shelf, error) {
	names, err := d.Catalogue.Atlases(ctx)
	if err != nil {
		return nil, err
	}
	var all []shelf
	for _, name := range names {
		a, err := d.Catalogue.Atlas(ctx, name)
		if errors.Is(err, atlas.ErrUnknown) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, shelf{name, a})
	}
	return all, nil
}

// find is the collection that a call is about.
func (d *door) find(c *call) (shelf, atlas.Collection, error) {
	id := c.PathValue("collection")
	dot := strings.LastIndexByte(id, '.')
	if dot < 0 {
		return shelf{}, atlas.Collection{}, atlas.ErrUnknown
	}
	a, err := d.Catalogue.Atlas(c.Context(), id[:dot])
	if err != nil {
		return shelf{}, atlas.Collection{}, err
	}
	collection, err := a.Collection(id[dot+1:])
	return shelf{id[:dot], a}, collection, err
}

func (d *door) collections(c *call) (answer, error) {
	shelves, err := d.shelves(c.Context())
	if err != nil {
		return answer{}, err
	}
	links := c.selves(typeJSON, "collections")
	p := page{Title: "Collections", Up: c.up(), Links: links, Columns: []string{"collection", "features"}}
	all := []told{}
	for _, s := range shelves {
		for _, collection := range s.atlas.Collections() {
			t := c.tell(s, collection)
			all = append(all, t)
			p.Rows = append(p.Rows, row{Href: c.url(htmlOnly, "collections", t.ID), Cells: []string{t.Title, cell(collection.Rows)}})
		}
	}
	return answer{
		json: struct {
			Links       []link `json:"links"`
			Collections []told `json:"collections"`
		}{links, all},
		media: typeJSON, page: p,
	}, nil
}

func (d *door) collection(c *call) (answer, error) {
	s, collection, err := d.find(c)
	if err != nil {
		return answer{}, err
	}
	t := c.tell(s, collection)
	if c.format == asHTML {
		t.Links[0].Rel, t.Links[1].Rel = "alternate", "self"
	}
	p := page{Title: t.Title, Text: strings.TrimSpace(t.Description + " " + t.Attribution), Up: c.up("collections"), Links: t.Links, Columns: []string{"property", "type", "what it is"}}
	for _, column := range collection.Columns {
		p.Rows = append(p.Rows, row{Cells: []string{column.Name, string(column.Type), column.Description}})
	}
	return answer{json: t, media: typeJSON, page: p, fixed: s.atlas.Fixed}, nil
}

// tell is a collection with the links that it has in every list.
func (c *call) tell(s shelf, collection atlas.Collection) told {
	id := s.collectionID(collection.ID)
	t := told{
		ID: id, Title: s.atlas.Title() + ": " + collection.Title, Description: collection.Description,
		Attribution: attribution(s.atlas),
		Links: []link{
			{c.url(jsonOnly, "collections", id), "self", typeJSON, "this collection"},
			{c.url(htmlOnly, "collections", id), "alternate", typeHTML, "this collection as a page"},
			{c.url(jsonOnly, "collections", id, "items"), "items", typeGeoJSON, "its features as GeoJSON"},
			{c.url(htmlOnly, "collections", id, "items"), "items", typeHTML, "its features as a page"},
		},
		ItemType: "feature", CRS: []string{crs84}, StorageCRS: crs84,
	}
	if collection.Placed {
		b := collection.Extent
		t.Extent = &extent{Spatial: &spatial{[][4]float64{{b.West, b.South, b.East, b.North}}, crs84}}
	}
	if !collection.Time.Empty() {
		if t.Extent == nil {
			t.Extent = &extent{}
		}
		t.Extent.Temporal = &temporal{
			[][2]string{{moment(collection.Time.From), moment(collection.Time.To)}},
			"http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
		}
	}
	return t
}

func moment(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.RFC3339) }

// attribution is whose data it is, as sentences.
func attribution(a *atlas.Atlas) string {
	var said []string
	if a.Illustration {
		said = append(said, "An illustration: not the timetable of a real city.")
	}
	for _, credit := range a.Credits {
		said = append(said, credit.For+": "+credit.Holder+" ("+credit.Licence+").")
	}
	return strings.Join(said, " ")
}
