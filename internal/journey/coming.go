package journey

import "github.com/qala-city/qala/internal/transit"

// pages find a stop's departures by the time: of each stop how many leave before each
// tenth minute of the day.
type pages struct {
	from   transit.Seconds // of the first page
	count  int             // of a stop
	before []uint32        // by stop and page: positions among the stop's departures
}

const page = 10 * transit.Minute

// paged counts the departures of all stops.
func (tl *Timeline) paged() pages {
	if len(tl.leave) == 0 {
		return pages{}
	}
	from, stops := tl.leave[0], len(tl.stopAt)-1
	p := pages{from: from, count: int((tl.leave[len(tl.leave)-1]-from)/page) + 1}
	p.before = make([]uint32, stops*p.count)
	for stop := range stops {
		times, i := tl.times[tl.stopAt[stop]:tl.stopAt[stop+1]], 0
		row := p.before[stop*p.count : (stop+1)*p.count]
		for k := range row {
			for i < len(times) && times[i] < from+transit.Seconds(k)*page {
				i++
			}
			row[k] = uint32(i)
		}
	}
	return p
}

// Coming is the first boardable departure from a stop at or after a time, and when it leaves.
func (tl *Timeline) Coming(stop transit.Stop, there transit.Seconds) (Event, transit.Seconds) {
	first, end := tl.stopAt[stop], tl.stopAt[stop+1]
	i := first
	if tl.pages.count > 0 && there > tl.pages.from {
		i += tl.pages.before[int(stop)*tl.pages.count+min(int((there-tl.pages.from)/page), tl.pages.count-1)]
	}
	for i < end && tl.times[i] < there {
		i++
	}
	if i == end {
		return NoEvent, 0
	}
	return tl.leaves[i], tl.times[i]
}
