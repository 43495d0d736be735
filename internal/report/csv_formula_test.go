package report_test

import (
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/report"
)

func TestCSVRunsNothingAndKeepsNumbers(t *testing.T) {
	for word, want := range map[string]string{
		"=1+1": "'=1+1", "+7": "'+7", "@A1": "'@A1", "-2+3": "'-2+3", "-cmd|x": "'-cmd|x", "＝1": "'＝1", "－1": "'－1",
		"-8.6": "-8.6", "-12": "-12", "–": "–", "Line 5": "Line 5", "": "",
	} {
		e := sample()
		e.Numbers = []basis.Number{{ID: "n", Value: word}}
		rows := strings.Split(string(report.CSV(e)["assumptions.csv"]), "\n")
		if got := strings.Trim(strings.Split(rows[1], ",")[2], `"`); got != want {
			t.Errorf("%q became %q, not %q", word, got, want)
		}
	}
}
