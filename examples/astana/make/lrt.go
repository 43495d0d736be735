package main

import (
	"slices"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/transit"
)

const (
	lrtRunTime  = 40 * transit.Minute // end to end (city, 2017)
	lrtDwell    = 30                  // seconds at each station on the way, assumed
	lrtTurnback = 4 * transit.Minute  // at either end, assumed
)

// lrt is the light rail line: 18 stations with a boarding place for each direction.
func (t tables) lrt() line {
	l := line{
		id: "LRT", agency: "lrt", kind: "1", names: label.Names{"en": "LRT", "kk": "LRT", "ru": "LRT", "zh": "轻轨"}, long: "Airport - Nurly Zhol",
		note: "Run time of 40 minutes as announced in 2017; headways are assumed.", color: "0067B1",
		exact: true, last: t.periods[len(t.periods)-1].to, turnback: lrtTurnback,
	}
	for _, p := range t.periods {
		l.windows = append(l.windows, window{p.from, p.to, p.lrt})
	}
	back := slices.Clone(t.stations)
	slices.Reverse(back)
	l.ways[0] = lrtWay(t.stations, t.track, "a")
	l.ways[1] = lrtWay(back, reversed(t.track), "b")
	return l
}

// lrtWay spreads the run time over the track by its length, with equal stops.
func lrtWay(stations []station, track []geo.Point, side string) way {
	w := way{headsign: stations[len(stations)-1].names["en"], shape: track}
	moving := float64(lrtRunTime - lrtDwell*transit.Seconds(len(stations)-2))
	whole := float64(geo.Length(track))
	for i, s := range stations {
		piece := slices.Index(track, s.at)
		done := float64(geo.Length(track[:piece+1])) / whole
		arrive := round(float64(done*moving)) + lrtDwell*transit.Seconds(max(i-1, 0))
		depart := arrive + lrtDwell
		if i == 0 || i == len(stations)-1 {
			depart = arrive
		}
		from := min(piece, len(track)-2)
		w.places = append(w.places, place{
			id: "lrt-" + s.code + "-" + side, parent: "lrt-" + s.code, names: s.names,
			at: toTheRight(s.at, track[from], track[from+1]), arrive: arrive, depart: depart,
		})
	}
	return w
}
