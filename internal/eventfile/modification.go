package eventfile

import (
	"maps"
	"slices"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

// modifications are the changes of service in the file's order.
func modifications(s spot) []scenario.Modification {
	var list []scenario.Modification
	for _, item := range s.list() {
		if m := modification(item); m != nil {
			list = append(list, m)
		}
	}
	return list
}

// modification reads a map with one key, the modification's kind.
func modification(s spot) scenario.Modification {
	o := s.object("extra_trips", "headway", "cancel_trip")
	kinds := slices.Sorted(maps.Keys(o.values))
	if pairs, _ := s.pairs(); !o.broken && len(pairs) != 1 {
		s.refuse(codeOneKind)
	}
	if len(kinds) != 1 {
		return nil
	}
	body := o.values[kinds[0]]
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
func service(s spot) scenario.ChangeHeadway {
	o := s.object("route", "direction", "from", "to", "every", "note")
	m := scenario.ChangeHeadway{
		Route: o.need("route").word(), Direction: direction(o.may("direction")),
		Every: o.need("every").duration(), Note: o.may("note").text(),
	}
	from, begins := o.need("from").clock()
	to, ends := o.need("to").clock()
	m.From, m.To = from, to
	switch {
	case begins && ends && to <= from:
		o.need("to").refuse(codeEndBefore, "start", from.Clock())
	case begins && ends && m.Every > to-from:
		warnLonger(o.need("every"), to-from)
	}
	return m
}

// warnLonger says that a headway leaves but one departure in its window.
func warnLonger(s spot, window transit.Seconds) {
	s.r.log.Add(finding.Finding{
		Level: finding.Warning, Code: codeNothingChanges, File: s.r.name, Line: s.line, Field: s.field,
		Value: s.written(), Args: map[string]string{"window": window.Clock()},
	})
}

// direction is 0 or 1, or -1 for both where the file does not say.
func direction(s spot) int {
	if !s.present() {
		return -1
	}
	value, ok := s.float()
	if !ok || (value != 0 && value != 1) {
		s.refuse(codeChoice, "choices", "0, 1")
		return -1
	}
	return int(value)
}

func cancelTrip(s spot) scenario.Modification {
	o := s.object("trip", "start", "note")
	m := scenario.CancelTrip{Trip: o.need("trip").word(), Start: scenario.All, Note: o.may("note").text()}
	if at := o.may("start"); at.present() {
		m.Start, _ = at.clock()
	}
	return m
}
