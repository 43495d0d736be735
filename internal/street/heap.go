package street

// heap is a queue of labels, the smallest first. A label is a cost in its high
// half and what it is the cost of in its low half, so that equal costs come in
// the order of their ids. Four children to a parent keep it flat.
type heap []uint64

func label(cost Milliseconds, id uint32) uint64 { return uint64(cost)<<32 | uint64(id) }

func (h *heap) push(l uint64) {
	q := append(*h, l)
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
	*h = q
}

// pop takes the smallest label of a heap that has one.
func (h *heap) pop() (Milliseconds, uint32) {
	q := *h
	top, last := q[0], q[len(q)-1]
	q = q[:len(q)-1]
	if len(q) > 0 {
		q.sink(last)
	}
	*h = q
	return Milliseconds(top >> 32), uint32(top)
}

// sink puts a label in its place from the top down.
func (h heap) sink(l uint64) {
	i := 0
	for {
		child := 4*i + 1
		if child >= len(h) {
			break
		}
		least := child
		for c := child + 1; c < min(child+4, len(h)); c++ {
			if h[c] < h[least] {
				least = c
			}
		}
		if h[least] >= l {
			break
		}
		h[i] = h[least]
		i = least
	}
	h[i] = l
}
