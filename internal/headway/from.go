package headway

import (
	"fmt"
	"slices"
	"sort"
	"time"

	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// From makes a Problem of what a network runs within a stretch of time. Each
// pattern with a departure in it is a line. Its headway is the stretch over the
// departures that its stops see, in the mean over the stops: those of exact trips
// are counted, those of inexact frequencies are what their headway promises.
// Times on board are means over the same departures. An error tells a time zone
// that is not known.
func From(n *network.Network, h transit.Horizon, w Weights) (*Problem, error) {
	c, err := newCount(n.Timetable, h)
	if err != nil {
		return nil, err
	}
	for t := range n.Timetable.Trips.ID {
		c.addTrip(transit.Trip(t))
	}
	return &Problem{Stops: len(n.Timetable.Stops.ID), Lines: c.lines(), Transfers: n.Transfers, Weights: w}, nil
}

// count adds up the departures of each pattern.
type count struct {
	tt      *transit.Timetable
	horizon transit.Horizon
	zones   []*time.Location // by agency

	departures []float64 // by pattern, in the mean over its stops
	ride       []float64 // by place: seconds to the next, times the departures
	stand      []float64
}

func newCount(tt *transit.Timetable, h transit.Horizon) (*count, error) {
	c := &count{
		tt: tt, horizon: h, departures: make([]float64, len(tt.Patterns.Route)),
		ride: make([]float64, len(tt.Patterns.Stop)), stand: make([]float64, len(tt.Patterns.Stop)),
	}
	for a, name := range tt.Agencies.Zone {
		zone, err := time.LoadLocation(name)
		if err != nil {
			return nil, fmt.Errorf("agency %q: time zone %q: %w", tt.Agencies.ID[a], name, err)
		}
		c.zones = append(c.zones, zone)
	}
	return c, nil
}

// addTrip counts a trip on every date that could touch the horizon.
func (c *count) addTrip(t transit.Trip) {
	zone := c.zones[c.tt.Routes.Agency[c.tt.RouteOf(t)]]
	first := transit.Date((c.horizon.Start - 8*86400) / 86400) // a service day's clock may run for a week
	last := transit.Date((c.horizon.Start+int64(c.horizon.Length))/86400) + 1
	dates := c.tt.CalendarDates(c.tt.Trips.Calendar[t])
	from, _ := slices.BinarySearch(dates, first)
	for _, date := range dates[from:] {
		if date > last {
			return
		}
		c.addDate(t, date, transit.Seconds(date.Origin(zone)-c.horizon.Start))
	}
}

func (c *count) addDate(t transit.Trip, date transit.Date, origin transit.Seconds) {
	_, depart := c.tt.TripTimes(t)
	from, to := c.tt.TripFrequencies(t)
	if from == to {
		c.addStart(t, date, depart[0], origin)
	}
	for f := from; f < to; f++ {
		start, end, headway := c.tt.Frequencies.Start[f], c.tt.Frequencies.End[f], c.tt.Frequencies.Headway[f]
		if c.tt.Frequencies.Exact[f] {
			for ; start < end; start += headway {
				c.addStart(t, date, start, origin)
			}
			continue
		}
		for _, s := range c.remaining(t, date, span{start, end}) {
			c.add(t, s, origin, 1/float64(headway))
		}
	}
}

// addStart counts the departure of an exact trip, unless it is taken out.
func (c *count) addStart(t transit.Trip, date transit.Date, start, origin transit.Seconds) {
	if !c.tt.Canceled(t, date, start) {
		c.add(t, span{start, start + 1}, origin, 1)
	}
}

// span is a stretch of departures from a trip's first stop, its end left out.
type span struct{ from, to transit.Seconds }

// remaining is what cancellations leave of a span.
func (c *count) remaining(t transit.Trip, date transit.Date, s span) []span {
	var left []span
	gone := &c.tt.Cancellations
	i := sort.Search(len(gone.Trip), func(i int) bool {
		return gone.Trip[i] > t || gone.Trip[i] == t && gone.Date[i] >= date
	})
	for ; i < len(gone.Trip) && gone.Trip[i] == t && gone.Date[i] == date && s.from < s.to; i++ {
		if until := min(gone.From[i], s.to); until > s.from {
			left = append(left, span{s.from, until})
		}
		s.from = max(s.from, gone.To[i])
	}
	if s.from < s.to {
		left = append(left, s)
	}
	return left
}

// add counts the departures of a span, so many a second, as far as the stops
// of the trip see them within the horizon.
func (c *count) add(t transit.Trip, s span, origin transit.Seconds, perSecond float64) {
	arrive, depart := c.tt.TripTimes(t)
	last := len(depart) - 1
	if last < 1 {
		return
	}
	seen := transit.Seconds(0)
	for _, at := range depart[:last] {
		shift := origin + at - depart[0]
		seen += max(min(s.to+shift, c.horizon.Length)-max(s.from+shift, 0), 0)
	}
	n := float64(perSecond*float64(seen)) / float64(last)
	p := c.tt.Trips.Pattern[t]
	c.departures[p] += n
	for i, place := 0, c.tt.Patterns.First[p]; i < last; i, place = i+1, place+1 {
		c.ride[place] += float64(n * float64(arrive[i+1]-depart[i]))
		c.stand[place] += float64(n * float64(depart[i]-arrive[i]))
	}
}

// lines are the patterns that have a departure.
func (c *count) lines() Lines {
	l := Lines{First: []uint32{0}}
	for p, n := range c.departures {
		if n <= 0 {
			continue
		}
		for place := c.tt.Patterns.First[p]; place < c.tt.Patterns.First[p+1]; place++ {
			l.Stop, l.Boarding = append(l.Stop, c.tt.Patterns.Stop[place]), append(l.Boarding, c.tt.Patterns.Boarding[place])
			l.Stand, l.Ride = append(l.Stand, mean(c.stand[place], n)), append(l.Ride, mean(c.ride[place], n))
		}
		l.close(transit.Pattern(p), float64(c.horizon.Length)/n)
	}
	return l
}

// mean is a sum over n in whole seconds.
func mean(sum, n float64) transit.Seconds { return transit.Seconds(sum/n + 0.5) }
