package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/label"
)

// stop is what a stop is called: in the page's language, else as the feed calls
// it, else its id.
func (d *desk) stop(id string) string {
	if stop := d.stops[id]; stop != nil {
		return d.own(stop.Names, id)
	}
	return id
}

// own prefers the name without a language to a foreign one: it is what the sign says.
func (d *desk) own(names label.Names, fallback string) string {
	for _, language := range []string{d.say.Language(), ""} {
		if name := names[language]; name != "" {
			return name
		}
	}
	return names.In(d.say.Language(), fallback)
}

// lineNames are what routes are called in the page's language, by id and by the
// feed's own name: some numbers and changes know a route by that alone.
func (d *desk) lineNames() map[string]string {
	names := map[string]string{}
	for _, f := range d.e.Fleets {
		names[f.Route] = f.Name
	}
	for _, l := range d.e.Lines {
		names[l.Name] = d.own(l.Names, l.Name)
	}
	for _, l := range d.e.Lines {
		names[l.Route] = d.own(l.Names, l.Name)
	}
	return names
}

// line is what a route is called, which is told by its id or its own name; else
// the word itself.
func (d *desk) line(route string) string {
	if name := d.lines[route]; name != "" {
		return name
	}
	return route
}

// lineList names routes in a natural order, commas between: 7, 10, 10A, LRT.
func (d *desk) lineList(routes []string) string {
	names := make([]string, len(routes))
	for i, route := range routes {
		names[i] = d.line(route)
	}
	slices.SortFunc(names, byNumber)
	return strings.Join(slices.Compact(names), d.say.Say("answer.list", nil))
}

// byNumber orders names by the number that they begin with, names without one last.
func byNumber(a, b string) int {
	na, nb := leading(a), leading(b)
	if na != nb {
		return na - nb
	}
	return strings.Compare(a, b)
}

func leading(name string) int {
	digits := 0
	for digits < len(name) && digits < 9 && name[digits] >= '0' && name[digits] <= '9' {
		digits++
	}
	if n, err := strconv.Atoi(name[:digits]); err == nil {
		return n
	}
	return 1 << 30
}

// headsign is where a direction of a line says it goes; "" where it says nothing.
func (d *desk) headsign(l evaluation.Line) string { return d.own(l.Headsigns, l.Headsign) }

// toward says where a direction of a line goes.
func (d *desk) toward(l evaluation.Line) string {
	if sign := d.headsign(l); sign != "" {
		return d.say.Say("demand.toward", map[string]any{"headsign": sign})
	}
	return d.say.Say("demand.direction", map[string]any{"number": l.Direction + 1})
}
