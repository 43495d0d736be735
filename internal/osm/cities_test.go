package osm

import (
	"bytes"
	"container/heap"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/street"
)

const (
	porto  = "porto/osm/porto_portugal.osm.pbf"
	almaty = "almaty/osm/almaty.osm.pbf"
)

func extract(t testing.TB, name string) Source {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(require.Data(t), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return Source{Name: filepath.Base(name), Bytes: bytes.NewReader(data), Size: int64(len(data))}
}

func city(t testing.TB, name string) (*Map, *finding.Log) {
	t.Helper()
	var log finding.Log
	m, err := Read(t.Context(), extract(t, name), &log)
	if err != nil {
		t.Fatal(err)
	}
	return m, &log
}

// The counts of all that the files hold are those that came with the files.
func TestCitiesAreReadWhole(t *testing.T) {
	for _, c := range []struct {
		file                   string
		nodes, ways, relations int
		date                   string
		walked, nodesOfGraph   int
		kilometers             float64
		codes                  []finding.Code
	}{
		{porto, 347_944, 51_458, 357, "2015-06-06", 48_215, 68_824, 9_931, []finding.Code{codeCut, codeIslands}},
		{almaty, 75_288, 13_282, 106, "2012-03-13", 4_235, 8_384, 2_788, []finding.Code{codeMissing, codeCut, codeIslands}},
	} {
		m, log := city(t, c.file)
		if m.Nodes != c.nodes || m.Ways != c.ways || m.Relations != c.relations || m.Date != c.date {
			t.Errorf("%s: %d nodes, %d ways, %d relations of %s", c.file, m.Nodes, m.Ways, m.Relations, m.Date)
		}
		if m.Walked != c.walked || len(m.Streets.At) != c.nodesOfGraph || math.Round(float64(m.Streets.Total())/1000) != c.kilometers {
			t.Errorf("%s: %d walkable ways became %d nodes and %.0f km", c.file, m.Walked, len(m.Streets.At), float64(m.Streets.Total())/1000)
		}
		for i, f := range log.Findings() {
			if i >= len(c.codes) || f.Code != c.codes[i] || f.Level != finding.Note {
				t.Errorf("%s: %+v", c.file, f)
			}
		}
		islands, _ := m.Streets.Islands()
		if share := float64(islands[0].Length) / 1000 / float64(m.Streets.Total()); share < .92 {
			t.Errorf("%s: the mainland has %.0f%% of the streets only", c.file, share*100)
		}
	}
}

var pace = street.Pace{Speed: 1.34, Steps: .5}

// raw is the file's streets piece by piece, each node of the file a vertex.
type raw struct {
	at    []street.Position
	first []uint32
	link  []rawLink
}

type rawLink struct {
	to      uint32
	seconds float64
}

// rawStreets takes the streets before anything is contracted.
func rawStreets(t testing.TB, src Source) raw {
	t.Helper()
	r := &reader{ctx: t.Context(), src: src}
	if err := r.eachBlock(r.readWays); err != nil {
		t.Fatal(err)
	}
	r.listNeeded()
	if err := r.eachBlock(r.readNodes); err != nil {
		t.Fatal(err)
	}
	at, ways := r.place()
	links := make([][]rawLink, len(at))
	for _, w := range ways {
		speed := pace.Speed
		if w.Class == street.Steps {
			speed *= pace.Steps
		}
		for i := 1; i < len(w.Vertex); i++ {
			a, b := w.Vertex[i-1], w.Vertex[i]
			seconds := float64(geo.Distance(at[a].Point(), at[b].Point())) / speed
			links[a], links[b] = append(links[a], rawLink{b, seconds}), append(links[b], rawLink{a, seconds})
		}
	}
	out := raw{at: at, first: []uint32{0}}
	for _, l := range links {
		out.link = append(out.link, l...)
		out.first = append(out.first, uint32(len(out.link)))
	}
	return out
}

type rawLabel struct {
	seconds float64
	vertex  uint32
}

type rawQueue []rawLabel

func (q rawQueue) Len() int           { return len(q) }
func (q rawQueue) Less(i, j int) bool { return q[i].seconds < q[j].seconds }
func (q rawQueue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *rawQueue) Push(x any)        { *q = append(*q, x.(rawLabel)) }
func (q *rawQueue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// plain is Dijkstra's algorithm as the textbooks have it.
func (r raw) plain(from uint32) []float64 {
	seconds := make([]float64, len(r.at))
	for i := range seconds {
		seconds[i] = math.Inf(1)
	}
	seconds[from] = 0
	queue := &rawQueue{{0, from}}
	for queue.Len() > 0 {
		l := heap.Pop(queue).(rawLabel)
		if l.seconds > seconds[l.vertex] {
			continue
		}
		for _, next := range r.link[r.first[l.vertex]:r.first[l.vertex+1]] {
			if there := l.seconds + next.seconds; there < seconds[next.to] {
				seconds[next.to] = there
				heap.Push(queue, rawLabel{there, next.to})
			}
		}
	}
	return seconds
}

// alone are the vertices that stand alone at their position, by position.
func (r raw) alone() map[street.Position]uint32 {
	alone, several := map[street.Position]uint32{}, map[street.Position]bool{}
	for v, at := range r.at {
		if _, known := alone[at]; known || several[at] {
			several[at] = true
			delete(alone, at)
			continue
		}
		alone[at] = uint32(v)
	}
	return alone
}

// 10,000 random walks through Porto take as long as in the file's own streets,
// piece by piece; a tenth of a second is left for what is rounded on the way.
func TestPortoAgreesWithPlainDijkstra(t *testing.T) {
	const sources, targets = 20, 500
	src := extract(t, porto)
	m, err := Read(t.Context(), src, &finding.Log{})
	if err != nil {
		t.Fatal(err)
	}
	r, g, random := rawStreets(t, src), m.Streets, rand.New(rand.NewPCG(23, 9))
	alone := r.alone()
	draw := func() (street.Spot, uint32) {
		for {
			e := street.Edge(random.IntN(len(g.From)))
			if v, ok := alone[g.At[g.From[e]]]; ok {
				return street.Spot{Edge: e}, v
			}
		}
	}
	var spots []street.Spot
	var vertices []uint32
	for range targets {
		s, v := draw()
		spots, vertices = append(spots, s), append(vertices, v)
	}
	p := g.Walked(pace)
	search, to := p.Search(), p.Targets(spots)
	reached, worst := 0, 0.0
	for range sources {
		from, v := draw()
		want, got := r.plain(v), make([]float64, targets)
		for i := range got {
			got[i] = math.Inf(1)
		}
		for _, found := range search.Reach(from, to, street.Longest, 0) {
			got[found.Target] = float64(found.Time) / 1000
		}
		for i, vertex := range vertices {
			switch off := math.Abs(got[i] - want[vertex]); {
			case math.IsInf(got[i], 1) && math.IsInf(want[vertex], 1):
			case off > .1:
				t.Fatalf("from %v to %v: %.3f s, want %.3f s", r.at[v], r.at[vertex], got[i], want[vertex])
			default:
				reached, worst = reached+1, max(worst, off)
			}
		}
	}
	if reached < sources*targets*9/10 {
		t.Errorf("%d of %d walks are possible at all", reached, sources*targets)
	}
	t.Logf("%d walks, the largest difference is %.0f ms", reached, worst*1000)
}

// The same 10,000 walks on the graph's own numbers agree to the millisecond,
// from anywhere along an edge to anywhere along another.
func TestPortoAgreesToTheMillisecond(t *testing.T) {
	const sources, targets = 20, 500
	m, _ := city(t, porto)
	g, random := m.Streets, rand.New(rand.NewPCG(20, 30))
	spots := randomSpots(g, random, sources+targets)
	p := g.Walked(pace)
	search, to := p.Search(), p.Targets(spots[sources:])
	links := nodeLinks(g)
	for _, from := range spots[:sources] {
		got := make([]float64, targets)
		for i := range got {
			got[i] = math.Inf(1)
		}
		for _, found := range search.Reach(from, to, street.Longest, 0) {
			got[found.Target] = float64(found.Time)
		}
		nodes := links.plainFrom(g, from)
		for i, s := range spots[sources:] {
			want := min(nodes[g.From[s.Edge]]+along(g, s, s.Along), nodes[g.Into[s.Edge]]+along(g, s, g.Length[s.Edge]-s.Along))
			if s.Edge == from.Edge {
				want = min(want, along(g, s, max(s.Along, from.Along)-min(s.Along, from.Along)))
			}
			if want += math.Round(float64(s.Off) / pace.Speed); got[i] != want {
				t.Fatalf("from %+v to %+v: %.0f ms, want %.0f", from, s, got[i], want)
			}
		}
	}
}

func randomSpots(g *street.Graph, random *rand.Rand, n int) []street.Spot {
	var spots []street.Spot
	for range n {
		e := street.Edge(random.IntN(len(g.From)))
		spots = append(spots, street.Spot{
			Edge: e, Along: street.Millimeters(random.IntN(int(g.Length[e]) + 1)), Off: street.Millimeters(random.IntN(50_000)),
		})
	}
	return spots
}

// along is the time for a stretch of a spot's edge, in milliseconds.
func along(g *street.Graph, s street.Spot, stretch street.Millimeters) float64 {
	if g.Class[s.Edge] == street.Steps {
		return math.Round(float64(stretch) / (pace.Speed * pace.Steps))
	}
	return math.Round(float64(stretch) / pace.Speed)
}

// nodeLinks is the graph in the form of the plain algorithm, in milliseconds.
func nodeLinks(g *street.Graph) raw {
	links := make([][]rawLink, len(g.At)+1)
	for e := range g.From {
		cost := along(g, street.Spot{Edge: street.Edge(e)}, g.Length[e])
		a, b := g.From[e], g.Into[e]
		links[a], links[b] = append(links[a], rawLink{uint32(b), cost}), append(links[b], rawLink{uint32(a), cost})
	}
	r := raw{at: make([]street.Position, len(g.At)+1), first: []uint32{0}}
	for _, l := range links {
		r.link = append(r.link, l...)
		r.first = append(r.first, uint32(len(r.link)))
	}
	return r
}

// plainFrom starts from the vertex after the last node, which stands for the spot.
func (r raw) plainFrom(g *street.Graph, s street.Spot) []float64 {
	off := math.Round(float64(s.Off) / pace.Speed)
	r.link = append(r.link[:len(r.link):len(r.link)],
		rawLink{uint32(g.From[s.Edge]), along(g, s, s.Along)},
		rawLink{uint32(g.Into[s.Edge]), along(g, s, g.Length[s.Edge]-s.Along)})
	r.first = append([]uint32{}, r.first...)
	r.first[len(r.first)-1] = uint32(len(r.link))
	times := r.plain(uint32(len(g.At)))
	for i := range times {
		times[i] += off
	}
	return times
}

func BenchmarkPortoRead(b *testing.B) {
	src := extract(b, porto)
	b.SetBytes(src.Size)
	for b.Loop() {
		if _, err := Read(b.Context(), src, &finding.Log{}); err != nil {
			b.Fatal(err)
		}
	}
}

// Many to many: what an import of Porto asks for, 1,700 places and 2,500 stops,
// each to the stops within 1,300 m of way.
func BenchmarkPortoManyToMany(b *testing.B) {
	m, _ := city(b, porto)
	p := m.Streets.Walked(pace)
	spots := randomSpots(m.Streets, rand.New(rand.NewPCG(1, 2)), 4200)
	stops := p.Targets(spots[:2500])
	var settled, found int
	for b.Loop() {
		search := p.Search()
		found = 0
		for _, from := range spots {
			found += len(search.Reach(from, stops, p.Off(1_300_000), 3))
		}
		settled = int(search.Settled)
	}
	b.ReportMetric(float64(settled), "labels")
	b.ReportMetric(float64(found), "walks")
}

// A bounded search of Porto settles a neighborhood, not the city.
func TestPortoSearchIsBounded(t *testing.T) {
	m, _ := city(t, porto)
	p := m.Streets.Walked(pace)
	spots := randomSpots(m.Streets, rand.New(rand.NewPCG(1, 2)), 200)
	none, search := p.Targets(nil), p.Search()
	for _, from := range spots {
		search.Reach(from, none, p.Off(1_300_000), 0)
	}
	if mean := search.Settled / 200; mean < 50 || mean > 1000 {
		t.Errorf("%d labels settled for 1,300 m of way, of %d nodes", mean, len(m.Streets.At))
	}
}
