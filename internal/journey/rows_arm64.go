package journey

// vectors says whether this processor takes half a row of prices at once: every one of this architecture does.
const vectors = true

// scan prices departures from one on backwards to another.
func (l *rows) scan(e, until Event) {
	if l.vector && e >= until {
		scanNEON(l, e, until)
		return
	}
	l.scanPlainly(e, until)
}

// scanNEON is scanPlainly, half a row at once; e is not before until.
//
//go:noescape
func scanNEON(l *rows, e, until Event)
