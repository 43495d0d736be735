package osm

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/qala-city/qala/internal/street"
)

func hierarchy(t testing.TB, p *street.Paced) *street.Hierarchy {
	t.Helper()
	h, err := p.Hierarchy()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// 10,000 random pairs of Porto: a hierarchy finds the millisecond that Dijkstra's
// algorithm finds, between two spots, to many, to all, and along a course.
func TestPortoHierarchyAgreesToTheMillisecond(t *testing.T) {
	const sources, targets = 20, 500
	m, _ := city(t, porto)
	g, random := m.Streets, rand.New(rand.NewPCG(20, 30))
	spots := randomSpots(g, random, sources+targets)
	p := g.Walked(pace)
	h, links := hierarchy(t, p), nodeLinks(g)
	climb, gather := h.Climb(), h.Targets(spots[sources:]).Gather()
	compared, possible := 0, 0
	for _, from := range spots[:sources] {
		nodes := links.plainFrom(g, from)
		toAll := climb.ToAll(from)
		for n, time := range toAll {
			if math.IsInf(nodes[n], 1) != (time == uint32(street.Longest)) || (time < uint32(street.Longest) && float64(time) != nodes[n]) {
				t.Fatalf("from %+v to node %d: %d ms, want %.0f", from, n, time, nodes[n])
			}
		}
		reached := make([]float64, targets)
		for i := range reached {
			reached[i] = math.Inf(1)
		}
		for _, r := range gather.Reach(from, street.Longest, 0) {
			reached[r.Target] = float64(r.Time)
		}
		for i, to := range spots[sources:] {
			want := plainTime(g, nodes, from, to)
			time, ok := climb.Time(from, to)
			walk, okWalk := climb.Way(from, to)
			if ok == math.IsInf(want, 1) || okWalk != ok || reached[i] != want || (ok && (float64(time) != want || walk.Time != time)) {
				t.Fatalf("from %+v to %+v: %d ms (%v), of many %.0f, with a course %d (%v), want %.0f",
					from, to, time, ok, reached[i], walk.Time, okWalk, want)
			}
			compared++
			if ok {
				possible++
			}
		}
	}
	if compared != 10_000 || possible < 8_500 {
		t.Errorf("%d pairs, %d of them possible at all", compared, possible)
	}
}

// plainTime is the time between two spots where that to every node is known.
func plainTime(g *street.Graph, nodes []float64, from, to street.Spot) float64 {
	time := min(nodes[g.From[to.Edge]]+along(g, to, to.Along), nodes[g.Into[to.Edge]]+along(g, to, g.Length[to.Edge]-to.Along))
	off := math.Round(float64(to.Off) / pace.Speed)
	if to.Edge == from.Edge {
		time = min(time, math.Round(float64(from.Off)/pace.Speed)+along(g, to, max(to.Along, from.Along)-min(to.Along, from.Along)))
	}
	return time + off
}

// A question across Porto settles less than a hundred labels.
func TestPortoClimbIsBounded(t *testing.T) {
	const asked = 1000
	m, _ := city(t, porto)
	spots := randomSpots(m.Streets, rand.New(rand.NewPCG(1, 2)), asked+1)
	climb := hierarchy(t, m.Streets.Walked(pace)).Climb()
	for i := range asked {
		climb.Time(spots[i], spots[i+1])
	}
	if mean := climb.Settled() / asked; mean < 5 || mean > 100 {
		t.Errorf("%d labels settled, of %d nodes", mean, len(m.Streets.At))
	}
}

func BenchmarkPortoHierarchy(b *testing.B) {
	m, _ := city(b, porto)
	p := m.Streets.Walked(pace)
	var h *street.Hierarchy
	for b.Loop() {
		h = hierarchy(b, p)
	}
	b.ReportMetric(float64(len(m.Streets.At)), "nodes")
	b.ReportMetric(float64(h.Arcs()), "arcs")
}

// Between any two places of the city, by a hierarchy and by a search.
func BenchmarkPortoBetween(b *testing.B) {
	m, _ := city(b, porto)
	spots := randomSpots(m.Streets, rand.New(rand.NewPCG(1, 2)), 4096)
	p := m.Streets.Walked(pace)
	climb, search := hierarchy(b, p).Climb(), p.Search()
	for _, by := range []struct {
		name    string
		ask     func(from, to street.Spot)
		settled func() uint64
	}{
		{"time", func(from, to street.Spot) { climb.Time(from, to) }, climb.Settled},
		{"limited search", func(from, to street.Spot) { search.Time(from, to, p.Off(3_250_000)) }, func() uint64 { return search.Settled }},
		{"course", func(from, to street.Spot) { climb.Way(from, to) }, climb.Settled},
		{"search", func(from, to street.Spot) { search.Way(from, to) }, func() uint64 { return search.Settled }},
	} {
		b.Run(by.name, func(b *testing.B) {
			asked, before := 0, by.settled()
			for b.Loop() {
				by.ask(spots[asked%4096], spots[(asked*7+1)%4096])
				asked++
			}
			b.ReportMetric(float64(by.settled()-before)/float64(asked), "labels/op")
		})
	}
}

func BenchmarkPortoToAll(b *testing.B) {
	m, _ := city(b, porto)
	spots := randomSpots(m.Streets, rand.New(rand.NewPCG(1, 2)), 4096)
	p := m.Streets.Walked(pace)
	none, search := p.Targets(nil), p.Search()
	climb := hierarchy(b, p).Climb()
	for _, by := range []struct {
		name    string
		ask     func(from street.Spot)
		settled func() uint64
	}{
		{"sweep", func(from street.Spot) { climb.ToAll(from) }, climb.Settled},
		{"search", func(from street.Spot) { search.Reach(from, none, street.Longest, 0) }, func() uint64 { return search.Settled }},
	} {
		b.Run(by.name, func(b *testing.B) {
			asked, before := 0, by.settled()
			for b.Loop() {
				by.ask(spots[asked%4096])
				asked++
			}
			b.ReportMetric(float64(by.settled()-before)/float64(asked), "labels/op")
		})
	}
}

// What BenchmarkPortoManyToMany asks for, within 1,300 m of way and within the
// whole city, by prepared targets. Making the hierarchy is not in it.
func BenchmarkPortoGather(b *testing.B) {
	m, _ := city(b, porto)
	p := m.Streets.Walked(pace)
	spots := randomSpots(m.Streets, rand.New(rand.NewPCG(1, 2)), 4200)
	h := hierarchy(b, p)
	for _, within := range []struct {
		name  string
		limit street.Milliseconds
	}{{"1300m", p.Off(1_300_000)}, {"city", street.Longest}} {
		b.Run(within.name, func(b *testing.B) {
			var settled, found int
			for b.Loop() {
				gather := h.Targets(spots[:2500]).Gather()
				found = 0
				for _, from := range spots {
					found += len(gather.Reach(from, within.limit, 3))
				}
				settled = int(gather.Settled())
			}
			b.ReportMetric(float64(settled), "labels")
			b.ReportMetric(float64(found), "walks")
		})
	}
}
