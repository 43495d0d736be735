package feed

import (
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// stops knows the stops by the ids that their feeds gave them, and which are
// of one station.
type stops struct {
	*lines
	tt        *transit.Timetable
	byID      map[string][]transit.Stop
	platforms map[transit.Stop][]transit.Stop
}

func (d *desk) stops() *stops {
	s := &stops{lines: d.lines(), tt: d.timetable, byID: map[string][]transit.Stop{}, platforms: map[transit.Stop][]transit.Stop{}}
	for i, id := range d.timetable.Stops.ID {
		stop := transit.Stop(i)
		feed, own := s.split(string(id))
		for _, k := range []string{key(feed, own), key("", own)} {
			s.byID[k] = append(s.byID[k], stop)
		}
		if parent := d.timetable.Stops.Parent[i]; uint32(parent) != transit.None {
			s.platforms[parent] = append(s.platforms[parent], stop)
		}
	}
	return s
}

// Stops are those with an id in a feed, or in any when feed is "".
func (s *stops) Stops(feed, id string) []transit.Stop { return s.byID[key(feed, id)] }

// Platforms are the boarding places of a station; of a stop that is none, itself.
func (s *stops) Platforms(stop transit.Stop) []transit.Stop {
	if own := s.platforms[stop]; len(own) > 0 {
		return own
	}
	return []transit.Stop{stop}
}

// At is where a stop is.
func (s *stops) At(stop transit.Stop) geo.Point { return s.tt.Stops.At[stop] }

// stationOf is the station of a stop, the stop itself where it is in none.
func (s *stops) stationOf(stop transit.Stop) transit.Stop {
	if uint32(stop) == transit.None {
		return stop
	}
	if parent := s.tt.Stops.Parent[stop]; uint32(parent) != transit.None {
		return parent
	}
	return stop
}
