package workspace

import "testing"

func TestSumsAreSmallHexadecimalDigits(t *testing.T) {
	good := Sum("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
	for sum, want := range map[Sum]bool{
		good: true, good[1:]: false, good[1:] + "g": false, "E" + good[1:]: false, "../" + good[3:]: false, "": false,
	} {
		if sum.Valid() != want {
			t.Errorf("%q: %v, want %v", sum, sum.Valid(), want)
		}
	}
}

func TestJobIDTellsItsPartsApart(t *testing.T) {
	seen := map[string]bool{}
	for _, parts := range [][3]string{
		{"run", "qala 1", "{}"}, {"report", "qala 1", "{}"}, {"run", "qala 2", "{}"}, {"run", "qala 1", "{} "}, {"runqala", " 1", "{}"},
	} {
		id := JobID(Task(parts[0]), parts[1], []byte(parts[2]))
		if len(id) != 32 || seen[id] {
			t.Errorf("%q: id %q is too short, or that of another", parts, id)
		}
		seen[id] = true
	}
	if id := JobID("run", "qala 1", []byte("{}")); !seen[id] {
		t.Errorf("the same work has another id, %s", id)
	}
}

func TestStatesThatAreOver(t *testing.T) {
	for state, over := range map[JobState]bool{
		Ordered: false, Queued: false, Running: false, Done: true, Partial: true, Failed: true, Canceled: true,
	} {
		if state.Over() != over {
			t.Errorf("%s: over %v", state, state.Over())
		}
	}
}
