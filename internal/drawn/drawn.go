// Package drawn reads a city that somebody drew with letters, and what is to be
// tried on it: the small language in which tests, and cities that test their
// plans, say what should happen. Package plantest reads whole files of tests.
//
//	A----B----C        letters are stops; a column is 80 m, a row 200 m
//	     |
//	     D
//	line red A B C every 10m 18:00-21:00 room 60 seats 20 doors 2 board 2s alight 1s
//	line blue B D at 18:05 18:20 room 10 hop 3m dwell 30s both block v1
//	gate G at B rate 25/min channels 2
//	stairs at B width 2 length 10
//	platform B holds 300
//	stands B 2
//	venue A out 40/min
//	class slow speed 60%
//	crowd 300 at A 19:00 over 15m to C as fans
//	crowd 40 at A to C by 19:30 class slow uninformed
//	walking transfer 100 access 100 direct 0
//	model dwell blocks crowding replan
//	headway red every 5m 18:30-19:30
//	extra red every 5m 18:30-19:00 direction 0
//	cancel blue@18:20
//
// Everything else on a line that comes after a # is a remark. A name of several
// words stands in quotation marks.
package drawn

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

// City is what was drawn.
type City struct {
	Network    *network.Network
	Date       transit.Date
	Travellers *demand.Travellers // ready and due in seconds of the service day
	Sessions   []demand.Session   // one a crowd, with its name, or its number from 1
	Changes    []scenario.Modification
	Model      Model
	Asks       []string // lines that are not part of the language: questions to the city
	AskLines   []int    // where the asks stand, from 1
}

// Zone is the time zone of every drawn city: one without clock changes.
const Zone = "UTC"

// date is the service day of every drawn city.
var date = transit.DateOf(2026, 8, 15)

// sheet is a city while it is read.
type sheet struct {
	stops      map[string]transit.Stop
	places     demand.Places
	venues     []demand.Venue
	b          *transit.Builder
	agency     transit.Agency
	daily      transit.Calendar
	walking    network.Walking
	facilities []facility
	platforms  map[transit.Stop]platform
	classes    []demand.Class
	people     demand.Travellers
	sessions   []demand.Session
	changes    []scenario.Modification
	model      Model
	asks       []string
	askLines   []int
	rows       int
}

// words are the lines of the language by their first word.
var words = map[string]func(*sheet, *args){
	"line": (*sheet).line, "crowd": (*sheet).crowd, "class": (*sheet).class, "walking": (*sheet).walk, "venue": (*sheet).venue, "model": (*sheet).play,
	"gate": (*sheet).gate, "door": (*sheet).door, "stairs": (*sheet).stairs, "escalator": (*sheet).escalator,
	"lift": (*sheet).lift, "passage": (*sheet).passage, "platform": (*sheet).platform, "stands": (*sheet).stands,
	"headway": (*sheet).change, "extra": (*sheet).change, "cancel": (*sheet).change,
}

// Known are the first words of the language's lines, by alphabet.
func Known() []string { return slices.Sorted(maps.Keys(words)) }

// Parse reads a drawing and the lines below it. Its error names the line.
func Parse(text string) (*City, error) {
	s := newSheet()
	below := false
	for i, line := range strings.Split(text, "\n") {
		fields := strings.Fields(WithoutRemark(line))
		if len(fields) == 0 {
			continue
		}
		below = below || IsWord(fields[0])
		if err := s.read(i+1, line, below); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return s.city()
}

func newSheet() *sheet {
	s := &sheet{
		stops: map[string]transit.Stop{}, b: transit.NewBuilder(), platforms: map[transit.Stop]platform{},
		classes: []demand.Class{demand.Ordinary},
		walking: network.Walking{Speed: 1, Detour: 1, MaxAccess: 50, MaxTransfer: 50, Nearest: 1},
	}
	s.agency = s.b.AddAgency("drawn", "Drawn", Zone)
	s.daily = s.b.AddCalendar("daily", []transit.Date{date - 1, date, date + 1})
	return s
}

// IsWord reports whether the first field of a line ends the drawing: it is a
// word and no row of letters and dashes.
func IsWord(field string) bool { return len(field) > 1 && strings.ToUpper(field) != field }

// read takes one line of the drawing or of what stands below it.
func (s *sheet) read(number int, line string, below bool) error {
	if !below {
		line, _, _ = strings.Cut(line, "#")
		return s.draw(line)
	}
	fields, err := Words(line)
	if err != nil {
		return err
	}
	if word, known := words[fields[0]]; known {
		a := &args{word: fields[0], rest: fields[1:]}
		word(s, a)
		a.end()
		return a.err
	}
	s.asks, s.askLines = append(s.asks, strings.TrimSpace(WithoutRemark(line))), append(s.askLines, number)
	return nil
}

// Distances of the drawing.
const (
	columnMeters = 80
	rowMeters    = 200
)

// draw makes a stop and a place of each letter of a row.
func (s *sheet) draw(line string) error {
	row := s.rows
	s.rows++
	for column, letter := range line {
		name := string(letter)
		if !isStop(name) {
			continue
		}
		if _, twice := s.stops[name]; twice {
			return fmt.Errorf("stop %s is drawn twice", name)
		}
		at := geo.Offset(geo.Point{Lat: 0.5, Lon: 0.5}, geo.Meters(-row*rowMeters), geo.Meters(column*columnMeters))
		s.stops[name] = s.b.AddStop(transit.StopID(name), name, at)
		s.places.ID, s.places.At, s.places.People = append(s.places.ID, name), append(s.places.At, at), append(s.places.People, 0)
	}
	return nil
}

func isStop(word string) bool { return len(word) == 1 && word[0] >= 'A' && word[0] <= 'Z' }

// stop is the stop of the next letter; places have the same numbers.
func (s *sheet) stop(a *args) transit.Stop {
	name := a.next("stop")
	stop, known := s.stops[name]
	if !known {
		a.fail("there is no stop %q in the drawing", name)
	}
	return stop
}

func (s *sheet) city() (*City, error) {
	n, err := network.Assemble(network.Parts{
		City: network.City{ID: "drawn", Zone: Zone}, Timetable: s.b.Timetable(), Places: s.places, Venues: s.venues, Walking: s.walking,
	})
	if err != nil {
		return nil, err
	}
	s.furnish(n)
	if err := network.Validate(n); err != nil {
		return nil, err
	}
	s.sortClasses()
	return &City{
		Network: n, Date: date, Travellers: &s.people, Sessions: s.sessions, Changes: s.changes, Model: s.model,
		Asks: s.asks, AskLines: s.askLines,
	}, nil
}
