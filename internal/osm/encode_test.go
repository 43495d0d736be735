package osm

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
)

// pbf writes small files for tests: messages field by field.
type pbf struct{ bytes.Buffer }

func (p *pbf) raw(v uint64)          { p.Write(binary.AppendUvarint(nil, v)) }
func (p *pbf) number(f int, v int64) { p.raw(uint64(f) << 3); p.raw(uint64(v)) }
func (p *pbf) data(f int, b []byte)  { p.raw(uint64(f)<<3 | 2); p.raw(uint64(len(b))); p.Write(b) }

func (p *pbf) packed(f int, list ...uint64) {
	var in pbf
	for _, v := range list {
		in.raw(v)
	}
	p.data(f, in.Bytes())
}

func fold(v int64) uint64 { return uint64(v<<1) ^ uint64(v>>63) }

// deltas are folded differences.
func deltas(list ...int64) []uint64 {
	var out []uint64
	last := int64(0)
	for _, v := range list {
		out = append(out, fold(v-last))
		last = v
	}
	return out
}

// fileBlock frames a blob.
func fileBlock(kind string, blob []byte) []byte {
	var header, out pbf
	header.data(1, []byte(kind))
	header.number(3, int64(len(blob)))
	out.Write(binary.BigEndian.AppendUint32(nil, uint32(header.Len())))
	out.Write(header.Bytes())
	out.Write(blob)
	return out.Bytes()
}

func rawBlob(data []byte) []byte {
	var out pbf
	out.data(1, data)
	return out.Bytes()
}

// zlibBlob announces a size of its own choice.
func zlibBlob(data []byte, size int64) []byte {
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, _ = w.Write(data) // into memory
	_ = w.Close()
	var out pbf
	out.number(2, size)
	out.data(3, packed.Bytes())
	return out.Bytes()
}

func headerBlock(features ...string) []byte {
	var h pbf
	for _, f := range features {
		h.data(4, []byte(f))
	}
	return fileBlock("OSMHeader", rawBlob(h.Bytes()))
}

// node and street are what a test draws; positions are in meters.
type node struct {
	id          int64
	north, east float64
	tags        []string // key, value, ...
}

type line struct {
	id   int64
	refs []int64
	tags []string
}

// drawing becomes a block of dense nodes, one of plain nodes for those that
// have an odd id, and one of ways.
type drawing struct {
	nodes []node
	lines []line
}

// texts numbers the strings of a block.
type texts struct {
	list [][]byte
	row  map[string]uint64
}

func newTexts() *texts { return &texts{[][]byte{nil}, map[string]uint64{}} }

func (t *texts) of(s string) uint64 {
	if _, known := t.row[s]; !known {
		t.row[s] = uint64(len(t.list))
		t.list = append(t.list, []byte(s))
	}
	return t.row[s]
}

func (t *texts) split(tags []string) (keys, values []uint64) {
	for i := 0; i+1 < len(tags); i += 2 {
		keys, values = append(keys, t.of(tags[i])), append(values, t.of(tags[i+1]))
	}
	return keys, values
}

func (t *texts) block(group []byte) []byte {
	var table, out pbf
	for _, s := range t.list {
		table.data(1, s)
	}
	out.data(1, table.Bytes())
	out.data(2, group)
	return out.Bytes()
}

func (d drawing) file() []byte {
	out := headerBlock("OsmSchema-V0.6", "DenseNodes")
	for _, block := range [][]byte{d.dense(), d.plain(), d.ways()} {
		out = append(out, fileBlock("OSMData", zlibBlob(block, int64(len(block))))...)
	}
	return out
}

func (n node) units() (lat, lon int64) {
	at := position(n.north, n.east)
	return int64(at.Lat), int64(at.Lon)
}

func (d drawing) dense() []byte {
	t := newTexts()
	var ids, lats, lons []int64
	var tags, dates []uint64
	for _, n := range d.nodes {
		if n.id%2 != 0 {
			continue
		}
		lat, lon := n.units()
		ids, lats, lons = append(ids, n.id), append(lats, lat), append(lons, lon)
		keys, values := t.split(n.tags)
		for i := range keys {
			tags = append(tags, keys[i], values[i])
		}
		tags, dates = append(tags, 0), append(dates, fold(1_433_548_800/int64(1+len(ids)*1000)))
	}
	var info, dense, group pbf
	info.packed(2, dates...)
	dense.packed(1, deltas(ids...)...)
	dense.data(5, info.Bytes())
	dense.packed(8, deltas(lats...)...)
	dense.packed(9, deltas(lons...)...)
	dense.packed(10, tags...)
	group.data(2, dense.Bytes())
	return t.block(group.Bytes())
}

func (d drawing) plain() []byte {
	t := newTexts()
	var group pbf
	for _, n := range d.nodes {
		if n.id%2 == 0 {
			continue
		}
		lat, lon := n.units()
		keys, values := t.split(n.tags)
		var one pbf
		one.raw(1 << 3)
		one.raw(fold(n.id))
		one.packed(2, keys...)
		one.packed(3, values...)
		one.raw(8 << 3)
		one.raw(fold(lat))
		one.raw(9 << 3)
		one.raw(fold(lon))
		group.data(1, one.Bytes())
	}
	return t.block(group.Bytes())
}

func (d drawing) ways() []byte {
	t := newTexts()
	var group pbf
	for _, l := range d.lines {
		keys, values := t.split(l.tags)
		var one, info pbf
		info.number(2, 1_433_548_800) // 6 June 2015
		one.number(1, l.id)
		one.packed(2, keys...)
		one.packed(3, values...)
		one.data(4, info.Bytes())
		one.packed(8, deltas(l.refs...)...)
		group.data(3, one.Bytes())
	}
	group.data(4, nil)
	return t.block(group.Bytes())
}
