package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/require"
)

// TestConsoleOfPortoInBrowser plans and looks at a match in a real city, in Chromium.
// Its figures of time are printed and not judged.
func TestConsoleOfPortoInBrowser(t *testing.T) {
	require.Chromium(t)
	walkConsoleOf(t, "porto.mjs", takeInPorto(t))
}

// takeInPorto keeps the files of examples/porto and has its network made.
func takeInPorto(t *testing.T) func(context.Context, *office.Desk) error {
	t.Helper()
	data, example := require.Data(t), filepath.Join(require.Root(t), "examples", "porto")
	return func(ctx context.Context, desk *office.Desk) error {
		text, err := os.ReadFile(filepath.Join(example, office.DescriptionPath))
		if err != nil {
			return err
		}
		description := strings.ReplaceAll(string(text), "${QALA_DATA}/porto/", "")
		if _, _, err := desk.CreateCity(ctx, exampleBy, []byte(description)); err != nil {
			return err
		}
		for _, name := range []string{
			"gtfs/gtfs_stcp.zip", "gtfs/gtfs_metro_do_porto.zip", "osm/porto_portugal.osm.pbf", "population/BGRI2021_1312.gpkg", "population/municipalities.csv",
		} {
			if err := keepFile(ctx, desk, "porto", filepath.Join(data, "porto"), name); err != nil {
				return err
			}
		}
		for _, name := range []string{"venues.yaml", "stations.yaml", "capacities.csv"} {
			if err := keepFile(ctx, desk, "porto", example, name); err != nil {
				return err
			}
		}
		job, err := desk.Import(ctx, exampleBy, "porto")
		if err != nil {
			return err
		}
		return awaitJob(ctx, desk, job.ID)
	}
}

func keepFile(ctx context.Context, desk *office.Desk, city, folder, name string) error {
	from, err := os.Open(filepath.Join(folder, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }() // it was only read
	_, err = desk.PutFile(ctx, exampleBy, city, name, from, 0)
	return err
}
