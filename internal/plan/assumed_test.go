package plan

import (
	"testing"

	"github.com/qala-city/qala/internal/finding"
)

func TestAssumedRoomThatDecidesIsTold(t *testing.T) {
	e := run(t, request(city(t, 200, 24*hour, false), match(650)))
	found := false
	for _, f := range e.Findings {
		if f.Code != codeRoomAssumed {
			continue
		}
		found = true
		if f.Level != finding.Warning || f.Value != "200" || f.Args["vehicle"] != "train" || f.Args["count"] != count(e.Totals.Denied) {
			t.Errorf("%+v, %d times left behind", f, e.Totals.Denied)
		}
	}
	if !found {
		t.Errorf("no finding %s in %v", codeRoomAssumed, e.Findings)
	}
	if e := run(t, request(city(t, 1000, 24*hour, false), match(650))); has(e.Findings, codeRoomAssumed) {
		t.Error("room for everybody, and yet a warning")
	}
	if e := run(t, request(city(t, 200, 24*hour, true), match(650))); has(e.Findings, codeRoomAssumed) {
		t.Error("a default is told as an assumption too")
	}
}
