package gtfs

import (
	"slices"
	"strconv"

	"github.com/qala-city/qala/internal/transit"
)

// mostDates bounds the dates of all calendars together, so that a few rows
// from 1970 to 2199 cannot fill the memory.
const mostDates = 20_000_000

// weekdays are the columns of calendar.txt in the order of time.Weekday.
var weekdays = [7]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// calendarBook gathers the dates of each service_id from both files.
type calendarBook struct {
	r        *reader
	place    map[string]int // into services; -1 for a service_id that was rejected
	services []service
	total    int
}

// service is one service_id while its dates are gathered.
type service struct {
	id     string
	from   *file
	line   int
	dates  []transit.Date
	except map[transit.Date]bool // true: added, false: taken out
}

func (r *reader) readCalendars() error {
	b := &calendarBook{r: r, place: map[string]int{}}
	weekly, err := b.readWeekly()
	if err != nil {
		return err
	}
	single, err := b.readSingle()
	if err != nil {
		return err
	}
	b.add()
	for _, f := range []*file{weekly, single} {
		if f != nil {
			f.tell()
			f.Done()
		}
	}
	return r.ctx.Err()
}

func (b *calendarBook) readWeekly() (*file, error) {
	f, err := b.r.open("calendar.txt", append([]string{"service_id", "start_date", "end_date"}, weekdays[:]...)...)
	if f == nil {
		return nil, err
	}
	var days [7]field
	for i, name := range weekdays {
		days[i] = f.field(name)
	}
	id, from, to := f.field("service_id"), f.field("start_date"), f.field("end_date")
	for f.Next() {
		if key := f.value(id); b.taken(f, id) || !b.week(f, key, days, from, to) {
			b.reject(key)
		}
	}
	return f, nil
}

// taken reports, and rejects, a row without a service_id of its own.
func (b *calendarBook) taken(f *file, id field) bool {
	key := f.value(id)
	switch place, known := b.place[key]; {
	case key == "":
		f.reject(codeMissingValue, id)
	case known && place >= 0:
		f.reject(codeDuplicateID, id)
	default:
		return false
	}
	return true
}

func (b *calendarBook) reject(key string) {
	if _, known := b.place[key]; !known && key != "" {
		b.place[key] = -1
	}
}

// week reads the days and the range of one row; false when it is rejected.
func (b *calendarBook) week(f *file, key string, days [7]field, from, to field) bool {
	var runs [7]bool
	for i, day := range days {
		on, ok := f.flag(day)
		if !ok {
			return false
		}
		runs[i] = on
	}
	first, ok1 := f.date(from)
	last, ok2 := f.date(to)
	if !ok1 || !ok2 || !b.rangeFits(f, first, last, to) {
		return false
	}
	s := b.service(f, key)
	for d := first; d <= last; d++ {
		if runs[d.Weekday()] {
			s.dates = append(s.dates, d)
		}
	}
	b.total += len(s.dates)
	return true
}

func (b *calendarBook) rangeFits(f *file, first, last transit.Date, to field) bool {
	if first > last {
		f.reject(codeDatesReversed, to, "start", first.String())
		return false
	}
	if b.total+int(last-first) > mostDates {
		f.reject(codeTooMany, to, "most", strconv.Itoa(mostDates))
		return false
	}
	return true
}

// flag reads 0 or 1; false, and the row rejected, otherwise.
func (f *file) flag(c field) (on, ok bool) {
	switch f.value(c) {
	case "0":
		return false, true
	case "1":
		return true, true
	}
	f.reject(codeBadFlag, c)
	return false, false
}

// service finds or makes a service_id.
func (b *calendarBook) service(f *file, key string) *service {
	place, known := b.place[key]
	if !known || place < 0 {
		place = len(b.services)
		b.place[key] = place
		b.services = append(b.services, service{id: key, from: f, line: f.Line()})
	}
	return &b.services[place]
}

func (b *calendarBook) readSingle() (*file, error) {
	f, err := b.r.open("calendar_dates.txt", "service_id", "date", "exception_type")
	if f == nil {
		return nil, err
	}
	id, day, kind := f.field("service_id"), f.field("date"), f.field("exception_type")
	for f.Next() {
		b.exception(f, id, day, kind)
	}
	return f, nil
}

func (b *calendarBook) exception(f *file, id, day, kind field) {
	key, on := f.value(id), f.value(kind) == "1"
	place, known := b.place[key]
	switch {
	case key == "":
		f.reject(codeMissingValue, id)
		return
	case known && place < 0:
		f.reject(codeRejectedReference, id, "in", "calendar.txt")
		return
	case !on && f.value(kind) != "2":
		f.reject(codeBadFlag, kind)
		return
	}
	if d, ok := f.date(day); ok {
		b.except(f, key, d, on, day)
	}
}

func (b *calendarBook) except(f *file, key string, d transit.Date, on bool, day field) {
	s := b.service(f, key)
	if _, twice := s.except[d]; twice {
		f.reject(codeDuplicateRow, day)
		return
	}
	if s.except == nil {
		s.except = map[transit.Date]bool{}
	}
	s.except[d] = on
}

// add hands all calendars on, in the order in which they were met.
func (b *calendarBook) add() {
	b.r.dated = map[transit.Calendar]bool{}
	for key, place := range b.place {
		if place < 0 {
			b.r.calendars.reject(key)
		}
	}
	for i := range b.services {
		s := &b.services[i]
		all := s.all()
		dates := within(b.r.src.Window, all)
		at := b.r.into.AddCalendar(transit.CalendarID(b.r.id(s.id)), dates)
		b.r.calendars.keep(s.id, at)
		b.r.dated[at] = len(dates) > 0
		if len(all) == 0 {
			s.from.WarnEarlier(s.line, codeCalendarEmpty, "service_id", s.id)
		}
	}
}

func within(w transit.Window, dates []transit.Date) []transit.Date {
	return slices.DeleteFunc(slices.Clone(dates), func(d transit.Date) bool { return !w.Holds(d) })
}

// all are the weekly dates and the added ones, without those taken out.
func (s *service) all() []transit.Date {
	dates := slices.DeleteFunc(s.dates, func(d transit.Date) bool {
		_, named := s.except[d]
		return named
	})
	for d, on := range s.except {
		if on {
			dates = append(dates, d)
		}
	}
	slices.Sort(dates)
	return dates
}
