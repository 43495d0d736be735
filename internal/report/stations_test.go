package report_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/message"
)

// gates are ticket gates that let 1,500 an hour through when 575 came in a quarter of one.
func gates() evaluation.Facility {
	return evaluation.Facility{
		ID: "g", Kind: evaluation.TicketGate, Station: "st", Place: label.Names{"": "Dragão", "zh": "龙站"}, PerHour: 1500,
		MaxQueue: 640, QueueAt: 27660, MaxWait: 840, PersonSeconds: 90_000, Passed: 375,
		Minutes: []evaluation.Flow{{Minute: 450, Came: 575, Passed: 375, Queue: 200}},
	}
}

// rows are the words of each row of the tables in a section, and whether it is red.
func rows(tree *html.Node, id string) (words []string, red []bool) {
	for _, e := range elements(tree) {
		if e.Data != "section" || attribute(e, "id") != id {
			continue
		}
		for _, row := range elements(e) {
			if row.Data == "tr" && row.Parent.Data == "tbody" {
				words, red = append(words, text(row)), append(red, attribute(row, "class") == "over")
			}
		}
	}
	return words, red
}

func TestBindingGatesAreSaidInEveryLanguage(t *testing.T) {
	want := map[string]string{
		"en": "Dragão: ticket gates: at most 1,500 an hour get through; from 21:30 to 21:45 people came at 2,300 an hour. At 21:41 the queue has 640 people; the longest wait is 14 min.",
		"kk": "Dragão: турникеттер: сағатына ең көбі 1 500 адам өтеді; 21:30 – 21:45 аралығында сағатына 2 300 адам қарқынымен келді. 21:41 кезінде кезекте 640 адам; ең ұзақ күту — 14 мин.",
		"ru": "Dragão: турникеты: пропускают не больше 1 500 чел. в час; с 21:30 до 21:45 подходило 2 300 чел. в час. В 21:41 в очереди 640 человек; самое долгое ожидание — 14 мин.",
		"zh": "龙站：闸机：每小时最多通过1,500人；21:30至21:45到达的人折合每小时2,300人。21:41排队640人；最长等候14分钟。",
	}
	e := sample()
	e.Facilities = []evaluation.Facility{gates()}
	for _, language := range message.Languages() {
		tree, _ := render(t, e, language, "")
		if shown := section(tree, "stations"); !strings.Contains(shown, want[language]) {
			t.Errorf("%s: no %q in %s", language, want[language], shown)
		}
	}
}

// TestRushesAreSaid has 640 wait at gates that 575 came to in a minute and 2,300 an hour may pass.
func TestRushesAreSaid(t *testing.T) {
	e := sample()
	e.Facilities = []evaluation.Facility{gates()}
	e.Facilities[0].PerHour = 2400
	for language, want := range map[string]string{
		"en": "at most 2,400 an hour get through; in the minute from 21:30 575 people came. At 21:41",
		"ru": "пропускают не больше 2 400 чел. в час; за минуту с 21:30 подошли 575 человек. В 21:41",
	} {
		tree, _ := render(t, e, language, "")
		if shown := section(tree, "stations"); !strings.Contains(shown, want) {
			t.Errorf("%s: no %q in %s", language, want, shown)
		}
	}
}

func TestCountsTakeTheirPlural(t *testing.T) {
	e := sample()
	for count, want := range map[int][2]string{
		1: {"the queue has 1 person;", "в очереди 1 человек;"}, 2: {"has 2 people;", "в очереди 2 человека;"},
		5: {"has 5 people;", "в очереди 5 человек;"}, 21: {"has 21 people;", "в очереди 21 человек;"},
	} {
		e.Facilities = []evaluation.Facility{gates()}
		e.Facilities[0].MaxQueue = count
		for i, language := range []string{"en", "ru"} {
			tree, _ := render(t, e, language, "")
			if shown := section(tree, "stations"); !strings.Contains(shown, want[i]) {
				t.Errorf("%s, %d: no %q in %s", language, count, want[i], shown)
			}
		}
	}
}

// TestWhatBindsStandsFirst puts what is red before what many waited for, and red only that.
func TestWhatBindsStandsFirst(t *testing.T) {
	e := sample()
	slow, calm, unknown := gates(), gates(), gates()
	slow.ID, slow.PersonSeconds = "slow", 1
	calm.ID, calm.PerHour, calm.PersonSeconds = "calm", 90_000, 9_000_000
	unknown.ID, unknown.PerHour, unknown.PersonSeconds = "unknown", 0, 8_000_000
	e.Facilities, e.Platforms = []evaluation.Facility{calm, slow, unknown, gates()}, nil
	tree, _ := render(t, e, "en", "")
	words, red := rows(tree, "stations")
	for i, want := range []string{"[g]", "[slow]", "[calm]", "[unknown]"} {
		if len(words) != 4 || !strings.Contains(words[i], want) || red[i] != (i < 2) {
			t.Fatalf("%v %q", red, words)
		}
	}
	if shown := section(tree, "stations"); strings.Count(shown, "get through; from") != 2 {
		t.Errorf("not two sentences: %s", shown)
	}
}

// TestAnswerBeginsWithTheGatesThatBind only where they cost more than full vehicles.
func TestAnswerBeginsWithTheGatesThatBind(t *testing.T) {
	e := sample()
	const words = "Gates, stairs and platforms cost people more waiting than full vehicles do"
	full, gate := &e.Totals.Reasons[1].PersonSeconds, &e.Totals.Reasons[3].PersonSeconds
	for _, c := range []struct {
		full, gate int
		first      bool
	}{{60, 1_000_000, true}, {90_000_000, 1_000_000, false}} {
		*full, *gate = c.full, c.gate
		tree, _ := render(t, e, "en", "")
		shown := section(tree, "answer")
		if strings.Contains(shown, words) != c.first {
			t.Errorf("full vehicles %d s, gates %d s: %s", c.full, c.gate, shown)
		}
		if at := strings.Index(shown, words); c.first && at > strings.Index(shown, "Arriving at the venue,") {
			t.Error("it is not the first sentence")
		}
	}
}

// TestUnknownStationsAreSaidToBe in a city that states none; what was not measured has no section.
func TestUnknownStationsAreSaidToBe(t *testing.T) {
	for language, words := range map[string]string{"en": "Nothing is known of gates", "kk": "туралы дерек жоқ", "ru": "ничего не известно", "zh": "没有该城市"} {
		tree, _ := render(t, bareSample(), language, "")
		if shown := section(tree, "stations"); !strings.Contains(shown, words) || !strings.Contains(shown, "stations:") {
			t.Errorf("%s: %s", language, shown)
		}
		if found, _ := rows(tree, "stations"); len(found) > 0 {
			t.Errorf("%s: %d rows of nothing", language, len(found))
		}
	}
	contents := map[string]int{}
	tree, _ := render(t, bareSample(), "en", "")
	for _, e := range elements(tree) {
		if e.Data == "section" {
			contents[attribute(e, "id")]++
		}
		if href := attribute(e, "href"); e.Data == "a" && strings.HasPrefix(href, "#") && e.Parent.Data == "li" && !strings.HasSuffix(href, "-paper") { // the papers link to each other
			contents[href[1:]]--
		}
	}
	contents["method"]++ // the answer links to it too
	for id, n := range contents {
		if n != 0 || id == "waits" || id == "late" {
			t.Errorf("section %s: %+d against the contents", id, n)
		}
	}
}

// TestLimitsAreThoseOfTheResults says that something is not modelled where the results hold nothing of it.
func TestLimitsAreThoseOfTheResults(t *testing.T) {
	for _, words := range []string{"they keep the timetable here", "Gates, stairs and platforms that let", "Dislike of a full vehicle", "A change of mind in the queue"} {
		bare, _ := render(t, bareSample(), "en", "")
		full, _ := render(t, sample(), "en", "")
		if !strings.Contains(section(bare, "method"), words) || strings.Contains(section(full, "method"), words) {
			t.Errorf("%q: with nothing measured %v, with everything %v", words,
				strings.Contains(section(bare, "method"), words), strings.Contains(section(full, "method"), words))
		}
	}
}

func TestFullPlatformsAreTold(t *testing.T) {
	e := sample()
	e.Facilities = nil
	e.Platforms = []evaluation.Platform{
		{Stop: "s0-8", Area: 200, MaxPeople: 50, PeopleAt: 27000, Level: "A"},
		{Stop: "s0-9", Area: 180, Holds: 700, MaxPeople: 700, PeopleAt: 26340, Level: "F", Dense: 37, HeldBack: 1, MaxHeldWait: 780},
	}
	tree, _ := render(t, e, "en", "")
	shown := section(tree, "stations")
	for _, want := range []string{
		"The platform was full and kept 1 person at its entrance, for 13 min at most. At 21:19 each had 0.26 m², level of service F; at level E or F for 37 min.",
		"A from 1.2, B from 0.9",
	} {
		if !strings.Contains(shown, want) {
			t.Errorf("no %q in %s", want, shown)
		}
	}
	if words, red := rows(tree, "stations"); len(words) != 2 || !red[0] || red[1] || !strings.Contains(words[1], "50 21:30 — 4 A 0 min") {
		t.Errorf("%v %q", red, words)
	}
}

// TestReasonsAreSharesOfAllWaiting and the ordinary wait is not called a trouble.
func TestReasonsAreSharesOfAllWaiting(t *testing.T) {
	e := sample()
	e.Totals.Reasons = []evaluation.Reason{
		{Why: evaluation.ForService, People: 50, Times: 60, PersonSeconds: 45_000},
		{Why: evaluation.VehicleFull, People: 7, Times: 9, PersonSeconds: 12_000},
		{Why: evaluation.Why(evaluation.Stairs), People: 5, Times: 5, PersonSeconds: 3000},
		{Why: "something_new", People: 1, Times: 1},
	}
	tree, _ := render(t, e, "en", "")
	words, _ := rows(tree, "waits")
	want := []string{
		"the next vehicle had not come yet 75% 750 50 60", "the vehicle was full 20% 200 7 9", "stairs 5% 50 5 5", "something_new 0% 0 1 1",
	}
	if fmt.Sprint(words) != fmt.Sprint(want) {
		t.Errorf("%q", words)
	}
	if shown := section(tree, "waits"); !strings.Contains(shown, "people waited most because of this: the vehicle was full (20% of all waiting, 200 person-minutes)") ||
		!strings.Contains(shown, "57% of the time was spent standing, above the seats: 6,528 of 11,389 person-hours") {
		t.Error(shown)
	}
	if shown := section(tree, "worst"); !strings.Contains(shown, "People waited here because: the next vehicle had not come yet (46%), the vehicle was full (28%)") {
		t.Error(shown)
	}
}
