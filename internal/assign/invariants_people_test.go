package assign_test

import (
	"cmp"
	"slices"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// checkSteps: nobody walks faster than he can, what holds people up is told, and
// who passes one thing alone on his way passes it in the order of coming.
func checkSteps(t rapid.TB, p *assign.Problem, o *assign.Outcome, stays [][]stay) {
	chance := slices.ContainsFunc(p.Network.Stations.Facilities.Variation, func(v uint8) bool { return v > 0 })
	for i := range stays {
		outside := transit.Seconds(0)
		for _, s := range stays[i] {
			if s.outside {
				outside += s.until - s.came
			}
			outside += s.join - s.came
		}
		spare := transit.Seconds(0)
		for _, s := range stepsOf(t, p, o, i, stays[i]) {
			if over := s.until - s.from - s.walk; over < 0 && !chance {
				t.Fatalf("traveller %d walks %d to %d, which takes %d", i, s.from, s.until, s.walk)
			} else if len(s.way) == 0 && over != 0 {
				t.Fatalf("traveller %d walks %d to %d, which takes %d, and passes nothing", i, s.from, s.until, s.walk)
			} else {
				spare += over
			}
		}
		held := o.Held[i] - outside
		if held < 0 || held > spare && !chance && o.State[i] != assign.Walking {
			t.Fatalf("traveller %d was held up for %d: outside of platforms for %d, and longer than he need on foot for %d", i, o.Held[i], outside, spare)
		}
	}
}

// checkServers: everybody goes through everything on his way, once.
func checkServers(t rapid.TB, p *assign.Problem, o *assign.Outcome, stays [][]stay) {
	if o.Doors.Out == nil && o.Doors.In == nil && p.Network.Stations.Facilities.Len() == 0 {
		return
	}
	passed := map[uint32]uint32{}
	onTheWay := false
	for i := range stays {
		onTheWay = onTheWay || o.State[i] == assign.Walking
		for _, s := range stepsOf(t, p, o, i, stays[i]) {
			for _, f := range s.way {
				passed[f]++
			}
		}
	}
	for f := range facilities(p, &o.Doors) {
		got := o.Servers.Log(station.Facility(f)).Passed
		if want := passed[uint32(f)]; got < want || got > want && !onTheWay {
			t.Fatalf("%d people went through facility %d, by their ways %d", got, f, want)
		}
	}
	checkTurns(t, p, o, stays)
}

// facilities is how many there are, with the gates of venues.
func facilities(p *assign.Problem, doors *assign.Doors) int {
	n := p.Network.Stations.Facilities.Len()
	for _, door := range slices.Concat(doors.Out, doors.In) {
		if door != assign.NoDoor {
			n = max(n, int(door)+1)
		}
	}
	return n
}

// comer is somebody who has one thing to pass between setting off and his stop.
type comer struct{ set, came transit.Seconds }

// checkTurns: those who walk the same way past one thing that always takes the
// same time come out in the order in which they set off, and no faster than it works.
func checkTurns(t rapid.TB, p *assign.Problem, o *assign.Outcome, stays [][]stay) {
	type way struct {
		from     uint32
		stop     transit.Stop
		class    string
		facility uint32
	}
	comers := map[way][]comer{}
	for i := range stays {
		if len(stays[i]) == 0 {
			continue
		}
		first := stepsOf(t, p, o, i, stays[i])[0]
		if len(first.way) != 1 {
			continue
		}
		w := way{uint32(p.Travellers.From[i]), stays[i][0].stop, p.Travellers.ClassOf(i).Name, first.way[0]}
		comers[w] = append(comers[w], comer{first.from, first.until})
	}
	f := &p.Network.Stations.Facilities
	for w, people := range comers {
		if int(w.facility) >= f.Len() || f.Variation[w.facility] > 0 {
			continue
		}
		slices.SortFunc(people, func(a, b comer) int { return cmp.Or(cmp.Compare(a.set, b.set), cmp.Compare(a.came, b.came)) })
		if !slices.IsSortedFunc(people, func(a, b comer) int { return cmp.Compare(a.came, b.came) }) {
			t.Fatalf("people overtake each other at %s: %v", f.ID[w.facility], people)
		}
		if f.Service[w.facility] == 0 {
			continue
		}
		for n, last := range people { // between the first and the n-th to come out all n of them but one a channel were served
			served := (n - int(f.Channels[w.facility])) / int(f.Channels[w.facility])
			if took := int(last.came - people[0].came); (took+1)*1000 < served*int(f.Service[w.facility]) {
				t.Fatalf("%d people are through %s within %d s", n+1, f.ID[w.facility], took)
			}
		}
	}
}

// checkPlatform: no more people wait on a platform than it holds, who comes
// first gets in first, and nobody stays outside while there is room.
func checkPlatform(t rapid.TB, p *assign.Problem, stop transit.Stop, here []stay) {
	platforms := &p.Network.Stations.Platforms
	i, known := slices.BinarySearch(platforms.Stop, stop)
	if !known || platforms.Holds[i] == 0 {
		for _, s := range here {
			if s.came != s.join || s.outside {
				t.Fatalf("traveller %d is kept outside of stop %d, which holds everybody", s.traveller, stop)
			}
		}
		return
	}
	holds := int(platforms.Holds[i])
	var inside []change
	for _, s := range here {
		if !s.outside {
			inside = append(inside, change{s.join, 1}, change{s.until, -1})
		}
	}
	if most, at := fullest(inside); most > holds {
		t.Fatalf("%d people wait at stop %d at %d, which holds %d", most, stop, at, holds)
	}
	checkDoor(t, stop, here, inside, holds)
}

// checkDoor: people get onto a platform in the order in which they came, as soon as there is room.
func checkDoor(t rapid.TB, stop transit.Stop, here []stay, inside []change, holds int) {
	in := func(s stay) transit.Seconds {
		if s.outside {
			return s.until
		}
		return s.join
	}
	slices.SortFunc(here, func(a, b stay) int { return cmp.Or(cmp.Compare(a.came, b.came), cmp.Compare(in(a), in(b))) })
	if !slices.IsSortedFunc(here, func(a, b stay) int { return cmp.Compare(in(a), in(b)) }) {
		t.Fatalf("people overtake each other before the platform of stop %d", stop)
	}
	count := 0
	for k, c := range inside { // sorted by time
		if count += c.by; k+1 < len(inside) && inside[k+1].at == c.at {
			continue
		}
		for _, s := range here {
			if s.came <= c.at && c.at < in(s) && count < holds {
				t.Fatalf("traveller %d is kept outside of stop %d at %d, where %d of %d wait", s.traveller, stop, c.at, count, holds)
			}
		}
	}
}

// checkQueue: nobody boards what somebody who came earlier, and would have
// boarded it too, is left behind by; nobody waits while a vehicle that he would
// take leaves with room; nobody boards before he came; and everybody counts
// those that left him behind.
func checkQueue(t rapid.TB, p *assign.Problem, o *assign.Outcome, stop transit.Stop, here []stay) {
	order := make(map[transit.Visit]int, len(o.Departed))
	for i, v := range o.Departed {
		order[v] = i
	}
	least, most := make([]uint32, len(here)), make([]uint32, len(here))
	for _, v := range o.Departed {
		if p.Day.Stop[v] != stop || p.Day.Boarding[v]&transit.MayBoard == 0 || !p.Day.Within(o.Depart[v]) {
			continue
		}
		lastIn, firstOut := transit.Seconds(-1), transit.Seconds(1<<30)
		for i, s := range here {
			switch was := s.waited(p, o, v, order); {
			case s.on == v:
				lastIn = max(lastIn, s.join)
			case was == surely:
				firstOut = min(firstOut, s.join)
				least[i]++
				most[i]++
			case was == perhaps:
				most[i]++
			}
		}
		checkDeparture(t, p, o, v, lastIn, firstOut)
	}
	for i, s := range here {
		if s.denied < least[i] || s.denied > most[i] {
			t.Fatalf("traveller %d was left behind %d times at stop %d, by the vehicles that he would take %d to %d times", s.traveller, s.denied, stop, least[i], most[i])
		}
	}
}

// checkDeparture is about one departure: when the last of those joined whom it
// takes, and when the first of those did whom it leaves behind.
func checkDeparture(t rapid.TB, p *assign.Problem, o *assign.Outcome, v transit.Visit, lastIn, firstOut transit.Seconds) {
	room := roomOf(p, v)
	switch {
	case lastIn > o.Depart[v]:
		t.Fatalf("visit %d leaves at %d and takes somebody who came at %d", v, o.Depart[v], lastIn)
	case firstOut < lastIn:
		t.Fatalf("visit %d takes somebody who came at %d, and leaves behind who came at %d", v, lastIn, firstOut)
	case firstOut < 1<<30 && o.Load[v] < room:
		t.Fatalf("visit %d leaves with %d of %d places taken, and somebody waits since %d", v, o.Load[v], room, firstOut)
	case o.Denied[v] > 0 && o.Load[v] != room:
		t.Fatalf("visit %d denies %d people with %d of %d places taken", v, o.Denied[v], o.Load[v], room)
	}
}

// whether somebody stood in a queue when a vehicle left that he would take.
const (
	no = iota
	perhaps
	surely
)

// waited reports whether a departure left somebody behind in the queue.
func (s *stay) waited(p *assign.Problem, o *assign.Outcome, v transit.Visit, order map[transit.Visit]int) int {
	at := o.Depart[v]
	if s.outside || s.on == v || at < s.join || at > s.until {
		return no
	}
	if !o.Accepts[s.accept].Takes(p.Network.Timetable.Trips.Pattern[p.Day.Trip[p.Day.Owner[v]]], uint16(p.Day.Place(v)), p.Day.Depart[v]) {
		return no
	}
	was := surely
	if at == s.join { // which of the two came first within a second is nobody's promise
		was = perhaps
	}
	switch {
	case at < s.until:
		return was
	case s.on == noVisit, o.Depart[s.on] > at: // he got on within this second, and his vehicle stood on
		return perhaps
	case order[v] < order[s.on]:
		return was
	}
	return no
}
