package network

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// WalkOf is how long a class of travellers takes for link l, at its own pace
// and without steps where it takes none, and the way it goes; ok is false where it cannot go.
func (l *Links) WalkOf(link uint32, c demand.Class) (walk transit.Seconds, way uint32, ok bool) {
	walk, way = l.Walk[link], transit.None
	if l.Way != nil {
		way = l.Way[link]
	}
	if c.StepFree && l.FreeWalk != nil {
		walk, way = l.FreeWalk[link], l.FreeWay[link]
	}
	return Pace(walk, c), way, walk >= 0
}

// Pace is how long a class takes for a walk of so many seconds at the city's speed, rounded up.
func Pace(walk transit.Seconds, c demand.Class) transit.Seconds {
	if c.Speed == 100 || c.Speed == 0 {
		return walk
	}
	return transit.Seconds((int64(walk)*100 + int64(c.Speed) - 1) / int64(c.Speed))
}
