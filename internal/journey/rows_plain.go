//go:build !amd64 && !arm64

package journey

const vectors = false

// scan prices departures from one on backwards to another.
func (l *rows) scan(e, until Event) { l.scanPlainly(e, until) }
