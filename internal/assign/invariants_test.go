package assign_test

import (
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// checkInvariants are what must hold of every outcome.
func checkInvariants(t rapid.TB, p *assign.Problem, o *assign.Outcome) {
	t.Helper()
	checkRoom(t, p, o)
	checkFlows(t, p, o)
	checkVehicles(t, p, o)
	checkStands(t, p, o)
	stays := staysOf(t, p, o)
	checkStates(t, p, o, stays)
	checkSteps(t, p, o, stays)
	checkServers(t, p, o, stays)
	for stop, here := range atStops(stays) {
		checkPlatform(t, p, stop, here)
		checkQueue(t, p, o, stop, here)
	}
	checkDenials(t, o)
}

func vehicleOf(p *assign.Problem, v transit.Visit) transit.Vehicle {
	return p.Network.Timetable.Trips.Vehicle[p.Day.Trip[p.Day.Owner[v]]]
}

func roomOf(p *assign.Problem, v transit.Visit) uint32 {
	return p.Network.Timetable.Vehicles.Room[vehicleOf(p, v)]
}

// checkRoom: no vehicle ever carries more than its room.
func checkRoom(t rapid.TB, p *assign.Problem, o *assign.Outcome) {
	for v, load := range o.Load {
		if room := roomOf(p, transit.Visit(v)); load > room {
			t.Fatalf("visit %d leaves with %d on board, its room is %d", v, load, room)
		}
	}
}

// checkFlows: the legs are what vehicles count, and what gets on gets off, at every visit.
func checkFlows(t rapid.TB, p *assign.Problem, o *assign.Outcome) {
	on, off := make([]uint32, len(o.Load)), make([]uint32, len(o.Load))
	for _, l := range o.Legs {
		on[l.On]++
		off[l.Off]++
	}
	for d := range p.Day.Trip {
		from, to := p.Day.Visits(transit.Dated(d))
		load := uint32(0)
		for v := from; v < to; v++ {
			if on[v] != o.Boarded[v] || off[v] != o.Alighted[v] {
				t.Fatalf("visit %d: %d boarded and %d alighted, by the legs %d and %d", v, o.Boarded[v], o.Alighted[v], on[v], off[v])
			}
			load = load + on[v] - off[v]
			if v < to-1 && load != o.Load[v] {
				t.Fatalf("visit %d: load %d, boarded less alighted %d", v, o.Load[v], load)
			}
		}
		if load != 0 {
			t.Fatalf("dated trip %d ends with %d on board", d, load)
		}
	}
}

// checkStates: everybody is in exactly one state, and what is told of him suits it.
func checkStates(t rapid.TB, p *assign.Problem, o *assign.Outcome, stays [][]stay) {
	if len(o.State) != p.Travellers.Len() {
		t.Fatalf("%d states of %d travellers", len(o.State), p.Travellers.Len())
	}
	for i, s := range o.State {
		nowhere := uint32(o.Stop[i]) == transit.None
		at := o.Set[i]
		for _, k := range stays[i] {
			if k.came < at || k.join < k.came || k.until < k.join || k.forGood != (s == assign.LastGone) && k.forGood {
				t.Fatalf("traveller %d: stay %+v after %d", i, k, at)
			}
			if k.on != noVisit && (p.Day.Owner[k.on] != p.Day.Owner[k.off] || k.off <= k.on) {
				t.Fatalf("traveller %d rides from visit %d to %d", i, k.on, k.off)
			}
			at = k.end(o)
		}
		ended := o.End[i] != demand.Free
		ok := false
		if s == assign.Walking && !mayBeWalking(p, o, i, stays[i], at) {
			t.Fatalf("traveller %d is on the way at the end and was on foot since %d", i, at)
		}
		switch s {
		case assign.Arrived:
			ok = ended && o.End[i] >= at && p.Day.Within(o.End[i]) && nowhere
		case assign.Walking:
			ok = !ended && nowhere && o.Set[i] != demand.Free
		case assign.NoService:
			ok = !ended && nowhere && o.Set[i] == demand.Free && len(stays[i]) == 0
		case assign.LastGone:
			ok = !ended && !nowhere && p.Day.Within(o.Join[i]) && stays[i][len(stays[i])-1].forGood
		}
		if ready := p.Travellers.Ready[i]; !ok || s != assign.NoService && ready != demand.Free && o.Set[i] < ready {
			t.Fatalf("traveller %d is in state %d: set off %d, ends %d at %d, stop %d since %d, after %d", i, s, o.Set[i], o.End[i], at, o.Stop[i], o.Join[i], at)
		}
	}
}

// checkDenials: the travellers' own denials are the vehicles'.
func checkDenials(t rapid.TB, o *assign.Outcome) {
	byTravellers, byVehicles := uint64(0), uint64(0)
	for _, l := range o.Legs {
		byTravellers += uint64(l.Denied)
	}
	for i := range o.State {
		byTravellers += uint64(o.Left[i])
	}
	for _, n := range o.Denied {
		byVehicles += uint64(n)
	}
	if byTravellers != byVehicles {
		t.Fatalf("travellers count %d denials, vehicles %d", byTravellers, byVehicles)
	}
}
