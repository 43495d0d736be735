package atlas

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// facilityKinds are the words for what a facility is, as results have them.
var facilityKinds = map[station.Kind]string{
	station.Gate: "gate", station.Door: "door", station.Stairs: "stairs",
	station.Escalator: "escalator", station.Lift: "lift", station.Passage: "passage",
}

func (c *city) facilities() *sheet {
	f := &c.net.Stations.Facilities
	s := &sheet{
		Collection: Collection{ID: "facilities", Title: "Facilities", Description: "What people pass in stations: ticket gates, doors, stairs, escalators, lifts, passages.", Rows: f.Len()},
		id:         func(row int) string { return f.ID[row] },
		shape:      func(row int) orb.Geometry { return pointOf(c.facilityAt(row)) },
		tile:       onTiles{from: 14},
	}
	s.columns = append(named(s.Rows, func(row int) label.Names { return c.names(f.Name[row]) }),
		text("kind", "what it is", func(row int) string { return facilityKinds[f.Kind[row]] }).tiled(),
		text("station", "id of the station or stop", func(row int) string { return c.stopID(f.Station[row]) }),
		text("station_name", "name of the station or stop", func(row int) string { return c.stopName(f.Station[row]) }).tiled(),
		text("position", "own, or that of its station where its own is not known", func(row int) string {
			if f.At[row].Valid() {
				return "own"
			}
			return "station"
		}),
		known("channels", "how many people it serves at once", func(row int) int { return int(f.Channels[row]) }),
		known("per_hour", "people it lets through in an hour", func(row int) int { return perHour(f.Channels[row], f.Service[row]) }),
		measure("width_m", "meters", func(row int) float64 { return centimeters(f.Width[row]) }),
		measure("length_m", "meters", func(row int) float64 { return centimeters(f.Length[row]) }),
		truth("step_free", "can be used by somebody who takes no steps", func(row int) any { return f.StepFree[row] }).tiled(),
		text("basis", "how its rate is known", func(row int) string { return f.Basis[row] }),
		text("source", "who says so", func(row int) string { return f.Source[row] }),
	)
	return s
}

// facilityAt is where a facility is, else where its station is.
func (c *city) facilityAt(row int) geo.Point {
	f := &c.net.Stations.Facilities
	if s := f.Station[row]; !f.At[row].Valid() && uint32(s) != transit.None {
		return c.tt.Stops.At[s]
	}
	return f.At[row]
}

// perHour is the rate of channels of which each takes some milliseconds a person.
func perHour(channels, service uint32) int {
	if service == 0 {
		return 0
	}
	return int(uint64(channels) * 3_600_000 / uint64(service))
}

func centimeters(m float32) float64 { return math.Round(float64(m)*100) / 100 }

func (c *city) platforms() *sheet {
	p := &c.net.Stations.Platforms
	s := &sheet{
		Collection: Collection{ID: "platforms", Title: "Platforms", Description: "Boarding places of which it is known what they take.", Rows: p.Len()},
		id:         func(row int) string { return c.stopID(p.Stop[row]) },
		shape:      func(row int) orb.Geometry { return pointOf(c.tt.Stops.At[p.Stop[row]]) },
		tile:       onTiles{from: 14},
	}
	s.columns = append(named(s.Rows, func(row int) label.Names { return c.names(c.stopName(p.Stop[row])) }),
		measure("area_m2", "square meters where people wait", func(row int) float64 { return centimeters(p.Area[row]) }),
		known("holds", "people who may wait there at once", func(row int) int { return int(p.Holds[row]) }).tiled(),
		known("stands", "vehicles that may stop there at once", func(row int) int { return int(p.Stands[row]) }),
		text("basis", "how this is known", func(row int) string { return p.Basis[row] }),
		text("source", "who says so", func(row int) string { return p.Source[row] }),
	)
	return s
}
