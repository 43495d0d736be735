package journey_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/feed"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/transit"
)

// city is an example city on a day.
func city(t testing.TB, name string, date transit.Date) *town {
	t.Helper()
	data := ""
	if name == "porto" {
		data = require.Data(t)
	}
	n, err := imported(filepath.Join(require.Root(t), "examples", name), data)
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation(n.City.Zone)
	if err != nil {
		t.Fatal(err)
	}
	day, err := transit.NewDay(n.Timetable, transit.Horizon{Start: date.Origin(zone), Length: 28 * transit.Hour}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return &town{net: n, day: day}
}

var cities sync.Map // of networks by folder: several tests want one

func imported(folder, data string) (*network.Network, error) {
	if n, known := cities.Load(folder); known {
		return n.(*network.Network), nil
	}
	result, err := feed.Import(context.Background(), feed.Request{Dir: os.DirFS(folder), Outside: func(name string) (fs.FS, string, error) {
		rest, ok := strings.CutPrefix(name, "${QALA_DATA}/")
		if !ok {
			return nil, "", fmt.Errorf("%s is not in the data", name)
		}
		path := filepath.Join(data, filepath.FromSlash(rest))
		return os.DirFS(filepath.Dir(path)), filepath.Base(path), nil
	}})
	if err != nil {
		return nil, err
	}
	cities.Store(folder, result.Network)
	return result.Network, nil
}

// porto is a Wednesday with school: 7,060 dated trips.
func porto(t testing.TB) *town { return city(t, "porto", transit.DateOf(2023, 9, 20)) }

// ask is the n-th of a family of queries between places, at any time of the day.
func (c *town) ask(n int) (from, to demand.Place, leave transit.Seconds) {
	at, places := draw.Seed(7).For(uint64(n)), uint64(len(c.net.Places.ID))
	return demand.Place(at.Below(0, places)), demand.Place(at.Below(1, places)), transit.Seconds(at.Below(2, 20*3600)) + 4*transit.Hour
}
