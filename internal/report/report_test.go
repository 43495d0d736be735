package report_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/message"
	"github.com/qala-city/qala/internal/report"
)

const hostile = `<script>alert(1)</script>`

func render(t *testing.T, e *evaluation.Evaluation, language string, script string) (*html.Node, string) {
	t.Helper()
	page, err := report.RenderWith(e, language, message.Languages(), []byte(script), nil)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return tree, string(page)
}

// elements are all elements of a page in their order.
func elements(tree *html.Node) []*html.Node {
	var all []*html.Node
	for node := range tree.Descendants() {
		if node.Type == html.ElementNode {
			all = append(all, node)
		}
	}
	return all
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text is what a reader sees below a node: no script, no style.
func text(node *html.Node) string {
	var out strings.Builder
	var visit func(*html.Node)
	visit = func(n *html.Node) {
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style") {
			return
		}
		if n.Type == html.TextNode {
			out.WriteString(n.Data + " ")
		}
		for child := range n.ChildNodes() {
			visit(child)
		}
	}
	visit(node)
	return strings.Join(strings.Fields(out.String()), " ")
}

func TestEveryLanguageHasEverySection(t *testing.T) {
	sections := []string{
		"answer", "clearance", "waits", "worst", "stations", "demand", "queues", "late", "map", "fleet", "changes", "findings", "numbers",
		"certainty", "method", "identity", "credits",
	}
	for _, language := range message.Languages() {
		tree, _ := render(t, sample(), language, "1")
		var found []string
		for _, e := range elements(tree) {
			switch {
			case e.Data == "html" && attribute(e, "lang") != language:
				t.Errorf("%s: the page says it is %q", language, attribute(e, "lang"))
			case e.Data == "section":
				found = append(found, attribute(e, "id"))
				if len(text(e)) < 20 {
					t.Errorf("%s: section %s is empty", language, attribute(e, "id"))
				}
			}
		}
		if diff := cmp.Diff(sections, found); diff != "" {
			t.Errorf("%s: sections (-want +got):\n%s", language, diff)
		}
	}
}

func TestNoKeyAndNoPlaceholderIsLeft(t *testing.T) {
	ids, err := message.IDs()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range message.Languages() {
		tree, _ := render(t, sample(), language, "")
		words := strings.Fields(text(tree))
		for _, word := range words {
			if _, known := slices.BinarySearch(ids, strings.Trim(word, ".,:;()")); known {
				t.Errorf("%s: the page shows the id %s", language, word)
			}
			if strings.ContainsAny(word, "{}") {
				t.Errorf("%s: the page shows %s", language, word)
			}
		}
	}
}

func TestNumbersAreWrittenInTheLanguagesWay(t *testing.T) {
	want := map[string][]string{
		"en": {"164 people do not get away.", "7,410", "29.4%", "4.6 min", "Saturday, 15 August 2026", "1 h 12 min", "01:00 (+1)"},
		"kk": {"164 адам кете алмайды.", "7\u00a0410", "29,4%", "4,6 мин", "2026 ж. 15 тамыз, сенбі", "1 сағ 12 мин"},
		"ru": {"164 человека не уезжают.", "7\u00a0410", "29,4\u00a0%", "4,6 мин", "суббота, 15 августа 2026 г.", "1 ч 12 мин"},
		"zh": {"164人无法离开。", "7,410", "29.4%", "4.6分钟", "2026年8月15日，星期六", "1小时12分"},
	}
	for language, parts := range want {
		tree, _ := render(t, sample(), language, "")
		shown := text(tree)
		for _, part := range parts {
			// Fields joins at every blank, so the page's own no-break blanks are gone too.
			if !strings.Contains(shown, strings.Join(strings.Fields(part), " ")) {
				t.Errorf("%s: the page does not show %q", language, part)
			}
		}
	}
}

func TestPageLoadsNothing(t *testing.T) {
	_, page := render(t, sample(), "en", "console.log(1)")
	tree, _ := html.Parse(strings.NewReader(page))
	links := 0
	for _, e := range elements(tree) {
		for _, name := range []string{"src", "srcset", "data", "poster", "action", "formaction", "background"} {
			if value := attribute(e, name); value != "" {
				t.Errorf("<%s %s=%q> loads something", e.Data, name, value)
			}
		}
		href := attribute(e, "href")
		switch {
		case e.Data == "link" && href != "data:,":
			t.Errorf("<link href=%q>", href)
		case e.Data == "a" && strings.HasPrefix(href, "report."):
			links++
		}
	}
	if links != 3 {
		t.Errorf("%d links to other languages", links)
	}
	if found := regexp.MustCompile(`url\((?:'|")?(?:https?:)?//|@import`).FindString(page); found != "" {
		t.Errorf("the style loads: %s", found)
	}
	if policy := meta(tree, "Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; ") || strings.Contains(policy, "http") {
		t.Errorf("policy: %s", policy)
	}
}

func meta(tree *html.Node, name string) string {
	for _, e := range elements(tree) {
		if e.Data == "meta" && attribute(e, "http-equiv") == name {
			return attribute(e, "content")
		}
	}
	return ""
}

func TestOnlyTheBuiltScriptMayRun(t *testing.T) {
	tree, _ := render(t, sample(), "ru", `const a = "</script><b>"; "<!--"; a < b && "é"`)
	policy, found := meta(tree, "Content-Security-Policy"), 0
	for _, e := range elements(tree) {
		if e.Data != "script" || attribute(e, "type") == "application/json" {
			continue
		}
		found++
		hash := sha256.Sum256([]byte(e.FirstChild.Data))
		if !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(hash[:])+"'") {
			t.Errorf("the script's hash is not in the policy: %s\n%s", policy, e.FirstChild.Data)
		}
	}
	if found != 1 {
		t.Errorf("%d scripts", found)
	}
}

// TestNamesCannotBecomeMarkup puts a script and quotes into every text of the input.
func TestNamesCannotBecomeMarkup(t *testing.T) {
	e := sample()
	evil := hostile + `"' onload=x {{.}} </td>`
	e.Event.Names = map[string]string{"": evil}
	e.Event.Sessions[0].Name, e.Event.Venue.Names, e.City.Names = evil, map[string]string{"en": evil}, nil
	e.City.ID, e.Program, e.Horizon.Zone = evil, evil, evil
	for i := range e.Stops {
		e.Stops[i].Names = map[string]string{"": evil, "kk": evil}
	}
	for i := range e.Lines {
		e.Lines[i].Name, e.Lines[i].Headsign, e.Lines[i].Color = evil, evil, `red;}</style>`
	}
	e.Findings = append(e.Findings, finding.Finding{Level: finding.Level(evil), Code: finding.Code(evil), File: evil, Field: evil, Value: evil})
	e.Numbers = append(e.Numbers, basis.Number{ID: evil, Subject: evil, Value: evil, Unit: evil, Kind: basis.Kind(evil), Source: evil})
	e.Scenario.Modifications[0].Note = evil
	e.Credits[0].Holder = evil
	for _, language := range message.Languages() {
		tree, page := render(t, e, language, "1")
		if !strings.Contains(text(tree), hostile) {
			t.Errorf("%s: the name is not shown at all", language)
		}
		scripts := 0
		for _, element := range elements(tree) {
			if element.Data == "script" {
				scripts++
			}
			if attribute(element, "onload") != "" {
				t.Errorf("%s: <%s onload>", language, element.Data)
			}
		}
		if scripts != 2 || strings.Contains(page, hostile) {
			t.Errorf("%s: %d scripts; the name stands in the page as markup: %v", language, scripts, strings.Contains(page, hostile))
		}
	}
}

func TestChartsReadWhatThePageCarries(t *testing.T) {
	tree, _ := render(t, sample(), "kk", "1")
	for _, e := range elements(tree) {
		if attribute(e, "id") != "figures" {
			continue
		}
		var data struct {
			Base   int
			Group  string
			Texts  map[string]string
			Crowds []struct{ Curve [][4]int }
			Stops  []struct{ Name string }

			Streets [][]int
		}
		if err := json.Unmarshal([]byte(e.FirstChild.Data), &data); err != nil {
			t.Fatal(err)
		}
		if data.Base != 14*3600 || data.Group != "\u00a0" || len(data.Crowds) != 2 || len(data.Stops) < 20 {
			t.Errorf("base %d, group %q, %d crowds, %d stops", data.Base, data.Group, len(data.Crowds), len(data.Stops))
		}
		if want := []int{5106483, 7133325, 0, 573}; len(data.Streets) != 50 || !slices.Equal(data.Streets[0][:4], want) {
			t.Errorf("%d streets, the first begins %v, want %v", len(data.Streets), data.Streets[0][:4], want)
		}
		if data.Texts["chart.play"] != "Ойнату" {
			t.Errorf("texts: %v", data.Texts)
		}
		return
	}
	t.Fatal("the page carries no figures")
}

func TestPageWithoutScriptSaysSo(t *testing.T) {
	tree, _ := render(t, sample(), "en", "")
	if !strings.Contains(text(tree), "The charts and the map are missing") {
		t.Error("nothing said")
	}
	for _, e := range elements(tree) {
		if e.Data == "script" {
			t.Error("a script in a page without charts")
		}
	}
}

// TestWarningsStandAtTheTop shows each banner with its cause and none without.
func TestWarningsStandAtTheTop(t *testing.T) {
	banners := func(e *evaluation.Evaluation) string {
		tree, _ := render(t, e, "en", "1")
		var all []string
		for _, element := range elements(tree) {
			if strings.HasPrefix(attribute(element, "class"), "banner") {
				all = append(all, text(element))
			}
		}
		return strings.Join(all, "\n")
	}
	for _, words := range []string{"Illustration:", "on these lines: 18, 21, 28, 37, 46, 53.", "8 entries of the input were rejected"} {
		if shown := banners(sample()); !strings.Contains(shown, words) {
			t.Errorf("no %q among %s", words, shown)
		}
	}
	calm := sample()
	calm.City.Illustration, calm.Findings = false, nil
	for i := range calm.Lines {
		calm.Lines[i].RoomDefault = false
	}
	if shown := banners(calm); shown != "" {
		t.Errorf("a warning without cause: %s", shown)
	}
}

// TestEmptyEvaluation renders what an empty input gives: nothing panics, everything says that there is nothing.
func TestEmptyEvaluation(t *testing.T) {
	for _, language := range message.Languages() {
		tree, _ := render(t, &evaluation.Evaluation{}, language, "")
		if len(text(tree)) < 500 {
			t.Errorf("%s: %s", language, text(tree))
		}
	}
	for name, content := range report.CSV(&evaluation.Evaluation{}) {
		if rows := readCSV(t, content); len(rows) != 1 {
			t.Errorf("%s: %d rows", name, len(rows))
		}
	}
}

func TestSameEvaluationSameBytes(t *testing.T) {
	for _, language := range message.Languages() {
		_, first := render(t, sample(), language, "1")
		if _, second := render(t, sample(), language, "1"); first != second {
			t.Errorf("%s: two pages differ", language)
		}
	}
	if diff := cmp.Diff(report.CSV(sample()), report.CSV(sample())); diff != "" {
		t.Error(diff)
	}
}

// Brackets at the ends of texts are none of the file's own.
func TestJSONHasOneLineForWhatIsInnermost(t *testing.T) {
	e := sample()
	e.Program, e.City.ID, e.Event.ID = "[", "a { ", "}\n] [{"
	got, err := report.JSON(e)
	if err != nil {
		t.Fatal(err)
	}
	var plain, joined bytes.Buffer
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(e); err != nil {
		t.Fatal(err)
	}
	if err := json.Compact(&joined, got); err != nil || joined.String() != strings.TrimSpace(plain.String()) {
		t.Errorf("%v: the bytes without blanks are others", err)
	}
	if want := "\n    {\"minute\":"; !strings.Contains(string(got), want) || strings.Contains(string(got), "{\n    \"minute\"") {
		t.Errorf("no minute stands on a line of its own:\n%.3000s", got)
	}
}

func TestJSONRoundTrip(t *testing.T) {
	first, err := report.JSON(sample())
	if err != nil {
		t.Fatal(err)
	}
	var read evaluation.Evaluation
	if err := json.Unmarshal(first, &read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sample(), &read); diff != "" {
		t.Error(diff)
	}
	if second, _ := report.JSON(&read); !bytes.Equal(first, second) {
		t.Error("written again, the bytes differ")
	}
}

func readCSV(t *testing.T, content []byte) [][]string {
	t.Helper()
	rest, marked := bytes.CutPrefix(content, []byte("\uFEFF"))
	if !marked {
		t.Error("no byte order mark")
	}
	rows, err := csv.NewReader(bytes.NewReader(rest)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestTablesHaveTheEvaluationsRows(t *testing.T) {
	e := sample()
	e.Stops[9].Names[""] = `=HYPERLINK("x")`
	want := map[string]int{
		"crowds.csv": 2, "clearance.csv": len(e.Crowds[0].Curve) + len(e.Crowds[1].Curve), "fleets.csv": 4,
		"assumptions.csv": len(e.Numbers), "findings.csv": len(e.Findings), "worst.csv": len(e.Worst),
		"facilities.csv": len(e.Facilities), "platforms.csv": len(e.Platforms), "reasons.csv": len(e.Totals.Reasons) + 4,
		"deviations.csv": len(e.Deviations), "blocks.csv": len(e.Blocks.Late), "rounds.csv": len(e.Feedback.Convergence), "replans.csv": len(e.Replans),
	}
	for _, f := range e.Facilities {
		want["facility_minutes.csv"] += len(f.Minutes)
	}
	for _, p := range e.Platforms {
		want["platform_minutes.csv"] += len(p.Minutes)
	}
	for _, d := range e.Deviations {
		want["deviations.csv"] += len(d.Bins)
	}
	for _, l := range e.Lines {
		want["lines.csv"] += len(l.Cells)
	}
	for _, s := range e.Stops {
		want["stops.csv"] += len(s.Minutes)
	}
	got := map[string]int{}
	for name, content := range report.CSV(e) {
		rows := readCSV(t, content)
		got[name] = len(rows) - 1
		for _, row := range rows {
			for _, field := range row {
				if field != "" && strings.ContainsRune("=+-@\t\r", rune(field[0])) {
					t.Errorf("%s: a spreadsheet would run %q", name, field)
				}
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestTableTimesAreLocal(t *testing.T) {
	rows := readCSV(t, report.CSV(sample())["worst.csv"])
	if got := rows[1][3:7]; !slices.Equal(got, []string{"2026-08-15T20:41:00+05:00", "2026-08-15T22:40:00+05:00", "1390", "2026-08-15T21:19:00+05:00"}) {
		t.Errorf("%v", got)
	}
	if crowds := readCSV(t, report.CSV(sample())["crowds.csv"]); crowds[2][12] != "" {
		t.Errorf("a time that never came is written %q", crowds[2][12])
	}
}

func TestRedCellsAreThoseOfTheEvaluation(t *testing.T) {
	e := sample()
	red := 0
	for _, l := range e.Lines {
		for _, c := range l.Cells {
			if c.Red() {
				red++
			}
		}
	}
	tree, _ := render(t, e, "en", "")
	shown := 0
	for _, element := range elements(tree) {
		if element.Data == "td" && strings.HasPrefix(attribute(element, "class"), "red") {
			shown++
			if !strings.Contains(attribute(element, "title"), "Left behind") {
				t.Errorf("a red cell without its figures: %q", attribute(element, "title"))
			}
		}
	}
	if red == 0 || shown != red {
		t.Errorf("%d red cells shown of %d", shown, red)
	}
}

// TestLatenessIsToldWhereThereIsABeginning has a match, then a day-long exhibition.
func TestLatenessIsToldWhereThereIsABeginning(t *testing.T) {
	match := sample()
	match.Event.Sessions[0].Start = 20000
	if tree, _ := render(t, match, "en", ""); !strings.Contains(text(tree), "late: 912") {
		t.Error("the late are not told")
	}
	fair := sample()
	fair.Event.Sessions[0].Start = 9000 // half have left home by then
	if tree, _ := render(t, fair, "en", ""); strings.Contains(text(tree), "late: 912") {
		t.Error("who comes to an open door in the afternoon is called late")
	}
}

// TestHeatTablesFitAPage parts two stretches of a day and a long one.
func TestHeatTablesFitAPage(t *testing.T) {
	e := sample()
	cell := evaluation.Cell{Stop: "s0-9", Departures: 1, Capacity: 80, Carried: 7}
	e.Lines = e.Lines[:1]
	e.Lines[0].Cells = nil
	for bin := range 48 {
		if cell.Bin = bin; bin < 4 || bin > 12 {
			e.Lines[0].Cells = append(e.Lines[0].Cells, cell)
		}
	}
	tree, _ := render(t, e, "en", "")
	var columns []int
	for _, element := range elements(tree) {
		switch class := attribute(element, "class"); {
		case element.Data == "table" && class == "heat":
			columns = append(columns, 0)
		case element.Data == "th" && strings.HasPrefix(class, "bin"):
			columns[len(columns)-1]++
		}
	}
	if !slices.Equal(columns, []int{4, 18, 17}) {
		t.Errorf("columns of the tables: %v", columns)
	}
}

// TestPlannedNumbersHaveWords lists the numbers that a run is to record; an id
// that is not among them is shown as it stands.
func TestPlannedNumbersHaveWords(t *testing.T) {
	planned := strings.Fields(`walking_speed walking_detour max_access max_transfer max_direct nearest_stops room fleet
		turnback dwell weight_walk weight_wait weight_transfer_wait transfer_penalty early_cost late_cost tolerance
		gravity_decay gravity_speed transit_share attendance arrival_profile leaving_profile origin_residents
		origin_venue streets_absent seed`)
	ids, err := message.IDs()
	if err != nil {
		t.Fatal(err)
	}
	var known []string
	for _, id := range ids {
		if name, is := strings.CutPrefix(id, "assumption."); is {
			known = append(known, name)
		}
	}
	for _, id := range planned {
		if !slices.Contains(known, id) {
			t.Errorf("assumption.%s has no words", id)
		}
	}
	tree, _ := render(t, sample(), "zh", "")
	if shown := text(tree); !strings.Contains(shown, "something_new") || strings.Contains(shown, "assumption.") {
		t.Error("a number without words is not shown by its id")
	}
}

func TestStopNamesFallBack(t *testing.T) {
	e := sample()
	e.Worst = e.Worst[:1]
	for language, want := range map[string]string{"kk": "Жергілікті", "ru": "Русское", "zh": "Жергілікті"} {
		for i := range e.Stops {
			e.Stops[i].Names = map[string]string{"": "Жергілікті", "en": "English", "ru": "Русское"}
		}
		tree, _ := render(t, e, language, "")
		if !strings.Contains(text(tree), want) || strings.Contains(text(tree), "English 9") {
			t.Errorf("%s: no %s", language, want)
		}
	}
	e.Stops, e.Worst[0].Stop = nil, "unknown-stop"
	if tree, _ := render(t, e, "en", ""); !strings.Contains(text(tree), "unknown-stop") {
		t.Error("a stop without a name is not shown by its id")
	}
}

func TestUnknownLanguageIsAnError(t *testing.T) {
	if _, err := report.Render(sample(), "de"); err == nil {
		t.Error("a page in a language without words")
	}
}

// TestQueueTimesAreTheEndOfTheMinute says in the table when the sentence on the
// worst place says it: a queue is counted at the end of its minute.
func TestQueueTimesAreTheEndOfTheMinute(t *testing.T) {
	e := sample()
	e.Stops = e.Stops[:1]
	e.Stops[0].MaxQueue, e.Stops[0].Minutes = 7, []evaluation.Minute{{Minute: 399, Queue: 3}, {Minute: 400, Queue: 7}}
	tree, _ := render(t, e, "en", "")
	if shown := section(tree, "queues"); !strings.Contains(shown, "7 20:41") {
		t.Errorf("not 20:41 in %s", shown)
	}
}
