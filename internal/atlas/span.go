package atlas

import (
	"math"
	"time"
)

// Span is a stretch of time from From on and before To, in Unix seconds; one
// second where both are the same. The zero Span is no time at all.
type Span struct{ From, To int64 }

// The ends of an open Span.
const (
	Earliest = math.MinInt64
	Latest   = math.MaxInt64
)

// Empty reports whether it is no time at all.
func (s Span) Empty() bool { return s == Span{} }

// meets reports whether both have a second in common.
func (s Span) meets(o Span) bool { return s.From < o.end() && o.From < s.end() }

func (s Span) end() int64 {
	if s.To == s.From && s.To < Latest {
		return s.To + 1
	}
	return s.To
}

// clock counts seconds from the start of a run.
type clock struct {
	start time.Time
	runs  bool // false: nobody knows when the run started
}

func clockOf(start string) clock {
	t, err := time.Parse(time.RFC3339, start)
	return clock{t, err == nil}
}

// span is a stretch of a run.
func (c clock) span(from, to int) Span {
	if !c.runs {
		return Span{}
	}
	return Span{c.start.Unix() + int64(from), c.start.Unix() + int64(to)}
}

// stamp is a moment of a run as RFC 3339 has it; "" when not known.
func (c clock) stamp(at int) string {
	if !c.runs || at < 0 {
		return ""
	}
	return c.start.Add(time.Duration(at) * time.Second).Format(time.RFC3339)
}
