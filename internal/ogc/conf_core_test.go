package ogc_test

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// abstractTest is one of annex A of OGC 17-069r4, in our own words.
type abstractTest struct {
	id    string
	check func(c client)
}

func conform(t *testing.T, tests []abstractTest) {
	for _, test := range tests {
		t.Run(test.id, func(t *testing.T) { test.check(serve(t)) })
	}
}

// jsonAndHTML are the media types of resources that hold no features.
var jsonAndHTML = []string{"application/json", "text/html"}

func TestConformsToCore(t *testing.T) {
	conform(t, []abstractTest{
		{"/conf/core/http", confHTTP},
		{"/conf/core/root-op", func(c client) { c.get("/"); c.get(c.root) }},
		{"/conf/core/root-success", confRoot},
		{"/conf/core/api-definition-op", func(c client) {
			var root struct{ Links []link }
			c.read("/", &root)
			c.get(c.linked(root.Links, "service-desc", openAPI))
		}},
		{"/conf/core/api-definition-success", func(c client) {
			var api struct{ OpenAPI string }
			if media := c.read("/api?f=json", &api); media != openAPI || !strings.HasPrefix(api.OpenAPI, "3.0.") {
				c.Errorf("%s, version %s", media, api.OpenAPI)
			}
		}},
		{"/conf/core/conformance-op", func(c client) { c.get("/conformance") }},
		{"/conf/core/conformance-success", confConformance},
		{"/conf/core/fc-md-op", func(c client) { c.get("/collections") }},
		{"/conf/core/fc-md-success", func(c client) { c.collections() }},
		{"/conf/core/fc-md-links", func(c client) { confSelves(c, "/collections", jsonAndHTML) }},
		{"/conf/core/fc-md-items", confMetadata},
		{"/conf/core/fc-md-items-links", confItemLinks},
		{"/conf/core/fc-md-extent", confExtent},
		{"/conf/core/fc-md-extent-multi", confExtentMulti},
		{"/conf/core/sfc-md-op", func(c client) {
			for _, one := range c.collections() {
				c.get("/collections/" + one.ID)
			}
		}},
		{"/conf/core/sfc-md-success", confOneCollection},
	})
}

func TestConformsToCoreForFeatures(t *testing.T) {
	conform(t, []abstractTest{
		{"/conf/core/fc-op", func(c client) {
			for _, one := range c.collections() {
				c.get("/collections/" + one.ID + "/items")
			}
		}},
		{"/conf/core/fc-bbox-definition", func(c client) {
			confParameter(c, "bbox", map[string]any{"type": "array", "items": map[string]any{"type": "number"}, "oneOf": []any{
				map[string]any{"minItems": 4.0, "maxItems": 4.0}, map[string]any{"minItems": 6.0, "maxItems": 6.0},
			}})
		}},
		{"/conf/core/fc-bbox-response", confBox},
		{"/conf/core/fc-limit-definition", func(c client) {
			confParameter(c, "limit", map[string]any{"type": "integer", "minimum": 1.0, "maximum": 10000.0, "default": 1000.0})
		}},
		{"/conf/core/fc-limit-response", confLimit},
		{"/conf/core/fc-time-definition", func(c client) { confParameter(c, "datetime", map[string]any{"type": "string"}) }},
		{"/conf/core/fc-time-response", confTime},
		{"/conf/core/query-param-unknown", confUnknown},
		{"/conf/core/query-param-invalid", confInvalid},
		{"/conf/core/fc-response", confResponse},
		{"/conf/core/fc-links", func(c client) {
			confSelves(c, "/collections/city.astana.stops/items?limit=3", []string{geoJSON, "text/html"})
		}},
		{"/conf/core/fc-timeStamp", func(c client) {
			if p := c.page("/collections/city.astana.stops/items"); p.TimeStamp != noon.Format(time.RFC3339) {
				c.Errorf("time stamp %s", p.TimeStamp)
			}
		}},
		{"/conf/core/fc-numberMatched", confMatched},
		{"/conf/core/fc-numberReturned", func(c client) {
			for _, query := range []string{"", "?limit=3", "?bbox=0,0,1,1", "?limit=5&offset=100000"} {
				if p := c.page("/collections/city.astana.stops/items" + query); *p.NumberReturned != len(p.Features) {
					c.Errorf("%s: told %d, %d features", query, *p.NumberReturned, len(p.Features))
				}
			}
		}},
		{"/conf/core/f-op", func(c client) { everyFeature(c, func(url string, _ feature) { c.get(url) }) }},
		{"/conf/core/f-success", func(c client) {
			everyFeature(c, func(url string, want feature) {
				var got feature
				c.read(url, &got)
				got.Links = nil
				if diff := cmp.Diff(want, got); diff != "" {
					c.Errorf("%s: %s", url, diff)
				}
			})
		}},
		{"/conf/core/f-links", func(c client) {
			everyFeature(c, func(url string, _ feature) {
				var f feature
				c.read(url, &f)
				confLinks(c, f.Links, []string{geoJSON, "text/html"})
				c.linked(f.Links, "collection", "application/json")
			})
		}},
		{"/conf/core/crs84", confDegrees},
	})
}

const (
	geoJSON = "application/geo+json"
	openAPI = "application/vnd.oai.openapi+json;version=3.0"
)

func confHTTP(c client) {
	request, _ := http.NewRequestWithContext(c.Context(), http.MethodGet, c.root+"/", http.NoBody)
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		c.Fatal(err)
	}
	defer response.Body.Close()
	if response.Proto != "HTTP/1.1" {
		c.Errorf("protocol %s", response.Proto)
	}
	if r := c.do(http.MethodHead, "/collections"); r.status != http.StatusOK || len(r.body) > 0 {
		c.Errorf("HEAD: %d with %d bytes", r.status, len(r.body))
	}
	c.refused("/nothing", http.StatusNotFound)
	if r := c.do(http.MethodPost, "/collections"); r.status != http.StatusMethodNotAllowed || r.header.Get("Allow") == "" {
		c.Errorf("POST: %d %v", r.status, r.header)
	}
}

func confRoot(c client) {
	var root struct {
		Title string
		Links []link
	}
	c.read("/", &root)
	for rel, media := range map[string]string{"service-desc": openAPI, "service-doc": "text/html", "conformance": "application/json", "data": "application/json"} {
		c.linked(root.Links, rel, media)
	}
	c.sound(root.Links)
	confSelves(c, "/", jsonAndHTML)
}

func confConformance(c client) {
	var declared struct{ ConformsTo []string }
	c.read("/conformance", &declared)
	for _, class := range []string{"core", "geojson", "html", "oas30"} {
		if uri := "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/" + class; !slices.Contains(declared.ConformsTo, uri) {
			c.Errorf("%s is not declared: %v", uri, declared.ConformsTo)
		}
	}
}

// confSelves wants a resource to link to itself and to its other formats, in each of them.
func confSelves(c client, url string, media []string) {
	c.Helper()
	var document struct{ Links []link }
	c.read(url, &document)
	confLinks(c, document.Links, media)
	c.sound(document.Links)
}

func confLinks(c client, links []link, media []string) {
	c.Helper()
	c.linked(links, "self", media[0])
	for _, other := range media[1:] {
		c.linked(links, "alternate", other)
	}
	for _, l := range links {
		if l.Rel == "" || l.Type == "" {
			c.Errorf("link %+v", l)
		}
	}
}

func confMetadata(c client) {
	want := []string{
		"city.astana.stops", "city.astana.lines", "city.astana.venues", "city.astana.gates", "city.astana.places", "city.astana.facilities",
		"city.astana.platforms", "run.match.stops", "run.match.queues", "run.match.segments", "run.match.loads", "run.match.facilities",
		"run.match.platforms", "run.match.venues", "run.match.gates",
	}
	var got []string
	for _, one := range c.collections() {
		got = append(got, one.ID)
		if one.Title == "" || one.Description == "" || one.ItemType != "feature" || !slices.Contains(one.CRS, "http://www.opengis.net/def/crs/OGC/1.3/CRS84") {
			c.Errorf("%+v", one)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		c.Error(diff)
	}
}

func confItemLinks(c client) {
	for _, one := range c.collections() {
		c.linked(one.Links, "items", geoJSON)
		c.linked(one.Links, "items", "text/html")
		c.sound(one.Links)
	}
}

func confExtent(c client) {
	for _, one := range c.collections() {
		b := one.Extent.Spatial.Bbox[0]
		temporal := one.Extent.Temporal
		for _, f := range c.page("/collections/" + one.ID + "/items?limit=10000").Features {
			for _, p := range f.positions() {
				if p[0] < b[0] || p[0] > b[2] || p[1] < b[1] || p[1] > b[3] {
					c.Errorf("%s %s lies at %v, outside of %v", one.ID, f.ID, p, b)
				}
			}
			if start, timed := f.Properties["start"].(string); timed {
				if at := instant(c, start); at.Before(instant(c, temporal.Interval[0][0])) || at.After(instant(c, temporal.Interval[0][1])) {
					c.Errorf("%s %s is at %s, outside of %v", one.ID, f.ID, start, temporal.Interval)
				}
			}
		}
	}
}

func confExtentMulti(c client) {
	for _, one := range c.collections() {
		if len(one.Extent.Spatial.Bbox) != 1 || len(one.Extent.Spatial.Bbox[0]) != 4 {
			c.Errorf("%s: boxes %v, want one of four numbers", one.ID, one.Extent.Spatial.Bbox)
		}
		if t := one.Extent.Temporal; t != nil && (len(t.Interval) != 1 || len(t.Interval[0]) != 2) {
			c.Errorf("%s: intervals %v, want one", one.ID, t.Interval)
		}
	}
}

func confOneCollection(c client) {
	for _, want := range c.collections() {
		var got collection
		c.read("/collections/"+want.ID, &got)
		for _, l := range want.Links {
			if !slices.Contains(got.Links, l) {
				c.Errorf("%s alone lacks the link %+v", want.ID, l)
			}
		}
		got.Links, want.Links = nil, nil
		if diff := cmp.Diff(want, got); diff != "" {
			c.Errorf("%s alone: %s", want.ID, diff)
		}
	}
}

func instant(c client, text string) time.Time {
	c.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		c.Fatal(err)
	}
	return at
}

// confBox asks for boxes and looks at the positions of what comes.
func confBox(c client) {
	const items = "/collections/city.astana.stops/items?limit=10000"
	whole := c.page(items).Features
	for _, b := range [][4]float64{{71.40, 51.08, 71.42, 51.10}, {71.3, 51.0, 71.6, 51.2}, {0, 0, 1, 1}, {71.45, 51, 71.40, 51.2}} {
		inside := func(f feature) bool {
			p := f.positions()[0]
			east, west := p[0] <= b[2], p[0] >= b[0]
			return p[1] >= b[1] && p[1] <= b[3] && (east && west || b[0] > b[2] && (east || west))
		}
		want := slices.DeleteFunc(slices.Clone(whole), func(f feature) bool { return !inside(f) })
		for _, query := range []string{fmt.Sprintf("&bbox=%g,%g,%g,%g", b[0], b[1], b[2], b[3]), fmt.Sprintf("&bbox=%g,%g,-10,%g,%g,9000", b[0], b[1], b[2], b[3])} {
			if got := c.page(items + query).Features; len(got) != len(want) || cmp.Diff(want, got) != "" && len(want) > 0 {
				c.Errorf("%s: %d features, want %d", query, len(got), len(want))
			}
		}
	}
	nowhere := 0 // what has no position is in every box
	for _, f := range c.page("/collections/run.match.facilities/items?bbox=0,0,1,1").Features {
		if f.Geometry != nil {
			c.Errorf("%s is in a box far away", f.ID)
		}
		nowhere++
	}
	if nowhere == 0 {
		c.Error("the facilities without a position are not in the box")
	}
}

func confLimit(c client) {
	const items = "/collections/run.match.loads/items"
	matched := *c.page(items + "?limit=1").NumberMatched
	for _, limit := range []int{1, 2, 17, 10_000, 10_001, 1_000_000} {
		if got := len(c.page(items + "?limit=" + strconv.Itoa(limit)).Features); got != min(limit, 10_000, matched) {
			c.Errorf("limit %d: %d features of %d", limit, got, matched)
		}
	}
	if got := len(c.page(items).Features); got != min(1000, matched) {
		c.Errorf("without a limit %d features of %d", got, matched)
	}
}

// confTime asks for moments and intervals of each kind.
func confTime(c client) {
	const items = "/collections/run.match.loads/items?limit=10000"
	whole := c.page(items).Features
	start, end := instant(c, whole[len(whole)/2].Properties["start"].(string)), instant(c, whole[len(whole)/2].Properties["end"].(string))
	a, b := start.UTC().Format(time.RFC3339), end.Add(time.Hour).UTC().Format(time.RFC3339)
	for query, between := range map[string][2]time.Time{
		a:           {start, start},
		a + "/" + b: {start, end.Add(time.Hour)},
		"../" + a:   {time.Time{}, start}, "/" + a: {time.Time{}, start},
		a + "/..": {start, end.AddDate(9, 0, 0)}, a + "/": {start, end.AddDate(9, 0, 0)},
	} {
		want := 0
		for _, f := range whole {
			from, to := instant(c, f.Properties["start"].(string)), instant(c, f.Properties["end"].(string))
			if !from.After(between[1]) && to.After(between[0]) {
				want++
			}
		}
		if got := c.page(items + "&datetime=" + query); *got.NumberMatched != want || want == 0 || want == len(whole) {
			c.Errorf("datetime=%s: %d of %d features, want %d", query, *got.NumberMatched, len(whole), want)
		}
		if lasting := c.page("/collections/city.astana.venues/items?datetime=" + query); len(lasting.Features) != 6 {
			c.Errorf("datetime=%s: %d venues, want all 6, which have no time", query, len(lasting.Features))
		}
	}
}

func confUnknown(c client) {
	for _, url := range []string{
		"/?x=1", "/conformance?x=1", "/api?limit=1", "/collections?bbox=1,2,3,4", "/collections/city.astana.stops?limit=3",
		"/collections/city.astana.stops/items?x=1", "/collections/city.astana.stops/items?bbox-crs=http://www.opengis.net/def/crs/OGC/1.3/CRS84",
		"/collections/city.astana.stops/items?crs=x", "/collections/city.astana.stops/items/lrt-107?limit=2",
		"/collections/city.astana.lines/items?line_count=1", // a property of stops
	} {
		c.refused(url, http.StatusBadRequest)
	}
}

func confInvalid(c client) {
	for _, query := range []string{
		"limit=0", "limit=-1", "limit=many", "limit=1.5", "limit=", "limit=99999999999", "limit=1&limit=2", "offset=-1", "offset=x",
		"bbox=1,2,3", "bbox=1,2,3,4,5", "bbox=", "bbox=a,b,c,d", "bbox=1,5,2,4", "bbox=1,2,9,3,4,8", "bbox=NaN,1,2,3", "bbox=1,2,Inf,3", "bbox=1,-91,2,3", "bbox=181,1,182,2",
		"datetime=yesterday", "datetime=../..", "datetime=/", "datetime=", "datetime=2026-08-15", "datetime=2026-08-15T19:00:00", "datetime=2026-08-16T00:00:00Z/2026-08-15T00:00:00Z",
		"datetime=2026-08-15T00:00:00Z/x", "datetime=2026-08-15T00:00:00Z/2026-08-15T01:00:00Z/2026-08-15T02:00:00Z",
		"f=xml", "line_count=two", "step_free=perhaps", "%zz=1",
	} {
		c.refused("/collections/city.astana.stops/items?"+query, http.StatusBadRequest)
	}
}

func confResponse(c client) {
	for _, one := range c.collections() {
		p := c.page("/collections/" + one.ID + "/items?limit=20")
		if p.Type != "FeatureCollection" || len(p.Features) == 0 || p.NumberMatched == nil || p.NumberReturned == nil {
			c.Errorf("%s: %+v", one.ID, p)
		}
		for _, f := range p.Features {
			if f.Type != "Feature" || f.ID == "" || f.Properties == nil {
				c.Errorf("%s: %+v", one.ID, f)
			}
		}
	}
	for _, f := range c.page("/collections/city.astana.stops/items?kind=station&limit=10000").Features {
		if f.Properties["kind"] != "station" {
			c.Errorf("%s is not a station", f.ID)
		}
	}
}

// confMatched follows the pages from the first to the last: together they are what matched.
func confMatched(c client) {
	for _, query := range []string{"?limit=40", "?limit=40&kind=stop", "?limit=40&bbox=71.4,51.0,71.5,51.2"} {
		url, seen := "/collections/city.astana.stops/items"+query, map[string]bool{}
		for matched := -1; url != ""; {
			p := c.page(url)
			if matched >= 0 && matched != *p.NumberMatched {
				c.Errorf("%s: %d matched, before %d", url, *p.NumberMatched, matched)
			}
			matched, url = *p.NumberMatched, ""
			for _, f := range p.Features {
				if seen[f.ID] {
					c.Errorf("%s: %s came before", query, f.ID)
				}
				seen[f.ID] = true
			}
			if i := slices.IndexFunc(p.Links, func(l link) bool { return l.Rel == "next" }); i >= 0 {
				url = p.Links[i].Href
			} else if len(seen) != matched || matched <= 40 {
				c.Errorf("%s: %d features on all pages, %d matched", query, len(seen), matched)
			}
		}
	}
}

// everyFeature shows some features of each collection, the first of its first page
// and the last of its last.
func everyFeature(c client, show func(url string, f feature)) {
	for _, one := range c.collections() {
		p := c.page("/collections/" + one.ID + "/items?limit=2")
		features := append(p.Features, c.page(fmt.Sprintf("/collections/%s/items?offset=%d", one.ID, *p.NumberMatched-1)).Features...)
		if len(features) < 2 {
			c.Fatalf("%s: %d features", one.ID, len(features))
		}
		for _, f := range features {
			show("/collections/"+one.ID+"/items/"+escaped(f.ID), f)
		}
	}
}

// confDegrees wants every position to be longitude and latitude, in this order: here in Astana.
func confDegrees(c client) {
	for _, one := range c.collections() {
		for _, f := range c.page("/collections/" + one.ID + "/items?limit=200").Features {
			for _, p := range f.positions() {
				if p[0] < 71 || p[0] > 72 || p[1] < 50.9 || p[1] > 51.3 {
					c.Errorf("%s %s lies at %v", one.ID, f.ID, p)
				}
			}
		}
	}
}
