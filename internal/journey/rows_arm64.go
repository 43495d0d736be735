package journey

// vectors says whether this processor takes a row of prices at once: every one of this architecture does.
const vectors = true

// scan prices departures from one on backwards to another. It stops where a
// queue is to be asked about: there only boarding is priced, and its event is
// what it returns. Else that is the event before the last one.
func (l *rows) scan(e, until Event) Event {
	if l.vector && e >= until {
		return scanNEON(l, e, until)
	}
	return l.scanPlainly(e, until)
}

// scanNEON is scanPlainly, half a row at once; e is not before until.
//
//go:noescape
func scanNEON(l *rows, e, until Event) Event
