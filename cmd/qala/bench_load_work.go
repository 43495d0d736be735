package main

import (
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/grid"
	"github.com/qala-city/qala/internal/instance"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/store/networkfile"
	"github.com/qala-city/qala/internal/transit"
)

// writeInstance writes the work of a case as CSV.
func (h *house) writeInstance(ctx context.Context, order *loadOrder, c loadCase) error {
	p, err := h.loadProblem(order, c)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(order.write, 0o750); err != nil {
		return err
	}
	in := instance.Of(p.Network, p.Day, p.Travellers)
	err = in.Write(func(file string) (io.WriteCloser, error) {
		return os.Create(filepath.Join(order.write, file))
	})
	if err == nil {
		h.wrote("bench", order.write)
	}
	return errors.Join(err, ctx.Err())
}

// loadProblem draws the work of a case.
func (h *house) loadProblem(order *loadOrder, c loadCase) (*assign.Problem, error) {
	if order.city != "" {
		return h.cityProblem(order, c)
	}
	city := grid.City{Streets: order.streets, Room: order.room, Seed: draw.Seed(order.seed)}
	n, err := city.Network()
	if err != nil {
		return nil, err
	}
	day, err := transit.NewDay(n.Timetable, grid.Horizon(), draw.Seed(order.seed))
	if err != nil {
		return nil, err
	}
	return order.problem(n, day, c.draw(city.Crowds(), c.people), c), nil
}

// cityProblem draws people between a city's places, on one of its days.
func (h *house) cityProblem(order *loadOrder, c loadCase) (*assign.Problem, error) {
	path, err := h.networkFile(order.city)
	if err != nil {
		return nil, err
	}
	n, _, err := networkfile.Open(path)
	if err != nil {
		return nil, err
	}
	if len(n.Places.ID) < 2 {
		return nil, usage(errors.New("the city has no places between which people travel"))
	}
	date := busiest(n.Timetable)
	if order.date != "" {
		if date, err = transit.ParseDate(order.date); err != nil {
			return nil, usage(err)
		}
	}
	zone, err := time.LoadLocation(n.City.Zone)
	if err != nil {
		return nil, err
	}
	day, err := transit.NewDay(n.Timetable, transit.Horizon{Start: date.Origin(zone), Length: grid.Horizon().Length}, draw.Seed(order.seed))
	if err != nil {
		return nil, err
	}
	crowds := grid.Crowds{Zones: len(n.Places.ID), Middle: middle(n), Seed: draw.Seed(order.seed)}
	return order.problem(n, day, c.draw(crowds, c.people), c), nil
}

// busiest is the date on which the most trips run, the first of equals.
func busiest(tt *transit.Timetable) transit.Date {
	trips, best := map[transit.Date]int{}, transit.Date(0)
	for _, c := range tt.Trips.Calendar {
		for _, date := range tt.CalendarDates(c) {
			trips[date]++
		}
	}
	for _, date := range slices.Sorted(maps.Keys(trips)) {
		if trips[date] > trips[best] {
			best = date
		}
	}
	return best
}

// middle is the first gate of the largest venue, else the place with the most people.
func middle(n *network.Network) demand.Place {
	at, most := demand.Place(0), uint32(0)
	for _, v := range n.Venues {
		if v.Capacity > most && len(v.Gates) > 0 {
			at, most = v.Gates[0].Place, v.Capacity
		}
	}
	for place, people := range n.Places.People {
		if most == 0 && people > n.Places.People[at] {
			at = demand.Place(place)
		}
	}
	return at
}

// problem plays the day once, by the timetable, with hard room.
func (o *loadOrder) problem(n *network.Network, day *transit.Day, people *demand.Travellers, c loadCase) *assign.Problem {
	return &assign.Problem{
		Network: n, Day: day, Travellers: people, Weights: journey.DefaultWeights, Seed: draw.Seed(o.seed), Workers: o.workers, Rounds: 1, Plainly: c.plainly,
	}
}
