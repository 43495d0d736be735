package drawn

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// At B one passes a gate, then stairs of 10 m or a lift, to a platform for 300.
const underground = `
A----B----C
line red A B C every 10m 18:00-19:00 room 60 seats 20 doors 2 board 2s alight 1s block v1
line blue A C at 18:00
gate G at B rate 25/min channels 2
stairs at B width 2 length 10
lift at B rate 600/h random
platform B holds 300 area 120.5
stands C 2
stands B 1
venue A in 30/min out 2400/h holds 900
walking transfer 450 access 50
`

func parsed(t *testing.T, text string) *City {
	t.Helper()
	c, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := network.Validate(c.Network); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestFacilitiesHaveTheirRates(t *testing.T) {
	f := parsed(t, underground).Network.Stations.Facilities
	f.At, f.Basis, f.Source = nil, nil, nil
	want := station.Facilities{
		ID: []string{"G", "stairs B", "lift B"}, Name: []string{"G", "stairs B", "lift B"},
		Kind: []station.Kind{station.Gate, station.Stairs, station.Lift}, Station: []transit.Stop{1, 1, 1},
		Channels: []uint32{2, 1, 1}, Service: []uint32{2400, 0, 6000}, Variation: []uint8{0, 0, 100},
		Length: []float32{0, 10, 0}, Width: []float32{0, 2, 0}, Speed: []float32{1, .5, 1}, StepFree: []bool{true, false, true},
	}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Error(diff)
	}
}

// Ten meters of stairs at half of 1 m/s are 20 s; the lift takes its place for
// those who take no steps.
func TestWaysLeadFromTheStreetThroughTheFacilities(t *testing.T) {
	n := parsed(t, underground).Network
	way := func(w uint32) (passed []string, left []transit.Seconds) {
		for at := n.Stations.Ways.First[w]; at < n.Stations.Ways.First[w+1]; at++ {
			passed = append(passed, n.Stations.Facilities.ID[n.Stations.Ways.Facility[at]])
			left = append(left, n.Stations.Ways.Left[at])
		}
		return passed, left
	}
	for row, stop := range []transit.Stop{0, 1, 2} {
		i := n.Access.First[row]
		if n.Access.To[i] != stop {
			t.Fatalf("place %d is linked to stop %d first", row, n.Access.To[i])
		}
		if stop != 1 {
			if n.Access.Way[i] != transit.None || n.Access.Walk[i] != 0 || n.Access.FreeWalk[i] != 0 {
				t.Errorf("something is passed on the way to stop %d", stop)
			}
			continue
		}
		passed, left := way(n.Access.Way[i])
		if diff := cmp.Diff([]string{"G", "stairs B"}, passed); diff != "" || !cmp.Equal(left, []transit.Seconds{20, 20}) || n.Access.Walk[i] != 20 {
			t.Errorf("walk %d, left %v %s", n.Access.Walk[i], left, diff)
		}
		passed, left = way(n.Access.FreeWay[i])
		if diff := cmp.Diff([]string{"G", "lift B"}, passed); diff != "" || !cmp.Equal(left, []transit.Seconds{0, 0}) || n.Access.FreeWalk[i] != 0 {
			t.Errorf("without steps: walk %d, left %v %s", n.Access.FreeWalk[i], left, diff)
		}
	}
}

// From B to C one comes out by the stairs and the gate, and who stays at B passes nothing.
func TestChangingStopsPassesTheFacilitiesOfBoth(t *testing.T) {
	n := parsed(t, underground).Network
	stops, walks := n.Transfers.Row(1)
	for k, to := range stops {
		i := n.Transfers.First[1] + uint32(k)
		way := n.Transfers.Way[i]
		if to == 1 {
			if way != transit.None || walks[k] != 0 {
				t.Errorf("who stays walks %d s", walks[k])
			}
			continue
		}
		first := n.Stations.Ways.Facility[n.Stations.Ways.First[way]]
		if n.Stations.Facilities.Kind[first] != station.Stairs || walks[k] < 420 || walks[k] > 422 {
			t.Errorf("to stop %d: %d s, first through %s; want the stairs, 400 m and 20 s", to, walks[k], n.Stations.Facilities.ID[first])
		}
	}
	if len(stops) < 2 {
		t.Fatal("no transfer to look at")
	}
}

func TestStepsWithoutALiftAreClosedToSomeone(t *testing.T) {
	n := parsed(t, "A----B\nline red A B at 1:00\nstairs at A width 1 length 5").Network
	if got := n.Access.FreeWalk[0]; got != -1 {
		t.Errorf("somebody who takes no steps walks %d s down the stairs", got)
	}
}

func TestPlatformsVenuesAndVehicles(t *testing.T) {
	n := parsed(t, underground).Network
	p := n.Stations.Platforms
	if !cmp.Equal(p.Stop, []transit.Stop{1, 2}) || !cmp.Equal(p.Holds, []uint32{300, 0}) ||
		!cmp.Equal(p.Area, []float32{120.5, 0}) || !cmp.Equal(p.Stands, []uint32{1, 2}) {
		t.Errorf("platforms %+v", p)
	}
	want := []demand.Gate{{ID: "A", Place: 0, PerMinute: 40, InPerMin: 30, Share: 1}}
	if diff := cmp.Diff(want, n.Venues[0].Gates); diff != "" || n.Venues[0].Capacity != 900 {
		t.Errorf("venue %+v", n.Venues[0])
	}
	v, trips := n.Timetable.Vehicles, n.Timetable.Trips
	if v.Seats[0] != 20 || v.Room[0] != 60 || v.Doors[0] != 2 || v.BoardTime[0] != 2 || v.AlightTime[0] != 1 || trips.Block[0] != "v1" {
		t.Errorf("vehicles %+v, block %q", v, trips.Block[0])
	}
	if v.Seats[1] != 100 || trips.Block[1] != "" {
		t.Errorf("a line of which nothing is said: seats %d, block %q", v.Seats[1], trips.Block[1])
	}
}

func TestClassesOfCrowds(t *testing.T) {
	people := parsed(t, `A----B
line red A B at 1:00
class slow speed 60% stepfree crowding 150%
crowd 1 at A 0:30 to B as fans
crowd 1 at A 0:30 to B class slow
crowd 1 at A to B by 1:10 class slow uninformed
crowd 1 at A 0:30 to B uninformed
`)
	slow := demand.Class{Name: "slow", Speed: 60, StepFree: true, Crowding: 150, Informed: true}
	lost, stranger := slow, demand.Ordinary
	lost.Name, lost.Informed = "slow uninformed", false
	stranger.Name, stranger.Informed = "ordinary uninformed", false
	for i, want := range []demand.Class{demand.Ordinary, slow, lost, stranger} {
		if got := people.Travellers.ClassOf(i); got != want {
			t.Errorf("traveller %d is %+v, want %+v", i, got, want)
		}
	}
	var names []string
	for _, s := range people.Sessions {
		names = append(names, s.Name)
	}
	if !cmp.Equal(names, []string{"fans", "2", "3", "4"}) || people.Travellers.Crowds[2].Way != demand.Arriving {
		t.Errorf("sessions %q, crowds %v", names, people.Travellers.Crowds)
	}
	if c := parsed(t, town).Travellers; c.Class != nil || c.Classes != nil {
		t.Errorf("classes %v of a city that names none", c.Classes)
	}
}

func TestWordsKeepNamesTogether(t *testing.T) {
	for line, want := range map[string][]string{
		`expect queue at "Main Square" below 5 # remark`: {"expect", "queue", "at", "Main Square", "below", "5"},
		`a "b # c"d`: {"a", "b # c", "d"},
		`# nothing`:  nil,
		`""`:         {""},
	} {
		if got, err := Words(line); err != nil || !cmp.Equal(got, want) {
			t.Errorf("%s: %q, %v", line, got, err)
		}
	}
	if _, err := Words(`queue at "Main`); err == nil {
		t.Error("an open quotation mark was read")
	}
}
