package osm

import (
	"encoding/binary"
	"errors"
)

// errWire says that bytes are no message of protocol buffers.
var errWire = errors.New("a message that does not add up")

// message walks through the fields of a protocol buffers message. A mistake
// ends it; err then says so.
type message struct {
	left []byte
	kind uint64 // of the field that was met last
	err  error
}

// The kinds of fields on the wire.
const (
	kindVarint = 0
	kind64     = 1
	kindBytes  = 2
	kind32     = 5
)

// field goes to the next field: its number, 0 at the end. The field must be
// taken by varint, bytes or skip.
func (m *message) field() uint64 {
	if m.err != nil || len(m.left) == 0 {
		return 0
	}
	key := m.raw()
	m.kind = key & 7
	if key>>3 == 0 {
		m.fail()
	}
	return key >> 3
}

func (m *message) fail() {
	m.left, m.err = nil, errWire
}

// raw is a bare number.
func (m *message) raw() uint64 {
	v, n := binary.Uvarint(m.left)
	if n <= 0 {
		m.fail()
		return 0
	}
	m.left = m.left[n:]
	return v
}

// varint takes a field that is a number.
func (m *message) varint() uint64 {
	if m.kind != kindVarint {
		m.fail()
		return 0
	}
	return m.raw()
}

// signed takes a number whose sign is folded into it.
func (m *message) signed() int64 { return unfold(m.varint()) }

func unfold(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }

// bytes takes a field that is a text, a list or a message.
func (m *message) bytes() []byte {
	if m.kind != kindBytes {
		m.fail()
		return nil
	}
	n := m.raw()
	if n > uint64(len(m.left)) {
		m.fail()
		return nil
	}
	taken := m.left[:n]
	m.left = m.left[n:]
	return taken
}

// numbers takes a list of numbers, packed or one of it, and adds it to those
// already there.
func (m *message) numbers(into []uint64) []uint64 {
	if m.kind == kindVarint {
		return append(into, m.raw())
	}
	list := message{left: m.bytes()}
	for len(list.left) > 0 {
		into = append(into, list.raw())
	}
	if list.err != nil {
		m.fail()
	}
	return into
}

// skip passes over a field.
func (m *message) skip() {
	fixed := 0
	switch m.kind {
	case kindVarint:
		m.raw()
	case kindBytes:
		m.bytes()
	case kind64:
		fixed = 8
	case kind32:
		fixed = 4
	default:
		m.fail()
	}
	if fixed > len(m.left) {
		m.fail()
		return
	}
	m.left = m.left[fixed:]
}
