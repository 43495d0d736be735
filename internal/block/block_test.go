package block_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"testing/fstest"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/drawn"
	"github.com/qala-city/qala/internal/feed"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

const (
	minute = transit.Minute
	hour   = transit.Hour
)

func dayOf(t testing.TB, n *network.Network, date transit.Date, seed draw.Seed) *transit.Day {
	t.Helper()
	day, err := transit.NewDay(n.Timetable, transit.Horizon{Start: int64(date) * 86400, Length: 28 * hour}, seed)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// chained are the blocks of a drawn city on its own date, each as its trips with their starts.
func chained(t *testing.T, text string, rules block.Rules) []string {
	t.Helper()
	city, err := drawn.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	day := dayOf(t, city.Network, city.Date, 1)
	return told(city.Network, day, block.Chain(city.Network, day, rules), city.Date)
}

func told(n *network.Network, day *transit.Day, b *block.Blocks, date transit.Date) (out []string) {
	for d := range b.Next {
		if b.Before[d] != block.None || day.Date[d] != date {
			continue
		}
		line := ""
		for d := transit.Dated(d); d != block.None; d = b.Next[d] {
			line += fmt.Sprintf("%s %s ", n.Timetable.Trips.ID[day.Trip[d]], day.Start[d].Clock()[:5])
		}
		out = append(out, line[:len(line)-1])
	}
	slices.Sort(out)
	return out
}

// Five minutes each way. Who comes at 18:05 cannot leave at 18:05; at 19:30 all who
// wait have done so for more than half an hour.
func TestFirstInFirstOut(t *testing.T) {
	got := chained(t, `
A----B
line l A B at 18:00 18:05 18:25 18:40 19:30 hop 5m both
`, block.Rules{Layover: minute, Longest: 30 * minute})
	want := []string{
		"l-back@18:00 18:00 l@18:25 18:25", "l-back@18:05 18:05 l@18:40 18:40", "l-back@19:30 19:30",
		"l@18:00 18:00 l-back@18:25 18:25", "l@18:05 18:05 l-back@18:40 18:40", "l@19:30 19:30",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A frequency's departures chain like others, whatever its phase: two trips of
// five minutes, two layovers of a minute at least and of less than five, on a
// headway of four: a round takes 12 or 16 minutes and needs three or four vehicles.
func TestFrequenciesChain(t *testing.T) {
	for seed := range draw.Seed(50) {
		city, err := drawn.Parse("A----B\nline l A B about 4m 18:00-20:00 hop 5m both\n")
		if err != nil {
			t.Fatal(err)
		}
		day := dayOf(t, city.Network, city.Date, seed)
		b := block.Chain(city.Network, day, block.DefaultRules)
		if got := b.Vehicles(city.Network, day)[0]; got < 3 || got > 4 || b.Guessed == 0 {
			t.Fatalf("seed %d: %d vehicles, %d links", seed, got, b.Guessed)
		}
	}
}

// Longer layovers, terminals a little apart, other routes: what the rules say.
func TestRules(t *testing.T) {
	city := newSheet()
	a, b, c := city.stop("A", 0, 0), city.stop("B", 0, 2000), city.stop("C", 0, 100)
	l, k := city.route("l"), city.route("k")
	city.trip("1", l, "", 18*hour, 5*minute, a, b)
	city.trip("2", l, "", 18*hour+7*minute, 5*minute, b, c)
	city.trip("3", k, "", 18*hour+20*minute, 5*minute, c, b)
	city.trip("4", l, "", 18*hour+30*minute, 5*minute, a, b)
	all := []string{"1 18:00 2 18:07 4 18:30", "3 18:20"}
	for name, x := range map[string]struct {
		rules block.Rules
		want  []string
	}{
		"default":         {block.DefaultRules, all},
		"no layover said": {block.Rules{Longest: 30 * minute, Reach: 150}, all},
		"three minutes":   {block.Rules{Layover: 3 * minute, Longest: 30 * minute, Reach: 150}, []string{"1 18:00", "2 18:07 4 18:30", "3 18:20"}},
		"ten at most":     {block.Rules{Layover: minute, Longest: 10 * minute, Reach: 150}, []string{"1 18:00 2 18:07", "3 18:20", "4 18:30"}},
		"nothing empty":   {block.Rules{Layover: minute, Longest: 30 * minute}, []string{"1 18:00 2 18:07", "3 18:20", "4 18:30"}},
		"any route":       {block.Rules{Layover: minute, Longest: 30 * minute, Reach: 150, Interline: true}, []string{"1 18:00 2 18:07 3 18:20", "4 18:30"}},
	} {
		n := city.network()
		day := dayOf(t, n, date, 1)
		if got := told(n, day, block.Chain(n, day, x.rules), date); !reflect.DeepEqual(got, x.want) {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}

// A fleet's turnback is the least time at the terminal, and needs no more than there is.
func TestTurn(t *testing.T) {
	city := newSheet()
	a, b := city.stop("A", 0, 0), city.stop("B", 0, 2000)
	l := city.route("l")
	city.b.AddFleet(transit.FleetRow{Route: l, Vehicles: 2, Turnback: 4 * minute})
	one := city.trip("1", l, "x", 18*hour, 5*minute, a, b)
	two := city.trip("2", l, "x", 18*hour+7*minute, 5*minute, b, a)    // two minutes, says the feed
	three := city.trip("3", l, "", 18*hour+10*minute, 5*minute, a, b)  // ends at 18:15
	four := city.trip("4", l, "", 18*hour+18*minute, 5*minute, b, a)   // three minutes are too few
	five := city.trip("5", l, "", 18*hour+19*minute, 5*minute, b, a)   // four are enough
	six := city.trip("6", l, "x", 18*hour+11*minute, 30*minute, a, b)  // before the second has come
	seven := city.trip("7", l, "x", 18*hour+41*minute, 5*minute, b, a) // no time at all, says the feed
	n := city.network()
	day := dayOf(t, n, date, 1)
	got := block.Chain(n, day, block.DefaultRules)
	at := func(trip transit.Trip) transit.Dated {
		for d := range day.Trip {
			if day.Trip[d] == trip && day.Date[d] == date {
				return transit.Dated(d)
			}
		}
		t.Fatalf("no dated trip of %d", trip)
		return 0
	}
	for _, x := range []struct {
		first, next transit.Trip
		turn        transit.Seconds
		inferred    bool
	}{{one, two, 2 * minute, false}, {three, five, 4 * minute, true}, {six, seven, 0, false}} {
		d := at(x.first)
		if got.Next[d] != at(x.next) || got.Before[at(x.next)] != d || got.Turn[d] != x.turn || got.Inferred[d] != x.inferred {
			t.Errorf("after trip %d: next %d, turn %d, inferred %v; want %+v", x.first, got.Next[d], got.Turn[d], got.Inferred[d], x)
		}
	}
	if got.Before[at(four)] != block.None || got.Next[at(two)] != block.None {
		t.Error("a vehicle is in two places, or turned back faster than its fleet can")
	}
	if got.Named != 2 || got.Guessed != 1 || got.Broken != 1 {
		t.Errorf("%d named, %d guessed, %d broken; want 2, 1, 1", got.Named, got.Guessed, got.Broken)
	}
}

// A vehicle goes on from another platform of the same station, however far.
func TestStationIsOneTerminal(t *testing.T) {
	city := newSheet()
	a, b, c := city.stop("A", 0, 0), city.stop("B1", 0, 2000), city.stop("B2", 300, 2000)
	station := city.stop("B", 150, 2000)
	l := city.route("l")
	city.trip("1", l, "", 18*hour, 5*minute, a, b)
	city.trip("2", l, "", 18*hour+10*minute, 5*minute, c, a)
	for _, parents := range []bool{false, true} {
		want := []string{"1 18:00", "2 18:10"}
		if parents {
			city.b.SetParent(b, station)
			city.b.SetParent(c, station)
			want = []string{"1 18:00 2 18:10"}
		}
		n := city.network()
		day := dayOf(t, n, date, 1)
		if got := told(n, day, block.Chain(n, day, block.DefaultRules), date); !reflect.DeepEqual(got, want) {
			t.Errorf("in one station %v: %q, want %q", parents, got, want)
		}
	}
}

// The LRT takes 40 minutes each way and 4 to turn back. In the example's timetable
// both directions leave together every 6 minutes at the peaks, so a train leaves 48
// minutes after it left the other end: 2 * 48 / 6 = 16 are out. Asked for a headway
// of 278 seconds, the best that its 19 trains can keep, all 19 are out.
func TestAstanaLRT(t *testing.T) {
	result, err := feed.Import(context.Background(), feed.Request{Dir: os.DirFS(filepath.Join(require.Root(t), "examples", "astana"))})
	if err != nil || result.Network == nil {
		t.Fatal(err, result.Findings)
	}
	saturday := transit.DateOf(2026, 8, 15)
	often, findings := scenario.Apply(result.Network, saturday, []scenario.Modification{
		scenario.ChangeHeadway{Route: "LRT", Direction: -1, From: 7 * hour, To: 23 * hour, Every: 278},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	for want, n := range map[int]*network.Network{16: result.Network, 19: often} {
		lrt, _ := n.Timetable.FindRoute("LRT")
		day := dayOf(t, n, saturday, 1)
		if got := block.Chain(n, day, block.DefaultRules).Vehicles(n, day)[lrt]; got != want {
			t.Errorf("%d trains are out, want %d", got, want)
		}
	}
}

// Metro do Porto's feed names no blocks: on a Saturday 41 trains (of one or two
// vehicles) are out at once, and 756 of 874 dated trips are followed by another.
func TestPortoMetro(t *testing.T) {
	data := os.DirFS(filepath.Join(require.Data(t), "porto", "gtfs"))
	city := "city: porto\nname: {en: Porto}\ntimezone: Europe/Lisbon\nfeeds:\n  - {id: metro, path: ../gtfs/gtfs_metro_do_porto.zip}\n" +
		"population: population.csv\n"
	result, err := feed.Import(context.Background(), feed.Request{
		Dir: fstest.MapFS{
			"city.yaml":      {Data: []byte(city)},
			"population.csv": {Data: []byte("id,lat,lon,population\nx,41.16,-8.6,1\n")},
		},
		Outside: func(path string) (fs.FS, string, error) { return data, filepath.Base(path), nil },
	})
	if err != nil || result.Network == nil {
		t.Fatal(err, result.Findings)
	}
	n := result.Network
	day := dayOf(t, n, transit.DateOf(2023, 9, 23), 1)
	b := block.Chain(n, day, block.DefaultRules)
	got, sum := map[string]int{}, 0
	for r, vehicles := range b.Vehicles(n, day) {
		got[n.Timetable.Routes.Name[r]] = vehicles
		sum += vehicles
	}
	want := map[string]int{"A": 7, "B": 7, "Bx": 0, "C": 7, "D": 7, "E": 6, "F": 7}
	if !reflect.DeepEqual(got, want) || b.Named != 0 || b.Guessed != 756 || len(b.Next) != 874 {
		t.Errorf("%d trains out on a Saturday: %v, want %v; %d of %d trips go on", sum, got, want, b.Guessed, len(b.Next))
	}
}

var date = transit.DateOf(2026, 8, 15)

// sheet is a city while a test builds it.
type sheet struct {
	b      *transit.Builder
	agency transit.Agency
	daily  transit.Calendar
}

func newSheet() *sheet {
	s := &sheet{b: transit.NewBuilder()}
	s.agency = s.b.AddAgency("a", "A", "UTC")
	s.daily = s.b.AddCalendar("daily", []transit.Date{date - 1, date, date + 1})
	s.b.AddVehicle(transit.VehicleRow{Name: "bus", Room: 80, Kind: "assumption"})
	s.b.AddVehicle(transit.VehicleRow{Name: "tram", Room: 180, Kind: "assumption"})
	return s
}

func (s *sheet) stop(name string, north, east geo.Meters) transit.Stop {
	return s.b.AddStop(transit.StopID(name), name, geo.Offset(geo.Point{Lat: .5, Lon: .5}, north, east))
}

func (s *sheet) route(name string) transit.Route {
	return s.b.AddRoute(transit.RouteID(name), s.agency, name, "", 3, "")
}

func (s *sheet) trip(id string, route transit.Route, name transit.BlockID, at, takes transit.Seconds, from, to transit.Stop) transit.Trip {
	const both = transit.MayBoard | transit.MayAlight
	return s.b.AddTrip(transit.TripRow{
		ID: transit.TripID(id), Route: route, Calendar: s.daily, Block: name, Shape: transit.Shape(transit.None),
		Calls: []transit.Call{{Stop: from, Arrive: at, Depart: at, Boarding: both}, {Stop: to, Arrive: at + takes, Depart: at + takes, Boarding: both}},
	})
}

func (s *sheet) network() *network.Network {
	return &network.Network{City: network.City{ID: "city", Zone: "UTC"}, Timetable: s.b.SoFar()}
}

// TestBlocksOfRandomCities: links go both ways, at most one each, in time, on
// vehicles of one type, from where the other ended, and what is inferred keeps the rules.
func TestBlocksOfRandomCities(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := randomService(t)
		day, err := transit.NewDay(n.Timetable, transit.Horizon{Start: int64(date) * 86400, Length: 28 * hour}, draw.Seed(rapid.Uint64().Draw(t, "seed")))
		if err != nil {
			t.Fatal(err)
		}
		rules := block.Rules{
			Layover: transit.Seconds(rapid.IntRange(0, 600).Draw(t, "layover")), Longest: transit.Seconds(rapid.IntRange(0, 3600).Draw(t, "longest")),
			Reach: geo.Meters(rapid.IntRange(0, 400).Draw(t, "reach")), Interline: rapid.Bool().Draw(t, "interline"),
		}
		b := block.Chain(n, day, rules)
		checkLinks(t, n, day, b, rules)
		checkVehicles(t, n, day, b)
		if again := block.Chain(n, day, rules); !reflect.DeepEqual(b, again) {
			t.Fatal("asked again, another answer")
		}
	})
}

func randomService(t *rapid.T) *network.Network {
	s := newSheet()
	var stops []transit.Stop
	for i := range rapid.IntRange(2, 6).Draw(t, "stops") {
		stops = append(stops, s.stop(fmt.Sprint("s", i), geo.Meters(rapid.IntRange(0, 5).Draw(t, "north")*100), geo.Meters(rapid.IntRange(0, 5).Draw(t, "east")*100)))
	}
	if rapid.Bool().Draw(t, "station") {
		s.b.SetParent(stops[0], s.stop("station", 0, 0))
		s.b.SetParent(stops[1], transit.Stop(len(stops)))
	}
	routes := []transit.Route{s.route("r0"), s.route("r1")}
	if rapid.Bool().Draw(t, "fleet") {
		s.b.AddFleet(transit.FleetRow{Route: routes[1], Vehicles: 3, Turnback: transit.Seconds(rapid.IntRange(0, 900).Draw(t, "turnback"))})
	}
	for i := range rapid.IntRange(1, 40).Draw(t, "trips") {
		stop := func() transit.Stop { return rapid.SampledFrom(stops).Draw(t, "stop") }
		trip := s.trip(fmt.Sprint("t", i), rapid.SampledFrom(routes).Draw(t, "route"), rapid.SampledFrom([]transit.BlockID{"", "", "x", "y"}).Draw(t, "block"),
			18*hour+transit.Seconds(rapid.IntRange(0, 120).Draw(t, "at")*60), transit.Seconds(rapid.IntRange(0, 20).Draw(t, "takes")*60), stop(), stop())
		s.b.SetVehicle(trip, transit.Vehicle(rapid.IntRange(0, 1).Draw(t, "vehicle")))
		if rapid.IntRange(0, 9).Draw(t, "frequency") == 0 {
			s.b.AddFrequency(transit.FrequencyRow{Trip: trip, Start: 18 * hour, End: 20 * hour, Headway: 7 * minute, Exact: rapid.Bool().Draw(t, "exact")})
		}
	}
	return &network.Network{City: network.City{ID: "city", Zone: "UTC"}, Timetable: s.b.Timetable()}
}

func checkLinks(t *rapid.T, n *network.Network, day *transit.Day, b *block.Blocks, rules block.Rules) {
	tt, named, guessed := n.Timetable, 0, 0
	for i, next := range b.Next {
		d := transit.Dated(i)
		if before := b.Before[d]; before != block.None && b.Next[before] != d {
			t.Fatalf("%d follows %d, which does not know it", d, before)
		}
		if next == block.None {
			if b.Turn[d] != 0 || b.Inferred[d] {
				t.Fatalf("nothing follows %d, but it turns", d)
			}
			continue
		}
		arrive, depart := day.Arrive[day.First[d+1]-1], day.Depart[day.First[next]]
		leaves := day.Depart[day.First[d]]
		switch {
		case b.Before[next] != d:
			t.Fatalf("%d goes before %d, which does not know it", d, next)
		case depart < arrive || depart < leaves || depart == leaves && next <= d: // the last two: no chain comes back to itself
			t.Fatalf("%d ends at %d and makes %d at %d", d, arrive, next, depart)
		case b.Turn[d] < 0 || b.Turn[d] > depart-arrive:
			t.Fatalf("%d turns in %d of %d s", d, b.Turn[d], depart-arrive)
		case !b.Inferred[d] && (tt.Trips.Block[day.Trip[d]] == "" || tt.Trips.Block[day.Trip[d]] != tt.Trips.Block[day.Trip[next]] || day.Date[d] != day.Date[next]):
			t.Fatalf("%d and %d are of no one named block", d, next)
		}
		if !b.Inferred[d] {
			named++
			continue
		}
		guessed++
		checkInferred(t, n, day, d, next, rules)
	}
	if named != b.Named || guessed != b.Guessed {
		t.Fatalf("%d named and %d inferred links, told %d and %d", named, guessed, b.Named, b.Guessed)
	}
}

func checkInferred(t *rapid.T, n *network.Network, day *transit.Day, d, next transit.Dated, rules block.Rules) {
	tt := n.Timetable
	from, to := day.Stop[day.First[d+1]-1], day.Stop[day.First[next]]
	gap := day.Depart[day.First[next]] - day.Arrive[day.First[d+1]-1]
	least := max(rules.Layover, 1)
	if f, known := tt.FleetOf(tt.RouteOf(day.Trip[d])); known && tt.Fleets.Turnback[f] > 0 {
		least = tt.Fleets.Turnback[f]
	}
	same := from == to || uint32(tt.Stops.Parent[from]) != transit.None && tt.Stops.Parent[from] == tt.Stops.Parent[to]
	switch {
	case gap < least || gap > rules.Longest:
		t.Fatalf("%d waits %d s for %d, at least %d, at most %d", d, gap, next, least, rules.Longest)
	case !same && geo.Distance(tt.Stops.At[from], tt.Stops.At[to]) > rules.Reach:
		t.Fatalf("%d ends too far from where %d begins", d, next)
	case tt.Trips.Vehicle[day.Trip[d]] != tt.Trips.Vehicle[day.Trip[next]]:
		t.Fatalf("%d and %d have other vehicles", d, next)
	case !rules.Interline && tt.RouteOf(day.Trip[d]) != tt.RouteOf(day.Trip[next]):
		t.Fatalf("%d and %d are of other routes", d, next)
	}
}

// checkVehicles: a route has no fewer vehicles out than trips that move at once,
// and no more than chains that touch it.
func checkVehicles(t *rapid.T, n *network.Network, day *transit.Day, b *block.Blocks) {
	for r, vehicles := range b.Vehicles(n, day) {
		moving, chains := 0, 0
		for i := range b.Next {
			d := transit.Dated(i)
			if n.Timetable.RouteOf(day.Trip[d]) != transit.Route(r) {
				continue
			}
			if before := b.Before[d]; before == block.None || n.Timetable.RouteOf(day.Trip[before]) != transit.Route(r) {
				chains++
			}
			at, now := day.Depart[day.First[d]], 0
			for j := range b.Next {
				other := transit.Dated(j)
				if n.Timetable.RouteOf(day.Trip[other]) == transit.Route(r) && day.Depart[day.First[other]] <= at && at < day.Arrive[day.First[other+1]-1] {
					now++
				}
			}
			moving = max(moving, now)
		}
		if vehicles < moving || vehicles > chains {
			t.Fatalf("route %d: %d vehicles, %d move at once, %d chains", r, vehicles, moving, chains)
		}
	}
}

// TestFewestVehicles: where terminals are single stops, first in first out links
// as many trips as any assignment of vehicles to departures could.
func TestFewestVehicles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newSheet()
		stops := []transit.Stop{s.stop("a", 0, 0), s.stop("b", 0, 900)}
		route := s.route("r")
		for i := range rapid.IntRange(1, 25).Draw(t, "trips") {
			from := rapid.IntRange(0, 1).Draw(t, "from")
			s.trip(fmt.Sprint("t", i), route, "", 18*hour+transit.Seconds(rapid.IntRange(0, 90).Draw(t, "at")*60),
				transit.Seconds(rapid.IntRange(1, 20).Draw(t, "takes")*60), stops[from], stops[1-from])
		}
		n := s.network()
		day, err := transit.NewDay(n.Timetable, transit.Horizon{Start: int64(date) * 86400, Length: 28 * hour}, 1)
		if err != nil {
			t.Fatal(err)
		}
		rules := block.Rules{Layover: 3 * minute, Longest: transit.Seconds(rapid.IntRange(3, 40).Draw(t, "longest")) * minute}
		may := func(d, next transit.Dated) bool {
			gap := day.Depart[day.First[next]] - day.Arrive[day.First[d+1]-1]
			return day.Stop[day.First[d+1]-1] == day.Stop[day.First[next]] && gap >= rules.Layover && gap <= rules.Longest
		}
		if got, most := block.Chain(n, day, rules).Guessed, mostPairs(len(day.Trip), may); got != most {
			t.Fatalf("%d trips go on, %d could", got, most)
		}
	})
}

// mostPairs is how many rows can be given a column of their own (augmenting paths).
func mostPairs(size int, may func(row, column transit.Dated) bool) (pairs int) {
	owner := slices.Repeat([]transit.Dated{block.None}, size)
	var place func(row transit.Dated, tried []bool) bool
	place = func(row transit.Dated, tried []bool) bool {
		for c := range owner {
			if tried[c] || !may(row, transit.Dated(c)) {
				continue
			}
			tried[c] = true
			if owner[c] == block.None || place(owner[c], tried) {
				owner[c] = row
				return true
			}
		}
		return false
	}
	for row := range size {
		if place(transit.Dated(row), make([]bool, size)) {
			pairs++
		}
	}
	return pairs
}
