package report_test

import (
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/evaluation"
)

func TestLateLinesAreTold(t *testing.T) {
	e := sample()
	e.Deviations = []evaluation.Deviation{
		{LineRef: evaluation.LineRef{Route: "r2"}, Departures: 40, P50: -5, P90: 20, Latest: evaluation.Latest{Seconds: 50, At: 26340, Stop: "s1-9"}},
		{
			LineRef: evaluation.LineRef{Route: "r1", Direction: 1}, Departures: 90, P50: 130, P90: 420, Kerb: 1800,
			Latest: evaluation.Latest{Seconds: 1210, At: 26340, Stop: "s0-8"}, Bins: []evaluation.DeviationBin{{Bin: 28, P50: 200, P90: 900}, {Bin: 29, P90: 300}},
		},
	}
	tree, _ := render(t, e, "en", "")
	shown := section(tree, "late")
	for _, want := range []string{
		"LRT → East Market: at its worst, 21:00–21:15, half of the departures were at most 3 min late and nine of ten at most 15 min; the latest of the day by 20 min, Library Square 8, 21:19.",
		"2 vehicles began a trip late because their trip before ended late; the latest 10 min behind the timetable, at 21:34.",
		"12 times as the feed says; 141 times as it was put together here",
	} {
		if !strings.Contains(shown, want) {
			t.Errorf("no %q in %s", want, shown)
		}
	}
	words, _ := rows(tree, "late")
	for i, want := range []string{"LRT → East Market 90 +2 min +7 min +20 min Library Square 8 21:19 30", "12 → West Station 40 −5 s +20 s +50 s", "LRT-07 LRT 14 3 +10 min", "t-r2-18 assumption 12, 15 9 2 +6 min"} {
		if len(words) != 4 || !strings.HasPrefix(words[i], want) {
			t.Errorf("row %d: no %q in %q", i, want, words)
		}
	}
	e.Deviations, e.Blocks = e.Deviations[:1], evaluation.Blocks{}
	tree, _ = render(t, e, "en", "")
	if shown := section(tree, "late"); !strings.Contains(shown, "nine of ten departures left less than a minute late") || strings.Contains(shown, "began a trip late") {
		t.Error(shown)
	}
}

func TestRoundsAreDrawnAndListed(t *testing.T) {
	e := sample()
	e.Feedback = evaluation.Feedback{Rounds: 3, RegretPermille: 100, InformedPermille: 600, Convergence: []evaluation.Round{
		{Round: 1, RegretPermille: 1000, Denied: 900}, {Round: 2, RegretPermille: 400, Changed: 7000, Denied: 500}, {Round: 3, RegretPermille: 100, Changed: 1200, Denied: 300},
	}}
	tree, page := render(t, e, "en", "")
	if want := `d="M0 0L480 90"`; !strings.Contains(page, want) {
		t.Errorf("no %s", want)
	}
	words, _ := rows(tree, "certainty")
	if strings.Join(words, "; ") != "1 — 0 900; 2 40% 7,000 500; 3 10% 1,200 300" {
		t.Errorf("%q", words)
	}
	shown := section(tree, "certainty")
	for _, want := range []string{
		"60% of the travellers knew the queues after 3 rounds", "The other 40% are not informed", "1,312 people took another way",
		"802 people, after 12 min on average", "Of the 11 numbers behind the answer 7 are assumptions", "One seed is one draw",
	} {
		if !strings.Contains(shown, want) {
			t.Errorf("no %q in %s", want, shown)
		}
	}
	e.Feedback.InformedPermille, e.Totals.Replanned, e.Replans = 1000, 0, nil
	tree, _ = render(t, e, "en", "")
	if shown := section(tree, "certainty"); strings.Contains(shown, "not informed") || !strings.Contains(shown, "Nobody took another way") {
		t.Error(shown)
	}
	if bare, page := render(t, bareSample(), "en", ""); strings.Contains(page, `class="rounds"`) || !strings.Contains(section(bare, "certainty"), "One seed") {
		t.Error("a curve of no rounds, or nothing said of chance")
	}
}

// TestReportCarriesItsMethod links from the answer to the method, and holds both pages whole.
func TestReportCarriesItsMethod(t *testing.T) {
	tree, _ := render(t, sample(), "kk", "")
	found := map[string]bool{}
	for _, e := range elements(tree) {
		found[attribute(e, "id")] = true
	}
	for _, e := range elements(tree) {
		if href := attribute(e, "href"); e.Data == "a" && strings.HasPrefix(href, "#") && !found[href[1:]] {
			t.Errorf("a link to %s, which is not there", href)
		}
	}
	shown := section(tree, "method")
	for _, want := range []string{"Queues and choices", "first come first served", "Super Bowl XLVIII, 2014", "away after 90 minutes"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the report does not hold %q", want)
		}
	}
}
