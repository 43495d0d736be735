package eventfile

import (
	"github.com/qala-city/qala/internal/plainyaml"
	"github.com/qala-city/qala/internal/scenario"
)

// modifications are the changes of service in the file's order.
func modifications(s plainyaml.Spot) []scenario.Modification {
	var list []scenario.Modification
	for _, item := range s.List() {
		if m := modification(item); m != nil {
			list = append(list, m)
		}
	}
	return list
}

// modification reads a map with one key, the modification's kind.
func modification(s plainyaml.Spot) scenario.Modification {
	before := s.Mistakes()
	o := s.Object("extra_trips", "headway", "cancel_trip")
	kinds := o.Keys()
	if len(kinds) != 1 {
		if s.IsMap() && s.Mistakes() == before {
			s.Refuse(codeOneKind)
		}
		return nil
	}
	body := o.Need(kinds[0])
	switch kinds[0] {
	case "extra_trips":
		return scenario.ExtraTrips(service(body))
	case "headway":
		return service(body)
	default:
		return cancelTrip(body)
	}
}

// service reads the words that extra_trips and headway share.
func service(s plainyaml.Spot) scenario.ChangeHeadway {
	o := s.Object("route", "direction", "from", "to", "every", "note")
	m := scenario.ChangeHeadway{
		Route: o.Need("route").Word(), Direction: direction(o.May("direction")),
		Every: duration(o.Need("every")), Note: o.May("note").Text(),
	}
	from, begins := clock(o.Need("from"))
	to, ends := clock(o.Need("to"))
	m.From, m.To = from, to
	switch {
	case begins && ends && to <= from:
		o.Need("to").Refuse(codeEndBefore, "start", from.Clock())
	case begins && ends && m.Every > to-from:
		o.Need("every").Warn(codeOneDeparture, "window", (to - from).Clock())
	}
	return m
}

// direction is 0 or 1, or -1 for both where the file does not say.
func direction(s plainyaml.Spot) int {
	if !s.Present() {
		return -1
	}
	return int(s.Whole(0, 1))
}

func cancelTrip(s plainyaml.Spot) scenario.Modification {
	o := s.Object("trip", "start", "note")
	m := scenario.CancelTrip{Trip: o.Need("trip").Word(), Start: scenario.All, Note: o.May("note").Text()}
	if at := o.May("start"); at.Present() {
		m.Start, _ = clock(at)
	}
	return m
}
