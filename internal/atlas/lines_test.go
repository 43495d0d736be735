package atlas_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/qala-city/qala/internal/atlas"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// row is a town of five stops in a row, one a kilometer east of the other, whose
// line has a trip for each list of stops, with a shape where one is given.
func row(t *testing.T, shape []geo.Point, trips ...[]int) *network.Network {
	t.Helper()
	b := transit.NewBuilder()
	agency := b.AddAgency("a", "A", "Asia/Almaty")
	var stops []transit.Stop
	for i := range 5 {
		stops = append(stops, b.AddStop(transit.StopID('a'+rune(i)), "", east(i)))
	}
	route, daily := b.AddRoute("r", agency, "R", "", 109, "ff0000"), b.AddCalendar("c", []transit.Date{1})
	vehicle, drawn := b.AddVehicle(transit.VehicleRow{Room: 1}), transit.Shape(transit.None)
	if shape != nil {
		drawn = b.AddShape(shape)
	}
	for i, trip := range trips {
		row := transit.TripRow{ID: transit.TripID('0' + rune(i)), Route: route, Calendar: daily, Vehicle: vehicle, Shape: drawn}
		for at, s := range trip {
			row.Calls = append(row.Calls, transit.Call{Stop: stops[s], Arrive: transit.Seconds(60 * at), Depart: transit.Seconds(60 * at), Boarding: transit.MayBoard | transit.MayAlight})
		}
		b.AddTrip(row)
	}
	n, err := network.Assemble(network.Parts{City: network.City{ID: "x", Zone: "Asia/Almaty"}, Timetable: b.Timetable(), Places: demand.Places{}, Walking: network.DefaultWalking})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func east(kilometers int) geo.Point { return geo.Point{Lat: 51, Lon: 71 + float64(kilometers)/100} }

func lineOf(kilometers ...int) orb.LineString {
	var line orb.LineString
	for _, k := range kilometers {
		line = append(line, orb.Point{71 + float64(k)/100, 51})
	}
	return line
}

func TestLinesAreDrawnOnce(t *testing.T) {
	for name, c := range map[string]struct {
		trips [][]int
		want  orb.MultiLineString
	}{
		"one way":             {[][]int{{0, 1, 2}}, orb.MultiLineString{lineOf(0, 1, 2)}},
		"a longer one":        {[][]int{{1, 2, 3}, {0, 1, 2, 3, 4}}, orb.MultiLineString{lineOf(1, 2, 3), lineOf(0, 1), lineOf(3, 4)}},
		"an express":          {[][]int{{0, 2, 4}, {0, 1, 2, 3, 4}}, orb.MultiLineString{lineOf(0, 1, 2, 3, 4)}},
		"an express beyond":   {[][]int{{0, 2, 4}, {0, 1, 2}}, orb.MultiLineString{lineOf(2, 4), lineOf(0, 1, 2)}},
		"a vehicle at a stop": {[][]int{{0}}, nil},
	} {
		features := all(t, atlas.OfNetwork(row(t, nil, c.trips...)), "lines")
		got, _ := features[0].Geometry.(orb.MultiLineString)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// A feed whose shape jumps to and fro, as one of Porto's does, gets straight lines;
// one whose trips end on the way is drawn as far as they go.
func TestShapesAreFollowedWhereTheyLead(t *testing.T) {
	bend := geo.Point{Lat: 51.001, Lon: 71.015}
	jumping := []geo.Point{east(0), {Lat: 51.3, Lon: 71.3}, east(1), {Lat: 51.4, Lon: 71.3}, east(2)}
	for _, c := range []struct {
		shape []geo.Point
		want  orb.MultiLineString
	}{
		{[]geo.Point{east(0), east(1), bend, east(2), east(4)}, orb.MultiLineString{{{71, 51}, {71.01, 51}, {71.015, 51.001}, {71.02, 51}}}},
		{jumping, orb.MultiLineString{lineOf(0, 1, 2)}},
	} {
		f := all(t, atlas.OfNetwork(row(t, c.shape, []int{0, 1, 2})), "lines")[0]
		if diff := cmp.Diff(c.want, f.Geometry); diff != "" || f.Properties["mode"] != "rail" || f.Properties["color"] != "#ff0000" {
			t.Errorf("%s %v", diff, f.Properties)
		}
	}
}
