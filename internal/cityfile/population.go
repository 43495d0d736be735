package cityfile

import (
	"cmp"
	"context"
	"io"
	"math"
	"strings"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/geojson"
	"github.com/qala-city/qala/internal/geopackage"
	"github.com/qala-city/qala/internal/plainyaml"
)

// Population is one source of where people live.
type Population struct {
	Path   Path
	Layer  string     // of a GeoPackage; "" is its only one
	ID     string     // the column with the id; "" is the format's own
	People string     // the column with the people; "" is "people"
	Basis  basis.Kind // of rows that state none
	Source string     // likewise

	// Spread is given for totals of areas that are spread over stops.
	Spread *Spread
}

// Spread says which stops take an area's total: those whose zone_id begins
// with what stands in the column Prefix.
type Spread struct {
	Prefix string
	Except []string // ids of areas that are counted elsewhere
}

// Home is a point where people live.
type Home struct {
	ID     string
	At     geo.Point
	People uint32
	File   string
	Line   int    // in the file; in a GeoPackage the number of the row
	Basis  string // a basis.Kind
	Source string
}

// mostPeople is what one point may stand for.
const mostPeople = 50_000_000

// populations reads one file or a list of sources.
func populations(s plainyaml.Spot) []Population {
	if !s.Present() {
		return nil
	}
	entries := []plainyaml.Spot{s}
	if s.IsList() {
		entries = s.List()
	}
	var all []Population
	for _, entry := range entries {
		all = append(all, population(entry))
	}
	return all
}

func population(s plainyaml.Spot) Population {
	if !s.IsMap() {
		return Population{Path: path(s), Basis: basis.Assumption}
	}
	o := s.Object("path", "layer", "id", "people", "basis", "source", "spread", "prefix", "except")
	p := Population{
		Path: path(o.Need("path")), Layer: o.May("layer").Word(), ID: o.May("id").Word(), People: o.May("people").Word(),
		Basis: cmp.Or(kind(o.May("basis")), basis.Assumption), Source: o.May("source").Word(),
	}
	if p.Layer != "" && !p.Path.ends(".gpkg") {
		o.May("layer").Refuse(codeNoMeaning, "where", "GeoPackage")
	}
	p.Spread = spread(o)
	return p
}

// spread is how totals become people; nil for places.
func spread(o plainyaml.Object) *Spread {
	if o.May("spread").Choice("stops") == "" {
		for _, field := range []string{"prefix", "except"} {
			if s := o.May(field); s.Present() {
				s.Refuse(codeNoMeaning, "where", "spread: stops")
			}
		}
		return nil
	}
	s := &Spread{Prefix: o.Need("prefix").Word()}
	for _, area := range o.May("except").List() {
		s.Except = append(s.Except, area.Word())
	}
	return s
}

// ends reports whether the file's name has an ending, in whatever case.
func (p Path) ends(endings ...string) bool {
	name, _, _ := strings.Cut(strings.ToLower(p.Name), "?") // a URL may go on
	for _, ending := range endings {
		if strings.HasSuffix(name, ending) {
			return true
		}
	}
	return false
}

// Read reads the homes of a source, by the ending of its name: a GeoPackage
// (.gpkg), GeoJSON (.geojson, .json), else CSV with id, lat, lon and people. A
// surface is one home, at the point that stands for it. Its error is the
// context's, or that of reading data.
func (p Population) Read(ctx context.Context, data io.ReaderAt, size int64, area Area, log *finding.Log) ([]Home, error) {
	if p.Path.ends(".gpkg") {
		h := p.homes(area, log)
		rejected, err := geopackage.Read(ctx, p.Path.Name, data, size, geopackage.Columns{Layer: p.Layer, ID: p.ID, People: cmp.Or(p.People, "people")}, log,
			func(at geopackage.Place) { h.take(Home{ID: at.ID, At: at.At, Line: at.Row}, at.People) })
		return h.done(rejected), err
	}
	text, err := io.ReadAll(io.NewSectionReader(data, 0, size))
	if err != nil {
		return nil, err
	}
	if p.Path.ends(".geojson", ".json") {
		h := p.homes(area, log)
		rejected := geojson.Read(p.Path.Name, text, geojson.Columns{ID: p.ID, People: cmp.Or(p.People, "people")}, log,
			func(at geojson.Place) { h.take(Home{ID: at.ID, At: at.At, Line: at.Line}, at.People) })
		return h.done(rejected), nil
	}
	return p.readTable(string(text), area, log), nil
}

// ReadPopulation reads id, lat, lon, people (or population) and optionally name,
// basis and source. Fractions of people are rounded to the nearest whole.
func ReadPopulation(file, text string, area Area, log *finding.Log) []Home {
	return Population{Path: Path{Name: file}, Basis: basis.Assumption}.readTable(text, area, log)
}

func (p Population) readTable(text string, area Area, log *finding.Log) []Home {
	var homes []Home
	known := map[string]bool{}
	eachCalled(p.Path.Name, text, log, p.columns(), []string{"id", "lat", "lon", "people"}, func(r *rows) {
		home := Home{ID: r.need("id"), At: r.position(area), People: r.people(), File: p.Path.Name, Line: r.Line()}
		home.Basis, home.Source = p.origin(r)
		if known[home.ID] {
			r.reject(codeTwice, "id")
		}
		if r.broken {
			return
		}
		known[home.ID] = true
		homes = append(homes, home)
	})
	return homes
}

// columns are in small letters, as tables know theirs.
func (p Population) columns() names {
	return names{"id": strings.ToLower(p.ID), "people": strings.ToLower(p.People)}
}

func (r *rows) people() uint32 { return uint32(math.Round(r.needNumber("people", 0, mostPeople))) }

// origin is where a row's people are from: what it states itself, else what
// the city file says of the whole table.
func (p Population) origin(r *rows) (kind, source string) {
	kind, source = r.basis(), cmp.Or(r.cell("source"), p.Source)
	if r.cell("basis") == "" {
		kind = string(p.Basis)
	}
	return kind, source
}
