package eventfile

import (
	"math"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// mostPeople is the largest attendance of one session.
const mostPeople = 10_000_000

// sessions are the sittings of the event; at least one.
func sessions(s spot) []demand.Session {
	items := s.list()
	if s.present() && len(items) == 0 && s.isList() {
		s.refuse(codeEmptyList)
	}
	list := make([]demand.Session, len(items))
	for i, item := range items {
		list[i] = session(item)
	}
	return list
}

func (s spot) isList() bool {
	_, ok := s.node.(*ast.SequenceNode)
	return ok
}

func session(s spot) demand.Session {
	o := s.object("name", "start", "end", "attendance", "arrive", "leave")
	start, started := o.need("start").clock()
	end, ended := o.need("end").clock()
	if started && ended && end <= start {
		o.need("end").refuse(codeEndBefore, "start", start.Clock())
	}
	return demand.Session{
		Name: o.may("name").text(), Start: start, End: end,
		Attendance: uint32(o.need("attendance").whole(1, mostPeople)),
		Arrive:     profile(o.need("arrive"), demand.Arriving),
		Leave:      profile(o.need("leave"), demand.Leaving),
	}
}

// profile is a named profile, or points written out.
func profile(s spot, way demand.Way) demand.Profile {
	if !s.present() || s.isList() {
		return points(s)
	}
	name := s.word()
	named, ok := demand.FindProfile(name, way)
	if !ok && name != "" {
		s.refuse(codeProfileName, "known", strings.Join(profileNames(way), ", "))
	}
	return named.Profile
}

func profileNames(way demand.Way) []string {
	var names []string
	for _, named := range demand.NamedProfiles() {
		if named.Way == way {
			names = append(names, named.Name)
		}
	}
	return names
}

// points are [minutes, share] pairs, checked against what a Profile promises.
func points(s spot) demand.Profile {
	items := s.list()
	if s.present() && len(items) == 0 {
		s.refuse(codeEmptyList)
	}
	list := make(demand.Profile, 0, len(items))
	for i, item := range items {
		p, ok := point(item)
		if !ok {
			return nil
		}
		if i > 0 {
			follows(item, list[i-1], p)
		}
		list = append(list, p)
	}
	if len(list) > 0 && math.Abs(list[len(list)-1].Share-1) > 1e-9 {
		items[len(items)-1].refuse(codeProfileEnd, "share", plain(list[len(list)-1].Share))
	}
	return list
}

// point is one pair: minutes, within a day either way, and a share.
func point(s spot) (demand.ProfilePoint, bool) {
	pair := s.list()
	if len(pair) != 2 {
		if s.isList() {
			s.refuse(codeProfilePoint)
		}
		return demand.ProfilePoint{}, false
	}
	before := s.r.mistakes()
	minutes, share := pair[0].number(-1440, 1440), pair[1].number(0, 1)
	seconds := transit.Seconds(math.Round(minutes * 60))
	return demand.ProfilePoint{At: seconds, Share: share}, s.r.mistakes() == before
}

// follows refuses a point that is not later than the one before it, or has a lower share.
func follows(s spot, before, p demand.ProfilePoint) {
	if p.At <= before.At {
		s.refuse(codeProfileTimes, "before", minutesOf(before.At), "minutes", minutesOf(p.At))
	}
	if p.Share < before.Share {
		s.refuse(codeProfileFalls, "before", plain(before.Share), "share", plain(p.Share))
	}
}

func minutesOf(at transit.Seconds) string { return plain(float64(at) / 60) }
