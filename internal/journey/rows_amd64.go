package journey

import "golang.org/x/sys/cpu"

// vectors says whether this processor takes sixteen prices at once.
var vectors = cpu.X86.HasAVX2

// scan prices departures from one on backwards to another.
func (l *rows) scan(e, until Event) {
	if l.vector && e >= until {
		scanAVX2(l, e, until)
		return
	}
	l.scanPlainly(e, until)
}

// scanAVX2 is scanPlainly, a row at once; e is not before until.
//
//go:noescape
func scanAVX2(l *rows, e, until Event)
