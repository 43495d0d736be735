package retrace

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/geo"
)

// small is a line from a to b with two trips, at 100 and at 200 seconds, of 120
// seconds each. Three people come to a at 90: the first gets on at once, the first
// trip leaves the others behind, and one of these gives up.
func small() *evaluation.Details {
	return &evaluation.Details{
		Vehicles: &evaluation.Vehicles{
			Stops: []string{"a", "b"}, Lines: []evaluation.LineRef{{Route: "red", Direction: 1}},
			Patterns: evaluation.Courses{Line: []int{0}, First: []int{0, 2}, Stop: []int{0, 1}},
			Trips:    evaluation.Trips{ID: []string{"t1", "t2"}, Pattern: []int{0, 0}, Room: []int{1, 1}, First: []int{0, 2, 4}, Start: []int{95, 195}},
			Visits:   evaluation.Visits{Run: []int{0, 120, 0, 120}, Stay: []int{5, 0, 5, 0}, Load: []int{1, 0, 1, 0}, Denied: []int{2, 0, 0, 0}},
		},
		Diaries: &evaluation.Diaries{
			OneIn: 1, Classes: []string{"ordinary"}, Places: evaluation.Origins{ID: []string{"gate", "home"}, At: make([]geo.Point, 2)},
			Crowd: []int{0, 0, 0}, Class: []int{0, 0, 0}, From: []int{0, 0, 0}, To: []int{1, 1, 1},
			Set: []int{60, 60, 60}, End: []int{230, 330, -1}, Held: []int{0, 10, 0},
			State: []int{evaluation.DiaryArrived, evaluation.DiaryArrived, evaluation.DiaryWalking}, First: []int{0, 1, 2, 3},
			Waits: evaluation.Waits{
				Stop: []int{0, 0, 0}, Join: []int{90, 90, 90}, Full: []int{-1, 100, 100}, On: []int{0, 2, -1}, Off: []int{1, 3, -1},
				End: []int{98, 197, 150}, Denied: []int{0, 1, 1}, Refused: evaluation.Refused{First: []int{0, 0, 1, 2}, Visit: []int{0, 0}},
			},
		},
	}
}

func TestAGroupTellsWhyItWasLeftBehind(t *testing.T) {
	got := Journeys(small(), Ask{})
	if got.People != 3 || got.Ways != 2 || got.Groups[0].People != 2 || got.Groups[0].LeftBehind != 1 || got.Groups[0].Took != 170 {
		t.Errorf("%+v", got)
	}
	left := Journeys(small(), Ask{Stop: "a", LeftBehind: true, From: 120, To: 180})
	if left.People != 2 {
		t.Fatalf("%d people", left.People)
	}
	want := []Stage{
		{Kind: "walk", From: 60, To: 90, Full: -1},
		{Kind: "wait", From: 90, To: 197, Stop: "a", Full: 100, Denied: 1, Refused: []Refused{{"red", 1, "t1", 100, 1, 1}}},
		{Kind: "ride", From: 197, To: 320, Stop: "a", Off: "b", Route: "red", Direction: 1, Trip: "t2", Full: -1, Load: 1, Room: 1},
		{Kind: "walk", From: 320, To: 330, Full: -1},
	}
	if diff := cmp.Diff(want, left.Groups[0].Journey.Stages); diff != "" {
		t.Error(diff)
	}
	if gaveUp := left.Groups[1].Journey.Stages; gaveUp[1].To != 150 || gaveUp[2].Kind != "walk" || gaveUp[2].To != -1 {
		t.Errorf("who gave up: %+v", gaveUp)
	}
}

func TestWhoIsAskedFor(t *testing.T) {
	for name, ask := range map[string]struct {
		Ask
		people int
	}{
		"all": {Ask{}, 3}, "at the stop before the first trip": {Ask{Stop: "a", From: 90, To: 95}, 3}, "after it": {Ask{Stop: "a", From: 99, To: 120}, 2},
		"at another stop": {Ask{Stop: "b"}, 0}, "of another crowd": {Ask{Crowd: 2}, 0}, "of this crowd": {Ask{Crowd: 1}, 3}, "to the home": {Ask{Place: "home"}, 3}, "around it": {Ask{Place: "home", Within: 500}, 3}, "of nowhere": {Ask{Place: "none", Within: 500}, 0},
		"of another class": {Ask{Class: "visitors"}, 0}, "who set off later": {Ask{From: 61}, 0}, "left behind": {Ask{LeftBehind: true}, 2},
	} {
		if got := Journeys(small(), ask.Ask).People; got != ask.people {
			t.Errorf("%s: %d people, want %d", name, got, ask.people)
		}
	}
}

func TestTheSameQuestionHasTheSameAnswer(t *testing.T) {
	a, _ := json.Marshal(Journeys(small(), Ask{}))
	for range 20 {
		if b, _ := json.Marshal(Journeys(small(), Ask{})); string(a) != string(b) {
			t.Fatalf("%s\n%s", a, b)
		}
	}
}
