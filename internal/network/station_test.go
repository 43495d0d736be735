package network

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

const nowhere = transit.Stop(transit.None)

// twoDoors is the small town whose middle stop is a platform with two doors:
// stairs of 20 s at 150 m, and a lift of 30 s at 400 m.
func twoDoors() Parts {
	parts := smallTown()
	b := station.NewBuilder(DefaultWalking.Speed)
	platform := b.AddSpot(station.SpotRow{ID: "s1", Station: 3, Stop: 1})
	for _, d := range []struct {
		at  float64
		row station.Row
	}{
		{150, station.Row{ID: "stairs", Kind: station.Stairs, Width: 2, Seconds: 20}},
		{400, station.Row{ID: "lift", Kind: station.Lift, Seconds: 30, StepFree: true}},
	} {
		door := b.AddSpot(station.SpotRow{ID: d.row.ID, Station: 3, Stop: nowhere, Door: true, At: east(d.at)})
		b.Pass(door, platform, b.AddFacility(d.row), d.row)
	}
	parts.Stations = b.Layout()
	return parts
}

// told is a link in words: the stop, the walk and what is passed, each also
// for somebody who takes no steps.
type told struct {
	To         transit.Stop
	Walk, Free transit.Seconds
	Way        []string
	FreeWay    []string
}

func tellRow(n *Network, l *Links, row uint32) []told {
	var all []told
	for i := l.First[row]; i < l.First[row+1]; i++ {
		one := told{To: l.To[i], Walk: l.Walk[i], Free: l.Walk[i], Way: tellWay(n, l.Way, i)}
		one.FreeWay = one.Way
		if l.FreeWalk != nil {
			one.Free, one.FreeWay = l.FreeWalk[i], tellWay(n, l.FreeWay, i)
		}
		all = append(all, one)
	}
	return all
}

func tellWay(n *Network, ways []uint32, link uint32) []string {
	var passed []string
	if ways == nil || ways[link] == transit.None {
		return nil
	}
	w := &n.Stations.Ways
	for at := w.First[ways[link]]; at < w.First[ways[link]+1]; at++ {
		passed = append(passed, n.Stations.Facilities.ID[w.Facility[at]]+" "+w.Left[at].Clock())
	}
	return passed
}

func TestAccessTakesTheDoorWithTheShortestWay(t *testing.T) {
	n := assembled(t, twoDoors())
	stairs, lift := []string{"stairs 00:00:20"}, []string{"lift 00:00:30"}
	want := []told{
		{To: 0, Walk: walk(100), Free: walk(100)},
		{To: 1, Walk: walk(250) + 20, Free: walk(500) + 30, Way: stairs, FreeWay: lift},
		{To: 2, Walk: walk(600), Free: walk(600)},
	}
	if diff := cmp.Diff(want, tellRow(n, &n.Access, 0)); diff != "" {
		t.Error(diff)
	}
	want = []told{
		{To: 2, Walk: walk(20), Free: walk(20)},
		{To: 1, Walk: walk(120) + 30, Free: walk(120) + 30, Way: lift, FreeWay: lift},
		{To: 0, Walk: walk(520), Free: walk(520)},
	}
	if diff := cmp.Diff(want, tellRow(n, &n.Access, 1)); diff != "" {
		t.Error(diff)
	}
}

func TestTransfersGoOutOfOneStationIntoTheOther(t *testing.T) {
	n := assembled(t, twoDoors())
	want := []told{
		{To: 0}, {To: 1, Walk: walk(150) + 20, Free: noWalk, Way: []string{"stairs 00:00:20"}},
	}
	if diff := cmp.Diff(want, tellRow(n, &n.Transfers, 0)); diff != "" {
		t.Error(diff)
	}
	want = []told{
		{To: 1},
		{To: 2, Walk: 30 + walk(100), Free: 30 + walk(100), Way: []string{"lift " + (30 + walk(100)).Clock()}, FreeWay: []string{"lift " + (30 + walk(100)).Clock()}},
		{To: 0, Walk: 20 + walk(150), Free: noWalk, Way: []string{"stairs " + (20 + walk(150)).Clock()}},
	}
	if diff := cmp.Diff(want, tellRow(n, &n.Transfers, 1)); diff != "" {
		t.Error(diff)
	}
}

// Two stations 100 m apart, each with 10 s of gates: out of one, along the
// street, into the other.
func TestTransfersBetweenTwoStations(t *testing.T) {
	parts := smallTown()
	b := station.NewBuilder(1)
	for s, at := range []float64{100, 200} {
		row := station.Row{ID: "gate", Kind: station.Gate, Seconds: 10, StepFree: true}
		platform := b.AddSpot(station.SpotRow{Station: nowhere, Stop: transit.Stop(s)})
		b.Pass(b.AddSpot(station.SpotRow{Station: nowhere, Stop: nowhere, Door: true, At: east(at)}), platform, b.AddFacility(row), row)
	}
	parts.Stations = b.Layout()
	n := assembled(t, parts)
	whole := walk(100) + 20
	want := told{To: 1, Walk: whole, Free: whole, Way: []string{"gate " + whole.Clock(), "gate 00:00:10"}}
	want.FreeWay = want.Way
	if got := tellRow(n, &n.Transfers, 0)[1]; !cmp.Equal(want, got) {
		t.Error(cmp.Diff(want, got))
	}
	if n.Access.FreeWalk != nil || n.Transfers.FreeWay != nil {
		t.Error("nothing has steps, and yet there are walks free of them")
	}
}

// Within a station people keep to its ways where these are known, and else walk
// across without passing the way out and in.
func TestTransfersWithinAStation(t *testing.T) {
	inStation := func(joined bool) *Network {
		parts := smallTown()
		parts.Timetable.Stops.Parent[2] = 3
		b := station.NewBuilder(1)
		hall := b.AddSpot(station.SpotRow{Station: 3, Stop: nowhere})
		gate := station.Row{ID: "gate", Kind: station.Gate, Seconds: 10, StepFree: true}
		door := b.AddSpot(station.SpotRow{Station: 3, Stop: nowhere, Door: true, At: east(300)})
		b.Pass(door, hall, b.AddFacility(gate), gate)
		for s := range 2 {
			row := station.Row{ID: "stairs", Kind: station.Stairs, Seconds: 15}
			if !joined {
				row.Flow = station.OneWay
			}
			b.Pass(hall, b.AddSpot(station.SpotRow{Station: 3, Stop: transit.Stop(s + 1)}), b.AddFacility(row), row)
		}
		parts.Stations = b.Layout()
		return assembled(t, parts)
	}
	n := inStation(true)
	want := told{To: 2, Walk: 30, Free: noWalk, Way: []string{"stairs 00:00:30", "stairs 00:00:15"}}
	if got := tellRow(n, &n.Transfers, 1)[1]; !cmp.Equal(want, got) {
		t.Error(cmp.Diff(want, got))
	}
	n = inStation(false)
	want = told{To: 2, Walk: walk(250), Free: walk(250)}
	if got := tellRow(n, &n.Transfers, 1)[1]; !cmp.Equal(want, got) {
		t.Error(cmp.Diff(want, got))
	}
}

func TestWithoutWaysLinksAreWhatTheyWere(t *testing.T) {
	parts := smallTown()
	bare := assembled(t, parts)
	b := station.NewBuilder(1)
	b.AddPlatform(station.PlatformRow{Stop: 1, Holds: 40, Stands: 2})
	parts.Stations = b.Layout()
	n := assembled(t, parts)
	if diff := cmp.Diff(bare.Access, n.Access) + cmp.Diff(bare.Transfers, n.Transfers); diff != "" || n.Access.Way != nil {
		t.Error(diff)
	}
	if len(n.Stations.Platforms.Stop) != 1 || n.Stations.Ways.First != nil {
		t.Errorf("stations %+v", n.Stations)
	}
}

func TestAFeedsTransferTimeKeepsTheWay(t *testing.T) {
	parts := twoDoors()
	parts.Overrides = []Override{{0, 1, MinimumTime, 12}, {2, 0, Recommended, 0}, {1, 1, NotPossible, 0}}
	n := assembled(t, parts)
	want := told{To: 1, Walk: 12, Free: noWalk, Way: []string{"stairs 00:00:12"}}
	if got := tellRow(n, &n.Transfers, 0)[1]; !cmp.Equal(want, got) {
		t.Error(cmp.Diff(want, got))
	}
	parts.Overrides = []Override{{0, 1, NotPossible, 0}, {0, 1, Timed, 0}}
	n = assembled(t, parts)
	want = told{To: 1, Walk: walk(150) + 20, Free: walk(400) + 30, Way: []string{"stairs 00:00:20"}, FreeWay: []string{"lift 00:00:30"}}
	if got := tellRow(n, &n.Transfers, 0)[1]; !cmp.Equal(want, got) {
		t.Error(cmp.Diff(want, got))
	}
}

func TestPlatformsAndDoorsThatLeadNowhereAreTold(t *testing.T) {
	parts := twoDoors()
	b := station.NewBuilder(1)
	b.AddSpot(station.SpotRow{ID: "platform", Station: 3, Stop: 1})
	b.AddSpot(station.SpotRow{ID: "door", Station: 3, Stop: nowhere, Door: true, At: east(200)})
	parts.Stations, parts.Log = b.Layout(), &finding.Log{}
	n := assembled(t, parts)
	var got []string
	for _, f := range parts.Log.Findings() {
		got = append(got, string(f.Code)+" "+f.Value)
	}
	if diff := cmp.Diff([]string{"network.platforms_without_way platform", "network.doors_without_platform door"}, got); diff != "" {
		t.Error(diff)
	}
	if n.Access.Way != nil {
		t.Error("a way that leads nowhere is passed")
	}
}

// aDoor leads from the street to a stop in some seconds.
type aDoor struct {
	at   geo.Point
	to   transit.Stop
	in   transit.Seconds
	free bool
}

// The link of a place is the best that trying every door finds, and it is as
// long as the street and the way inside.
func TestDoorsAgreeWithTryingAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.IntRange(-800, 800)
		spot := func(what string) geo.Point { return east(float64(line.Draw(t, what))) }
		builder := transit.NewBuilder()
		route := builder.AddRoute("r", builder.AddAgency("a", "A", "UTC"), "1", "", 3, "")
		trip := transit.TripRow{Route: route, Shape: transit.Shape(transit.None), Calendar: builder.AddCalendar("c", nil), Vehicle: builder.AddVehicle(transit.VehicleRow{Room: 1, Kind: "fact"})}
		for range rapid.IntRange(2, 4).Draw(t, "stops") {
			trip.Calls = append(trip.Calls, transit.Call{Stop: builder.AddStop("s", "", spot("stop")), Boarding: transit.MayBoard})
		}
		builder.AddTrip(trip)
		var doors []aDoor
		for range rapid.IntRange(0, 5).Draw(t, "doors") {
			doors = append(doors, aDoor{
				spot("door"), transit.Stop(rapid.IntRange(0, len(trip.Calls)-1).Draw(t, "to")),
				transit.Seconds(rapid.IntRange(1, 90).Draw(t, "in")), rapid.Bool().Draw(t, "free"),
			})
		}
		home := spot("home")
		w := DefaultWalking
		w.MaxAccess, w.Nearest = 10_000, 0 // everything is near
		n, err := Assemble(Parts{
			Timetable: builder.Timetable(), Walking: w, Stations: layoutOf(doors),
			Places: demand.Places{ID: []string{"p"}, At: []geo.Point{home}, People: []uint32{1}},
		})
		if err != nil {
			t.Fatal(err)
		}
		got := map[transit.Stop][2]transit.Seconds{}
		for _, l := range tellRow(n, &n.Access, 0) {
			got[l.To] = [2]transit.Seconds{l.Walk, l.Free}
		}
		if diff := cmp.Diff(tryDoors(n, doors), got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func layoutOf(doors []aDoor) station.Layout {
	b, platform := station.NewBuilder(1), map[transit.Stop]station.Spot{}
	for _, d := range doors {
		if _, known := platform[d.to]; !known {
			platform[d.to] = b.AddSpot(station.SpotRow{Station: nowhere, Stop: d.to})
		}
		row := station.Row{Kind: station.Passage, Seconds: float64(d.in), StepFree: d.free, Flow: station.OneWay}
		b.Pass(b.AddSpot(station.SpotRow{Station: nowhere, Stop: nowhere, Door: true, At: d.at}), platform[d.to], b.AddFacility(row), row)
	}
	return b.Layout()
}

// tryDoors are the walks to every stop from the only place: the best of its
// doors, or the straight line where it has none.
func tryDoors(n *Network, doors []aDoor) map[transit.Stop][2]transit.Seconds {
	best, home := map[transit.Stop][2]transit.Seconds{}, n.Places.At[0]
	for _, d := range doors {
		whole := n.Walking.Seconds(geo.Distance(home, d.at)) + d.in
		walks, known := best[d.to]
		if !known {
			walks = [2]transit.Seconds{longestWalk, noWalk}
		}
		if walks[0] = min(walks[0], whole); d.free && (walks[1] == noWalk || whole < walks[1]) {
			walks[1] = whole
		}
		best[d.to] = walks
	}
	for s, at := range n.Timetable.Stops.At {
		if _, inside := best[transit.Stop(s)]; !inside {
			line := n.Walking.Seconds(geo.Distance(home, at))
			best[transit.Stop(s)] = [2]transit.Seconds{line, line}
		}
	}
	return best
}
