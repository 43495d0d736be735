package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
)

// waitView is one reason of waiting in a row.
type waitView struct {
	Why, People, Times, Minutes, Share string
	Part                               int // of all waiting, in percent, for the bar
}

// waitsView is why people waited, and how they rode.
type waitsView struct {
	Lead     string // what most waiting was for, the ordinary one apart
	Rows     []waitView
	Standing string
}

func (d *desk) waits() waitsView {
	reasons := longestFirst(d.e.Totals.Reasons)
	view := waitsView{Standing: d.standing()}
	all := seconds(reasons, func(evaluation.Why) bool { return true })
	for _, r := range reasons {
		part := share(r.PersonSeconds, all)
		row := waitView{
			Why: d.why(r.Why), People: d.say.Number(r.People), Times: d.say.Number(r.Times),
			Minutes: d.personMinutes(r.PersonSeconds), Share: d.share(part), Part: int(part*100 + .5),
		}
		if view.Lead == "" && r.Why != evaluation.ForService && r.PersonSeconds > 0 {
			view.Lead = d.say.Say("waits.most", map[string]any{"share": row.Share, "why": row.Why, "minutes": row.Minutes})
		}
		view.Rows = append(view.Rows, row)
	}
	return view
}

// share is a part in whole percents.
func (d *desk) share(part float64) string { return d.say.Percent(float64(int(part*100+.5)) / 100) }

func longestFirst(reasons []evaluation.Reason) []evaluation.Reason {
	sorted := slices.Clone(reasons)
	slices.SortStableFunc(sorted, func(a, b evaluation.Reason) int {
		return cmp.Or(cmp.Compare(b.PersonSeconds, a.PersonSeconds), cmp.Compare(b.People, a.People))
	})
	return sorted
}

// seconds is the waiting of some reasons together.
func seconds(reasons []evaluation.Reason, of func(evaluation.Why) bool) int {
	sum := 0
	for _, r := range reasons {
		if of(r.Why) {
			sum += r.PersonSeconds
		}
	}
	return sum
}

func (d *desk) why(w evaluation.Why) string {
	if id := "why." + string(w); d.say.Has(id) {
		return d.say.Say(id, nil)
	}
	return string(w)
}

// onFoot tells, where gates, stairs and platforms cost more waiting than full
// vehicles did, so and by what; nothing else.
func (d *desk) onFoot() []string {
	reasons := d.e.Totals.Reasons
	foot := seconds(reasons, evaluation.Why.OnFoot)
	full := seconds(reasons, func(w evaluation.Why) bool { return w == evaluation.VehicleFull })
	if foot == 0 || foot <= full {
		return nil
	}
	lines := []string{d.say.Say("answer.on_foot", map[string]any{"foot": d.personMinutes(foot), "full": d.personMinutes(full)})}
	if all := bindingFirst(d.e.Facilities); len(all) > 0 && all[0].Red() {
		lines = append(lines, d.facilityTrouble(all[0]))
	}
	if all := fullestFirst(d.e.Platforms); len(all) > 0 && all[0].HeldBack > 0 {
		lines = append(lines, d.platformTrouble(all[0]))
	}
	return lines
}

// standing says for how much of their time on board people had no seat.
func (d *desk) standing() string {
	c := d.e.Crowding
	if c.RidingSeconds == 0 || c.StandingSeconds == 0 {
		return ""
	}
	return d.say.Say("waits.standing", map[string]any{
		"share": d.share(share(c.StandingSeconds, c.RidingSeconds)), "stood": (c.StandingSeconds + 1800) / 3600,
		"ride": (c.RidingSeconds + 1800) / 3600,
	})
}

// reasonsAt lists for what people waited at a stop, the longest first, with
// shares of a twentieth at least; "" where that is not known.
func (d *desk) reasonsAt(stop string) string {
	s := d.stops[stop]
	if s == nil {
		return ""
	}
	all := seconds(s.Reasons, func(evaluation.Why) bool { return true })
	var words []string
	for _, r := range longestFirst(s.Reasons) {
		if r.PersonSeconds > 0 && r.PersonSeconds*20 >= all {
			words = append(words, d.say.Say("worst.reason", map[string]any{"why": d.why(r.Why), "share": d.share(share(r.PersonSeconds, all))}))
		}
	}
	if len(words) == 0 {
		return ""
	}
	return d.say.Say("worst.reasons", map[string]any{"reasons": strings.Join(words, d.say.Say("answer.list", nil))})
}
