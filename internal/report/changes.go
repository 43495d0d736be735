package report

import (
	"maps"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/transit"
)

// changeView is one modification in words, with its author's remark.
type changeView struct{ Text, Note string }

func (d *desk) changes() []changeView {
	views := make([]changeView, 0, len(d.e.Scenario.Modifications))
	for _, m := range d.e.Scenario.Modifications {
		views = append(views, changeView{Text: d.change(m), Note: m.Note})
	}
	return views
}

func (d *desk) change(m evaluation.Modification) string {
	args := map[string]any{
		"route": d.line(m.Args["route"]), "direction": d.direction(m.Args), "trip": m.Args["trip"],
		"from": d.serviceClock(m.Args["from"]), "to": d.serviceClock(m.Args["to"]),
		"start": d.serviceClock(m.Args["start"]), "every": d.interval(m.Args["every"]),
	}
	switch {
	case m.Kind == "extra_trips":
		return d.say.Say("changes.extra_trips", args)
	case m.Kind == "headway":
		return d.say.Say("changes.headway", args)
	case m.Kind == "cancel_trip" && m.Args["start"] != "":
		return d.say.Say("changes.cancel_at", args)
	case m.Kind == "cancel_trip":
		return d.say.Say("changes.cancel_trip", args)
	}
	return d.say.Say("changes.other", map[string]any{"kind": m.Kind, "args": pairs(m.Args)})
}

// direction is where the changed trips go: by the headsign of the line's direction, if it is known.
func (d *desk) direction(args map[string]string) string {
	if args["direction"] == "" {
		return d.say.Say("changes.both", nil)
	}
	number := int(args["direction"][0] - '0')
	for _, l := range d.e.Lines {
		if (l.Route == args["route"] || l.Name == args["route"]) && l.Direction == number {
			return d.bearing(l)
		}
	}
	return d.bearing(evaluation.Line{Direction: number})
}

// bearing says in a sentence where a direction of a line goes.
func (d *desk) bearing(l evaluation.Line) string {
	if sign := d.headsign(l); sign != "" {
		return d.say.Say("changes.toward", map[string]any{"headsign": sign})
	}
	return d.toward(l)
}

// serviceClock is a time of the service day, which may pass 24:00, as people write it.
func (d *desk) serviceClock(word string) string {
	at, err := transit.ParseClock(word)
	if err != nil {
		return word
	}
	return d.say.Clock(int(at))
}

func (d *desk) interval(word string) string {
	length, err := transit.ParseClock(word)
	if err != nil {
		return word
	}
	return d.say.Minutes(int(length))
}

// pairs writes arguments as name=value in alphabetical order.
func pairs(args map[string]string) string {
	var words []string
	for _, name := range slices.Sorted(maps.Keys(args)) {
		words = append(words, name+"="+args[name])
	}
	return strings.Join(words, " ")
}
