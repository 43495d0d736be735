package street

import (
	"errors"
	"fmt"
)

// ErrInvalid says that a graph's columns contradict each other.
var ErrInvalid = errors.New("the streets contradict themselves")

// Validate makes sure of all that searches rely on: columns of equal length,
// indexes in range, positions on the earth. The error is ErrInvalid.
func (g *Graph) Validate() error {
	edges := len(g.From)
	switch {
	case len(g.Into) != edges || len(g.Length) != edges || len(g.Class) != edges:
		return fmt.Errorf("%w: columns of different length", ErrInvalid)
	case !g.offsetsFit():
		return fmt.Errorf("%w: offsets of the bends", ErrInvalid)
	case !allValid(g.At) || !allValid(g.Bend):
		return fmt.Errorf("%w: a position that is not on the earth", ErrInvalid)
	}
	for e := range g.From {
		if int(g.From[e]) >= len(g.At) || int(g.Into[e]) >= len(g.At) || g.Class[e] >= classes {
			return fmt.Errorf("%w: edge %d", ErrInvalid, e)
		}
	}
	return nil
}

func (g *Graph) offsetsFit() bool {
	if len(g.First) != len(g.From)+1 || g.First[0] != 0 || uint64(g.First[len(g.From)]) != uint64(len(g.Bend)) {
		return false
	}
	for e := range g.From {
		if g.First[e] > g.First[e+1] {
			return false
		}
	}
	return true
}

func allValid(positions []Position) bool {
	for _, p := range positions {
		if !p.valid() {
			return false
		}
	}
	return true
}
