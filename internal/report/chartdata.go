package report

import (
	"encoding/json"
	"html/template"
	"math"
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/message"
)

// chartData is what the page's script draws from: figures of the evaluation
// with names already in the page's language. web/src/data.ts is its twin.
type chartData struct {
	Base     int               `json:"base"` // seconds from the event's midnight to the horizon's start
	Group    string            `json:"group"`
	Decimal  string            `json:"decimal"`
	Percent  string            `json:"percent"` // what stands after the number
	Texts    map[string]string `json:"texts"`
	Crowds   []chartCrowd      `json:"crowds"`
	Stops    []chartStop       `json:"stops"`
	Segments []chartSegment    `json:"segments"`
	Streets  [][]int           `json:"streets,omitempty"`
	Venue    chartVenue        `json:"venue"`
	Gates    []evaluation.Gate `json:"gates"`
}

type chartCrowd struct {
	Index  int                `json:"index"`
	Title  string             `json:"title"`
	People int                `json:"people"`
	Names  [3]string          `json:"names"` // of the curves started, away, arrived
	Clear  []evaluation.Clear `json:"clear"`
	Marks  int                `json:"marks"`          // which curve the clear times lie on: 1 away, 2 arrived
	Curve  [][4]int           `json:"curve"`          // minute, started, away, arrived
	Band   [][3]int           `json:"band,omitempty"` // over several seeds: minute, fewest and most away
}

type chartStop struct {
	Name    string    `json:"name"`
	At      geo.Point `json:"at"`
	Longest int       `json:"longest"`
	Minutes [][3]int  `json:"minutes"` // minute, queue, denied
}

type chartSegment struct {
	Line   string       `json:"line"`
	Color  string       `json:"color"`
	From   string       `json:"from"` // ids: segments of several lines between the same stops are one street
	To     string       `json:"to"`
	Names  [2]string    `json:"names"`
	Points [][2]float64 `json:"points"` // latitude, longitude
	Loads  [][3]int     `json:"loads"`  // bin, carried, room
}

type chartVenue struct {
	Name string    `json:"name"`
	At   geo.Point `json:"at"`
}

// chartData is JSON that may stand inside a script element: json.Marshal
// writes <, > and & as escapes.
func (d *desk) chartData() (template.JS, error) {
	data := chartData{
		Base: d.base, Texts: map[string]string{}, Gates: d.e.Event.Venue.Gates,
		Venue: chartVenue{Name: d.own(d.e.Event.Venue.Names, d.e.Event.Venue.ID), At: d.e.Event.Venue.At},
	}
	data.Group, data.Decimal = d.say.Separators()
	data.Percent = strings.TrimPrefix(d.say.Percent(.5), "50")
	ids, err := message.IDs()
	if err != nil {
		return "", err
	}
	for _, id := range ids {
		if strings.HasPrefix(id, "chart.") || strings.HasPrefix(id, "demand.legend_") {
			data.Texts[id] = d.say.Say(id, nil)
		}
	}
	data.Crowds, data.Stops, data.Segments = d.chartCrowds(), d.chartStops(), d.chartSegments()
	data.Streets = streets(d.e.Streets)
	bytes, err := json.Marshal(data)
	return template.JS(bytes), err
}

func (d *desk) chartCrowds() []chartCrowd {
	crowds := []chartCrowd{}
	for i, c := range d.e.Crowds {
		if c.People == 0 {
			continue
		}
		chart := chartCrowd{Index: i, Title: d.crowd(c), People: c.People, Names: d.curveHeads(c), Clear: c.Clear, Marks: 2}
		if leaving(c) {
			chart.Marks = 1
		}
		for _, p := range c.Curve {
			chart.Curve = append(chart.Curve, [4]int{p.Minute, p.Started, p.Away, p.Arrived})
		}
		if d.e.Spread != nil && i < len(d.e.Spread.Crowds) {
			for _, p := range d.e.Spread.Crowds[i].Curve {
				chart.Band = append(chart.Band, [3]int{p.Minute, p.Away.P10, p.Away.P90})
			}
		}
		crowds = append(crowds, chart)
	}
	return crowds
}

func (d *desk) chartStops() []chartStop {
	stops := []chartStop{}
	for i, s := range queuedStops(d.e.Stops) {
		if i >= queueRows && s.Partial && len(s.Minutes) == 0 {
			continue // nothing of it could be drawn
		}
		chart := chartStop{Name: d.boarding(s.ID), At: s.At, Longest: s.MaxQueue, Minutes: [][3]int{}}
		for _, m := range drawn(s) {
			chart.Minutes = append(chart.Minutes, [3]int{m.Minute, m.Queue, m.Denied})
		}
		stops = append(stops, chart)
	}
	return stops
}

// drawn are the minutes of a stop that the page draws; of one of which not all
// are told, the longest queue of each quarter of an hour, as the map shows it.
func drawn(s evaluation.Stop) []evaluation.Minute {
	if !s.Partial {
		return s.Minutes
	}
	const minutes = evaluation.BinSeconds / 60
	var longest []evaluation.Minute
	for _, m := range s.Minutes {
		last := len(longest) - 1
		switch {
		case last < 0 || longest[last].Minute/minutes != m.Minute/minutes:
			longest = append(longest, m)
		case m.Queue > longest[last].Queue:
			longest[last] = m
		}
	}
	return longest
}

// short is a coordinate to a hundred-thousandth of a degree, a meter.
func short(degrees float64) float64 { return math.Round(degrees*1e5) / 1e5 }

func (d *desk) chartSegments() []chartSegment {
	colors := map[string]string{}
	for _, l := range d.e.Lines {
		colors[l.Route] = color(l.Color)
	}
	segments := []chartSegment{}
	for _, s := range d.e.Segments {
		chart := chartSegment{
			Line: d.line(s.Route), Color: colors[s.Route], From: s.From, To: s.To,
			Names: [2]string{d.stop(s.From), d.stop(s.To)}, Loads: [][3]int{}, Points: [][2]float64{},
		}
		for _, p := range s.Line {
			chart.Points = append(chart.Points, [2]float64{short(p.Lat), short(p.Lon)})
		}
		for _, l := range s.Loads {
			chart.Loads = append(chart.Loads, [3]int{l.Bin, l.Carried, l.Room})
		}
		segments = append(segments, chart)
	}
	return segments
}
