package eventfile

import (
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/plainyaml"
	"github.com/qala-city/qala/internal/scenario"
)

// The limits of what modifications may ask for.
const (
	mostRoom     = 10_000 // people a vehicle
	mostStops    = 100    // of a shuttle
	mostPoints   = 300    // of a shuttle, its stops included
	leastSpeed   = 3      // km/h
	mostSpeed    = 200
	mostMetering = 10_000
)

// vehicles reads which vehicles make the trips of a route: a known type, or room for so many.
func vehicles(s plainyaml.Spot) scenario.Modification {
	o := s.Object("route", "direction", "from", "to", "vehicle", "room", "note")
	m := scenario.ChangeVehicles{
		Route: o.Need("route").Word(), Direction: direction(o.May("direction")), Note: o.May("note").Text(),
	}
	m.From, m.To, _ = stretch(o)
	if known := o.May("vehicle"); known.Present() {
		m.Vehicle = known.Word()
		if o.May("room").Present() {
			o.May("room").Refuse(codeVehicleTwice)
		}
		return m
	}
	m.Room = int(o.Need("room").Whole(1, mostRoom))
	return m
}

func closeStop(s plainyaml.Spot) scenario.Modification {
	o := s.Object("stop", "from", "to", "note")
	m := scenario.CloseStop{Stop: o.Need("stop").Word(), Note: o.May("note").Text()}
	m.From, m.To, _ = stretch(o)
	return m
}

func closeStreet(s plainyaml.Spot) scenario.Modification {
	o := s.Object("points", "note")
	m := scenario.CloseStreet{Note: o.May("note").Text()}
	points := o.Need("points")
	for _, point := range points.List() {
		m.Points = append(m.Points, spot(point))
	}
	if n := len(m.Points); points.IsList() && (n < 1 || n > mostStops) {
		points.Refuse(codePointsCount)
	}
	return m
}

func shortTurn(s plainyaml.Spot) scenario.Modification {
	o := s.Object("route", "direction", "from", "to", "first_stop", "last_stop", "note")
	m := scenario.ShortTurn{
		Route: o.Need("route").Word(), Direction: direction(o.May("direction")), Note: o.May("note").Text(),
	}
	m.From, m.To, _ = stretch(o)
	first, last := o.May("first_stop"), o.May("last_stop")
	if !first.Present() && !last.Present() {
		o.Need("last_stop") // which tells that one of them is needed
		return m
	}
	if first.Present() {
		m.First = first.Word()
	}
	if last.Present() {
		m.Last = last.Word()
	}
	return m
}

func shuttle(s plainyaml.Spot) scenario.Modification {
	o := s.Object("name", "stops", "from", "to", "every", "room", "speed", "one_way", "note")
	m := scenario.Shuttle{
		Name: o.Need("name").Word(), Every: duration(o.Need("every")), Room: int(o.Need("room").Whole(1, mostRoom)),
		Note: o.May("note").Text(),
	}
	m.From, m.To, _ = stretch(o)
	m.Stops, m.Via = course(o.Need("stops"))
	if speed := o.May("speed"); speed.Present() {
		m.Speed = speed.Number(leastSpeed, mostSpeed)
	}
	if oneWay := o.May("one_way"); oneWay.Present() {
		m.OneWay = oneWay.Flag()
	}
	return m
}

// course are the stops of a shuttle, and between them, as [lat, lon], points of
// the streets that it passes.
func course(s plainyaml.Spot) (stops []string, via [][]geo.Point) {
	items := s.List()
	for i, item := range items {
		if !item.IsList() {
			stops = append(stops, item.Word())
			continue
		}
		if len(stops) == 0 || i == len(items)-1 {
			item.Refuse(codePointAtEnd)
			continue
		}
		for len(via) < len(stops) {
			via = append(via, nil)
		}
		via[len(stops)-1] = append(via[len(stops)-1], spot(item))
	}
	if n := len(stops); s.IsList() && (n < 2 || n > mostStops || len(items) > mostPoints) {
		s.Refuse(codeStopsCount)
	}
	return stops, via
}

// spot is a place on the earth: [lat, lon].
func spot(s plainyaml.Spot) geo.Point {
	pair := s.List()
	if len(pair) != 2 {
		s.Refuse(codeSpot)
		return geo.Point{}
	}
	return geo.Point{Lat: pair[0].Number(-90, 90), Lon: pair[1].Number(-180, 180)}
}

func meter(s plainyaml.Spot) scenario.Modification {
	o := s.Object("facility", "per_minute", "note")
	return scenario.Meter{
		Facility: o.Need("facility").Word(), PerMinute: int(o.Need("per_minute").Whole(1, mostMetering)), Note: o.May("note").Text(),
	}
}
