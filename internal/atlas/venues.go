package atlas

import (
	"github.com/paulmach/orb"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/label"
)

func (c *city) venues() *sheet {
	venues := c.net.Venues
	s := &sheet{
		Collection: Collection{ID: "venues", Title: "Venues", Description: "Where events are: stadiums, arenas, exhibition grounds, big stations.", Rows: len(venues)},
		id:         func(row int) string { return venues[row].ID },
		shape:      func(row int) orb.Geometry { return pointOf(venues[row].At) },
	}
	s.columns = append(named(s.Rows, func(row int) label.Names { return venues[row].Names }),
		text("kind", "what it is", func(row int) string { return venues[row].Kind }).tiled(),
		known("capacity", "people that it takes", func(row int) int { return int(venues[row].Capacity) }).tiled(),
		count("gates", "how many gates are known", func(row int) int { return len(venues[row].Gates) }),
		text("basis", "how its position and capacity are known", func(row int) string { return venues[row].Basis }),
		text("source", "who says so", func(row int) string { return venues[row].Source }),
	)
	return s
}

// gateOf is a gate with its venue.
type gateOf struct {
	venue *demand.Venue
	gate  *demand.Gate
}

func (c *city) gates() *sheet {
	var gates []gateOf
	for i := range c.net.Venues {
		v := &c.net.Venues[i]
		for g := range v.Gates {
			gates = append(gates, gateOf{v, &v.Gates[g]})
		}
	}
	s := &sheet{
		Collection: Collection{ID: "gates", Title: "Gates", Description: "Ways in and out of venues.", Rows: len(gates)},
		id:         func(row int) string { return gateID(gates[row].venue.ID, gates[row].gate.ID) },
		shape:      func(row int) orb.Geometry { return pointOf(c.net.Places.At[gates[row].gate.Place]) },
		tile:       onTiles{from: 13},
	}
	s.columns = []column{
		text("name", "the gate as its venue knows it", func(row int) string { return gates[row].gate.ID }).tiled(),
		text("venue", "id of the venue", func(row int) string { return gates[row].venue.ID }).tiled(),
		known("out_per_minute", "people who can leave through it in a minute", func(row int) int { return int(gates[row].gate.PerMinute) }),
		known("in_per_minute", "people who can come in through it in a minute", func(row int) int { return int(gates[row].gate.InPerMin) }),
		measure("share", "share of the venue's people who use it, 0 to 1", func(row int) float64 { return gates[row].gate.Share }),
	}
	return s
}

// gateID names a gate among those of all venues.
func gateID(venue, gate string) string { return venue + "." + gate }
