package journey

import "golang.org/x/sys/cpu"

// vectors says whether this processor takes eight prices at once.
var vectors = cpu.X86.HasAVX2

// scan prices departures from one on backwards to another. It stops where a
// queue is to be asked about: there only boarding is priced, and its event is
// what it returns. Else that is the event before the last one.
func (l *rows) scan(e, until Event) Event {
	if l.vector && e >= until {
		return scanAVX2(l, e, until)
	}
	return l.scanPlainly(e, until)
}

// scanAVX2 is scanPlainly, a row at once; e is not before until.
//
//go:noescape
func scanAVX2(l *rows, e, until Event) Event
