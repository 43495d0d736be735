package tiles

import (
	"testing"

	"github.com/qala-city/qala/internal/atlas"
)

// What was asked for longest ago goes first, and never more is kept than goes in.
func TestTheCacheForgetsTheOldest(t *testing.T) {
	a, of := &atlas.Atlas{}, &tile{packed: make([]byte, 1000-overhead)}
	c := newCache(3500)
	at := func(x int) key { return key{"a", place{9, x, 0}} }
	for x := range 3 {
		c.put(at(x), a, of)
	}
	c.get(at(0), a) // asked for again
	c.put(at(3), a, of)
	for x, want := range []bool{true, false, true, true} {
		if got := c.get(at(x), a) != nil; got != want {
			t.Errorf("tile %d is kept: %v", x, got)
		}
	}
	c.put(at(3), a, of) // in place of itself
	if c.size != 3000 || c.order.Len() != 3 || len(c.at) != 3 {
		t.Errorf("%d bytes of %d tiles", c.size, c.order.Len())
	}
	c.put(at(9), a, &tile{packed: make([]byte, 9000)})
	if c.size != 0 || len(c.at) != 0 {
		t.Errorf("a tile that is too big is kept: %d bytes", c.size)
	}
	if c.get(at(0), &atlas.Atlas{}) != nil {
		t.Error("the tile of another atlas")
	}
}
