package plan

import (
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/message"
)

// Every rule of what is played is told with its origin, in words that the catalogue has.
func TestWhatIsPlayedIsTold(t *testing.T) {
	words, err := message.For("en")
	if err != nil {
		t.Fatal(err)
	}
	n := city(t, 60, 24*hour, false)
	told := func(r Request) (ids []string) {
		for _, number := range run(t, r).Numbers {
			ids = append(ids, number.ID)
			if !words.Has("assumption." + number.ID) {
				t.Errorf("%+v has no words", number)
			}
		}
		return ids
	}
	played := told(request(n, match(100)))
	for _, id := range []string{
		"patience", "stranded", "signs", "replan", "crowding_full", "crowding_standing", "block_layover", "block_longest", "block_reach",
		"dwell_dead", "dwell_boarding", "dwell_allowed", "dwell_first", "dwell_doors",
	} {
		if !slices.Contains(played, id) {
			t.Errorf("%s is not told", id)
		}
	}
	timetable := told(exact(n, match(100)))
	for _, id := range []string{"replan", "crowding_full", "block_layover", "dwell_allowed"} {
		if slices.Contains(timetable, id) {
			t.Errorf("%s is told of a day on which it does not matter", id)
		}
	}
	if !slices.Contains(timetable, "dwell") || slices.Contains(played, "dwell") {
		t.Error("that the timetable is kept is told of the wrong day")
	}
}
