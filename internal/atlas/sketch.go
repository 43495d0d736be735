package atlas

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/simplify"
)

// sketch draws shapes on one tile.
type sketch struct {
	tile   maptile.Tile
	zoom   zoom
	coarse int // how many times the tile was too big
	reach  Box // the tile and its margin in degrees, a little more rather than less
	frame  orb.Bound
	detail float64 // lines may be this many units off
	cell   float64 // of points closer together than this one is drawn
}

func sketchOf(t maptile.Tile, coarse int) sketch {
	const margin = float64(tileMargin) / tileUnits
	s := sketch{
		tile: t, zoom: zoom(t.Z), coarse: coarse, reach: boxOf(t.Bound(2 * margin)), detail: 4, cell: 96,
		frame: orb.Bound{Min: orb.Point{-tileMargin, -tileMargin}, Max: orb.Point{tileUnits + tileMargin, tileUnits + tileMargin}},
	}
	if s.zoom == MaxZoom {
		s.detail = 1 // closer maps are drawn from it
	}
	for range coarse {
		s.detail *= 2
		s.cell *= 1.5
	}
	return s
}

// draw is a shape in the units of the tile; nil where nothing of it is there.
func (s sketch) draw(shape orb.Geometry) orb.Geometry {
	switch g := shape.(type) {
	case orb.Point:
		if p := s.project(g).(orb.Point); s.frame.Contains(p) {
			return p
		}
	case orb.LineString:
		return s.lines(orb.MultiLineString{g})
	case orb.MultiLineString:
		return s.lines(g)
	}
	return nil
}

// project brings a copy of a shape into the units of the tile.
func (s sketch) project(shape orb.Geometry) orb.Geometry {
	l := mvt.Layer{Extent: tileUnits, Features: []*geojson.Feature{{Geometry: orb.Clone(shape)}}}
	l.ProjectToTile(s.tile)
	return l.Features[0].Geometry
}

// lines are what of lines lies on the tile, without bends that nobody sees.
func (s sketch) lines(lines orb.MultiLineString) orb.Geometry {
	bound := orb.Bound{Min: s.reach.low(), Max: s.reach.high()}
	var out orb.MultiLineString
	for _, near := range clip.MultiLineString(bound, lines) {
		for _, line := range clip.LineString(s.frame, s.project(near).(orb.LineString)) {
			line = simplify.DouglasPeucker(s.detail).LineString(rounded(line))
			if len(line) > 1 {
				out = append(out, line)
			}
		}
	}
	switch len(out) {
	case 0:
		return nil
	case 1:
		return out[0]
	}
	return out
}

// rounded is a line of whole units, each place once.
func rounded(line orb.LineString) orb.LineString {
	for i, p := range line {
		line[i] = orb.Point{float64(int32(p[0])), float64(int32(p[1]))}
	}
	return slices.Compact(line)
}

// thinned keeps of the points in one cell the row with the most.
func (s sketch) thinned(rows []int, shapes map[int]orb.Geometry, most func(row int) int) []int {
	ranked := slices.Clone(rows)
	slices.SortStableFunc(ranked, func(a, b int) int { return cmp.Compare(most(b), most(a)) })
	taken := map[[2]int]bool{}
	kept := ranked[:0]
	for _, row := range ranked {
		p := shapes[row].(orb.Point)
		cell := [2]int{int((p[0] + tileMargin) / s.cell), int((p[1] + tileMargin) / s.cell)}
		if !taken[cell] {
			taken[cell] = true
			kept = append(kept, row)
		}
	}
	slices.Sort(kept)
	return kept
}

// streets are one feature a class. The classes that carry little are left out
// first where a tile gets too big.
func (s sketch) streets(b *backdrop) []*geojson.Feature {
	var out []*geojson.Feature
	for i, c := range streetClasses {
		if s.zoom < c.from || i > len(streetClasses)-1-s.coarse {
			continue
		}
		lines := s.lines(b.around(s.reach, c.class))
		if lines == nil {
			continue
		}
		f := geojson.NewFeature(lines)
		f.ID, f.Properties = number(c.word), geojson.Properties{"class": c.word}
		out = append(out, f)
	}
	return out
}
