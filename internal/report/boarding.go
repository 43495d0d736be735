package report

import (
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
)

// boardingPlaces names every stop so that no two read alike: both sides of a
// street bear one name, but people board there for different ends of a line.
func (d *desk) boardingPlaces() map[string]string {
	var called []string
	for _, s := range d.e.Stops {
		called = append(called, d.stop(s.ID))
	}
	for _, more := range []func(evaluation.Stop) string{d.bound, d.boarded, identity} {
		count := map[string]int{}
		for _, name := range called {
			count[name]++
		}
		for i, s := range d.e.Stops {
			if word := more(s); count[called[i]] > 1 && word != "" {
				called[i] += word
			}
		}
	}
	names := map[string]string{}
	for i, s := range d.e.Stops {
		names[s.ID] = called[i]
	}
	return names
}

// mostSigns is how many headsigns and lines tell a stop from its namesakes.
const mostSigns = 2

// bound tells where the lines go that people board at a stop; "" where nobody does.
func (d *desk) bound(s evaluation.Stop) string {
	if signs := d.few(s.Lines, d.headsign); signs != "" {
		return " → " + signs
	}
	return ""
}

// boarded tells the lines that people board at a stop.
func (d *desk) boarded(s evaluation.Stop) string {
	if lines := d.few(s.Lines, func(l evaluation.Line) string { return d.line(l.Route) }); lines != "" {
		return " (" + lines + ")"
	}
	return ""
}

// identity is a stop's id: what is left where nothing else differs.
func identity(s evaluation.Stop) string { return " [" + s.ID + "]" }

// few lists what different lines are called, an ellipsis in place of the third.
func (d *desk) few(refs []evaluation.LineRef, called func(evaluation.Line) string) string {
	var words []string
	for _, ref := range refs {
		line := d.ways[ref]
		if line == nil {
			continue
		}
		word := called(*line)
		if word == "" || slices.Contains(words, word) {
			continue
		}
		if len(words) == mostSigns {
			return strings.Join(words, d.say.Say("answer.list", nil)) + "…"
		}
		words = append(words, word)
	}
	return strings.Join(words, d.say.Say("answer.list", nil))
}

// boarding is what a stop is called where people wait: its name, and whereto
// they want where another stop bears the same name.
func (d *desk) boarding(id string) string {
	if name := d.place[id]; name != "" {
		return name
	}
	return id
}
