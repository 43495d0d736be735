package eventfile

import (
	"math"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/plainyaml"
)

// DefaultInformed is the part of an event's people who foresee queues, where
// the file does not say: a working value, since some have been to the venue
// before and others have not.
const DefaultInformed = 0.5

// defaultClasses are the event's people where the file does not say.
func defaultClasses() []demand.ClassShare {
	knows, visits := demand.Ordinary, demand.Ordinary
	knows.Name, visits.Name, visits.Informed = "informed", "visitor", false
	return []demand.ClassShare{{Class: knows, Share: DefaultInformed}, {Class: visits, Share: 1 - DefaultInformed}}
}

// travellers are the classes of the event's people and of the background's.
func travellers(s plainyaml.Spot) (event, background []demand.ClassShare) {
	o := s.Object("event", "background")
	event, background = classes(o.May("event")), classes(o.May("background"))
	if len(event) == 0 {
		event = defaultClasses()
	}
	return event, background
}

// mostClasses is how many kinds of people a list may tell apart.
const mostClasses = 50

func classes(s plainyaml.Spot) []demand.ClassShare {
	before, items := s.Mistakes(), s.List()
	if s.Present() && s.IsList() && (len(items) == 0 || len(items) > mostClasses) {
		s.Refuse(codeEmptyList)
	}
	var list []demand.ClassShare
	sum, seen := 0.0, map[string]bool{}
	for _, item := range items[:min(len(items), mostClasses)] {
		o := item.Object("name", "share", "speed_percent", "step_free", "crowding_percent", "informed")
		c := demand.ClassShare{Class: demand.Ordinary, Share: o.Need("share").Number(0, 1)}
		c.Name = o.Need("name").Word()
		c.Speed = orPercent(o.May("speed_percent"), 10, 300)
		c.Crowding = orPercent(o.May("crowding_percent"), 0, 1000)
		c.StepFree = o.May("step_free").Flag()
		if informed := o.May("informed"); informed.Present() {
			c.Informed = informed.Flag()
		}
		if seen[c.Name] && c.Name != "" {
			o.Need("name").Refuse(codeNameTwice)
		}
		seen[c.Name], sum = true, sum+c.Share
		list = append(list, c)
	}
	if s.Present() && s.Mistakes() == before && math.Abs(sum-1) > 1e-6 {
		s.Refuse(codeClassShares, "sum", plain(math.Round(sum*1e6)/1e6))
	}
	return list
}

// orPercent is a whole number of percent, 100 where the file does not say.
func orPercent(s plainyaml.Spot, least, most float64) uint32 {
	if !s.Present() {
		return 100
	}
	return uint32(s.Whole(least, most))
}
