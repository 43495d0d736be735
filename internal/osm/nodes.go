package osm

import (
	"slices"

	"github.com/qala-city/qala/internal/street"
)

// listNeeded lists the nodes of the streets, each once.
func (r *reader) listNeeded() {
	r.needed = slices.Clone(r.refs)
	slices.Sort(r.needed)
	r.needed = slices.Clip(slices.Compact(r.needed))
	r.at = make([]street.Position, len(r.needed))
	r.found, r.blocked = make([]bool, len(r.needed)), make([]bool, len(r.needed))
}

// readNodes takes the positions of the needed nodes of a block, and what stands there.
func (r *reader) readNodes(data []byte) error {
	b, err := r.openBlock(data)
	if err != nil {
		return err
	}
	return b.eachGroup(func(kind uint64, data []byte) error {
		switch kind {
		case 1:
			return b.readNode(data)
		case 2:
			return b.readDense(data)
		}
		return nil
	})
}

func (b *block) readNode(data []byte) error {
	m := message{left: data}
	var id, lat, lon int64
	b.keys, b.values = b.keys[:0], b.values[:0]
	for f := m.field(); f != 0; f = m.field() {
		switch f {
		case 1:
			id = m.signed()
		case 2:
			b.keys = m.numbers(b.keys)
		case 3:
			b.values = m.numbers(b.values)
		case 4:
			b.readInfo(&m)
		case 8:
			lat = m.signed()
		case 9:
			lon = m.signed()
		default:
			m.skip()
		}
	}
	if m.err != nil {
		return m.err
	}
	return b.takeNode(id, lat, lon, b.keys, b.values)
}

// dense is many nodes as columns of differences.
type dense struct {
	ids, lats, lons []uint64
	tags            []uint64 // key, value, key, value, 0 for each node; or none at all
}

func (b *block) readDense(data []byte) error {
	m := message{left: data}
	var d dense
	for f := m.field(); f != 0; f = m.field() {
		switch f {
		case 1:
			d.ids = m.numbers(d.ids)
		case 5:
			b.readDates(&m)
		case 8:
			d.lats = m.numbers(d.lats)
		case 9:
			d.lons = m.numbers(d.lons)
		case 10:
			d.tags = m.numbers(d.tags)
		default:
			m.skip()
		}
	}
	if m.err == nil && (len(d.lats) != len(d.ids) || len(d.lons) != len(d.ids)) {
		return errLists
	}
	if m.err != nil {
		return m.err
	}
	return b.takeDense(d)
}

func (b *block) takeDense(d dense) error {
	tagged := len(d.tags) > 0
	var id, lat, lon int64
	for i := range d.ids {
		id, lat, lon = id+unfold(d.ids[i]), lat+unfold(d.lats[i]), lon+unfold(d.lons[i])
		if tagged {
			var err error
			if d.tags, err = b.splitTags(d.tags); err != nil {
				return err
			}
		}
		if err := b.takeNode(id, lat, lon, b.keys, b.values); err != nil {
			return err
		}
	}
	return nil
}

// splitTags takes the tags of the next node off the list.
func (b *block) splitTags(list []uint64) ([]uint64, error) {
	b.keys, b.values = b.keys[:0], b.values[:0]
	for len(list) > 0 && list[0] != 0 {
		if len(list) < 2 {
			return nil, errLists
		}
		b.keys, b.values = append(b.keys, list[0]), append(b.values, list[1])
		list = list[2:]
	}
	if len(list) == 0 {
		return nil, errLists
	}
	return list[1:], nil
}

// readDates takes the newest date of dense nodes.
func (b *block) readDates(of *message) {
	m := message{left: of.bytes()}
	for f := m.field(); f != 0; f = m.field() {
		if f != 2 {
			m.skip()
			continue
		}
		b.lists = m.numbers(b.lists[:0])
		stamp := int64(0)
		for _, step := range b.lists {
			stamp += unfold(step)
			b.changedAt(stamp)
		}
	}
	if m.err != nil {
		of.fail()
	}
}

// takeNode keeps a node that a street needs.
func (b *block) takeNode(id, lat, lon int64, keys, values []uint64) error {
	r := b.reader
	i, needed := r.find(id)
	if !needed {
		return nil
	}
	var ok bool
	if r.at[i], ok = b.position(lat, lon); !ok {
		r.beyond++
		return nil
	}
	t, err := b.tagsOf(keys, values)
	r.found[i], r.blocked[i] = true, t.blocks()
	return err
}

// find is the row of a needed node. Nodes mostly come sorted, so the next one
// is looked for where the last one was.
func (r *reader) find(id int64) (int, bool) {
	if r.next > 0 && r.needed[r.next-1] >= id {
		r.next, _ = slices.BinarySearch(r.needed, id)
	}
	for r.next < len(r.needed) && r.needed[r.next] < id {
		r.next++
	}
	return r.next, r.next < len(r.needed) && r.needed[r.next] == id
}

// position turns the block's units into those of the streets.
func (b *block) position(lat, lon int64) (street.Position, bool) {
	y, north := nanodegrees(lat, b.granularity, b.latOffset)
	x, east := nanodegrees(lon, b.granularity, b.lonOffset)
	if !north || !east || y < -90e7 || y > 90e7 || x < -180e7 || x > 180e7 {
		return street.Position{}, false
	}
	return street.Position{Lat: int32(y), Lon: int32(x)}, true
}

// nanodegrees is a coordinate in units of 1e-7 degrees, rounded to the nearest;
// false where it overflows.
func nanodegrees(v, granularity, offset int64) (int64, bool) {
	const most = 1 << 40 // far beyond the earth, in nanodegrees
	if v > most || v < -most || offset > most || offset < -most || granularity < 1 || granularity > 1<<20 {
		return 0, false
	}
	nano := v*granularity + offset
	if nano < 0 {
		return (nano - 50) / 100, true
	}
	return (nano + 50) / 100, true
}
