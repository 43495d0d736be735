package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/evaluation"
)

// untilSays cancels the work when the command notes a word.
type untilSays struct {
	word   string
	cancel context.CancelFunc
}

func (u untilSays) Write(p []byte) (int, error) {
	if strings.Contains(string(p), u.word) {
		u.cancel()
	}
	return len(p), nil
}

// smallMatch is the example's match with few people of an uncertain number.
func smallMatch(t *testing.T) string {
	t.Helper()
	text := string(content(t, event(t, "match")))
	text = strings.Replace(text, "attendance: 30000", "attendance: {low: 500, middle: 1000, high: 2000}", 1)
	path := filepath.Join(t.TempDir(), "small.yaml")
	write(t, path, []byte(text))
	return path
}

// What was finished before Ctrl-C is written, marked, and shown by the report.
func TestInterruptedRunsAreWritten(t *testing.T) {
	network, small, folder := imported(t), smallMatch(t), t.TempDir()
	results := filepath.Join(folder, "results.json")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	got := qalaUntil(ctx, t, untilSays{"Run 2 of 5", cancel}, "run", network, small, "-o", results, "--seeds", "5", "--rounds", "1")
	if got.code != exitPartial || !strings.Contains(got.notes, "2 of 5 runs were finished") {
		t.Fatalf("ended with %d, want %d\n%s", got.code, exitPartial, got.notes)
	}
	e, err := readResults(results)
	if err != nil || !e.Spread.Partial() || len(e.Spread.Runs) != 2 || e.Spread.Asked != 5 || !e.Spread.Sized() {
		t.Fatalf("%v, spread %+v", err, e.Spread)
	}
	must(t, "report", results, "-o", folder, "--lang", "all")
	for lang, words := range map[string]string{"en": "2 of 5 runs were finished", "kk": "5 есептеудің 2 аяқталды", "ru": "завершено расчётов 2 из 5", "zh": "5次运行中完成了2次"} {
		if page := string(content(t, filepath.Join(folder, "report."+lang+".html"))); !strings.Contains(page, words) {
			t.Errorf("%s: the page does not say that runs are missing", lang)
		}
	}
}

// An event file names its counts from its own folder.
func TestRunReadsCountsBesideTheEvent(t *testing.T) {
	network, small := imported(t), smallMatch(t)
	text := string(content(t, small)) + "background:\n  journeys: 300\n  hourly: {path: day.csv}\n"
	write(t, small, []byte(text))
	got := qala(t, "run", network, small, "-o", filepath.Join(t.TempDir(), "r.json"), "--rounds", "1")
	if got.code != exitRejected || !strings.Contains(got.notes+got.out, "day.csv") || strings.Contains(got.notes+got.out, os.TempDir()+"/day.csv") {
		t.Errorf("without the table: ended with %d\n%s%s", got.code, got.out, got.notes)
	}
	write(t, filepath.Join(filepath.Dir(small), "day.csv"), []byte("hour,count\n8,2\n17,1\n"))
	results := filepath.Join(t.TempDir(), "r.json")
	must(t, "run", network, small, "-o", results, "--rounds", "1")
	e, err := readResults(results)
	if err != nil || e.Crowds[2].Way != "background" || e.Crowds[2].People != 300 {
		t.Fatalf("%v, crowds %d", err, len(e.Crowds))
	}
	must(t, "report", results, "-o", t.TempDir(), "--lang", "all")
}

// With --exact every vehicle leaves when the timetable says.
func TestAnExactRunKeepsTheTimetable(t *testing.T) {
	network, small := imported(t), smallMatch(t)
	for _, exact := range []bool{false, true} {
		results := filepath.Join(t.TempDir(), "r.json")
		must(t, "run", network, small, "-o", results, "--rounds", "1", fmt.Sprintf("--exact=%v", exact))
		e, err := readResults(results)
		if err != nil {
			t.Fatal(err)
		}
		late := 0
		for _, d := range e.Deviations {
			late = max(late, d.Latest.Seconds)
		}
		if played := e.Model != (evaluation.Model{}); played == exact || (late > 0) == exact {
			t.Errorf("exact %v: played %+v, the latest departure is %d s late", exact, e.Model, late)
		}
	}
}
