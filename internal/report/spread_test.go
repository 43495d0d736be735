package report_test

import (
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/report"
)

// spreadSample is the sample run with three seeds.
func spreadSample() *evaluation.Evaluation {
	e := sample()
	e.Spread = &evaluation.Spread{Seeds: []uint64{1, 2, 3}}
	for _, c := range e.Crowds {
		crowd := evaluation.CrowdSpread{}
		for _, clear := range c.Clear {
			at := evaluation.Band{P10: clear.At - 300, P50: clear.At, P90: clear.At + 300}
			crowd.Clear = append(crowd.Clear, evaluation.ClearBand{Percent: clear.Percent, At: at})
		}
		for _, p := range c.Curve {
			crowd.Curve = append(crowd.Curve, evaluation.AwayBand{Minute: p.Minute, Away: evaluation.Band{P10: p.Away, P50: p.Away, P90: p.Away + 10}})
		}
		e.Spread.Crowds = append(e.Spread.Crowds, crowd)
	}
	return e
}

// TestSpreadStandsBesideTheTimes brings a script of its own: the band is for the
// charts, which need not be built here.
func TestSpreadStandsBesideTheTimes(t *testing.T) {
	for language, words := range map[string]string{"en": "Run with 3 seeds", "kk": "3 бастапқы сан", "ru": "с 3 начальными числами", "zh": "3个种子"} {
		_, text := render(t, spreadSample(), language, "1")
		if !strings.Contains(text, words) || !strings.Contains(text, `"band":[[`) || strings.Count(text, "<small>") < 5 {
			t.Errorf("%s: the page does not tell the spread", language)
		}
	}
}

// A results file may be damaged; a spread of fewer crowds than there are is left out.
func TestSpreadOfFewerCrowds(t *testing.T) {
	e := spreadSample()
	e.Spread.Crowds = e.Spread.Crowds[:1]
	e.Spread.Crowds[0].Clear = e.Spread.Crowds[0].Clear[:1]
	if _, err := report.Render(e, "en"); err != nil {
		t.Error(err)
	}
}
