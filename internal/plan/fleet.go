package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/capacity"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

// checkFleets works out for each line with a known fleet what its vehicles
// allow and what the day moves at once.
func (d *day) checkFleets() {
	fleets := d.net.Timetable.Fleets
	for f, route := range fleets.Route {
		use := d.useOf(route, fleets.Turnback[f])
		if use.trips == 0 {
			continue
		}
		line := d.fleetOf(f, use)
		d.fleets = append(d.fleets, line)
		d.tellFleet(route, line, use)
	}
}

// use is what one line's trips ask of its fleet.
type use struct {
	trips    int
	cycle    transit.Seconds
	room     uint32
	needed   int
	from, to transit.Seconds // when the most vehicles are out; the first and the last such moment
}

// useOf gathers a line's dated trips: each keeps a vehicle busy from its first
// departure to the end of the turnback after its last arrival.
func (d *day) useOf(route transit.Route, turnback transit.Seconds) use {
	day, tt := d.problem.Day, d.net.Timetable
	var lengths [2][]transit.Seconds
	var moves []move
	u := use{}
	for t, trip := range day.Trip {
		if tt.RouteOf(trip) != route {
			continue
		}
		from, to := day.Visits(transit.Dated(t))
		leaves, ends := day.Depart[from], day.Arrive[to-1]
		direction := tt.Patterns.Direction[tt.Trips.Pattern[trip]]
		lengths[direction&1] = append(lengths[direction&1], ends-leaves)
		moves = append(moves, move{leaves, 1}, move{ends + turnback, -1})
		u.trips++
		u.room = max(u.room, tt.Vehicles.Room[tt.Trips.Vehicle[trip]])
	}
	u.cycle = capacity.Cycle(middle(lengths[0]), middle(lengths[1]), turnback)
	u.needed, u.from, u.to = busiest(moves)
	return u
}

// move is a vehicle that goes out (+1) or is ready again (-1).
type move struct {
	at   transit.Seconds
	more int
}

// busiest is the most vehicles out at once, and the first and the last time that they are.
func busiest(moves []move) (most int, from, to transit.Seconds) {
	slices.SortFunc(moves, func(a, b move) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.more, b.more)) })
	out := 0
	for _, m := range moves {
		out += m.more
		switch {
		case out > most:
			most, from, to = out, m.at, m.at
		case out == most && m.more > 0:
			to = m.at
		}
	}
	return most, from, to
}

// middle is the median; 0 of nothing.
func middle(lengths []transit.Seconds) transit.Seconds {
	if len(lengths) == 0 {
		return 0
	}
	slices.Sort(lengths)
	return lengths[len(lengths)/2]
}

// fleetOf states what the vehicles of a line allow.
func (d *day) fleetOf(f int, u use) evaluation.Fleet {
	tt := d.net.Timetable
	all, reserve := int(tt.Fleets.Vehicles[f]), int(tt.Fleets.Reserve[f])
	route := tt.Fleets.Route[f]
	line := evaluation.Fleet{
		Route: string(tt.Routes.ID[route]), Name: tt.Routes.Name[route], Vehicles: all, Reserve: reserve,
		Cycle: int(u.cycle), Turnback: int(tt.Fleets.Turnback[f]), Room: int(u.room),
		Needed: u.needed, NeededAt: int(u.from), Kind: basis.Kind(tt.Fleets.Kind[f]), Source: tt.Fleets.Source[f],
	}
	line.Best = append(line.Best, headway(u, all))
	if reserve > 0 {
		line.Best = append(line.Best, headway(u, all-reserve))
	}
	return line
}

func headway(u use, vehicles int) evaluation.Headway {
	return evaluation.Headway{
		Vehicles: vehicles, Seconds: int(capacity.BestHeadway(u.cycle, vehicles)), PerHour: capacity.PerHour(u.cycle, vehicles, u.room),
	}
}

// tellFleet adds a finding where the day needs more vehicles than there are, or its reserve.
func (d *day) tellFleet(route transit.Route, line evaluation.Fleet, u use) {
	code, level, limit := codeFleetExceeded, finding.Error, line.Vehicles
	if line.Needed <= limit {
		code, level, limit = codeReserveUsed, finding.Warning, line.Vehicles-line.Reserve
	}
	if line.Needed <= limit {
		return
	}
	every, number := d.asked(route, u)
	d.add(finding.Finding{
		Level: level, Code: code, Field: fleetField(number), Value: short(every),
		Args: map[string]string{
			"route": line.Name, "needed": strconv.Itoa(line.Needed), "vehicles": strconv.Itoa(line.Vehicles), "reserve": strconv.Itoa(line.Reserve),
			"from": d.clock(u.from), "to": d.clock(u.to), "every": short(every),
			"best": short(transit.Seconds(line.Best[0].Seconds)), "cycle": short(u.cycle),
			"longest_cycle": short(capacity.LongestCycle(every, line.Vehicles)),
		},
	})
}

// fleetField is the modification that asks for too much, or "" when the timetable itself does.
func fleetField(number int) string {
	if number < 0 {
		return ""
	}
	return "modifications[" + strconv.Itoa(number) + "].every"
}

// asked is the shortest headway that a modification asks of a route, and its
// position; without one, the headway that the vehicles out at once make.
func (d *day) asked(route transit.Route, u use) (transit.Seconds, int) {
	best, number := capacity.BestHeadway(u.cycle, u.needed), -1
	for i, m := range d.request.Modifications {
		change, ok := m.(scenario.ChangeHeadway)
		if !ok || (number >= 0 && change.Every >= best) {
			continue
		}
		if r, found := d.net.Timetable.FindRoute(change.Route); found && r == route {
			best, number = change.Every, i
		}
	}
	return best, number
}

// short writes a length of time as an event file does: 4m38s, 5m, 88m.
func short(s transit.Seconds) string {
	if s%transit.Minute == 0 {
		return fmt.Sprintf("%dm", s/transit.Minute)
	}
	return fmt.Sprintf("%dm%02ds", s/transit.Minute, s%transit.Minute)
}

// clock is a time of the horizon as the event's service day shows it.
func (d *day) clock(s transit.Seconds) string { return s.Clock()[:5] }
