package atlas

import (
	"github.com/paulmach/orb"
)

// places are those where somebody lives; gates are places too, and have a sheet
// of their own.
func (c *city) places() *sheet {
	places := &c.net.Places
	var homes []int
	for p, people := range places.People {
		if people > 0 {
			homes = append(homes, p)
		}
	}
	people := func(row int) int { return int(places.People[homes[row]]) }
	return &sheet{
		Collection: Collection{ID: "places", Title: "Places", Description: "Where people live: points that stand for the people around them.", Rows: len(homes)},
		id:         func(row int) string { return places.ID[homes[row]] },
		shape:      func(row int) orb.Geometry { return pointOf(places.At[homes[row]]) },
		tile:       onTiles{from: 10, thin: people, last: 1},
		columns:    []column{count("people", "residents", people).tiled()},
	}
}
