package osm

import "errors"

var (
	errText  = errors.New("a text that the block does not have")
	errLists = errors.New("lists of different length")
)

// block is what the groups of one block share.
type block struct {
	texts               [][]byte
	groups              [][]byte
	granularity         int64 // nanodegrees, as are the next two
	latOffset           int64
	lonOffset           int64
	dateGranularity     int64 // milliseconds
	reader              *reader
	keys, values, lists []uint64 // scratch
}

func (r *reader) openBlock(data []byte) (*block, error) {
	b := &block{granularity: 100, dateGranularity: 1000, reader: r}
	m := message{left: data}
	for f := m.field(); f != 0; f = m.field() {
		switch f {
		case 1:
			if err := b.readTexts(m.bytes()); err != nil {
				return nil, err
			}
		case 2:
			b.groups = append(b.groups, m.bytes())
		case 17:
			b.granularity = int64(int32(m.varint()))
		case 18:
			b.dateGranularity = int64(int32(m.varint()))
		case 19:
			b.latOffset = int64(m.varint())
		case 20:
			b.lonOffset = int64(m.varint())
		default:
			m.skip()
		}
	}
	return b, m.err
}

func (b *block) readTexts(data []byte) error {
	m := message{left: data}
	for f := m.field(); f != 0; f = m.field() {
		if f == 1 {
			b.texts = append(b.texts, m.bytes())
		} else {
			m.skip()
		}
	}
	return m.err
}

// eachGroup hands on the parts of all groups, each with what it is: 1 a node,
// 2 dense nodes, 3 a way, 4 a relation.
func (b *block) eachGroup(use func(kind uint64, data []byte) error) error {
	for _, group := range b.groups {
		m := message{left: group}
		for f := m.field(); f != 0; f = m.field() {
			if f > 4 || m.kind != kindBytes {
				m.skip()
				continue
			}
			data := m.bytes()
			if m.err != nil {
				break
			}
			if err := use(f, data); err != nil {
				return err
			}
		}
		if m.err != nil {
			return m.err
		}
	}
	return nil
}

// tagsOf are the tags whose keys and values are texts of the block.
func (b *block) tagsOf(keys, values []uint64) (tags, error) {
	var t tags
	if len(keys) != len(values) {
		return t, errLists
	}
	for i, k := range keys {
		if k >= uint64(len(b.texts)) || values[i] >= uint64(len(b.texts)) {
			return t, errText
		}
		t.set(b.texts[k], b.texts[values[i]])
	}
	return t, nil
}

// endOfTime is a date that no map is from: 2100.
const endOfTime = 4_102_444_800

// changedAt takes the date of a change.
func (b *block) changedAt(stamp int64) {
	if b.dateGranularity <= 0 || stamp <= 0 || stamp > endOfTime*1000 {
		return
	}
	if seconds := stamp * min(b.dateGranularity, 1e6) / 1000; seconds < endOfTime {
		b.reader.changed = max(b.reader.changed, seconds)
	}
}
