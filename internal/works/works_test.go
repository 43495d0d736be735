package works

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/job"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/workspace"
)

// memory keeps contents for a test.
type memory struct {
	mu   sync.Mutex
	data map[workspace.Sum][]byte
}

func (m *memory) Put(_ context.Context, from io.Reader) (workspace.Sum, int64, error) {
	data, err := io.ReadAll(from)
	hash := sha256.Sum256(data)
	sum := workspace.Sum(hex.EncodeToString(hash[:]))
	m.mu.Lock()
	defer m.mu.Unlock()
	m.data[sum] = data
	return sum, int64(len(data)), err
}

type body struct{ *bytes.Reader }

func (body) Close() error { return nil }

func (m *memory) Open(_ context.Context, sum workspace.Sum) (io.ReadSeekCloser, int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, found := m.data[sum]
	if !found {
		return nil, 0, workspace.ErrNoContent
	}
	return body{bytes.NewReader(data)}, int64(len(data)), nil
}

// astana are the files of the built-in city.
func astana(t *testing.T, s *Shop) []workspace.File {
	t.Helper()
	var files []workspace.File
	root := filepath.Join(require.Root(t), "examples", "astana")
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, ".go") {
			return err
		}
		data, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			return err
		}
		sum, err := s.keep(context.Background(), data)
		files = append(files, workspace.File{Path: path, Sum: sum, Bytes: int64(len(data))})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func work[Out any](t *testing.T, s *Shop, task workspace.Task, input any) (out Out, err error) {
	t.Helper()
	data, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	outcome, err := s.Works()[task](context.Background(), data, func(workspace.Progress) {})
	if err != nil {
		return out, err
	}
	return outcome.Result.(Out), nil
}

func TestFromFilesToAReport(t *testing.T) {
	s := &Shop{Contents: &memory{data: map[workspace.Sum][]byte{}}, Program: "qala test", Workers: 2}
	imported, err := work[workspace.ImportResult](t, s, workspace.TaskImport,
		workspace.ImportInput{City: "astana", Description: "city.yaml", Files: astana(t, s)})
	if err != nil {
		t.Fatal(err)
	}
	if imported.Counts["venues"] != 6 || imported.Counts["trips"] == 0 || imported.Levels["error"] > 0 {
		t.Errorf("imported %+v", imported)
	}
	in := workspace.RunInput{
		Network: imported.Network, Hash: imported.Hash, Event: event, Seed: 1, Seeds: 1, Rounds: 1, Gap: 30, Crowd: 50,
	}
	ran, err := work[workspace.RunResult](t, s, workspace.TaskRun, in)
	if err != nil {
		t.Fatal(err)
	}
	people := ran.Headline.People
	if people == 0 || ran.Headline.Arrived+ran.Headline.Stranded > people || ran.Headline.Cleared == -1 && ran.Headline.Stranded == 0 {
		t.Errorf("headline %+v", ran.Headline)
	}
	in.Crowd = 100
	whole, err := work[workspace.RunResult](t, s, workspace.TaskRun, in)
	if err != nil || whole.Headline.People != 2*people {
		t.Errorf("%d people at half the attendance and %d at all of it: %v", people, whole.Headline.People, err)
	}
	reported, err := work[workspace.ReportResult](t, s, workspace.TaskReport, workspace.ReportInput{Results: ran.Results, Lang: "kk"})
	if err != nil || !strings.Contains(names(reported.Files), "report.kk.html") {
		t.Errorf("report of %s: %v", names(reported.Files), err)
	}
}

func names(files []workspace.File) string {
	var list []string
	for _, f := range files {
		list = append(list, f.Path)
	}
	return strings.Join(list, " ")
}

const event = `{"event": "small", "city": "astana", "name": {"en": "Small"}, "venue": "astana-arena", "date": "2026-08-15",
	"sessions": [{"start": "19:00", "end": "21:00", "attendance": 2000, "arrive": "football", "leave": "stadium"}], "transit_share": 0.5}`

func TestWhatMakesNoSenseIsRefusedWithFindings(t *testing.T) {
	s := &Shop{Contents: &memory{data: map[workspace.Sum][]byte{}}, Program: "qala test", Workers: 1}
	files := astana(t, s)
	imported, err := work[workspace.ImportResult](t, s, workspace.TaskImport, workspace.ImportInput{Description: "city.yaml", Files: files})
	if err != nil {
		t.Fatal(err)
	}
	var refused *job.Refused
	_, err = work[workspace.ImportResult](t, s, workspace.TaskImport, workspace.ImportInput{Description: "city.yaml", Files: files[:1]})
	if !errors.As(err, &refused) && !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a city without its files: %v", err)
	}
	in := workspace.RunInput{Network: imported.Network, Seed: 1, Seeds: 1, Rounds: 1, Crowd: 100, Event: strings.Replace(event, "astana-arena", "nowhere", 1)}
	if _, err := work[workspace.RunResult](t, s, workspace.TaskRun, in); !errors.As(err, &refused) || len(refused.Findings) == 0 {
		t.Errorf("an event nowhere: %v", err)
	}
	if _, err := work[workspace.ReportResult](t, s, workspace.TaskReport, workspace.ReportInput{Lang: "la"}); !errors.As(err, &refused) {
		t.Errorf("a report in Latin: %v", err)
	}
}

func TestHeadlineOfADayWithoutPeople(t *testing.T) {
	if h := headline(&evaluation.Evaluation{}); h.Cleared != -1 || h.Away90 != -1 || h.People != 0 {
		t.Errorf("%+v", h)
	}
}
