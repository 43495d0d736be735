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
	return d.operation(m, args)
}

// operation is a change of vehicles, stops or gates in words.
func (d *desk) operation(m evaluation.Modification, args map[string]any) string {
	switch m.Kind {
	case "vehicles":
		args["vehicle"] = d.otherVehicle(m.Args)
		return d.say.Say("changes.vehicles", args)
	case "close_stop":
		args["stop"] = d.stopCalled(m.Args["stop"])
		return d.say.Say("changes.close_stop", args)
	case "short_turn":
		args["ends"] = d.otherEnds(m.Args)
		return d.say.Say("changes.short_turn", args)
	case "shuttle":
		args["route"], args["stops"], args["room"] = m.Args["route"], d.along(m.Args["stops"]), m.Args["room"]
		return d.say.Say("changes.shuttle", args)
	case "close_street":
		args["points"] = m.Args["points"]
		return d.say.Say("changes.close_street", args)
	case "meter":
		args["facility"], args["count"] = d.facilityCalled(m.Args["facility"]), m.Args["per_minute"]
		return d.say.Say("changes.meter", args)
	}
	return d.say.Say("changes.other", map[string]any{"kind": m.Kind, "args": pairs(m.Args)})
}

// along are the stops of a shuttle by their names.
func (d *desk) along(stops string) string {
	var names []string
	for _, stop := range strings.Split(stops, " > ") {
		names = append(names, d.stopCalled(stop))
	}
	return strings.Join(names, " – ")
}

func (d *desk) otherVehicle(args map[string]string) string {
	if args["vehicle"] != "" {
		return args["vehicle"]
	}
	return d.say.Say("changes.room", map[string]any{"room": args["room"]})
}

func (d *desk) otherEnds(args map[string]string) string {
	var ends []string
	if stop := args["first_stop"]; stop != "" {
		ends = append(ends, d.say.Say("changes.first_stop", map[string]any{"stop": d.stopCalled(stop)}))
	}
	if stop := args["last_stop"]; stop != "" {
		ends = append(ends, d.say.Say("changes.last_stop", map[string]any{"stop": d.stopCalled(stop)}))
	}
	return strings.Join(ends, ", ")
}

// stopCalled is a stop's name where its id is known, else the word that was written.
func (d *desk) stopCalled(stop string) string {
	if name := d.place[stop]; name != "" {
		return name
	}
	return stop
}

func (d *desk) facilityCalled(id string) string {
	if name := d.facilities[id]; name != "" {
		return name
	}
	return id
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
