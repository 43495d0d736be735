package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/evaluation"
)

// certaintyView is how far the answer can be trusted.
type certaintyView struct {
	Sentences []string
	Curve     convergence
	Rounds    [][]string
}

// convergence is the regret by round, drawn.
type convergence struct {
	Path, Label string
	Points      []roundPoint
	Top         string // of the scale
}

// roundPoint is a round in the drawing; Figure is written at some of them only.
type roundPoint struct {
	X, Y   int
	Round  string
	Figure string
}

func (d *desk) certainty() certaintyView {
	view := certaintyView{}
	if told := d.foreseen(); told != "" {
		view.Sentences = append(view.Sentences, told)
	}
	view.Sentences = append(view.Sentences, d.informed()...)
	view.Sentences = append(view.Sentences, d.chance())
	view.Sentences = append(view.Sentences, d.assumed()...)
	rounds := d.e.Feedback.Convergence
	if len(rounds) > 2 {
		view.Curve = d.convergence(rounds[1:]) // nothing was known when the first began
	}
	for i, r := range rounds {
		regret := d.permille(r.RegretPermille)
		if i == 0 {
			regret = "—"
		}
		view.Rounds = append(view.Rounds, []string{d.say.Number(r.Round), regret, d.say.Number(r.Changed), d.say.Number(r.Denied)})
	}
	return view
}

func (d *desk) permille(n int) string { return d.say.Percent(float64(n) / 1000) }

// informed says who foresees queues, and who thought again instead.
func (d *desk) informed() []string {
	f := d.e.Feedback
	var sentences []string
	if f.Rounds > 1 && f.InformedPermille < 1000 {
		sentences = append(sentences, d.say.Say("certainty.informed", map[string]any{"share": d.permille(1000 - f.InformedPermille)}))
	}
	switch {
	case !d.e.Model.Replan:
		return sentences
	case d.e.Totals.Replanned == 0:
		return append(sentences, d.say.Say("certainty.nobody_replanned", nil))
	}
	sentences = append(sentences, d.say.Say("certainty.replanned", map[string]any{"count": d.e.Totals.Replanned}))
	if places := d.replanPlaces(); places != "" {
		sentences = append(sentences, d.say.Say("certainty.replan_places", map[string]any{"places": places}))
	}
	return sentences
}

// mostReplans is how many places of changed minds are told.
const mostReplans = 3

func (d *desk) replanPlaces() string {
	replans := slices.Clone(d.e.Replans)
	slices.SortStableFunc(replans, func(a, b evaluation.Replan) int { return cmp.Compare(b.People, a.People) })
	var words []string
	for _, r := range replans[:min(mostReplans, len(replans))] {
		words = append(words, d.say.Say("certainty.replan_place", map[string]any{"stop": d.boarding(r.Stop), "people": r.People, "wait": d.say.Duration(r.PersonSeconds / max(r.People, 1))}))
	}
	return strings.Join(words, d.say.Say("answer.comma", nil))
}

// assumed says how many of the numbers behind the answer nobody measured.
func (d *desk) assumed() []string {
	count := 0
	for _, n := range d.e.Numbers {
		if n.Kind == basis.Assumption {
			count++
		}
	}
	if count == 0 {
		return nil
	}
	return []string{d.say.Say("certainty.assumed", map[string]any{"count": count, "all": len(d.e.Numbers)})}
}

// Size of the drawing of rounds, in its own units.
const roundsWidth, roundsHeight = 480, 120

// convergence draws the regret from the first round to the last, as tall as the largest.
func (d *desk) convergence(rounds []evaluation.Round) convergence {
	top := 1
	for _, r := range rounds {
		top = max(top, r.RegretPermille)
	}
	view := convergence{Top: d.permille(top), Label: d.say.Say("certainty.curve", nil)}
	var path strings.Builder
	for i, r := range rounds {
		p := roundPoint{
			X: i * roundsWidth / (len(rounds) - 1), Y: roundsHeight - max(r.RegretPermille, 0)*roundsHeight/top,
			Round: d.say.Number(r.Round),
		}
		if i == 0 || i == len(rounds)-1 {
			p.Figure = d.permille(r.RegretPermille)
		}
		fmt.Fprintf(&path, "%c%d %d", "LM"[bit(i == 0)], p.X, p.Y)
		view.Points = append(view.Points, p)
	}
	view.Path = path.String()
	return view
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
