package gtfs

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

// member is one file of a zip in the making.
type member struct{ name, text string }

func zipOf(t testing.TB, members ...member) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, m := range members {
		f, err := w.Create(m.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(m.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// goodMembers is the good feed below a folder, "" or one that ends in a slash.
func goodMembers(folder string) []member {
	var out []member
	for name, text := range good {
		out = append(out, member{folder + name, text})
	}
	slices.SortFunc(out, func(a, b member) int { return strings.Compare(a.name, b.name) })
	return out
}

// readZip opens and reads a zip; the error is that of whichever fails.
func readZip(t testing.TB, content []byte, limits Limits) result {
	t.Helper()
	folder, err := OpenZip("feed.zip", bytes.NewReader(content), int64(len(content)), limits)
	if err != nil {
		return result{err: err, log: &finding.Log{}, tt: transit.NewBuilder().Timetable()}
	}
	return readAll(t, folder)
}

// code is the code of a Failure, "" for anything else.
func code(err error) finding.Code {
	var failure *Failure
	if errors.As(err, &failure) {
		return failure.Code
	}
	return ""
}

func TestZipsThatAreNone(t *testing.T) {
	whole := zipOf(t, goodMembers("")...)
	for name, c := range map[string]struct {
		content []byte
		want    finding.Code
	}{
		"no bytes":             {nil, Empty},
		"no members":           {zipOf(t), Empty},
		"a web page":           {[]byte("<!doctype html><title>Not found</title>"), NotZip},
		"cut in the middle":    {whole[:len(whole)/2], Truncated},
		"cut before its end":   {whole[:len(whole)-30], Truncated},
		"only an empty folder": {zipOf(t, member{"gtfs/", ""}), NoFeed},
		"other files":          {zipOf(t, member{"readme.txt", "hello"}), NoFeed},
		"a zip in a zip":       {zipOf(t, member{"feed.zip", string(whole)}), NoFeed},
		"two feeds":            {zipOf(t, append(goodMembers("a/"), goodMembers("b/")...)...), SeveralFeeds},
	} {
		t.Run(name, func(t *testing.T) {
			r := readZip(t, c.content, Limits{})
			if code(r.err) != c.want {
				t.Errorf("error %v, want %s", r.err, c.want)
			}
		})
	}
}

func TestAFeedMayLieAnywhereInAZip(t *testing.T) {
	mac := append(goodMembers("gtfs/"),
		member{"__MACOSX/gtfs/._stops.txt", "\x00\x05\x16\x07"}, member{"__MACOSX/gtfs/stops.txt", "x"}, member{"gtfs/._trips.txt", "\x00"})
	odd := []member{}
	for _, m := range goodMembers("") {
		odd = append(odd, member{strings.ToUpper(m.name[:1]) + strings.Replace(m.name[1:], "txt", "TXT", 1), m.text})
	}
	for name, members := range map[string][]member{
		"top folder":       goodMembers("gtfs/"),
		"two deep":         goodMembers("export/2026/"),
		"from a Mac":       mac,
		"odd case":         odd,
		"old one below":    append(goodMembers(""), goodMembers("old/")...),
		"folders as rows":  append(goodMembers("gtfs/"), member{"gtfs/", ""}),
		"Windows's slants": goodMembers(`gtfs\`),
	} {
		t.Run(name, func(t *testing.T) {
			r := readZip(t, zipOf(t, members...), Limits{})
			if r.err != nil || len(r.tt.Trips.ID) != 2 || len(r.log.Findings()) > 0 {
				t.Errorf("%v, %d trips, %v", r.err, len(r.tt.Trips.ID), lines(r.log))
			}
		})
	}
}

func TestOfTwoNamesTheSmallOneCounts(t *testing.T) {
	r := readAll(t, fstestWith(map[string]string{"Agency.TXT": "x\n", "agency.Txt": "y\n"}))
	if r.err != nil {
		t.Fatal(r.err)
	}
	want := []string{"warning agency.txt file_twice", "warning agency.txt file_twice"}
	if !slices.Equal(lines(r.log), want) {
		t.Errorf("findings %v", lines(r.log))
	}
}

func fstestWith(more map[string]string) fstest.MapFS {
	out := change(nil)
	for name, text := range more {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func TestZipBombsAreRefused(t *testing.T) {
	bomb := zipOf(t, append(goodMembers(""), member{"shapes.txt", strings.Repeat("0", 32<<20)})...)
	if got := readZip(t, bomb, Limits{}); code(got.err) != TooLarge {
		t.Errorf("packed a thousand to one: %v", got.err)
	}
	deep := zipOf(t, append(goodMembers(""), member{strings.Repeat("a/", 2000) + "x", ""})...)
	if got := readZip(t, deep, Limits{}); code(got.err) != TooLarge {
		t.Errorf("two thousand folders deep: %v", got.err)
	}
	plain := zipOf(t, goodMembers("")...)
	for name, limits := range map[string]Limits{
		"one file": {File: 200}, "all files": {Total: 500}, "count": {Files: 5},
	} {
		if got := readZip(t, plain, limits); code(got.err) != TooLarge {
			t.Errorf("%s: %v", name, got.err)
		}
	}
	if got := readZip(t, plain, Limits{File: 1000, Total: 2000, Files: 6, Ratio: 1}); got.err != nil {
		t.Errorf("within the limits: %v", got.err)
	}
}

func TestABombThatLiesAboutItsSizeIsRefused(t *testing.T) {
	content := zipOf(t, append(goodMembers(""), member{"shapes.txt", strings.Repeat("0", 32<<20)})...)
	// In the directory at the end, the size of the last member in name order stands 24 bytes in.
	at := bytes.LastIndex(content, []byte("PK\x01\x02"))
	if string(content[at+46:at+56]) != "shapes.txt" {
		t.Fatal("the directory is not where it was thought to be")
	}
	binary.LittleEndian.PutUint32(content[at+24:], 100)
	if got := readZip(t, content, Limits{}); code(got.err) != Damaged {
		t.Errorf("error %v", got.err)
	}
}

func TestADamagedMemberIsAFailure(t *testing.T) {
	content := zipOf(t, goodMembers("")...)
	at := bytes.Index(content, []byte("stop_times.txt"))
	for i := range 20 {
		content[at+20+i] ^= 0x55
	}
	got := readZip(t, content, Limits{})
	if code(got.err) != Damaged {
		t.Errorf("error %v", got.err)
	}
	var failure *Failure
	if errors.As(got.err, &failure) && (failure.File != "stop_times.txt" || failure.Cause == nil || failure.Finding().Code != Damaged) {
		t.Errorf("failure %+v", failure)
	}
}

func TestAFeedWithoutItsFilesIsAFailure(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  finding.Code
		file  string
		lines []string
	}{
		"no agency": {map[string]string{"agency.txt": ""}, Incomplete, "agency.txt", []string{"error agency.txt missing_file"}},
		"no calendar at all": {
			map[string]string{"calendar.txt": "", "trips.txt": ""},
			Incomplete, "trips.txt, calendar.txt",
			[]string{"error trips.txt missing_file", "error calendar.txt missing_file"},
		},
		"a column is missing": {
			map[string]string{"stops.txt": "stop_id,stop_name,stop_lat\ns1,First,51\n"},
			BadFile, "stops.txt",
			[]string{"error stops.txt:1 table.missing_column stop_lon="},
		},
		"no times at all": {
			map[string]string{"stop_times.txt": "trip_id,stop_id,stop_sequence\nt1,s1,1\n"},
			BadFile, "stop_times.txt",
			[]string{"error stop_times.txt:1 table.missing_column arrival_time="},
		},
		"UTF-16": {
			map[string]string{"routes.txt": "\xff\xfer\x00"},
			BadFile, "routes.txt",
			[]string{"error routes.txt table.utf16"},
		},
		"an empty file": {
			map[string]string{"trips.txt": "\n"},
			BadFile, "trips.txt",
			[]string{"error trips.txt table.empty"},
		},
		"headers only": {
			map[string]string{"trips.txt": "route_id,service_id,trip_id\n", "stop_times.txt": plainTimes},
			NothingRuns, "",
			[]string{"note stops.txt stops_unserved count=4", "note routes.txt routes_unserved count=1"},
		},
		"no date": {
			map[string]string{"calendar.txt": "", "calendar_dates.txt": "service_id,date,exception_type\nWD,20260601,2\n"},
			NothingRuns, "",
			[]string{"warning calendar_dates.txt:2 calendar_without_dates service_id=WD"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := readAll(t, change(c.files))
			var failure *Failure
			if !errors.As(r.err, &failure) || failure.Code != c.want || failure.File != c.file {
				t.Fatalf("error %v", r.err)
			}
			if !slices.Equal(lines(r.log), c.lines) {
				t.Errorf("findings %q", lines(r.log))
			}
		})
	}
}

func TestCancelStopsTheReader(t *testing.T) {
	for _, file := range []string{"agency.txt", "stops.txt", "calendar.txt", "trips.txt", "stop_times.txt"} {
		ctx, cancel := context.WithCancel(t.Context())
		after := []string{}
		src := Source{FS: change(nil), Progress: func(name string, _, _ int64) {
			if name == file {
				cancel()
			} else if ctx.Err() != nil {
				after = append(after, name)
			}
		}}
		_, err := Read(ctx, src, transit.NewBuilder(), &finding.Log{})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled in %s: error %v", file, err)
		}
		if len(after) > 1 { // trips.txt is told once more while stop_times.txt is read
			t.Errorf("cancelled in %s, but went on with %v", file, after)
		}
	}
}

func TestProgressEndsAtTheEndOfEachFile(t *testing.T) {
	last := map[string][2]int64{}
	src := Source{FS: change(nil), Progress: func(file string, done, total int64) {
		if done < last[file][0] || done > total {
			t.Errorf("%s: %d of %d after %v", file, done, total, last[file])
		}
		last[file] = [2]int64{done, total}
	}}
	if _, err := Read(t.Context(), src, transit.NewBuilder(), &finding.Log{}); err != nil {
		t.Fatal(err)
	}
	for name, text := range good {
		if size := int64(len(text)); last[name] != [2]int64{size, size} {
			t.Errorf("%s ends with %v of %d", name, last[name], size)
		}
	}
}
