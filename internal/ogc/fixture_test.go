package ogc_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/qala-city/qala/internal/atlas"
	"github.com/qala-city/qala/internal/eventfile"
	"github.com/qala-city/qala/internal/feed"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/ogc"
	"github.com/qala-city/qala/internal/plan"
)

// catalogue holds atlases by name.
type catalogue map[string]*atlas.Atlas

func (c catalogue) Atlases(context.Context) ([]string, error) {
	return []string{"city.astana", "gone", "run.match"}, nil
}

func (c catalogue) Atlas(_ context.Context, name string) (*atlas.Atlas, error) {
	if name == "broken" {
		return nil, errors.New("the disk is on fire")
	}
	if a := c[name]; a != nil {
		return a, nil
	}
	return nil, atlas.ErrUnknown
}

// example is Astana and its match with few people.
var example = sync.OnceValues(func() (catalogue, error) {
	const examples = "../../examples/"
	city, err := feed.Import(context.Background(), feed.Request{Dir: os.DirFS(examples + "astana")})
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(examples + "astana/events/match.yaml")
	if err != nil {
		return nil, err
	}
	file, _, err := eventfile.Read("match.yaml", data)
	if err != nil {
		return nil, err
	}
	file.Event.Sessions[0].Attendance = 6000
	run, err := plan.Run(context.Background(), plan.Request{
		Network: city.Network, Hash: "ogc", City: file.City, Event: file.Event, Seed: 1, Weights: journey.DefaultWeights, Rounds: 1, Workers: 1, Program: "qala test",
	})
	if err != nil {
		return nil, err
	}
	// Without the network some facilities have no position.
	return catalogue{"city.astana": atlas.OfNetwork(city.Network), "run.match": atlas.OfResults(run, nil)}, nil
})

var noon = time.Date(2026, 8, 15, 12, 0, 0, 0, time.UTC)

// client asks a server on this machine.
type client struct {
	testing.TB
	root string // of the door
}

// serve starts the door with the example, changed by each of more.
func serve(t testing.TB, more ...func(*ogc.Options)) client {
	t.Helper()
	c, err := example()
	if err != nil {
		t.Fatal(err)
	}
	o := ogc.Options{Catalogue: c, Base: "/ogc", Now: func() time.Time { return noon }}
	for _, change := range more {
		change(&o)
	}
	server := httptest.NewServer(ogc.New(o))
	t.Cleanup(server.Close)
	return client{t, server.URL + o.Base}
}

// reply is what a server said.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (c client) do(method, url string, headers ...string) reply {
	c.Helper()
	if strings.HasPrefix(url, "/") {
		url = c.root + url
	}
	request, err := http.NewRequestWithContext(c.Context(), method, url, http.NoBody)
	if err != nil {
		c.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Add(headers[i], headers[i+1])
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		c.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		c.Fatal(err)
	}
	return reply{response.StatusCode, response.Header, body}
}

// get is a document that must be there.
func (c client) get(url string, headers ...string) reply {
	c.Helper()
	r := c.do(http.MethodGet, url, headers...)
	if r.status != http.StatusOK {
		c.Fatalf("%s: %d %s", url, r.status, r.body)
	}
	return r
}

// read puts a document into v and returns its media type.
func (c client) read(url string, v any) string {
	c.Helper()
	r := c.get(url, "Accept", "application/json")
	if err := json.Unmarshal(r.body, v); err != nil {
		c.Fatalf("%s: %v", url, err)
	}
	return r.header.Get("Content-Type")
}

// refused asks for what must not be had, and wants a problem with the status.
func (c client) refused(url string, status int, headers ...string) {
	c.Helper()
	r := c.do(http.MethodGet, url, headers...)
	var problem struct {
		Status        int
		Title, Detail string
	}
	err := json.Unmarshal(r.body, &problem)
	if r.status != status || err != nil || problem.Status != status || problem.Title == "" || problem.Detail == "" || r.header.Get("Content-Type") != "application/problem+json" {
		c.Errorf("%s: %d %s %s, want %d as a problem", url, r.status, r.header.Get("Content-Type"), r.body, status)
	}
}

type link struct{ Href, Rel, Type, Title string }

// linked is the first link with a relation and a type, which must be there.
func (c client) linked(links []link, rel, media string) string {
	c.Helper()
	for _, l := range links {
		if l.Rel == rel && l.Type == media {
			return l.Href
		}
	}
	c.Errorf("no link rel=%s type=%s in %v", rel, media, links)
	return ""
}

// sound makes sure that links have all they need and lead somewhere.
func (c client) sound(links []link) {
	c.Helper()
	for _, l := range links {
		if l.Rel == "" || l.Type == "" || l.Href == "" {
			c.Errorf("link %+v is not whole", l)
			continue
		}
		if got := c.get(l.Href).header.Get("Content-Type"); !strings.HasPrefix(got, l.Type) {
			c.Errorf("link %+v gives %s", l, got)
		}
	}
}

type collection struct {
	ID, Title, Description, ItemType string
	Links                            []link
	Extent                           *struct {
		Spatial  *struct{ Bbox [][]float64 }
		Temporal *struct{ Interval [][]string }
	}
	CRS []string
}

type feature struct {
	Type, ID string
	Geometry *struct {
		Type        string
		Coordinates any
	}
	Properties map[string]any
	Links      []link
}

type page struct {
	Type                          string
	TimeStamp                     string
	NumberMatched, NumberReturned *int
	Links                         []link
	Features                      []feature
}

func (c client) collections() []collection {
	c.Helper()
	var all struct{ Collections []collection }
	c.read("/collections", &all)
	if len(all.Collections) < 10 {
		c.Fatalf("%d collections", len(all.Collections))
	}
	return all.Collections
}

func (c client) page(url string) page {
	c.Helper()
	var p page
	c.read(url, &p)
	return p
}

// positions are all of a geometry.
func (f feature) positions() [][2]float64 {
	if f.Geometry == nil {
		return nil
	}
	var out [][2]float64
	var walk func(any)
	walk = func(v any) {
		list := v.([]any)
		if lon, ok := list[0].(float64); ok {
			out = append(out, [2]float64{lon, list[1].(float64)})
			return
		}
		for _, one := range list {
			walk(one)
		}
	}
	walk(f.Geometry.Coordinates)
	return out
}
