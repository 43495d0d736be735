package main

import (
	"time"

	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// legTold is a leg as the JSON answer and GeoJSON have it.
type legTold struct {
	Mode     string `json:"mode"` // walk or ride
	From     string `json:"from"` // a stop's id, or the end as it was written
	FromName string `json:"from_name"`
	To       string `json:"to"`
	ToName   string `json:"to_name"`
	Depart   string `json:"depart"`
	Arrive   string `json:"arrive"`
	Seconds  int    `json:"seconds"`
	Route    string `json:"route,omitempty"`
	Line     string `json:"line,omitempty"`
	Headsign string `json:"headsign,omitempty"`
	Trip     string `json:"trip,omitempty"`
	// Drawn vehicles have a headway and no times: this one's is an example.
	Drawn bool `json:"drawn,omitempty"`
}

// journeyTold is a journey as the JSON answer has it.
type journeyTold struct {
	Depart      string    `json:"depart"`
	Arrive      string    `json:"arrive"`
	Seconds     int       `json:"seconds"`
	Boardings   int       `json:"boardings"`
	WalkSeconds int       `json:"walk_seconds"`
	CostSeconds int64     `json:"cost_seconds,omitempty"` // alternatives only
	Legs        []legTold `json:"legs"`
}

// tellJourneys prints journeys, one after the other.
func (h *house) tellJourneys(a *asked, journeys []journey.Journey, from, to endpoint) {
	lang := h.words.Language()
	told := []journeyTold{}
	for i := range journeys {
		told = append(told, a.journeyTold(&journeys[i], from, to, lang))
	}
	h.answer.Summary = map[string]any{
		"city": a.net.City.ID, "date": a.date.String(), "from": from.named, "to": to.named,
		"steps_known": a.stepsKnown(), "journeys": told, "work": map[string]uint64{"scanned": a.search.Work.Scanned, "relaxed": a.search.Work.Relaxed},
	}
	h.say("%s → %s, %s", from.name(lang), to.name(lang), a.date)
	if len(journeys) == 0 {
		h.say("%s", h.words.Say("cli.journey.none", nil))
	}
	for i := range journeys {
		h.tellJourney(a, &journeys[i], told[i].Legs)
	}
}

func (h *house) tellJourney(a *asked, j *journey.Journey, legs []legTold) {
	h.say("")
	h.say("%s", h.words.Say("cli.journey.head", map[string]any{
		"depart": h.at(j.Depart), "arrive": h.at(j.Arrive), "duration": h.words.Duration(int(j.Arrive - j.Depart)),
		"count": max(j.Boardings-1, 0), "walk": h.words.Duration(int(j.Walk)),
	}))
	for i, l := range j.Legs {
		args := map[string]any{
			"from": legs[i].FromName, "to": legs[i].ToName, "line": legs[i].Line,
			"arrive": h.at(l.Arrive), "duration": h.words.Duration(int(l.Arrive - l.Depart)),
		}
		told := h.words.Say("cli.journey.ride", args)
		if l.Walk {
			told = h.words.Say("cli.journey.walk", args)
		}
		if legs[i].Drawn {
			told += "  " + h.words.Say("cli.journey.drawn", nil)
		}
		h.say("  %s  %s", h.at(l.Depart), told)
	}
}

// at is a second of the day as a clock shows it.
func (h *house) at(s transit.Seconds) string { return h.words.Clock(int(s)) }

// stamp is a second of the day with its date and its offset from UTC.
func (a *asked) stamp(s transit.Seconds) string {
	return time.Unix(a.day.Horizon.Start+int64(s), 0).In(a.zone).Format(time.RFC3339)
}

func (a *asked) journeyTold(j *journey.Journey, from, to endpoint, lang string) journeyTold {
	told := journeyTold{
		Depart: a.stamp(j.Depart), Arrive: a.stamp(j.Arrive), Seconds: int(j.Arrive - j.Depart),
		Boardings: j.Boardings, WalkSeconds: int(j.Walk), CostSeconds: (j.Cost + 50) / 100, Legs: []legTold{},
	}
	for _, l := range j.Legs {
		told.Legs = append(told.Legs, a.legTold(l, from, to, lang))
	}
	return told
}

func (a *asked) legTold(l journey.Leg, from, to endpoint, lang string) legTold {
	told := legTold{Mode: "walk", Depart: a.stamp(l.Depart), Arrive: a.stamp(l.Arrive), Seconds: int(l.Arrive - l.Depart)}
	told.From, told.FromName = a.stopTold(l.From, from, lang)
	told.To, told.ToName = a.stopTold(l.To, to, lang)
	if l.Walk {
		return told
	}
	tt, trip := a.net.Timetable, a.day.Trip[l.Trip]
	route := tt.RouteOf(trip)
	told.Mode, told.Route, told.Line = "ride", string(tt.Routes.ID[route]), tt.Routes.Name[route]
	told.Headsign, told.Trip, told.Drawn = tt.Trips.Headsign[trip], string(tt.Trips.ID[trip]), tt.Inexact(trip)
	return told
}

// stopTold is a stop by id and name, or the end in its place.
func (a *asked) stopTold(s transit.Stop, end endpoint, lang string) (id, name string) {
	if uint32(s) == transit.None {
		return end.named, end.name(lang)
	}
	tt := a.net.Timetable
	name = tt.Stops.Name[s]
	if translated := tt.Translated(name)[lang]; translated != "" {
		name = translated
	}
	return string(tt.Stops.ID[s]), name
}
