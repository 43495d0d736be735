package report_test

import (
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/message"
)

// TestForesightIsTold says beside the answer, in the method and in the identity
// how far people knew of queues.
func TestForesightIsTold(t *testing.T) {
	cases := []struct {
		feedback   evaluation.Feedback
		long, few  string
		everywhere bool
	}{
		{evaluation.Feedback{Rounds: 12, RegretPermille: 58, InformedPermille: 600}, "60% of the travellers knew the queues after 12 rounds", "12 rounds; 5.8% still to be saved", true},
		{evaluation.Feedback{Rounds: 1, RegretPermille: 1000}, "Nobody foresaw the queues", "nobody: one round", true},
		{evaluation.Feedback{}, "queues after", "to be saved", false},
	}
	for _, c := range cases {
		e := sample()
		e.Feedback = c.feedback
		tree, _ := render(t, e, "en", "")
		for section, words := range map[string]string{
			section(tree, "answer"): c.few, section(tree, "answer") + " ": c.long, section(tree, "method"): c.long, section(tree, "identity"): c.few,
		} {
			if strings.Contains(section, words) != c.everywhere {
				t.Errorf("%+v: %q: want %t in %s", c.feedback, words, c.everywhere, section)
			}
		}
	}
}

// TestProfilesAreWords reads no colons and no signs.
func TestProfilesAreWords(t *testing.T) {
	e := sample()
	e.Numbers = []basis.Number{
		{ID: "leaving_profile", Value: "-20: 0, 0: 8, 8: 84, 25: 90, 45: 100", Unit: "min: %", Kind: basis.Assumption},
		{ID: "arrival_profile", Value: "-120: 8, -30: 75, 0: 98, 15: 100", Unit: "min: %", Kind: basis.Assumption},
	}
	want := map[string][2]string{
		"en": {"8% before the end, 84% within 8 min of the end, 100% within 45 min of the end", "8% by 2 h before the start, 75% by 30 min before the start, 98% by the start"},
		"kk": {"аяқталғанға дейін 8%", "басталуына 2 сағ қалғанда 8%"},
		"ru": {"84 % за 8 мин после окончания", "8 % за 2 ч до начала"},
		"zh": {"结束后8分钟内达84%", "开始前2小时达8%"},
	}
	for _, language := range message.Languages() {
		tree, _ := render(t, e, language, "")
		if shown := section(tree, "answer"); !strings.Contains(shown, want[language][0]) {
			t.Errorf("%s: no %q beside the answer: %s", language, want[language][0], shown)
		}
		if shown := section(tree, "numbers"); !strings.Contains(shown, want[language][1]) {
			t.Errorf("%s: no %q among the numbers: %s", language, want[language][1], shown)
		}
		drawn := 0
		for _, element := range elements(tree) {
			if attribute(element, "class") == "profile" {
				drawn++
			}
		}
		if drawn != 4 {
			t.Errorf("%s: %d profiles drawn", language, drawn)
		}
	}
	e.Numbers = []basis.Number{{ID: "leaving_profile", Value: "soon", Unit: "min: %"}}
	if tree, _ := render(t, e, "en", ""); !strings.Contains(section(tree, "numbers"), "soon") {
		t.Error("a profile that cannot be read is not shown as it stands")
	}
}
