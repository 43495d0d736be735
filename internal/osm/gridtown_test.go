package osm

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/qala-city/qala/internal/require"
)

var rewrite = flag.Bool("rewrite", false, "write the streets of gridtown anew")

// gridtown is a small town on a river, for tests that need streets: blocks of
// 200 by 250 m, a main road at every third street, and two bridges.
func gridtown() drawing {
	const rows, columns, river = 13, 15, 6 // the river flows below the row 6
	var d drawing
	at := func(row, column int) int64 { return int64(row*columns+column) + 1 }
	for row := range rows {
		for column := range columns {
			d.nodes = append(d.nodes, node{id: at(row, column), north: float64(row-rows/2) * 200, east: float64(column-columns/2) * 250})
		}
	}
	way := func(from, to int64, kind string) {
		d.lines = append(d.lines, line{id: int64(len(d.lines)) + 1, refs: []int64{from, to}, tags: []string{"highway", kind}})
	}
	kind := func(i int) string {
		if i%3 == 0 {
			return "secondary"
		}
		return "residential"
	}
	for row := range rows {
		for column := range columns {
			if column > 0 {
				way(at(row, column-1), at(row, column), kind(row))
			}
			if bridge := column == 3 || column == 9; row > 0 && (row != river || bridge) {
				way(at(row-1, column), at(row, column), kind(column))
			}
		}
	}
	way(at(river-1, 6), at(river, 6), "footway") // a third bridge, on foot
	return d
}

func TestGridtownIsInTheTestdata(t *testing.T) {
	file := filepath.Join(require.Root(t), "cmd", "qala", "testdata", "gridtown", "streets.osm.pbf")
	made := gridtown().file()
	if *rewrite {
		if err := os.WriteFile(file, made, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(made, kept) {
		t.Errorf("%s is not what is drawn here (%v): go test ./internal/osm -run Gridtown -rewrite", file, err)
	}
}
