package difference

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// match pairs the things of two timetables by their positions; none stands for
// a thing that only the other one has. First come those of the old one.
type match struct{ before, after int }

const none = -1

// identity is what a thing is known by.
type identity struct{ id, name string }

// matchRoutes pairs routes by id, else by a name and type that only one has.
func matchRoutes(before, after *transit.Timetable) []match {
	same := func(tt *transit.Timetable) func(int) string {
		return func(r int) string {
			return fmt.Sprint(tt.Routes.Name[r], "\x00", tt.Routes.Long[r], "\x00", tt.Routes.Type[r])
		}
	}
	matches, gone, come := byID(before.Routes.ID, after.Routes.ID)
	old, fresh := alone(gone, same(before)), alone(come, same(after))
	return settle(matches, gone, come, func(r int) int {
		name := same(after)(r)
		if fresh[name] != r {
			return none
		}
		return at(old, name)
	})
}

// matchStops pairs stops by id, else with a stop of the same name within MoveLimit.
func matchStops(before, after *transit.Timetable) []match {
	matches, gone, come := byID(before.Stops.ID, after.Stops.ID)
	named := map[string][]int{}
	for _, s := range gone {
		named[before.Stops.Name[s]] = append(named[before.Stops.Name[s]], s)
	}
	taken := map[int]bool{}
	return settle(matches, gone, come, func(s int) int {
		nearest, far := none, MoveLimit
		for _, candidate := range named[after.Stops.Name[s]] {
			if d := geo.Distance(before.Stops.At[candidate], after.Stops.At[s]); !taken[candidate] && d <= far {
				nearest, far = candidate, d
			}
		}
		taken[nearest] = true
		return nearest
	})
}

// byID pairs what has the same id; the others are left on either side.
func byID[ID comparable](before, after []ID) (matches []match, gone, come []int) {
	where := make(map[ID]int, len(before))
	for i, id := range before {
		where[id] = i
	}
	kept := make(map[int]bool, len(after))
	for a, id := range after {
		if b, known := where[id]; known && !kept[b] {
			matches, kept[b] = append(matches, match{b, a}), true
			continue
		}
		come = append(come, a)
	}
	for b := range before {
		if !kept[b] {
			gone = append(gone, b)
		}
	}
	return matches, gone, come
}

// alone maps each name to the only position that has it, or to none.
func alone(positions []int, name func(int) string) map[string]int {
	where := map[string]int{}
	for _, p := range positions {
		if _, twice := where[name(p)]; twice {
			where[name(p)] = none
			continue
		}
		where[name(p)] = p
	}
	return where
}

func at(where map[string]int, name string) int {
	if p, known := where[name]; known {
		return p
	}
	return none
}

// settle pairs what came with what went where partner knows how, and adds the rest alone.
func settle(matches []match, gone, come []int, partner func(after int) int) []match {
	kept := map[int]bool{}
	for _, a := range come {
		b := partner(a)
		matches = append(matches, match{b, a})
		kept[b] = true
	}
	for _, b := range gone {
		if !kept[b] {
			matches = append(matches, match{b, none})
		}
	}
	slices.SortFunc(matches, func(x, y match) int {
		return cmp.Or(cmp.Compare(uint(x.before), uint(y.before)), cmp.Compare(x.after, y.after))
	})
	return matches
}

func routeNames(tt *transit.Timetable) []identity {
	all := make([]identity, len(tt.Routes.ID))
	for r, id := range tt.Routes.ID {
		all[r] = identity{string(id), tt.Routes.Name[r]}
		if long := tt.Routes.Long[r]; long != "" && long != all[r].name {
			all[r].name += " " + long
		}
	}
	return all
}

func stopNames(tt *transit.Timetable) []identity {
	all := make([]identity, len(tt.Stops.ID))
	for s, id := range tt.Stops.ID {
		all[s] = identity{string(id), tt.Stops.Name[s]}
	}
	return all
}

// things sorts the matches into what was added, removed, renamed and renumbered.
func things(matches []match, before, after []identity) Things {
	t := Things{
		Before: len(before), After: len(after),
		Added: []Named{}, Removed: []Named{}, Renamed: []Renamed{}, Renumbered: []Renumbered{},
	}
	for _, m := range matches {
		switch {
		case m.before == none:
			t.Added = append(t.Added, Named{after[m.after].id, after[m.after].name})
		case m.after == none:
			t.Removed = append(t.Removed, Named{before[m.before].id, before[m.before].name})
		case before[m.before].id != after[m.after].id:
			t.Renumbered = append(t.Renumbered, Renumbered{after[m.after].name, before[m.before].id, after[m.after].id})
		case before[m.before].name != after[m.after].name:
			t.Renamed = append(t.Renamed, Renamed{after[m.after].id, before[m.before].name, after[m.after].name})
		}
	}
	return t
}

func moved(stops []match, before, after *transit.Timetable) []Moved {
	all := []Moved{}
	for _, m := range stops {
		if m.before == none || m.after == none {
			continue
		}
		if far := geo.Distance(before.Stops.At[m.before], after.Stops.At[m.after]); far > MoveLimit {
			all = append(all, Moved{string(after.Stops.ID[m.after]), after.Stops.Name[m.after], geo.Meters(math.Round(float64(far)))})
		}
	}
	slices.SortStableFunc(all, func(a, b Moved) int { return cmp.Compare(b.Meters, a.Meters) })
	return all
}
