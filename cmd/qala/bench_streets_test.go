package main

import (
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/street"
)

// block is a square of streets with a path across.
func block(t *testing.T) *street.Graph {
	t.Helper()
	at := []street.Position{{}, {Lat: 10_000}, {Lat: 10_000, Lon: 10_000}, {Lon: 10_000}}
	g, err := street.Build(at, []street.Way{
		{Class: street.Street, Vertex: []uint32{0, 1, 2, 3, 0}}, {Class: street.Path, Vertex: []uint32{0, 2}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestStreetsPageComparesAndMeasures(t *testing.T) {
	page, err := streetsPage("block", block(t).Walked(street.Pace{Speed: 1.34, Steps: .5}))
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	if !strings.Contains(text, "10000 pairs were compared") {
		t.Errorf("nothing was compared:\n%s", text)
	}
	if rows := strings.Count(text, " us | "); rows != 8 {
		t.Errorf("%d rows, want 8:\n%s", rows, text)
	}
}

// A hierarchy of other streets does not go unnoticed.
func TestStreetsPageNoticesOtherTimes(t *testing.T) {
	g := block(t)
	p := g.Walked(street.Pace{Speed: 1.34, Steps: .5})
	slow, err := g.Walked(street.Pace{Speed: 1, Steps: .5}).Hierarchy()
	if err != nil {
		t.Fatal(err)
	}
	s := &streetBench{paced: p, spots: randomSpots(g, 1000)}
	if _, err := s.compare(slow); err == nil {
		t.Error("ways at another pace take as long")
	}
}

func TestBenchStreetsNeedsStreets(t *testing.T) {
	file := t.TempDir() + "/town.qala"
	must(t, "import", "../../examples/astana/city.yaml", "-o", file)
	if out := qala(t, "bench", "streets", file); out.code != exitUsage {
		t.Errorf("a city without streets: %d", out.code)
	}
}
