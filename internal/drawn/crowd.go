package drawn

import (
	"slices"
	"strconv"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// group is a crowd while its words are read.
type group struct {
	people           int
	from, to         transit.Stop
	ready, due, over transit.Seconds
	name             string
	class            int
	uninformed       bool
}

// mostPeople is more than a drawn city can be read with.
const mostPeople = 1_000_000

// crowd adds people: "300 at A 19:00 over 15m to C", or "40 at A to C by 19:30".
func (s *sheet) crowd(a *args) {
	g := group{people: a.number("people"), ready: demand.Free, due: demand.Free}
	a.expect("at")
	g.from = s.stop(a)
	if a.atTime() {
		g.ready = a.clock("time")
	}
	if a.took("over") {
		g.over = a.length("over")
	}
	a.expect("to")
	g.to = s.stop(a)
	if g.ready == demand.Free {
		a.expect("by")
		g.due = a.clock("time")
	}
	for a.more() {
		s.groupWord(&g, a)
	}
	if g.people+len(s.people.Key) > mostPeople {
		a.fail("there are more than %d people", mostPeople)
	}
	if g.uninformed {
		g.class = s.uninformed(g.class, a)
	}
	if a.err == nil {
		s.add(g)
	}
}

// groupWord reads one property of a crowd beyond where and when it goes.
func (s *sheet) groupWord(g *group, a *args) {
	switch word := a.next("word"); word {
	case "as":
		g.name = a.next("name")
	case "class":
		name := a.next("class")
		g.class = slices.IndexFunc(s.classes, func(c demand.Class) bool { return c.Name == name })
		if g.class < 0 {
			a.fail("there is no class %q above this line", name)
			g.class = 0
		}
	case "uninformed":
		g.uninformed = true
	default:
		a.unknown(word, "as, class, uninformed")
	}
}

// add spreads people evenly over their time.
func (s *sheet) add(g group) {
	t := &s.people
	crowd := uint16(len(t.Crowds))
	way, at := demand.Leaving, g.ready
	if g.due != demand.Free {
		way, at = demand.Arriving, g.due
	}
	if g.name == "" {
		g.name = strconv.Itoa(len(s.sessions) + 1)
	}
	s.sessions = append(s.sessions, demand.Session{Name: g.name, Start: at, End: at, Attendance: uint32(g.people)})
	t.Crowds = append(t.Crowds, demand.Crowd{Session: int(crowd), Way: way, People: uint32(g.people)})
	for i := range g.people {
		t.Key = append(t.Key, draw.Key("drawn", strconv.Itoa(int(crowd)))+uint64(i))
		t.From, t.To = append(t.From, demand.Place(g.from)), append(t.To, demand.Place(g.to))
		t.Crowd, t.Class = append(t.Crowd, crowd), append(t.Class, uint8(g.class))
		late := transit.Seconds(int64(g.over) * int64(i) / int64(g.people))
		t.Ready, t.Due = append(t.Ready, moved(g.ready, late)), append(t.Due, g.due)
	}
}

func moved(at, by transit.Seconds) transit.Seconds {
	if at == demand.Free {
		return at
	}
	return at + by
}

// class defines a kind of traveller: "slow speed 60% stepfree crowding 150% uninformed".
func (s *sheet) class(a *args) {
	c := demand.Ordinary
	c.Name = a.next("name")
	for a.more() {
		switch word := a.next("word"); word {
		case "speed":
			c.Speed = a.percent(word)
		case "crowding":
			c.Crowding = a.percent(word)
		case "stepfree":
			c.StepFree = true
		case "uninformed":
			c.Informed = false
		default:
			a.unknown(word, "speed, crowding, stepfree, uninformed")
		}
	}
	s.addClass(c, a)
}

// mostClasses is how many kinds of traveller a row of people can tell apart.
const mostClasses = 255

// addClass gives a class its number.
func (s *sheet) addClass(c demand.Class, a *args) int {
	switch {
	case slices.ContainsFunc(s.classes, func(have demand.Class) bool { return have.Name == c.Name }):
		a.fail("class %q is there already", c.Name)
	case len(s.classes) == mostClasses:
		a.fail("there are more than %d classes", mostClasses)
	default:
		s.classes = append(s.classes, c)
	}
	return len(s.classes) - 1
}

// uninformed is the class of those who are like another one but do not foresee queues.
func (s *sheet) uninformed(class int, a *args) int {
	c := s.classes[class]
	if !c.Informed {
		return class
	}
	c.Name, c.Informed = c.Name+" uninformed", false
	if i := slices.Index(s.classes, c); i >= 0 {
		return i
	}
	return s.addClass(c, a)
}

// sortClasses leaves a city without classes where nobody named one.
func (s *sheet) sortClasses() {
	if len(s.classes) == 1 {
		s.people.Class = nil
		return
	}
	s.people.Classes = s.classes
}

// walk sets how people walk: "speed 1 detour 1 access 100 transfer 100 direct 0".
func (s *sheet) walk(a *args) {
	for a.more() {
		word := a.next("word")
		set, known := walkingWords[word]
		if !known {
			a.unknown(word, "speed, detour, access, transfer, direct")
			return
		}
		set(&s.walking, float64(a.number(word)))
	}
}

var walkingWords = map[string]func(*network.Walking, float64){
	"speed":    func(w *network.Walking, v float64) { w.Speed = max(v, 1) },
	"detour":   func(w *network.Walking, v float64) { w.Detour = max(v, 1) },
	"access":   func(w *network.Walking, v float64) { w.MaxAccess = v },
	"transfer": func(w *network.Walking, v float64) { w.MaxTransfer = v },
	"direct":   func(w *network.Walking, v float64) { w.MaxDirect = v },
}
