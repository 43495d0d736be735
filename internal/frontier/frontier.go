// Package frontier is the queue of a search for shortest ways: what it has
// seen and not yet settled, the cheapest first.
package frontier

// Frontier is a queue of labels, the smallest first. A label is a cost in its
// high half and what it is the cost of in its low half, so that equal costs come
// in the order of their ids. Four children to a parent keep it flat.
type Frontier []uint64

func label(cost, id uint32) uint64 { return uint64(cost)<<32 | uint64(id) }

// Push adds a label. One id may have several.
func (f *Frontier) Push(cost, id uint32) {
	l := label(cost, id)
	q := append(*f, l)
	i := len(q) - 1
	for i > 0 {
		parent := (i - 1) / 4
		if q[parent] <= l {
			break
		}
		q[i] = q[parent]
		i = parent
	}
	q[i] = l
	*f = q
}

// Least is the smallest cost of a queue that has one.
func (f Frontier) Least() uint32 { return uint32(f[0] >> 32) }

// Pop takes the smallest label of a queue that has one.
func (f *Frontier) Pop() (cost, id uint32) {
	q := *f
	top, last := q[0], q[len(q)-1]
	q = q[:len(q)-1]
	if len(q) > 0 {
		q.sink(last)
	}
	*f = q
	return uint32(top >> 32), uint32(top)
}

// sink puts a label in its place from the top down.
func (f Frontier) sink(l uint64) {
	i := 0
	for {
		child := 4*i + 1
		if child >= len(f) {
			break
		}
		least := child
		for c := child + 1; c < min(child+4, len(f)); c++ {
			if f[c] < f[least] {
				least = c
			}
		}
		if f[least] >= l {
			break
		}
		f[i] = f[least]
		i = least
	}
	f[i] = l
}
