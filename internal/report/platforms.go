package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
)

// platformView is a platform in a row, its people drawn small.
type platformView struct {
	Name, Line, Holds, Most, At, Space, Level, Dense, Held, HeldWait, Kind, KindText string

	Over bool // people were held back, or stood at level F
}

// platformRows is how many platforms the page shows; platforms.csv has them all.
const platformRows = 10

func (d *desk) platforms() []platformView {
	all := fullestFirst(d.e.Platforms)
	all = all[:min(platformRows, len(all))]
	from, to := platformSpan(all)
	var views []platformView
	for _, p := range all {
		views = append(views, d.platformView(p, from, to))
	}
	return views
}

// fullestFirst puts first where people were held back, then the worst level of
// service, then the most people.
func fullestFirst(all []evaluation.Platform) []evaluation.Platform {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b evaluation.Platform) int {
		return cmp.Or(cmp.Compare(b.HeldBack, a.HeldBack), strings.Compare(b.Level, a.Level), cmp.Compare(b.MaxPeople, a.MaxPeople))
	})
	return sorted
}

func overfull(p evaluation.Platform) bool { return p.HeldBack > 0 || p.Level == "F" }

func (d *desk) platformView(p evaluation.Platform, from, to int) platformView {
	v := platformView{
		Name: d.boarding(p.Stop), Line: spark(peopleOf(p), from, to), Holds: "—", Space: "—", Level: cmp.Or(p.Level, "—"),
		Most: d.say.Number(p.MaxPeople), Dense: "—", Held: d.say.Number(p.HeldBack), HeldWait: "—",
		Kind: string(p.Basis), KindText: d.kind(p.Basis), Over: overfull(p),
	}
	if p.MaxPeople > 0 {
		v.At = d.clock(p.PeopleAt)
	}
	if p.Area > 0 {
		v.Space, v.Dense = d.space(p), d.minutes(p.Dense)
	}
	if p.Holds > 0 {
		v.Holds = d.say.Number(p.Holds)
	}
	if p.HeldBack > 0 {
		v.HeldWait = d.say.Duration(p.MaxHeldWait)
	}
	return v
}

func (d *desk) minutes(n int) string {
	return d.say.Say("duration.minutes", map[string]any{"minutes": n})
}

// space is how many square meters each had when most people waited.
func (d *desk) space(p evaluation.Platform) string {
	return d.say.Decimal(p.Area/float64(max(p.MaxPeople, 1)), 2)
}

// peopleOf is who waited on a platform and before it, as a stop's minutes.
func peopleOf(p evaluation.Platform) []evaluation.Minute {
	var minutes []evaluation.Minute
	for _, m := range p.Minutes {
		minutes = append(minutes, evaluation.Minute{Minute: m.Minute, Queue: m.People + m.Held})
	}
	return minutes
}

func platformSpan(all []evaluation.Platform) (from, to int) {
	stops := make([]evaluation.Stop, len(all))
	for i, p := range all {
		stops[i] = evaluation.Stop{MaxQueue: p.MaxPeople, Minutes: peopleOf(p)}
	}
	return minuteSpan(stops)
}

// platformTroubles tell the platforms that held people back or were dense.
func (d *desk) platformTroubles() []string {
	var sentences []string
	for _, p := range fullestFirst(d.e.Platforms) {
		if len(sentences) == bindingTold {
			break
		}
		if overfull(p) {
			sentences = append(sentences, d.platformTrouble(p))
		}
	}
	return sentences
}

func (d *desk) platformTrouble(p evaluation.Platform) string {
	var all []string
	if p.HeldBack > 0 {
		all = append(all, d.say.Say("stations.held", map[string]any{"count": p.HeldBack, "wait": d.say.Duration(p.MaxHeldWait)}))
	}
	if p.Level == "F" {
		all = append(all, d.say.Say("stations.dense", map[string]any{
			"at": d.clock(p.PeopleAt), "space": d.space(p), "level": p.Level, "dense": d.minutes(p.Dense),
		}))
	}
	return d.say.Say("stations.platform", map[string]any{"stop": d.boarding(p.Stop), "text": d.join(all)})
}

// levels says what the letters of the level of service stand for.
func (d *desk) levels() string {
	if !slices.ContainsFunc(d.e.Platforms, func(p evaluation.Platform) bool { return p.Area > 0 }) {
		return ""
	}
	args := map[string]any{}
	for letter, space := range map[string]float64{"a": 1.2, "b": .9, "c": .7, "d": .3, "e": .2} {
		args[letter] = d.say.Decimal(space, 1)
	}
	return d.say.Say("stations.levels", args)
}
