package journey_test

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/feed"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/transit"
)

// city is an example city on a day.
func city(t testing.TB, name string, date transit.Date) *town {
	t.Helper()
	data := ""
	if name == "porto" {
		data = require.Data(t)
	}
	n, err := imported(filepath.Join(require.Root(t), "examples", name), data)
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation(n.City.Zone)
	if err != nil {
		t.Fatal(err)
	}
	day, err := transit.NewDay(n.Timetable, transit.Horizon{Start: date.Origin(zone), Length: 28 * transit.Hour}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return &town{net: n, day: day}
}

var cities sync.Map // of networks by folder: several tests want one

func imported(folder, data string) (*network.Network, error) {
	if n, known := cities.Load(folder); known {
		return n.(*network.Network), nil
	}
	result, err := feed.Import(context.Background(), feed.Request{Dir: os.DirFS(folder), Outside: func(name string) (fs.FS, string, error) {
		rest, ok := strings.CutPrefix(name, "${QALA_DATA}/")
		if !ok {
			return nil, "", fmt.Errorf("%s is not in the data", name)
		}
		path := filepath.Join(data, filepath.FromSlash(rest))
		return os.DirFS(filepath.Dir(path)), filepath.Base(path), nil
	}})
	if err != nil {
		return nil, err
	}
	cities.Store(folder, result.Network)
	return result.Network, nil
}

// porto is a Wednesday with school: 7,060 dated trips.
func porto(t testing.TB) *town { return city(t, "porto", transit.DateOf(2023, 9, 20)) }

// ask is the n-th of a family of queries between places, at any time of the day.
func (c *town) ask(n int) (from, to demand.Place, leave transit.Seconds) {
	at, places := draw.Seed(7).For(uint64(n)), uint64(len(c.net.Places.ID))
	return demand.Place(at.Below(0, places)), demand.Place(at.Below(1, places)), transit.Seconds(at.Below(2, 20*3600)) + 4*transit.Hour
}

// correcting is another way to find earliest arrivals in a large city: from a
// vehicle that one can be on to those that one can change to, again and again
// until nothing gets better. It looks at departures in no order of the day.
type correcting struct {
	*town
	leaves [][]transit.Visit // by stop: where one may board, by time
	seen   []int             // by stop: the first of its leaves that was looked at
	on     []transit.Visit   // by dated trip: the first visit at which one is on board
	queue  boarded
	best   transit.Seconds
}

// boarded are visits, the first to leave on top: going on from there first
// there is less to correct.
type boarded struct {
	day    *transit.Day
	visits []transit.Visit
}

func (b *boarded) Len() int           { return len(b.visits) }
func (b *boarded) Less(i, j int) bool { return b.day.Depart[b.visits[i]] < b.day.Depart[b.visits[j]] }
func (b *boarded) Swap(i, j int)      { b.visits[i], b.visits[j] = b.visits[j], b.visits[i] }
func (b *boarded) Push(v any)         { b.visits = append(b.visits, v.(transit.Visit)) }

func (b *boarded) Pop() any {
	last := b.visits[len(b.visits)-1]
	b.visits = b.visits[:len(b.visits)-1]
	return last
}

// board looks at what leaves a stop until the best arrival, but for what it saw
// when somebody was there earlier.
func (c *correcting) board(stop transit.Stop, there transit.Seconds, step uint16) {
	leaves, until := c.leaves[stop], c.seen[stop]
	from := sort.Search(len(leaves), func(i int) bool {
		at := c.day.Depart[leaves[i]]
		return at > there || at == there && c.day.DepartStep(leaves[i]) > step
	})
	for i := from; i < until && c.day.Depart[leaves[i]] <= c.best; i++ {
		if trip := c.day.Owner[leaves[i]]; leaves[i] < c.on[trip] {
			c.on[trip] = leaves[i]
			heap.Push(&c.queue, leaves[i])
		}
	}
	c.seen[stop] = min(until, from)
}

func (c *correcting) earliest(from, to demand.Place, leave transit.Seconds) transit.Seconds {
	c.best = tooLate
	if foot, near := c.net.Direct(from, to); near {
		c.best = leave + foot
	}
	for trip := range c.on {
		c.on[trip] = ^transit.Visit(0)
	}
	for stop, leaves := range c.leaves {
		c.seen[stop] = len(leaves)
	}
	home := map[transit.Stop]transit.Seconds{}
	stops, walks := c.net.Access.Row(uint32(to))
	for i, s := range stops {
		home[s] = walks[i]
	}
	stops, walks = c.net.Access.Row(uint32(from))
	for i, s := range stops {
		c.board(s, leave+walks[i], 0)
	}
	for c.queue.Len() > 0 {
		if on := heap.Pop(&c.queue).(transit.Visit); on == c.on[c.day.Owner[on]] {
			c.ride(c.day.Owner[on], home)
		}
	}
	return c.best
}

func (c *correcting) ride(trip transit.Dated, home map[transit.Stop]transit.Seconds) {
	_, past := c.day.Visits(trip)
	for v := c.on[trip] + 1; v < past; v++ {
		at, stop := c.day.Arrive[v], c.day.Stop[v]
		if at > c.best || c.day.Boarding[v]&transit.MayAlight == 0 {
			continue
		}
		if walk, near := home[stop]; near {
			c.best = min(c.best, at+walk)
		}
		stops, walks := c.net.Transfers.Row(uint32(stop))
		for i, s := range stops {
			if walks[i] == 0 {
				c.board(s, at, c.day.Step[v])
			} else {
				c.board(s, at+walks[i], 0)
			}
		}
	}
}

// TestRealCities compares a thousand pairs in each city.
func TestRealCities(t *testing.T) {
	for name, date := range map[string]transit.Date{"astana": transit.DateOf(2026, 8, 15), "porto": transit.DateOf(2023, 9, 20)} {
		t.Run(name, func(t *testing.T) { compareCity(t, city(t, name, date)) })
	}
}

func compareCity(t *testing.T, c *town) {
	stops := len(c.net.Timetable.Stops.ID)
	o := &correcting{town: c, leaves: make([][]transit.Visit, stops), seen: make([]int, stops), on: make([]transit.Visit, len(c.day.Trip)), queue: boarded{day: c.day}}
	for v, stop := range c.day.Stop {
		if c.day.Boarding[v]&transit.MayBoard != 0 {
			o.leaves[stop] = append(o.leaves[stop], transit.Visit(v))
		}
	}
	for _, leaves := range o.leaves {
		slices.SortFunc(leaves, func(a, b transit.Visit) int {
			return cmp.Or(cmp.Compare(c.day.Depart[a], c.day.Depart[b]), cmp.Compare(c.day.DepartStep(a), c.day.DepartStep(b)))
		})
	}
	s := journey.NewIndex(c.net, c.day, demand.Ordinary).Search()
	rides := 0
	for n := range 1000 {
		from, to, leave := c.ask(n)
		want := o.earliest(from, to, leave)
		q := journey.Query{From: journey.AtPlace(from), To: journey.AtPlace(to), Leave: leave}
		j, ok := s.EarliestArrival(q)
		if ok != (want < tooLate) || ok && j.Arrive != want {
			t.Fatalf("from %s to %s at %s: %+v, want arrival at %s", c.net.Places.ID[from], c.net.Places.ID[to], leave.Clock(), j, want.Clock())
		}
		if !ok {
			continue
		}
		rides += min(j.Boardings, 1)
		q.By = j.Arrive
		if late, ok := s.ArriveBy(q); !ok || late.Depart < j.Depart || late.Arrive > j.Arrive {
			t.Fatalf("from %s to %s by %s: %+v, though %+v", c.net.Places.ID[from], c.net.Places.ID[to], q.By.Clock(), late, j)
		}
	}
	if rides < 800 {
		t.Errorf("only %d journeys ride anything", rides)
	}
}
