package scenario

import (
	"math"
	"testing"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

// withStreets is the corridor with a road that makes a detour of 1000 m to the
// north between A and B, a side street there, and no road to E.
func withStreets(t testing.TB) *network.Network {
	t.Helper()
	n := corridor(t)
	at := n.Timetable.Stops.At
	position := func(p geo.Point) street.Position {
		return street.Position{Lat: int32(math.Round(p.Lat * 1e7)), Lon: int32(math.Round(p.Lon * 1e7))}
	}
	north := func(p geo.Point) geo.Point { return geo.Offset(p, 1000, 0) }
	far := geo.Offset(at[0], 2000, 0)
	g, err := street.Build([]street.Position{position(at[0]), position(north(at[0])), position(north(at[1])), position(at[1]), position(at[2]), position(at[3]), position(far)}, []street.Way{
		{Class: street.Road, Vertex: []uint32{0, 1, 2, 3, 4, 5}},
		{Class: street.Street, Vertex: []uint32{1, 6}},
	})
	if err != nil {
		t.Fatal(err)
	}
	n.Streets = g
	return n
}

func lastTrip(n *network.Network) (transit.Seconds, []geo.Point) {
	trip := transit.Trip(len(n.Timetable.Trips.ID) - 1)
	arrive, depart := n.Timetable.TripTimes(trip)
	return arrive[len(arrive)-1] - depart[0], n.Timetable.ShapePoints(n.Timetable.Patterns.Shape[n.Timetable.Trips.Pattern[trip]])
}

func TestAShuttleDrivesAlongTheStreets(t *testing.T) {
	n := withStreets(t)
	s := Shuttle{Name: "S", Stops: []string{"A", "B"}, From: 20 * hour, To: 20 * hour, Every: hour, Room: 50, OneWay: true}
	hop := float64(geo.Distance(n.Timetable.Stops.At[0], n.Timetable.Stops.At[1]))
	out := applied(t, n, s)
	took, line := lastTrip(out)
	if want := (2000 + hop) / (ShuttleOnRoads / 3.6); math.Abs(float64(took)-want) > 2 {
		t.Errorf("%d s, want %g", took, want)
	}
	if length := float64(geo.Length(line)); math.Abs(length-2000-hop) > 2 {
		t.Errorf("the line is %g m long, the way %g", length, 2000+hop)
	}
	if got := len(out.Numbers) - len(n.Numbers); got != 2 {
		t.Errorf("%d more numbers tell its speeds", got)
	}
	s.Speed = 36
	if took, _ := lastTrip(applied(t, n, s)); math.Abs(float64(took)-(2000+hop)/10) > 2 {
		t.Errorf("%d s at 36 km/h", took)
	}
	s.Speed, s.Via = 0, [][]geo.Point{{geo.Offset(n.Timetable.Stops.At[0], 2000, 0)}}
	want := (2000+hop)/(ShuttleOnRoads/3.6) + 2000/(ShuttleOnStreets/3.6)
	if took, _ := lastTrip(applied(t, n, s)); math.Abs(float64(took)-want) > 3 {
		t.Errorf("by way of a point: %d s, want %g", took, want)
	}
}

func TestAShuttleDrivesStraightWhereNoRoadLeads(t *testing.T) {
	n := withStreets(t)
	s := Shuttle{Name: "S", Stops: []string{"D", "E"}, From: 20 * hour, To: 20 * hour, Every: hour, Room: 50}
	out, findings := Apply(n, date, []Modification{s})
	if len(findings) != 1 || findings[0].Code != codeNoRoad || findings[0].Value != "E" {
		t.Fatalf("%+v", findings)
	}
	straight, _ := lastTrip(out)
	n.Streets = nil
	out, findings = Apply(n, date, []Modification{s})
	if took, line := lastTrip(out); len(findings) > 0 || took != straight || line != nil {
		t.Errorf("%+v: %d s, and %d s without streets", findings, straight, took)
	}
}
