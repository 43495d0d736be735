package atlas_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/atlas"
	"github.com/qala-city/qala/internal/network"
)

// margin is how far beyond its edges a tile is drawn, in its units.
const margin = 64

// decoded are the layers of a tile. Whatever lies on one is sound: version 2,
// inside of its frame, no line of a single point.
func decoded(t testing.TB, data []byte) map[string]*mvt.Layer {
	t.Helper()
	layers, err := mvt.Unmarshal(data)
	if err != nil {
		t.Fatal(err)
	}
	frame := orb.Bound{Min: orb.Point{-margin, -margin}, Max: orb.Point{4096 + margin, 4096 + margin}}
	out := map[string]*mvt.Layer{}
	for _, l := range layers {
		if l.Version != 2 || l.Extent != 4096 || len(l.Features) == 0 {
			t.Errorf("layer %s: version %d, extent %d, %d features", l.Name, l.Version, l.Extent, len(l.Features))
		}
		for _, f := range l.Features {
			if b := f.Geometry.Bound(); !frame.Contains(b.Min) || !frame.Contains(b.Max) {
				t.Errorf("%s %v reaches %v", l.Name, f.Properties["id"], b)
			}
			if line, ok := f.Geometry.(orb.LineString); ok && len(line) < 2 {
				t.Errorf("%s %v is a line of %d points", l.Name, f.Properties["id"], len(line))
			}
		}
		out[l.Name] = l
	}
	return out
}

func tileAt(p orb.Point, z int) (x, y int) {
	t := maptile.At(p, maptile.Zoom(z))
	return int(t.X), int(t.Y)
}

func tile(t testing.TB, a *atlas.Atlas, z, x, y int) []byte {
	t.Helper()
	data, err := a.Tile(z, x, y)
	if err != nil {
		t.Fatalf("%d/%d/%d: %v", z, x, y, err)
	}
	if len(data) > atlas.MaxTileBytes {
		t.Errorf("%d/%d/%d has %d bytes", z, x, y, len(data))
	}
	return data
}

// Every stop is on its tile, from the zoom on that leaves no point out.
func TestEveryStopIsOnItsTile(t *testing.T) {
	for name, a := range map[string]*atlas.Atlas{"city": atlas.OfNetwork(astana(t)), "run": atlas.OfResults(match(t), nil)} {
		for z := 14; z <= atlas.MaxZoom; z++ {
			drawn := map[[2]int]map[any]bool{}
			for _, f := range all(t, a, "stops") {
				x, y := tileAt(f.Geometry.(orb.Point), z)
				at := [2]int{x, y}
				if drawn[at] == nil {
					drawn[at] = map[any]bool{}
					for _, f := range decoded(t, tile(t, a, z, x, y))["stops"].Features {
						drawn[at][f.Properties["id"]] = true
					}
				}
				if !drawn[at][f.ID] {
					t.Errorf("%s: stop %s is not on %d/%d/%d", name, f.ID, z, x, y)
				}
			}
		}
	}
}

// From every zoom the city can be seen; no tile is too big, and the same is the same bytes.
func TestTilesOfAstana(t *testing.T) { tilesOf(t, astana(t), "stops", "lines", "venues", "places") }

func TestTilesOfPorto(t *testing.T) {
	n := porto(t)
	tilesOf(t, n, "streets", "stops", "lines", "venues", "places")
	e, err := played(n, "porto/events/match-2023-09-23.yaml", 5000)
	if err != nil {
		t.Fatal(err)
	}
	sizesOf(t, "porto's match", atlas.OfResults(e, n))
}

func tilesOf(t *testing.T, n *network.Network, layers ...string) {
	a, again := atlas.OfNetwork(n), atlas.OfNetwork(n)
	at := n.Venues[0].At
	for z := range atlas.MaxZoom + 1 {
		x, y := tileAt(orb.Point{at.Lon, at.Lat}, z)
		data := tile(t, a, z, x, y)
		if !bytes.Equal(data, tile(t, again, z, x, y)) {
			t.Errorf("%d/%d/%d differs from time to time", z, x, y)
		}
		got := decoded(t, data)
		if got["venues"] == nil {
			t.Errorf("%d/%d/%d has no venue", z, x, y)
		}
		if z == 12 {
			for _, l := range layers {
				if got[l] == nil {
					t.Errorf("%d/%d/%d has no %s", z, x, y, l)
				}
			}
		}
	}
	sizesOf(t, n.City.ID, a)
}

// sizesOf draws all tiles of an atlas to zoom 12 and tells how big they get.
func sizesOf(t *testing.T, name string, a *atlas.Atlas) {
	box, placed := a.Box()
	if !placed {
		t.Fatal("nothing has a position")
	}
	told := ""
	for z := range 13 {
		x0, y0 := tileAt(orb.Point{box.West, box.North}, z)
		x1, y1 := tileAt(orb.Point{box.East, box.South}, z)
		largest := 0
		for x := x0; x <= x1; x++ {
			for y := y0; y <= y1; y++ {
				data := tile(t, a, z, x, y)
				decoded(t, data)
				largest = max(largest, len(data))
			}
		}
		told += fmt.Sprintf(" %d:%d", z, largest)
	}
	t.Logf("%s, the largest tile of each zoom in bytes:%s", name, told)
}

// Any numbers are fine: a tile that there is not is refused, each other decodes.
func TestAnyTile(t *testing.T) {
	city, run := atlas.OfNetwork(astana(t)), atlas.OfResults(match(t), nil)
	stops := all(t, city, "stops")
	rapid.Check(t, func(r *rapid.T) {
		z := rapid.IntRange(-1, 18).Draw(r, "z")
		x, y := rapid.Int().Draw(r, "x"), rapid.Int().Draw(r, "y")
		if rapid.Bool().Draw(r, "near") && z >= 0 {
			x, y = tileAt(stops[rapid.IntRange(0, len(stops)-1).Draw(r, "stop")].Geometry.(orb.Point), z)
			x, y = x+rapid.IntRange(-1, 1).Draw(r, "dx"), y+rapid.IntRange(-1, 1).Draw(r, "dy")
		}
		there := z >= 0 && z <= 16 && x >= 0 && y >= 0 && x < 1<<z && y < 1<<z
		for _, a := range []*atlas.Atlas{city, run} {
			data, err := a.Tile(z, x, y)
			if there != (err == nil) || err != nil && !errors.Is(err, atlas.ErrNoTile) {
				r.Fatalf("%d/%d/%d: %v", z, x, y, err)
			}
			decoded(t, data)
		}
	})
}

// A feature is on a tile only where its shape comes near: what Items does not
// find around the tile is not drawn on it.
func TestNothingOutside(t *testing.T) {
	a := atlas.OfNetwork(astana(t))
	for _, stop := range all(t, a, "stops")[:40] {
		for _, z := range []int{11, 14, 16} {
			x, y := tileAt(stop.Geometry.(orb.Point), z)
			b := maptile.New(uint32(x), uint32(y), maptile.Zoom(z)).Bound(2 * margin / 4096.0)
			near := atlas.Box{West: b.Min[0], South: b.Min[1], East: b.Max[0], North: b.Max[1]}
			for name, layer := range decoded(t, tile(t, a, z, x, y)) {
				features, _, err := a.Items(name, atlas.Query{Box: &near, Limit: math.MaxInt})
				if err != nil {
					t.Fatal(err)
				}
				known := map[any]bool{}
				for _, f := range features {
					known[f.ID] = true
				}
				for _, f := range layer.Features {
					if !known[f.Properties["id"]] {
						t.Errorf("%s %v is on %d/%d/%d and not near it", name, f.Properties["id"], z, x, y)
					}
				}
			}
		}
	}
}

// The sea has no tile of its own.
func TestWhereNothingIsATileIsEmpty(t *testing.T) {
	data := tile(t, atlas.OfNetwork(astana(t)), 12, 0, 2000)
	if diff := cmp.Diff([]byte(nil), data); diff != "" {
		t.Error(diff)
	}
}

// What is drawn lies where it should: within half of a pixel of the position.
func TestStopsStandWhereTheyAre(t *testing.T) {
	a := atlas.OfNetwork(astana(t))
	f, err := a.Item("stops", "lrt-107-a")
	if err != nil {
		t.Fatal(err)
	}
	at := f.Geometry.(orb.Point)
	x, y := tileAt(at, 15)
	layer := decoded(t, tile(t, a, 15, x, y))["stops"]
	layer.ProjectToWGS84(maptile.New(uint32(x), uint32(y), 15))
	for _, drawn := range layer.Features {
		if p := drawn.Geometry.(orb.Point); drawn.Properties["id"] == f.ID && math.Abs(p[0]-at[0])+math.Abs(p[1]-at[1]) > 1e-5 {
			t.Errorf("drawn at %v, is at %v", p, at)
		}
	}
}

func FuzzTile(f *testing.F) {
	f.Add(0, 0, 0)
	f.Add(16, 45000, 21000)
	a := atlas.OfNetwork(astana(f))
	f.Fuzz(func(t *testing.T, z, x, y int) {
		data, err := a.Tile(z, x, y)
		if err != nil && len(data) > 0 {
			t.Error("bytes with an error")
		}
		decoded(t, data)
	})
}
