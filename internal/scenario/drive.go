package scenario

import (
	"cmp"
	"fmt"
	"math"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

// What a shuttle takes where its modification states no speed, in km/h between
// stops: working values, by the class of the street where streets are known.
const (
	ShuttleOnRoads   = 22 // roads that carry traffic through
	ShuttleOnStreets = 15 // other streets
	ShuttleSpeed     = 18 // where no streets are known
)

// Driving is how fast a shuttle goes on roads and on other streets.
func Driving() street.Driving {
	return street.Driving{Road: ShuttleOnRoads / 3.6, Street: ShuttleOnStreets / 3.6}
}

// Leg is how a shuttle gets from one point of its course to the next.
type Leg struct {
	Line     []geo.Point // two points at least
	Length   geo.Meters
	Time     transit.Seconds
	Straight bool // no road is known that leads there
}

// Drive is a leg by road, at a speed in km/h or, where it is 0, by the class of
// the streets. Without roads, or where none leads there, it is a straight line,
// which counts as ShuttleDetour times as long.
func Drive(roads *street.Roads, from, to geo.Point, speed float64) Leg {
	if roads != nil {
		if walk, found := roads.Drive(from, to); found {
			return byRoad(walk, from, to, speed)
		}
	}
	leg := Leg{Line: []geo.Point{from, to}, Straight: true}
	leg.Length = geo.Meters(float64(geo.Distance(from, to)) * ShuttleDetour)
	leg.Time = driven(leg.Length, cmp.Or(speed, ShuttleSpeed))
	return leg
}

func byRoad(walk street.Walk, from, to geo.Point, speed float64) Leg {
	leg := Leg{Line: walk.Course, Length: walk.Length.Meters(), Time: transit.Seconds((uint64(walk.Time) + 999) / 1000)}
	if len(leg.Line) < 2 {
		leg.Line = []geo.Point{from, to}
	}
	if speed > 0 {
		leg.Time = driven(leg.Length, speed)
	}
	return leg
}

func driven(length geo.Meters, speed float64) transit.Seconds {
	return transit.Seconds(math.Ceil(float64(length) / float64(speed/3.6)))
}

// shuttleNumbers are the speeds that a shuttle rests on.
func shuttleNumbers(m Shuttle, streets bool) []basis.Number {
	number := func(id string, kmh float64, source string) basis.Number {
		return basis.Number{ID: id, Subject: m.Name, Value: fmt.Sprintf("%g", kmh), Unit: "km/h", Kind: basis.Assumption, Source: source}
	}
	switch {
	case m.Speed > 0:
		return []basis.Number{number("shuttle_speed", m.Speed, "scenario")}
	case !streets:
		return []basis.Number{number("shuttle_speed", ShuttleSpeed, "working value; straight lines count 1.3 times, since no streets are known")}
	}
	return []basis.Number{
		number("shuttle_on_roads", ShuttleOnRoads, "working value; both directions are taken as open"),
		number("shuttle_on_streets", ShuttleOnStreets, "working value; both directions are taken as open"),
	}
}
