package cityfile

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/plainyaml"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// Stops is what the file of stations needs to know of a timetable.
type Stops interface {
	FeedKnown(feed string) bool
	// Stops are those with an id in a feed, or in any when feed is "".
	Stops(feed, id string) []transit.Stop
	// Platforms are the boarding places of a station; of a stop that is none, itself.
	Platforms(transit.Stop) []transit.Stop
	At(transit.Stop) geo.Point
}

// Station is what a planner states of a station, or of a stop by itself: what
// people pass from the street to where they board. They pass what stands at one
// of the entrances, then the hall, then what stands before their platform.
type Station struct {
	Stop      transit.Stop
	ID        string // as the file writes it
	Entrances []Entrance
	Hall      []Pass
	Platforms []Platform
	Basis     basis.Kind
	Source    string
}

// Entrance is where a station meets the street.
type Entrance struct {
	ID, Name string
	At       geo.Point
	Passes   []Pass
}

// Pass is one thing that people pass; with several, everybody takes the one
// that is quickest for him.
type Pass []station.Row

// Platform is what is stated of one boarding place.
type Platform struct {
	station.PlatformRow
	Passes []Pass
	takes  bool // it is stated what it takes
}

// Takes reports whether it is stated what the boarding place takes.
func (p Platform) Takes() bool { return p.takes }

// Passed reports whether the station states what people pass.
func (s *Station) Passed() bool {
	return len(s.Entrances) > 0 || len(s.Hall) > 0 || slices.ContainsFunc(s.Platforms, func(p Platform) bool { return len(p.Passes) > 0 })
}

// How far an entrance may be from its station.
const (
	farEntrance       = geo.Meters(500)
	elsewhereEntrance = geo.Meters(3000)
)

// ReadStations reads a list of stations as YAML. A station with a mistake is
// rejected as a whole: half a way would be a silent wrong answer.
func ReadStations(file string, data []byte, stops Stops, log *finding.Log) []Station {
	r := &stationReader{stops: stops, known: map[transit.Stop]bool{}, claimed: map[transit.Stop]string{}, tally: finding.Tally{File: file}}
	defer func() {
		r.tally.Rejected = r.tally.Rows - r.tally.Kept
		log.Count(r.tally)
	}()
	root, ok := plainyaml.Parse(file, data, log)
	if !ok {
		return nil
	}
	for _, entry := range root.List() {
		r.tally.Rows++
		before := entry.Mistakes()
		if s := r.read(entry); entry.Mistakes() == before {
			r.tally.Kept++
			r.stations = append(r.stations, s)
		}
	}
	return r.stations
}

// stationReader gathers stations and counts entries.
type stationReader struct {
	stops    Stops
	known    map[transit.Stop]bool
	claimed  map[transit.Stop]string // boarding places, by the entry that they belong to
	stations []Station
	tally    finding.Tally
}

// takesKeys are what a boarding place takes.
var takesKeys = []string{"area_m2", "people_per_m2", "holds", "stands"}

func (r *stationReader) read(entry plainyaml.Spot) Station {
	o := entry.Object(append([]string{"stop", "feed", "basis", "source", "entrances", "hall", "platforms", "passes"}, takesKeys...)...)
	s := Station{ID: o.Need("stop").Written(), Basis: stated(o), Source: o.May("source").Word()}
	stop, found := r.find(o.May("stop"), o.May("feed"))
	if !found {
		return s
	}
	s.Stop = stop
	if r.known[stop] {
		o.May("stop").Refuse(codeTwice)
		return s
	}
	r.known[stop] = true
	r.claim(o.May("stop"), stop)
	from := origin{id: s.ID, stop: stop, basis: s.Basis, source: s.Source}
	s.Entrances = r.entrances(o.May("entrances"), from)
	s.Hall = passes(o.May("hall"), from.at("hall"))
	s.Platforms = r.platforms(o, from)
	if !s.Passed() && !slices.ContainsFunc(s.Platforms, Platform.Takes) {
		entry.Refuse(codeStationEmpty)
	}
	return s
}

// claim refuses a stop whose boarding places belong to another entry already.
func (r *stationReader) claim(at plainyaml.Spot, stop transit.Stop) {
	for _, p := range r.stops.Platforms(stop) {
		if other, taken := r.claimed[p]; taken && other != at.Raw() {
			at.Refuse(codeStationClaimed, "other", other)
			return
		}
		r.claimed[p] = at.Raw()
	}
}

func stated(o plainyaml.Object) basis.Kind { return cmp.Or(kind(o.May("basis")), basis.Assumption) }

// find is the one stop that an entry means.
func (r *stationReader) find(id, feed plainyaml.Spot) (transit.Stop, bool) {
	name := feed.Word()
	if name != "" && !r.stops.FeedKnown(name) {
		feed.Refuse(codeFeed)
		return 0, false
	}
	text := id.Written()
	if text == "" {
		return 0, false
	}
	found := r.stops.Stops(name, text)
	switch len(found) {
	case 0:
		id.Refuse(codeStop)
		return 0, false
	case 1:
		return found[0], true
	}
	id.Refuse(codeStopOfWhichFeed, "count", strconv.Itoa(len(found)))
	return 0, false
}

func (r *stationReader) entrances(list plainyaml.Spot, from origin) []Entrance {
	var all []Entrance
	for _, entry := range list.List() {
		o := entry.Object("id", "name", "lat", "lon", "passes")
		before := entry.Mistakes()
		e := Entrance{ID: o.Need("id").ID(), Name: o.May("name").Word(), At: position(o)}
		if slices.ContainsFunc(all, func(other Entrance) bool { return other.ID == e.ID }) && e.ID != "" {
			o.May("id").Refuse(codeTwice)
		}
		if entry.Mistakes() == before {
			r.place(o.Spot(), from.stop, e)
		}
		here := from.at(e.ID)
		here.place = e.At
		e.Passes = passes(o.May("passes"), here)
		all = append(all, e)
	}
	return all
}

// place holds an entrance against where its station is.
func (r *stationReader) place(at plainyaml.Spot, stop transit.Stop, e Entrance) {
	station := r.stops.At(stop)
	far := geo.Distance(e.At, station)
	switch {
	case !e.At.Valid(), station.Valid() && far > elsewhereEntrance:
		at.Refuse(codeEntranceElsewhere, "entrance", e.ID, "km", Kilometers(far))
	case station.Valid() && far > farEntrance:
		at.Warn(codeFarEntrance, "entrance", e.ID, "km", Kilometers(far))
	}
}

// platforms reads what single boarding places take and have before them. A stop
// by itself may say so without a list.
func (r *stationReader) platforms(o plainyaml.Object, from origin) []Platform {
	own := r.stops.Platforms(from.stop)
	var all []Platform
	direct := slices.ContainsFunc(append([]string{"passes"}, takesKeys...), func(key string) bool { return o.May(key).Present() })
	switch {
	case direct && (len(own) != 1 || own[0] != from.stop):
		o.Spot().Refuse(codeStationNotPlatform, "stop", from.id)
	case direct:
		all = append(all, readPlatform(o, from, own[0]))
	}
	for _, entry := range o.May("platforms").List() {
		p := entry.Object(append([]string{"stop", "basis", "source", "passes"}, takesKeys...)...)
		stop, found := r.platform(p.Need("stop"), own)
		if found && slices.ContainsFunc(all, func(other Platform) bool { return other.Stop == stop }) {
			p.May("stop").Refuse(codeTwice)
		}
		here := from
		here.basis, here.source = cmp.Or(kind(p.May("basis")), from.basis), cmp.Or(p.May("source").Word(), from.source)
		all = append(all, readPlatform(p, here.at(p.May("stop").Raw()), stop))
	}
	return all
}

// platform is the boarding place of the station that has an id in its feed.
func (r *stationReader) platform(id plainyaml.Spot, own []transit.Stop) (transit.Stop, bool) {
	text := id.Written()
	if text == "" {
		return 0, false
	}
	for _, stop := range r.stops.Stops("", text) {
		if slices.Contains(own, stop) {
			return stop, true
		}
	}
	id.Refuse(codePlatformElsewhere)
	return 0, false
}

// mostStanding is how many people a square meter stand where it is dangerous.
const mostStanding = 5.0

func readPlatform(o plainyaml.Object, from origin, stop transit.Stop) Platform {
	p := Platform{PlatformRow: station.PlatformRow{
		Stop: stop, Area: o.May("area_m2").Number(1, 100_000), PerSquare: o.May("people_per_m2").Number(.1, 10),
		Holds: uint32(o.May("holds").Whole(1, 1_000_000)), Stands: uint32(o.May("stands").Whole(1, 100)),
		Basis: from.basis, Source: from.source,
	}, Passes: passes(o.May("passes"), from)}
	for _, key := range takesKeys {
		p.takes = p.takes || o.May(key).Present()
	}
	density := o.May("people_per_m2")
	switch {
	case p.PerSquare > 0 && !o.May("area_m2").Present():
		density.Refuse(codeDensityOfWhat)
	case p.PerSquare > 0 && p.Holds > 0:
		density.Refuse(codeHoldsTwice)
	case p.PerSquare > mostStanding:
		density.Warn(codeCrowded, "most", plain(mostStanding))
	case p.Area > 0 && float64(p.Holds) > float64(p.Area*mostStanding):
		o.May("holds").Warn(codeCrowded, "most", plain(mostStanding))
	}
	return p
}
