package rehearsal

import (
	"context"
	"encoding/xml"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/claim"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/plantest"
	"github.com/qala-city/qala/internal/transit"
)

const file = `plan "a night"
network a.qala
event e.yaml
seeds 3
expect stranded below 12
expect left behind 5
totals
variant more
seeds 1
expect denied at least 4 fewer than baseline
----
travellers 100 arrived 90 walking 0 stranded 10
`

func only(t *testing.T, text string) plantest.Case {
	t.Helper()
	f, err := plantest.Read("a.qtest", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return f.Cases[0]
}

// counted is a Play that strands one more person with each seed, and counts its plays.
func counted(plays *[]Order) Play {
	return func(_ context.Context, o Order) (Played, error) {
		*plays = append(*plays, o)
		totals := evaluation.Totals{Travellers: 100, Arrived: 90, Stranded: 10 + o.Seed, LeftBehind: 5, Denied: 9}
		if o.Variant.Name != "" {
			totals.Denied = 5
		}
		return Played{Outcome: claim.Outcome{Evaluation: &evaluation.Evaluation{Totals: totals}, Timetable: &transit.Timetable{}}}, nil
	}
}

func TestEveryVariantIsPlayedOnceForEverySeed(t *testing.T) {
	var plays []Order
	r, err := Run(t.Context(), "a.qtest", only(t, file), counted(&plays))
	if err != nil || len(plays) != 4 {
		t.Fatalf("%d plays, %v; want three seeds of the baseline and one variant", len(plays), err)
	}
	if r.Verdict != Fails || r.Name != "a night" || len(r.Checks) != 3 {
		t.Errorf("%+v", r)
	}
	want := []Check{
		{5, "expect stranded below 12", Fails, "12 people; does not hold with 1 of 3 seeds"},
		{6, "expect left behind 5", Holds, "5 people with the first of 3 seeds"},
		{10, "expect denied at least 4 fewer than baseline", Holds, "5 times against 9 times: 4 times fewer"},
	}
	if !slices.Equal(r.Checks, want) {
		t.Errorf("%+v", r.Checks)
	}
	if r.Text.Verdict != Fails || len(r.Text.Got) != 2 {
		t.Errorf("%+v", r.Text)
	}
	r.Accept()
	if r.Text.Verdict != Holds || r.Verdict != Fails {
		t.Errorf("accepted: %s, the case %s; its claim still fails", r.Text.Verdict, r.Verdict)
	}
}

func TestRefusedPlansFailTheirClaimsWithTheReason(t *testing.T) {
	refused := func(context.Context, Order) (Played, error) {
		return Played{Outcome: claim.Outcome{Refused: []string{"plan.fleet_exceeded"}}, Reasons: []string{"22 of 19 trains"}}, nil
	}
	c := only(t, "plan\nnetwork a\nevent e\nexpect stranded 0\nexpect refused plan.fleet_exceeded\nexpect refused plan.nobody\ntotals\n----\nrefused plan.fleet_exceeded\n")
	r, err := Run(t.Context(), "a.qtest", c, refused)
	if err != nil || r.Checks[0].Verdict != Fails || !strings.Contains(r.Checks[0].Obtained, "22 of 19 trains") ||
		r.Checks[1].Verdict != Holds || r.Checks[2].Verdict != Fails || r.Text.Verdict != Holds {
		t.Errorf("%+v %+v %v", r, r.Text, err)
	}
}

func TestWhatCannotBePlayedIsAnError(t *testing.T) {
	lost := errors.New("no such network")
	r, err := Run(t.Context(), "a.qtest", only(t, file), func(context.Context, Order) (Played, error) { return Played{}, lost })
	if err != nil || r.Verdict != Wrong || !errors.Is(r.Cause, lost) || r.Error == "" {
		t.Errorf("%+v %v", r, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	_, err = Run(ctx, "a.qtest", only(t, file), func(context.Context, Order) (Played, error) {
		stop()
		return Played{}, ctx.Err()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	r, err = Run(t.Context(), "a.qtest", only(t, "plan\nnetwork a\nevent e\nquarters Green\n----\n"), counted(new([]Order)))
	var ask *AskError
	if err != nil || r.Verdict != Wrong || !errors.As(r.Cause, &ask) || ask.Line != 4 {
		t.Errorf("%+v %v", r, err)
	}
}

func TestJUnitKeepsTheFilesApart(t *testing.T) {
	out, err := JUnit([]Result{
		{File: "a.qtest", Name: "one & only", Line: 3, Verdict: Holds},
		{File: "a.qtest", Line: 9, Verdict: Fails, Checks: []Check{{10, "expect stranded < 1", Fails, "3 people"}}},
		{File: "b.qtest", Line: 1, Verdict: Wrong, Error: "lost"},
	})
	if err != nil {
		t.Fatal(err)
	}
	var back junitSuites
	if err := xml.Unmarshal(out, &back); err != nil {
		t.Fatal(err)
	}
	if back.Tests != 3 || back.Failures != 1 || back.Errors != 1 || len(back.Suites) != 2 || len(back.Suites[0].Cases) != 2 {
		t.Fatalf("%s", out)
	}
	failed := back.Suites[0].Cases[1]
	if failed.Name != "line 9" || failed.Failure == nil || failed.Failure.Message != "a.qtest:10: expect stranded < 1: obtained 3 people" {
		t.Errorf("%s", out)
	}
}

// A difference tells both texts whole: without the lines marked + it is what
// was wanted, without those marked - what was obtained.
func TestDifferenceTellsBothTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", ""}), 0, 12)
		text := Text{Want: lines.Draw(t, "want"), Got: lines.Draw(t, "got")}
		var want, got []string
		for _, line := range text.Difference() {
			switch line[:2] {
			case "- ":
				want = append(want, line[2:])
			case "+ ":
				got = append(got, line[2:])
			default:
				want, got = append(want, line[2:]), append(got, line[2:])
			}
		}
		if !slices.Equal(want, text.Want) || !slices.Equal(got, text.Got) {
			t.Fatalf("%q is told of %q and %q", text.Difference(), text.Want, text.Got)
		}
	})
}

func TestDifferenceIsShort(t *testing.T) {
	text := Text{Want: []string{"a", "b", "c", "d"}, Got: []string{"a", "x", "c", "d"}}
	if got := text.Difference(); !slices.Equal(got, []string{"  a", "- b", "+ x", "  c", "  d"}) {
		t.Errorf("%q", got)
	}
}
