package street

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/geo"
)

var center = geo.Point{Lat: 41.16, Lon: -8.58}

// spotAt is the position so many meters north and east of the center.
func spotAt(north, east float64) Position {
	p := geo.Offset(center, geo.Meters(north), geo.Meters(east))
	return Position{int32(math.Round(p.Lat * perDegree)), int32(math.Round(p.Lon * perDegree))}
}

var pace = Pace{Speed: 1.34, Steps: .5}

// raw is a network of streets before it is a graph.
type raw struct {
	at   []Position
	ways []Way
}

// drawRaw is a random one: few vertices, some at one place, ways that cross,
// double back, close and stand alone.
func drawRaw(t *rapid.T) raw {
	n := rapid.IntRange(1, 14).Draw(t, "vertices")
	var r raw
	for range n {
		r.at = append(r.at, spotAt(float64(rapid.IntRange(0, 6).Draw(t, "north"))*70, float64(rapid.IntRange(0, 6).Draw(t, "east"))*70))
	}
	for range rapid.IntRange(0, 8).Draw(t, "ways") {
		r.ways = append(r.ways, Way{
			Class:  rapid.SampledFrom([]Class{Path, Street, Street, Steps}).Draw(t, "class"),
			Vertex: rapid.SliceOfN(rapid.Uint32Range(0, uint32(n-1)), 0, 5).Draw(t, "way"),
		})
	}
	return r
}

func (r raw) build(t interface{ Fatal(...any) }) *Graph {
	g, err := Build(r.at, r.ways)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func speedOf(c Class) float64 {
	if c == Steps {
		return pace.Speed * pace.Steps
	}
	return pace.Speed
}

// times are the seconds between all vertices, by trying every vertex between
// every two: no graph of this package is involved.
func (r raw) times() [][]float64 {
	n := len(r.at)
	times := make([][]float64, n)
	for i := range times {
		times[i] = make([]float64, n)
		for j := range times[i] {
			if i != j {
				times[i][j] = math.Inf(1)
			}
		}
	}
	for _, w := range r.ways {
		for i := 1; i < len(w.Vertex); i++ {
			a, b := w.Vertex[i-1], w.Vertex[i]
			seconds := float64(geo.Distance(r.at[a].Point(), r.at[b].Point())) / speedOf(w.Class)
			times[a][b], times[b][a] = min(times[a][b], seconds), min(times[b][a], seconds)
		}
	}
	for k := range n {
		for i := range n {
			for j := range n {
				times[i][j] = min(times[i][j], times[i][k]+times[k][j])
			}
		}
	}
	return times
}

// A way between any two vertices that lie on streets takes as long in the
// contracted graph as in the raw one.
func TestWaysAgreeWithTheRawStreets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRaw(t)
		g := r.build(t)
		times, search, onStreet := r.times(), g.Walked(pace).Search(), spotsOfVertices(r, g)
		for a, from := range onStreet {
			for b, to := range onStreet {
				walk, ok := search.Way(from, to)
				want := times[a][b]
				if ok == math.IsInf(want, 1) || (ok && math.Abs(float64(walk.Time)/1000-want) > .05) {
					t.Fatalf("from %d to %d: %d ms (%v), want %.3f s", a, b, walk.Time, ok, want)
				}
			}
		}
	})
}

// spotsOfVertices finds each vertex on the edge that runs through it: at its
// position there may be others too.
func spotsOfVertices(r raw, g *Graph) map[uint32]Spot {
	spots := map[uint32]Spot{}
	b := &building{at: r.at}
	if b.cut(r.ways) != nil {
		return nil
	}
	b.meet()
	b.trace()
	for v := range uint32(len(r.at)) {
		if n := b.node[v]; n != none {
			for e := range g.From {
				if g.From[e] == Node(n) {
					spots[v] = Spot{Edge: Edge(e)}
				} else if g.Into[e] == Node(n) {
					spots[v] = Spot{Edge: Edge(e), Along: g.Length[e]}
				}
			}
		}
	}
	return spots
}

// drawSpots are random places on and beside the streets.
func drawSpots(t *rapid.T, g *Graph, n int) []Spot {
	var spots []Spot
	for range n {
		e := Edge(rapid.IntRange(0, len(g.From)-1).Draw(t, "edge"))
		spots = append(spots, Spot{
			Edge:  e,
			Along: Millimeters(rapid.Uint32Range(0, uint32(g.Length[e])).Draw(t, "along")),
			Off:   Millimeters(rapid.Uint32Range(0, 60_000).Draw(t, "off")),
		})
	}
	return spots
}

// plain is Dijkstra's algorithm without a queue, on nodes and spots alike: the
// edges are cut at every spot, so that it knows neither ends nor same edges.
func plain(p *Paced, from Spot, to []Spot) []uint64 {
	g := p.Graph
	const far = math.MaxUint64
	cost := make([]uint64, len(g.At)+len(to)+1)
	done := make([]bool, len(cost))
	for i := range cost {
		cost[i] = far
	}
	source := len(g.At) + len(to)
	cost[source] = 0
	links := linksOf(p, append(append([]Spot{}, to...), from))
	for {
		best := -1
		for i := range cost {
			if !done[i] && cost[i] < far && (best < 0 || cost[i] < cost[best]) {
				best = i
			}
		}
		if best < 0 {
			return cost[len(g.At):source]
		}
		done[best] = true
		if best >= len(g.At) && best != source {
			continue // nobody walks through what lies off the street
		}
		for _, l := range links[best] {
			cost[l.to] = min(cost[l.to], cost[best]+l.cost)
		}
	}
}

type plainLink struct {
	to   int
	cost uint64
}

func linksOf(p *Paced, spots []Spot) [][]plainLink {
	g := p.Graph
	links := make([][]plainLink, len(g.At)+len(spots))
	join := func(a, b int, cost float64) {
		links[a] = append(links[a], plainLink{b, uint64(math.Round(cost))})
		links[b] = append(links[b], plainLink{a, uint64(math.Round(cost))})
	}
	for e := range g.From {
		join(int(g.From[e]), int(g.Into[e]), float64(g.Length[e])/speedOf(g.Class[e]))
	}
	for i, s := range spots {
		speed, off := speedOf(g.Class[s.Edge]), math.Round(float64(s.Off)/pace.Speed)
		id := len(g.At) + i
		join(id, int(g.From[s.Edge]), off+math.Round(float64(s.Along)/speed))
		join(id, int(g.Into[s.Edge]), off+math.Round(float64(g.Length[s.Edge]-s.Along)/speed))
		for j, o := range spots[:i] {
			if o.Edge == s.Edge {
				stretch := math.Abs(float64(s.Along) - float64(o.Along))
				join(id, len(g.At)+j, off+math.Round(float64(o.Off)/pace.Speed)+math.Round(stretch/speed))
			}
		}
	}
	return links
}

// Reach finds exactly what the plain algorithm finds: the same times, sorted,
// none beyond the limit but the few that are asked for anyway.
func TestReachAgreesWithPlainDijkstra(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawRaw(t).build(t)
		if len(g.From) == 0 {
			t.Skip("no street")
		}
		p := g.Walked(pace)
		spots := drawSpots(t, g, rapid.IntRange(1, 8).Draw(t, "spots"))
		targets, search := p.Targets(spots), p.Search()
		limit := Milliseconds(rapid.Uint32Range(0, 600_000).Draw(t, "limit"))
		atLeast := rapid.IntRange(0, 4).Draw(t, "at least")
		for _, from := range spots { // one scratch for all
			want := plain(p, from, spots)
			got := search.Reach(from, targets, limit, atLeast)
			checkReached(t, got, want, limit, atLeast)
		}
	})
}

func checkReached(t *rapid.T, got []Reached, want []uint64, limit Milliseconds, atLeast int) {
	within := 0
	for _, w := range want {
		if w <= uint64(limit) {
			within++
		}
	}
	reachable := 0
	for _, w := range want {
		if w < math.MaxUint64 {
			reachable++
		}
	}
	if len(got) != max(within, min(atLeast, reachable)) {
		t.Fatalf("%d reached, want %d within the limit, at least %d of %d", len(got), within, atLeast, reachable)
	}
	for i, r := range got {
		if uint64(r.Time) != want[r.Target] {
			t.Fatalf("target %d after %d ms, want %d", r.Target, r.Time, want[r.Target])
		}
		if i > 0 && (r.Time < got[i-1].Time || (r.Time == got[i-1].Time && r.Target <= got[i-1].Target)) {
			t.Fatalf("out of order: %v", got)
		}
	}
}

// A way is as long there as back, and its course is as long as it says.
func TestWayIsTheSameBothWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawRaw(t).build(t)
		if len(g.From) == 0 {
			t.Skip("no street")
		}
		search := g.Walked(pace).Search()
		spots := drawSpots(t, g, 2)
		there, ok := search.Way(spots[0], spots[1])
		back, okBack := search.Way(spots[1], spots[0])
		if ok != okBack || there.Time != back.Time {
			t.Fatalf("there %d ms, back %d ms", there.Time, back.Time)
		}
		if !ok {
			return
		}
		course := geo.Length(there.Course) + (spots[0].Off + spots[1].Off).Meters()
		if math.Abs(float64(course-there.Length.Meters())) > .05 {
			t.Fatalf("the course is %.3f m long, the way %.3f m", course, there.Length.Meters())
		}
	})
}

// Snap finds what looking at every piece of every way finds.
func TestSnapAgreesWithLookingAtAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRaw(t)
		g := r.build(t)
		north, east := rapid.Float64Range(-150, 600).Draw(t, "north"), rapid.Float64Range(-150, 600).Draw(t, "east")
		p, within := geo.Offset(center, geo.Meters(north), geo.Meters(east)), geo.Meters(rapid.Float64Range(0, 300).Draw(t, "within"))
		nearest := math.Inf(1)
		for _, w := range r.ways {
			for i := 1; i < len(w.Vertex); i++ {
				if a, b := w.Vertex[i-1], w.Vertex[i]; a != b {
					_, square := geo.PlaneAround(p).Nearest(r.at[a].Point(), r.at[b].Point())
					nearest = min(nearest, math.Sqrt(square))
				}
			}
		}
		spot, ok := NewIndex(g, nil).Snap(p, within)
		if ok != (nearest <= float64(within)) || (ok && math.Abs(float64(spot.Off.Meters())-nearest) > .001) {
			t.Fatalf("snapped %v %v, want %.3f m away within %.3f m", ok, spot, nearest, within)
		}
		if ok && math.Abs(float64(geo.Distance(p, foot(g, spot)))-nearest) > .01 {
			t.Fatalf("the place on the street is not %.3f m away", nearest)
		}
	})
}

func foot(g *Graph, s Spot) geo.Point { return g.stretch(s.Edge, s.Along, s.Along)[0] }

// The islands are the sets of vertices that can reach each other.
func TestIslandsAreWhatOneCanReach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRaw(t)
		g := r.build(t)
		islands, of := g.Islands()
		spots, times := spotsOfVertices(r, g), r.times()
		for a, from := range spots {
			for b, to := range spots {
				if (of[g.From[from.Edge]] == of[g.From[to.Edge]]) == math.IsInf(times[a][b], 1) {
					t.Fatalf("vertices %d and %d: islands %d and %d", a, b, of[g.From[from.Edge]], of[g.From[to.Edge]])
				}
			}
		}
		nodes, edges, length := 0, 0, uint64(0)
		for i, island := range islands {
			nodes, edges, length = nodes+island.Nodes, edges+island.Edges, length+island.Length
			if i > 0 && island.Length > islands[i-1].Length {
				t.Fatal("a longer island comes later")
			}
		}
		if nodes != len(g.At) || edges != len(g.From) || math.Abs(float64(length)/1000-float64(g.Total())) > 1e-6 {
			t.Fatalf("islands have %d nodes, %d edges, want %d, %d", nodes, edges, len(g.At), len(g.From))
		}
	})
}
