package access

import (
	"net/netip"
	"time"
)

// Patience is how often something may fail before it has to wait: one second
// after the first failure that is not free, twice as long after each further
// one, up to Longest. A try that comes too early is refused without being looked
// at, and does not make the wait longer.
type Patience struct {
	Free    int
	Longest time.Duration
}

// forgetTries is after how long without a failure nobody remembers.
const forgetTries = 24 * time.Hour

// Tries is how often something failed, and when it did last.
type Tries struct {
	Count int       `json:"count"`
	Last  time.Time `json:"last"`
}

// Wait is how long the next try has to wait.
func (p Patience) Wait(t Tries, now time.Time) time.Duration {
	over := t.Count - p.Free
	if over < 0 || now.Sub(t.Last) >= forgetTries {
		return 0
	}
	wait := p.Longest
	if over < 30 {
		wait = min(wait, time.Second<<over)
	}
	return max(0, t.Last.Add(wait).Sub(now))
}

// More is one failure more.
func (t Tries) More(now time.Time) Tries {
	if now.Sub(t.Last) >= forgetTries {
		t.Count = 0
	}
	return Tries{t.Count + 1, now}
}

// Less is one failure less.
func (t Tries) Less() Tries { return Tries{max(0, t.Count-1), t.Last} }

// network is that part of an address which one customer has: all of four bytes,
// the first eight of sixteen. What is no address is itself.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address[:min(len(address), 40)]
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return ""
	}
	return prefix.String()
}
