package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
)

// stationsView is what people pass on foot and where they wait for vehicles.
type stationsView struct {
	Unknown    bool // nothing is stated of stations and gates
	Sentences  []string
	Facilities []facilityView
	More       string
	Platforms  []platformView
	Levels     string // what the letters mean; "" where no platform's area is known
}

// facilityView is a facility in a row, its queue drawn small.
type facilityView struct {
	Name, Line, Rate, Came, Passed, Longest, At, Wait, Waiting, Kind, KindText string

	Red, Over bool // it held people up; it was above its rate for a quarter of an hour
}

const (
	facilityRows = 15 // that the page shows; facilities.csv has them all
	bindingTold  = 5  // that get sentences
)

func (d *desk) stations() stationsView {
	e := d.e
	view := stationsView{Unknown: len(e.Facilities)+len(e.Platforms) == 0}
	if view.Unknown {
		return view
	}
	all := bindingFirst(e.Facilities)
	for _, f := range all[:min(bindingTold, len(all))] {
		if f.Red() {
			view.Sentences = append(view.Sentences, d.facilityTrouble(f))
		}
	}
	view.Sentences = append(view.Sentences, d.platformTroubles()...)
	from, to := flowSpan(all)
	for _, f := range all[:min(facilityRows, len(all))] {
		view.Facilities = append(view.Facilities, d.facilityView(f, from, to))
	}
	if rest := len(all) - facilityRows; rest > 0 {
		view.More = d.say.Say("stations.more", map[string]any{"count": rest})
	}
	view.Platforms, view.Levels = d.platforms(), d.levels()
	return view
}

// bindingFirst puts first what held people up, then what was waited
// for longest in all, then what most people passed.
func bindingFirst(all []evaluation.Facility) []evaluation.Facility {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b evaluation.Facility) int {
		return cmp.Or(
			falseLast(a.Red(), b.Red()), cmp.Compare(b.PersonSeconds, a.PersonSeconds),
			cmp.Compare(b.MaxQueue, a.MaxQueue), cmp.Compare(b.Passed, a.Passed),
		)
	})
	return sorted
}

func falseLast(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// facilityTrouble says what a facility lets through, how many came, and what that led to.
func (d *desk) facilityTrouble(f evaluation.Facility) string {
	over := d.rush(f)
	if f.Over() {
		busiest, _ := f.Busiest()
		from := busiest.Bin * evaluation.BinSeconds
		over = d.say.Say("stations.over", map[string]any{
			"facility": d.facilities[f.ID], "rate": f.PerHour, "came": perHour(busiest.Came),
			"from": d.clock(from), "to": d.clock(from + evaluation.BinSeconds),
		})
	}
	queue := d.say.Say("stations.queue", map[string]any{
		"count": f.MaxQueue, "at": d.clock(f.QueueAt), "wait": d.say.Duration(f.MaxWait),
	})
	return d.join([]string{over, queue})
}

// rush says what a facility lets through and how many came in its busiest minute.
func (d *desk) rush(f evaluation.Facility) string {
	minute, _ := f.Rush()
	return d.say.Say("stations.rush", map[string]any{
		"facility": d.facilities[f.ID], "rate": f.PerHour, "count": minute.Came, "from": d.clock(minute.Minute * 60),
	})
}

// perHour is a count in a bin as a rate.
func perHour(inBin int) int { return inBin * 3600 / evaluation.BinSeconds }

func (d *desk) facilityView(f evaluation.Facility, from, to int) facilityView {
	v := facilityView{
		Name: d.facilities[f.ID], Red: f.Red(), Over: f.Over(), Rate: "—", Came: "—", Passed: d.say.Number(f.Passed),
		Longest: d.say.Number(f.MaxQueue), At: "—", Wait: "—", Waiting: d.personMinutes(f.PersonSeconds),
		Kind: string(f.Basis), KindText: d.kind(f.Basis),
	}
	if f.PerHour > 0 {
		v.Rate = d.say.Number(f.PerHour)
	}
	if busiest, found := f.Busiest(); found {
		v.Came = d.say.Number(perHour(busiest.Came))
	}
	if f.MaxQueue > 0 {
		v.At = d.clock(f.QueueAt)
	}
	if f.MaxWait > 0 {
		v.Wait = d.say.Duration(f.MaxWait)
	}
	v.Line = spark(queueOf(f), from, to)
	return v
}

// queueOf is a facility's queue as a stop's minutes, for a small drawing.
func queueOf(f evaluation.Facility) []evaluation.Minute {
	var minutes []evaluation.Minute
	for _, m := range f.Minutes {
		if m.Queue > 0 {
			minutes = append(minutes, evaluation.Minute{Minute: m.Minute, Queue: m.Queue})
		}
	}
	return minutes
}

// flowSpan is the stretch of time that the small drawings of all facilities share.
func flowSpan(all []evaluation.Facility) (from, to int) {
	stops := make([]evaluation.Stop, len(all))
	for i, f := range all {
		stops[i] = evaluation.Stop{MaxQueue: f.MaxQueue, Minutes: queueOf(f)}
	}
	return minuteSpan(stops)
}

// personMinutes are person-seconds in whole minutes.
func (d *desk) personMinutes(seconds int) string { return d.say.Number((seconds + 30) / 60) }

// facilityNames are what facilities are called, by id: the place, what it is, and
// its own name or, where several would read alike, its id.
func (d *desk) facilityNames() map[string]string {
	called := make([]string, len(d.e.Facilities))
	count := map[string]int{}
	for i, f := range d.e.Facilities {
		called[i] = d.facilityName(f)
		count[called[i]]++
	}
	names := map[string]string{}
	for i, f := range d.e.Facilities {
		if count[called[i]] > 1 {
			called[i] += " [" + f.ID + "]"
		}
		names[f.ID] = called[i]
	}
	return names
}

func (d *desk) facilityName(f evaluation.Facility) string {
	args := map[string]any{
		"place": d.own(f.Place, cmp.Or(f.Station, d.own(d.e.Event.Venue.Names, d.e.Event.Venue.ID))),
		"kind":  d.facilityKind(f.Kind), "name": strings.TrimSpace(d.own(f.Names, "")),
	}
	if args["name"] == "" {
		return d.say.Say("stations.called", args)
	}
	return d.say.Say("stations.called_named", args)
}

// facilityKind is a kind in words; one that is not known as it stands.
func (d *desk) facilityKind(kind evaluation.FacilityKind) string {
	if id := "facility." + string(kind); d.say.Has(id) {
		return d.say.Say(id, nil)
	}
	return string(kind)
}
