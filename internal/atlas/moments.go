package atlas

import (
	"math"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
)

// Moments are what moves on the map of a run, in columns: the queues of stops by
// minute, the loads of segments by bin, and the sums that a table shows. Lists
// called First have one entry more than there are stops, or segments: row i has
// the entries from First[i] to First[i+1].
type Moments struct {
	Lines    []LineHead     `json:"lines" nullable:"false"`
	Stops    MomentStops    `json:"stops"`
	Segments MomentSegments `json:"segments"`
}

// LineHead is a line without its figures.
type LineHead struct {
	Route     string      `json:"route"`
	Direction int         `json:"direction"`
	Name      string      `json:"name"`
	Names     label.Names `json:"names"`
	Headsign  string      `json:"headsign"`
	Headsigns label.Names `json:"headsigns"`
	Color     string      `json:"color"`
}

// MomentStops are stops with their queues. A minute without a queue is left out.
type MomentStops struct {
	ID         []string      `json:"id" nullable:"false"`
	Names      []label.Names `json:"names" nullable:"false"`
	At         []int         `json:"at" nullable:"false" doc:"Longitude and latitude in 1e-5 degrees"`
	Boardings  []int         `json:"boardings" nullable:"false"`
	LeftBehind []int         `json:"left_behind" nullable:"false"`
	MaxQueue   []int         `json:"max_queue" nullable:"false"`
	MaxWait    []int         `json:"max_wait" nullable:"false" doc:"Seconds"`
	First      []int         `json:"first" nullable:"false"`
	Minute     []int         `json:"minute" nullable:"false"`
	Queue      []int         `json:"queue" nullable:"false" doc:"People at the minute's end"`
}

// MomentSegments are lines' ways from stop to stop with their loads.
type MomentSegments struct {
	Line    []int  `json:"line" nullable:"false" doc:"Position in lines; -1 where the line has no figures"`
	From    []int  `json:"from" nullable:"false" doc:"Position in the stops; -1 where nobody was"`
	To      []int  `json:"to" nullable:"false"`
	Partial []bool `json:"partial" nullable:"false"`
	Begin   []int  `json:"begin" nullable:"false" doc:"Of each segment and one more: position of its first point"`
	Point   []int  `json:"point" nullable:"false" doc:"Longitude and latitude in 1e-5 degrees, each as the difference to the point before; a segment's first as it is"`
	First   []int  `json:"first" nullable:"false"`
	Bin     []int  `json:"bin" nullable:"false"`
	Carried []int  `json:"carried" nullable:"false"`
	Room    []int  `json:"room" nullable:"false"`
}

// MomentsOf are those of a run.
func MomentsOf(e *evaluation.Evaluation) *Moments {
	m := &Moments{Lines: []LineHead{}}
	lines := map[evaluation.LineRef]int{}
	for i := range e.Lines {
		l := &e.Lines[i]
		lines[evaluation.LineRef{Route: l.Route, Direction: l.Direction}] = i
		m.Lines = append(m.Lines, LineHead{l.Route, l.Direction, l.Name, l.Names, l.Headsign, l.Headsigns, l.Color})
	}
	stops := map[string]int{}
	m.Stops = newMomentStops()
	for i := range e.Stops {
		stops[e.Stops[i].ID] = i
		m.Stops.add(&e.Stops[i])
	}
	m.Segments = newMomentSegments()
	for i := range e.Segments {
		m.Segments.add(&e.Segments[i], lines, stops)
	}
	return m
}

func newMomentStops() MomentStops {
	return MomentStops{
		ID: []string{}, Names: []label.Names{}, At: []int{}, Boardings: []int{}, LeftBehind: []int{},
		MaxQueue: []int{}, MaxWait: []int{}, First: []int{0}, Minute: []int{}, Queue: []int{},
	}
}

func (m *MomentStops) add(s *evaluation.Stop) {
	lon, lat := units(s.At)
	m.ID, m.Names, m.At = append(m.ID, s.ID), append(m.Names, s.Names), append(m.At, lon, lat)
	m.Boardings, m.LeftBehind = append(m.Boardings, s.Boardings), append(m.LeftBehind, s.LeftBehind)
	m.MaxQueue, m.MaxWait = append(m.MaxQueue, s.MaxQueue), append(m.MaxWait, s.MaxWait)
	for _, minute := range s.Minutes {
		if minute.Queue > 0 {
			m.Minute, m.Queue = append(m.Minute, minute.Minute), append(m.Queue, minute.Queue)
		}
	}
	m.First = append(m.First, len(m.Minute))
}

func newMomentSegments() MomentSegments {
	return MomentSegments{
		Line: []int{}, From: []int{}, To: []int{}, Partial: []bool{}, Begin: []int{0}, Point: []int{},
		First: []int{0}, Bin: []int{}, Carried: []int{}, Room: []int{},
	}
}

func (m *MomentSegments) add(s *evaluation.Segment, lines map[evaluation.LineRef]int, stops map[string]int) {
	m.Line = append(m.Line, positionIn(lines, evaluation.LineRef{Route: s.Route, Direction: s.Direction}))
	m.From, m.To = append(m.From, positionIn(stops, s.From)), append(m.To, positionIn(stops, s.To))
	m.Partial = append(m.Partial, s.Partial)
	var last [2]int
	for _, at := range s.Line {
		lon, lat := units(at)
		m.Point = append(m.Point, lon-last[0], lat-last[1])
		last = [2]int{lon, lat}
	}
	m.Begin = append(m.Begin, len(m.Point)/2)
	for _, l := range s.Loads {
		m.Bin, m.Carried, m.Room = append(m.Bin, l.Bin), append(m.Carried, l.Carried), append(m.Room, l.Room)
	}
	m.First = append(m.First, len(m.Bin))
}

// positionIn is where something stands, -1 where it does not.
func positionIn[K comparable](known map[K]int, key K) int {
	if i, told := known[key]; told {
		return i
	}
	return -1
}

func units(at geo.Point) (lon, lat int) {
	return int(math.Round(at.Lon / evaluation.CourseUnit)), int(math.Round(at.Lat / evaluation.CourseUnit))
}
