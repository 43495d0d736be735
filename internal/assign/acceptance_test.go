package assign

import (
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// TestWhoAcceptsTheSameStandsInOneLine: and nobody else, however many lines there
// are, and also in plans that were copied.
func TestWhoAcceptsTheSameStandsInOneLine(t *testing.T) {
	options := func(i int) []journey.Option {
		o := journey.Option{Pattern: transit.Pattern(i % 5), On: uint16(i % 3), Since: transit.Seconds(i), Until: journey.Ever, Then: uint32(i)}
		return slices.Repeat([]journey.Option{o}, i%4)
	}
	const many = 5000
	p, line := newPlans(), map[int]uint32{}
	for i := range many {
		line[i] = p.spots[p.single(transit.Stop(i%7), options(i)...)].line
	}
	c := p.clone()
	for i := range many {
		again, copied := p.spots[p.single(transit.Stop(i%7), options(i)...)].line, c.spots[c.single(transit.Stop(i%7), options(i)...)].line
		if again != line[i] || copied != line[i] {
			t.Fatalf("who stood in line %d stands in %d, and in %d of the copy", line[i], again, copied)
		}
		if a := p.lines[line[i]]; a.Stop != transit.Stop(i%7) || len(a.Wants) != i%4 || i%4 > 0 && a.Wants[0].Since != transit.Seconds(i) {
			t.Fatalf("node %d stands in the line of %+v", i, a)
		}
	}
}

// TestFirstComeFirstServed: of several lines those come to the front who came
// first, as many as are asked for.
func TestFirstComeFirstServed(t *testing.T) {
	const many = 50
	all, on := make(people, many+1), make(chain, many+1)
	for most := range many + 2 {
		q := newQueues(all, on, 1, 4)
		for p := 1; p <= many; p++ {
			q.join(person(p), 0, uint32(p*p%11%4))
		}
		front := q.front([]uint32{3, 0, 1}, uint32(most))
		var want []person
		for p := 1; p <= many && len(want) < most; p++ {
			if p*p%11%4 != 2 {
				want = append(want, person(p))
			}
		}
		got := make([]person, len(front))
		for i := range front {
			got[i] = front[i].who
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%d of them: %v, not %v", most, got, want)
		}
	}
}
