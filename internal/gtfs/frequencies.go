package gtfs

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// window is one row of frequencies.txt.
type window struct {
	transit.FrequencyRow
	line int
}

// frequencyFile is frequencies.txt with its columns and what was read of it.
type frequencyFile struct {
	*file
	trip, start, end, headway, exact field

	windows []window
}

func (r *reader) readFrequencies() error {
	f, err := r.open("frequencies.txt", "trip_id", "start_time", "end_time", "headway_secs")
	if f == nil {
		return err
	}
	s := &frequencyFile{
		file: f, trip: f.field("trip_id"), start: f.field("start_time"), end: f.field("end_time"),
		headway: f.field("headway_secs"), exact: f.field("exact_times"),
	}
	for s.Next() {
		r.readWindow(s)
	}
	s.addTo(r.into)
	return s.close()
}

func (r *reader) readWindow(s *frequencyFile) {
	trip, ok := r.trips.refer(s.file, s.trip, "trips.txt")
	if !ok {
		return
	}
	start, ok := s.needTime(s.start)
	if !ok {
		return
	}
	end, ok := s.needTime(s.end)
	if !ok {
		return
	}
	if end <= start {
		s.reject(codeWindowReversed, s.end, "start", start.Clock())
		return
	}
	if headway, ok := s.headwayOf(); ok {
		s.windows = append(s.windows, window{transit.FrequencyRow{
			Trip: r.built[trip], Start: start, End: end, Headway: headway, Exact: s.choice(s.exact, 2) == 1,
		}, s.Line()})
	}
}

// needTime is clock where an empty cell is wrong too.
func (f *file) needTime(c field) (transit.Seconds, bool) {
	at, ok := f.clock(c)
	if ok && at == noTime {
		f.reject(codeMissingValue, c)
		return at, false
	}
	return at, ok
}

// Headways outside of these bounds are mistakes: no line starts a vehicle
// every few seconds, and none waits for more than a day.
const (
	leastHeadway = 5
	mostHeadway  = uint32(24 * transit.Hour)
)

func (s *frequencyFile) headwayOf() (transit.Seconds, bool) {
	n, ok := s.number(s.headway)
	if ok && (n < leastHeadway || n > mostHeadway) {
		s.reject(codeBadHeadway, s.headway)
		return 0, false
	}
	return transit.Seconds(n), ok
}

// addTo hands the windows on. Two that start together are one; two that
// overlap double the service, which is kept but suspicious.
func (s *frequencyFile) addTo(b *transit.Builder) {
	slices.SortStableFunc(s.windows, func(a, b window) int {
		return cmp.Or(cmp.Compare(a.Trip, b.Trip), cmp.Compare(a.Start, b.Start))
	})
	last := window{}
	for i, w := range s.windows {
		if same := i > 0 && last.Trip == w.Trip; same && last.Start == w.Start {
			s.RejectEarlier(w.line, codeDuplicateRow, s.start.name, w.Start.Clock())
			continue
		} else if same && last.End > w.Start {
			s.WarnEarlier(w.line, codeWindowsOverlap, s.start.name, w.Start.Clock(), "end", last.End.Clock())
		}
		b.AddFrequency(w.FrequencyRow)
		last = w
	}
}
