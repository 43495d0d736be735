package assign

import (
	"context"
	"errors"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// ErrOtherDay says that a snapshot is of another day than the problem; Onto carries it over.
var ErrOtherDay = errors.New("the snapshot is of another day")

// Resume plays a problem on from a snapshot of its day until a time, at most to
// the end of its horizon. People keep to what they chose, but for those whom a
// change of the service leaves without: who wait for what will not come, and who
// have not set off to it. The Outcome is that of the whole day, at the time with who waits then in
// state LastGone and who is under way in Walking. From a snapshot of the same
// problem to its end it is what Load gives. Snapshots are those from At on.
func Resume(ctx context.Context, p *Problem, s *Snapshot, until transit.Seconds, progress Progress) (*Outcome, error) {
	if !s.of(p) {
		return nil, ErrOtherDay
	}
	if progress == nil {
		progress = func(string, int, int) {}
	}
	l, g := s.loading(p)
	l.mend()
	if s.changed {
		if err := l.chooseAnew(ctx, g); err != nil {
			return nil, err
		}
	}
	end := min(until, p.Day.Horizon.Length)
	if end == p.Day.Horizon.Length {
		until = never
	}
	if err := l.play(ctx, until, func(done, total int) { progress(Stage, done, total) }); err != nil {
		return nil, err
	}
	l.finish(end)
	if n := len(l.out.Course); n > 0 {
		l.out.Course[n-1].Denied = l.out.denials()
	}
	if end < p.Day.Horizon.Length {
		l.recall(end)
	}
	return l.out, nil
}

// of reports whether a snapshot is of a problem's day and people.
func (s *Snapshot) of(p *Problem) bool {
	return s.sameDay(p.Day) && slices.Equal(s.Travellers.Key, p.Travellers.Key)
}

func (s *Snapshot) sameDay(day *transit.Day) bool {
	d := s.Day
	return d == day || d.Horizon == day.Horizon && slices.Equal(d.Trip, day.Trip) && slices.Equal(d.Date, day.Date) &&
		slices.Equal(d.Start, day.Start) && slices.Equal(d.Stop, day.Stop)
}

// loading is the play of a problem as a snapshot left it, on its ground.
func (s *Snapshot) loading(p *Problem) (*loading, *ground) {
	l := s.held.clone()
	l.problem, l.since, l.marks = p, s.At, marks(p, s.At)
	l.people.are(p.Travellers)
	calls := newCalls(p)
	l.hopes = newHopes(p, l.plans, calls)
	for _, v := range l.out.Departed {
		l.hopes.gone[v] = true
	}
	known := l.known
	expected := l.hear(s.expected)
	g := newGround(p, l.known, calls)
	if !s.changed && l.known == known {
		g.guides.advice = s.advice
		g.guides.advice = g.guides.told()
	}
	l.feet, l.guides = g.feet, g.guides
	l.tl = journey.NewTimeline(expected, p.Day.Depart, len(p.Network.Timetable.Stops.ID))
	return l, g
}

// recall takes back what lies past the end of a play that ended early.
func (l *loading) recall(end transit.Seconds) {
	o := l.out
	for t, state := range o.State {
		if state == Arrived && o.End[t] >= end {
			o.State[t], o.End[t] = Walking, demand.Free
		}
		if o.Set[t] >= end {
			o.Set[t] = demand.Free
		}
	}
}
