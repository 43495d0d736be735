package osm

// readWays takes the walkable ways of a block and counts what else is there.
func (r *reader) readWays(data []byte) error {
	b, err := r.openBlock(data)
	if err != nil {
		return err
	}
	return b.eachGroup(func(kind uint64, data []byte) error {
		switch kind {
		case 1:
			r.nodes++
		case 2:
			return b.countDense(data)
		case 3:
			r.allWays++
			return b.readWay(data)
		case 4:
			r.relations++
		}
		return nil
	})
}

// countDense counts nodes without looking at them.
func (b *block) countDense(data []byte) error {
	m := message{left: data}
	for f := m.field(); f != 0; f = m.field() {
		if f != 1 {
			m.skip()
			continue
		}
		b.lists = m.numbers(b.lists[:0])
		b.reader.nodes += len(b.lists)
	}
	return m.err
}

func (b *block) readWay(data []byte) error {
	r, m := b.reader, message{left: data}
	w := way{from: len(r.refs)}
	b.keys, b.values, b.lists = b.keys[:0], b.values[:0], b.lists[:0]
	for f := m.field(); f != 0; f = m.field() {
		switch f {
		case 1:
			w.id = int64(m.varint())
		case 2:
			b.keys = m.numbers(b.keys)
		case 3:
			b.values = m.numbers(b.values)
		case 4:
			b.readInfo(&m)
		case 8:
			b.lists = m.numbers(b.lists)
		default:
			m.skip()
		}
	}
	if m.err != nil {
		return m.err
	}
	t, err := b.tagsOf(b.keys, b.values)
	if err != nil {
		return err
	}
	class, walked := t.street()
	if !walked || len(b.lists) < 2 {
		return nil
	}
	ref := int64(0)
	for _, step := range b.lists {
		ref += unfold(step)
		r.refs = append(r.refs, ref)
	}
	w.class, w.to = class, len(r.refs)
	r.ways = append(r.ways, w)
	return nil
}

// readInfo takes the date of a way.
func (b *block) readInfo(of *message) {
	m := message{left: of.bytes()}
	for f := m.field(); f != 0; f = m.field() {
		if f == 2 {
			b.changedAt(int64(m.varint()))
		} else {
			m.skip()
		}
	}
	if m.err != nil {
		of.fail()
	}
}
