package tiles

import (
	"container/list"
	"sync"
	"weak"

	"github.com/qala-city/qala/internal/atlas"
)

// place is where a tile lies.
type place struct{ z, x, y int }

// key is a tile of an atlas by name.
type key struct {
	atlas string
	place
}

// cache keeps the tiles that were asked for last, as many as go into its bytes.
// A tile counts only for the very atlas that it was drawn of: a city that was
// imported anew has tiles of its own.
type cache struct {
	mu    sync.Mutex
	most  int
	size  int
	order *list.List // of *kept, the one asked for last in front
	at    map[key]*list.Element
}

type kept struct {
	key  key
	of   weak.Pointer[atlas.Atlas] // a cache does not keep a city in memory
	tile *tile
}

func newCache(most int) *cache {
	return &cache{most: most, order: list.New(), at: map[key]*list.Element{}}
}

// get is a tile that was kept, or nil.
func (c *cache) get(k key, a *atlas.Atlas) *tile {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.at[k]
	if e == nil || e.Value.(*kept).of.Value() != a {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*kept).tile
}

// put keeps a tile, in place of the ones asked for longest ago.
func (c *cache) put(k key, a *atlas.Atlas, t *tile) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.at[k]; e != nil {
		c.drop(e)
	}
	c.at[k] = c.order.PushFront(&kept{k, weak.Make(a), t})
	c.size += t.weight()
	for c.size > c.most {
		c.drop(c.order.Back())
	}
}

func (c *cache) drop(e *list.Element) {
	k := c.order.Remove(e).(*kept)
	delete(c.at, k.key)
	c.size -= k.tile.weight()
}
