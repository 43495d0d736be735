package block

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// terminals are for each stop where one of the trips begins the stops where one
// ends and from which a vehicle can come: itself, others of its station, and
// those within reach, in the order of their numbers.
func (c *chain) terminals(trips []transit.Dated) map[transit.Stop][]transit.Stop {
	var begins, ends []transit.Stop
	for _, d := range trips {
		begins, ends = append(begins, c.from(d)), append(ends, c.to(d))
	}
	begins, ends = distinct(begins), distinct(ends)
	north := slices.SortedFunc(slices.Values(ends), func(a, b transit.Stop) int {
		return cmp.Or(cmp.Compare(c.tt.Stops.At[a].Lat, c.tt.Stops.At[b].Lat), cmp.Compare(a, b))
	})
	near := make(map[transit.Stop][]transit.Stop, len(begins))
	for _, begin := range begins {
		near[begin] = c.within(begin, north)
	}
	c.addStations(near, begins, ends)
	return near
}

func distinct(stops []transit.Stop) []transit.Stop {
	return slices.Compact(slices.Sorted(slices.Values(stops)))
}

// within are the stops no farther than the reach, of stops sorted from south to north.
func (c *chain) within(begin transit.Stop, north []transit.Stop) (near []transit.Stop) {
	at := c.tt.Stops.At
	if !at[begin].Valid() {
		return nil
	}
	south := geo.Offset(at[begin], -c.rules.Reach-1, 0).Lat
	from, _ := slices.BinarySearchFunc(north, south, func(s transit.Stop, lat float64) int { return cmp.Compare(at[s].Lat, lat) })
	limit := geo.Offset(at[begin], c.rules.Reach+1, 0).Lat
	for _, end := range north[from:] {
		if at[end].Lat > limit {
			break
		}
		if at[end].Valid() && geo.Distance(at[begin], at[end]) <= c.rules.Reach {
			near = append(near, end)
		}
	}
	return near
}

// addStations adds to each list the stop itself and others of its station.
func (c *chain) addStations(near map[transit.Stop][]transit.Stop, begins, ends []transit.Stop) {
	of := map[transit.Stop][]transit.Stop{}
	for _, end := range ends {
		of[c.building(end)] = append(of[c.building(end)], end)
	}
	for _, begin := range begins {
		near[begin] = distinct(append(near[begin], of[c.building(begin)]...))
	}
}

// building is a stop's station, or the stop itself where it has none.
func (c *chain) building(s transit.Stop) transit.Stop {
	if parent := c.tt.Stops.Parent[s]; uint32(parent) != transit.None {
		return parent
	}
	return s
}
