package cityfile

import (
	"cmp"
	"fmt"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/plainyaml"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// origin is where what is passed stands, and how it is known.
type origin struct {
	id     string // of what it is a part of
	stop   transit.Stop
	place  geo.Point // of an entrance, else not known
	basis  basis.Kind
	source string
}

// at is the origin of a part.
func (o origin) at(part string) origin {
	o.id += "/" + part
	return o
}

// passKinds are the words for what people pass.
var passKinds = map[string]station.Kind{
	"gate": station.Gate, "door": station.Door, "stairs": station.Stairs,
	"escalator": station.Escalator, "lift": station.Lift, "passage": station.Passage,
}

var passWords = []string{"gate", "door", "stairs", "escalator", "lift", "passage"}

// passes reads what people pass one after another, from the street inwards.
func passes(list plainyaml.Spot, from origin) []Pass {
	var all []Pass
	for i, entry := range list.List() {
		number := fmt.Sprint(i + 1)
		o := entry.Object("kind", "name", "count", "width_m", "length_m", "per_minute", "seconds", "varies", "step_free", "basis", "source", "or")
		pass := Pass{readPass(o, from.at(number))}
		for j, other := range o.May("or").List() {
			p := other.Object("kind", "name", "count", "width_m", "length_m", "per_minute", "seconds", "varies", "step_free", "basis", "source")
			pass = append(pass, readPass(p, from.at(fmt.Sprintf("%s-%d", number, j+2))))
		}
		all = append(all, pass)
	}
	return all
}

func readPass(o plainyaml.Object, from origin) station.Row {
	row := station.Row{
		ID: from.id, Name: o.May("name").Word(), Kind: passKinds[o.Need("kind").Choice(passWords...)], Station: from.stop, At: from.place,
		Count: uint32(o.May("count").Whole(1, 1000)), Width: o.May("width_m").Number(.3, 100), Length: o.May("length_m").Number(.1, 2000),
		PerMinute: o.May("per_minute").Number(.1, 10_000), Seconds: o.May("seconds").Number(0, 3600), Varies: o.May("varies").Flag(),
		Basis: cmp.Or(kind(o.May("basis")), from.basis), Source: cmp.Or(o.May("source").Word(), from.source),
	}
	steps := row.Kind == station.Stairs || row.Kind == station.Escalator
	row.StepFree = !steps
	if free := o.May("step_free"); free.Present() {
		if row.StepFree = free.Flag(); row.StepFree && row.Kind == station.Stairs {
			free.Refuse(codeStepFreeStairs)
		}
	}
	checkPass(o, row)
	return row
}

// What a person cannot do, and rates that are above what was ever measured.
const (
	fastestOnFoot  = 3.0  // meters per second
	mostThrough    = 82.0 // people a minute and meter of width on the level (Green Guide)
	mostOnStairs   = 66.0 // likewise
	mostAtGate     = 60.0 // people a minute
	mostOnMoving   = 170.0
	mostInOneCabin = 120.0
)

// checkPass doubts what cannot be, and names what holds nobody up.
func checkPass(o plainyaml.Object, row station.Row) {
	if row.Seconds > 0 && row.Length > float64(fastestOnFoot*row.Seconds) {
		o.May("seconds").Refuse(codePassTooFast, "meters", plain(row.Length))
	}
	byWidth := row.Kind == station.Stairs || row.Kind == station.Passage || row.Kind == station.Door
	if byWidth && row.Width == 0 && row.PerMinute == 0 && row.Kind != 0 {
		o.Spot().Note(codePassUnlimited, "kind", o.May("kind").Raw())
	}
	if most := mostOf(row); row.PerMinute > most && most > 0 {
		o.May("per_minute").Warn(codePassRate, "most", plain(most))
	}
}

// mostOf is the rate above which a row is doubted; 0 where nobody can say.
func mostOf(row station.Row) float64 {
	switch row.Kind {
	case station.Gate:
		return mostAtGate
	case station.Escalator:
		return mostOnMoving
	case station.Lift:
		return mostInOneCabin
	case station.Stairs:
		return float64(row.Width * mostOnStairs)
	}
	return float64(row.Width * mostThrough)
}
