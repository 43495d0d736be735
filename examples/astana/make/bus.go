package main

import (
	"fmt"
	"strconv"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/transit"
)

const (
	busSpacing  = 550 // metres between stops, assumed
	busDwell    = 20  // seconds at each stop on the way, within the speed of the corridor
	busTurnback = 5 * transit.Minute
	besideRail  = 250 // metres within which a stop also bears its station's name
)

// buses are the corridors as lines.
func (t tables) buses() []line {
	lines := make([]line, len(t.corridors))
	for i, c := range t.corridors {
		lines[i] = t.bus(c)
	}
	return lines
}

func (t tables) bus(c corridor) line {
	l := line{
		id: c.id, agency: "buses", kind: "3", names: c.names, long: "Corridor " + c.from + " - " + c.to,
		note: "A corridor of this example, not a route of the city.", color: c.color,
		turnback: busTurnback, standby: c.standby,
	}
	for _, p := range t.periods {
		l.windows = append(l.windows, window{p.from, p.to, c.headway[p.band]})
	}
	whole := geo.Length(c.points)
	hops := int(float64(whole)/busSpacing + .5)
	forth, back := way{headsign: c.to, shape: c.points}, way{headsign: c.from, shape: reversed(c.points)}
	for i := range hops + 1 {
		done := geo.Meters(float64(whole) * float64(i) / float64(hops))
		forth.places = append(forth.places, t.busPlace(c, "a", i+1, i, hops, forth.shape, done))
		back.places = append(back.places, t.busPlace(c, "b", hops+1-i, i, hops, back.shape, done))
	}
	l.ways = [2]way{forth, back}
	return l
}

// busPlace is the stop with a number, the order-th on the way of a vehicle.
func (t tables) busPlace(c corridor, side string, number, order, hops int, shape []geo.Point, done geo.Meters) place {
	at, piece := along(shape, done)
	arrive := round(float64(done) / (c.speed / 3.6))
	depart := arrive + busDwell
	if order == 0 || order == hops {
		depart = arrive
	}
	return place{
		id:    fmt.Sprintf("%s-%02d-%s", c.id, number, side),
		names: t.busNames(c, number, at),
		at:    toTheRight(at, shape[piece], shape[piece+1]), arrive: arrive, depart: depart,
	}
}

// busNames number the stops of a corridor; beside the LRT they tell its station too.
func (t tables) busNames(c corridor, number int, at geo.Point) label.Names {
	names := label.Names{}
	for _, language := range languages {
		names[language] = c.names[language] + " " + strconv.Itoa(number)
		if near, ok := t.nearStation(at); ok {
			names[language] += " (" + near.names[language] + ")"
		}
	}
	return names
}

func (t tables) nearStation(at geo.Point) (station, bool) {
	best, found := geo.Meters(besideRail), -1
	for i, s := range t.stations {
		if d := geo.Distance(at, s.at); d < best {
			best, found = d, i
		}
	}
	if found < 0 {
		return station{}, false
	}
	return t.stations[found], true
}
