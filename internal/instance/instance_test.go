package instance_test

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/grid"
	"github.com/qala-city/qala/internal/instance"
	"github.com/qala-city/qala/internal/transit"
)

// cabinet keeps files in memory.
type cabinet fstest.MapFS

func (c cabinet) create(file string) (io.WriteCloser, error) {
	c[file] = &fstest.MapFile{}
	return &sheetOf{file: c[file]}, nil
}

type sheetOf struct{ file *fstest.MapFile }

func (s *sheetOf) Write(p []byte) (int, error) {
	s.file.Data = append(s.file.Data, p...)
	return len(p), nil
}

func (s *sheetOf) Close() error { return nil }

func written(t testing.TB, in *instance.Instance) cabinet {
	t.Helper()
	files := cabinet{}
	if err := in.Write(files.create); err != nil {
		t.Fatal(err)
	}
	return files
}

func small(t testing.TB) *instance.Instance {
	t.Helper()
	c := grid.City{Streets: 2, Room: 50, Seed: 1}
	n, err := c.Network()
	if err != nil {
		t.Fatal(err)
	}
	day, err := transit.NewDay(n.Timetable, grid.Horizon(), 1)
	if err != nil {
		t.Fatal(err)
	}
	people := c.Crowds().Everyday(100)
	people.Ready[7], people.Due[7] = demand.Free, 30_000
	return instance.Of(n, day, people)
}

func TestReadBackEquals(t *testing.T) {
	in := small(t)
	files := written(t, in)
	back, err := instance.Read(fstest.MapFS(files))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(in, back) {
		t.Error("what was read is not what was written")
	}
	for file, again := range written(t, in) {
		if !bytes.Equal(files[file].Data, again.Data) {
			t.Errorf("%s is not the same when it is written again", file)
		}
	}
	counts := (grid.City{Streets: 2}).Counts()
	if len(back.Stops) != counts.Stops || len(back.Connections) != counts.Connections || len(back.Footpaths) != counts.Footpaths ||
		len(back.Trips) != counts.Trips || len(back.Zones) != counts.Zones || len(back.Demand) != 100 {
		t.Errorf("not as large as %+v", counts)
	}
}

func TestTablesAsDocumented(t *testing.T) {
	files := written(t, small(t))
	for file, want := range map[string]string{
		"stops.csv":       "stop,lat,lon\n0,0.5002",
		"trips.csv":       "trip,seats,room\n0,25,50\n",
		"connections.csv": "trip,from,to,depart,arrive,board,alight\n",
		"footpaths.csv":   "from,to,seconds\n0,3,62\n",
		"zones.csv":       "zone,lat,lon\n0,0.5,0.5\n",
		"access.csv":      "zone,stop,seconds\n0,",
		"demand.csv":      "traveller,from,to,ready,due\n0,",
	} {
		if got := string(files[file].Data); !strings.HasPrefix(got, want) {
			t.Errorf("%s begins\n%.60s\nwant\n%s", file, got, want)
		}
	}
	if !strings.Contains(string(files["demand.csv"].Data), ",,30000\n") {
		t.Error("nobody wants to be there by 30000")
	}
}

func TestWrongTablesAreNotRead(t *testing.T) {
	for what, change := range map[string][3]string{
		"a column is missing":    {"stops.csv", "stop,lat,lon", "stop,lat"},
		"no such stop":           {"footpaths.csv", "0,3,62", "0,99,62"},
		"a negative walk":        {"footpaths.csv", "0,3,62", "0,3,-62"},
		"not a number":           {"trips.csv", "0,25,50", "0,few,50"},
		"a row is missing":       {"trips.csv", "0,25,50\n", ""},
		"off the earth":          {"zones.csv", "0,0.5,0.5", "0,95,0.5"},
		"neither ready nor due":  {"demand.csv", ",,30000", ",,"},
		"a row of other columns": {"access.csv", "0,", "0,0,"},
	} {
		files := written(t, small(t))
		file := files[change[0]]
		file.Data = bytes.Replace(file.Data, []byte(change[1]), []byte(change[2]), 1)
		if _, err := instance.Read(fstest.MapFS(files)); err == nil {
			t.Errorf("%s: was read", what)
		}
	}
	if _, err := instance.Read(fstest.MapFS{}); err == nil {
		t.Error("nothing was read")
	}
}

func TestFaultsNameTheirPlace(t *testing.T) {
	files := written(t, small(t))
	files["trips.csv"].Data = []byte("trip,seats,room\n0,1,2\n1,1,many\n")
	_, err := instance.Read(fstest.MapFS(files))
	if !errors.Is(err, instance.ErrRow) || !strings.Contains(err.Error(), `trips.csv, line 3, room "many"`) {
		t.Errorf("%v", err)
	}
}

// FuzzRead reads any bytes as the tables of people and connections: an error, or what is
// the same when it is written and read again.
func FuzzRead(f *testing.F) {
	files := written(f, small(f))
	f.Add(files["demand.csv"].Data[:200], files["connections.csv"].Data[:200])
	f.Add([]byte("traveller,from,to,ready,due\n0,0,1,,5\n"), []byte("trip,from,to,depart,arrive,board,alight\n0,0,1,5,9,1,0\n"))
	f.Fuzz(func(t *testing.T, demands, connections []byte) {
		again := cabinet{}
		for name, file := range files {
			again[name] = file
		}
		again["demand.csv"], again["connections.csv"] = &fstest.MapFile{Data: demands}, &fstest.MapFile{Data: connections}
		in, err := instance.Read(fstest.MapFS(again))
		if err != nil {
			return
		}
		back, err := instance.Read(fstest.MapFS(written(t, in)))
		if err != nil || !reflect.DeepEqual(in, back) {
			t.Errorf("not the same again: %v", err)
		}
	})
}
