package evaluation

import "github.com/qala-city/qala/internal/geo"

// Diaries are what the people of an event did, one a row, in flat columns. Times are
// seconds from the horizon's start, -1 for never. Person p has the waits from
// First[p] to First[p+1] in Waits.
type Diaries struct {
	Format int `json:"format"`
	// Of every so many people in the order of the run one is told; 1: everybody.
	OneIn   int      `json:"one_in"`
	Classes []string `json:"classes"`
	Places  Origins  `json:"places"`

	Crowd []int `json:"crowd"` // position in Evaluation.Crowds
	Class []int `json:"class"` // position in Classes
	From  []int `json:"from"`  // position in Places, as To
	To    []int `json:"to"`
	Set   []int `json:"set"`  // when he left
	End   []int `json:"end"`  // when he reached his destination
	Held  []int `json:"held"` // seconds for which gates, stairs and full platforms held him up
	State []int `json:"state"`
	First []int `json:"first"`
	Waits Waits `json:"waits"`
}

// Origins are places where people come from or go to.
type Origins struct {
	ID []string    `json:"id"`
	At []geo.Point `json:"at"`
}

// The states of Diaries.State.
const (
	DiaryWalking   = iota // still on his way at the end
	DiaryArrived          // at his destination
	DiaryNoService        // stranded: no journey existed when he wanted to leave
	DiaryLastGone         // stranded: still waiting at the end
)

// Waits are the queues that people stood in, each with the ride that ended it. Wait w
// was left behind by the visits from Refused.First[w] to Refused.First[w+1].
type Waits struct {
	Stop    []int   `json:"stop"` // position in Vehicles.Stops
	Join    []int   `json:"join"` // when he came to the queue
	Full    []int   `json:"full"` // when the first vehicle left him behind; -1 where none did
	On      []int   `json:"on"`   // visit at which he got on: a position in Vehicles.Visits; -1 where he gave up, or waits still
	Off     []int   `json:"off"`  // visit at which he got off, or would have
	End     []int   `json:"end"`  // when he got on or gave up
	Denied  []int   `json:"denied"`
	Refused Refused `json:"refused"`
}

// Refused are the departures that left people behind.
type Refused struct {
	First []int `json:"first"`
	Visit []int `json:"visit"`
}
