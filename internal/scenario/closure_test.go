package scenario

import (
	"testing"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
)

// A closed street turns a shuttle away, wherever the closure stands in the list.
func TestAShuttleGoesRoundAClosedStreet(t *testing.T) {
	n := withStreets(t)
	at := n.Timetable.Stops.At
	hash := network.Hash(n)
	s := Shuttle{Name: "S", Stops: []string{"B", "C"}, From: 20 * hour, To: 20 * hour, Every: hour, Room: 50, OneWay: true}
	open, _ := lastTrip(applied(t, n, s))
	shut := CloseStreet{Points: []geo.Point{geo.Between(at[1], at[2], .5)}}
	for _, list := range [][]Modification{{s, shut}, {shut, s}} {
		out, findings := Apply(n, date, list)
		// Past C there is no other way: the shuttle is told to drive straight.
		if len(findings) != 1 || findings[0].Code != codeNoRoad {
			t.Fatalf("%+v", findings)
		}
		if took, _ := lastTrip(out); took == open {
			t.Errorf("%d s with the street closed and open", took)
		}
	}
	if network.Hash(n) != hash {
		t.Error("the base was changed")
	}
}

func TestAStreetThatIsNotThereIsNotClosed(t *testing.T) {
	n := withStreets(t)
	shut := CloseStreet{Points: []geo.Point{{Lat: 10, Lon: 10}}}
	for code, of := range map[finding.Code]*network.Network{codeNoStreetThere: n, codeNoStreets: corridor(t)} {
		out, findings := Apply(of, date, []Modification{shut})
		if len(findings) != 1 || findings[0].Code != code || out.Streets != of.Streets {
			t.Errorf("%s: %+v", code, findings)
		}
	}
}
