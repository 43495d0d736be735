package plan

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/transit"
)

// lineKey is one direction of a route.
type lineKey struct {
	route     transit.Route
	direction transit.Direction
}

func (d *day) keyOf(v transit.Visit) lineKey {
	tt := d.net.Timetable
	p := tt.Trips.Pattern[d.problem.Day.Trip[d.problem.Day.Owner[v]]]
	return lineKey{tt.Patterns.Route[p], tt.Patterns.Direction[p]}
}

func compareLines(a, b lineKey) int {
	return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.direction, b.direction))
}

// place is one line at one stop in one bin.
type place struct {
	line lineKey
	bin  int
	stop transit.Stop
}

// lines sets demand against capacity by line, direction and bin.
func (d *day) lines() []evaluation.Line {
	cells := d.cells()
	keys := make([]place, 0, len(cells))
	for k := range cells {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b place) int {
		return cmp.Or(compareLines(a.line, b.line), cmp.Compare(a.bin, b.bin), cmp.Compare(a.stop, b.stop))
	})
	out := []evaluation.Line{}
	for i, k := range keys {
		if i == 0 || keys[i-1].line != k.line {
			out = append(out, d.line(k.line))
		}
		line := &out[len(out)-1]
		fresh := i == 0 || keys[i-1].line != k.line || keys[i-1].bin != k.bin
		switch n := len(line.Cells); {
		case fresh:
			line.Cells = append(line.Cells, *cells[k])
		case heavier(*cells[k], line.Cells[n-1]):
			line.Cells[n-1] = *cells[k]
		}
	}
	return out
}

// heavier compares demand against capacity without dividing.
func heavier(a, b evaluation.Cell) bool {
	return a.Demand()*b.Capacity > b.Demand()*a.Capacity
}

// cells sums what each line offers and carries at each stop in each bin. The
// departures come in order of time, so the last of a bin leaves its mark.
func (d *day) cells() map[place]*evaluation.Cell {
	day, o := d.problem.Day, d.outcome
	cells := map[place]*evaluation.Cell{}
	for _, v := range d.outcome.Departed {
		if !day.Within(d.outcome.Depart[v]) {
			continue
		}
		k := place{d.keyOf(v), int(d.outcome.Depart[v]) / evaluation.BinSeconds, day.Stop[v]}
		cell := cells[k]
		if cell == nil {
			cell = &evaluation.Cell{Bin: k.bin, Stop: string(d.net.Timetable.Stops.ID[k.stop])}
			cells[k] = cell
		}
		cell.Departures++
		cell.Capacity += int(d.room(v))
		cell.Carried += int(o.Load[v])
		cell.LeftBehind = int(o.Denied[v])
	}
	return cells
}

func (d *day) vehicle(v transit.Visit) transit.Vehicle {
	return d.net.Timetable.Trips.Vehicle[d.problem.Day.Trip[d.problem.Day.Owner[v]]]
}

func (d *day) room(v transit.Visit) uint32 { return d.net.Timetable.Vehicles.Room[d.vehicle(v)] }

// line describes one direction of a route by its trips of the day.
func (d *day) line(k lineKey) evaluation.Line {
	tt := d.net.Timetable
	out := evaluation.Line{
		Route: string(tt.Routes.ID[k.route]), Name: tt.Routes.Name[k.route], Names: d.names(tt.Routes.Name[k.route]), Direction: int(k.direction), Color: tt.Routes.Color[k.route],
	}
	signs := map[string]int{}
	for _, t := range d.problem.Day.Trip {
		p := tt.Trips.Pattern[t]
		if tt.Patterns.Route[p] != k.route || tt.Patterns.Direction[p] != k.direction {
			continue
		}
		signs[d.headsign(t)]++
		v := tt.Trips.Vehicle[t]
		if int(tt.Vehicles.Room[v]) > out.Room {
			out.Room, out.Vehicle = int(tt.Vehicles.Room[v]), tt.Vehicles.Name[v]
		}
		out.RoomDefault = out.RoomDefault || tt.Vehicles.FromDefault[v]
	}
	out.Headsign = mostCommon(signs)
	out.Headsigns = d.names(out.Headsign)
	return out
}

// headsign is where a trip says it goes, else the name of its last stop.
func (d *day) headsign(t transit.Trip) string {
	tt := d.net.Timetable
	if sign := tt.Trips.Headsign[t]; sign != "" {
		return sign
	}
	stops := tt.PatternStops(tt.Trips.Pattern[t])
	return tt.Stops.Name[stops[len(stops)-1]]
}

// mostCommon is the word that was counted most, of equals the first by alphabet.
func mostCommon(words map[string]int) string {
	best := ""
	for word, n := range words {
		if n > words[best] || n == words[best] && word < best {
			best = word
		}
	}
	return best
}
