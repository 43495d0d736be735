package demand

import "github.com/qala-city/qala/internal/draw"

// ClassShare is a part of some people that belongs to a class.
type ClassShare struct {
	Class
	Share float64 // 0..1; those of a list sum to 1
}

// classes are shares of classes whose first stands at a position of Travellers.Classes.
type classes struct {
	first  uint8
	shares []ClassShare
}

// addClasses adds the classes of a list; nobody's class is Ordinary alone.
func (t *Travellers) addClasses(shares []ClassShare) classes {
	if len(shares) == 0 {
		shares = []ClassShare{{Class: Ordinary, Share: 1}}
	}
	first := uint8(len(t.Classes))
	for _, c := range shares {
		t.Classes = append(t.Classes, c.Class)
	}
	return classes{first, shares}
}

// of is the class that somebody draws: the same in every scenario with the same shares.
func (c classes) of(who draw.Seed) uint8 {
	drawn := who.Unit(drawClass)
	last := len(c.shares) - 1
	for i, s := range c.shares[:last] {
		if drawn < s.Share {
			return c.first + uint8(i)
		}
		drawn -= s.Share
	}
	return c.first + uint8(last)
}
