package report

import (
	"slices"

	"github.com/qala-city/qala/internal/evaluation"
)

// fleetView is what a line's vehicles allow, in a row and in sentences.
type fleetView struct {
	Name, Vehicles, Cycle, Turnback, Room, Best, BestReserve, Needed, Kind, KindText, Text string

	Over bool
}

func (d *desk) fleets() []fleetView {
	views := make([]fleetView, 0, len(d.e.Fleets))
	fullest := d.fullest()
	for _, f := range d.e.Fleets {
		view := d.fleetView(f)
		if f.Needed > f.Vehicles-f.Reserve || slices.Contains(fullest, f.Route) {
			view.Text = d.join(d.fleetSentences(f))
		}
		views = append(views, view)
	}
	return views
}

// mostFleets is how many lines that leave people behind get a sentence on their fleet.
const mostFleets = 3

// fullest are the routes with red cells that leave the most people behind.
func (d *desk) fullest() []string {
	lines, _ := busyLines(d.e.Lines)
	var routes []string
	for _, l := range lines {
		if len(routes) < mostFleets && !slices.Contains(routes, l.Route) && slices.ContainsFunc(l.Cells, evaluation.Cell.Red) {
			routes = append(routes, l.Route)
		}
	}
	return routes
}

func (d *desk) fleetView(f evaluation.Fleet) fleetView {
	v := fleetView{
		Name: d.line(f.Route), Vehicles: d.say.Number(f.Vehicles), Cycle: d.say.Duration(f.Cycle), Turnback: d.say.Duration(f.Turnback),
		Room: d.say.Number(f.Room), Kind: string(f.Kind), KindText: d.kind(f.Kind),
		Over: f.Needed > f.Vehicles,
	}
	if f.Reserve > 0 {
		v.Vehicles = d.say.Say("fleet.of_reserve", map[string]any{"vehicles": f.Vehicles, "reserve": f.Reserve})
	}
	if f.Needed > 0 {
		v.Needed = d.say.Number(f.Needed) + " (" + d.clock(f.NeededAt) + ")"
	}
	if len(f.Best) > 0 {
		v.Best = d.say.Minutes(f.Best[0].Seconds)
	}
	if len(f.Best) > 1 {
		v.BestReserve = d.say.Minutes(f.Best[1].Seconds)
	}
	return v
}

func (d *desk) fleetSentences(f evaluation.Fleet) []string {
	var all []string
	for i, b := range f.Best {
		id := "fleet.sentence"
		if i > 0 {
			id = "fleet.reserve"
		}
		all = append(all, d.say.Say(id, map[string]any{
			"name": d.line(f.Route), "vehicles": b.Vehicles, "reserve": f.Vehicles - b.Vehicles,
			"cycle":   d.say.Say("duration.minutes", map[string]any{"minutes": (f.Cycle + 30) / 60}),
			"headway": d.say.Minutes(b.Seconds), "perhour": b.PerHour,
		}))
	}
	args := map[string]any{"needed": f.Needed, "vehicles": f.Vehicles, "at": d.clock(f.NeededAt)}
	switch {
	case f.Needed > f.Vehicles:
		all = append(all, d.say.Say("fleet.over", args))
	case f.Needed > f.Vehicles-f.Reserve:
		all = append(all, d.say.Say("fleet.reserve_used", args))
	}
	return all
}
