package plan

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/demand"
)

// classNumbers are the kinds of people among some travellers; field is where the
// event file tells them, and before stands before the ids of the numbers.
func classNumbers(e *demand.Event, field, before string, classes []demand.ClassShare) []basis.Number {
	informed, stepFree := 0.0, 0.0
	var out []basis.Number
	for i, c := range classes {
		at := fmt.Sprintf("%s[%d]", field, i)
		if c.Informed {
			informed += c.Share
		}
		if c.StepFree {
			stepFree += c.Share
		}
		if c.Speed != 100 {
			out = append(out, sourced(e, at, basis.Number{ID: before + "class_speed", Subject: c.Name, Value: strconv.Itoa(int(c.Speed)), Unit: "%"}))
		}
		if c.Crowding != 100 {
			out = append(out, sourced(e, at, basis.Number{ID: before + "class_crowding", Subject: c.Name, Value: strconv.Itoa(int(c.Crowding)), Unit: "%"}))
		}
	}
	if len(classes) == 0 {
		informed = 1
	}
	why := "a working value: some know the venue and its queues, others do not"
	if before != "" {
		why = "a working value: who travels every day knows the queues"
	}
	first := []basis.Number{sourced(e, field, basis.Number{ID: before + "informed", Value: percent(informed), Unit: "%", Source: why})}
	if stepFree > 0 {
		first = append(first, sourced(e, field, basis.Number{ID: before + "step_free", Value: percent(stepFree), Unit: "%"}))
	}
	return append(first, out...)
}

// spanNumbers are what the event's size may be besides its most likely values.
func spanNumbers(e *demand.Event) []basis.Number {
	var out []basis.Number
	for i, s := range e.Sessions {
		if span := s.AttendanceSpan; span.Given() {
			value := plain(span.Low) + "–" + plain(span.High)
			out = append(out, sourced(e, fmt.Sprintf("sessions[%d].attendance", i), basis.Number{ID: "attendance_span", Subject: s.Name, Value: value, Unit: "people"}))
		}
	}
	if span := e.ShareSpan; span.Given() {
		value := percent(span.Low) + "–" + percent(span.High)
		out = append(out, sourced(e, "transit_share", basis.Number{ID: "transit_share_span", Value: value, Unit: "%"}))
	}
	return out
}

// everydayNumbers are what the other travellers rest on.
func everydayNumbers(event *demand.Event) []basis.Number {
	e := &event.Everyday
	if e.Journeys == 0 {
		return nil
	}
	whole := func(n uint64) string { return strconv.FormatUint(n, 10) }
	out := []basis.Number{
		sourced(event, "background.journeys", basis.Number{ID: "others_journeys", Value: whole(uint64(e.Journeys)), Unit: "people"}),
		hoursNumber(event),
		sourced(event, "background.returns", basis.Number{ID: "others_returns", Value: percent(e.Returns), Unit: "%"}),
		sourced(event, "background.by_arrival", basis.Number{ID: "others_by_arrival", Value: percent(e.Timed), Unit: "%"}),
		sourced(event, "background.decay_per_min", basis.Number{ID: "others_decay", Value: plain(e.DecayPerMin), Unit: "1/min"}),
		sourced(event, "background.speed_m_per_min", basis.Number{ID: "others_speed", Value: plain(e.MetersPerMin), Unit: "m/min"}),
		sourced(event, "background.least_m", basis.Number{ID: "others_least", Value: plain(e.LeastMeters), Unit: "m"}),
		sourced(event, "background.service_elasticity", elasticityNumber(e.ServiceElasticity)),
		{ID: "others_attraction", Kind: basis.Assumption, Source: "the departures of the day from the stops around a place stand for what there is to do there"},
	}
	if counted := e.Counted(); counted > 0 {
		out = append(out,
			sourced(event, "background.entries", basis.Number{ID: "others_entries", Value: whole(counted), Unit: "people"}),
			sourced(event, "background.entries.walk_m", basis.Number{ID: "others_walk", Value: plain(e.EntriesMeters), Unit: "m"}))
	}
	return append(out, classNumbers(event, "travellers.background", "others_", e.Classes)...)
}

func elasticityNumber(e float64) basis.Number {
	n := basis.Number{ID: "others_elasticity", Value: plain(e)}
	if e == 0.5 {
		n.Kind, n.Source = basis.Standard, "TRL 2004, The demand for public transport: bus demand against service, 0.38 in the short run and 0.66 in the long; between them"
	}
	return n
}

// hoursNumber is the course of the day; one that is known by name brings its own source.
func hoursNumber(event *demand.Event) basis.Number {
	n := basis.Number{ID: "others_hours"}
	var parts []string
	for hour, share := range event.Everyday.Hours {
		if share > 0 {
			parts = append(parts, fmt.Sprintf("%d: %s", hour, percent(share)))
		}
	}
	n.Value = strings.Join(parts, ", ")
	for _, day := range demand.NamedDays() {
		if day.Hours == event.Everyday.Hours {
			n.Kind, n.Source = basis.Kind(day.Kind), day.Source
		}
	}
	field := "background.hours"
	if n.Kind == "" {
		field = "background.hourly"
	}
	return sourced(event, field, n)
}
