package network

import (
	"encoding/binary"

	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// noWalk stands for a walk that somebody who takes no steps cannot make.
const noWalk = transit.Seconds(-1)

// course is a walk with what is passed on it.
type course struct {
	time transit.Seconds // or noWalk
	pass []passed
	door uint32 // by which it goes in: of equals the lower one counts
}

// passed is a facility, and how many seconds of walk are left on coming to it.
type passed struct {
	facility station.Facility
	left     transit.Seconds
}

func courseOf(way station.Passed) course {
	c := course{time: min(way.Walk, longestWalk)}
	for i, f := range way.Facility {
		c.pass = append(c.pass, passed{f, min(way.Left[i], longestWalk)})
	}
	return c
}

// same reports whether two courses are one.
func (c course) same(other course) bool {
	if c.time != other.time || len(c.pass) != len(other.pass) {
		return false
	}
	for i, p := range c.pass {
		if p != other.pass[i] {
			return false
		}
	}
	return true
}

// better is the quicker of two courses.
func (c course) better(other course) course {
	switch {
	case c.time == noWalk, other.time != noWalk && other.time < c.time, other.time == c.time && other.door < c.door:
		return other
	}
	return c
}

// after is the course with so many seconds of street before it.
func (c course) after(street transit.Seconds) course {
	if c.time != noWalk {
		c.time = min(c.time+street, longestWalk)
	}
	return c
}

// taking is the course in the time that a feed gives for it. What is passed stays.
func (c course) taking(time transit.Seconds) course {
	if c.time == noWalk {
		return c
	}
	c.time = min(max(time, 0), longestWalk)
	kept := make([]passed, len(c.pass))
	for i, p := range c.pass {
		kept[i] = passed{p.facility, min(p.left, c.time)}
	}
	c.pass = kept
	return c
}

// out is the way in walked the other way, and then the rest. After says, by
// facility, how long it is from leaving it until the end of the way in.
func (c course) out(after []transit.Seconds, rest course) course {
	if c.time == noWalk || rest.time == noWalk {
		return course{time: noWalk}
	}
	whole := course{time: min(c.time+rest.time, longestWalk), door: rest.door}
	for i := len(c.pass) - 1; i >= 0; i-- {
		left := max(c.time-after[i], 0) + rest.time
		whole.pass = append(whole.pass, passed{c.pass[i].facility, min(left, longestWalk)})
	}
	whole.pass = append(whole.pass, rest.pass...)
	return whole
}

// wayTable holds each list of what is passed once.
type wayTable struct {
	rows  station.Ways
	known map[string]uint32
}

// row is the list's position; None where nothing is passed.
func (w *wayTable) row(pass []passed) uint32 {
	if len(pass) == 0 {
		return transit.None
	}
	key := keyOf(pass)
	if row, known := w.known[key]; known {
		return row
	}
	if w.known == nil {
		w.known, w.rows.First = map[string]uint32{}, []uint32{0}
	}
	for _, p := range pass {
		w.rows.Facility, w.rows.Left = append(w.rows.Facility, p.facility), append(w.rows.Left, p.left)
	}
	w.rows.First = append(w.rows.First, uint32(len(w.rows.Facility)))
	row := uint32(w.rows.Len() - 1)
	w.known[key] = row
	return row
}

func keyOf(pass []passed) string {
	key := make([]byte, 0, 8*len(pass))
	for _, p := range pass {
		key = binary.LittleEndian.AppendUint32(key, uint32(p.facility))
		key = binary.LittleEndian.AppendUint32(key, uint32(p.left))
	}
	return string(key)
}

// atLeast is the course in no less than some seconds.
func (c course) atLeast(time transit.Seconds) course {
	if c.time != noWalk {
		c.time = max(c.time, time)
	}
	return c
}
