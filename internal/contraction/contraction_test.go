package contraction

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawArcs is a random graph: one way, both ways at one cost or at two, parallel arcs, arcs from a
// node to itself, arcs that cost nothing or far too much, parts that hang together
// by nothing.
func drawArcs(t *rapid.T, nodes int) []Arc {
	var arcs []Arc
	most := rapid.SampledFrom([]uint32{0, 1, 3, 50, 1 << 29, math.MaxUint32}).Draw(t, "dearest")
	twins := rapid.SampledFrom([]string{"none", "some", "all", "dearer"}).Draw(t, "both ways")
	for range rapid.IntRange(0, 4*nodes).Draw(t, "arcs") {
		a := Arc{
			From: rapid.Uint32Range(0, uint32(nodes-1)).Draw(t, "from"),
			Into: rapid.Uint32Range(0, uint32(nodes-1)).Draw(t, "into"),
			Cost: rapid.Uint32Range(0, most).Draw(t, "cost"),
		}
		arcs = append(arcs, a)
		if twins == "all" || (twins == "some" && rapid.Bool().Draw(t, "twin")) {
			arcs = append(arcs, Arc{a.Into, a.From, a.Cost})
		}
		if twins == "dearer" { // uphill
			arcs = append(arcs, Arc{a.Into, a.From, a.Cost/2 + 1})
		}
	}
	return arcs
}

func drawSeeds(t *rapid.T, nodes int) []Seed {
	var seeds []Seed
	for range rapid.IntRange(0, 3).Draw(t, "seeds") {
		seeds = append(seeds, Seed{
			Node: rapid.Uint32Range(0, uint32(nodes-1)).Draw(t, "node"),
			Cost: rapid.SampledFrom([]uint32{0, 0, 1, 7, Longest - 1, Longest, math.MaxUint32}).Draw(t, "before"),
		})
	}
	return seeds
}

// plain is Dijkstra's algorithm as the textbooks have it, on the arcs alone.
func plain(nodes int, arcs []Arc, seeds []Seed) []uint64 {
	cost, done := make([]uint64, nodes), make([]bool, nodes)
	for i := range cost {
		cost[i] = Longest
	}
	for _, s := range seeds {
		cost[s.Node] = min(cost[s.Node], uint64(s.Cost))
	}
	for {
		best := -1
		for n := range cost {
			if !done[n] && cost[n] < Longest && (best < 0 || cost[n] < cost[best]) {
				best = n
			}
		}
		if best < 0 {
			return cost
		}
		done[best] = true
		for _, a := range arcs {
			if int(a.From) == best {
				cost[a.Into] = min(cost[a.Into], cost[best]+uint64(a.Cost))
			}
		}
	}
}

// least is the cheapest way on to one of the seeds.
func least(cost []uint64, to []Seed) uint64 {
	best := uint64(Longest)
	for _, s := range to {
		best = min(best, cost[s.Node]+uint64(s.Cost))
	}
	return best
}

func built(t interface{ Fatal(...any) }, nodes int, arcs []Arc, summits int) *Hierarchy {
	h, err := build(nodes, arcs, summits)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Each way of asking finds what the plain algorithm finds, with one scratch for
// all questions.
func TestAnswersAgreeWithPlainDijkstra(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nodes := rapid.IntRange(1, 24).Draw(t, "nodes")
		arcs := drawArcs(t, nodes)
		h := built(t, nodes, arcs, rapid.IntRange(0, nodes).Draw(t, "summits"))
		ends := [][]Seed{drawSeeds(t, nodes), drawSeeds(t, nodes), drawSeeds(t, nodes)}
		search, sweep, reach := h.Search(), h.Sweep(), h.Targets(ends).Reach()
		for range 3 {
			from := drawSeeds(t, nodes)
			want := plain(nodes, arcs, from)
			for n, cost := range sweep.From(from) {
				if uint64(cost) != want[n] {
					t.Fatalf("to all: node %d costs %d, want %d", n, cost, want[n])
				}
			}
			for _, to := range ends {
				checkBetween(t, search, arcs, from, to, least(want, to))
			}
			checkReach(t, reach, from, ends, want, rapid.Uint32Range(0, 100).Draw(t, "limit"))
			checkReach(t, reach, from, ends, want, math.MaxUint32)
		}
	})
}

func checkBetween(t *rapid.T, s *Search, arcs []Arc, from, to []Seed, want uint64) {
	cost, ok := s.Between(from, to)
	if uint64(cost) != want || ok != (want < Longest) {
		t.Fatalf("from %v to %v costs %d (%v), want %d", from, to, cost, ok, want)
	}
	if !ok {
		return
	}
	first, last, path := s.Path(nil)
	at, sum := first, uint64(0)
	for _, p := range path {
		if arcs[p].From != at {
			t.Fatalf("the path %v from %d does not hang together", path, first)
		}
		at, sum = arcs[p].Into, sum+uint64(arcs[p].Cost)
	}
	before, after := seedAt(from, first), seedAt(to, last)
	if at != last || before+sum+after != want {
		t.Fatalf("the path %v from %d leads to %d and costs %d, want %d", path, first, at, before+sum+after, want)
	}
}

func seedAt(seeds []Seed, n uint32) uint64 {
	best := uint64(math.MaxUint64 / 4)
	for _, s := range seeds {
		if s.Node == n {
			best = min(best, uint64(s.Cost))
		}
	}
	return best
}

func checkReach(t *rapid.T, r *Reach, from []Seed, ends [][]Seed, cost []uint64, limit uint32) {
	got := map[uint32]uint32{}
	found := r.From(from, limit)
	for _, f := range found {
		got[f.Target] = f.Cost
	}
	if len(got) != len(found) {
		t.Fatalf("a target is found twice: %v", found)
	}
	for i, to := range ends {
		want := least(cost, to)
		c, ok := got[uint32(i)]
		if ok != (want <= uint64(limit) && want < Longest) || (ok && uint64(c) != want) {
			t.Fatalf("target %d within %d: %d (%v), want %d", i, limit, c, ok, want)
		}
	}
}

// One graph makes one hierarchy, and one that is the same both ways knows it.
func TestBuildIsTheSameEachTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nodes := rapid.IntRange(1, 30).Draw(t, "nodes")
		arcs := drawArcs(t, nodes)
		a, b := built(t, nodes, arcs, mostSummits), built(t, nodes, arcs, mostSummits)
		if !slices.Equal(a.rank, b.rank) || !a.up.same(b.up) || !a.down.same(b.down) || !slices.Equal(a.over, b.over) {
			t.Fatal("two hierarchies of one graph")
		}
		both := slices.Clone(arcs)
		for _, a := range arcs {
			both = append(both, Arc{a.Into, a.From, a.Cost})
		}
		if !built(t, nodes, both, 0).even {
			t.Fatal("a graph without one-way arcs has two different sides")
		}
	})
}

func (s side) same(o side) bool {
	return slices.Equal(s.first, o.first) && slices.Equal(s.arc, o.arc) && slices.Equal(s.mid, o.mid)
}

func TestBuildRefusesWhatDoesNotFit(t *testing.T) {
	for name, a := range map[string]Arc{"from": {From: 2}, "into": {Into: 2}, "far off": {From: math.MaxUint32}} {
		if _, err := Build(2, []Arc{{}, a}); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if h, err := Build(0, nil); err != nil || h.Nodes() != 0 || len(h.Sweep().From(nil)) != 0 {
		t.Errorf("an empty graph: %v", err)
	}
}

// grid is a town of so many streets each way, its streets not all as quick.
func grid(side int) []Arc {
	var arcs []Arc
	join := func(a, b int) {
		cost := uint32(60 + (a*7+b*13)%41)
		arcs = append(arcs, Arc{uint32(a), uint32(b), cost}, Arc{uint32(b), uint32(a), cost})
	}
	for n := range side * side {
		if n%side > 0 {
			join(n-1, n)
		}
		if n >= side {
			join(n-side, n)
		}
	}
	return arcs
}

// No question allocates once the scratch is warm.
func TestQuestionsDoNotAllocate(t *testing.T) {
	h := built(t, 900, grid(30), 60)
	search, sweep, reach := h.Search(), h.Sweep(), h.Targets([][]Seed{{{Node: 5}}, {{Node: 700}}}).Reach()
	for name, ask := range map[string]func(n uint32){
		"between": func(n uint32) { search.Between([]Seed{{Node: n}}, []Seed{{Node: 899 - n}}) },
		"to all":  func(n uint32) { sweep.From([]Seed{{Node: n}}) },
		"reach":   func(n uint32) { reach.From([]Seed{{Node: n}}, Longest) },
	} {
		n := uint32(0)
		for range 900 {
			ask(n)
			n = (n + 1) % 900
		}
		if allocs := testing.AllocsPerRun(900, func() { ask(n); n = (n + 1) % 900 }); allocs != 0 {
			t.Errorf("%s: %v allocations", name, allocs)
		}
	}
}

// A search settles few of a town's nodes.
func TestSearchIsBounded(t *testing.T) {
	const side = 64
	search := built(t, side*side, grid(side), mostSummits).Search()
	for n := range uint32(side) {
		search.Between([]Seed{{Node: n}}, []Seed{{Node: side*side - 1 - n*side}})
	}
	if mean := search.Settled() / side; mean < 10 || mean > 500 {
		t.Errorf("%d labels settled from end to end of %d nodes", mean, side*side)
	}
}
