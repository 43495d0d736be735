package plan

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/transit"
)

// mostDiaries is of how many people at most it is told what each did.
const mostDiaries = 200_000

// wait is somebody's queue, with the ride that ended it if one did.
type wait struct {
	stop     transit.Stop
	from, to transit.Seconds // to is -1 while he waits
	on, off  int             // visits; -1: none
	denied   uint32
	accept   uint32
}

// details are what single vehicles and people did.
func (d *day) details() *evaluation.Details {
	return &evaluation.Details{Vehicles: d.vehicles(), Diaries: d.diaries()}
}

// diaries are what the event's people did.
func (d *day) diaries() *evaluation.Diaries {
	t := d.problem.Travellers
	people := d.diarists()
	out := &evaluation.Diaries{
		Format: evaluation.DetailFormat, OneIn: max(1, (len(people)+mostDiaries-1)/mostDiaries), Classes: classNames(t),
		Waits: evaluation.Waits{Refused: evaluation.Refused{Visit: []int{}}},
	}
	places, log := map[demand.Place]int{}, d.waits()
	for i := 0; i < len(people); i += out.OneIn {
		d.diary(out, people[i], places, log)
	}
	out.First = append(out.First, len(out.Waits.Stop))
	out.Waits.Refused.First = append(out.Waits.Refused.First, len(out.Waits.Refused.Visit))
	return out
}

// diarists are the event's people.
func (d *day) diarists() []int {
	t := d.problem.Travellers
	var people []int
	for i, c := range t.Crowd {
		if t.Crowds[c].Way != demand.Background {
			people = append(people, i)
		}
	}
	return people
}

func classNames(t *demand.Travellers) []string {
	if len(t.Classes) == 0 {
		return []string{demand.Ordinary.Name}
	}
	names := make([]string, len(t.Classes))
	for i, c := range t.Classes {
		names[i] = c.Name
	}
	return names
}

// waitLog is the waiting of all people, and the departures that left somebody behind.
type waitLog struct {
	journeys assign.Journeys
	gaveUp   map[uint32][]wait
	denied   map[transit.Stop][]transit.Visit // in time
}

func (d *day) waits() *waitLog {
	o := d.outcome
	log := &waitLog{journeys: o.Journeys(), gaveUp: map[uint32][]wait{}, denied: map[transit.Stop][]transit.Visit{}}
	for _, t := range o.Thoughts {
		log.gaveUp[t.Traveller] = append(log.gaveUp[t.Traveller], wait{stop: t.Stop, from: t.Since, to: t.At, on: -1, off: -1, denied: t.Denied, accept: t.Accept})
	}
	for _, v := range o.Departed {
		if o.Denied[v] > 0 {
			stop := d.problem.Day.Stop[v]
			log.denied[stop] = append(log.denied[stop], v)
		}
	}
	return log
}

// of are somebody's waits in time.
func (d *day) waitsOf(traveller int, log *waitLog) []wait {
	o := d.outcome
	waits := slices.Clone(log.gaveUp[uint32(traveller)])
	for _, l := range log.journeys.Of(traveller) {
		leg := o.Legs[l]
		waits = append(waits, wait{
			stop: d.problem.Day.Stop[leg.On], from: leg.Join, to: max(leg.At, leg.Join), on: int(leg.On), off: int(leg.Off), denied: leg.Denied, accept: leg.Accept,
		})
	}
	if o.State[traveller] == assign.LastGone {
		var before uint32
		for _, g := range log.gaveUp[uint32(traveller)] {
			before += g.denied
		}
		waits = append(waits, wait{stop: o.Stop[traveller], from: o.Join[traveller], to: -1, on: -1, off: -1, denied: o.Left[traveller] - before, accept: o.Accept[traveller]})
	}
	slices.SortStableFunc(waits, func(a, b wait) int { return cmp.Compare(a.from, b.from) })
	return waits
}

// diary adds what one person did.
func (d *day) diary(out *evaluation.Diaries, person int, places map[demand.Place]int, log *waitLog) {
	t, o := d.problem.Travellers, d.outcome
	out.Crowd = append(out.Crowd, int(t.Crowd[person]))
	class := 0
	if t.Class != nil {
		class = int(t.Class[person])
	}
	out.Class = append(out.Class, class)
	out.From = append(out.From, d.placeIn(&out.Places, places, t.From[person]))
	out.To = append(out.To, d.placeIn(&out.Places, places, t.To[person]))
	out.Set, out.End = append(out.Set, orMinus(o.Set[person])), append(out.End, orMinus(o.End[person]))
	out.Held, out.State = append(out.Held, int(o.Held[person])), append(out.State, int(o.State[person]))
	out.First = append(out.First, len(out.Waits.Stop))
	for _, w := range d.waitsOf(person, log) {
		d.addDiaryWait(&out.Waits, w, log)
	}
}

func orMinus(at transit.Seconds) int {
	if at == demand.Free {
		return -1
	}
	return int(at)
}

func (d *day) placeIn(out *evaluation.Origins, known map[demand.Place]int, p demand.Place) int {
	at, told := known[p]
	if !told {
		at = len(out.ID)
		known[p] = at
		out.ID, out.At = append(out.ID, d.net.Places.ID[p]), append(out.At, d.net.Places.At[p])
	}
	return at
}

func (d *day) addDiaryWait(out *evaluation.Waits, w wait, log *waitLog) {
	out.Refused.First = append(out.Refused.First, len(out.Refused.Visit))
	full := -1
	if w.denied > 0 {
		refused := d.refusals(log.denied[w.stop], w)
		out.Refused.Visit = append(out.Refused.Visit, refused...)
		if len(refused) > 0 {
			full = max(int(d.outcome.Depart[refused[0]]), int(w.from))
		}
	}
	out.Stop, out.Join, out.Full = append(out.Stop, int(w.stop)), append(out.Join, int(w.from)), append(out.Full, full)
	out.On, out.Off, out.End = append(out.On, w.on), append(out.Off, w.off), append(out.End, int(w.to))
	out.Denied = append(out.Denied, int(w.denied))
}

// refusals are the departures that left somebody behind while he waited, the first
// ones up to as many as did.
func (d *day) refusals(departures []transit.Visit, w wait) []int {
	day, o := d.problem.Day, d.outcome
	first, _ := slices.BinarySearchFunc(departures, w.from, func(v transit.Visit, at transit.Seconds) int { return cmp.Compare(o.Depart[v], at) })
	var out []int
	for _, v := range departures[first:] {
		if len(out) == int(w.denied) || int(v) == w.on {
			break
		}
		pattern := d.net.Timetable.Trips.Pattern[day.Trip[day.Owner[v]]]
		if o.Accepts[w.accept].Takes(pattern, uint16(day.Place(v)), day.Depart[v]) {
			out = append(out, int(v))
		}
	}
	return out
}
