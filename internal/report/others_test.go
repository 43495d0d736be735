package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/report"
)

// among is the sample evening among other travellers, of whom some do not arrive.
func among() *evaluation.Evaluation {
	e := sample()
	for i := range e.Crowds {
		e.Crowds[i].Stranded, e.Crowds[i].Walking = 0, 0
	}
	others := sampleCrowd("background", 300, 60)
	others.Session, others.People, others.LeftBehind, others.Stranded, others.Clear = -1, 90000, 4321, 77, []evaluation.Clear{}
	e.Crowds = append(e.Crowds, others)
	return e
}

func TestOtherTravellersAreToldApart(t *testing.T) {
	for language, words := range map[string][3]string{
		"en": {"Other travellers of the day, 90,000 people: left behind at least once 4,321", "Everyone gets away.", "Set off"},
		"kk": {"Күннің басқа жолаушылары", "Барлығы кетеді.", "Жолға шықты"},
		"ru": {"Остальные пассажиры дня", "Уезжают все.", "Отправились"},
		"zh": {"当日其他出行者", "所有人都能离开。", "已出发"},
	} {
		page, err := report.Render(among(), language)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range words {
			if !strings.Contains(string(page), word) {
				t.Errorf("%s: the page does not say %q", language, word)
			}
		}
	}
}

func TestOtherTravellersInTables(t *testing.T) {
	rows := readCSV(t, report.CSV(among())["crowds.csv"])
	last := rows[len(rows)-1]
	if last[0] != "-1" || last[1] != "background" || last[8] != "" {
		t.Errorf("row %q", last)
	}
}

func TestSpreadTable(t *testing.T) {
	e := spreadSample()
	e.Spread.Asked = 5
	for i, seed := range e.Spread.Seeds {
		e.Spread.Runs = append(e.Spread.Runs, evaluation.SizedRun{Seed: seed, Travellers: 20000 + 1000*i})
	}
	e.Spread.Places = []evaluation.PlaceSpread{{Stop: e.Worst[0].Stop, MaxWait: evaluation.Band{P10: 600, P50: 1200, P90: 2400}}}
	rows := readCSV(t, report.CSV(e)["spread.csv"])
	want := []string{"max_wait", "", "", "", e.Worst[0].Stop, "Нұржол гүлзары 9", "600", "1200", "2400", "s", "3", "5"}
	found := false
	for _, row := range rows {
		found = found || strings.Join(row, "|") == strings.Join(want, "|")
	}
	if !found {
		t.Errorf("rows %q", rows)
	}
	page, err := report.Render(e, "en")
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"How the outcome varies", "20,000 to 22,000", "3 of 5 runs", "Longest wait: "} {
		if !strings.Contains(string(page), words) {
			t.Errorf("the page does not say %q", words)
		}
	}
	if _, is := report.CSV(sample())["spread.csv"]; is {
		t.Error("a single run has a table of its spread")
	}
}

func TestWhatIsLeftOutIsSaid(t *testing.T) {
	e := among()
	e.LeftOut = &evaluation.LeftOut{Stops: 1234, Minutes: 9, Segments: 5678, Loads: 9}
	for language, words := range map[string]string{
		"en": "Told only in part: stops 1,234, ways between stops 5,678.", "kk": "Жартылай айтылғаны", "ru": "Лишь частично показаны", "zh": "仅部分给出的车站：1,234",
	} {
		page, err := report.Render(e, language)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(string(page), words); got != 2 {
			t.Errorf("%s: said %d times, want at the queues and at the map", language, got)
		}
	}
	if page, err := report.Render(among(), "en"); err != nil || strings.Contains(string(page), "Told only in part") {
		t.Error("said although everything is told")
	}
}

// Of a stop that is told in part the page draws the longest queue of each quarter
// of an hour; of one that is told whole every minute.
func TestAPageOfManyOthersStaysSmall(t *testing.T) {
	e := among()
	whole, err := report.RenderWith(e, "en", nil, []byte("x"), nil)
	if err != nil {
		t.Fatal(err)
	}
	e.LeftOut = &evaluation.LeftOut{Stops: len(e.Stops)}
	for i := range e.Stops {
		e.Stops[i].Partial = true
	}
	part, err := report.RenderWith(e, "en", nil, []byte("x"), nil)
	if err != nil || len(part) >= len(whole) {
		t.Errorf("%v: %d bytes of %d", err, len(part), len(whole))
	}
	longest := 0
	for _, s := range e.Stops {
		longest = max(longest, s.MaxQueue)
	}
	if want := fmt.Sprintf(",%d,", longest); !strings.Contains(string(part), want) || !strings.Contains(string(whole), want) {
		t.Errorf("the longest queue, %d, is not drawn", longest)
	}
}
