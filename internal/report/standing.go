package report

import (
	"strings"
	"time"
)

// Standing is how far the plan is that a document tells of. The zero value is a
// run that belongs to no plan.
type Standing struct {
	Name, Note string
	State      string // draft, approved, released, superseded or withdrawn; "" for no plan
	Number     int    // in its city; 0 until it is released
	Revision   int64
	Sum        string   // SHA-256 of what is signed
	Authors    []string // what they are called
	Signatures []Signed
	Released   *Signed
	Instead    int // the number that supersedes it; 0 for none
	Reason     string
}

// Signed is who put his name below a plan, and when.
type Signed struct {
	Who string
	At  time.Time
}

// state is how far a plan is, in words.
func (d *desk) state(s Standing) string {
	switch s.State {
	case "":
		return d.say.Say("eventplan.no_plan", nil)
	case "draft":
		return d.say.Say("eventplan.draft", nil)
	case "approved":
		return d.say.Say("eventplan.approved", nil)
	case "released":
		return d.say.Say("eventplan.released", nil)
	case "superseded":
		return d.say.Say("eventplan.superseded", map[string]any{"number": plain(uint64(s.Instead))})
	case "withdrawn":
		return d.say.Say("eventplan.withdrawn", nil)
	}
	return s.State
}

// stands is the plan's name, number and revision, and who stands for it.
func (d *desk) stands(s Standing) []fact {
	facts := []fact{{Name: d.say.Say("eventplan.state", nil), Value: d.state(s)}}
	add := func(id, value string) {
		if value != "" {
			facts = append(facts, fact{Name: d.say.Say(id, nil), Value: value})
		}
	}
	add("eventplan.name", s.Name)
	if s.Number > 0 {
		add("eventplan.number", plain(uint64(s.Number)))
	}
	if s.Revision > 0 {
		add("eventplan.revision", plain(uint64(s.Revision)))
	}
	add("eventplan.authors", strings.Join(s.Authors, d.say.Say("answer.list", nil)))
	for _, signed := range s.Signatures {
		add("eventplan.signed", d.signed(signed))
	}
	if s.Released != nil {
		add("eventplan.released_by", d.signed(*s.Released))
	}
	add("eventplan.reason", s.Reason)
	add("eventplan.note", s.Note)
	add("eventplan.sum", s.Sum)
	return facts
}

// signed is a name and the moment in the zone of the city; where that is not
// known, as far from UTC as the city is on the day of the event.
func (d *desk) signed(s Signed) string {
	zone, err := time.LoadLocation(d.e.Horizon.Zone)
	if err != nil || d.e.Horizon.Zone == "" {
		zone = d.start.Location()
	}
	at := s.At.In(zone)
	return s.Who + ", " + d.say.Date(at) + ", " + at.Format("15:04")
}
