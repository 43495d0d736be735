package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
)

// queuesView is the stops with the longest queues.
type queuesView struct {
	Stops    []queueView
	More     string
	Stranded bool // whether anybody waits there in vain
}

// queueView is one stop with its queue drawn small.
type queueView struct {
	Index                                                      int // in the charts' data
	Name, Longest, At, Wait, Denied, Stranded, Boardings, Line string
}

// queueRows is how many stops the page shows; stops.csv has them all.
const queueRows = 15

func (d *desk) queues() queuesView {
	queued := queuedStops(d.e.Stops)
	view := queuesView{}
	from, to := minuteSpan(queued)
	for i, s := range queued[:min(queueRows, len(queued))] {
		view.Stops = append(view.Stops, d.queueView(i, s, from, to))
		view.Stranded = view.Stranded || s.Stranded > 0
	}
	if rest := len(queued) - queueRows; rest > 0 {
		view.More = d.say.Say("queues.more", map[string]any{"count": rest})
	}
	return view
}

// queuedStops are the stops where somebody waited or was left behind, longest queue first.
func queuedStops(stops []evaluation.Stop) []evaluation.Stop {
	var queued []evaluation.Stop
	for _, s := range stops {
		if s.MaxQueue > 0 || s.Denied > 0 || s.Stranded > 0 {
			queued = append(queued, s)
		}
	}
	slices.SortStableFunc(queued, func(a, b evaluation.Stop) int {
		return cmp.Or(b.MaxQueue-a.MaxQueue, b.Denied-a.Denied, strings.Compare(a.ID, b.ID))
	})
	return queued
}

func (d *desk) queueView(index int, s evaluation.Stop, from, to int) queueView {
	v := queueView{
		Index: index, Name: d.boarding(s.ID), Longest: d.say.Number(s.MaxQueue), Wait: d.say.Duration(s.MaxWait),
		Denied: d.say.Number(s.Denied), Stranded: d.say.Number(s.Stranded),
		Boardings: d.say.Number(s.Boardings), Line: spark(s.Minutes, from, to),
	}
	if at, found := longestAt(s.Minutes); found {
		v.At = d.clock((at + 1) * 60) // a queue is that of the minute's end
	}
	return v
}

func longestAt(minutes []evaluation.Minute) (minute int, found bool) {
	longest := 0
	for _, m := range minutes {
		if m.Queue > longest {
			longest, minute, found = m.Queue, m.Minute, true
		}
	}
	return minute, found
}

// minuteSpan is the first and the last minute in which any of the stops has a
// queue worth drawing: a fiftieth of the longest.
func minuteSpan(stops []evaluation.Stop) (from, to int) {
	longest, first := 0, true
	for _, s := range stops {
		longest = max(longest, s.MaxQueue)
	}
	for _, s := range stops {
		for _, m := range s.Minutes {
			if m.Queue*50 < longest {
				continue
			}
			if first {
				from, to, first = m.Minute, m.Minute, false
			}
			from, to = min(from, m.Minute), max(to, m.Minute)
		}
	}
	return from, to
}

// Size of a small drawing, in its own units.
const sparkWidth, sparkHeight = 160, 24

// spark is the path of a queue over the minutes from..to, as tall as the stop's
// longest queue; "" without one.
func spark(minutes []evaluation.Minute, from, to int) string {
	longest := 0
	for _, m := range minutes {
		longest = max(longest, m.Queue)
	}
	return sparkUnder(longest, minutes, from, to)
}

// sparkUnder is spark on a scale that ends at longest.
func sparkUnder(longest int, minutes []evaluation.Minute, from, to int) string {
	if longest == 0 || to <= from {
		return ""
	}
	x := func(minute int) int { return (minute - from) * sparkWidth / (to - from) }
	y := func(queue int) int { return sparkHeight - queue*(sparkHeight-2)/longest }
	var path strings.Builder
	last := from - 2
	for _, m := range minutes {
		if m.Minute < from || m.Minute > to {
			continue
		}
		if m.Minute != last+1 {
			closeSpark(&path, x(last))
			fmt.Fprintf(&path, "M%d %d", x(m.Minute), sparkHeight)
		}
		fmt.Fprintf(&path, "L%d %d", x(m.Minute), y(m.Queue))
		last = m.Minute
	}
	closeSpark(&path, x(last))
	return path.String()
}

// closeSpark brings an open piece of the path down to the ground.
func closeSpark(path *strings.Builder, x int) {
	if path.Len() > 0 {
		fmt.Fprintf(path, "L%d %dZ", x, sparkHeight)
	}
}
