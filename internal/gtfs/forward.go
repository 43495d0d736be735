package gtfs

import "sort"

// forward rejects the fewest rows whose absence leaves times that never go
// back. One clock typed wrong, too early or too late, so costs one row.
func (w *finisher) forward(rows []uint32) []uint32 {
	if w.rises(rows) {
		return rows
	}
	keep := w.longestRise(rows)
	kept := rows[:0]
	for i, row := range rows {
		if w.rows.timed(row) && !keep[i] {
			w.reject(row, codeTimeGoesBack, w.file.arrive.name, w.rows.clockText(row))
			continue
		}
		kept = append(kept, row)
	}
	return kept
}

// rises reports whether the known times of rows never go back.
func (w *finisher) rises(rows []uint32) bool {
	latest := noTime
	for _, row := range rows {
		if !w.rows.timed(row) {
			continue
		}
		if w.rows.arrive[row] < latest {
			return false
		}
		latest = w.rows.depart[row]
	}
	return true
}

// longestRise marks the longest choice of timed rows in which each arrives no
// earlier than the one before it departs. ends[k] is the row with the earliest
// departure that ends a choice of k+1 rows, before[i] the row that precedes i
// in its choice.
func (w *finisher) longestRise(rows []uint32) []bool {
	var ends []int
	before := make([]int, len(rows))
	for i, row := range rows {
		if !w.rows.timed(row) {
			continue
		}
		k := sort.Search(len(ends), func(k int) bool { return w.rows.depart[rows[ends[k]]] > w.rows.arrive[row] })
		before[i] = -1
		if k > 0 {
			before[i] = ends[k-1]
		}
		if k == len(ends) {
			ends = append(ends, i)
		} else if w.rows.depart[row] < w.rows.depart[rows[ends[k]]] {
			ends[k] = i
		}
	}
	return chain(ends, before)
}

// chain follows the longest choice back from its end.
func chain(ends, before []int) []bool {
	keep := make([]bool, len(before))
	for i := ends[len(ends)-1]; i >= 0; i = before[i] {
		keep[i] = true
	}
	return keep
}
