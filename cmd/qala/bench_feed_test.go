package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// TestRepeatedFeed repeats trips whose ids are quoted, with a comma within, or last in their row.
func TestRepeatedFeed(t *testing.T) {
	folder := t.TempDir()
	r := repeated{folder: folder, rows: 5, source: fstest.MapFS{
		"trips.txt":      {Data: []byte("\uFEFFroute_id,service_id,trip_id\nr,s,a\nr,s,\"b,1\"\n")},
		"stop_times.txt": {Data: []byte("trip_id,stop_id,stop_sequence\na,x,1\n\"b,1\",x,2\n")},
		"stops.txt":      {Data: []byte("stop_id\nx\n")},
	}}
	if err := r.write(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"trips.txt":      "route_id,service_id,trip_id\nr,s,a~0\nr,s,\"b,1~0\"\nr,s,a~1\nr,s,\"b,1~1\"\nr,s,a~2\nr,s,\"b,1~2\"\n",
		"stop_times.txt": "trip_id,stop_id,stop_sequence\na~0,x,1\n\"b,1~0\",x,2\na~1,x,1\n\"b,1~1\",x,2\na~2,x,1\n\"b,1~2\",x,2\n",
		"stops.txt":      "stop_id\nx\n",
	} {
		if got, err := os.ReadFile(filepath.Join(folder, name)); err != nil || string(got) != want {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	if r.rows != 6 || r.copies != 3 {
		t.Errorf("%d rows in %d copies", r.rows, r.copies)
	}
}

// TestReaderPage measures what needs no process of its own.
func TestReaderPage(t *testing.T) {
	b := &feedBench{name: "gtfs", folder: t.TempDir()}
	if err := b.prepare(t.Context(), "../../examples/astana/gtfs", 20_000); err != nil {
		t.Fatal(err)
	}
	if err := b.read(t.Context()); err != nil {
		t.Fatal(err)
	}
	text := string(b.page())
	for _, want := range []string{"| parse stop_times.txt, unpacked |", "| parse stop_times.txt, packed |", "| the same to the timetable, packed |", "| calls read | "} {
		if strings.Count(text, want) != 1 {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestBenchReaderOfNoFeed(t *testing.T) {
	if out := qala(t, "bench", "feed", t.TempDir()); out.code == 0 {
		t.Error("an empty folder was measured")
	}
}
