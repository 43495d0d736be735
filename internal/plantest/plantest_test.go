package plantest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/claim"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/scenario"
)

const whole = `# The plan of a night.
plan "match night"   # with a name
network ../city.yaml
event match.yaml
seed 7
headway "Line 1" every 5m 18:00-19:00

expect cleared 95% of "cup final" leaving by 23:30
quarters "Line 1" direction 1 22:00-23:00
variant trains
rounds 3
extra LRT every 4m38s 20:00-21:00 direction 1
expect fleet LRT enough keeping reserve
expect variant buses denied at Stadium at most 500
variant buses
cancel blue 18:20
expect clears 95% at least 1h15m earlier than variant trains
stop "Main Square"
----
some text
   behind a margin

city
A----B
line red A B at 18:10
crowd 1 at A 18:00 to B
expect arrived 1
`

func read(t *testing.T, text string) *File {
	t.Helper()
	f, err := Read("a.qtest", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestReadsEveryLine(t *testing.T) {
	f := read(t, whole)
	if len(f.Cases) != 2 || f.Cases[0].City != nil || f.Cases[1].City == nil || f.Cases[1].Line != 23 {
		t.Fatalf("%d cases: %+v", len(f.Cases), f.Cases)
	}
	c := f.Cases[0]
	seed := uint64(7)
	first := scenario.ChangeHeadway{Route: "Line 1", Direction: -1, Every: 300, From: 64800, To: 68400}
	want := []Variant{
		{Line: 2, Network: "../city.yaml", Event: "match.yaml", Seed: &seed, Seeds: 1, Changes: []scenario.Modification{first}, Lines: []int{6}},
		{
			Name: "trains", Line: 10, Network: "../city.yaml", Event: "match.yaml", Seed: &seed, Seeds: 1, Rounds: 3, Lines: []int{6, 12},
			Changes: []scenario.Modification{first, scenario.ExtraTrips{Route: "LRT", Direction: 1, Every: 278, From: 72000, To: 75600}},
		},
		{
			Name: "buses", Line: 15, Network: "../city.yaml", Event: "match.yaml", Seed: &seed, Seeds: 1, Lines: []int{6, 16},
			Changes: []scenario.Modification{first, scenario.CancelTrip{Trip: "blue", Start: 66000}},
		},
	}
	if diff := cmp.Diff(want, c.Variants); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(wholeClaims(), c.Claims); diff != "" {
		t.Error(diff)
	}
	asks := []Ask{
		{Of: 0, Word: "quarters", Line: claim.Line{Name: "Line 1", Direction: 1}, Span: claim.Span{From: 79200, To: 82800}, At: 9},
		{Of: 2, Word: "stop", Stop: "Main Square", At: 18},
	}
	if diff := cmp.Diff(asks, c.Asks); diff != "" {
		t.Error(diff)
	}
	if c.Name != "match night" || c.Golden.Line != 19 || !cmp.Equal(c.Golden.Text, []string{"some text", "   behind a margin"}) {
		t.Errorf("%q %+v", c.Name, c.Golden)
	}
}

func wholeClaims() []Claim {
	both := claim.Line{Direction: -1}
	lrt := claim.Line{Name: "LRT", Direction: -1, Reserve: true}
	return []Claim{
		{
			Claim: claim.Claim{
				Measure: claim.Cleared, Percent: 95, Crowd: &claim.Crowd{Session: "cup final", Way: demand.Leaving}, Line: both,
				Bound: claim.Bound{Op: claim.AtMost, Value: 84600},
			},
			Line: 8, Text: `expect cleared 95% of "cup final" leaving by 23:30`,
		},
		{
			Claim: claim.Claim{Measure: claim.Fleet, Line: lrt, Bound: claim.Bound{Enough: true}},
			Of:    1, Line: 13, Text: "expect fleet LRT enough keeping reserve",
		},
		{
			Claim: claim.Claim{Measure: claim.Denied, Stop: "Stadium", Line: both, Bound: claim.Bound{Op: claim.AtMost, Value: 500}},
			Of:    2, Line: 14, Text: "expect variant buses denied at Stadium at most 500",
		},
		{
			Claim: claim.Claim{Measure: claim.Cleared, Percent: 95, Line: both, Bound: claim.Bound{Op: claim.AtLeast, Value: 4500, Against: true}},
			Of:    2, Than: 1, Line: 17, Text: "expect clears 95% at least 1h15m earlier than variant trains",
		},
	}
}

func TestRewriteChangesTheTextAlone(t *testing.T) {
	f := read(t, whole)
	same := f.Rewrite(map[int][]string{0: f.Cases[0].Golden.Text})
	if string(same) != whole {
		t.Errorf("the same text gives\n%s", same)
	}
	got := string(f.Rewrite(map[int][]string{0: {"another text"}, 1: {"an answer"}}))
	want := strings.Replace(whole, "some text\n   behind a margin\n", "another text\n", 1) + "----\nan answer\n"
	if got != want {
		t.Errorf("rewritten:\n%s", got)
	}
	if none := string(f.Rewrite(map[int][]string{0: {}, 1: {}})); none != strings.Replace(whole, "some text\n   behind a margin\n", "", 1) {
		t.Errorf("without any text:\n%s", none)
	}
}

// mistakes are in the lines below a plan's or a city's first ones.
func TestMistakesNameFileLineAndWord(t *testing.T) {
	plan, city := "plan\nnetwork a.qala\nevent e.yaml\n", "city\nA----B\nline red A B at 18:10\n"
	for text, want := range map[string]string{
		"":                                                     "no case",
		"# a remark only":                                      "no case",
		"expect stranded 0":                                    `line 1: "expect" stands before any case`,
		"plan\nexpect arrived 1":                               "line 1: the plan names no network",
		plan + "expect stranded":                               "line 4: the line ends where a bound is due",
		plan + "expect":                                        "line 4: the line ends where what the claim is about",
		plan + "expect stranded 0 people":                      `line 4: "people" stands where the line should end`,
		plan + "expect stranded below many":                    `line 4: "many" stands where a number`,
		plan + "expect stranded about 5":                       `line 4: "about" stands where a bound is due`,
		plan + "expect cleared 95 of match by 23:30":           `line 4: "95" stands where a share of the crowd is due`,
		plan + "expect cleared 95.5% by 23:30":                 "a whole number of percent",
		plan + "expect cleared 101% by 23:30":                  `"101%" stands where`,
		plan + "expect cleared 95% by 23:75":                   `"23:75" stands where a time`,
		plan + "expect cleared 95% at least 5 earlier":         `"5" stands where how much earlier`,
		plan + "expect cleared 95% at least 5m":                "a comparison needs one of",
		plan + "expect cleared 95% earlier baseline":           `"baseline" stands where "than" is due`,
		plan + "expect cleared 95% earlier than monday":        `"monday" stands where "baseline" is due`,
		plan + "expect wait 95% below 5m":                      "these shares are known",
		plan + "expect longest wait 22:00-23:00 below 5m":      "a stretch of the day cannot be said",
		plan + "expect queue at S below 5 23:00-22:00":         "is no stretch of the day",
		plan + "expect stranded of fans at S 0":                "say one of the two",
		plan + "expect walking at S 0":                         `"at" stands where a bound is due`,
		plan + "expect load LRT direction 2 below 5%":          `"2" stands where direction, from 0 to 1`,
		plan + "expect load LRT below 5":                       `"5" stands where a load in percent is due`,
		plan + "expect fleet":                                  "the name of a line is due",
		plan + "expect stranded 0\nseeds 0":                    `"0" stands where seeds, from 1 to 100`,
		plan + "expect stranded 0\nseed -1":                    `"-1" stands where seed, a whole number`,
		plan + "expect stranded 0\nseed 1 2":                   `"2" stands where the line should end`,
		plan + "expect stranded 0\nvariant baseline":           `a variant "baseline" already`,
		plan + "expect stranded 0\nvariant x\nvariant x":       `a variant "x" already`,
		plan + "expect stranded 0\nheadway LRT 5m":             `line 5: "5m" stands where "every" is due`,
		plan + "expect stranded 0\nvehicles":                   `line 5: "vehicles" is no word of a plan`,
		plan + "expect stranded 0\ncrowd 5 at A 1:00 to B":     `"crowd" is no word of a plan`,
		city + "expect stranded 0\nnetwork a.qala":             `line 5: "network" is no word of a city`,
		city + "expect variant \"x y\" stranded 0":             `line 4: there is no variant "x y"`,
		city + "expect stranded 0\ncrowd 5 at Z 1:00 to B":     `line 5: there is no stop "Z" in the drawing`,
		city + "expect stranded 0\ngate at B":                  "line 5: gate: its rate is missing",
		city + "expect baseline clears 5% later than baseline": "compares baseline with itself",
		"city\nA----A\nexpect stranded 0":                      "line 2: stop A is drawn twice",
	} {
		_, err := Read("dir/a.qtest", []byte(text))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "reading dir/a.qtest: ") {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	if _, err := Read("a", make([]byte, mostBytes+1)); err == nil {
		t.Error("a megabyte was read")
	}
}

func TestMistakesOfAllCasesAreTold(t *testing.T) {
	_, err := Read("a", []byte("city\nA-A\nassign\n\ncity\nA--B\nfly\n"))
	if err == nil || !strings.Contains(err.Error(), "line 2") || !strings.Contains(err.Error(), "line 7") {
		t.Errorf("%v", err)
	}
}

// FuzzRead: nothing panics, and what is read can be written with its own text and read again.
func FuzzRead(f *testing.F) {
	f.Add(whole)
	for _, pattern := range []string{"cmd/qala/testdata/plans/*", "examples/*/tests/*"} {
		files, err := filepath.Glob(filepath.Join(require.Root(f), filepath.FromSlash(pattern)))
		if err != nil || len(files) == 0 {
			f.Fatalf("no seeds in %s: %v", pattern, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(data))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Read("a.qtest", []byte(text))
		if err != nil {
			if file != nil || !strings.HasPrefix(err.Error(), "reading a.qtest: ") {
				t.Fatalf("%v with %v", file, err)
			}
			return
		}
		texts := map[int][]string{}
		for i, c := range file.Cases {
			texts[i] = c.Golden.Text
			if c.Golden.Line == 0 {
				texts[i] = []string{"answer"}
			}
		}
		again, err := Read("a.qtest", file.Rewrite(texts))
		if err != nil || len(again.Cases) != len(file.Cases) {
			t.Fatalf("rewritten: %v", err)
		}
		for i, c := range again.Cases {
			if !cmp.Equal(c.Golden.Text, texts[i]) || !cmp.Equal(c.Claims, file.Cases[i].Claims, cmp.Comparer(sameClaim)) {
				t.Fatalf("case %d: %q, want %q", i, c.Golden.Text, texts[i])
			}
		}
	})
}

// sameClaim compares what a claim says, wherever it stands.
func sameClaim(a, b Claim) bool { return a.Text == b.Text && a.Of == b.Of && a.Than == b.Than }
