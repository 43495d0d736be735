//go:build !amd64 && !arm64

package journey

const vectors = false

// scan prices departures from one on backwards to another. It stops where a
// queue is to be asked about: there only boarding is priced, and its event is
// what it returns. Else that is the event before the last one.
func (l *rows) scan(e, until Event) Event { return l.scanPlainly(e, until) }
