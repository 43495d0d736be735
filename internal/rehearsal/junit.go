package rehearsal

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// The elements of a JUnit report, as the programs that show one read it.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		File    string        `xml:"file,attr"`
		Line    int           `xml:"line,attr"`
		Failure *junitProblem `xml:"failure"`
		Error   *junitProblem `xml:"error"`
	}
	junitProblem struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes results, which stand together by file, as an XML report for the
// program that runs a city's tests. It tells no durations: the same tests give
// the same bytes.
func JUnit(results []Result) ([]byte, error) {
	var all junitSuites
	for i, r := range results {
		if i == 0 || results[i-1].File != r.File {
			all.Suites = append(all.Suites, junitSuite{Name: r.File})
		}
		suite := &all.Suites[len(all.Suites)-1]
		suite.Cases = append(suite.Cases, junitOf(r))
		suite.Tests, all.Tests = suite.Tests+1, all.Tests+1
		switch r.Verdict {
		case Fails:
			suite.Failures, all.Failures = suite.Failures+1, all.Failures+1
		case Wrong:
			suite.Errors, all.Errors = suite.Errors+1, all.Errors+1
		}
	}
	body, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), append(body, '\n')...), nil
}

func junitOf(r Result) junitCase {
	c := junitCase{Name: r.Title(), Class: r.File, File: r.File, Line: r.Line}
	problems := r.Problems()
	if len(problems) == 0 {
		return c
	}
	problem := &junitProblem{Message: problems[0], Text: "\n" + strings.Join(problems, "\n") + "\n"}
	if r.Verdict == Wrong {
		c.Error = problem
	} else {
		c.Failure = problem
	}
	return c
}

// Title is the case's name, else where it stands.
func (r *Result) Title() string {
	if r.Name != "" {
		return r.Name
	}
	return fmt.Sprintf("line %d", r.Line)
}

// Problems are what did not hold, with the line of each in the file, in English.
func (r *Result) Problems() []string {
	var out []string
	if r.Error != "" {
		out = append(out, fmt.Sprintf("%s:%d: %s", r.File, r.Line, r.Error))
	}
	for _, c := range r.Checks {
		if c.Verdict != Holds {
			out = append(out, fmt.Sprintf("%s:%d: %s: obtained %s", r.File, c.Line, c.Claim, c.Obtained))
		}
	}
	if r.Text != nil && r.Text.Verdict != Holds {
		out = append(out, fmt.Sprintf("%s:%d: the answers are not what stands below ----", r.File, max(r.Text.Line, r.Line)))
		out = append(out, r.Text.Difference()...)
	}
	return out
}
