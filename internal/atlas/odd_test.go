package atlas_test

import (
	"fmt"
	"testing"

	"github.com/qala-city/qala/internal/atlas"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// A run of which nothing is told has no collections and empty tiles.
func TestAnEmptyRun(t *testing.T) {
	a := atlas.OfResults(&evaluation.Evaluation{}, nil)
	if got := a.Collections(); len(got) > 0 {
		t.Errorf("collections %v", got)
	}
	if _, placed := a.Box(); placed {
		t.Error("nothing has a place")
	}
	if data := tile(t, a, 0, 0, 0); len(data) > 0 {
		t.Errorf("a tile of %d bytes", len(data))
	}
}

// Results that contradict themselves are shown as far as they go.
func TestAnOddRun(t *testing.T) {
	a := atlas.OfResults(&evaluation.Evaluation{
		Horizon:    evaluation.Horizon{Start: "tomorrow", Seconds: -5},
		Stops:      []evaluation.Stop{{ID: "s@1@2", Names: label.Names{}, Minutes: []evaluation.Minute{{Minute: 7}, {Minute: -1}}}},
		Segments:   []evaluation.Segment{{Route: "r", Line: []geo.Point{{}, {}}, Loads: []evaluation.Load{{Bin: -3, Carried: 5}, {Bin: 2, Room: -1}}}},
		Facilities: []evaluation.Facility{{ID: "gate", Kind: evaluation.Exit}, {ID: "", Station: "s@1@2"}},
		Platforms:  []evaluation.Platform{{Stop: "nowhere"}},
	}, nil)
	for _, c := range a.Collections() {
		if c.Placed || !c.Time.Empty() {
			t.Errorf("%s: extent %v, time %v", c.ID, c.Extent, c.Time)
		}
		features := all(t, a, c.ID)
		if box, _, err := a.Items(c.ID, atlas.Query{Box: &atlas.Box{West: 1, East: 2, South: 1, North: 2}, During: &atlas.Span{From: 1, To: 2}, Limit: 10}); err != nil || len(box) != len(features) {
			t.Errorf("%s: %d of %d features without a place or a time, %v", c.ID, len(box), len(features), err)
		}
	}
	if got := len(a.Collections()); got != 6 {
		t.Errorf("%d collections", got)
	}
}

// Stops may lie anywhere on the earth: at the poles, on either side of the date line.
func TestTheEndsOfTheEarth(t *testing.T) {
	b := transit.NewBuilder()
	agency := b.AddAgency("a", "A", "Asia/Almaty")
	trip := transit.TripRow{Route: b.AddRoute("r", agency, "R", "", 3, ""), Calendar: b.AddCalendar("c", []transit.Date{1}), Vehicle: b.AddVehicle(transit.VehicleRow{Room: 1}), Shape: transit.Shape(transit.None)}
	for i, at := range []geo.Point{{Lat: 90, Lon: 0}, {Lat: -90, Lon: 180}, {Lat: 10, Lon: -180}, {Lat: 10, Lon: 179.999}, {Lat: -85.06, Lon: 179.999}, {Lat: 89.999, Lon: -179.999}, {}} {
		stop := b.AddStop(transit.StopID(fmt.Sprint(i)), "", at)
		trip.Calls = append(trip.Calls, transit.Call{Stop: stop, Boarding: transit.MayBoard})
	}
	b.AddTrip(trip)
	n, err := network.Assemble(network.Parts{City: network.City{ID: "x", Zone: "Asia/Almaty"}, Timetable: b.Timetable(), Places: demand.Places{}, Walking: network.DefaultWalking})
	if err != nil {
		t.Fatal(err)
	}
	a := atlas.OfNetwork(n)
	for z := range 5 {
		for x := range 1 << z {
			for y := range 1 << z {
				decoded(t, tile(t, a, z, x, y))
			}
		}
	}
	if _, matched, _ := a.Items("stops", atlas.Query{Box: &atlas.Box{West: 179.9, South: 9, East: -179.9, North: 11}, Limit: 10}); matched != 3 {
		t.Errorf("%d stops around the date line, want two and the one without a position", matched)
	}
}
