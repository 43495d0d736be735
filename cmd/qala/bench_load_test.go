package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/grid"
	"github.com/qala-city/qala/internal/instance"
)

// One case of a small grid, measured in this process.
func TestBenchLoadAccountsForEverybody(t *testing.T) {
	seen := map[bool]timing{}
	for _, plainly := range []bool{false, true} {
		args := []string{"bench", "load", "--one", "everyday", "--streets", "3", "--people", "500", "--rounds", "1"}
		if plainly {
			args = append(args, "--plainly")
		}
		var got timing
		if err := json.Unmarshal([]byte(must(t, args...).out), &got); err != nil {
			t.Fatal(err)
		}
		counts := grid.City{Streets: 3}.Counts()
		if got.Connections != counts.Connections || got.Work.Destinations != counts.Zones || got.Arrived+got.Stranded != 500 {
			t.Errorf("%+v on %+v", got, counts)
		}
		seen[plainly] = got
	}
	if seen[true].Work != seen[false].Work || seen[true].Answer != seen[false].Answer || seen[true].Answer == "" {
		t.Errorf("with vectors %+v, without %+v", seen[false], seen[true])
	}
}

// The page has the figures of others beside only where the work is the same.
func TestLoadPage(t *testing.T) {
	full := timing{All: 4.62, memory: 5 << 20, of: loadCases[0]}
	for _, c := range []struct {
		order loadOrder
		want  bool
	}{
		{loadOrder{streets: grid.Full}, true},
		{loadOrder{streets: grid.Full, people: 7}, false},
		{loadOrder{streets: 12}, false},
		{loadOrder{streets: grid.Full, city: "porto"}, false},
	} {
		page := string(loadPage(&c.order, []timing{full}))
		if got := strings.Contains(page, "| 231 s | 50.0x |"); got != c.want {
			t.Errorf("%+v: KIT's figure beside: %v\n%s", c.order, got, page)
		}
	}
}

func TestBenchLoadWritesItsWork(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "grid")
	must(t, "bench", "load", "--case", "egress", "--streets", "3", "--people", "50", "--write", folder)
	in, err := instance.Read(os.DirFS(folder))
	if err != nil {
		t.Fatal(err)
	}
	if len(in.Demand) != 50 || len(in.Connections) != (grid.City{Streets: 3}).Counts().Connections {
		t.Errorf("%d travellers, %d connections", len(in.Demand), len(in.Connections))
	}
}

func TestBenchLoadOfACity(t *testing.T) {
	file := t.TempDir() + "/town.qala"
	must(t, "import", "../../examples/astana/city.yaml", "-o", file)
	var got timing
	out := must(t, "bench", "load", file, "--one", "egress", "--people", "200", "--rounds", "1", "--date", "2026-08-15")
	if err := json.Unmarshal([]byte(out.out), &got); err != nil {
		t.Fatal(err)
	}
	if got.Connections == 0 || got.Arrived == 0 {
		t.Errorf("%+v", got)
	}
}

func TestBenchLoadRefuses(t *testing.T) {
	for _, args := range [][]string{{"--case", "rush"}, {"--streets", "1"}, {"--rounds", "0"}} {
		if out := qala(t, append([]string{"bench", "load"}, args...)...); out.code != exitUsage {
			t.Errorf("%v: %d", args, out.code)
		}
	}
}
