package journey

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/headway"
	"github.com/qala-city/qala/internal/transit"
)

// promises are the lines of a timeline that promise headways and no minutes.
// At each of its stops such a line has a slot, which its departures share.
type promises struct {
	first []uint32          // by stop: its slots are first[stop] to first[stop+1]
	slot  []uint32          // by event: its slot, or transit.None where its minute is known
	since []transit.Seconds // by event: from then on what was promised when it leaves did not change

	trip []headway.Promise // by dated trip; without a rate where its minutes are known
}

// newPromises looks through a day; nil where all departures have minutes.
func newPromises(tl *Timeline, tt *transit.Timetable) *promises {
	if !slices.Contains(tt.Frequencies.Exact, false) {
		return nil
	}
	day := tl.Day
	x, some := &promises{trip: make([]headway.Promise, len(day.Trip))}, false
	for d, t := range day.Trip {
		promise, ok := headway.Promised(tt, t, day.Start[d])
		x.trip[d], some = promise, some || ok
	}
	if !some {
		return nil
	}
	x.place(tl, tt, x.rows(tl, tt))
	x.bound(tl)
	return x
}

// rows gives the dated trips of a pattern that have no minutes rows of their
// own where several trips promise headways at the same time. Where one follows
// the other they share a row, and one's promise goes on in the other's where
// there is less than a headway between them: that nobody who waits can tell from waiting.
func (x *promises) rows(tl *Timeline, tt *transit.Timetable) []uint32 {
	row, taken := make([]uint32, len(tl.Day.Trip)), map[transit.Pattern][]serving{}
	for _, d := range x.inOrder(tl) {
		p, now := tt.Trips.Pattern[tl.Day.Trip[d]], x.serving(tl, d)
		i := slices.IndexFunc(taken[p], func(s serving) bool { return s.trip == now.trip && s.date == now.date })
		if i < 0 {
			i = slices.IndexFunc(taken[p], func(s serving) bool { return s.until <= now.began })
		}
		if i < 0 {
			i = len(taken[p])
			taken[p] = append(taken[p], now)
		}
		if before := &taken[p][i]; before.until+max(before.headway, now.headway) >= now.began {
			now.began = min(now.began, before.began)
		}
		taken[p][i], row[d] = now, uint32(i)
		x.trip[d].Began = tl.starts(d) - now.began
	}
	return row
}

// serving is a trip that promises a headway on one date, on the day's axis.
type serving struct {
	trip                  transit.Trip
	date                  transit.Date
	began, until, headway transit.Seconds
}

func (x *promises) serving(tl *Timeline, d transit.Dated) serving {
	leaves, p := tl.starts(d), &x.trip[d]
	return serving{tl.Day.Trip[d], tl.Day.Date[d], leaves - p.Began, leaves + p.Goes, transit.Seconds(headway.Every(1) / p.Rate)}
}

// inOrder are the dated trips without minutes as they leave their first stops.
func (x *promises) inOrder(tl *Timeline) []transit.Dated {
	var order []transit.Dated
	for d := range tl.Day.Trip {
		if x.trip[d].Rate > 0 {
			order = append(order, transit.Dated(d))
		}
	}
	slices.SortStableFunc(order, func(a, b transit.Dated) int {
		return cmp.Compare(tl.starts(a), tl.starts(b))
	})
	return order
}

// starts is when a dated trip is to leave its first stop by the timetable.
func (tl *Timeline) starts(d transit.Dated) transit.Seconds { return tl.Scheduled[tl.Day.First[d]] }

// place numbers the slots, those of a stop one after the other.
func (x *promises) place(tl *Timeline, tt *transit.Timetable, row []uint32) {
	type key struct {
		pattern transit.Pattern
		row     uint32
		place   uint32
	}
	day, local := tl.Day, map[key]uint32{}
	x.slot = slices.Repeat([]uint32{transit.None}, len(day.Departures))
	count := make([]uint32, len(tl.stopAt)-1)
	for e, v := range day.Departures {
		d := day.Owner[v]
		if x.trip[d].Rate == 0 || !tl.boardable(v) {
			continue
		}
		k := key{tt.Trips.Pattern[day.Trip[d]], row[d], day.Place(v)}
		slot, known := local[k]
		if !known {
			slot = count[day.Stop[v]]
			local[k] = slot
			count[day.Stop[v]]++
		}
		x.slot[e] = slot
	}
	x.first = make([]uint32, len(count)+1)
	for stop, n := range count {
		x.first[stop+1] = x.first[stop] + n
	}
	for e, v := range day.Departures {
		if x.slot[e] != transit.None {
			x.slot[e] += x.first[day.Stop[v]]
		}
	}
}

// bound finds for each event at a stop with slots since when it, or what is
// promised then, is the next that comes.
func (x *promises) bound(tl *Timeline) {
	x.since = make([]transit.Seconds, len(x.slot))
	var since []transit.Seconds
	for stop := range len(x.first) - 1 {
		if !x.some(transit.Stop(stop)) {
			continue
		}
		since = since[:0]
		for range x.first[stop+1] - x.first[stop] {
			since = append(since, Ever)
		}
		leaves := tl.leaves[tl.stopAt[stop]:tl.stopAt[stop+1]]
		for i := len(leaves) - 1; i >= 0; i-- {
			e := leaves[i]
			if slot := x.slot[e]; slot != transit.None {
				since[slot-x.first[stop]] = x.starts(tl, e)
			}
			x.since[e] = min(slices.Min(since), tl.Leave(e))
			if i > 0 {
				x.since[e] = max(x.since[e], tl.Leave(leaves[i-1]))
			}
		}
	}
}

// starts is from when the line of an event without a minute comes at its stop;
// who stands there in the very first second may already board it.
func (x *promises) starts(tl *Timeline, e Event) transit.Seconds {
	return tl.Leave(e) - x.trip[tl.Day.Owner[tl.Visit(e)]].Began - 1
}

// some reports whether a stop has lines without minutes.
func (x *promises) some(stop transit.Stop) bool { return x.first[stop] < x.first[stop+1] }
