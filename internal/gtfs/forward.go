package gtfs

import "sort"

// forward rejects the fewest rows whose absence leaves times that never go
// back. One clock typed wrong, too early or too late, so costs one row.
func (w *finisher) forward(rows []call) []call {
	if rises(rows) {
		return rows
	}
	keep := longestRise(rows)
	kept := rows[:0]
	for i := range rows {
		if rows[i].timed() && !keep[i] {
			w.reject(&rows[i], codeTimeGoesBack, w.file.arrive.name, rows[i].clockText())
			continue
		}
		kept = append(kept, rows[i])
	}
	return kept
}

// rises reports whether the known times of rows never go back.
func rises(rows []call) bool {
	latest := noTime
	for i := range rows {
		if !rows[i].timed() {
			continue
		}
		if rows[i].arrive < latest {
			return false
		}
		latest = rows[i].depart
	}
	return true
}

// longestRise marks the longest choice of timed rows in which each arrives no
// earlier than the one before it departs. ends[k] is the row with the earliest
// departure that ends a choice of k+1 rows, before[i] the row that precedes i
// in its choice.
func longestRise(rows []call) []bool {
	var ends []int
	before := make([]int, len(rows))
	for i := range rows {
		row := &rows[i]
		if !row.timed() {
			continue
		}
		k := sort.Search(len(ends), func(k int) bool { return rows[ends[k]].depart > row.arrive })
		before[i] = -1
		if k > 0 {
			before[i] = ends[k-1]
		}
		if k == len(ends) {
			ends = append(ends, i)
		} else if row.depart < rows[ends[k]].depart {
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
