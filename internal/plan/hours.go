package plan

import (
	"slices"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/transit"
)

const hourSeconds = int(transit.Hour)

// hours sets for one stop, by clock hour from one second to another, who came
// against what left.
func (d *day) hours(s evaluation.Stop, from, to int) []evaluation.Hour {
	first, last := from/hourSeconds, max(to-1, from)/hourSeconds
	out := make([]evaluation.Hour, last-first+1)
	for i := range out {
		out[i] = evaluation.Hour{From: (first + i) * hourSeconds, Waiting: waitingAt(s, (first+i+1)*hourSeconds), Lines: []evaluation.HourLine{}}
		for _, ref := range s.Lines {
			out[i].Lines = append(out[i].Lines, evaluation.HourLine{LineRef: ref})
		}
	}
	hour := func(at transit.Seconds) *evaluation.Hour {
		if i := int(at)/hourSeconds - first; i >= 0 && i < len(out) {
			return &out[i]
		}
		return nil
	}
	d.countJoined(s.ID, hour)
	d.countOffered(s, hour)
	return out
}

// waitingAt is the queue of a stop at a full minute.
func waitingAt(s evaluation.Stop, second int) int {
	i, found := slices.BinarySearchFunc(s.Minutes, second/60-1, func(m evaluation.Minute, minute int) int { return m.Minute - minute })
	if !found {
		return 0
	}
	return s.Minutes[i].Queue
}

// countJoined counts the people who came to a stop's queue.
func (d *day) countJoined(stop string, hour func(transit.Seconds) *evaluation.Hour) {
	ids, day, o := d.net.Timetable.Stops.ID, d.problem.Day, d.outcome
	count := func(s transit.Stop, at transit.Seconds) {
		if string(ids[s]) != stop {
			return
		}
		if h := hour(at); h != nil {
			h.Joined++
		}
	}
	for _, leg := range o.Legs {
		count(day.Stop[leg.On], leg.Join)
	}
	for _, t := range o.Thoughts {
		count(t.Stop, t.Since)
	}
	for i, state := range o.State {
		if state == assign.LastGone {
			count(o.Stop[i], o.Join[i])
		}
	}
}

// countOffered counts what the lines that people board at a stop offered there.
// Departures come in order of time, so the last of an hour leaves its mark.
func (d *day) countOffered(s evaluation.Stop, hour func(transit.Seconds) *evaluation.Hour) {
	day, o, tt := d.problem.Day, d.outcome, d.net.Timetable
	left := map[*evaluation.HourLine]int{}
	for _, v := range o.Departed {
		h := hour(o.Depart[v])
		if h == nil || string(tt.Stops.ID[day.Stop[v]]) != s.ID || !day.Within(o.Depart[v]) {
			continue
		}
		key := d.keyOf(v)
		i := slices.Index(s.Lines, evaluation.LineRef{Route: string(tt.Routes.ID[key.route]), Direction: int(key.direction)})
		if i < 0 {
			continue
		}
		line := &h.Lines[i]
		line.Departures++
		line.Places += int(d.room(v)) - int(o.Load[v]) + int(o.Boarded[v])
		line.Boarded += int(o.Boarded[v])
		left[line] = int(o.Denied[v])
		h.LeftBehind = 0
		for j := range h.Lines {
			h.LeftBehind = max(h.LeftBehind, left[&h.Lines[j]])
		}
		h.LeftBehind = min(h.LeftBehind, h.Waiting) // others may have taken them since
	}
}
