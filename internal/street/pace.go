package street

import "math"

// Milliseconds is a time on foot.
type Milliseconds uint32

// Longest bounds the ways that are found: all take less than these twelve days,
// so that no sum of times overflows.
const Longest = Milliseconds(1 << 30)

// Pace is how fast somebody walks.
type Pace struct {
	Speed float64 // meters per second on the level
	Steps float64 // share of that speed on steps, measured along the ground
}

// Paced is a graph with the time that each edge takes at a pace: what ways are
// searched on. Several searches may use one at the same time.
type Paced struct {
	Graph *Graph
	speed [classes]float64 // millimeters per millisecond
	first []uint32         // by Node: its arcs are arc[first[n]:first[n+1]]
	arc   []arc
}

// arc is an edge seen from one of its ends.
type arc struct {
	to   Node
	cost Milliseconds
	edge Edge
}

// Walked gives the graph a pace. The graph must be valid and the pace positive.
func (g *Graph) Walked(pace Pace) *Paced {
	return g.paced([classes]float64{pace.Speed, pace.Speed, pace.Speed, float64(pace.Speed * pace.Steps)})
}

// paced gives each class its speed, in meters per second.
func (g *Graph) paced(speed [classes]float64) *Paced {
	p := &Paced{Graph: g, speed: speed}
	p.first = make([]uint32, len(g.At)+1)
	for e := range g.From {
		p.first[g.From[e]+1]++
		p.first[g.Into[e]+1]++
	}
	for n := range g.At {
		p.first[n+1] += p.first[n]
	}
	p.arc = make([]arc, 2*len(g.From))
	next := append([]uint32{}, p.first...)
	for e := range g.From {
		a, b, cost := g.From[e], g.Into[e], p.along(Edge(e), g.Length[e])
		p.arc[next[a]] = arc{b, cost, Edge(e)}
		next[a]++
		p.arc[next[b]] = arc{a, cost, Edge(e)}
		next[b]++
	}
	return p
}

// along is the time for a stretch of an edge.
func (p *Paced) along(e Edge, stretch Millimeters) Milliseconds {
	return walked(stretch, p.speed[p.Graph.Class[e]])
}

// Off is the time for a straight line beside the streets.
func (p *Paced) Off(line Millimeters) Milliseconds { return walked(line, p.speed[Path]) }

func walked(length Millimeters, speed float64) Milliseconds {
	return Milliseconds(min(math.Round(float64(length)/speed), float64(Longest)))
}
