package block_test

import (
	"archive/zip"
	"context"
	"path/filepath"
	"testing"

	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/gtfs"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/transit"
)

// Two operators name their blocks. Without the names most links are inferred as
// they are, and as many vehicles are out; the longest wait of the default rules is
// the one with which that is so.
func TestInferredAgainstNamed(t *testing.T) {
	for _, x := range []struct {
		path              string
		date              transit.Date
		named, same, most int // links that the operator names, of these inferred, vehicles out
	}{
		{"nyc-bus/gtfs/b63_2010winter.zip", transit.DateOf(2010, 12, 8), 178, 135, 23},
		{"seattle-link/gtfs/gtfs_sound_transit.zip", transit.DateOf(2023, 5, 17), 302, 247, 17},
	} {
		n := read(t, filepath.Join(require.Data(t), filepath.FromSlash(x.path)))
		day := dayOf(t, n, x.date, 1)
		named := block.Chain(n, day, block.DefaultRules)
		bare := *n.Timetable
		bare.Trips.Block = make([]transit.BlockID, len(bare.Trips.Block))
		guessed := block.Chain(&network.Network{Timetable: &bare}, day, block.DefaultRules)
		same := 0
		for d, next := range named.Next {
			if next != block.None && guessed.Next[d] == next {
				same++
			}
		}
		if named.Named != x.named || named.Guessed != 0 || named.Broken != 0 || same != x.same || guessed.Named != 0 {
			t.Errorf("%s: %d links named, %d broken, %d inferred; %d inferred as named, want %d of %d", x.path, named.Named, named.Broken, named.Guessed, same, x.same, x.named)
		}
		if a, b := named.Vehicles(n, day)[0], guessed.Vehicles(n, day)[0]; a != x.most || b != x.most {
			t.Errorf("%s: %d vehicles out by the names, %d without, want %d", x.path, a, b, x.most)
		}
	}
}

func read(t *testing.T, path string) *network.Network {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = z.Close() })
	var log finding.Log
	b := transit.NewBuilder()
	if _, err := gtfs.Read(context.Background(), gtfs.Source{FS: z}, b, &log); err != nil {
		t.Fatal(err)
	}
	return &network.Network{Timetable: b.Timetable()}
}
