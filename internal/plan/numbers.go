package plan

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// weightNumbers are the values of the choice of journey, with their origin.
func weightNumbers(w journey.Weights) []basis.Number {
	times := func(c journey.Cost) string { return strconv.FormatFloat(float64(c)/100, 'f', -1, 64) }
	const cincinnati = "logit of mode choice, Cincinnati: wait -0.0409 against -0.0248 per minute on board"
	return []basis.Number{
		{ID: "weight_walk", Value: times(w.Walk), Unit: "min/min", Kind: basis.Standard, Source: "walking is felt as 2.0 to 3.5 minutes on board; the lowest of the range"},
		{ID: "weight_wait", Value: times(w.Wait), Unit: "min/min", Kind: basis.Fact, Source: cincinnati},
		{ID: "patience", Value: minutes(w.Patience), Unit: "min", Kind: basis.Assumption, Source: "of a longer wait each minute more counts as one on board: it is spent on something else"},
		{ID: "stranded", Value: minutes(w.Stranded), Unit: "min", Kind: basis.Assumption, Source: "minutes on board that the way home is worth which people find whom no vehicle takes any more"},
		{ID: "transfer_penalty", Value: minutes(w.Change), Unit: "min", Kind: basis.Standard, Source: "5 to 10 minutes on board a change; the lowest of the range"},
		{ID: "early_cost", Value: times(w.Early), Unit: "min/min", Kind: basis.Standard, Source: "Small 1982, schedule delay early against travel time"},
		{ID: "late_cost", Value: times(w.Late), Unit: "min/min", Kind: basis.Standard, Source: "Small 1982, schedule delay late against travel time"},
		{ID: "tolerance", Value: minutes(w.Eager), Unit: "min", Kind: basis.Assumption, Source: "people board what is there unless waiting saves more than this"},
		{ID: "taste", Value: minutes(w.Spread), Unit: "min", Kind: basis.Assumption, Source: "scale of the unknown part of the choice of a boarding place"},
		{ID: "buffer", Value: minutes(w.Buffer), Unit: "min", Kind: basis.Assumption, Source: "those who know the timetable come to the stop so long before"},
	}
}

// eventNumbers are the event's own values, with the origin that its file states.
func eventNumbers(e *demand.Event) []basis.Number {
	out := []basis.Number{sourced(e, "transit_share", basis.Number{ID: "transit_share", Value: percent(e.TransitShare), Unit: "%"})}
	for i, s := range e.Sessions {
		field := fmt.Sprintf("sessions[%d].", i)
		out = append(out,
			sourced(e, field+"attendance", basis.Number{ID: "attendance", Subject: s.Name, Value: strconv.Itoa(int(s.Attendance)), Unit: "people"}),
			sourced(e, field+"arrive", profileNumber("arrival_profile", s.Name, s.Arrive, demand.Arriving)),
			sourced(e, field+"leave", profileNumber("leaving_profile", s.Name, s.Leave, demand.Leaving)))
	}
	out = append(out, spanNumbers(e)...)
	out = append(out, originNumbers(e)...)
	out = append(out, classNumbers(e, "travellers.event", "", e.Classes)...)
	return append(out, everydayNumbers(e)...)
}

func originNumbers(e *demand.Event) []basis.Number {
	out := []basis.Number{
		sourced(e, "origins.residents.share", basis.Number{ID: "origin_residents", Value: percent(e.Origins.Residents), Unit: "%"}),
		sourced(e, "origins.residents.decay_per_min", basis.Number{ID: "gravity_decay", Value: plain(e.Origins.DecayPerMin), Unit: "1/min"}),
		sourced(e, "origins.residents.speed_m_per_min", basis.Number{ID: "gravity_speed", Value: plain(e.Origins.MetersPerMin), Unit: "m/min"}),
	}
	for i, v := range e.Origins.FromVenues {
		number := basis.Number{ID: "origin_venue", Subject: v.Venue, Value: percent(v.Share), Unit: "%"}
		out = append(out, sourced(e, fmt.Sprintf("origins.venues[%d].share", i), number))
	}
	for i, a := range e.Origins.FromAreas {
		number := basis.Number{ID: "origin_area", Subject: a.Name, Value: percent(a.Share), Unit: "%"}
		out = append(out, sourced(e, fmt.Sprintf("origins.areas[%d].share", i), number))
	}
	return out
}

// sourced adds where a number comes from: what the event file says of its
// field, else what it says of the part that holds the field, else an assumption.
func sourced(e *demand.Event, field string, n basis.Number) basis.Number {
	for _, s := range e.Sources {
		if s.Field == field || strings.HasPrefix(field, s.Field+".") || strings.HasPrefix(field, s.Field+"[") {
			n.Kind, n.Source = basis.Kind(s.Kind), s.Source
			if s.Field == field {
				return n
			}
		}
	}
	if n.Kind == "" {
		n.Kind = basis.Assumption
	}
	return n
}

// profileNumber writes a profile as minutes and shares; one that is known by
// name brings its own source.
func profileNumber(id, session string, p demand.Profile, way demand.Way) basis.Number {
	n := basis.Number{ID: id, Subject: session, Value: profileText(p), Unit: "min: %"}
	for _, named := range demand.NamedProfiles() {
		if named.Way == way && slices.Equal(named.Profile, p) {
			n.Kind, n.Source = basis.Kind(named.Kind), named.Source
		}
	}
	return n
}

func profileText(p demand.Profile) string {
	parts := make([]string, len(p))
	for i, point := range p {
		parts[i] = fmt.Sprintf("%d: %s", point.At/transit.Minute, percent(point.Share))
	}
	return strings.Join(parts, ", ")
}

// percent writes a share in percent with at most one decimal.
func percent(share float64) string {
	return strconv.FormatFloat(math.Round(share*1000)/10, 'f', -1, 64)
}

func plain(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }
