package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/download"
	"github.com/qala-city/qala/internal/require"
)

// outcome is how one command line ended.
type outcome struct {
	code       int
	out, notes string
}

// qala carries out a command line in this process, wired as the program is.
func qala(t *testing.T, args ...string) outcome {
	t.Helper()
	return qalaUntil(t.Context(), t, io.Discard, args...)
}

// qalaUntil is qala with a context of its own; what it notes is also written to watch.
func qalaUntil(ctx context.Context, t *testing.T, watch io.Writer, args ...string) outcome {
	t.Helper()
	var out, notes bytes.Buffer
	h := &house{
		out:   &out,
		notes: io.MultiWriter(&notes, watch),
		show:  func(string) error { return nil },
		env:   func(string) string { return "" },
		now:   func() time.Time { return time.Date(2026, 8, 1, 9, 0, 0, 0, time.UTC) },
		web:   download.New(program),
	}
	code := h.run(ctx, args)
	return outcome{code, out.String(), notes.String()}
}

// must is qala for a command line that has to succeed.
func must(t *testing.T, args ...string) outcome {
	t.Helper()
	got := qala(t, args...)
	if got.code != exitOK {
		t.Fatalf("qala %s ended with %d\n%s%s", strings.Join(args, " "), got.code, got.out, got.notes)
	}
	return got
}

// astana is the example city's folder, event the path of one of its events.
func astana(t *testing.T) string { return filepath.Join(require.Root(t), "examples", "astana") }

func event(t *testing.T, name string) string {
	return filepath.Join(astana(t), "events", name+".yaml")
}

// imported is the example city's network file.
func imported(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "astana.qala")
	must(t, "import", filepath.Join(astana(t), "city.yaml"), "-o", path)
	return path
}

// left are the names of the files in a folder.
func left(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func content(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// answered reads the one JSON document on standard output.
func answered(t *testing.T, got outcome) answer {
	t.Helper()
	stream := json.NewDecoder(strings.NewReader(got.out))
	var a answer
	if err := stream.Decode(&a); err != nil {
		t.Fatalf("standard output is no JSON document: %v\n%s", err, got.out)
	}
	if err := stream.Decode(new(any)); err != io.EOF {
		t.Fatalf("more than one document on standard output: %v", err)
	}
	if a.Exit != got.code {
		t.Errorf("the document says exit %d, the command ended with %d", a.Exit, got.code)
	}
	return a
}

func TestFromFilesToReports(t *testing.T) {
	network := imported(t)
	for _, name := range []string{"match", "expo-peak"} {
		folder := t.TempDir()
		results, pages := filepath.Join(folder, "results.json"), filepath.Join(folder, "pages")
		must(t, "run", network, event(t, name), "-o", results)
		e, err := readResults(results)
		if err != nil {
			t.Fatal(err)
		}
		sum := e.Totals.Arrived + e.Totals.Walking + e.Totals.Stranded
		if e.Totals.Travellers == 0 || e.Totals.Travellers != sum {
			t.Errorf("%s: %d travellers, %d accounted for", name, e.Totals.Travellers, sum)
		}
		if e.Program != program {
			t.Errorf("%s: made by %q, want %q", name, e.Program, program)
		}
		must(t, "report", results, "-o", pages, "--lang", "all", "--pdf", "--xlsx")
		for _, want := range []string{
			"report.en.html", "report.kk.html", "report.ru.html", "report.zh.html", "results.json",
			"plan.en.pdf", "plan.kk.pdf", "plan.ru.pdf", "plan.zh.pdf", "tables.en.xlsx", "tables.kk.xlsx", "tables.ru.xlsx", "tables.zh.xlsx",
		} {
			if !slices.Contains(left(t, pages), want) {
				t.Errorf("%s: no %s among %q", name, want, left(t, pages))
			}
		}
		if !bytes.Equal(content(t, results), content(t, filepath.Join(pages, "results.json"))) {
			t.Errorf("%s: the report changed the results", name)
		}
	}
}

func TestSameInputGivesTheSameBytes(t *testing.T) {
	first, second := imported(t), imported(t)
	if !bytes.Equal(content(t, first), content(t, second)) {
		t.Error("two imports of one city differ")
	}
	folder := t.TempDir()
	want := []byte(nil)
	for _, workers := range []string{"1", "1", "2", "8"} {
		results := filepath.Join(folder, "results.json")
		must(t, "run", first, event(t, "match"), "-o", results, "--workers", workers)
		if want == nil {
			want = content(t, results)
		}
		if !bytes.Equal(want, content(t, results)) {
			t.Errorf("--workers %s gives other results than one worker", workers)
		}
	}
	reports := [2]string{filepath.Join(folder, "a"), filepath.Join(folder, "b")}
	for _, report := range reports {
		must(t, "report", filepath.Join(folder, "results.json"), "-o", report, "--pdf", "--xlsx")
	}
	for _, name := range left(t, reports[0]) {
		if !bytes.Equal(content(t, filepath.Join(reports[0], name)), content(t, filepath.Join(reports[1], name))) {
			t.Errorf("two reports of one run differ in %s", name)
		}
	}
}

func TestSeedChangesTheDrawsAndNothingElse(t *testing.T) {
	network, folder := imported(t), t.TempDir()
	a, b := filepath.Join(folder, "a.json"), filepath.Join(folder, "b.json")
	must(t, "run", network, event(t, "match"), "-o", a, "--seed", "5")
	must(t, "run", network, event(t, "match"), "-o", b, "--seed", "6")
	first, err := readResults(a)
	if err != nil {
		t.Fatal(err)
	}
	second, err := readResults(b)
	if err != nil {
		t.Fatal(err)
	}
	if first.Seed != 5 || second.Seed != 6 || first.Totals.Travellers != second.Totals.Travellers {
		t.Errorf("seeds %d and %d, travellers %d and %d", first.Seed, second.Seed, first.Totals.Travellers, second.Totals.Travellers)
	}
	if bytes.Equal(content(t, a), content(t, b)) || first.Scenario.Hash != second.Scenario.Hash {
		t.Error("another seed gives the same outcome, or another scenario")
	}
}

func TestJSONAnswers(t *testing.T) {
	folder := t.TempDir()
	network, results := filepath.Join(folder, "a.qala"), filepath.Join(folder, "r.json")
	for _, args := range [][]string{
		{"import", filepath.Join(astana(t), "city.yaml"), "-o", network},
		{"run", network, event(t, "match"), "-o", results},
		{"report", results, "-o", filepath.Join(folder, "pages")},
		{"version"},
	} {
		a := answered(t, must(t, append(args, "--json")...))
		if a.Command != args[0] || a.Program != program || a.Error != "" {
			t.Errorf("qala %s answers %+v", args[0], a)
		}
		for what, path := range a.Paths {
			if _, err := os.Stat(path); err != nil {
				t.Errorf("qala %s says that it wrote %s: %v", args[0], what, err)
			}
		}
		if args[0] != "version" && len(a.Paths) == 0 {
			t.Errorf("qala %s tells nothing that it wrote", args[0])
		}
	}
}

func TestMessagesInEveryLanguage(t *testing.T) {
	network := imported(t)
	for lang, word := range map[string]string{"en": "Written", "kk": "Жазылды", "ru": "Записано", "zh": "已写入"} {
		got := must(t, "run", network, event(t, "match"), "-o", filepath.Join(t.TempDir(), "r.json"), "--lang", lang)
		if !strings.Contains(got.out, word) {
			t.Errorf("--lang %s: %q is not in\n%s", lang, word, got.out)
		}
	}
}
