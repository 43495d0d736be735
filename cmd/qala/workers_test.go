//go:build unix

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/natscluster"
	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/workspace"
)

// batchSize is how many runs a batch of these tests has; QALA_BATCH asks for another number.
func batchSize(t *testing.T) int {
	t.Helper()
	text := os.Getenv("QALA_BATCH")
	if text == "" {
		return 8
	}
	size, err := strconv.Atoi(text)
	if err != nil || size < 4 {
		t.Fatalf("QALA_BATCH=%q is no number of runs", text)
	}
	return size
}

// elsewhere is a server without workers of its own, with a database and a cluster of the test.
type elsewhere struct {
	*centre
	order   serveOrder
	cluster *natscluster.Cluster
}

func serveElsewhere(t *testing.T) *elsewhere {
	t.Helper()
	cluster := natscluster.Start(t)
	order := serveOrder{database: require.Postgres(t), nats: cluster.URL(), workers: 1, processors: 1, lease: 3 * time.Second}
	h := &house{out: testLog{t}, notes: testLog{t}, env: os.Getenv, now: time.Now}
	c, err := h.openCentre(t.Context(), t.TempDir(), order)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(func() { stop(); c.close() })
	c.startDispatcher(ctx, order)
	return &elsewhere{c, order, cluster}
}

// worker starts a worker process; the test ends it.
func (e *elsewhere) worker(t *testing.T) *exec.Cmd {
	t.Helper()
	cmd := started(t, "worker", "--data", t.TempDir(), "--database", e.order.database, "--nats", e.order.nats,
		"--processors", "1", "--lease", e.order.lease.String())
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 20 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	})
	return cmd
}

// smallEvent is played in a moment.
const smallEvent = `{"event": "small", "city": "astana", "name": {"en": "Small"}, "venue": "astana-arena", "date": "2026-08-15",
	"sessions": [{"start": "19:00", "end": "21:00", "attendance": 3000, "arrive": "football", "leave": "stadium"}], "transit_share": 0.5}`

// prepareSmall takes in the built-in city with a small event; a worker must be there.
func prepareSmall(ctx context.Context, t *testing.T, desk *office.Desk) (scenario string) {
	t.Helper()
	by := office.By{Who: "test"}
	if err := takeInCity(ctx, desk); err != nil {
		t.Fatal(err)
	}
	event, _, err := desk.CreateEvent(ctx, by, "astana", []byte(smallEvent))
	if err != nil {
		t.Fatal(err)
	}
	kept, _, err := desk.CreateScenario(ctx, by, event.ID, office.ScenarioAsk{ID: "timetable", Name: "Timetable"})
	if err != nil {
		t.Fatal(err)
	}
	return kept.ID
}

// runBatch orders runs with different seeds and waits for all of them; meanwhile is
// called now and then with the number that are over.
func runBatch(ctx context.Context, t *testing.T, desk *office.Desk, scenario string, runs int, meanwhile func(over int)) []office.Outcome {
	t.Helper()
	ask := office.BatchAsk{Name: "seeds", Scenarios: []string{scenario}, Ask: office.Ask{Rounds: 2}}
	for seed := range runs {
		ask.Seeds = append(ask.Seeds, uint64(seed+1))
	}
	batch, _, err := desk.CreateBatch(ctx, office.By{Who: "test"}, "astana", ask)
	if err != nil {
		t.Fatal(err)
	}
	for {
		table, err := desk.Table(ctx, batch.ID)
		if err != nil {
			t.Fatal(err)
		}
		over := 0
		for _, row := range table {
			if row.Job.State.Over() {
				over++
			}
		}
		if over == runs {
			return table
		}
		meanwhile(over)
		time.Sleep(100 * time.Millisecond)
	}
}

// outcomes are what a table says, without when and by whom.
func outcomes(t *testing.T, table []office.Outcome) []string {
	t.Helper()
	var rows []string
	for _, row := range table {
		if row.Job.State != workspace.Done {
			t.Errorf("run %s is %s: %+v", row.ID, row.Job.State, row.Job.Fault)
		}
		result, err := json.Marshal(row.Job.Result)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row.ID+" "+string(result))
	}
	return rows
}

func TestAnyNumberOfWorkersGivesTheSameBytes(t *testing.T) {
	size := batchSize(t)
	var first []string
	for _, workers := range []int{1, 2, 4} {
		t.Run(fmt.Sprint(workers), func(t *testing.T) {
			e := serveElsewhere(t)
			for range workers {
				e.worker(t)
			}
			scenario := prepareSmall(t.Context(), t, e.office)
			began := time.Now()
			table := runBatch(t.Context(), t, e.office, scenario, size, func(int) {})
			t.Logf("%d workers: %d runs in %s", workers, size, time.Since(began).Round(10*time.Millisecond))
			rows := outcomes(t, table)
			if first == nil {
				first = rows
			}
			if diff := cmp.Diff(first, rows); diff != "" {
				t.Errorf("other results than with one worker:\n%s", diff)
			}
		})
	}
}

func TestAKilledWorkerAndAStoppedServerLoseNothing(t *testing.T) {
	size := batchSize(t)
	e := serveElsewhere(t)
	steady := e.worker(t)
	victim := e.worker(t)
	scenario := prepareSmall(t.Context(), t, e.office)
	killed, stopped := false, false
	table := runBatch(t.Context(), t, e.office, scenario, size, func(over int) {
		if over >= size/4 && !killed {
			killed = true
			if err := victim.Process.Kill(); err != nil {
				t.Error(err)
			}
		}
		if over >= size/2 && !stopped {
			stopped = true
			e.cluster.StopNode(e.cluster.AwaitLeader())
		}
	})
	if !killed || !stopped {
		t.Errorf("nothing was killed (%v) or stopped (%v) in time", killed, stopped)
	}
	seen := map[string]bool{}
	for _, row := range outcomes(t, table) {
		if seen[row] {
			t.Errorf("counted twice: %s", row)
		}
		seen[row] = true
	}
	if len(seen) != size {
		t.Errorf("%d of %d runs", len(seen), size)
	}
	if steady.ProcessState != nil {
		t.Error("the steady worker has ended")
	}
}
