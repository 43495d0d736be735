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
func quickClock[T string | []byte](text T) (transit.Seconds, bool) {
	switch len(text) {
	case 7:
		return clockOf('0' | four(text, 0)<<8 | four(text, 3)<<32)
	case 8:
		return clockOf(four(text, 0) | four(text, 4)<<32)
	}
	return 0, false
}

// four are four letters of a text, the first in the lowest byte.
func four[T string | []byte](text T, at int) uint64 {
	return uint64(text[at]) | uint64(text[at+1])<<8 | uint64(text[at+2])<<16 | uint64(text[at+3])<<24
}

// clockOf reads HH:MM:SS whose first letter is the lowest byte.
func clockOf(letters uint64) (transit.Seconds, bool) {
	const (
		zeros = 0x30303a30303a3030 // 00:00:00
		most  = 0x76767f76767f7676 // a digit above 9, or what is no colon, reaches the highest bit of its byte
		high  = 0x8080808080808080
	)
	d := letters ^ zeros
	if (d|(d+most))&high != 0 {
		return 0, false
	}
	hours, minutes, seconds := pair(d), pair(d>>24), pair(d>>48)
	return hours*transit.Hour + minutes*transit.Minute + seconds, minutes < 60 && seconds < 60
}

// pair is the number of two digits, the tens in the lowest byte.
func pair(d uint64) transit.Seconds { return transit.Seconds(d&0xff*10 + d>>8&0xff) }

// quickNumber reads a number of one to nine digits.
func quickNumber(text []byte) (uint32, bool) {
	if len(text) == 0 || len(text) > 9 {
		return 0, false
	}
	n := uint32(0)
	for _, c := range text {
		digit := uint32(c - '0')
		if digit > 9 {
			return 0, false
		}
		n = n*10 + digit
	}
	return n, true
}

// tens are the powers of ten that numbers are divided by; a float32 holds the first
// eleven exactly, a float64 all.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// quickReal reads a decimal with so few digits that one division of exact
// numbers rounds as strconv.ParseFloat does.
func quickReal(text []byte) (float32, bool) {
	n, behind, ok := decimalOf(text, 1<<24)
	if !ok || behind > 10 {
		return 0, false
	}
	return float32(n) / float32(tens[behind]), true
}

// quickDegrees is quickReal for a float64, which may be below 0.
func quickDegrees(text []byte) (float64, bool) {
	negative := len(text) > 0 && text[0] == '-'
	if negative {
		text = text[1:]
	}
	n, behind, ok := decimalOf(text, 1<<53)
	if !ok || behind >= len(tens) {
		return 0, false
	}
	d := float64(n) / tens[behind]
	if negative {
		d = -d
	}
	return d, true
}

// decimalOf is a decimal as a number below a limit, and how many of its digits are
// behind the point.
func decimalOf(text []byte, limit uint64) (n uint64, behind int, ok bool) {
	digits, point := 0, 0
	for _, c := range text {
		if c == '.' {
			point++
			continue
		}
		digit := uint64(c - '0')
		if digit > 9 || n >= limit/10 {
			return 0, 0, false
		}
		n, digits, behind = n*10+digit, digits+1, behind+point
	}
	return n, behind, digits > 0 && point <= 1
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

// parseDistance reads a length from 0 on; -1 when the text holds something else.
func parseDistance(text string) (float32, bool) {
	d, err := strconv.ParseFloat(text, 32)
	if err != nil || math.IsNaN(d) || math.IsInf(d, 0) || d < 0 {
		return -1, false
	}
	return float32(d), true
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
