package journey

// memo finds the nodes that were made for a lane again, by where one stands and
// how: a table with open addresses, a part of which fits the processor's nearest memory.
type memo struct {
	entries []remembered // as many as a power of two
	used    int
}

// remembered is a node; its key is one more than what it is about, 0 where there is none.
type remembered struct {
	key  uint64
	node uint32
}

// standingAt is what a node is about: an event, how long one has waited, and whether
// it has something to fall back on.
func standingAt(e Event, waited int, d depth) uint64 {
	return (uint64(uint32(e))*spells+uint64(waited))<<1 | uint64(d)
}

// leastMemo is the size of a memo that holds little.
const leastMemo = 1 << 10

// forget empties a memo. It stays as large as what it held needs.
func (m *memo) forget() {
	size := max(leastMemo, len(m.entries))
	for size > leastMemo && m.used*8 < size {
		size /= 2
	}
	m.resize(size)
}

// resize makes a memo empty.
func (m *memo) resize(size int) {
	if size > cap(m.entries) {
		m.entries = make([]remembered, size)
	} else {
		m.entries = m.entries[:size]
		clear(m.entries)
	}
	m.used = 0
}

// at is where a key stands, or would.
func (m *memo) at(key uint64) *remembered {
	mask := uint64(len(m.entries) - 1)
	for i := key * 0x9E3779B97F4A7C15 >> 20 & mask; ; i = (i + 1) & mask {
		if r := &m.entries[i]; r.key == key || r.key == 0 {
			return r
		}
	}
}

// node is the node about something.
func (m *memo) node(about uint64) (uint32, bool) {
	r := m.at(about + 1)
	return r.node, r.key != 0
}

// keep remembers a node.
func (m *memo) keep(about uint64, node uint32) {
	if m.used++; m.used*2 > len(m.entries) {
		m.grow()
		m.used++
	}
	*m.at(about + 1) = remembered{about + 1, node}
}

// grow makes room for twice as many.
func (m *memo) grow() {
	before := m.entries
	m.entries = nil
	m.resize(2 * len(before))
	for _, r := range before {
		if r.key != 0 {
			*m.at(r.key) = r
			m.used++
		}
	}
}
