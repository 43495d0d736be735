package atlas_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	_ "time/tzdata"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/eventfile"
	"github.com/qala-city/qala/internal/feed"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/plan"
	"github.com/qala-city/qala/internal/require"
)

const examples = "../../examples/"

// imported is an example of the house.
func imported(city string, outside func(string) (fs.FS, string, error)) (*network.Network, error) {
	result, err := feed.Import(context.Background(), feed.Request{Dir: os.DirFS(examples + city), Outside: outside})
	if err != nil {
		return nil, err
	}
	return result.Network, nil
}

var astanaOnce = sync.OnceValues(func() (*network.Network, error) { return imported("astana", nil) })

func astana(t testing.TB) *network.Network {
	t.Helper()
	n, err := astanaOnce()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// porto is imported where the data is.
func porto(t testing.TB) *network.Network {
	t.Helper()
	data := require.Data(t)
	n, err := imported("porto", func(name string) (fs.FS, string, error) {
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
	return n
}

// played is the match of an example with so many people, once through.
func played(n *network.Network, event string, attendance uint32) (*evaluation.Evaluation, error) {
	data, err := os.ReadFile(examples + event)
	if err != nil {
		return nil, err
	}
	file, _, err := eventfile.Read(event, data)
	if err != nil {
		return nil, err
	}
	file.Event.Sessions[0].Attendance = attendance
	return plan.Run(context.Background(), plan.Request{
		Network: n, Hash: "atlas", City: file.City, Event: file.Event, Seed: 1, Weights: journey.DefaultWeights, Rounds: 1, Workers: 1, Program: "qala test",
	})
}

var matchOnce = sync.OnceValues(func() (*evaluation.Evaluation, error) {
	n, err := astanaOnce()
	if err != nil {
		return nil, err
	}
	return played(n, "astana/events/match.yaml", 9000)
})

func match(t testing.TB) *evaluation.Evaluation {
	t.Helper()
	e, err := matchOnce()
	if err != nil {
		t.Fatal(err)
	}
	return e
}
