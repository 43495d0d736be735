package eventfile

import (
	"github.com/qala-city/qala/internal/plainyaml"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
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
	o := s.Object("extra_trips", "headway", "cancel_trip", "vehicles", "close_stop", "close_street", "short_turn", "shuttle", "meter")
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
	case "vehicles":
		return vehicles(body)
	case "close_stop":
		return closeStop(body)
	case "close_street":
		return closeStreet(body)
	case "short_turn":
		return shortTurn(body)
	case "shuttle":
		return shuttle(body)
	case "meter":
		return meter(body)
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
	from, to, sound := stretch(o)
	m.From, m.To = from, to
	if sound && m.Every > to-from {
		o.Need("every").Warn(codeOneDeparture, "window", (m.To - m.From).Clock())
	}
	return m
}

// stretch is a time from which on and one until which; sound is false where it makes no sense.
func stretch(o plainyaml.Object) (from, to transit.Seconds, sound bool) {
	from, begins := clock(o.Need("from"))
	to, ends := clock(o.Need("to"))
	if begins && ends && to <= from {
		o.Need("to").Refuse(codeEndBefore, "start", from.Clock())
		return from, to, false
	}
	return from, to, begins && ends
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
