// Package retrace tells what people of a run did, from its details: which way a
// group of them took, where each waited, for what, and which vehicles left him
// behind. A diary is one person's; a journey here is told stage by stage.
package retrace

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/geo"
)

// Ask says whose journeys are wanted. The zero value of a field asks for all.
type Ask struct {
	Stop       string // who waited at this stop
	From, To   int    // who waited there then, or set off then; To 0: until the end
	Crowd      int    // position in Evaluation.Crowds and one more
	Class      string
	Place      string // whose journey begins or ends at this place
	Within     int    // or so many meters around it at most
	LeftBehind bool   // whom a full vehicle left behind, at Stop where one is given
	Most       int    // groups that are told; 0: all
}

// Answer is the people asked for, by the way that they took.
type Answer struct {
	OneIn  int     `json:"one_in" doc:"Of every so many people one is counted: times this for everybody"`
	People int     `json:"people"`
	Ways   int     `json:"ways" doc:"How many groups there are"`
	Groups []Group `json:"groups" nullable:"false" doc:"The largest first"`
}

// Group is people of one crowd and class who took the same lines from the same stops.
type Group struct {
	Crowd      int     `json:"crowd"`
	Class      string  `json:"class"`
	People     int     `json:"people"`
	LeftBehind int     `json:"left_behind" doc:"People, by a full vehicle, at least once"`
	Waited     int     `json:"waited_seconds" doc:"In queues, half of them at most"`
	Took       int     `json:"took_seconds" doc:"From setting off to the destination, half of those who reached it at most; -1 where nobody did"`
	Journey    Journey `json:"journey" doc:"Of the one in the middle by how long he waited"`
}

// Journey is what one person did.
type Journey struct {
	From   Place   `json:"from"`
	To     Place   `json:"to"`
	Set    int     `json:"set"`
	End    int     `json:"end" doc:"-1 for never"`
	Held   int     `json:"held_seconds" doc:"By gates, stairs and full platforms, in its walks"`
	State  string  `json:"state" enum:"walking,arrived,no_service,last_gone"`
	Stages []Stage `json:"stages" nullable:"false"`
}

// Place is where a journey begins or ends.
type Place struct {
	ID string    `json:"id"`
	At geo.Point `json:"at"`
}

// Stage is a part of a journey. A wait that ends in no ride was given up, or lasts still.
type Stage struct {
	Kind      string    `json:"kind" enum:"walk,wait,ride"`
	From      int       `json:"from"`
	To        int       `json:"to" doc:"-1 where it did not end"`
	Stop      string    `json:"stop,omitempty" doc:"Of a wait, or where a ride begins"`
	Off       string    `json:"off,omitempty" doc:"Where a ride ends"`
	Route     string    `json:"route,omitempty"`
	Direction int       `json:"direction"`
	Trip      string    `json:"trip,omitempty"`
	Full      int       `json:"full" doc:"Of a wait: until then he waited for service, from then on because vehicles were full; -1 where none was"`
	Denied    int       `json:"denied" doc:"Of a wait: departures that left him behind"`
	Refused   []Refused `json:"refused,omitempty" nullable:"false"`
	Load      int       `json:"load" doc:"Of a ride: on board when it began"`
	Room      int       `json:"room"`
}

// Refused is a departure that left somebody behind.
type Refused struct {
	Route     string `json:"route"`
	Direction int    `json:"direction"`
	Trip      string `json:"trip"`
	At        int    `json:"at"`
	Load      int    `json:"load"`
	Room      int    `json:"room"`
}

var states = []string{evaluation.DiaryWalking: "walking", evaluation.DiaryArrived: "arrived", evaluation.DiaryNoService: "no_service", evaluation.DiaryLastGone: "last_gone"}

// Journeys are those of the people asked for. The same question has the same answer.
func Journeys(d *evaluation.Details, ask Ask) Answer {
	r := reader{v: d.Vehicles, d: d.Diaries}
	r.near = r.around(ask)
	out := Answer{OneIn: r.d.OneIn, Groups: []Group{}}
	groups := map[string][]int{}
	for p := range r.d.Crowd {
		if r.wanted(p, ask) {
			way := r.way(p)
			groups[way] = append(groups[way], p)
			out.People++
		}
	}
	for _, way := range sorted(groups, ask.Most) {
		out.Groups = append(out.Groups, r.group(groups[way]))
	}
	out.Ways = len(groups)
	return out
}

// sorted are the ways of the largest groups.
func sorted(groups map[string][]int, most int) []string {
	ways := make([]string, 0, len(groups))
	for way := range groups {
		ways = append(ways, way)
	}
	slices.SortFunc(ways, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(groups[b]), len(groups[a])), cmp.Compare(groups[a][0], groups[b][0]))
	})
	if most > 0 {
		ways = ways[:min(most, len(ways))]
	}
	return ways
}

func (r reader) group(people []int) Group {
	slices.SortStableFunc(people, func(a, b int) int { return cmp.Compare(r.waited(a), r.waited(b)) })
	middle := people[(len(people)-1)/2]
	out := Group{
		Crowd: r.d.Crowd[middle], Class: r.d.Classes[r.d.Class[middle]], People: len(people), Waited: r.waited(middle), Took: -1, Journey: r.journey(middle),
	}
	var took []int
	for _, p := range people {
		if r.denied(p) > 0 {
			out.LeftBehind++
		}
		if r.d.End[p] >= 0 {
			took = append(took, r.d.End[p]-r.d.Set[p])
		}
	}
	if slices.Sort(took); len(took) > 0 {
		out.Took = took[(len(took)-1)/2]
	}
	return out
}
