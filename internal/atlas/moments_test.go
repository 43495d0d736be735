package atlas_test

import (
	"testing"

	"github.com/qala-city/qala/internal/atlas"
)

// TestMomentsAreThoseOfTheResults takes the columns apart again.
func TestMomentsAreThoseOfTheResults(t *testing.T) {
	e := match(t)
	m := atlas.MomentsOf(e)
	queues := 0
	for i, s := range e.Stops {
		told := map[int]int{}
		for k := m.Stops.First[i]; k < m.Stops.First[i+1]; k++ {
			told[m.Stops.Minute[k]] = m.Stops.Queue[k]
		}
		for _, minute := range s.Minutes {
			if told[minute.Minute] != minute.Queue {
				t.Fatalf("%s, minute %d: %d, want %d", s.ID, minute.Minute, told[minute.Minute], minute.Queue)
			}
			queues += minute.Queue
		}
	}
	carried := 0
	for i, s := range e.Segments {
		loads := m.Segments.First[i+1] - m.Segments.First[i]
		if points := m.Segments.Begin[i+1] - m.Segments.Begin[i]; loads != len(s.Loads) || points != len(s.Line) {
			t.Fatalf("segment %d: %d loads and %d points, want %d and %d", i, loads, points, len(s.Loads), len(s.Line))
		}
		lon, lat := 0, 0
		for k := m.Segments.Begin[i]; k < m.Segments.Begin[i+1]; k++ {
			lon, lat = lon+m.Segments.Point[2*k], lat+m.Segments.Point[2*k+1]
		}
		if wantLon, wantLat := atlas.Units(s.Line[len(s.Line)-1]); lon != wantLon || lat != wantLat {
			t.Errorf("segment %d ends at %d %d, want %d %d", i, lon, lat, wantLon, wantLat)
		}
		if line := m.Segments.Line[i]; line >= 0 && m.Lines[line].Route != s.Route {
			t.Errorf("segment %d is of %s, want %s", i, m.Lines[line].Route, s.Route)
		}
		for k, l := range s.Loads {
			if m.Segments.Carried[m.Segments.First[i]+k] != l.Carried {
				t.Errorf("segment %d carries another load", i)
			}
			carried += l.Carried
		}
	}
	if queues == 0 || carried == 0 {
		t.Error("there is nothing to compare")
	}
}
