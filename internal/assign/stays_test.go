package assign_test

import (
	"cmp"
	"slices"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

const noVisit = transit.Visit(transit.None)

// stay is a time that somebody spent at a stop: before its full platform from
// came to join, in its queue from join to until. He boarded the visit on, or
// gave up, or waits for good.
type stay struct {
	traveller   int
	stop        transit.Stop
	came        transit.Seconds
	join, until transit.Seconds
	accept      uint32
	denied      uint32
	on          transit.Visit // noVisit for who boarded nothing
	off         transit.Visit
	outside     bool // he never got onto the platform
	forGood     bool // he waits there at the end, on the platform or outside
}

// staysOf lists everybody's stays in time, by traveller.
func staysOf(t rapid.TB, p *assign.Problem, o *assign.Outcome) [][]stay {
	stays := make([][]stay, len(o.State))
	for _, th := range o.Thoughts {
		add(stays, stay{traveller: int(th.Traveller), stop: th.Stop, join: th.Since, until: th.At, accept: th.Accept, denied: th.Denied, on: noVisit})
	}
	for _, l := range o.Legs {
		add(stays, stay{
			traveller: int(l.Traveller), stop: p.Day.Stop[l.On], join: l.Join, until: l.At, accept: l.Accept, denied: l.Denied, on: l.On, off: l.Off,
		})
	}
	for i, s := range o.State {
		if s == assign.LastGone {
			add(stays, atTheEnd(p, o, i, stays[i]))
		}
	}
	admit(t, p, o, stays)
	return stays
}

func add(stays [][]stay, s stay) { stays[s.traveller] = append(stays[s.traveller], s) }

// atTheEnd is the stay of somebody who waits for good; those in his queue count
// all who left him behind, before and there.
func atTheEnd(p *assign.Problem, o *assign.Outcome, i int, before []stay) stay {
	s := stay{
		traveller: i, stop: o.Stop[i], join: o.Join[i], until: p.Day.Horizon.Length, accept: o.Accept[i], denied: o.Left[i], on: noVisit, forGood: true,
	}
	for _, b := range before {
		if b.on == noVisit {
			s.denied -= b.denied
		}
	}
	return s
}

// admit sorts stays by time and tells who was kept outside before he joined.
func admit(t rapid.TB, p *assign.Problem, o *assign.Outcome, stays [][]stay) {
	kept := make([][]assign.Kept, len(stays))
	for _, k := range o.Kept {
		kept[k.Traveller] = append(kept[k.Traveller], k)
	}
	for i := range stays {
		slices.SortStableFunc(stays[i], func(a, b stay) int { return cmp.Or(cmp.Compare(a.join, b.join), cmp.Compare(a.until, b.until)) })
		for k := range stays[i] {
			s := &stays[i][k]
			s.came = s.join
			at := slices.IndexFunc(kept[i], func(k assign.Kept) bool {
				return k.Stop == s.stop && (k.To == s.join || s.forGood && k.From == s.join && k.To == p.Day.Horizon.Length)
			})
			if at >= 0 {
				s.came, s.outside = kept[i][at].From, kept[i][at].To != s.join
				kept[i] = slices.Delete(kept[i], at, at+1)
			}
		}
		if len(kept[i]) > 0 {
			t.Fatalf("traveller %d was kept outside (%+v) and did not come in", i, kept[i])
		}
	}
}

// end is when somebody is on foot again after a stay.
func (s *stay) end(o *assign.Outcome) transit.Seconds {
	if s.on != noVisit {
		return o.Arrive[s.off]
	}
	return s.until
}

// atStops sorts stays by stop.
func atStops(stays [][]stay) map[transit.Stop][]stay {
	out := map[transit.Stop][]stay{}
	for _, mine := range stays {
		for _, s := range mine {
			out[s.stop] = append(out[s.stop], s)
		}
	}
	return out
}

// step is a walk between two stays, from the origin, or home.
type step struct {
	from, until transit.Seconds
	way         []uint32 // facilities, the gates of venues among them
	walk        transit.Seconds
	direct      bool
}

// stepsOf are the walks of a traveller that are known to have come to their end.
func stepsOf(t rapid.TB, p *assign.Problem, o *assign.Outcome, i int, stays []stay) (steps []step) {
	people := p.Travellers
	from, to := uint32(people.From[i]), uint32(people.To[i])
	at, last := o.Set[i], transit.Stop(transit.None)
	for _, s := range stays {
		if uint32(last) == transit.None {
			steps = append(steps, access(t, p, i, from, s.stop).by(at, s.came))
			steps[0].way = append(steps[0].way, gateOf(o.Doors.Out, from)...)
		} else {
			steps = append(steps, transfer(t, p, i, last, s.stop).by(at, s.came))
		}
		at, last = s.end(o), s.stop
		if s.on != noVisit {
			last = p.Day.Stop[s.off]
		}
	}
	if o.State[i] != assign.Arrived {
		return steps
	}
	home := step{direct: true}
	if uint32(last) == transit.None {
		walk, near := p.Network.Direct(people.From[i], people.To[i])
		if !near {
			t.Fatalf("traveller %d walked all the way, which is too far", i)
		}
		home.walk, home.way = paced(walk, people.ClassOf(i)), gateOf(o.Doors.Out, from)
	} else {
		home = access(t, p, i, to, last)
	}
	home.way = append(home.way, gateOf(o.Doors.In, to)...)
	return append(steps, home.by(at, o.End[i]))
}

func (s step) by(from, until transit.Seconds) step {
	s.from, s.until = from, until
	return s
}

func gateOf[F ~uint32](doors []F, place uint32) []uint32 {
	if doors == nil || uint32(doors[place]) == transit.None {
		return nil
	}
	return []uint32{uint32(doors[place])}
}

func access(t rapid.TB, p *assign.Problem, i int, place uint32, stop transit.Stop) step {
	l := &p.Network.Access
	return linked(t, p, i, l.First[place], l.To[l.First[place]:l.First[place+1]], stop, l.Walk, l.Way, l.FreeWalk, l.FreeWay)
}

func transfer(t rapid.TB, p *assign.Problem, i int, from, stop transit.Stop) step {
	l := &p.Network.Transfers
	return linked(t, p, i, l.First[from], l.To[l.First[from]:l.First[from+1]], stop, l.Walk, l.Way, l.FreeWalk, l.FreeWay)
}

// linked is the walk of a row's link to a stop for a traveller.
func linked(t rapid.TB, p *assign.Problem, i int, first uint32, row []transit.Stop, stop transit.Stop, walk []transit.Seconds, way []uint32, freeWalk []transit.Seconds, freeWay []uint32) step {
	k := slices.Index(row, stop)
	if k < 0 {
		t.Fatalf("traveller %d walked to stop %d, which is not linked", i, stop)
	}
	c := p.Travellers.ClassOf(i)
	if c.StepFree && freeWalk != nil {
		walk, way = freeWalk, freeWay
	}
	link := first + uint32(k)
	if walk[link] < 0 {
		t.Fatalf("traveller %d takes no steps and walked to stop %d", i, stop)
	}
	s := step{walk: paced(walk[link], c)}
	if way != nil && way[link] != transit.None {
		w := &p.Network.Stations.Ways
		for _, f := range w.Facility[w.First[way[link]]:w.First[way[link]+1]] {
			s.way = append(s.way, uint32(f))
		}
	}
	return s
}

// paced is a walk at a class's own pace, rounded up.
func paced(walk transit.Seconds, c demand.Class) transit.Seconds {
	speed := transit.Seconds(c.Speed)
	return (walk*100 + speed - 1) / speed
}

// mayBeWalking reports whether somebody who was on foot since a time can still be
// on foot at the end: his walk is long enough, or he passes something on it.
func mayBeWalking(p *assign.Problem, o *assign.Outcome, i int, stays []stay, since transit.Seconds) bool {
	from, to, n := uint32(p.Travellers.From[i]), uint32(p.Travellers.To[i]), p.Network
	if gateOf(o.Doors.Out, from) != nil || gateOf(o.Doors.In, to) != nil || n.Stations.Facilities.Len() > 0 {
		return true
	}
	var longest transit.Seconds
	if len(stays) == 0 {
		longest, _ = n.Direct(p.Travellers.From[i], p.Travellers.To[i])
		_, walks := n.Access.Row(from)
		longest = max(longest, slices.Max(walks))
	} else {
		last := stays[len(stays)-1]
		if last.on != noVisit {
			last.stop = p.Day.Stop[last.off]
		}
		_, changes := n.Transfers.Row(uint32(last.stop))
		_, homes := n.Access.Row(to)
		longest = max(slices.Max(changes), slices.Max(homes))
	}
	return since+paced(longest, p.Travellers.ClassOf(i)) >= p.Day.Horizon.Length
}
