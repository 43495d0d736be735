package gtfs

import (
	"math"
	"strconv"
	"time"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// point reads a position on the earth; false, and the row rejected, otherwise.
func (f *file) point(lat, lon field) (geo.Point, bool) {
	at := geo.Point{}
	for _, c := range []struct {
		field
		to *float64
	}{{lat, &at.Lat}, {lon, &at.Lon}} {
		number, err := strconv.ParseFloat(f.value(c.field), 64)
		if err != nil || math.IsInf(number, 0) || math.IsNaN(number) {
			f.reject(codeBadPosition, c.field)
			return at, false
		}
		*c.to = number
	}
	if !at.Valid() {
		f.Reject(codeBadPosition, lat.name, f.value(lat)+", "+f.value(lon))
		return at, false
	}
	return at, true
}

// choice reads a small number below limit; empty is 0. Anything else is also
// 0, with a warning that names what is assumed.
func (f *file) choice(c field, limit uint8) uint8 {
	text := f.value(c)
	if text == "" {
		return 0
	}
	if len(text) == 1 && text[0] >= '0' && text[0]-'0' < limit {
		return text[0] - '0'
	}
	f.warn(codeTakenAsZero, c)
	return 0
}

// clock reads a time; noTime when the cell is empty. It is false, and the row
// rejected, when the cell holds something else.
func (f *file) clock(c field) (transit.Seconds, bool) {
	text := f.value(c)
	if text == "" {
		return noTime, true
	}
	if s, ok := quickClock(text); ok {
		return s, true
	}
	s, err := transit.ParseClock(text)
	if err != nil {
		f.reject(codeBadTime, c)
		return noTime, false
	}
	return s, true
}

// noTime stands for a time that the feed leaves open.
const noTime = transit.Seconds(math.MinInt32)

// quickClock reads the common forms H:MM:SS and HH:MM:SS; false for all others.
func quickClock(text string) (transit.Seconds, bool) {
	if len(text) == 7 {
		return quickParts('0', text)
	}
	if len(text) == 8 {
		return quickParts(text[0], text[1:])
	}
	return 0, false
}

// quickParts reads H:MM:SS with the digit of the tens of hours before it.
func quickParts(tens byte, text string) (transit.Seconds, bool) {
	if text[1] != ':' || text[4] != ':' {
		return 0, false
	}
	digits := [6]byte{tens - '0', text[0] - '0', text[2] - '0', text[3] - '0', text[5] - '0', text[6] - '0'}
	for _, d := range digits {
		if d > 9 {
			return 0, false
		}
	}
	hours, minutes, seconds := pair(digits[0:2]), pair(digits[2:4]), pair(digits[4:6])
	return hours*transit.Hour + minutes*transit.Minute + seconds, minutes < 60 && seconds < 60
}

func pair(digits []byte) transit.Seconds {
	return transit.Seconds(digits[0])*10 + transit.Seconds(digits[1])
}

// date reads a day between 1970 and 2199; false, and the row rejected, otherwise.
func (f *file) date(c field) (transit.Date, bool) {
	text := f.value(c)
	if text == "" {
		f.reject(codeMissingValue, c)
		return 0, false
	}
	day, err := transit.ParseDate(text)
	if err != nil || day < 0 || day >= transit.DateOf(2200, 1, 1) {
		f.reject(codeBadDate, c)
		return 0, false
	}
	return day, true
}

// number reads a whole number from 0 on; false, and the row rejected, otherwise.
func (f *file) number(c field) (uint32, bool) {
	text := f.value(c)
	if text == "" {
		f.reject(codeMissingValue, c)
		return 0, false
	}
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		f.reject(codeBadNumber, c)
		return 0, false
	}
	return uint32(n), true
}

// distance reads a length from 0 on; -1 when the cell is empty or, with a
// warning, holds something else.
func (f *file) distance(c field) float32 {
	text := f.value(c)
	if text == "" {
		return -1
	}
	d, err := strconv.ParseFloat(text, 32)
	if err != nil || math.IsNaN(d) || math.IsInf(d, 0) || d < 0 {
		f.warn(codeBadDistance, c)
		return -1
	}
	return float32(d)
}

// zone reports whether a text is the name of a time zone.
func (r *reader) zone(name string) bool {
	known, asked := r.zoneKnown[name]
	if !asked {
		_, err := time.LoadLocation(name)
		known = err == nil && name != "" && name != "Local"
		r.zoneKnown[name] = known
	}
	return known
}
