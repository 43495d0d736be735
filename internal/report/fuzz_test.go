package report_test

import (
	"encoding/json"
	"testing"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/report"
)

// FuzzRender draws pages of results files that somebody damaged: whatever is
// JSON of an evaluation gives a page or an error, never a panic.
func FuzzRender(f *testing.F) {
	whole, err := report.JSON(spreadSample())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	for _, text := range []string{
		`{}`, `{"horizon":{"start":"2026-08-15T00:00:00+05:00","seconds":100800}}`, `{"crowds":[{"session":7,"people":3,"curve":[{"minute":-9}]}]}`,
		`{"worst":[{"stop":"x","hours":[{"from":-1,"lines":[{"route":"r","direction":9}]}]}],"lines":[{"route":"r","cells":[{"bin":-4,"carried":9}]}]}`,
		`{"facilities":[{"kind":"x","per_hour":-5,"max_queue":-9,"minutes":[{"minute":-9,"came":3,"queue":9}]},{"kind":"gate"}],"model":{"dwell":true}}`,
		`{"platforms":[{"area":-1,"level":"Z","held_back":-2,"minutes":[{"minute":9e15}]}],"totals":{"reasons":[{"why":"y","person_seconds":-7}]}}`,
		`{"model":{"dwell":true,"replan":true},"deviations":[{"bins":[{"bin":-9,"p90":77}]},{"p90":99}],"blocks":{"late":[{}]},"feedback":{"rounds":3,"convergence":[{},{"regret_permille":-5},{}]}}`,
		`{"segments":[{"line":[],"loads":[{"bin":1}]}],"streets":[[],[{"lat":1,"lon":2}]],"spread":{"crowds":[{}]},"fleets":[{"best":[]}]}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var e evaluation.Evaluation
		if json.Unmarshal(data, &e) != nil {
			return
		}
		if page, err := report.Render(&e, "kk"); err == nil && len(page) == 0 {
			t.Error("an empty page and no error")
		}
		if len(report.CSV(&e)) == 0 {
			t.Error("no tables")
		}
	})
}

// FuzzDocument sets the event transport plan of the same damaged results, on paper
// and as a workbook.
func FuzzDocument(f *testing.F) {
	whole, err := report.JSON(spreadSample())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	for _, text := range []string{
		`{}`, `{"crowds":[{"way":"leaving","session":7,"people":3,"clear":[{"percent":50,"at":9e15}],"curve":[{"minute":-9},{"minute":9000000000000000}]}]}`,
		`{"crowds":[{"way":"leaving","people":-3,"curve":[{"minute":1},{"minute":2}]}],"spread":{"crowds":[{"curve":[{"minute":1},{"minute":2}],"clear":[{}]}]}}`,
		`{"lines":[{"route":"r","direction":-1,"cells":[{"bin":-4,"carried":9},{"bin":9000000000000000,"carried":9,"capacity":1,"left_behind":7}]}]}`,
		`{"segments":[{"line":[{"lat":1e300},{"lat":2}],"loads":[{"carried":1}]},{"line":[{"lat":1},{"lon":2}],"loads":[{"carried":1,"room":-2}]}],"stops":[{"at":{"lat":1e308},"max_queue":4}]}`,
		`{"facilities":[{"kind":"x","per_hour":-5,"max_queue":-9,"queue_at":-7}],"fleets":[{"best":[],"needed":3}],"scenario":{"modifications":[{"kind":"headway"},{"kind":"close_stop"}]}}`,
		`{"event":{"sessions":[{"start":-9,"attendance":4000000000}]},"numbers":[{"id":"origin_residents","unit":"%","value":"1e300"},{"id":"origin_venue","unit":"%","value":"NaN"}]}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var e evaluation.Evaluation
		if json.Unmarshal(data, &e) != nil {
			return
		}
		if pages, err := report.Document(&e, "zh", report.Standing{}); err != nil || len(pages) == 0 {
			t.Error("no pages:", err)
		}
		if book, err := report.Workbook(&e, "ru", report.Standing{}); err == nil && len(book) == 0 {
			t.Error("an empty workbook and no error")
		}
	})
}
