package contraction

import "github.com/qala-city/qala/internal/frontier"

// mostSettled is how many nodes a search for a witness settles. A witness that is
// not found costs a shortcut too many, never a wrong answer.
const mostSettled = 30

// witness searches for ways that make a shortcut needless.
type witness struct {
	cost    []uint32 // by node, Longest between searches
	touched []uint32
	queue   frontier.Frontier
}

// look finds what others there are for the ways from a node by way of another.
// Afterwards cost has an upper bound for every node that it came by.
func (w *witness) look(out [][]half, by uint32, from half, into []half) {
	limit := uint32(0)
	for _, to := range into {
		if to.far != from.far {
			limit = max(limit, from.cost+to.cost)
		}
	}
	w.queue = w.queue[:0]
	w.reach(from.far, 0)
	for settled := 0; len(w.queue) > 0 && settled < mostSettled; settled++ {
		cost, n := w.queue.Pop()
		if cost >= limit {
			return
		}
		if cost > w.cost[n] {
			continue
		}
		for _, a := range out[n] {
			if next := cost + a.cost; a.far != by && next <= limit && next < w.cost[a.far] {
				w.reach(a.far, next)
			}
		}
	}
}

func (w *witness) reach(n, cost uint32) {
	if w.cost[n] == Longest {
		w.touched = append(w.touched, n)
	}
	w.cost[n] = cost
	w.queue.Push(cost, n)
}

func (w *witness) forget() {
	for _, n := range w.touched {
		w.cost[n] = Longest
	}
	w.touched = w.touched[:0]
}
