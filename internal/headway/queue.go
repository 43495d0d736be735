package headway

// node is a place or a stop with its price.
type node struct {
	price float64
	id    uint32
}

func (n node) before(m node) bool { return n.price < m.price || n.price == m.price && n.id < m.id }

// queue is a heap of nodes, the least price first and of equal prices the
// lowest id. A node whose price fell stands in it more than once.
type queue []node

func (q *queue) push(n node) {
	h := append(*q, n)
	i := len(h) - 1
	for i > 0 && n.before(h[(i-1)/2]) {
		h[i] = h[(i-1)/2]
		i = (i - 1) / 2
	}
	h[i] = n
	*q = h
}

// pop takes the first of a queue that has one.
func (q *queue) pop() node {
	h := *q
	top, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	if len(h) > 0 {
		h.sink(last)
	}
	*q = h
	return top
}

// sink puts a node in its place from the top down.
func (q queue) sink(n node) {
	i := 0
	for child := 1; child < len(q); child = 2*i + 1 {
		if child+1 < len(q) && q[child+1].before(q[child]) {
			child++
		}
		if !q[child].before(n) {
			break
		}
		q[i] = q[child]
		i = child
	}
	q[i] = n
}
