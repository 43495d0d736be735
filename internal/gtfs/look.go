package gtfs

import (
	"math"
	"strconv"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/table"
	"github.com/qala-city/qala/internal/transit"
)

// look is a row of a block that is being looked at. It has for large files what
// file has for the others, without making text of cells that are right.
type look struct {
	*table.Block
	row int
}

// bytes is a cell as it stands: what is quickly seen to be right has no spaces around it.
func (l *look) bytes(c field) []byte { return l.Bytes(l.row, c.at) }

func (l *look) cell(c field) []byte { return l.Cell(l.row, c.at) }

func (l *look) reject(code finding.Code, c field, args ...string) {
	l.Reject(l.row, code, c.name, string(l.cell(c)), args...)
}

func (l *look) warn(code finding.Code, c field, args ...string) {
	l.Warn(l.row, code, c.name, string(l.cell(c)), args...)
}

// clock is file.clock for a row of a block.
func (l *look) clock(c field) (transit.Seconds, bool) {
	if s, ok := quickClock(l.bytes(c)); ok {
		return s, true
	}
	cell := l.cell(c)
	if len(cell) == 0 {
		return noTime, true
	}
	s, err := transit.ParseClock(string(cell))
	if err != nil {
		l.reject(codeBadTime, c)
		return noTime, false
	}
	return s, true
}

// number is file.number for a row of a block.
func (l *look) number(c field) (uint32, bool) {
	if n, ok := quickNumber(l.bytes(c)); ok {
		return n, true
	}
	cell := l.cell(c)
	if len(cell) == 0 {
		l.reject(codeMissingValue, c)
		return 0, false
	}
	n, err := strconv.ParseUint(string(cell), 10, 31)
	if err != nil {
		l.reject(codeBadNumber, c)
		return 0, false
	}
	return uint32(n), true
}

// point is file.point for a row of a block.
func (l *look) point(lat, lon field) (at geo.Point, ok bool) {
	if at.Lat, ok = l.degrees(lat); !ok {
		return at, false
	}
	if at.Lon, ok = l.degrees(lon); !ok {
		return at, false
	}
	if !at.Valid() {
		l.Reject(l.row, codeBadPosition, lat.name, string(l.cell(lat))+", "+string(l.cell(lon)))
		return at, false
	}
	return at, true
}

// degrees reads a number; false, and the row rejected, when there is none.
func (l *look) degrees(c field) (float64, bool) {
	if d, ok := quickDegrees(l.bytes(c)); ok {
		return d, true
	}
	d, err := strconv.ParseFloat(string(l.cell(c)), 64)
	if err != nil || math.IsInf(d, 0) || math.IsNaN(d) {
		l.reject(codeBadPosition, c)
		return 0, false
	}
	return d, true
}
