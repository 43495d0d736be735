package verification

import (
	"flag"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	_ "time/tzdata"
)

var rewrite = flag.Bool("rewrite", false, "write docs/VERIFICATION.md anew")

// page is the page that the cases make.
const page = "../../docs/VERIFICATION.md"

// answer is one number of a case.
type answer struct {
	quantity string
	expected string
	// low and high bound what is accepted; tolerance says where they come from.
	low, high float64
	tolerance string
	obtained  float64
	digits    int
}

func (a answer) met() bool { return a.obtained >= a.low && a.obtained <= a.high }

// within accepts answers so far from the expected one.
func within(quantity string, expected, tolerance, obtained float64, digits int, why string) answer {
	return answer{quantity, number(expected, digits), expected - tolerance, expected + tolerance, why, obtained, digits}
}

// exactly accepts only the expected answer.
func exactly(quantity string, expected, obtained float64) answer {
	return answer{quantity, number(expected, 0), expected, expected, "exact", obtained, 0}
}

// between accepts a range, which is all that the source gives.
func between(quantity string, low, high, obtained float64, digits int) answer {
	return answer{quantity, fmt.Sprintf("%g to %g", low, high), low, high, "within", obtained, digits}
}

// verified is a case with its answers.
type verified struct {
	name, source, posed string
	answers             []answer
}

// TestKnownAnswers runs every case and keeps the page current.
func TestKnownAnswers(t *testing.T) {
	var text strings.Builder
	text.WriteString(head)
	for _, pose := range cases {
		c := pose(t)
		fmt.Fprintf(&text, "\n## %s\n\n%s\n\nSource: %s.\n\n| quantity | expected | obtained | tolerance | verdict |\n|---|--:|--:|---|---|\n", c.name, c.posed, c.source)
		for _, a := range c.answers {
			verdict := "met"
			if !a.met() {
				verdict = "**not met**"
				t.Errorf("%s: %s is %g, expected %s (%s)", c.name, a.quantity, a.obtained, a.expected, a.tolerance)
			}
			fmt.Fprintf(&text, "| %s | %s | %s | %s | %s |\n", a.quantity, a.expected, number(a.obtained, a.digits), a.tolerance, verdict)
		}
	}
	text.WriteString(foot)
	keep(t, text.String())
}

func number(value float64, digits int) string {
	if value == math.Trunc(value) && digits == 0 {
		return fmt.Sprintf("%.0f", value)
	}
	return fmt.Sprintf("%.*f", digits, value)
}

// keep compares the page with what it should be, or writes it.
func keep(t *testing.T, want string) {
	t.Helper()
	if *rewrite {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/VERIFICATION.md is not what the cases give; write it anew with: go test ./internal/verification -rewrite")
	}
}

const head = `# Verification: answers known from elsewhere

This page is written by the tests in ` + "`internal/verification`" + `; a test fails when it is not current or when an
answer lies outside of its tolerance. Each *obtained* figure comes from an engine on a network that poses the case, mostly the loading pass,
never from the formula itself.
`

const foot = `
## Not yet in scope

These known answers need parts of the model that do not exist yet, and are not claimed: the assignment of cars to roads (Sioux
Falls, Braess).
`
