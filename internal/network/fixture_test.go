package network

import (
	"math"
	"testing"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/transit"
)

var center = geo.Point{Lat: 51.1, Lon: 71.4}

// east is the point so many meters east of the center.
func east(m float64) geo.Point { return geo.Offset(center, 0, geo.Meters(m)) }

// smallTown has a line from s0 over s1 to s2, stops 250 m apart, a station
// without service above s1, a stop that nothing serves, one home and a stadium.
func smallTown() Parts {
	b := transit.NewBuilder()
	agency := b.AddAgency("a", "Agency", "Asia/Almaty")
	for i, id := range []transit.StopID{"s0", "s1", "s2"} {
		b.AddStop(id, string(id), east(float64(i)*250))
	}
	station, _ := b.AddStop("st", "Station", east(250)), b.AddStop("lonely", "Lonely", east(300))
	b.SetParent(1, station)
	b.AddTranslation("A", "kk", "Аялдама")
	b.AddTranslation("A", "ru", "Остановка")
	route := b.AddRoute("r", agency, "1", "First line", 3, "0064b0")
	date := transit.DateOf(2026, 8, 15)
	calendar := b.AddCalendar("daily", []transit.Date{date, date + 1})
	shape := b.AddShape([]geo.Point{east(0), east(500)})
	vehicle := b.AddVehicle(transit.VehicleRow{Name: "bus", Seats: 30, Room: 80, Doors: 3, BoardTime: 2, AlightTime: 1.5, LengthM: 12, Kind: "assumption"})
	b.AddFleet(transit.FleetRow{Route: route, Vehicles: 5, Reserve: 1, Turnback: 240, Kind: "fact"})
	both := transit.MayBoard | transit.MayAlight
	trip := b.AddTrip(transit.TripRow{ID: "t", Route: route, Calendar: calendar, Vehicle: vehicle, Shape: shape, Headsign: "East", Calls: []transit.Call{
		{Stop: 0, Arrive: 0, Depart: 0, Boarding: both}, {Stop: 1, Arrive: 60, Depart: 80, Boarding: both}, {Stop: 2, Arrive: 140, Depart: 140, Boarding: both},
	}})
	b.AddFrequency(transit.FrequencyRow{Trip: trip, Start: 6 * transit.Hour, End: 25 * transit.Hour, Headway: 600})
	b.Cancel(trip, date, 7*transit.Hour, 8*transit.Hour)
	return Parts{
		City:      City{ID: "town", Names: label.Names{"en": "Town", "kk": "Қала"}, Zone: "Asia/Almaty", Illustration: true},
		Timetable: b.Timetable(),
		Places:    demand.Places{ID: []string{"home", "gate"}, At: []geo.Point{east(-100), east(520)}, People: []uint32{900, 0}},
		Venues: []demand.Venue{{
			ID: "arena", Names: label.Names{"en": "Arena"}, Kind: "arena", At: east(520), Capacity: 12000,
			Gates: []demand.Gate{{ID: "main", Place: 1, PerMinute: 600, Share: 1}}, Basis: "fact",
		}},
		Numbers: []basis.Number{{ID: "walking_speed", Value: "1.34", Unit: "m/s", Kind: basis.Fact}},
		Credits: []basis.Credit{{Holder: "Town", Licence: "CC0-1.0", For: "everything"}},
	}
}

func assembled(t testing.TB, parts Parts) *Network {
	t.Helper()
	n, err := Assemble(parts)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// walk is what somebody needs for a straight line by the default values.
func walk(line float64) transit.Seconds { return transit.Seconds(math.Ceil(line * 1.3 / 1.34)) }
