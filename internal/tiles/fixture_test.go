package tiles_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	_ "time/tzdata"

	"github.com/qala-city/qala/internal/atlas"
	"github.com/qala-city/qala/internal/eventfile"
	"github.com/qala-city/qala/internal/feed"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/plan"
	"github.com/qala-city/qala/internal/require"
)

// catalogue holds atlases by name.
type catalogue map[string]*atlas.Atlas

func (c catalogue) Atlas(_ context.Context, name string) (*atlas.Atlas, error) {
	if name == "broken" {
		return nil, errors.New("the disk is on fire")
	}
	if a := c[name]; a != nil {
		return a, nil
	}
	return nil, atlas.ErrUnknown
}

const examples = "../../examples/"

// atlases are a city of the examples and an event in it with so many people.
func atlases(city, event string, attendance uint32, outside func(string) (fs.FS, string, error)) (catalogue, error) {
	imported, err := feed.Import(context.Background(), feed.Request{Dir: os.DirFS(examples + city), Outside: outside})
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(examples + city + "/events/" + event)
	if err != nil {
		return nil, err
	}
	file, _, err := eventfile.Read(event, data)
	if err != nil {
		return nil, err
	}
	file.Event.Sessions[0].Attendance = attendance
	n := imported.Network
	run, err := plan.Run(context.Background(), plan.Request{
		Network: n, Hash: "tiles", City: file.City, Event: file.Event, Seed: 1, Weights: journey.DefaultWeights, Rounds: 1, Workers: 1, Program: "qala test",
	})
	if err != nil {
		return nil, err
	}
	return catalogue{"city." + city: atlas.OfNetwork(n), "run.match": atlas.OfResults(run, n)}, nil
}

var astana = sync.OnceValues(func() (catalogue, error) { return atlases("astana", "match.yaml", 30_000, nil) })

func example(t testing.TB) catalogue {
	t.Helper()
	c, err := astana()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func porto(t testing.TB) catalogue {
	t.Helper()
	data := require.Data(t)
	c, err := atlases("porto", "match-2023-09-23.yaml", 30_000, func(name string) (fs.FS, string, error) {
		rest, ok := strings.CutPrefix(name, "${QALA_DATA}/")
		if !ok {
			return nil, "", fmt.Errorf("%s is not in the data", name)
		}
		path := filepath.Join(data, filepath.FromSlash(rest))
		return os.DirFS(filepath.Dir(path)), filepath.Base(path), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}
