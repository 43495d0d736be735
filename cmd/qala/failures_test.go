package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// changed writes a copy of a file with one text replaced by another.
func changed(t *testing.T, path, from, to string) string {
	t.Helper()
	text := string(content(t, path))
	if !strings.Contains(text, from) {
		t.Fatalf("%s has no %q to change", path, from)
	}
	copied := filepath.Join(t.TempDir(), filepath.Base(path))
	write(t, copied, []byte(strings.Replace(text, from, to, 1)))
	return copied
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestMistakesOnTheCommandLine(t *testing.T) {
	city := filepath.Join(astana(t), "city.yaml")
	for _, args := range [][]string{
		{"fly"},
		{"import"},
		{"import", city},
		{"import", city, "--faster"},
		{"run", "a.qala", "-o", "r.json"},
		{"run", "a.qala", "e.yaml"},
		{"run", "a.qala", "e.yaml", "-o", "r.json", "--workers", "0"},
		{"run", "a.qala", "e.yaml", "-o", "r.json", "--seed", "-1"},
		{"report", "r.json"},
		{"report", "r.json", "-o", "x", "--lang", "de"},
		{"version", "--lang", "fr"},
		{"version", "please"},
	} {
		got := qala(t, args...)
		if got.code != exitUsage || !strings.HasPrefix(got.notes, "qala: ") {
			t.Errorf("qala %s ended with %d, want %d\n%s", strings.Join(args, " "), got.code, exitUsage, got.notes)
		}
	}
}

func TestAPlanIsSetAgainstTheSameDayOnly(t *testing.T) {
	net, folder := imported(t), t.TempDir()
	match, expo := filepath.Join(folder, "match.json"), filepath.Join(folder, "expo.json")
	must(t, "run", net, event(t, "match"), "-o", match, "--rounds", "1")
	must(t, "run", net, event(t, "expo-peak"), "-o", expo, "--rounds", "1")
	pages := filepath.Join(folder, "pages")
	if got := qala(t, "report", match, "-o", pages, "--pdf", "--unchanged", expo); got.code != exitRejected || len(left(t, pages)) != 0 {
		t.Errorf("another day was taken for the timetable: %d, %v\n%s", got.code, left(t, pages), got.notes)
	}
	must(t, "report", match, "-o", pages, "--pdf", "--unchanged", match)
}

func TestFilesThatAreNotThere(t *testing.T) {
	folder := t.TempDir()
	nothing, output := filepath.Join(folder, "nothing"), filepath.Join(folder, "out")
	for _, args := range [][]string{
		{"import", nothing + ".yaml", "-o", output},
		{"run", nothing + ".qala", event(t, "match"), "-o", output},
		{"run", nothing + ".qala", nothing + ".yaml", "-o", output},
		{"report", nothing + ".json", "-o", output},
	} {
		got := qala(t, args...)
		if got.code != exitFile || !strings.Contains(got.notes, nothing) {
			t.Errorf("qala %s ended with %d, want %d\n%s", strings.Join(args, " "), got.code, exitFile, got.notes)
		}
	}
	if names := left(t, folder); len(names) > 0 {
		t.Errorf("left behind: %q", names)
	}
}

func TestOutputThatCannotBeWritten(t *testing.T) {
	network, folder := imported(t), t.TempDir()
	file, results := filepath.Join(folder, "file"), filepath.Join(folder, "r.json")
	write(t, file, []byte("in the way"))
	must(t, "run", network, event(t, "match"), "-o", results)
	below := filepath.Join(file, "out")
	for _, args := range [][]string{
		{"import", filepath.Join(astana(t), "city.yaml"), "-o", below},
		{"run", network, event(t, "match"), "-o", below},
		{"report", results, "-o", below},
		{"report", results, "-o", file},
	} {
		got := qala(t, args...)
		if got.code != exitFile || !strings.Contains(got.notes, file) {
			t.Errorf("qala %s ended with %d, want %d\n%s", args[0], got.code, exitFile, got.notes)
		}
	}
	if text := string(content(t, file)); text != "in the way" {
		t.Errorf("the file in the way now holds %q", text)
	}
}

func TestEventFileWithAMistakeTellsItsPlace(t *testing.T) {
	wrong := changed(t, event(t, "match"), "transit_share:", "transit_shar:")
	output := filepath.Join(t.TempDir(), "r.json")
	got := qala(t, "run", imported(t), wrong, "-o", output, "--json")
	a := answered(t, got)
	if got.code != exitRejected || len(a.Findings) == 0 {
		t.Fatalf("ended with %d and %d findings, want %d\n%s", got.code, len(a.Findings), exitRejected, got.notes)
	}
	told := a.Findings[0]
	if told.File != wrong || told.Line == 0 || !strings.Contains(told.Field+told.Value, "transit_shar") {
		t.Errorf("the place told is %s:%d %s=%q", told.File, told.Line, told.Field, told.Value)
	}
	if _, err := os.Stat(output); err == nil {
		t.Error("there are results of an event that was refused")
	}
}

func TestPlanThatCannotBeRunIsRefused(t *testing.T) {
	network := imported(t)
	for _, c := range []struct{ from, to, code string }{
		{"\nvenue: ", "\nvenue: nowhere-", "plan.unknown_venue"},
		{"\ndate: 2026-", "\ndate: 1999-", "plan.no_service"},
		{"\nsources:", "\nmodifications:\n  - headway: {route: LRT, from: \"17:00\", to: \"24:00\", every: 4m}\nsources:", "plan.fleet_exceeded"},
	} {
		output := filepath.Join(t.TempDir(), "r.json")
		got := qala(t, "run", network, changed(t, event(t, "match"), c.from, c.to), "-o", output, "--json")
		a := answered(t, got)
		known := slices.ContainsFunc(a.Findings, func(f told) bool { return string(f.Code) == c.code && f.Sentence != "" && f.File != "" && f.Line > 0 })
		if got.code != exitRefused || !known {
			t.Errorf("%s: ended with %d, want %d; findings %+v", c.code, got.code, exitRefused, a.Findings)
		}
		if _, err := os.Stat(output); err == nil {
			t.Errorf("%s: there are results of a plan that was refused", c.code)
		}
	}
}

// zipped is the example's timetable as the bytes of a zip.
func zipped(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	if err := w.AddFS(os.DirFS(filepath.Join(astana(t), "gtfs"))); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// cityWith is a copy of the example city whose timetable is a zip with these bytes.
func cityWith(t *testing.T, feed []byte) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "city")
	if err := os.CopyFS(folder, os.DirFS(astana(t))); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "gtfs.zip"), feed)
	path := filepath.Join(folder, "city.yaml")
	write(t, path, content(t, changed(t, path, "path: gtfs", "path: gtfs.zip")))
	return path
}

func TestBrokenFeedIsRejected(t *testing.T) {
	whole := zipped(t)
	var empty bytes.Buffer
	if err := zip.NewWriter(&empty).Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		feed []byte
		code string
	}{
		"no bytes":  {nil, "gtfs.feed_empty"},
		"empty zip": {empty.Bytes(), "gtfs.feed_empty"},
		"truncated": {whole[:len(whole)/2], "gtfs.feed_truncated"},
		"no zip":    {[]byte("<html>please sign in</html>"), "gtfs.feed_not_zip"},
	} {
		output := filepath.Join(t.TempDir(), "a.qala")
		got := qala(t, "import", cityWith(t, c.feed), "-o", output, "--json")
		a := answered(t, got)
		known := slices.ContainsFunc(a.Findings, func(f told) bool { return string(f.Code) == c.code && f.File == "gtfs.zip" })
		if got.code != exitRejected || !known {
			t.Errorf("%s: ended with %d, want %d and %s; findings %+v", name, got.code, exitRejected, c.code, a.Findings)
		}
		if _, err := os.Stat(output); err == nil {
			t.Errorf("%s: there is a network of a city that was rejected", name)
		}
	}
}

func TestZipAndFolderGiveTheSameTimetable(t *testing.T) {
	network, output := imported(t), filepath.Join(t.TempDir(), "zip.qala")
	must(t, "import", cityWith(t, zipped(t)), "-o", output)
	if !bytes.Equal(content(t, network), content(t, output)) {
		t.Error("the same feed as a zip gives another network")
	}
}

func TestRowsWithMistakesAreLeftOutAndTold(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "city")
	if err := os.CopyFS(folder, os.DirFS(astana(t))); err != nil {
		t.Fatal(err)
	}
	population := filepath.Join(folder, "population.csv")
	write(t, population, append(content(t, population), "nowhere,91.5,71.4,100,Nowhere,assumption,\n"...))
	city, output, list := filepath.Join(folder, "city.yaml"), filepath.Join(folder, "a.qala"), filepath.Join(folder, "findings.csv")

	strict := qala(t, "import", city, "-o", output, "--strict")
	if _, err := os.Stat(output); strict.code != exitRejected || err == nil {
		t.Errorf("--strict ended with %d, want %d and no network (%v)", strict.code, exitRejected, err)
	}
	got := must(t, "import", city, "-o", output, "--findings", list, "--json")
	a := answered(t, got)
	if a.Counts["error"] != 1 || a.Summary["rows_left_out"] != 1.0 {
		t.Errorf("errors %d, rows left out %v, want 1 and 1", a.Counts["error"], a.Summary["rows_left_out"])
	}
	rows, err := csv.NewReader(bytes.NewReader(content(t, list))).ReadAll()
	if err != nil || len(rows) != 1+len(a.Findings) || !strings.Contains(string(content(t, list)), "population.csv") {
		t.Errorf("%d rows of findings (%v), want %d and a heading", len(rows), err, len(a.Findings))
	}
	if bad := qala(t, "import", city, "-o", output, "--findings", filepath.Join(folder, "list.txt")); bad.code != exitUsage {
		t.Errorf("findings in a .txt file: ended with %d, want %d", bad.code, exitUsage)
	}
}

func TestCityFileWithAMistakeTellsItsPlace(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "city")
	if err := os.CopyFS(folder, os.DirFS(astana(t))); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "city.yaml")
	write(t, path, content(t, changed(t, path, "\npopulation:", "\npopulace:")))
	a := answered(t, qala(t, "import", path, "-o", filepath.Join(folder, "a.qala"), "--json"))
	place := slices.ContainsFunc(a.Findings, func(f told) bool {
		return f.File == "city.yaml" && f.Line > 0 && strings.Contains(f.Field+f.Value, "populace")
	})
	if a.Exit != exitRejected || !place {
		t.Errorf("ended with %d, want %d; findings %+v", a.Exit, exitRejected, a.Findings)
	}
}

func TestBrokenNetworkIsRejected(t *testing.T) {
	good := content(t, imported(t))
	turned := slices.Clone(good)
	turned[len(turned)/2] ^= 0x40
	for name, data := range map[string][]byte{
		"empty": nil, "cut": good[:len(good)/2], "turned": turned, "zip": []byte("PK\x03\x04 and so on"),
	} {
		path := filepath.Join(t.TempDir(), name+".qala")
		write(t, path, data)
		got := qala(t, "run", path, event(t, "match"), "-o", filepath.Join(t.TempDir(), "r.json"))
		if got.code != exitRejected || !strings.Contains(got.notes, path) {
			t.Errorf("%s: ended with %d, want %d\n%s", name, got.code, exitRejected, got.notes)
		}
	}
}

func TestBrokenResultsAreRejected(t *testing.T) {
	for name, text := range map[string]string{
		"empty":   "",
		"words":   "hello",
		"cut":     "{\n \"format\": 1,\n \"program\": ",
		"old":     `{"format": 0}`,
		"unknown": `{"format": 1, "colour": "red"}`,
	} {
		path := filepath.Join(t.TempDir(), name+".json")
		write(t, path, []byte(text))
		got := qala(t, "report", path, "-o", t.TempDir())
		if got.code != exitRejected || !strings.Contains(got.notes, path) {
			t.Errorf("%s: ended with %d, want %d\n%s", name, got.code, exitRejected, got.notes)
		}
	}
}

// firstWord cancels the work as soon as the command says anything.
type firstWord struct{ cancel context.CancelFunc }

func (f firstWord) Write(p []byte) (int, error) {
	f.cancel()
	return len(p), nil
}

func TestInterruptedCommandsLeaveNothing(t *testing.T) {
	network := imported(t)
	for _, args := range [][]string{
		{"import", filepath.Join(astana(t), "city.yaml")},
		{"run", network, event(t, "match")},
	} {
		folder := t.TempDir()
		ctx, cancel := context.WithCancel(t.Context())
		got := qalaUntil(ctx, t, firstWord{cancel}, append(args, "-o", filepath.Join(folder, "out"))...)
		cancel()
		if got.code != exitInterrupted {
			t.Errorf("qala %s ended with %d, want %d\n%s", args[0], got.code, exitInterrupted, got.notes)
		}
		if names := left(t, folder); len(names) > 0 {
			t.Errorf("qala %s left behind: %q", args[0], names)
		}
	}
}
