package atlas

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/label"
)

func (r *run) stops() *sheet {
	stops := r.e.Stops
	s := &sheet{
		Collection: Collection{ID: "stops", Title: "Stops", Description: "What happened at boarding places over the whole run.", Time: r.horizon(), Rows: len(stops)},
		id:         func(row int) string { return stops[row].ID },
		shape:      func(row int) orb.Geometry { return pointOf(stops[row].At) },
		span:       func(int) Span { return r.horizon() },
		tile:       onTiles{from: 9, thin: func(row int) int { return stops[row].MaxQueue + stops[row].Denied }, last: 2},
	}
	number := func(name, description string, of func(s *evaluation.Stop) int) column {
		return count(name, description, func(row int) int { return of(&stops[row]) })
	}
	s.columns = append(named(s.Rows, func(row int) label.Names { return stops[row].Names }),
		text("lines", "names of the lines that people boarded here or would have, separated by commas", func(row int) string { return r.lineList(stops[row].Lines) }),
		number("boardings", "people who got on", func(s *evaluation.Stop) int { return s.Boardings }).tiledFrom(11),
		number("alightings", "people who got off", func(s *evaluation.Stop) int { return s.Alightings }).tiledFrom(11),
		number("denied", "times that a full vehicle left somebody behind who would have taken it", func(s *evaluation.Stop) int { return s.Denied }).tiled(),
		number("left_behind", "people to whom that happened at least once", func(s *evaluation.Stop) int { return s.LeftBehind }).tiledFrom(11),
		number("stranded", "people who waited here in vain", func(s *evaluation.Stop) int { return s.Stranded }).tiled(),
		number("max_queue", "people who waited at the end of the worst minute", func(s *evaluation.Stop) int { return s.MaxQueue }).tiled(),
		number("max_wait_s", "the longest wait in seconds, of those who boarded", func(s *evaluation.Stop) int { return s.MaxWait }).tiledFrom(11),
	)
	return s
}

func (r *run) lineList(lines []evaluation.LineRef) string {
	var names []string
	for _, l := range lines {
		name := r.lineNames(l.Route, l.Direction)[""]
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// queues are the minutes of stops.
func (r *run) queues() *sheet {
	stops := r.e.Stops
	first := firsts(len(stops), func(i int) int { return len(stops[i].Minutes) })
	of := func(row int) (*evaluation.Stop, evaluation.Minute) {
		i := ownerOf(first, row)
		return &stops[i], stops[i].Minutes[row-first[i]]
	}
	minute := func(row int) int { _, m := of(row); return m.Minute }
	s := &sheet{
		Collection: Collection{ID: "queues", Title: "Queues", Description: "Who waited at stops, minute by minute; minutes with a queue or a denial only.", Time: r.horizon(), Rows: first[len(stops)]},
		id:         func(row int) string { s, m := of(row); return s.ID + "@" + strconv.Itoa(m.Minute) },
		shape:      func(stop int) orb.Geometry { return pointOf(stops[stop].At) },
		first:      first,
		span:       func(row int) Span { return r.clock.span(minute(row)*60, minute(row)*60+60) },
		tile:       onTiles{from: notOnTiles},
	}
	s.lookup = lookup(stops, func(s *evaluation.Stop) string { return s.ID }, func(i, at int) (int, bool) {
		row, found := slices.BinarySearchFunc(stops[i].Minutes, at, func(m evaluation.Minute, at int) int { return m.Minute - at })
		return first[i] + row, found
	})
	s.columns = []column{
		text("stop", "id of the stop", func(row int) string { s, _ := of(row); return s.ID }),
		text("name", "its name as the input gives it", func(row int) string { s, _ := of(row); return s.Names[""] }),
		r.moment("start", "when the minute begins", func(row int) int { return minute(row) * 60 }),
		r.moment("end", "when it ends", func(row int) int { return minute(row)*60 + 60 }),
		count("minute", "the minute, counted from the start of the run", minute),
		count("queue", "people waiting at the end of the minute", func(row int) int { _, m := of(row); return m.Queue }),
		count("denied", "times in this minute that somebody was left behind", func(row int) int { _, m := of(row); return m.Denied }),
	}
	return s
}

// firsts are where the rows of each of n owners begin, and where the last end.
func firsts(n int, rows func(i int) int) []int {
	first := make([]int, n+1)
	for i := range n {
		first[i+1] = first[i] + rows(i)
	}
	return first
}

func ownerOf(first []int, row int) int {
	return sort.Search(len(first), func(i int) bool { return first[i] > row }) - 1
}

// lookup finds rows by ids such as "owner@7".
func lookup[T any](owners []T, id func(*T) string, find func(owner, at int) (row int, found bool)) func(string) (int, bool) {
	known := make(map[string]int, len(owners))
	for i := range owners {
		known[id(&owners[i])] = i
	}
	return func(asked string) (int, bool) {
		cut := strings.LastIndexByte(asked, '@')
		if cut < 0 {
			return 0, false
		}
		owner, told := known[asked[:cut]]
		at, err := strconv.Atoi(asked[cut+1:])
		if !told || err != nil || strconv.Itoa(at) != asked[cut+1:] {
			return 0, false
		}
		return find(owner, at)
	}
}
