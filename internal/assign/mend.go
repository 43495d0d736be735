package assign

import (
	"slices"

	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/transit"
)

// hear takes in the delays that were not known yet: of vehicles, and of what
// people expect. It returns the day as they do.
func (l *loading) hear(expected *transit.Day) *transit.Day {
	told, day := slices.Clone(l.told), l.problem.Day
	for _, d := range l.problem.Delays {
		told[d.Trip] = d.By
	}
	if slices.Equal(told, l.told) {
		return expected
	}
	before, by, next := l.told, make([]transit.Seconds, len(day.Stop)), l.next()
	for d := range told {
		if more := told[d] - before[d]; more != 0 && !(l.begun[d] && next[d] == noVisit) {
			l.shift(by, transit.Dated(d), next[d], more)
		}
	}
	l.told = told
	moments := l.clock.moments()
	l.clock = clock{}
	for _, m := range moments {
		l.delay(m, told[day.Owner[m.visit]]-before[day.Owner[m.visit]])
	}
	l.known = later(l.known, by)
	return later(expected, by)
}

// shift puts off the visits of a dated trip that are still to come.
func (l *loading) shift(by []transit.Seconds, d transit.Dated, next transit.Visit, more transit.Seconds) {
	from, to := l.problem.Day.Visits(d)
	if next != noVisit {
		from = next
	}
	for v := from; v < to; v++ {
		by[v] = more
	}
}

// delay puts off what a vehicle does next. Whose trip has not started starts
// anew; who waits for a loading area is as late as that makes him.
func (l *loading) delay(m moment, more transit.Seconds) {
	d := l.problem.Day.Owner[m.visit]
	switch {
	case more == 0:
		l.clock.push(m)
	case l.toStart(m):
		l.begin(d, l.there(d))
	default:
		m.at = max(m.at+more, l.since)
		l.clock.push(m)
	}
}

// next is the visit that each vehicle under way comes to or stands at, by dated
// trip; noVisit for those that have not begun or are over.
func (l *loading) next() []transit.Visit {
	day := l.problem.Day
	next := slices.Repeat([]transit.Visit{noVisit}, len(day.Trip))
	for _, m := range l.clock.moments() {
		next[day.Owner[m.visit]] = m.visit
	}
	for _, behind := range l.kerbs.behind {
		for _, w := range behind {
			next[day.Owner[w.visit]] = w.visit
		}
	}
	return next
}

// toStart reports whether a moment is the first of a trip, whose vehicle does not stand at its stop yet.
func (l *loading) toStart(m moment) bool {
	day := l.problem.Day
	if d := day.Owner[m.visit]; uint32(m.visit) != day.First[d] || l.patient[d] == m.visit {
		return false
	}
	return !l.kerbs.limited(day.Stop[m.visit]) || !m.leaves()
}

// there is when the vehicle of a dated trip is at its first stop: the one before it is over.
func (l *loading) there(d transit.Dated) transit.Seconds {
	day, before := l.problem.Day, l.problem.before(d)
	if before == block.None {
		return day.Arrive[day.First[d]]
	}
	return l.out.Depart[day.First[before+1]-1] + l.problem.Model.Blocks.Turn[before]
}

// before is what the vehicle of a dated trip makes before it, or block.None.
func (p *Problem) before(d transit.Dated) transit.Dated {
	if p.Model.Blocks == nil {
		return block.None
	}
	return p.Model.Blocks.Before[d]
}

// mend settles what has changed between a snapshot and a problem. Where nothing
// has it does nothing.
func (l *loading) mend() {
	l.chain()
	l.fillKerbs()
	if !l.problem.Model.Replan {
		return
	}
	for stop := range l.queues.open {
		l.despair(transit.Stop(stop))
	}
}

// chain lets trips begin whose vehicle waits for no other trip any more, and
// those wait that have not started and whose vehicle is still on another.
func (l *loading) chain() {
	next := l.next()
	waits := func(d transit.Dated) bool {
		before := l.problem.before(d)
		return before != block.None && !(l.begun[before] && next[before] == noVisit)
	}
	moments := l.clock.moments()
	l.clock = clock{}
	for _, m := range moments {
		if d := l.problem.Day.Owner[m.visit]; l.toStart(m) && waits(d) {
			l.begun[d] = false
			continue
		}
		l.clock.push(m)
	}
	for d := range l.begun {
		if !l.begun[d] && !waits(transit.Dated(d)) {
			l.begin(transit.Dated(d), l.there(transit.Dated(d)))
		}
	}
}

// fillKerbs lets vehicles come to loading areas that have become free.
func (l *loading) fillKerbs() {
	for _, stop := range l.problem.Network.Stations.Platforms.Stop {
		behind := l.kerbs.behind[stop]
		free := min(int(l.kerbs.stands[stop])-int(l.kerbs.taken[stop]), len(behind))
		for i := range free {
			l.kerbs.taken[stop]++
			l.kerbs.given[behind[i].visit] = true
			l.out.Kerb[behind[i].visit] = l.since - behind[i].since
			l.clock.push(moment{l.since, 0, behind[i].visit})
		}
		if free > 0 {
			l.kerbs.behind[stop] = behind[free:]
		}
	}
}

// despair lets those at a stop look for another way who wait for what will not come any more.
func (l *loading) despair(stop transit.Stop) {
	before := l.queues.waiting[stop]
	for _, id := range slices.Clone(l.queues.open[stop]) {
		if l.queues.lines[id].count > 0 && !l.hopes.has(id) {
			l.turnAway(id, stop, l.since)
		}
	}
	if l.queues.waiting[stop] < before {
		l.queues.close(stop)
		l.letIn(stop, l.since)
	}
}
