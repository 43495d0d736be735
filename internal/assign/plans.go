package assign

import (
	"slices"

	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// noNode is the plan of who rides nothing.
const noNode = transit.None

// plans are the plans of all travellers of a run, laid out for the play: it comes to
// their nodes in no order, and each look at one is a wait for memory. What a node
// boards it shares with others: its line has it.
type plans struct {
	spots []spot
	offs  []getOff
	falls []journey.Fall

	lines   []Acceptance
	numbers numbers // of the lines
	wants   []Want  // room for those of lines to come
	asked   []Want  // scratch: those of a node
}

// spot is a node. People whose nodes accept the same departures of a stop stand in
// one line there, whatever they do later.
type spot struct {
	line  uint32
	first uint32       // of offs, where its own begin: one for each want of its line, in their order
	price journey.Cost // from boarding on, at best
	fall  uint32       // one more than its position in falls; 0: there is nothing else to do
}

// getOff is where somebody who has boarded gets off, as a place of the pattern, and what he does then.
type getOff struct {
	onward
	place uint16
}

func newPlans() *plans { return &plans{} }

// room makes room for further plans at once, so that growing does not copy them again and again.
func (p *plans) room(more []journey.Plans) {
	nodes, options := 0, 0
	for k := range more {
		nodes, options = nodes+len(more[k].Node), options+len(more[k].Option)
	}
	p.spots, p.offs = roomFor(nodes, p.spots), roomFor(options, p.offs)
}

// roomFor makes room for so many entries, and for those who think again while the day is played.
func roomFor[T any](more int, column []T) []T {
	if spare := more / 8; cap(column)-len(column) < more+spare {
		return slices.Grow(column, max(more+spare, len(column)/4))
	}
	return column
}

// add takes in further plans and returns what their nodes' numbers grow by.
func (p *plans) add(more *journey.Plans) uint32 {
	from := uint32(len(p.spots))
	for i := range more.Node {
		n := &more.Node[i]
		if n.Fall.Via != journey.Nowhere {
			n.Fall.Then += from
		}
		p.put(n, more.Option[n.First:n.End], from)
	}
	return from
}

// put adds a node with its options, which lead to nodes that are numbered from a first one on.
func (p *plans) put(n *journey.Node, options []journey.Option, from uint32) {
	s := spot{line: p.lineOf(n.Stop, options), first: uint32(len(p.offs)), price: n.Price}
	for i := range options {
		o := &options[i]
		p.offs = append(p.offs, getOff{onward{o.Via, o.Then + from}, o.Off})
	}
	if n.Fall.Via != journey.Nowhere {
		p.falls = append(p.falls, n.Fall)
		s.fall = uint32(len(p.falls))
	}
	p.spots = append(p.spots, s)
}

// single adds a node with some options to those that are there, and nothing to fall back on.
func (p *plans) single(stop transit.Stop, options ...journey.Option) uint32 {
	p.put(&journey.Node{Stop: stop, Price: journey.Never, Fall: journey.Fall{Via: journey.Nowhere}}, options, 0)
	return uint32(len(p.spots) - 1)
}

// stay adds a node of who waits for nothing.
func (p *plans) stay(stop transit.Stop) uint32 { return p.single(stop) }

// clone is a copy that goes on by itself: nodes and lines are added, never changed.
func (p *plans) clone() *plans {
	return &plans{spots: slices.Clip(p.spots), offs: slices.Clip(p.offs), falls: slices.Clip(p.falls), lines: slices.Clip(p.lines)}
}
