package eventfile

import (
	"math"
	"strings"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/plainyaml"
	"github.com/qala-city/qala/internal/transit"
)

// mostPeople is the largest attendance of one session.
const mostPeople = 10_000_000

// sessions are the sittings of the event; at least one.
func sessions(s plainyaml.Spot) []demand.Session {
	items := s.List()
	if s.Present() && len(items) == 0 && s.IsList() {
		s.Refuse(codeEmptyList)
	}
	list := make([]demand.Session, len(items))
	for i, item := range items {
		list[i] = session(item)
	}
	return list
}

func session(s plainyaml.Spot) demand.Session {
	o := s.Object("name", "start", "end", "attendance", "arrive", "leave")
	start, started := clock(o.Need("start"))
	end, ended := clock(o.Need("end"))
	if started && ended && end <= start {
		o.Need("end").Refuse(codeEndBefore, "start", start.Clock())
	}
	attendance, span := people(o.Need("attendance"))
	return demand.Session{
		Name: o.May("name").Text(), Start: start, End: end,
		Attendance: attendance, AttendanceSpan: span,
		Arrive: profile(o.Need("arrive"), demand.Arriving),
		Leave:  profile(o.Need("leave"), demand.Leaving),
	}
}

// profile is a named profile, or points written out.
func profile(s plainyaml.Spot, way demand.Way) demand.Profile {
	if !s.Present() || s.IsList() {
		return points(s)
	}
	name := s.Word()
	named, ok := demand.FindProfile(name, way)
	if !ok && name != "" {
		s.Refuse(codeProfileName, "known", strings.Join(profileNames(way), ", "))
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
func points(s plainyaml.Spot) demand.Profile {
	items := s.List()
	if s.Present() && len(items) == 0 {
		s.Refuse(codeEmptyList)
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
		items[len(items)-1].Refuse(codeProfileEnd, "share", plain(list[len(list)-1].Share))
	}
	return list
}

// point is one pair: minutes, within a day either way, and a share.
func point(s plainyaml.Spot) (demand.ProfilePoint, bool) {
	pair := s.List()
	if len(pair) != 2 {
		if s.IsList() {
			s.Refuse(codeProfilePoint)
		}
		return demand.ProfilePoint{}, false
	}
	before := s.Mistakes()
	minutes, share := pair[0].Number(-1440, 1440), pair[1].Number(0, 1)
	seconds := transit.Seconds(math.Round(minutes * 60))
	return demand.ProfilePoint{At: seconds, Share: share}, s.Mistakes() == before
}

// follows refuses a point that is not later than the one before it, or has a lower share.
func follows(s plainyaml.Spot, before, p demand.ProfilePoint) {
	if p.At <= before.At {
		s.Refuse(codeProfileTimes, "before", minutesOf(before.At), "minutes", minutesOf(p.At))
	}
	if p.Share < before.Share {
		s.Refuse(codeProfileFalls, "before", plain(before.Share), "share", plain(p.Share))
	}
}

func minutesOf(at transit.Seconds) string { return plain(float64(at) / 60) }
