package report_test

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/report"
)

// section is what a reader sees of a section of a page.
func section(tree *html.Node, id string) string {
	for _, e := range elements(tree) {
		if e.Data == "section" && attribute(e, "id") == id {
			return text(e)
		}
	}
	return ""
}

// TestRoutesHaveTheirNamesInEveryLanguage looks for a translated route wherever a route is named.
func TestRoutesHaveTheirNamesInEveryLanguage(t *testing.T) {
	e := sample()
	names := label.Names{"": "Own", "kk": "Тұран даңғылы", "ru": "проспект Туран", "zh": "图兰大街"}
	for i := range e.Lines {
		if e.Lines[i].Route == "r1" {
			e.Lines[i].Name, e.Lines[i].Names, e.Lines[i].RoomDefault = "Own", names, true
		}
	}
	e.Fleets = e.Fleets[:1]
	e.Fleets[0].Name = "Own"
	e.Worst = e.Worst[:1]
	e.Worst[0].Routes = []string{"Own"}
	e.Scenario.Modifications[1].Args["route"] = "Own"
	e.Numbers = []basis.Number{{ID: "fleet", Subject: "Own", Value: "19", Kind: basis.Fact}}
	for language, want := range map[string]string{"en": "Own", "kk": "Тұран даңғылы", "ru": "проспект Туран", "zh": "图兰大街"} {
		tree, page := render(t, e, language, "1")
		for _, id := range []string{"worst", "demand", "map", "fleet", "changes", "numbers"} {
			if shown := section(tree, id); !strings.Contains(shown, want) || language != "en" && strings.Contains(shown, "Own") {
				t.Errorf("%s: section %s does not call the route %s", language, id, want)
			}
		}
		if !strings.Contains(page, `"line":"`+want+`"`) {
			t.Errorf("%s: the map does not call the route %s", language, want)
		}
	}
	for name, content := range report.CSV(e) {
		if strings.Contains(string(content), "Туран") {
			t.Errorf("%s does not keep to the feed's own names", name)
		}
	}
}

func TestDirectionsHaveTheirNamesInEveryLanguage(t *testing.T) {
	want := map[string][2]string{
		"en": {"to West Station", "→ West Station"}, "kk": {"Батыс вокзалы бағытында", "→ Батыс вокзалы"},
		"ru": {"направление «Батыс вокзалы»", "→ Батыс вокзалы"}, "zh": {"开往西站", "→ 西站"},
	}
	for language, words := range want {
		tree, _ := render(t, sample(), language, "")
		for i, id := range []string{"changes", "demand"} {
			if !strings.Contains(section(tree, id), words[i]) {
				t.Errorf("%s: section %s does not say %q", language, id, words[i])
			}
		}
	}
}

// TestNamesakesAreToldApart has six stops of one name: by where their lines go,
// by the lines, by the id where nothing else differs.
func TestNamesakesAreToldApart(t *testing.T) {
	e := sample()
	ref := func(route string, direction int) evaluation.LineRef {
		return evaluation.LineRef{Route: route, Direction: direction}
	}
	e.Lines[4].Headsigns = label.Names{"": "Airport"}
	e.Stops = e.Stops[:7]
	for i, lines := range [][]evaluation.LineRef{
		{ref("r1", 0)},
		{ref("r1", 1)},
		{ref("r1", 0), ref("r1", 1), ref("r3", 0)},
		{ref("r2", 0), ref("r2", 0)},
		{ref("r2", 0)},
		nil,
	} {
		s := &e.Stops[i]
		s.Names, s.Lines, s.MaxQueue = label.Names{"": "Square"}, lines, 100-i
		s.Minutes = []evaluation.Minute{{Minute: 400, Queue: 100 - i}}
	}
	tree, _ := render(t, e, "en", "")
	shown := section(tree, "queues")
	for _, name := range []string{
		"Square → West Station (LRT) 100", "Square → East Market 99", "Square → West Station, East Market… 98",
		"Square → West Station (12) [s0-3] 97", "Square → West Station (12) [s0-4] 96", "Square 95",
	} {
		if !strings.Contains(shown, name) {
			t.Errorf("no stop %q in %s", name, regexp.MustCompile(`Square[^S]*`).FindAllString(shown, -1))
		}
	}
}
