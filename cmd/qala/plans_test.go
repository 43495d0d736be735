package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/require"
)

// rewrite writes the answers of testdata/plans anew: go test ./cmd/qala -run Plans -rewrite
var rewrite = flag.Bool("rewrite", false, "write testdata anew")

const plans = "testdata/plans"

// session is what a command line shows and how it ends.
func session(got outcome) string {
	notes := regexp.MustCompile(`(?m)^(Reading|Laying) .*\n`).ReplaceAllString(got.notes, "")
	return fmt.Sprintf("%s%sexit %d\n", got.out, notes, got.code)
}

// The files of testdata/plans are played by the command, and what it shows is
// compared with the file of the same name that ends in .out.
func TestPlansAreToldAsTheyShould(t *testing.T) {
	for name, args := range map[string][]string{
		"holds":  {"holds.qtest", "-v"},
		"fails":  {"fails.qtest"},
		"broken": {"broken.qtest"},
	} {
		line := []string{"test", plans + "/" + args[0]}
		if *rewrite && name == "holds" {
			qala(t, append(line, "--rewrite")...)
		}
		got := session(qala(t, append(line, args[1:]...)...))
		file := filepath.Join(plans, name+".out")
		if *rewrite {
			write(t, file, []byte(got))
		}
		if want := string(content(t, file)); got != want {
			t.Errorf("%s is told otherwise than in %s:\n%s", args[0], file, got)
		}
	}
}

func TestPlansEndWithTheirCode(t *testing.T) {
	for _, c := range []struct {
		code int
		args []string
	}{
		{exitOK, []string{"holds.qtest"}},
		{exitClaim, []string{"fails.qtest", "--run", "do not hold"}},
		{exitRejected, []string{"fails.qtest", "--run", "there is not"}},
		{exitRejected, []string{"broken.qtest"}},
		{exitUsage, []string{"holds.qtest", "--run", "no such case"}},
		{exitUsage, []string{"holds.qtest", "--workers", "0"}},
		{exitFile, []string{"missing.qtest"}},
	} {
		args := append([]string{"test", plans + "/" + c.args[0]}, c.args[1:]...)
		if got := qala(t, args...); got.code != c.code {
			t.Errorf("qala %s ended with %d, want %d\n%s%s", strings.Join(args, " "), got.code, c.code, got.out, got.notes)
		}
	}
	if got := qala(t, "test", t.TempDir()); got.code != exitFile {
		t.Errorf("a folder without tests: %d\n%s", got.code, got.notes)
	}
}

// plansOf writes one file of tests into a folder of its own.
func plansOf(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plans.qtest")
	write(t, path, []byte(text))
	return path
}

func TestMissingFilesOfAPlanAreTold(t *testing.T) {
	for _, missing := range []string{"network nowhere.qala\nevent " + event(t, "match"), "network " + filepath.Join(astana(t), "city.yaml") + "\nevent nothing.yaml"} {
		path := plansOf(t, "plan lost\n"+missing+"\nexpect stranded 0\n")
		got := qala(t, "test", path)
		if got.code != exitFile || !strings.Contains(got.out, "ERROR") || !strings.Contains(got.notes, ":1: ") {
			t.Errorf("%s: ended with %d\n%s%s", missing, got.code, got.out, got.notes)
		}
	}
}

func TestRewriteLeavesAFileThatHolds(t *testing.T) {
	path := plansOf(t, string(content(t, plans+"/holds.qtest")))
	must(t, "test", path, "--rewrite")
	if diff := string(content(t, path)); diff != string(content(t, plans+"/holds.qtest")) {
		t.Errorf("rewriting what holds changed it:\n%s", diff)
	}
	fresh := plansOf(t, "city\nA----B\nline red A B at 18:10\ncrowd 1 at A 18:00 to B\nassign\ncity\nA----B\nline red A B at 18:10\nexpect stranded 0\n")
	must(t, "test", fresh, "--rewrite")
	must(t, "test", fresh)
	want := "city\nA----B\nline red A B at 18:10\ncrowd 1 at A 18:00 to B\nassign\n----\n" +
		"arrived 1 walking 0 stranded 0+0 boarded 1 denied 0 last arrival 18:11:00\n\ncity\nA----B\nline red A B at 18:10\nexpect stranded 0\n"
	if got := string(content(t, fresh)); got != want {
		t.Errorf("rewritten:\n%s\nwant:\n%s", got, want)
	}
}

func TestPlansAnswerPrograms(t *testing.T) {
	junit := filepath.Join(t.TempDir(), "tests.xml")
	got := qala(t, "test", plans+"/fails.qtest", "--json", "--junit", junit)
	a := answered(t, got)
	if got.code != exitRejected || a.Summary["fail"] != 3.0 || a.Summary["error"] != 2.0 || a.Paths["junit"] != junit {
		t.Errorf("ended with %d, summary %v", got.code, a.Summary)
	}
	var suites struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Cases    []struct {
			Name    string `xml:"name,attr"`
			Line    int    `xml:"line,attr"`
			Failure *struct {
				Text string `xml:",chardata"`
			} `xml:"failure"`
		} `xml:"testsuite>testcase"`
	}
	if err := xml.Unmarshal(content(t, junit), &suites); err != nil {
		t.Fatal(err)
	}
	if suites.Tests != 5 || suites.Failures != 3 || suites.Errors != 2 || len(suites.Cases) != 5 {
		t.Errorf("%+v", suites)
	}
	first := suites.Cases[0]
	if first.Line != 2 || first.Failure == nil || !strings.Contains(first.Failure.Text, "expect left behind below 100 at A: obtained 240 people") {
		t.Errorf("%+v", first)
	}
}

func TestPlansOnAnotherNetwork(t *testing.T) {
	path := plansOf(t, "plan moved\nnetwork nowhere.qala\nevent "+event(t, "match")+"\nheadway LRT every 4m 17:00-24:00\nexpect refused plan.fleet_exceeded\n")
	must(t, "test", path, "--network", imported(t))
}

func TestInterruptedPlansEndCleanly(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	path := plansOf(t, string(content(t, plans+"/fails.qtest")))
	before := content(t, path)
	got := qalaUntil(ctx, t, io.Discard, "test", path, "--rewrite", "--run", "do not hold", "--junit", filepath.Join(filepath.Dir(path), "x.xml"))
	if got.code != exitInterrupted || !bytes.Equal(before, content(t, path)) || len(left(t, filepath.Dir(path))) != 1 {
		t.Errorf("ended with %d and left %q\n%s", got.code, left(t, filepath.Dir(path)), got.notes)
	}
}

// The example's own tests hold: make golden writes their tables anew.
func TestTheExamplesPlansHold(t *testing.T) {
	must(t, "test", filepath.Join(astana(t), "tests"))
}

// What docs/TESTING-PLANS.md shows is what the command shows; its plans are the example's.
func TestThePageAboutTestsIsTrue(t *testing.T) {
	file := filepath.Join(require.Root(t), "docs", "TESTING-PLANS.md")
	page := content(t, file)
	blocks := regexp.MustCompile("(?s)```qtest\n(.*?)```\n.*?```text\n(.*?)```").FindAllSubmatch(page, -1)
	excerpts := regexp.MustCompile("(?s)```plan\n(.*?)```").FindAllSubmatch(page, -1)
	if len(blocks) == 0 || len(excerpts) == 0 {
		t.Fatalf("the page shows %d tests with their output and %d plans", len(blocks), len(excerpts))
	}
	for _, excerpt := range excerpts {
		if !bytes.Contains(content(t, filepath.Join(astana(t), "tests", "match.qtest")), excerpt[1]) {
			t.Errorf("the example's test does not say\n%s", excerpt[1])
		}
	}
	for _, block := range blocks {
		path := plansOf(t, string(block[1]))
		got := qala(t, "test", path)
		shown := strings.ReplaceAll(session(got), filepath.ToSlash(path), "first"+filepath.Ext(path))
		if *rewrite {
			page = bytes.Replace(page, slices.Concat([]byte("```text\n"), block[2]), []byte("```text\n"+shown), 1)
			write(t, file, page)
			continue
		}
		if want := string(block[2]); shown != want {
			t.Errorf("the page shows\n%s\nthe command\n%s", want, shown)
		}
	}
}
