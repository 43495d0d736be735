package assign

import (
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// walkers are the people on foot, in one chain for each second of the horizon:
// that at which they come to what is next on their way.
type walkers struct {
	people people
	chain  chain
	at     []list
	done   transit.Seconds // all seconds before it have been emptied

	second []person // scratch: who comes somewhere in a second
	byRow  []uint64 // scratch: their rows, each with the person
}

func newWalkers(all people, on chain, length transit.Seconds) *walkers {
	return &walkers{people: all, chain: on, at: make([]list, length)}
}

// add lets a person come to what is next at a second; false when that is past the horizon.
func (w *walkers) add(p person, at transit.Seconds) bool {
	if at >= transit.Seconds(len(w.at)) {
		return false
	}
	w.chain.push(&w.at[max(at, w.done)], p)
	return true
}

// until hands over everybody who comes somewhere by a second, the earliest first
// and of one second the lowest row first. Before the horizon nobody is anywhere.
func (w *walkers) until(now transit.Seconds, hand func([]person, transit.Seconds)) {
	if now < 0 {
		return
	}
	for ; w.done <= now && w.done < transit.Seconds(len(w.at)); w.done++ {
		w.empty(w.done, hand)
	}
	w.done = min(now, transit.Seconds(len(w.at)-1))
}

// empty empties a second, those too who come to the next thing within it.
func (w *walkers) empty(at transit.Seconds, hand func([]person, transit.Seconds)) {
	l := &w.at[at]
	for l.count > 0 {
		w.second = w.chain.firsts(l, l.count, w.second[:0])
		*l = list{}
		w.sort()
		hand(w.second, at)
	}
}

// sort puts those of a second in the order of their rows.
func (w *walkers) sort() {
	w.byRow = w.byRow[:0]
	for _, p := range w.second {
		w.byRow = append(w.byRow, uint64(w.people[p].row)<<32|uint64(p))
	}
	slices.Sort(w.byRow)
	for i, key := range w.byRow {
		w.second[i] = person(key)
	}
}
