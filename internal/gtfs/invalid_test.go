package gtfs

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/require"
)

// outcome is what is expected of one feed: the code that names its defect
// ("valid" for a feed that may have no error), the failure if it cannot be used
// at all, what is kept of it, and every code that is met: with ! for an error,
// with ? for a warning, plain for a note.
type outcome struct {
	main         string
	failure      finding.Code
	trips, calls int
	codes        string
}

func TestInvalidFeeds(t *testing.T) {
	folder := filepath.Join(require.Data(t), "invalid-feeds")
	zips, err := filepath.Glob(filepath.Join(folder, "*", "*.zip"))
	if err != nil || len(zips) != len(outcomes) {
		t.Fatalf("%d feeds, %d expectations, %v", len(zips), len(outcomes), err)
	}
	for _, path := range zips {
		name, _ := filepath.Rel(folder, path)
		t.Run(name, func(t *testing.T) {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want, known := outcomes[filepath.ToSlash(name)]
			if !known {
				t.Fatal("no expectation")
			}
			want.check(t, readZip(t, content, Limits{}))
		})
	}
}

func (o outcome) check(t *testing.T, r result) {
	t.Helper()
	if code(r.err) != o.failure {
		t.Errorf("error %v, want %q", r.err, o.failure)
	}
	got := metCodes(r.log)
	if r.err == nil && (len(r.tt.Trips.ID) != o.trips || len(r.tt.Trips.Arrive) != o.calls) {
		t.Errorf("kept %d trips and %d calls, want %d and %d", len(r.tt.Trips.ID), len(r.tt.Trips.Arrive), o.trips, o.calls)
	}
	if strings.Join(got, " ") != o.codes {
		t.Errorf("codes\n%s, want\n%s", strings.Join(got, " "), o.codes)
	}
	if o.main == "valid" {
		if o.failure != "" || strings.Contains(o.codes, "!") {
			t.Error("a valid feed has errors")
		}
	} else if o.main != string(o.failure) && !slices.Contains(strings.Fields(o.codes), o.main) {
		t.Errorf("%s is not among what is met", o.main)
	}
}

// metCodes are the codes in a log, each once.
func metCodes(log *finding.Log) []string {
	mark := map[finding.Level]string{finding.Error: "!", finding.Warning: "?", finding.Note: ""}
	var codes []string
	for _, f := range log.Findings() {
		codes = append(codes, strings.TrimPrefix(string(f.Code), "gtfs.")+mark[f.Level])
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}
