package access

import (
	"sync"
	"time"
)

// Rate is how often something may be done: so many at once, and then one in
// every Every.
type Rate struct {
	Every time.Duration // more than 0
	Burst int           // at least 1
}

// Bucket is when the next token of a bucket that is empty would be due. The zero
// Bucket is full.
type Bucket time.Time

// Take takes a token. Where there is none, wait is how long it takes until there is one.
func (b Bucket) Take(now time.Time, r Rate) (rest Bucket, wait time.Duration) {
	due := time.Time(b)
	if due.Before(now) {
		due = now
	}
	due = due.Add(r.Every)
	if ahead := due.Sub(now) - time.Duration(r.Burst)*r.Every; ahead > 0 {
		return b, ahead
	}
	return Bucket(due), 0
}

// full reports whether the bucket is as good as a new one.
func (b Bucket) full(now time.Time) bool { return !time.Time(b).After(now) }

// Limits are the buckets of all who come, by their address or key. It may be used by many goroutines.
type Limits struct {
	mu      sync.Mutex
	rate    Rate
	most    int
	buckets map[string]Bucket
}

// NewLimits are limits at a rate that remember so many.
func NewLimits(rate Rate, most int) *Limits {
	return &Limits{rate: rate, most: most, buckets: map[string]Bucket{}}
}

// Take takes a token for somebody; wait is more than 0 where there is none. When
// more come than are remembered, the ones who are not are told to wait as well:
// a flood does not make anybody forgotten.
func (l *Limits) Take(who string, now time.Time) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	b, known := l.buckets[who]
	if !known && len(l.buckets) >= l.most {
		l.tidy(now)
		if len(l.buckets) >= l.most {
			return l.rate.Every
		}
	}
	rest, wait := b.Take(now, l.rate)
	l.buckets[who] = rest
	return wait
}

func (l *Limits) tidy(now time.Time) {
	for who, b := range l.buckets {
		if b.full(now) {
			delete(l.buckets, who)
		}
	}
}
