package report

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/evaluation"
)

// lateView is how late vehicles were, by line, and which carried it on.
type lateView struct {
	Told      bool // whether vehicles may be late at all
	Sentences []string
	Lines     []lateLine
	More      string
	Blocks    []lateBlock
	Basis     string // where the blocks come from
}

// lateLine is a direction of a route, its lateness drawn small.
type lateLine struct {
	Name, Toward, Line, Departures, Median, Most, Latest, Stop, At, Kerb string
}

// lateBlock is a vehicle that carried lateness from trip to trip.
type lateBlock struct {
	ID, Lines, Trips, Late, Start, At string
	Inferred                          bool
}

const (
	lateRows  = 15 // directions that the page shows; deviations.csv has them all
	lateTold  = 3  // directions that get a sentence
	blockRows = 10
	worthTell = 60 // seconds late, nine of ten, from which a direction gets a sentence
)

func (d *desk) late() lateView {
	all := latestFirst(d.e.Deviations)
	view := lateView{Told: d.tellsLate(), Basis: d.blockBasis()}
	if !view.Told {
		return view
	}
	for _, dev := range all[:min(lateTold, len(all))] {
		if worst := worstBin(dev); worst.P90 >= worthTell {
			view.Sentences = append(view.Sentences, d.lateSentence(dev, worst))
		}
	}
	if len(view.Sentences) == 0 {
		view.Sentences = []string{d.say.Say("late.punctual", nil)}
	}
	if len(d.e.Blocks.Late) > 0 {
		view.Sentences = append(view.Sentences, d.carriedOn(d.e.Blocks.Late))
	}
	scale := lateScale(all)
	for _, dev := range all[:min(lateRows, len(all))] {
		view.Lines = append(view.Lines, d.lateLine(dev, scale))
	}
	if rest := len(all) - lateRows; rest > 0 {
		view.More = d.say.Say("late.more", map[string]any{"count": rest})
	}
	for _, b := range d.e.Blocks.Late[:min(blockRows, len(d.e.Blocks.Late))] {
		view.Blocks = append(view.Blocks, d.lateBlock(b))
	}
	return view
}

// latestFirst puts first what was the latest in its worst quarter of an hour.
func latestFirst(all []evaluation.Deviation) []evaluation.Deviation {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b evaluation.Deviation) int {
		return cmp.Or(cmp.Compare(worstBin(b).P90, worstBin(a).P90), cmp.Compare(b.Latest.Seconds, a.Latest.Seconds))
	})
	return sorted
}

// worstBin is the quarter of an hour in which departures were the latest.
func worstBin(dev evaluation.Deviation) evaluation.DeviationBin {
	worst := evaluation.DeviationBin{}
	for _, b := range dev.Bins {
		if b.P90 > worst.P90 {
			worst = b
		}
	}
	return worst
}

func (d *desk) lateSentence(dev evaluation.Deviation, worst evaluation.DeviationBin) string {
	return d.say.Say("late.sentence", map[string]any{
		"line": d.way(dev.LineRef), "p50": d.say.Duration(max(worst.P50, 0)), "p90": d.say.Duration(worst.P90), "bin": d.bin(worst.Bin),
		"max": d.say.Duration(dev.Latest.Seconds), "stop": d.stop(dev.Latest.Stop), "at": d.clock(dev.Latest.At),
	})
}

// way is a line with where it goes.
func (d *desk) way(ref evaluation.LineRef) string {
	if l := d.ways[ref]; l != nil {
		return d.line(ref.Route) + " " + d.toward(*l)
	}
	return d.line(ref.Route) + " " + d.toward(evaluation.Line{Direction: ref.Direction})
}

func (d *desk) lateLine(dev evaluation.Deviation, s scale) lateLine {
	line := evaluation.Line{Direction: dev.Direction}
	if l := d.ways[dev.LineRef]; l != nil {
		line = *l
	}
	return lateLine{
		Name: d.line(dev.Route), Toward: d.toward(line), Line: sparkUnder(s.top, lateness(dev), s.from, s.to), Departures: d.say.Number(dev.Departures),
		Median: d.deviation(dev.P50), Most: d.deviation(dev.P90), Latest: d.deviation(dev.Latest.Seconds),
		Stop: d.stop(dev.Latest.Stop), At: d.clock(dev.Latest.At), Kerb: d.personMinutes(dev.Kerb),
	}
}

// deviation is a signed length of time, + is late.
func (d *desk) deviation(seconds int) string {
	if seconds > 0 {
		return "+" + d.say.Duration(seconds)
	}
	return d.say.Duration(seconds)
}

// lateness is what nine of ten departures kept to, by bin, as a stop's minutes
// for a small drawing; its steps are as long as bins.
func lateness(dev evaluation.Deviation) []evaluation.Minute {
	const long = evaluation.BinSeconds / 60
	var minutes []evaluation.Minute
	for _, b := range dev.Bins {
		for minute := b.Bin * long; b.P90 > 0 && minute < (b.Bin+1)*long; minute++ {
			minutes = append(minutes, evaluation.Minute{Minute: minute, Queue: b.P90})
		}
	}
	return minutes
}

// scale is what small drawings of one table have in common: their minutes and how tall they are.
type scale struct{ from, to, top int }

func lateScale(all []evaluation.Deviation) scale {
	s := scale{}
	stops := make([]evaluation.Stop, len(all))
	for i, dev := range all {
		stops[i].Minutes = lateness(dev)
		for _, b := range dev.Bins {
			s.top = max(s.top, b.P90)
		}
		stops[i].MaxQueue = s.top
	}
	s.from, s.to = minuteSpan(stops)
	return s
}

func (d *desk) carriedOn(blocks []evaluation.Block) string {
	return d.say.Say("late.carried", map[string]any{
		"count": len(blocks), "max": d.say.Duration(blocks[0].MaxStart), "at": d.clock(blocks[0].At),
	})
}

func (d *desk) blockBasis() string {
	b := d.e.Blocks
	if b.Named+b.Inferred == 0 {
		return ""
	}
	return d.say.Say("late.blocks", map[string]any{"named": b.Named, "inferred": b.Inferred})
}

func (d *desk) lateBlock(b evaluation.Block) lateBlock {
	return lateBlock{
		ID: b.ID, Lines: d.lineList(b.Routes), Trips: d.say.Number(b.Trips), Late: d.say.Number(b.Late),
		Start: d.deviation(b.MaxStart), At: d.clock(b.At), Inferred: b.Inferred,
	}
}
