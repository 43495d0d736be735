package plan

import (
	"math"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/transit"
)

// vehicles are what every vehicle did.
func (d *day) vehicles() *evaluation.Vehicles {
	tt := d.net.Timetable
	out := &evaluation.Vehicles{Format: evaluation.DetailFormat, Stops: make([]string, len(tt.Stops.ID)), Names: make([]label.Names, len(tt.Stops.ID)), Lines: []evaluation.LineRef{}}
	for s, id := range tt.Stops.ID {
		out.Stops[s], out.Names[s] = string(id), d.names(tt.Stops.Name[s])
	}
	patterns := d.courses(out)
	d.datedTrips(out, patterns)
	d.visits(&out.Visits)
	return out
}

// courses tells the patterns that move on the day, and gives the position of each.
func (d *day) courses(out *evaluation.Vehicles) map[transit.Pattern]int {
	tt, c := d.net.Timetable, &out.Patterns
	lines, known := map[lineKey]int{}, map[transit.Pattern]int{}
	for _, trip := range d.problem.Day.Trip {
		p := tt.Trips.Pattern[trip]
		if _, told := known[p]; told {
			continue
		}
		known[p] = len(c.Line)
		key := lineKey{tt.Patterns.Route[p], tt.Patterns.Direction[p]}
		if _, told := lines[key]; !told {
			lines[key] = len(out.Lines)
			out.Lines = append(out.Lines, evaluation.LineRef{Route: string(tt.Routes.ID[key.route]), Direction: int(key.direction)})
		}
		c.Line = append(c.Line, lines[key])
		d.course(c, p)
	}
	c.First, c.From = append(c.First, len(c.Stop)), append(c.From, len(c.Point)/2)
	return known
}

// course tells one pattern.
func (d *day) course(c *evaluation.Courses, p transit.Pattern) {
	tt := d.net.Timetable
	stops := tt.PatternStops(p)
	c.First, c.From = append(c.First, len(c.Stop)), append(c.From, len(c.Point)/2)
	var last [2]int
	points := 0
	add := func(at geo.Point) {
		lon, lat := units(at.Lon), units(at.Lat)
		c.Point = append(c.Point, lon-last[0], lat-last[1])
		last = [2]int{lon, lat}
		points++
	}
	ways := tt.PatternWays(p)
	for i, s := range stops {
		c.Stop = append(c.Stop, int(s))
		switch {
		case i > 0:
			for _, at := range ways[i-1][1:] {
				add(at)
			}
		case len(ways) > 0:
			add(ways[0][0])
		default:
			add(tt.Stops.At[s])
		}
		c.Reach = append(c.Reach, points-1)
	}
}

func units(degrees float64) int { return int(math.Round(degrees / evaluation.CourseUnit)) }

func (d *day) datedTrips(out *evaluation.Vehicles, patterns map[transit.Pattern]int) {
	day, tt, t := d.problem.Day, d.net.Timetable, &out.Trips
	for dated, trip := range day.Trip {
		from, _ := day.Visits(transit.Dated(dated))
		t.ID = append(t.ID, string(tt.Trips.ID[trip]))
		t.Pattern = append(t.Pattern, patterns[tt.Trips.Pattern[trip]])
		t.Room = append(t.Room, int(d.room(from)))
		t.First = append(t.First, int(from))
		t.Start = append(t.Start, int(d.outcome.Arrive[from]))
	}
	t.First = append(t.First, len(day.Stop))
	t.ID, t.Pattern, t.Room, t.Start = listed(t.ID), listed(t.Pattern), listed(t.Room), listed(t.Start)
	c := &out.Patterns
	c.Line, c.Stop, c.Reach, c.Point = listed(c.Line), listed(c.Stop), listed(c.Reach), listed(c.Point)
}

func (d *day) visits(out *evaluation.Visits) {
	day, o := d.problem.Day, d.outcome
	n := len(day.Stop)
	for _, column := range []*[]int{&out.Run, &out.Stay, &out.On, &out.Load, &out.Denied, &out.Late} {
		*column = make([]int, n)
	}
	for v := range n {
		if day.Place(transit.Visit(v)) > 0 {
			out.Run[v] = int(o.Arrive[v] - o.Depart[v-1])
		}
		out.Stay[v], out.Late[v] = int(o.Depart[v]-o.Arrive[v]), int(o.Depart[v]-day.Depart[v])
		out.On[v], out.Load[v], out.Denied[v] = int(o.Boarded[v]), int(o.Load[v]), int(o.Denied[v])
	}
}
