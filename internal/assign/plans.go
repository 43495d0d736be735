package assign

import (
	"encoding/binary"
	"slices"

	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// noNode is the plan of who rides nothing.
const noNode = transit.None

// plans are the plans of all travellers of a run. People whose nodes accept the
// same departures of a stop stand in one line there, whatever they do later.
type plans struct {
	journey.Plans
	line  []uint32          // by node: its line
	ids   map[string]uint32 // nil until asked for
	lines []Acceptance
}

// Acceptance is what the people of one line would board at their stop.
type Acceptance struct {
	Stop  transit.Stop
	Wants []Want
}

// Want is a pattern at one of its places, for the departures that are scheduled
// from Since to Until.
type Want struct {
	Pattern      transit.Pattern
	On           uint16
	Since, Until transit.Seconds
}

func newPlans() *plans { return &plans{} }

// room makes room for further plans at once, so that growing does not copy them again and again.
func (p *plans) room(more []journey.Plans) {
	nodes, options := 0, 0
	for k := range more {
		nodes, options = nodes+len(more[k].Node), options+len(more[k].Option)
	}
	p.Node, p.Option, p.line = roomFor(nodes, p.Node), roomFor(options, p.Option), roomFor(nodes, p.line)
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
	from := p.Append(more)
	for node := from; node < uint32(len(p.Node)); node++ {
		p.line = append(p.line, p.lineOf(node))
	}
	return from
}

// put adds a node with one option.
func (p *plans) put(stop transit.Stop, o journey.Option) uint32 { return p.node(stop, o) }

// stay adds a node of who waits for nothing.
func (p *plans) stay(stop transit.Stop) uint32 { return p.node(stop) }

func (p *plans) node(stop transit.Stop, options ...journey.Option) uint32 {
	n := journey.Node{Stop: stop, First: uint32(len(p.Option)), Price: journey.Never, Fall: journey.Fall{Via: journey.Nowhere}}
	p.Option = append(p.Option, options...)
	n.End = uint32(len(p.Option))
	p.Node = append(p.Node, n)
	node := uint32(len(p.Node) - 1)
	p.line = append(p.line, p.lineOf(node))
	return node
}

// lineOf is the line of a node, opened when nobody accepted the same before.
func (p *plans) lineOf(node uint32) uint32 {
	if p.ids == nil {
		p.number()
	}
	var buffer [256]byte
	key := p.key(buffer[:0], node)
	id, known := p.ids[string(key)]
	if !known {
		id = uint32(len(p.lines))
		p.ids[string(key)] = id
		p.lines = append(p.lines, p.acceptance(node))
	}
	return id
}

// number finds the lines of all nodes by their keys.
func (p *plans) number() {
	p.ids = make(map[string]uint32, len(p.lines))
	var buffer [256]byte
	for node, id := range p.line {
		p.ids[string(p.key(buffer[:0], uint32(node)))] = id
	}
}

// key tells nodes apart that accept other departures.
func (p *plans) key(key []byte, node uint32) []byte {
	key = binary.LittleEndian.AppendUint32(key, uint32(p.Node[node].Stop))
	for _, o := range p.Options(node) {
		key = binary.LittleEndian.AppendUint32(key, uint32(o.Pattern))
		key = binary.LittleEndian.AppendUint16(key, o.On)
		key = binary.LittleEndian.AppendUint32(key, uint32(o.Since))
		key = binary.LittleEndian.AppendUint32(key, uint32(o.Until))
	}
	return key
}

// clone is a copy that goes on by itself: nodes and lines are added, never changed.
func (p *plans) clone() *plans {
	return &plans{
		Plans: journey.Plans{Node: slices.Clip(p.Node), Option: slices.Clip(p.Option)},
		line:  slices.Clip(p.line), lines: slices.Clip(p.lines),
	}
}

func (p *plans) acceptance(node uint32) Acceptance {
	a := Acceptance{Stop: p.Node[node].Stop}
	for _, o := range p.Options(node) {
		a.Wants = append(a.Wants, Want{o.Pattern, o.On, o.Since, o.Until})
	}
	return a
}

// Takes reports whether a departure that is scheduled for a time is one of them.
func (a *Acceptance) Takes(pattern transit.Pattern, on uint16, leaves transit.Seconds) bool {
	for _, w := range a.Wants {
		if w.Pattern == pattern && w.On == on && w.Since <= leaves && leaves <= w.Until {
			return true
		}
	}
	return false
}
