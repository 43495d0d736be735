package drawn

import (
	"fmt"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// facility is what people pass between the street and a stop, while it is read.
type facility struct {
	id            string
	kind          station.Kind
	stop          transit.Stop
	perHour       int // people an hour and channel; 0: by its width alone
	channels      int
	variation     uint8
	length, width float64
	speed         float64 // 0: by what it is
}

// steps reports whether one takes steps there.
func (f *facility) steps() bool { return f.kind == station.Stairs || f.kind == station.Escalator }

// What a facility needs to be told, and what it may be told.
const (
	rated  = "rate" // so many people an hour and channel
	walked = "width"
)

// gate serves one person a channel: "G at B rate 25/min channels 2 random".
func (s *sheet) gate(a *args) { s.facility(a, station.Gate, rated) }

// door lets people through by its width: "at B width 1".
func (s *sheet) door(a *args) { s.facility(a, station.Door, walked) }

// stairs are walked, by half the walking speed: "at B width 2 length 10".
func (s *sheet) stairs(a *args) { s.facility(a, station.Stairs, walked) }

// escalator carries so many people: "at B rate 6720/h channels 2 length 20 speed 0.5".
func (s *sheet) escalator(a *args) { s.facility(a, station.Escalator, rated) }

// lift carries so many people, and those who take no steps: "at B rate 10/min".
func (s *sheet) lift(a *args) { s.facility(a, station.Lift, rated) }

// passage is walked: "at B width 3 length 80".
func (s *sheet) passage(a *args) { s.facility(a, station.Passage, walked) }

// mostFacilities is more than anybody draws; it keeps sums of their times small.
const mostFacilities = 1000

func (s *sheet) facility(a *args, kind station.Kind, needs string) {
	f := facility{kind: kind, channels: 1}
	if !a.took("at") {
		f.id = a.next("name, or \"at\" and a stop,")
		a.expect("at")
	}
	f.stop = s.stop(a)
	told := map[string]bool{}
	for a.more() {
		word := a.next("word")
		told[word] = true
		f.word(word, a)
	}
	if !told[needs] {
		a.fail("%s: its %s is missing", a.word, needs)
	}
	if a.err != nil {
		return
	}
	if f.id == "" {
		f.id = s.unnamed(a.word, f.stop)
	}
	switch {
	case slices.ContainsFunc(s.facilities, func(have facility) bool { return have.id == f.id }):
		a.fail("%s is there already", f.id)
	case len(s.facilities) == mostFacilities:
		a.fail("there are more than %d gates, stairs and the like", mostFacilities)
	}
	s.facilities = append(s.facilities, f)
}

// unnamed is what a facility without a name is called: "stairs B", "stairs B 2".
func (s *sheet) unnamed(word string, stop transit.Stop) string {
	id := fmt.Sprintf("%s %s", word, s.places.ID[stop])
	n := 1
	for _, have := range s.facilities {
		if have.id == id || have.id == fmt.Sprintf("%s %d", id, n) {
			n++
		}
	}
	if n == 1 {
		return id
	}
	return fmt.Sprintf("%s %d", id, n)
}

// word reads one property of a facility.
func (f *facility) word(word string, a *args) {
	switch word {
	case "rate":
		f.perHour = a.perHour(word)
	case "channels":
		f.channels = int(a.decimal(word, 1, 1000))
	case "random":
		f.variation = 100
	case "width":
		f.width = a.decimal(word, .1, 100)
	case "length":
		f.length = a.decimal(word, 0, 5000)
	case "speed":
		f.speed = a.decimal(word, .1, 5)
	default:
		a.unknown(word, "rate, channels, random, width, length, speed")
	}
}

// platform is what a boarding place takes, while it is read.
type platform struct {
	area          float64
	holds, stands int
}

// platform says how many people may wait at a stop: "B holds 300 area 150".
func (s *sheet) platform(a *args) {
	stop := s.stop(a)
	p := s.platforms[stop]
	if len(a.rest) == 0 {
		a.fail("a platform needs holds or area")
	}
	for a.more() {
		switch word := a.next("word"); word {
		case "holds":
			p.holds = a.number(word)
		case "area":
			p.area = a.decimal(word, 1, 100_000)
		default:
			a.unknown(word, "holds, area")
		}
	}
	if a.err == nil {
		s.platforms[stop] = p
	}
}

// stands says how many vehicles may stop at a stop at once: "B 2".
func (s *sheet) stands(a *args) {
	stop := s.stop(a)
	p := s.platforms[stop]
	p.stands = a.number("stands")
	if a.err == nil {
		s.platforms[stop] = p
	}
}

// venue makes a venue of a letter whose gate lets so many people through: "A in 60/min out 40/min holds 3000".
func (s *sheet) venue(a *args) {
	stop := s.stop(a)
	if a.err != nil {
		return
	}
	v := demand.Venue{ID: s.places.ID[stop], Kind: "stadium", At: s.places.At[stop]}
	gate := demand.Gate{ID: v.ID, Place: demand.Place(stop), Share: 1}
	for a.more() {
		switch word := a.next("word"); word {
		case "in":
			gate.InPerMin = uint32(max(a.perHour(word)/60, 1))
		case "out":
			gate.PerMinute = uint32(max(a.perHour(word)/60, 1))
		case "holds":
			v.Capacity = uint32(a.number(word))
		default:
			a.unknown(word, "in, out, holds")
		}
	}
	if _, twice := demand.FindVenue(s.venues, v.ID); twice {
		a.fail("venue %s is there already", v.ID)
	}
	v.Gates = []demand.Gate{gate}
	s.venues = append(s.venues, v)
}
