package upkeep

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/difference"
	"github.com/qala-city/qala/internal/download"
	"github.com/qala-city/qala/internal/feed"
	"github.com/qala-city/qala/internal/store/cities"
)

// gtfs is a feed of one line with so many trips a day.
func gtfs(t *testing.T, trips int) []byte {
	t.Helper()
	rows, times := "route_id,service_id,trip_id\n", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
	for i := range trips {
		rows += fmt.Sprintf("r1,d,t%d\n", i)
		times += fmt.Sprintf("t%d,%02d:00:00,%02d:00:00,s1,1\nt%d,%02d:05:00,%02d:05:00,s2,2\n", i, 6+i, 6+i, i, 6+i, 6+i)
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
	} {
		file, err := w.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = file.Write([]byte(f.text))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// web is a server whose files a test changes; it counts the files that it sent whole.
type web struct {
	mu    sync.Mutex
	files map[string][]byte
	tags  map[string]int
	sent  map[string]int
	down  bool
}

func (w *web) put(name string, data []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.files[name] = data
	w.tags[name]++
}

func (w *web) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	data, ok := w.files[r.URL.Path]
	tag := fmt.Sprintf(`"%d"`, w.tags[r.URL.Path])
	switch {
	case w.down || !ok:
		http.NotFound(out, r)
	case r.Header.Get("If-None-Match") == tag:
		out.WriteHeader(http.StatusNotModified)
	default:
		w.sent[r.URL.Path]++
		out.Header().Set("ETag", tag)
		_, _ = out.Write(data)
	}
}

// office is a desk with a shelf on disk, a server and a clock.
type office struct {
	*Desk
	shelf   *cities.Shelf
	web     *web
	url     string
	folder  string // of the description
	imports int
	clock   time.Time
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{
		web:   &web{files: map[string][]byte{}, tags: map[string]int{}, sent: map[string]int{}},
		shelf: cities.At(filepath.Join(t.TempDir(), "data")), folder: t.TempDir(),
		clock: time.Date(2026, 8, 1, 9, 0, 0, 0, time.UTC),
	}
	server := httptest.NewServer(o.web)
	t.Cleanup(server.Close)
	o.url = server.URL
	o.web.put("/gtfs.zip", gtfs(t, 3))
	o.write(t, "people.csv", "id,lat,lon,people\nh1,51.1001,71.40,300\n")
	o.describe(t, "")
	client := download.New("qala test")
	client.Tries = 1
	o.Desk = &Desk{
		Shelf: o.shelf, Program: "qala test", Waiting: func() {},
		Expand: func(_, name string) (string, error) {
			return strings.Replace(name, "${DATA}", filepath.ToSlash(o.folder)+"/data", 1), nil
		},
		Now: func() time.Time { o.clock = o.clock.Add(time.Minute); return o.clock },
		Fetch: func(ctx context.Context, a Order) (Came, error) {
			got, err := client.Fetch(ctx, download.Request{
				From: a.From, Part: a.Part, SHA256: a.SHA256,
				Known: download.Known{SHA256: a.Known, ETag: a.ETag, LastModified: a.LastModified},
			})
			return Came{got.SHA256, got.ETag, got.LastModified, got.Unchanged, got.Bytes, got.Resumed}, err
		},
		Import: func(ctx context.Context, f Files) (Imported, error) {
			o.imports++
			result, err := feed.Import(ctx, feed.Request{Dir: f.Dir, File: f.File, Outside: f.Outside})
			if result == nil {
				return Imported{}, err
			}
			sum := result.Summary
			return Imported{Network: result.Network, Findings: result.Findings, Counts: map[string]int{"trips": sum.Trips, "people": int(sum.People)}}, err
		},
	}
	return o
}

func (o *office) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(o.folder, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// describe writes the description, with further lines.
func (o *office) describe(t *testing.T, more string) {
	t.Helper()
	o.write(t, "city.yaml", "city: town\nname: {en: Town}\ntimezone: Asia/Almaty\nfeeds: [{id: bus, path: \""+o.url+"/gtfs.zip\"}]\npopulation: people.csv\n"+more)
}

func (o *office) add(t *testing.T) *Outcome {
	t.Helper()
	got, err := o.Add(t.Context(), Description{Location: filepath.Join(o.folder, "city.yaml")})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func (o *office) rebuild(t *testing.T) *Outcome {
	t.Helper()
	got, err := o.Rebuild(t.Context(), "town", false)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func states(o *Outcome) string {
	var all []string
	for _, a := range o.Arrivals {
		all = append(all, filepath.Base(a.Source.Path)+" "+string(a.State))
	}
	return strings.Join(all, ", ")
}

func TestAddThenNothingChanges(t *testing.T) {
	o := open(t)
	got := o.add(t)
	if !got.Built || states(got) != "city.yaml new, gtfs.zip new, people.csv new" || got.Version.Counts["trips"] != 3 || got.Version.Counts["people"] != 300 {
		t.Errorf("%s, %+v", states(got), got.Version)
	}
	again := o.rebuild(t)
	if again.Built || again.Difference != nil || states(again) != "city.yaml unchanged, gtfs.zip unchanged, people.csv unchanged" || again.Version.ID != got.Version.ID {
		t.Errorf("%s, %+v", states(again), again)
	}
	if o.imports != 1 || o.web.sent["/gtfs.zip"] != 1 {
		t.Errorf("imported %d times, sent %d times", o.imports, o.web.sent["/gtfs.zip"])
	}
	s := again.City.Source(o.url + "/gtfs.zip")
	if !s.Checked.After(s.Fetched) || s.Fetched != got.City.Sources[0].Fetched || s.Field != "feeds[0].path" {
		t.Errorf("%+v", s)
	}
}

func TestFeedThatChangesIsComparedAndBothVersionsStay(t *testing.T) {
	o := open(t)
	first := o.add(t).Version
	o.web.put("/gtfs.zip", gtfs(t, 5))
	got := o.rebuild(t)
	if !got.Built || got.Previous.ID != first.ID || got.Difference == nil || len(got.City.Versions) != 2 {
		t.Fatalf("%+v", got)
	}
	if day := got.Difference.Days[0]; day.Before != 3 || day.After != 5 || len(got.Difference.Service) == 0 {
		t.Errorf("%+v", got.Difference)
	}
	before, after, diff, err := o.Compare("town", "", "")
	if err != nil || before.ID != first.ID || after.ID != got.Version.ID || diff.Days[0] != got.Difference.Days[0] {
		t.Errorf("%v: %+v", err, diff)
	}
	_, _, back, err := o.Compare("town", got.Version.Network[:10], first.ID[:10])
	if err != nil || back.Days[0] != (difference.Day{Date: "2026-08-01", Covered: true, Before: 5, After: 3}) {
		t.Errorf("%v: %+v", err, back.Days)
	}
	if _, _, _, err := o.Compare("town", "nothing", ""); !errors.Is(err, ErrNoVersion) {
		t.Error(err)
	}
	o.web.put("/gtfs.zip", gtfs(t, 3)) // as it was
	back3 := o.rebuild(t)
	if back3.Version.ID != first.ID || o.imports != 2 || len(back3.City.Versions) != 2 || back3.Difference == nil {
		t.Errorf("imported %d times, version %+v", o.imports, back3.Version)
	}
}

func TestSameContentUnderAnotherTagIsNoChange(t *testing.T) {
	o := open(t)
	o.add(t)
	o.web.put("/gtfs.zip", gtfs(t, 3))
	if got := o.rebuild(t); got.Built || o.imports != 1 {
		t.Errorf("%s, imported %d times", states(got), o.imports)
	}
	o.rebuild(t)
	if o.web.sent["/gtfs.zip"] != 2 {
		t.Errorf("sent %d times: the new tag is not kept", o.web.sent["/gtfs.zip"])
	}
}

func TestFormatOrProgramMakesAVersionAnew(t *testing.T) {
	o := open(t)
	first := o.add(t)
	o.Program = "qala test 2"
	got := o.rebuild(t)
	if !got.Built || o.imports != 2 || got.Version.Network != first.Version.Network || !got.Difference.Same() {
		t.Errorf("%+v", got.Version)
	}
}

func TestLostNetworkIsMadeAgain(t *testing.T) {
	o := open(t)
	first := o.add(t).Version
	for _, damage := range []func(string) error{
		os.Remove,
		func(path string) error { return os.WriteFile(path, []byte("QALANET\r\n"), 0o600) },
	} {
		if err := damage(o.shelf.NetworkPath("town", first.ID)); err != nil {
			t.Fatal(err)
		}
		got, err := o.Rebuild(t.Context(), "town", true)
		if err != nil || got.Built || got.Version.Network != first.Network || len(got.City.Versions) != 1 {
			t.Errorf("%v: %+v", err, got.Version)
		}
		if _, err := o.shelf.Network("town", first.ID); err != nil {
			t.Error(err)
		}
	}
}

func TestOfflineAsksNobody(t *testing.T) {
	o := open(t)
	o.add(t)
	o.web.down = true
	o.web.put("/gtfs.zip", gtfs(t, 9))
	if err := os.RemoveAll(o.folder); err != nil {
		t.Fatal(err)
	}
	got, err := o.Rebuild(t.Context(), "town", true)
	if err != nil || got.Built || states(got) != "city.yaml unasked, gtfs.zip unasked, people.csv unasked" {
		t.Errorf("%v: %s", err, states(got))
	}
	if _, err := o.Rebuild(t.Context(), "town", false); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

func TestDescriptionThatChanges(t *testing.T) {
	o := open(t)
	o.add(t)
	o.describe(t, "walking: {detour: 1.5}\n")
	if got := o.rebuild(t); !got.Built || !got.Difference.Same() || states(got) != "city.yaml changed, gtfs.zip unchanged, people.csv unchanged" {
		t.Errorf("%s: %+v", states(got), got.Difference)
	}
	good := content(t, o)
	o.describe(t, "walkng: {}\n")
	got, err := o.Rebuild(t.Context(), "town", false)
	if !errors.Is(err, ErrDescription) || len(got.Findings) == 0 || got.Findings[0].Line != 6 {
		t.Errorf("%v: %+v", err, got.Findings)
	}
	o.write(t, "city.yaml", strings.Replace(string(good), "city: town", "city: other", 1))
	if _, err := o.Rebuild(t.Context(), "town", false); !errors.Is(err, ErrOtherCity) {
		t.Error(err)
	}
	o.write(t, "city.yaml", string(good))
	if got := o.rebuild(t); got.Built || states(got) != "city.yaml unchanged, gtfs.zip unchanged, people.csv unchanged" {
		t.Errorf("a description that was refused changed something: %s", states(got))
	}
}

func content(t *testing.T, o *office) []byte {
	t.Helper()
	o.describe(t, "walking: {detour: 1.5}\n")
	data, err := os.ReadFile(filepath.Join(o.folder, "city.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestFeedThatBreaksLeavesTheOldVersion(t *testing.T) {
	o := open(t)
	first := o.add(t).Version
	o.web.put("/gtfs.zip", []byte("<html>moved</html>"))
	got, err := o.Rebuild(t.Context(), "town", false)
	if !errors.Is(err, feed.ErrRefused) || len(got.Findings) == 0 {
		t.Errorf("%v: %+v", err, got.Findings)
	}
	city, err := o.shelf.Read("town")
	if current, _ := city.Current(); err != nil || current.ID != first.ID {
		t.Errorf("%v: %+v", err, current)
	}
	o.web.put("/gtfs.zip", gtfs(t, 4))
	if got := o.rebuild(t); !got.Built || got.Previous.ID != first.ID {
		t.Errorf("%+v", got)
	}
}

func TestCityIsAddedOnce(t *testing.T) {
	o := open(t)
	o.add(t)
	if _, err := o.Add(t.Context(), Description{Location: filepath.Join(o.folder, "city.yaml")}); !errors.Is(err, ErrKept) {
		t.Error(err)
	}
}

func TestAddThatFailedIsGoneOnWith(t *testing.T) {
	o := open(t)
	people := filepath.Join(o.folder, "people.csv")
	if err := os.Rename(people, people+".away"); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Add(t.Context(), Description{Location: filepath.Join(o.folder, "city.yaml")}); !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	if names, err := o.shelf.Names(); err != nil || !slices.Equal(names, []string{"town"}) {
		t.Errorf("%q, %v", names, err)
	}
	if err := os.Rename(people+".away", people); err != nil {
		t.Fatal(err)
	}
	got := o.add(t)
	if states(got) != "city.yaml unchanged, gtfs.zip unchanged, people.csv new" || o.web.sent["/gtfs.zip"] != 1 {
		t.Errorf("%s, sent %d times", states(got), o.web.sent["/gtfs.zip"])
	}
}

func TestLicencesAndChecksums(t *testing.T) {
	o := open(t)
	sum := strings.Repeat("0", 64)
	o.describe(t, "sources:\n  - {path: people.csv, licence: CC0-1.0, attribution: Town, sha256: "+sum+"}\n")
	at := Description{Location: filepath.Join(o.folder, "city.yaml")}
	if _, err := o.Add(t.Context(), at); !errors.Is(err, download.ErrChecksum) {
		t.Fatal(err)
	}
	o.describe(t, "sources:\n  - {path: people.csv, licence: CC0-1.0, attribution: Town}\n")
	got := o.add(t)
	if len(got.Findings) == 0 || got.Findings[0].Code != codeNoLicence || got.Findings[0].Line != 4 || !strings.HasSuffix(got.Findings[0].Value, "/gtfs.zip") {
		t.Errorf("%+v", got.Findings)
	}
	for _, f := range got.Findings[1:] {
		if f.Code == codeNoLicence {
			t.Errorf("%+v", f)
		}
	}
	if s := got.City.Source("people.csv"); s.Licence != "CC0-1.0" || s.Attribution != "Town" {
		t.Errorf("%+v", s)
	}
	n, err := o.shelf.Network("town", got.Version.ID)
	if err != nil || len(n.Credits) != 1 || n.Credits[0].Holder != "Town" {
		t.Errorf("%v: %+v", err, n.Credits)
	}
}

func TestDescriptionWithoutAFileOfItsOwn(t *testing.T) {
	o := open(t)
	text := "city: made\nname: {en: Made}\ntimezone: Asia/Almaty\nfeeds: [{id: bus, path: \"" + o.url + "/gtfs.zip\"}]\n"
	got, err := o.Add(t.Context(), Description{Text: []byte(text)})
	if err != nil || got.City.Name != "made" || !strings.HasPrefix(got.City.Description.Location, o.shelf.Folder("made")) {
		t.Fatalf("%v: %+v", err, got.City)
	}
	if err := os.WriteFile(got.City.Description.Location, []byte(text+"walking: {detour: 2}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if again, err := o.Rebuild(t.Context(), "made", false); err != nil || !again.Built {
		t.Errorf("%v: a change of it is not seen", err)
	}
}

func TestDescriptionFromTheWeb(t *testing.T) {
	o := open(t)
	o.web.put("/a/city.yaml", []byte("city: far\nname: {en: Far}\ntimezone: Asia/Almaty\nfeeds: [{id: bus, path: ../gtfs.zip}]\npopulation: people.csv\n"))
	o.web.put("/a/people.csv", []byte("id,lat,lon,people\nh1,51.1001,71.40,300\n"))
	got, err := o.Add(t.Context(), Description{Location: o.url + "/a/city.yaml"})
	if err != nil || got.City.Sources[0].Location != o.url+"/gtfs.zip" || got.City.Sources[1].Location != o.url+"/a/people.csv" {
		t.Errorf("%v: %+v", err, got.City.Sources)
	}
	for _, path := range []string{"/etc/passwd", "file:///etc/passwd"} {
		o.web.put("/b.yaml", []byte("city: evil\nname: {en: x}\ntimezone: UTC\nfeeds: [{id: bus, path: \""+path+"\"}]\n"))
		if _, err := o.Add(t.Context(), Description{Location: o.url + "/b.yaml"}); !errors.Is(err, ErrOutside) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestFolderAsAFeed(t *testing.T) {
	o := open(t)
	folder := filepath.Join(o.folder, "gtfs")
	r, err := zip.NewReader(bytes.NewReader(gtfs(t, 2)), int64(len(gtfs(t, 2))))
	if err == nil {
		err = os.CopyFS(folder, r)
	}
	if err != nil {
		t.Fatal(err)
	}
	o.write(t, "city.yaml", "city: town\nname: {en: Town}\ntimezone: Asia/Almaty\nfeeds: [{id: bus, path: gtfs}]\n")
	if got := o.add(t); got.Version.Counts["trips"] != 2 {
		t.Errorf("%+v", got.Version)
	}
	if got := o.rebuild(t); got.Built {
		t.Errorf("%s", states(got))
	}
}

func TestPathThatBeginsWithAVariable(t *testing.T) {
	o := open(t)
	if err := os.Mkdir(filepath.Join(o.folder, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	o.write(t, "data/b.zip", string(gtfs(t, 2)))
	o.write(t, "city.yaml", "city: town\nname: {en: Town}\ntimezone: Asia/Almaty\nfeeds: [{id: bus, path: \"${DATA}/b.zip\"}]\n")
	if got := o.add(t); got.Version.Counts["trips"] != 2 || got.City.Sources[0].Path != "${DATA}/b.zip" {
		t.Errorf("%+v", got.City.Sources)
	}
}

func TestDamagedSourceIsFetchedAgain(t *testing.T) {
	o := open(t)
	first := o.add(t)
	path := filepath.Join(o.shelf.Folder("town"), "sources", first.City.Sources[0].SHA256)
	data, _ := os.ReadFile(path)
	data[100] ^= 1
	if err := errors.Join(os.WriteFile(path, data, 0o600), os.Remove(o.shelf.NetworkPath("town", first.Version.ID))); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Rebuild(t.Context(), "town", false); !errors.Is(err, cities.ErrDamaged) {
		t.Fatal(err)
	}
	if got := o.rebuild(t); got.Version.Network != first.Version.Network || o.web.sent["/gtfs.zip"] != 2 {
		t.Errorf("%+v, sent %d times", got.Version, o.web.sent["/gtfs.zip"])
	}
}

func TestTwoAtOnceBuildOnce(t *testing.T) {
	o := open(t)
	o.add(t)
	o.web.put("/gtfs.zip", gtfs(t, 6))
	built := make([]bool, 2)
	var group sync.WaitGroup
	for i := range built {
		group.Go(func() {
			got, err := o.Rebuild(t.Context(), "town", false)
			if err != nil {
				t.Error(err)
			}
			built[i] = got.Built
		})
	}
	group.Wait()
	if built[0] == built[1] || o.imports != 2 || o.web.sent["/gtfs.zip"] != 2 {
		t.Errorf("built %v, imported %d times, sent %d times", built, o.imports, o.web.sent["/gtfs.zip"])
	}
}

func TestUnknownCity(t *testing.T) {
	o := open(t)
	if _, err := o.Rebuild(t.Context(), "none", false); !errors.Is(err, cities.ErrNoCity) {
		t.Error(err)
	}
	if _, err := os.Stat(o.shelf.Folder("none")); err == nil {
		t.Error("asking for a city made its folder")
	}
}

func TestLocate(t *testing.T) {
	for _, c := range []struct{ name, base, want string }{
		{"a.zip", "/x/city.yaml", filepath.FromSlash("/x/a.zip")},
		{"../a.zip", "/x/y/city.yaml", filepath.FromSlash("/x/a.zip")},
		{"/b/a.zip", "/x/city.yaml", filepath.FromSlash("/b/a.zip")},
		{"https://h/a.zip?b=1", "/x/city.yaml", "https://h/a.zip?b=1"},
		{"a b.zip", "https://h/x/city.yaml?k=1", "https://h/x/a%20b.zip"},
		{"a.zip", "file:///x/city.yaml", "file:///x/a.zip"},
	} {
		if got, err := locate(c.name, c.base); err != nil || got != c.want {
			t.Errorf("%s at %s: %s, %v; want %s", c.name, c.base, got, err, c.want)
		}
	}
}

func TestOwnTablesNeedNoLicence(t *testing.T) {
	for name, own := range map[string]bool{
		"venues.yaml": true, "tables/people.csv": true, "gtfs": true,
		"gtfs.zip": false, "streets.osm.pbf": false, "../people.csv": false, "https://x.org/people.csv": false, "${QALA_DATA}/people.csv": false, "/people.csv": false,
	} {
		if ownTable(name) != own {
			t.Errorf("%s own %v, want %v", name, !own, own)
		}
	}
}
