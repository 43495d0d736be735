package ogc_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/atlas"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/ogc"
	"github.com/qala-city/qala/internal/transit"
)

func TestFormatsAreNegotiated(t *testing.T) {
	c := serve(t)
	const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	for _, one := range []struct{ accept, query, want string }{
		{"", "", "application/json"},
		{"*/*", "", "application/json"},
		{browser, "", "text/html; charset=utf-8"},
		{browser, "?f=json", "application/json"},
		{"application/json", "?f=html", "text/html; charset=utf-8"},
		{"text/*", "", "text/html; charset=utf-8"},
		{"application/*", "", "application/json"},
		{"application/geo+json, application/json", "", "application/json"},
		{"text/html;q=0.2, application/json;q=0.1", "", "text/html; charset=utf-8"},
		{"text/html;q=0.1, */*", "", "application/json"},
		{"application/json;q=0, */*", "", "text/html; charset=utf-8"},
		{"image/png, text/html;q=0.01", "", "text/html; charset=utf-8"},
	} {
		if got := c.get("/collections"+one.query, "Accept", one.accept).header.Get("Content-Type"); got != one.want {
			t.Errorf("Accept %q %s: %s, want %s", one.accept, one.query, got, one.want)
		}
	}
	for _, accept := range []string{"image/png", "text/html;q=0", "application/xml, image/*", "nonsense"} {
		c.refused("/collections", http.StatusNotAcceptable, "Accept", accept)
	}
}

// An answer is not sent twice, though its time stamp is another each time.
func TestWhatTheCallerHasIsNotSentAgain(t *testing.T) {
	now := noon
	c := serve(t, func(o *ogc.Options) { o.Now = func() time.Time { now = now.Add(time.Hour); return now } })
	for path := range resources {
		first := c.get(path)
		tag := first.header.Get("ETag")
		if again := c.do(http.MethodGet, path, "If-None-Match", `"x", `+tag); again.status != http.StatusNotModified || len(again.body) > 0 || again.header.Get("ETag") != tag {
			t.Errorf("%s: %d with %d bytes", path, again.status, len(again.body))
		}
		if c.get(path, "If-None-Match", `"x"`).header.Get("ETag") != tag {
			t.Errorf("%s: another tag for the same", path)
		}
		if page := c.get(path, "Accept", "text/html"); page.header.Get("ETag") == tag || page.header.Get("Vary") != "Accept" {
			t.Errorf("%s: the page has the same tag", path)
		}
	}
	if a, b := c.get("/collections/city.astana.stops/items?limit=3"), c.get("/collections/city.astana.stops/items?limit=3&offset=3"); a.header.Get("ETag") == b.header.Get("ETag") {
		t.Error("two pages have the same tag")
	}
}

// A run stays what it is; a city may be imported anew.
func TestOnlyWhatNeverChangesIsKeptUnasked(t *testing.T) {
	c := serve(t)
	for path, want := range map[string]string{
		"/collections/run.match.stops/items": "private, max-age=86400", "/collections/run.match.stops": "private, max-age=86400",
		"/collections/city.astana.stops/items": "private, no-cache", "/collections": "private, no-cache",
	} {
		if got := c.get(path).header.Get("Cache-Control"); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

func selfOf(t *testing.T, c client, headers ...string) string {
	t.Helper()
	body := string(c.get("/conformance?f=html", headers...).body)
	_, rest, _ := strings.Cut(body, `<a rel="self" type="text/html" href="`)
	href, _, _ := strings.Cut(rest, `"`)
	return href
}

func TestLinksSayHowTheCallerCame(t *testing.T) {
	proxied := []string{"X-Forwarded-Proto", "https, http", "X-Forwarded-Host", "city.example", "X-Forwarded-Prefix", "/qala/"}
	plain := serve(t)
	if got, want := selfOf(t, plain, proxied...), plain.root+"/conformance?f=html"; got != want {
		t.Errorf("%s, want %s: nobody said that the proxy can be believed", got, want)
	}
	believing := serve(t, func(o *ogc.Options) { o.Forwarded = true })
	if got, want := selfOf(t, believing, proxied...), "https://city.example/qala/ogc/conformance?f=html"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := selfOf(t, believing), believing.root+"/conformance?f=html"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestTheDoorMayStandAtTheRoot(t *testing.T) {
	c := serve(t, func(o *ogc.Options) { o.Base = "/" })
	c = client{t, strings.TrimSuffix(c.root, "/")}
	var root struct{ Links []link }
	c.read("/", &root)
	c.sound(root.Links)
}

func TestWhatIsNotThere(t *testing.T) {
	c := serve(t)
	for _, url := range []string{
		"/x", "/collections/x", "/collections/city.astana", "/collections/city.astana.x", "/collections/gone.stops", "/collections/city.nowhere.stops/items",
		"/collections/city.astana.stops/items/nowhere", "/collections/city.astana.stops/items/lrt-107/x", "/collections/x/items?x=1", "/collections/run.match.loads/items/x@1",
	} {
		c.refused(url, http.StatusNotFound)
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch} {
		if r := c.do(method, "/collections"); r.status != http.StatusMethodNotAllowed || r.header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d", method, r.status)
		}
	}
}

// What goes wrong in here is told to whoever runs the house, not to the caller.
func TestFailuresAreNotToldOutside(t *testing.T) {
	var heard error
	c := serve(t, func(o *ogc.Options) { o.Failed = func(_ *http.Request, err error) { heard = err } })
	r := c.do(http.MethodGet, "/collections/broken.stops/items")
	if r.status != http.StatusInternalServerError || strings.Contains(string(r.body), "fire") || heard == nil || heard.Error() != "the disk is on fire" {
		t.Errorf("%d %s; heard %v", r.status, r.body, heard)
	}
}

// Ids and names may hold anything: links lead to them, pages show them as they are.
func TestNamesMayHoldAnything(t *testing.T) {
	const id, name = `a/b?c=d&e#f "<ä>%2F`, `<script>alert(1)</script>`
	b := transit.NewBuilder()
	agency := b.AddAgency("a", "A", "Asia/Almaty")
	from, to := b.AddStop(id, name, geo.Point{Lat: 51, Lon: 71}), b.AddStop("t", "T", geo.Point{Lat: 51.1, Lon: 71})
	trip := transit.TripRow{ID: "t", Route: b.AddRoute("r", agency, "R", "", 3, ""), Calendar: b.AddCalendar("c", []transit.Date{1}), Vehicle: b.AddVehicle(transit.VehicleRow{Room: 1}), Shape: transit.Shape(transit.None)}
	trip.Calls = []transit.Call{{Stop: from, Boarding: transit.MayBoard}, {Stop: to, Arrive: 60, Depart: 60, Boarding: transit.MayAlight}}
	b.AddTrip(trip)
	n, err := network.Assemble(network.Parts{
		City: network.City{ID: "x", Names: label.Names{"en": name}, Zone: "Asia/Almaty"}, Timetable: b.Timetable(), Places: demand.Places{}, Walking: network.DefaultWalking,
	})
	if err != nil {
		t.Fatal(err)
	}
	c := serve(t, func(o *ogc.Options) { o.Catalogue = catalogue{"city.astana": atlas.OfNetwork(n)} })
	var f feature
	c.read("/collections/city.astana.stops/items/"+url.PathEscape(id), &f)
	if f.ID != id || f.Properties["name"] != name {
		t.Errorf("%+v", f)
	}
	c.sound(f.Links)
	for _, path := range []string{"/collections", "/collections/city.astana.stops", "/collections/city.astana.stops/items", "/collections/city.astana.stops/items/" + url.PathEscape(id)} {
		if strings.Contains(string(c.get(path, "Accept", "text/html").body), "<script") {
			t.Errorf("%s runs the name", path)
		}
	}
	if got := c.page("/collections/city.astana.stops/items?name=" + url.QueryEscape(name)); len(got.Features) != 1 {
		t.Errorf("%d stops of that name", len(got.Features))
	}
}

// whileGone is a catalogue whose list cannot be read.
type whileGone struct{ catalogue }

func (whileGone) Atlases(context.Context) ([]string, error) { return nil, errors.New("no list") }

func TestWithoutAListThereAreNoCollections(t *testing.T) {
	c := serve(t, func(o *ogc.Options) { o.Catalogue = whileGone{} })
	c.refused("/collections", http.StatusInternalServerError)
	c.refused("/api", http.StatusInternalServerError)
}

// Any query is answered or refused.
func FuzzItems(f *testing.F) {
	for _, query := range []string{"limit=3&offset=2", "bbox=71,51,72,52&datetime=2026-08-15T19:00:00Z/..", "f=html&kind=stop", "bbox=1,2,3,4,5,6", "%zz"} {
		f.Add("run.match.stops", query)
		f.Add("city.astana.lines", query)
	}
	c, err := example()
	if err != nil {
		f.Fatal(err)
	}
	door := ogc.New(ogc.Options{Catalogue: c})
	f.Fuzz(func(t *testing.T, collection, query string) {
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		r.URL = &url.URL{Path: "/collections/" + collection + "/items", RawPath: "/collections/" + url.PathEscape(collection) + "/items", RawQuery: query}
		w := httptest.NewRecorder()
		door.ServeHTTP(w, r)
		switch w.Code {
		case http.StatusOK, http.StatusBadRequest, http.StatusNotFound, http.StatusMovedPermanently, http.StatusTemporaryRedirect:
		default:
			t.Errorf("%q ?%q: %d", collection, query, w.Code)
		}
	})
}
