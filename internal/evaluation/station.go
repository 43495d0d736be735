package evaluation

import (
	"slices"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/label"
)

// FacilityKind is what a facility is.
type FacilityKind string

// The kinds of facility. Entrance and Exit are a venue's gate for those who come
// and for those who leave; all others are a station's.
const (
	Entrance   FacilityKind = "entrance"
	Exit       FacilityKind = "exit"
	TicketGate FacilityKind = "gate"
	Door       FacilityKind = "door"
	Stairs     FacilityKind = "stairs"
	Escalator  FacilityKind = "escalator"
	Lift       FacilityKind = "lift"
	Passage    FacilityKind = "passage"
)

// FacilityKinds are all kinds, in the order in which people pass them on their way in.
func FacilityKinds() []FacilityKind {
	return []FacilityKind{Entrance, Exit, Door, TicketGate, Passage, Stairs, Escalator, Lift}
}

// Facility is one thing that people pass on foot, one after another, and that
// lets only so many through. Evaluation.Facilities are those that somebody
// passed or waited for, sorted by Station and ID.
type Facility struct {
	ID       string       `json:"id"`
	Names    label.Names  `json:"names"` // the input's own under ""; empty where it has none
	Kind     FacilityKind `json:"kind"`
	Station  string       `json:"station"`  // id of the station or stop, "" at the venue
	Place    label.Names  `json:"place"`    // of the station, or of the venue
	Channels int          `json:"channels"` // that serve one person each; 0 where people walk through by its width
	// PerHour is how many people it can let through; 0 where that is not known.
	PerHour int        `json:"per_hour"`
	Basis   basis.Kind `json:"basis"` // of PerHour
	Source  string     `json:"source"`

	Passed   int `json:"passed"`
	Waited   int `json:"waited"` // people who had to wait here
	MaxQueue int `json:"max_queue"`
	QueueAt  int `json:"queue_at"` // the end of the minute that ended with the longest queue; -1 without one
	MaxWait  int `json:"max_wait"` // seconds
	// PersonSeconds is the waiting of all.
	PersonSeconds int    `json:"person_seconds"`
	Minutes       []Flow `json:"minutes"` // minutes with a queue, or somebody coming or passing, only
}

// Flow is a facility's minute.
type Flow struct {
	Minute int `json:"minute"`
	Came   int `json:"came"`
	Passed int `json:"passed"` // were through
	Queue  int `json:"queue"`  // waiting at its end
}

// Quarter is what came to a facility in a bin and what it let through.
type Quarter struct {
	Bin, Came, Passed int
	Waiting           int // when the bin ended
}

// Quarters are the bins in which somebody came, passed or waited, ascending.
func (f Facility) Quarters() []Quarter {
	var all []Quarter
	for _, m := range f.Minutes {
		bin := m.Minute * 60 / BinSeconds
		if len(all) == 0 || all[len(all)-1].Bin != bin {
			all = append(all, Quarter{Bin: bin})
		}
		q := &all[len(all)-1]
		q.Came, q.Passed, q.Waiting = q.Came+m.Came, q.Passed+m.Passed, m.Queue
	}
	return all
}

// Busiest is the bin in which the most people came; false where nobody did.
func (f Facility) Busiest() (busiest Quarter, found bool) {
	for _, q := range f.Quarters() {
		if q.Came > busiest.Came {
			busiest, found = q, true
		}
	}
	return busiest, found
}

// Rush is the minute in which the most people came; false where nobody did.
func (f Facility) Rush() (rush Flow, found bool) {
	for _, m := range f.Minutes {
		if m.Came > rush.Came {
			rush, found = m, true
		}
	}
	return rush, found
}

// Over reports whether in some bin more people wanted to pass than the rate
// allows, and somebody still waited at its end.
func (f Facility) Over() bool {
	const perHour = 3600 / BinSeconds
	return f.PerHour > 0 && slices.ContainsFunc(f.Quarters(), func(q Quarter) bool {
		return q.Waiting > 0 && (q.Passed+q.Waiting)*perHour > f.PerHour
	})
}

// Red reports whether a facility held people up: it was over its rate for a bin,
// or at the end of a minute more waited than it lets through in the next two.
func (f Facility) Red() bool { return f.Over() || f.PerHour > 0 && f.MaxQueue*30 > f.PerHour }

// Platform is a boarding place of which it is known how many people it takes.
// Evaluation.Platforms are those where somebody was, sorted by Stop.
type Platform struct {
	Stop   string     `json:"stop"`  // id, one of Evaluation.Stops
	Area   float64    `json:"area"`  // square meters where people wait; 0 when not known
	Holds  int        `json:"holds"` // people who may wait there at once; 0: no limit
	Basis  basis.Kind `json:"basis"`
	Source string     `json:"source"`

	MaxPeople int `json:"max_people"` // waiting there at the end of a minute
	PeopleAt  int `json:"people_at"`  // when: the end of that minute; -1 without anybody
	// Level is the worst level of service, by square meters a person: A to F; ""
	// where the area is not known.
	Level string `json:"level"`
	// Dense is how many minutes were at level E or F.
	Dense int `json:"dense"`

	HeldBack      int              `json:"held_back"` // people whom a full platform kept at its entrance
	MaxHeld       int              `json:"max_held"`  // at the end of a minute
	MaxHeldWait   int              `json:"max_held_wait"`
	PersonSeconds int              `json:"person_seconds"` // waited at the entrance by all
	Minutes       []PlatformMinute `json:"minutes"`        // minutes with somebody there only
}

// PlatformMinute is a platform at the end of a minute.
type PlatformMinute struct {
	Minute int `json:"minute"`
	People int `json:"people"` // on the platform
	Held   int `json:"held"`   // before its entrance
}
