package demand

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// grid is a city of side x side places 1 km apart, all with people and
// attraction, and a counted station in its south-west corner.
func grid(side int) *Town {
	places := &Places{}
	town := &Town{Places: places}
	for i := range side * side {
		places.ID = append(places.ID, fmt.Sprint("p", i))
		places.At = append(places.At, geo.Offset(geo.Point{Lat: 41, Lon: -8}, geo.Meters(1000*(i/side)), geo.Meters(1000*(i%side))))
		places.People = append(places.People, uint32(100+i%7*50))
		town.Homes = append(town.Homes, float64(places.People[i]))
		town.Attraction = append(town.Attraction, float64(10+i%5))
	}
	town.Stations = []Station{{Around: []Near{{0, 120}, {1, 300}}}}
	return town
}

func weekday(journeys uint32) *Everyday {
	day, _ := FindDay("working_day")
	e := &Everyday{
		Journeys: journeys, Hours: day.Hours, DecayPerMin: 0.05, MetersPerMin: 300, LeastMeters: 1500, Returns: 0.8, Timed: 0.3,
		Entries: []Entries{{Stop: "corner"}},
	}
	e.Entries[0].ByHour[8], e.Entries[0].ByHour[18] = 700, 400
	return e
}

func travel(t testing.TB, e *Everyday, town *Town) *Travellers {
	t.Helper()
	out := &Travellers{}
	if err := e.Travel(out, town, 0, 1); err != nil {
		t.Fatal(err)
	}
	return out
}

// begins is the hour in which a traveller of the grid begins his journey, or
// comes into its station.
func begins(t *Travellers, town *Town, i int, e *Everyday) int {
	at := t.Ready[i]
	if at == Free {
		meters := geo.Distance(town.Places.At[t.From[i]], town.Places.At[t.To[i]])
		at = t.Due[i] - transit.Seconds(float64(meters)/e.MetersPerMin*60)
	}
	for _, near := range town.Stations[0].Around {
		if near.Place == t.From[i] {
			at += near.Walk
		}
	}
	return int(at / transit.Hour)
}

func TestEverydayKeepsHoursAndCounts(t *testing.T) {
	town, e := grid(12), weekday(20000)
	all := travel(t, e, town)
	if all.Len() != 20000 || !slices.Equal(all.Crowds, []Crowd{{Session: NoSession, Way: Background, People: 20000}}) {
		t.Fatalf("%d travellers, crowds %v", all.Len(), all.Crowds)
	}
	var counted, others [24]int
	for i := range all.Len() {
		if all.From[i] <= 1 {
			counted[begins(all, town, i, e)]++
		} else {
			others[begins(all, town, i, e)]++
		}
	}
	want := split(20000-1100, e.Hours[:])
	for hour := range 24 {
		if counted[hour] != int(e.Entries[0].ByHour[hour]) {
			t.Errorf("hour %d: %d come into the station, %d were counted", hour, counted[hour], e.Entries[0].ByHour[hour])
		}
		if others[hour] != int(want[hour]) {
			t.Errorf("hour %d: %d others begin, want %d", hour, others[hour], want[hour])
		}
	}
}

// Homes are where people live: of those who go out and back each place has its share.
func TestEverydayHomesFollowThePopulation(t *testing.T) {
	town, e := grid(12), weekday(20000)
	e.Entries, e.Returns, e.Timed, town.Stations = nil, 1, 0, nil
	all := travel(t, e, town)
	out := map[Place]int{}
	for i := range all.Len() {
		if all.Key[i]-draw.Key("everyday", "out") < 1<<32 {
			out[all.From[i]]++
		}
	}
	total := float64(town.Places.Population())
	for p, people := range town.Places.People {
		if want := 10000 * float64(people) / total; math.Abs(float64(out[Place(p)])-want) > 1 {
			t.Errorf("%d set out from place %d, want %.1f", out[Place(p)], p, want)
		}
	}
}

// Nearer places and those that attract more get more; what is too near nobody.
func TestEverydayFarEndsFollowGravity(t *testing.T) {
	at := func(east geo.Meters) geo.Point { return geo.Offset(geo.Point{Lat: 41, Lon: -8}, 0, east) }
	town := &Town{
		Places:     &Places{ID: []string{"home", "near", "far", "big"}, At: []geo.Point{at(0), at(3000), at(9000), at(9000)}, People: []uint32{1, 0, 0, 0}},
		Homes:      []float64{1, 0, 0, 0},
		Attraction: []float64{1000, 1, 1, 3},
	}
	e := weekday(100000)
	e.Entries, e.Returns = nil, 0
	all := travel(t, e, town)
	count := map[Place]float64{}
	for i := range all.Len() {
		count[max(all.From[i], all.To[i])]++ // home is place 0, at either end
	}
	near, far := math.Exp(-0.05*10), math.Exp(-0.05*30)
	for p, weight := range map[Place]float64{0: 0, 1: near, 2: far, 3: 3 * far} {
		want := 100000 * weight / (near + 4*far)
		if math.Abs(count[p]-want) > 5*math.Sqrt(want+1) { // five standard errors
			t.Errorf("%.0f go to place %d, want %.0f", count[p], p, want)
		}
	}
}

// Who goes out comes back later, to the same home from the same place.
func TestEverydayReturns(t *testing.T) {
	town, e := grid(12), weekday(20000)
	e.Timed = 0
	all := travel(t, e, town)
	out := map[uint64]int{}
	for i, key := range all.Key {
		if person := key - draw.Key("everyday", "out"); person < 1<<32 {
			out[person] = i
		}
	}
	back := 0
	for i, key := range all.Key {
		person := key - draw.Key("everyday", "back")
		if person >= 1<<32 {
			continue
		}
		back++
		o, went := out[person]
		if !went || all.From[o] != all.To[i] || all.To[o] != all.From[i] || all.Ready[o] > all.Ready[i] {
			t.Fatalf("person %d goes from %d to %d at %d and back from %d to %d at %d", person, all.From[o], all.To[o], all.Ready[o], all.From[i], all.To[i], all.Ready[i])
		}
	}
	if others := 20000 - 1100; back != others/2*8/10 || len(out) != back {
		t.Errorf("%d of %d others come back, %d go", back, others, len(out))
	}
}

func TestEverydayIsTheSameAgain(t *testing.T) {
	a, b := travel(t, weekday(5000), grid(6)), travel(t, weekday(5000), grid(6))
	if !slices.Equal(a.Key, b.Key) || !slices.Equal(a.From, b.From) || !slices.Equal(a.To, b.To) || !slices.Equal(a.Ready, b.Ready) || !slices.Equal(a.Due, b.Due) {
		t.Error("the same day gives other travellers")
	}
	keys := slices.Clone(a.Key)
	slices.Sort(keys)
	if len(slices.Compact(keys)) != a.Len() {
		t.Error("two travellers share a key")
	}
}

// Who comes into one of two counted stations rides to the surroundings of one.
func TestCountedPeopleRideBetweenCountedStations(t *testing.T) {
	town, e := grid(12), weekday(5000)
	far := Place(143)
	e.Entries = append(e.Entries, Entries{Stop: "other corner"})
	e.Entries[1].ByHour[12] = 300
	town.Stations = append(town.Stations, Station{Around: []Near{{far, 60}}})
	all := travel(t, e, town)
	for i := range all.Len() {
		if from, to := all.From[i], all.To[i]; (from <= 1 || from == far) && to > 1 && to != far {
			t.Fatalf("somebody counted at place %d rides to %d", from, to)
		}
	}
}

func TestEverydayNowhere(t *testing.T) {
	town := grid(3)
	town.Attraction = make([]float64, 9)
	if err := weekday(100).Travel(&Travellers{}, town, 0, 1); !errors.Is(err, ErrNowhere) {
		t.Errorf("without anything that attracts: %v", err)
	}
	if err := (&Everyday{}).Travel(&Travellers{}, town, 0, 1); err != nil {
		t.Errorf("nobody travels: %v", err)
	}
}

// TestEverydayHolds asks small cities of every kind for what always holds.
func TestEverydayHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.IntRange(1, 5).Draw(t, "side")
		town := &Town{Places: &Places{}}
		for i := range side * side {
			town.Places.ID = append(town.Places.ID, fmt.Sprint(i))
			town.Places.At = append(town.Places.At, geo.Offset(geo.Point{Lat: 43, Lon: 76}, geo.Meters(rapid.IntRange(-9000, 9000).Draw(t, "north")), geo.Meters(500*i)))
			town.Places.People = append(town.Places.People, 0) // which nobody reads: Homes weigh
			town.Homes = append(town.Homes, float64(rapid.IntRange(0, 3).Draw(t, "homes")))
			town.Attraction = append(town.Attraction, float64(rapid.IntRange(0, 2).Draw(t, "attraction")))
		}
		e := &Everyday{
			Journeys: rapid.Uint32Range(0, 400).Draw(t, "journeys"), DecayPerMin: rapid.Float64Range(0, 1).Draw(t, "decay"), MetersPerMin: rapid.Float64Range(1, 5000).Draw(t, "speed"),
			LeastMeters: rapid.Float64Range(0, 20000).Draw(t, "least"), Returns: rapid.Float64Range(0, 1).Draw(t, "returns"), Timed: rapid.Float64Range(0, 1).Draw(t, "timed"),
			EntriesShare: rapid.SampledFrom([]float64{0, 0, 0.5, 1}).Draw(t, "share"),
		}
		e.Hours[rapid.IntRange(0, 23).Draw(t, "hour")], e.Hours[12] = 0.5, 0.5
		for s := range rapid.IntRange(0, 3).Draw(t, "stations") {
			entries, station := Entries{Stop: fmt.Sprint("s", s)}, Station{}
			entries.ByHour[rapid.IntRange(0, 23).Draw(t, "at")] = rapid.Uint32Range(0, 300).Draw(t, "entries")
			if rapid.Bool().Draw(t, "around") {
				station.Around = []Near{{Place(rapid.IntRange(0, side*side-1).Draw(t, "place")), 60}}
			}
			e.Entries, town.Stations = append(e.Entries, entries), append(town.Stations, station)
		}
		out := &Travellers{}
		err := e.Travel(out, town, 0, 7)
		if err != nil {
			if !errors.Is(err, ErrNowhere) {
				t.Fatal(err)
			}
			return
		}
		if out.Len() != int(e.Journeys) {
			t.Fatalf("%d travellers of %d", out.Len(), e.Journeys)
		}
		for i := range out.Len() {
			if int(out.From[i]) >= side*side || int(out.To[i]) >= side*side || (out.Ready[i] == Free) == (out.Due[i] == Free) {
				t.Fatalf("traveller %d from %d to %d at %d or %d", i, out.From[i], out.To[i], out.Ready[i], out.Due[i])
			}
			if out.Ready[i] != Free && (out.Ready[i] < 0 || out.Ready[i] >= 24*transit.Hour) {
				t.Fatalf("traveller %d leaves at %d", i, out.Ready[i])
			}
		}
	})
}

// BenchmarkEveryday makes half a million travellers of a city of 3,136 places.
func BenchmarkEveryday(b *testing.B) {
	town, e := grid(56), weekday(500_000)
	b.ReportAllocs()
	for b.Loop() {
		travel(b, e, town)
	}
}
