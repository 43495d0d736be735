package finding

import (
	"strings"
	"testing"
)

func TestLogCountsWhatItDoesNotKeep(t *testing.T) {
	log := Log{Limit: 2}
	for range 5 {
		log.Add(Finding{Level: Error, Code: "x"})
	}
	got := log.Findings()
	if len(got) != 3 || got[2].Code != codeTooMany || got[2].Args["count"] != "3" {
		t.Errorf("findings %v", got)
	}
	if log.Total(Error) != 5 {
		t.Errorf("total %d, want 5", log.Total(Error))
	}
}

func TestLongAndBrokenValuesAreClipped(t *testing.T) {
	var log Log
	log.Add(Finding{Value: strings.Repeat("ә", 500) + "\xff"})
	if got := []rune(log.Findings()[0].Value); len(got) != 121 {
		t.Errorf("value has %d runes, want 120 and an ellipsis", len(got))
	}
}

func TestRegisterRefusesTwins(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a second declaration was accepted")
		}
	}()
	Register(codeTooMany)
}
