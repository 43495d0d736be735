package atlas

import (
	"errors"
	"hash/fnv"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"
)

// ErrNoTile says that there is no tile with these numbers.
var ErrNoTile = errors.New("no such tile")

// zoom is a level of the map: 0 is the whole earth.
type zoom int

const (
	// MaxZoom is the last level with tiles; a map draws closer ones from it.
	MaxZoom = 16

	notOnTiles zoom = MaxZoom + 1
	allPoints  zoom = 14 // from here on no point is left out
)

// A tile is a grid of so many units; around it a margin is drawn too, so that
// what crosses an edge has no seam.
const (
	tileUnits   = mvt.DefaultExtent
	tileMargin  = 64
	tileVersion = 2

	// MaxTileBytes is how big a tile may get before it is drawn more coarsely.
	MaxTileBytes = 500_000
	coarsest     = 6
)

// StreetsLayer is the name of the layer with the streets; every other is called
// after its collection.
const StreetsLayer = "streets"

// Tile is a vector tile (Mapbox Vector Tile 2): a layer for the streets and one
// for each collection. It is empty where nothing is, and the same bytes for the
// same atlas. Its features have their id as a property too. The error is
// ErrNoTile for numbers that are out of range.
func (a *Atlas) Tile(z, x, y int) ([]byte, error) {
	if z < 0 || z > MaxZoom || x < 0 || y < 0 || x >= 1<<z || y >= 1<<z {
		return nil, ErrNoTile
	}
	var data []byte
	for coarse := range coarsest + 1 {
		s := sketchOf(maptile.New(uint32(x), uint32(y), maptile.Zoom(z)), coarse)
		layers := a.layers(s)
		if len(layers) == 0 {
			return nil, nil
		}
		var err error
		if data, err = mvt.Marshal(layers); err != nil {
			return nil, err
		}
		if len(data) <= MaxTileBytes {
			break
		}
	}
	return data, nil
}

// layers are those of a tile that hold anything, what lies below first.
func (a *Atlas) layers(s sketch) mvt.Layers {
	var layers mvt.Layers
	add := func(name string, features []*geojson.Feature) {
		if len(features) > 0 {
			layers = append(layers, &mvt.Layer{Name: name, Version: tileVersion, Extent: tileUnits, Features: features})
		}
	}
	add(StreetsLayer, s.streets(&a.streets))
	for _, sheet := range slices.Backward(a.sheets) {
		if sheet.tile.from <= s.zoom && (sheet.tile.last == 0 || sheet.tile.last > s.coarse-2 || s.zoom >= allPoints) {
			add(sheet.ID, s.features(sheet))
		}
	}
	return layers
}

// features are a sheet's rows on the tile.
func (s sketch) features(sheet *sheet) []*geojson.Feature {
	var rows []int
	shapes := map[int]orb.Geometry{}
	sheet.visit(&s.reach, func(row int) {
		if shape := s.draw(sheet.shape(row)); shape != nil {
			rows, shapes[row] = append(rows, row), shape
		}
	})
	if sheet.tile.thin != nil && s.zoom < allPoints {
		rows = s.thinned(rows, shapes, sheet.tile.thin)
	}
	out := make([]*geojson.Feature, 0, len(rows))
	for _, row := range rows {
		f := geojson.NewFeature(shapes[row])
		f.ID = number(sheet.id(row))
		f.Properties = sheet.properties(row, func(c column) bool { return c.onTiles && c.from <= s.zoom })
		f.Properties["id"] = sheet.id(row)
		out = append(out, f)
	}
	return out
}

// number stands for an id where a tile wants a number: the same for the same
// id, and small enough for a browser to count with.
func number(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	return h.Sum64() >> 11
}
