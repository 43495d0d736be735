// Package drawn reads a city that somebody drew with letters, and what is to be
// tried on it: the small language in which tests, and cities that test their
// plans, say what should happen.
//
//	A----B----C        letters are stops; a column is 80 m, a row 200 m
//	     |
//	     D
//	line red A B C every 10m 18:00-21:00 room 60
//	line blue B D at 18:05 18:20 room 10 hop 3m dwell 30s both
//	crowd 300 at A 19:00 over 15m to C
//	crowd 40 at A to C by 19:30
//	walking transfer 100 access 100 direct 0
//	headway red every 5m 18:30-19:30
//	extra red every 5m 18:30-19:00
//	cancel blue@18:20
//
// Everything else on a line that comes after a # is a remark.
package drawn

import (
	"fmt"
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
	Changes    []scenario.Modification
	Asks       []string // lines that are not part of the language: questions to the city
}

// Zone is the time zone of every drawn city: one without clock changes.
const Zone = "UTC"

// date is the service day of every drawn city.
var date = transit.DateOf(2026, 8, 15)

// sheet is a city while it is read.
type sheet struct {
	stops   map[string]transit.Stop
	places  demand.Places
	b       *transit.Builder
	agency  transit.Agency
	daily   transit.Calendar
	walking network.Walking
	people  demand.Travellers
	changes []scenario.Modification
	asks    []string
	drawing []string
}

// words are the lines of the language by their first word.
var words = map[string]func(*sheet, []string) error{
	"line": (*sheet).line, "crowd": (*sheet).crowd, "walking": (*sheet).walk,
	"headway": (*sheet).headway, "extra": (*sheet).extra, "cancel": (*sheet).cancel,
}

// Parse reads a drawing and the lines below it. Its error names the line.
func Parse(text string) (*City, error) {
	s := &sheet{
		stops: map[string]transit.Stop{}, b: transit.NewBuilder(),
		walking: network.Walking{Speed: 1, Detour: 1, MaxAccess: 50, MaxTransfer: 50, Nearest: 1},
	}
	s.agency = s.b.AddAgency("drawn", "Drawn", Zone)
	s.daily = s.b.AddCalendar("daily", []transit.Date{date - 1, date, date + 1})
	below := false
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		below = below || len(fields[0]) > 1 && strings.ToUpper(fields[0]) != fields[0]
		if err := s.read(line, fields, below); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return s.city()
}

// read takes one line of the drawing or of what stands below it.
func (s *sheet) read(line string, fields []string, below bool) error {
	if !below {
		return s.draw(line)
	}
	if word, known := words[fields[0]]; known {
		return word(s, fields[1:])
	}
	s.asks = append(s.asks, strings.TrimSpace(line))
	return nil
}

// Distances of the drawing.
const (
	columnMeters = 80
	rowMeters    = 200
)

// draw makes a stop and a place of each letter of a row.
func (s *sheet) draw(line string) error {
	s.drawing = append(s.drawing, line)
	row := len(s.drawing) - 1
	for column, letter := range line {
		name := string(letter)
		if !(letter >= 'A' && letter <= 'Z') {
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

// stop is the stop of a letter; places have the same numbers.
func (s *sheet) stop(name string) (transit.Stop, error) {
	stop, known := s.stops[name]
	if !known {
		return 0, fmt.Errorf("there is no stop %q in the drawing", name)
	}
	return stop, nil
}

func (s *sheet) city() (*City, error) {
	n, err := network.Assemble(network.Parts{
		City: network.City{ID: "drawn", Zone: Zone}, Timetable: s.b.Timetable(), Places: s.places, Walking: s.walking,
	})
	if err != nil {
		return nil, err
	}
	return &City{Network: n, Date: date, Travellers: &s.people, Changes: s.changes, Asks: s.asks}, nil
}
