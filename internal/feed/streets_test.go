package feed

import (
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/osm"
)

// protobuf is a message of fields: a number, or what is written as bytes.
func protobuf(fields ...any) string {
	var out []byte
	for i := 0; i < len(fields); i += 2 {
		number := uint64(fields[i].(int))
		switch v := fields[i+1].(type) {
		case int:
			out = binary.AppendUvarint(binary.AppendUvarint(out, number<<3), uint64(v))
		case string:
			out = binary.AppendUvarint(binary.AppendUvarint(out, number<<3|2), uint64(len(v)))
			out = append(out, v...)
		}
	}
	return string(out)
}

// packed is a list of differences with their signs folded in.
func packed(values ...int64) string {
	var out []byte
	last := int64(0)
	for _, v := range values {
		out = binary.AppendVarint(out, v-last)
		last = v
	}
	return string(out)
}

func pbfBlock(kind, data string) string {
	blob := protobuf(1, data)
	header := protobuf(1, kind, 3, len(blob))
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(header)))) + header + blob
}

// townStreets is one street through the stops of the town and past its arena.
func townStreets() string {
	texts := protobuf(1, "", 1, "highway", 1, "residential")
	nodes := protobuf(1, packed(1, 2, 3), 8, packed(511000000, 511000000, 511000000), 9, packed(713900000, 714100000, 714300000))
	street := protobuf(1, 7, 2, "\x01", 3, "\x02", 4, protobuf(2, 1_780_000_000), 8, packed(1, 2, 3))
	return pbfBlock("OSMHeader", protobuf(4, "OsmSchema-V0.6", 4, "DenseNodes")) +
		pbfBlock("OSMData", protobuf(1, texts, 2, protobuf(2, nodes))) +
		pbfBlock("OSMData", protobuf(1, texts, 2, protobuf(3, street)))
}

func townWithStreets(data string) fstest.MapFS {
	files := town()
	put(files, "town.osm.pbf", data)
	put(files, "city.yaml", cityText+"streets: {path: town.osm.pbf, source: Town}\n")
	return files
}

func TestTownWithStreets(t *testing.T) {
	result := imported(t, townWithStreets(townStreets()))
	n := result.Network
	if s := result.Summary; s.StreetNodes != 2 || s.StreetEdges != 1 || s.StreetMeters < 2790 || s.StreetMeters > 2800 {
		t.Errorf("%+v", s)
	}
	// From the home s1 is 11 m away, across no street; s2, 697 m along it.
	to, walk := n.Access.Row(0)
	if to[0] != 0 || to[1] != 1 || walk[1] < 525 || walk[1] > 535 {
		t.Errorf("to stops %v in %v s, want about 530 s to the second", to, walk)
	}
	if walk, near := n.Direct(0, 2); !near || walk < 1130 || walk > 1150 {
		t.Errorf("from the home to the arena %d s, want about 1,140 along the street", walk)
	}
	numbers := n.Numbers[6:11]
	same(t, "numbers", []basis.Number{
		{ID: "streets", Value: "3", Unit: "km", Kind: "fact", Source: "Town, 2026-05-28"},
		{ID: "street_nodes", Value: "2", Kind: "fact", Source: "Town, 2026-05-28"},
		{ID: "street_edges", Value: "1", Kind: "fact", Source: "Town, 2026-05-28"},
		{ID: "steps_speed", Value: "× 0.5", Kind: "standard", Source: weidmann},
		{ID: "max_off_street", Value: "200", Unit: "m", Kind: "assumption"},
	}, numbers)
}

func TestFarHomeIsToldWithStreets(t *testing.T) {
	files := townWithStreets(townStreets())
	edit(t, files, "population.csv", "h2,51.1,71.415", "h2,51.13,71.415")
	if got := told(imported(t, files)); !slices.Contains(got, ".:0 note network.places_off_streets h2") {
		t.Error(got)
	}
}

func TestUnusableStreetsAreAFailure(t *testing.T) {
	good := townStreets()
	for want, data := range map[string]string{
		"town.osm.pbf:0 error osm.empty ":      "",
		"town.osm.pbf:0 error osm.not_pbf ":    strings.Repeat("<osm>", 20),
		"town.osm.pbf:0 error osm.truncated ":  good[:len(good)-3],
		"town.osm.pbf:0 error osm.no_streets ": good[:strings.LastIndex(good, "OSMData")-6],
	} {
		result, err := Import(t.Context(), Request{Dir: townWithStreets(data)})
		var failure *osm.Failure
		if !errors.Is(err, ErrRefused) || !errors.As(err, &failure) || result.Network != nil || !slices.Contains(told(result), want) {
			t.Errorf("%v, %v, want %s", err, told(result), want)
		}
	}
	files := town()
	put(files, "city.yaml", cityText+"streets: {path: gtfs}\n")
	if got := refused(t, Request{Dir: files}); !slices.Contains(got, "city.yaml:11 error city.file_missing gtfs") {
		t.Error(got)
	}
}
