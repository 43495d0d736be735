package network

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"github.com/qala-city/qala/internal/geo"
)

// band is stops or places from south to north. A search goes outward from a
// latitude and ends where the way north or south alone is too long, so it
// looks at a strip of the city only and is right at every longitude.
type band struct {
	row []uint32
	at  []geo.Point
}

// near is a row with its straight line.
type near struct {
	row  uint32
	line geo.Meters
}

// newBand sorts the wanted rows whose position is known.
func newBand(at []geo.Point, wanted []bool) *band {
	b := &band{}
	for i, p := range at {
		if wanted[i] && p.Valid() {
			b.row = append(b.row, uint32(i))
		}
	}
	slices.SortFunc(b.row, func(i, j uint32) int {
		return cmp.Or(cmp.Compare(at[i].Lat, at[j].Lat), cmp.Compare(i, j))
	})
	for _, i := range b.row {
		b.at = append(b.at, at[i])
	}
	return b
}

// around are the rows within limit of a position and at least the nearest
// ones however far, by length of the straight line, then by row.
func (b *band) around(from geo.Point, limit geo.Meters, nearest int) []near {
	if !from.Valid() {
		return nil
	}
	best := ranking{limit: limit, nearest: nearest}
	up := sort.Search(len(b.at), func(i int) bool { return b.at[i].Lat >= from.Lat })
	down := up - 1
	for {
		i := b.closer(from, down, up)
		if i < 0 || b.north(from, i) > best.reach() {
			return best.found
		}
		best.add(near{b.row[i], geo.Distance(from, b.at[i])})
		if i == up {
			up++
		} else {
			down--
		}
	}
}

// closer is whichever of two rows lies closer in latitude; -1 when both are past the end.
func (b *band) closer(from geo.Point, down, up int) int {
	switch {
	case up >= len(b.at):
		return down
	case down < 0 || b.north(from, up) <= b.north(from, down):
		return up
	}
	return down
}

// north is the part of the way to row i that goes along the meridian: never
// longer than the whole way.
func (b *band) north(from geo.Point, i int) geo.Meters {
	return geo.Meters(float64(math.Abs(b.at[i].Lat-from.Lat) * metersPerDegree))
}

// metersPerDegree is the length of a degree along a meridian.
var metersPerDegree = float64(geo.Distance(geo.Point{}, geo.Point{Lat: 1}))

// ranking keeps the rows within a limit and at least the nearest few.
type ranking struct {
	limit   geo.Meters
	nearest int
	found   []near // in order
}

// reach is how far a row may be to be kept.
func (r *ranking) reach() geo.Meters {
	switch {
	case r.nearest == 0:
		return r.limit
	case len(r.found) < r.nearest:
		return geo.Meters(math.Inf(1))
	}
	return max(r.limit, r.found[r.nearest-1].line)
}

// add puts a row in its place and drops what lies too far since.
func (r *ranking) add(n near) {
	if n.line > r.reach() {
		return
	}
	i, _ := slices.BinarySearchFunc(r.found, n, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.row, b.row))
	})
	r.found = slices.Insert(r.found, i, n)
	if last := len(r.found) - 1; last >= r.nearest && r.found[last].line > r.limit {
		r.found = r.found[:last]
	}
}
