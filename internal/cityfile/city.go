// Package cityfile reads the files that describe a city beside its timetable:
// city.yaml, population, venues, room of vehicles and fleets. Package gtfs
// reads the timetable, package feed makes a Network of both.
//
// It takes bytes and gives values; what is wrong goes to a finding.Log, with
// the line. A mistake in city.yaml refuses the whole file, a mistake in a row
// of another file only that row. docs/schema holds the JSON schemas.
package cityfile

import (
	"math"
	"regexp"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/plainyaml"
	"github.com/qala-city/qala/internal/transit"
)

// City is what city.yaml says.
type City struct {
	City       network.City
	Feeds      []Feed // at least one
	Streets    Streets
	Population []Population // in the order of the file
	Venues     Path
	Stations   Path
	Capacities Path
	Fleet      Path
	Walking    network.Walking // with defaults for what is not stated
	Credits    []basis.Credit
	Numbers    []basis.Number
	Sources    []Source // what is said of the files above
}

// Feed is one timetable of the city.
type Feed struct {
	ID     string
	Path   Path           // a folder or a zip
	Window transit.Window // of the dates that are used
}

// Streets are what people walk on; the zero value stands for none.
type Streets struct {
	Path   Path   // an OpenStreetMap extract in PBF format
	Source string // whom results name for it; may be ""
}

// Path is a file that city.yaml names; the zero Path names none.
type Path struct {
	Name string // as written: slashes, relative to the folder of city.yaml, or a URL
	spot plainyaml.Spot
}

// Given reports whether city.yaml names the file.
func (p Path) Given() bool { return p.Name != "" }

// Missing records that the file cannot be opened, and why.
func (p Path) Missing(why string) { p.spot.Refuse(codeFileMissing, "why", why) }

// ReadCity reads city.yaml; false when it must not be used.
func ReadCity(file string, data []byte, log *finding.Log) (City, bool) {
	before := log.Total(finding.Error)
	root, ok := plainyaml.Parse(file, data, log)
	if !ok {
		return City{}, false
	}
	city := readCity(root)
	return city, log.Total(finding.Error) == before
}

func readCity(root plainyaml.Spot) City {
	doc := root.Object("city", "name", "timezone", "illustration", "feeds", "streets", "population",
		"venues", "stations", "capacities", "fleet", "walking", "credits", "numbers", "sources")
	city := City{
		City: network.City{
			ID: doc.Need("city").ID(), Names: doc.Need("name").Names(),
			Zone: zone(doc.Need("timezone")), Illustration: doc.May("illustration").Flag(),
		},
		Feeds:      feeds(doc.Need("feeds")),
		Streets:    streets(doc.May("streets")),
		Population: populations(doc.May("population")),
		Venues:     path(doc.May("venues")),
		Stations:   path(doc.May("stations")),
		Capacities: path(doc.May("capacities")),
		Fleet:      path(doc.May("fleet")),
		Walking:    walking(doc.May("walking")),
		Credits:    credits(doc.May("credits")),
		Numbers:    numbers(doc.May("numbers")),
	}
	city.addSources(doc.May("sources"))
	return city
}

func zone(s plainyaml.Spot) string {
	name := s.Word()
	if name == "" {
		return ""
	}
	if _, err := time.LoadLocation(name); err != nil || name == "Local" {
		s.Refuse(codeZone)
	}
	return name
}

func path(s plainyaml.Spot) Path { return Path{s.Word(), s} }

// feeds reads the timetables; their ids differ, because they tell stops apart.
func feeds(s plainyaml.Spot) []Feed {
	var all []Feed
	known := map[string]bool{}
	entries := s.List()
	if s.IsList() && len(entries) == 0 {
		s.Refuse(codeNoFeed)
	}
	for _, entry := range entries {
		o := entry.Object("id", "path", "from", "to")
		feed := Feed{o.Need("id").ID(), path(o.Need("path")), window(o.May("from"), o.May("to"))}
		if known[feed.ID] && feed.ID != "" {
			o.May("id").Refuse(codeTwice)
		}
		known[feed.ID] = true
		all = append(all, feed)
	}
	return all
}

// window is what lies between two dates; a missing one is no bound.
func window(from, to plainyaml.Spot) transit.Window {
	if !from.Present() && !to.Present() {
		return transit.Window{}
	}
	w := transit.Window{First: math.MinInt32, Last: math.MaxInt32}
	for _, end := range []struct {
		at   plainyaml.Spot
		into *transit.Date
	}{{from, &w.First}, {to, &w.Last}} {
		if !end.at.Present() {
			continue
		}
		date, err := transit.ParseDate(end.at.Raw())
		if err != nil || !dateShape.MatchString(end.at.Raw()) {
			end.at.Refuse(codeNotDate)
			return transit.Window{}
		}
		*end.into = date
	}
	if w.First > w.Last {
		to.Refuse(codeDatesReversed, "from", from.Raw())
	}
	return w
}

// dateShape is the shape of a date, the same as in docs/schema.
var dateShape = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)

func streets(s plainyaml.Spot) Streets {
	if !s.Present() {
		return Streets{}
	}
	o := s.Object("path", "source")
	return Streets{path(o.Need("path")), o.May("source").Word()}
}

// walking reads what is stated and takes the rest from the defaults.
func walking(s plainyaml.Spot) network.Walking {
	w := network.DefaultWalking
	o := s.Object("speed_m_per_s", "detour", "max_access_m", "max_transfer_m", "max_direct_m", "steps_speed", "nearest_stops")
	for _, field := range []struct {
		key         string
		least, most float64
		into        *float64
	}{
		{"speed_m_per_s", .3, 3, &w.Speed},
		{"detour", 1, 5, &w.Detour},
		{"max_access_m", 0, 20_000, &w.MaxAccess},
		{"max_transfer_m", 0, 5_000, &w.MaxTransfer},
		{"max_direct_m", 0, 20_000, &w.MaxDirect},
		{"steps_speed", .1, 1, &w.Steps},
	} {
		if value := o.May(field.key); value.Present() {
			*field.into = value.Number(field.least, field.most)
		}
	}
	if nearest := o.May("nearest_stops"); nearest.Present() {
		w.Nearest = uint32(nearest.Whole(0, 50))
	}
	return w
}

func credits(s plainyaml.Spot) []basis.Credit {
	var all []basis.Credit
	for _, entry := range s.List() {
		o := entry.Object("holder", "licence", "for")
		all = append(all, basis.Credit{Holder: o.Need("holder").Word(), Licence: o.Need("licence").Word(), For: o.Need("for").Word()})
	}
	return all
}

func numbers(s plainyaml.Spot) []basis.Number {
	var all []basis.Number
	for _, entry := range s.List() {
		o := entry.Object("id", "subject", "value", "unit", "kind", "source")
		all = append(all, basis.Number{
			ID: o.Need("id").ID(), Subject: o.May("subject").Word(), Value: o.Need("value").Written(),
			Unit: o.May("unit").Word(), Kind: kind(o.Need("kind")), Source: o.May("source").Word(),
		})
	}
	return all
}

func kind(s plainyaml.Spot) basis.Kind { return basis.Kind(s.Choice(kinds...)) }

// kinds are the words for where a number comes from.
var kinds = []string{string(basis.Fact), string(basis.Computed), string(basis.Standard), string(basis.Assumption)}

// basisOf is the kind that a row states: an assumption where it states none;
// false for a word that is no kind.
func basisOf(word string) (string, bool) {
	if word == "" {
		return string(basis.Assumption), true
	}
	word = strings.ToLower(word)
	return word, basis.Kind(word).Known()
}
