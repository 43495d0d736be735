package headway_test

import (
	"math"
	"testing"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/headway"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

var (
	monday  = transit.DateOf(2026, 8, 3)
	tuesday = monday + 1
)

// feed makes timetables of one route with the stops 0, 1 and 2.
type feed struct {
	*transit.Builder
	route    transit.Route
	calendar transit.Calendar
}

func newFeed(zone string) *feed {
	f := &feed{Builder: transit.NewBuilder()}
	f.route = f.AddRoute("r", f.AddAgency("a", "A", zone), "R", "", 3, "")
	f.calendar = f.AddCalendar("both days", []transit.Date{monday, tuesday})
	return f
}

// trip takes ride from stop to stop and stands for 20 s at stop 1.
func (f *feed) trip(id string, start, ride transit.Seconds) transit.Trip {
	return f.AddTrip(transit.TripRow{
		ID: transit.TripID(id), Route: f.route, Calendar: f.calendar, Shape: transit.Shape(transit.None),
		Calls: []transit.Call{
			{Stop: 0, Arrive: start, Depart: start, Boarding: both},
			{Stop: 1, Arrive: start + ride, Depart: start + ride + 20, Boarding: both},
			{Stop: 2, Arrive: start + 2*ride + 20, Depart: start + 2*ride + 20, Boarding: both},
		},
	})
}

// during is what runs from a time of Tuesday on.
func (f *feed) during(t testing.TB, from, length transit.Seconds) *headway.Problem {
	t.Helper()
	n := &network.Network{Timetable: f.Timetable()}
	p, err := headway.From(n, transit.Horizon{Start: int64(tuesday)*86400 + int64(from), Length: length}, headway.Plain)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (f *feed) headway(t *testing.T, from, length transit.Seconds, want float64) {
	t.Helper()
	p := f.during(t, from, length)
	if p.Lines.Len() != 1 {
		t.Fatalf("%d lines", p.Lines.Len())
	}
	near(t, "the headway", p.Lines.Headway[0], want, 1e-9)
}

const hour = transit.Hour

func TestFromExactTrips(t *testing.T) {
	f := newFeed("UTC")
	for i := range transit.Seconds(6) {
		f.trip("t", 8*hour+i*10*minute, 3*minute+i*61)
	}
	p := f.during(t, 7*hour, 3*hour)
	near(t, "the headway", p.Lines.Headway[0], 1800, 1e-9)
	if l := p.Lines; l.Ride[0] != 333 || l.Ride[1] != 333 || l.Ride[2] != 0 || l.Stand[1] != 20 {
		t.Errorf("rides %v, stands %v", l.Ride, l.Stand)
	}
}

// TestFromPartOfALine: a trip of which one stop of two lies in the stretch counts as half.
func TestFromPartOfALine(t *testing.T) {
	f := newFeed("UTC")
	f.trip("t", 7*hour+58*minute, 5*minute)
	f.headway(t, 8*hour, hour, 7200)
}

// TestFromTheDayBefore: what passes 24:00 runs in the next day's first hours.
func TestFromTheDayBefore(t *testing.T) {
	f := newFeed("UTC")
	f.trip("late", 25*hour, minute)
	f.headway(t, 0, 4*hour, 14400)
}

func TestFromItsOwnZone(t *testing.T) {
	f := newFeed("Asia/Almaty")
	f.trip("t", 8*hour, minute)
	f.headway(t, 3*hour, hour, 3600)
}

func TestFromInexactFrequencies(t *testing.T) {
	f := newFeed("UTC")
	trip := f.trip("t", 0, 30)
	f.AddFrequency(transit.FrequencyRow{Trip: trip, Start: 7 * hour, End: 9 * hour, Headway: 600})
	f.AddFrequency(transit.FrequencyRow{Trip: trip, Start: 9 * hour, End: 12 * hour, Headway: 1200})
	f.headway(t, 8*hour, 30*minute, 600)
	f.headway(t, 10*hour, hour, 1200)
	f.headway(t, 6*hour, 6*hour+10*minute, float64(6*hour+10*minute)/21)
}

func TestFromWhatIsTakenOut(t *testing.T) {
	f := newFeed("UTC")
	trip := f.trip("t", 0, 30)
	f.AddFrequency(transit.FrequencyRow{Trip: trip, Start: 7 * hour, End: 11 * hour, Headway: 600})
	f.AddFrequency(transit.FrequencyRow{Trip: f.trip("exact", 0, 30), Start: 7 * hour, End: 11 * hour, Headway: 600, Exact: true})
	f.Cancel(trip, tuesday, 8*hour, 8*hour+30*minute)
	f.Cancel(trip, tuesday, 9*hour, 20*hour)
	f.Cancel(1, tuesday, 0, 10*hour)
	f.headway(t, 6*hour, 8*hour, 8*3600/float64(9+6))
}

func TestFromAnUnknownZone(t *testing.T) {
	n := &network.Network{Timetable: newFeed("Mars/Olympus").Timetable()}
	if _, err := headway.From(n, transit.Horizon{Length: hour}, headway.Plain); err == nil {
		t.Error("no error")
	}
}

// TestFromCountsWhatDaysShow: over many draws a stop sees as many departures
// as the headway says.
func TestFromCountsWhatDaysShow(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := newFeed("UTC")
		for range rapid.IntRange(1, 3).Draw(rt, "trips") {
			trip := f.trip(rapid.StringN(3, 3, 3).Draw(rt, "id"), seconds(rt, 0, 3000), seconds(rt, 10, 2000))
			for range rapid.IntRange(0, 2).Draw(rt, "frequencies") {
				start := seconds(rt, 0, 100_000)
				f.AddFrequency(transit.FrequencyRow{
					Trip: trip, Start: start, End: start + seconds(rt, 1, 30_000), Headway: seconds(rt, 600, 3600), Exact: rapid.Bool().Draw(rt, "exact"),
				})
			}
			if from := seconds(rt, 0, 100_000); rapid.Bool().Draw(rt, "canceled") {
				f.Cancel(trip, tuesday, from, from+seconds(rt, 0, 20_000))
			}
		}
		from, length := seconds(rt, 0, 80_000), seconds(rt, 600, 20_000)
		p := f.during(t, from, length)
		promised := 0.0
		for _, h := range p.Lines.Headway {
			promised += float64(length) / h
		}
		seen, most := f.seen(t, from, length)
		if math.Abs(seen-promised) > .35+.05*most {
			rt.Fatalf("the headways say %.2f departures, days show %.2f", promised, seen)
		}
	})
}

// seen is the mean of the departures from stops 0 and 1 over many seeds.
func (f *feed) seen(t *testing.T, from, length transit.Seconds) (mean, most float64) {
	t.Helper()
	const seeds = 100
	for seed := range draw.Seed(seeds) {
		day, err := transit.NewDay(f.SoFar(), transit.Horizon{Start: int64(tuesday)*86400 + int64(from), Length: length}, seed)
		if err != nil {
			t.Fatal(err)
		}
		count := 0.0
		for _, v := range day.Departures {
			if day.Within(day.Depart[v]) {
				count += .5
			}
		}
		mean, most = mean+count/seeds, max(most, count)
	}
	return mean, most
}

func TestPromised(t *testing.T) {
	f := newFeed("UTC")
	f.AddFrequency(transit.FrequencyRow{Trip: f.trip("promised", 0, 30), Start: 7 * hour, End: 9 * hour, Headway: 600})
	f.AddFrequency(transit.FrequencyRow{Trip: 0, Start: 9 * hour, End: 10 * hour, Headway: 1200})
	f.AddFrequency(transit.FrequencyRow{Trip: 0, Start: 11 * hour, End: 12 * hour, Headway: 600})
	f.AddFrequency(transit.FrequencyRow{Trip: f.trip("exact", 0, 30), Start: 7 * hour, End: 9 * hour, Headway: 600, Exact: true})
	f.trip("alone", 8*hour, 30)
	tt := f.Timetable()
	for _, c := range []struct {
		trip  transit.Trip
		start transit.Seconds
		want  headway.Promise
		ok    bool
	}{
		{0, 7 * hour, headway.Promise{Rate: headway.Every(600), Goes: 2 * hour}, true},
		{0, 9*hour - 1, headway.Promise{Rate: headway.Every(600), Began: 2*hour - 1, Goes: 1}, true},
		{0, 9 * hour, headway.Promise{Rate: headway.Every(1200), Began: 2 * hour, Goes: hour}, true},
		{0, 10 * hour, headway.Promise{}, false},
		{0, 11*hour + 5, headway.Promise{Rate: headway.Every(600), Began: 5, Goes: hour - 5}, true},
		{1, 8 * hour, headway.Promise{}, false},
		{2, 8 * hour, headway.Promise{}, false},
	} {
		if got, ok := headway.Promised(tt, c.trip, c.start); got != c.want || ok != c.ok {
			t.Errorf("trip %d at %s: %+v, %t, want %+v, %t", c.trip, c.start.Clock(), got, ok, c.want, c.ok)
		}
	}
}
