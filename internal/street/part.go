package street

// Only is the graph of the edges that keep approves. All nodes stay, so that a
// Node means the same place in both; an Edge does not.
func (g *Graph) Only(keep func(Edge) bool) *Graph {
	part := &Graph{At: g.At, First: []uint32{0}}
	for e := range g.From {
		if !keep(Edge(e)) {
			continue
		}
		part.From, part.Into = append(part.From, g.From[e]), append(part.Into, g.Into[e])
		part.Length, part.Class = append(part.Length, g.Length[e]), append(part.Class, g.Class[e])
		part.Bend = append(part.Bend, g.Bend[g.First[e]:g.First[e+1]]...)
		part.First = append(part.First, uint32(len(part.Bend)))
	}
	return part
}
