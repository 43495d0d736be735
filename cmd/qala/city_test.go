//go:build unix

package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/difference"
	"github.com/qala-city/qala/internal/kept"
	"github.com/qala-city/qala/internal/upkeep"
)

// lineFeed is a zipped feed with one line on 31 days, so many trips a day, and so
// many random bytes that nobody reads.
func lineFeed(t *testing.T, trips, ballast int) []byte {
	t.Helper()
	rows, times := "route_id,service_id,trip_id\n", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
	for i := range trips {
		rows += fmt.Sprintf("r1,d,t%d\n", i)
		times += fmt.Sprintf("t%d,%02d:10:00,%02d:10:00,s1,1\nt%d,%02d:15:00,%02d:15:00,s2,2\n", i, 6+i, 6+i, i, 6+i, 6+i)
	}
	noise := make([]byte, ballast)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range []struct{ name, text string }{
		{"agency.txt", "agency_id,agency_name,agency_url,agency_timezone\na,Agency,https://example.org,Asia/Almaty\n"},
		{"stops.txt", "stop_id,stop_name,stop_lat,stop_lon\ns1,One,51.10,71.40\ns2,Two,51.10,71.41\n"},
		{"routes.txt", "route_id,agency_id,route_short_name,route_long_name,route_type\nr1,a,1,First,3\n"},
		{"calendar.txt", "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nd,1,1,1,1,1,1,1,20260801,20260831\n"},
		{"trips.txt", rows},
		{"stop_times.txt", times},
		{"noise.bin", string(noise)},
	} {
		file, err := w.Create(f.name)
		if err == nil {
			_, err = file.Write([]byte(f.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// publisher is a server of one feed. While it is held it sends half of the feed
// only and waits.
type publisher struct {
	mu     sync.Mutex
	feed   []byte
	tag    string
	held   chan struct{}
	half   chan struct{} // hears when half was sent
	ranges []string
	whole  int
}

func (p *publisher) publish(tag string, feed []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.feed, p.tag = feed, tag
}

// hold makes the server stop in the middle of an answer until release is called.
func (p *publisher) hold() (release func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	held := make(chan struct{})
	p.held = held
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		close(held)
		p.held = nil
	}
}

// asked is how often the feed was sent whole, and which parts of it were asked for.
func (p *publisher) asked() (whole int, ranges []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.whole, slices.Clone(p.ranges)
}

func (p *publisher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	feed, tag, held := p.feed, p.tag, p.held
	p.mu.Unlock()
	w.Header().Set("ETag", tag)
	if held != nil {
		w.Header().Set("Content-Length", fmt.Sprint(len(feed)))
		_, _ = w.Write(feed[:len(feed)/2])
		w.(http.Flusher).Flush()
		p.half <- struct{}{}
		<-held
		return
	}
	p.mu.Lock()
	if r.Header.Get("Range") != "" {
		p.ranges = append(p.ranges, r.Header.Get("Range"))
	} else if r.Header.Get("If-None-Match") != tag {
		p.whole++
	}
	p.mu.Unlock()
	http.ServeContent(w, r, "gtfs.zip", time.Time{}, bytes.NewReader(feed))
}

// published is a server with a feed, and a city file that names it.
func published(t *testing.T, feed []byte) (p *publisher, city string) {
	t.Helper()
	p = &publisher{feed: feed, tag: `"1"`, half: make(chan struct{}, 1)}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	city = filepath.Join(t.TempDir(), "city.yaml")
	url := server.URL + "/gtfs.zip"
	write(t, city, []byte("city: town\nname: {en: Town}\ntimezone: Asia/Almaty\nfeeds: [{id: bus, path: \""+url+"\"}]\n"+
		"sources: [{path: \""+url+"\", licence: CC BY 4.0, attribution: Town Buses}]\n"))
	return p, city
}

// program runs the built program and gives its answer.
func ran(t *testing.T, args ...string) (answer, string) {
	t.Helper()
	out, err := started(t, append(args, "--json")...).Output()
	var a answer
	if broken := json.Unmarshal(out, &a); broken != nil {
		t.Fatalf("qala %s: %v, %v\n%s", strings.Join(args, " "), err, broken, out)
	}
	return a, string(out)
}

// summary is a part of an answer's summary as the value that it was.
func summary[T any](t *testing.T, a answer, name string) T {
	t.Helper()
	data, err := json.Marshal(a.Summary[name])
	var value T
	if err == nil {
		err = json.Unmarshal(data, &value)
	}
	if err != nil {
		t.Fatalf("%s: %v in %v", name, err, a.Summary)
	}
	return value
}

func TestCityFromItsFirstDayToAChangedFeed(t *testing.T) {
	p, city := published(t, lineFeed(t, 3, 0))
	data := filepath.Join(t.TempDir(), "data")
	added, _ := ran(t, "city", "add", city, "--data", data)
	first := summary[kept.Version](t, added, "version")
	if added.Exit != exitOK || added.Command != "city add" || first.Counts["trips"] != 3 || first.First != "2026-08-01" {
		t.Fatalf("%+v", added)
	}
	list, _ := ran(t, "city", "list", "--data", data)
	cities := summary[[]listed](t, list, "cities")
	if len(cities) != 1 || cities[0].Version.Network != first.Network || !slices.Equal(cities[0].Licences, []string{"CC BY 4.0, Town Buses"}) || cities[0].Fetched.IsZero() {
		t.Errorf("%+v", cities)
	}
	show, text := ran(t, "city", "show", "town", "--data", data)
	if c := summary[kept.City](t, show, "city"); len(c.Versions) != 1 || c.Sources[0].ETag != `"1"` || !strings.Contains(text, "gtfs.zip") {
		t.Errorf("%s", text)
	}
	same, _ := ran(t, "city", "rebuild", "town", "--data", data)
	if whole, _ := p.asked(); same.Summary["built"] != false || whole != 1 || len(same.Findings) > 0 {
		t.Errorf("%+v; sent whole %d times", same, whole)
	}
	p.publish(`"2"`, lineFeed(t, 5, 0))
	changed, _ := ran(t, "city", "rebuild", "town", "--data", data)
	diff := summary[difference.Difference](t, changed, "difference")
	if changed.Summary["built"] != true || len(diff.Days) != 31 || diff.Days[0].Before != 3 || diff.Days[0].After != 5 {
		t.Errorf("%+v", changed)
	}
	if s := diff.Service[0]; s.TripsBefore != 3 || s.TripsAfter != 5 || s.RoomAfter-s.RoomBefore != 2*s.RoomBefore/3 || len(s.Hours) != 2 || s.Hours[0].Hour != 9 {
		t.Errorf("%+v", s)
	}
	if states := summary[[]upkeep.Arrival](t, changed, "sources"); states[1].State != upkeep.Changed {
		t.Errorf("%+v", states)
	}
}

func TestCityKilledWhileItIsFetched(t *testing.T) {
	feed := lineFeed(t, 3, 3<<20)
	p, city := published(t, feed)
	data := t.TempDir()
	release := p.hold()
	cmd := started(t, "city", "add", city, "--data", data)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-p.half
	waitForPart(t, data, len(feed)/2)
	if err := cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	release()
	unfinished := must(t, "city", "list", "--data", data)
	if !strings.Contains(unfinished.out, "qala city rebuild town") {
		t.Errorf("an unfinished city is told as\n%s", unfinished.out)
	}
	again, _ := ran(t, "city", "add", city, "--data", data)
	states := summary[[]upkeep.Arrival](t, again, "sources")
	whole, ranges := p.asked()
	if want := []string{fmt.Sprintf("bytes=%d-", len(feed)/2)}; again.Exit != exitOK || !slices.Equal(ranges, want) || states[1].Resumed != int64(len(feed)/2) || whole != 0 {
		t.Errorf("asked for %q, sent whole %d times: %+v", ranges, whole, again)
	}
	kept := content(t, filepath.Join(data, "cities", "town", "sources", states[1].Source.SHA256))
	if !bytes.Equal(kept, feed) {
		t.Error("the resumed feed is not the published one")
	}
	if names := left(t, filepath.Join(data, "cities", "town", "parts")); len(names) > 0 {
		t.Errorf("left behind: %q", names)
	}
}

// waitForPart waits until so many bytes of a download are on disk.
func waitForPart(t *testing.T, data string, bytes int) {
	t.Helper()
	for t.Context().Err() == nil {
		parts, _ := filepath.Glob(filepath.Join(data, "cities", "*", "parts", "*.part"))
		if len(parts) == 1 {
			if info, err := os.Stat(parts[0]); err == nil && info.Size() >= int64(bytes) {
				return
			}
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestCityIsInterruptedWithCtrlC(t *testing.T) {
	feed := lineFeed(t, 3, 3<<20)
	p, city := published(t, feed)
	data := t.TempDir()
	defer p.hold()()
	cmd := started(t, "city", "add", city, "--data", data)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-p.half
	waitForPart(t, data, len(feed)/2)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitInterrupted {
		t.Errorf("ended with %d", code)
	}
}

func TestTwoProcessesRebuildOnce(t *testing.T) {
	p, city := published(t, lineFeed(t, 3, 0))
	data := t.TempDir()
	ran(t, "city", "add", city, "--data", data)
	p.publish(`"2"`, lineFeed(t, 4, 1<<20))
	outputs := make([]bytes.Buffer, 3)
	var all []*exec.Cmd
	for i := range outputs {
		cmd := started(t, "city", "rebuild", "town", "--data", data, "--json")
		cmd.Stdout = &outputs[i]
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		all = append(all, cmd)
	}
	built := 0
	for i, cmd := range all {
		if err := cmd.Wait(); err != nil {
			t.Errorf("%v\n%s", err, outputs[i].String())
		}
		if strings.Contains(outputs[i].String(), `"built": true`) {
			built++
		}
	}
	if whole, _ := p.asked(); built != 1 || whole != 2 {
		t.Errorf("built %d times, sent whole %d times", built, whole)
	}
}

func TestDifferenceAsTextAndTable(t *testing.T) {
	p, city := published(t, lineFeed(t, 3, 0))
	data, table := t.TempDir(), filepath.Join(t.TempDir(), "changes.csv")
	must(t, "city", "add", city, "--data", data)
	if got := qala(t, "city", "diff", "town", "--data", data); got.code != exitUsage || !strings.Contains(got.notes, "show") {
		t.Errorf("one version alone: %d %s", got.code, got.notes)
	}
	p.publish(`"2"`, lineFeed(t, 5, 0))
	must(t, "city", "rebuild", "town", "--data", data)
	for lang, want := range map[string]string{
		"en": "trips 3 before, 5 now", "ru": "рейсов было 3, стало 5", "kk": "рейс бұрын 3, қазір 5", "zh": "班次原为3，现为5",
	} {
		if got := must(t, "city", "diff", "town", "--data", data, "--lang", lang); !strings.Contains(got.out, want) {
			t.Errorf("%s: no %q in\n%s", lang, want, got.out)
		}
	}
	must(t, "city", "diff", "town", "--data", data, "--csv", table, "--date", "2026-08-15")
	rows, err := csv.NewReader(bytes.NewReader(content(t, table))).ReadAll()
	want := []string{"hour", "changed", "r1", "1 First", "2026-08-15", "9", "trips", "0", "1"}
	if err != nil || !slices.ContainsFunc(rows, func(row []string) bool { return slices.Equal(row, want) }) {
		t.Errorf("%v: %q", err, rows)
	}
	if got := qala(t, "city", "diff", "town", "--data", data, "--date", "tomorrow"); got.code != exitUsage {
		t.Errorf("%d", got.code)
	}
}

func TestCityDescribedByFlags(t *testing.T) {
	p, _ := published(t, lineFeed(t, 3, 0))
	server := httptest.NewServer(p)
	defer server.Close()
	data, people := t.TempDir(), filepath.Join(t.TempDir(), "people.csv")
	write(t, people, []byte("id,lat,lon,people\nh1,51.1001,71.40,300\n"))
	args := []string{"city", "add", "town", "--data", data, "--timezone", "Asia/Almaty", "--title", "Our: Town", "--gtfs", "bus=" + server.URL + "/gtfs.zip?a=b", "--population", people}
	got := must(t, append(args, "--licence", "bus=CC BY 4.0", "--attribution", "gtfs=Town Buses", "--json")...)
	a := answered(t, got)
	if v := summary[kept.Version](t, a, "version"); v.Counts["people"] != 300 || v.Counts["trips"] != 3 {
		t.Errorf("%+v", v)
	}
	noLicence := slices.DeleteFunc(a.Findings, func(f told) bool { return f.Code != "upkeep.no_licence" })
	if len(noLicence) != 1 || noLicence[0].Value != filepath.ToSlash(people) {
		t.Errorf("%+v", noLicence)
	}
	if again := qala(t, args...); again.code != exitUsage || !strings.Contains(again.notes, "qala city rebuild town") {
		t.Errorf("a second time: %d %s", again.code, again.notes)
	}
	wrong := append(slices.Clone(args), "--sha256", "bus="+strings.Repeat("ab", 32))
	wrong[2] = "other"
	if got := qala(t, wrong...); got.code != exitRejected || !strings.Contains(got.notes, "checksum") {
		t.Errorf("a wrong checksum: %d %s", got.code, got.notes)
	}
}

func TestNameOfACityStandsForItsNetwork(t *testing.T) {
	data, folder := t.TempDir(), t.TempDir()
	must(t, "city", "add", filepath.Join(astana(t), "city.yaml"), "--data", data)
	named, file := filepath.Join(folder, "named.json"), filepath.Join(folder, "file.json")
	must(t, "run", "astana", event(t, "match"), "-o", named, "--data", data)
	must(t, "run", imported(t), event(t, "match"), "-o", file)
	if !bytes.Equal(content(t, named), content(t, file)) {
		t.Error("a kept city gives other results than its network file")
	}
	for _, network := range []string{"almaty", "../astana", filepath.Join(folder, "none.qala")} {
		if got := qala(t, "run", network, event(t, "match"), "-o", named, "--data", data); got.code != exitFile {
			t.Errorf("%s: %d %s", network, got.code, got.notes)
		}
	}
}

func TestMistakesWithCities(t *testing.T) {
	p, city := published(t, lineFeed(t, 3, 0))
	data := t.TempDir()
	broken := filepath.Join(t.TempDir(), "city.yaml")
	write(t, broken, []byte("city: town\nname: {en: Town}\ntimezone: Asia/Nowhere\nfeeds: []\n"))
	for _, c := range []struct {
		code int
		args []string
	}{
		{exitUsage, []string{"city"}},
		{exitUsage, []string{"city", "add"}},
		{exitUsage, []string{"city", "fly"}},
		{exitUsage, []string{"city", "add", "x", "--gtfs", "a.zip"}},
		{exitUsage, []string{"city", "add", "x", "--timezone", "UTC"}},
		{exitUsage, []string{"city", "add", "x", "--gtfs", "a.zip", "--timezone", "UTC", "--licence", "osm=ODbL"}},
		{exitRejected, []string{"city", "add", "a b", "--gtfs", "a.zip", "--timezone", "UTC"}},
		{exitFile, []string{"city", "add", "x", "--gtfs", filepath.Join(data, "none.zip"), "--timezone", "UTC"}},
		{exitFile, []string{"city", "add", filepath.Join(data, "none.yaml")}},
		{exitFile, []string{"city", "add", "ftp://example.org/city.yaml"}},
		{exitRejected, []string{"city", "add", broken}},
		{exitFile, []string{"city", "rebuild", "nowhere"}},
		{exitFile, []string{"city", "show", "nowhere"}},
		{exitFile, []string{"city", "diff", "nowhere"}},
	} {
		if got := qala(t, append(c.args, "--data", data)...); got.code != c.code || !strings.Contains(got.notes, "qala: ") {
			t.Errorf("qala %s: %d, want %d\n%s", strings.Join(c.args, " "), got.code, c.code, got.notes)
		}
	}
	must(t, "city", "add", city, "--data", data)
	p.publish(`"2"`, []byte("<html>moved</html>"))
	got := qala(t, "city", "rebuild", "town", "--data", data, "--json")
	if a := answered(t, got); got.code != exitRejected || len(a.Findings) == 0 || a.Findings[0].Sentence == "" {
		t.Errorf("a page in the feed's place: %d %s", got.code, got.out)
	}
	write(t, filepath.Join(data, "cities", "town", "index.json"), []byte("{"))
	for _, args := range [][]string{{"list"}, {"show", "town"}, {"rebuild", "town"}} {
		if got := qala(t, append(append([]string{"city"}, args...), "--data", data)...); got.code != exitRejected {
			t.Errorf("a broken index, %v: %d %s", args, got.code, got.notes)
		}
	}
}

func TestWhereCitiesAreKept(t *testing.T) {
	for _, c := range []struct {
		flag string
		env  map[string]string
		want string
	}{
		{"/flag", map[string]string{"QALA_HOME": "/home1", "HOME": "/h"}, "/flag"},
		{"", map[string]string{"QALA_HOME": "/home1", "HOME": "/h"}, "/home1"},
		{"", nil, ""},
	} {
		h := &house{out: io.Discard, data: c.flag, env: func(name string) string { return c.env[name] }}
		if got, err := h.homeFolder(); got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%+v: %q, %v", c, got, err)
		}
	}
	for system, want := range map[string]string{"linux": "XDG_DATA_HOME", "darwin": "HOME", "windows": "LOCALAPPDATA"} {
		if got := homes(system)[0].variable; got != want {
			t.Errorf("%s: %s", system, got)
		}
	}
	if got := qala(t, "city", "list"); got.code != exitUsage || !strings.Contains(got.notes, "QALA_HOME") {
		t.Errorf("%d %s", got.code, got.notes)
	}
}
