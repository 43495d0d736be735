package report_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/qala-city/qala/docs"
	"github.com/qala-city/qala/internal/report"
)

func TestPaperIsWrittenAsItReads(t *testing.T) {
	source := strings.Join([]string{
		"# Title", "", "One *two*", "**three** <b>", "", "## Part", "", "- a `x*y*z`", "  goes on", "- [b](VERIFICATION.md)", "",
		"1. first", "2. [second](../other.md), [web](https://example.org/?a=1&b=2)", "", "    a * b < c", "    d", "",
		"| what | n |", "|---|--:|", "| q | 7 |", "", "```", "- code", "```", "end",
	}, "\n")
	want := `<p>One <em>two</em> <b>three</b> &lt;b&gt;</p>
<h4>Part</h4>
<ul><li>a <code>x*y*z</code> goes on</li><li><a href="#verification-paper">b</a></li></ul>
<ol><li>first</li><li>second, <a href="https://example.org/?a=1&amp;b=2">web</a></li></ol>
<pre>a * b &lt; c
d</pre>
<div class="scroll" tabindex="0"><table><tr><th scope="col">what</th><th scope="col">n</th></tr><tr><td>q</td><td class="figure">7</td></tr></table></div>
<pre>- code</pre>
<p>end</p>
`
	if got := string(report.Paper(source)); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// TestPapersLeaveNoMarks reads the real pages: whatever mark they come to use
// must be written, not shown.
func TestPapersLeaveNoMarks(t *testing.T) {
	for name, source := range map[string]string{"METHOD.md": docs.Method, "VERIFICATION.md": docs.Verification} {
		tree, err := html.Parse(strings.NewReader(string(report.Paper(source))))
		if err != nil {
			t.Fatal(err)
		}
		rows := 0
		for _, e := range elements(tree) {
			if e.Data == "code" || e.Data == "pre" {
				e.FirstChild.Data = ""
			}
			if e.Data == "tr" {
				rows++
			}
		}
		shown := text(tree)
		for _, mark := range []string{"**", "](", "`", "|--", "\n#", "| "} {
			if strings.Contains(shown, mark) {
				t.Errorf("%s: the mark %q is shown", name, mark)
			}
		}
		if dashes := strings.Count(source, "\n|--"); len(shown) < 1000 || strings.Count(source, "\n|") != rows+dashes {
			t.Errorf("%s: %d letters, %d rows of %d", name, len(shown), rows, strings.Count(source, "\n|")-dashes)
		}
	}
}

func FuzzPaper(f *testing.F) {
	f.Add(docs.Method)
	f.Add("|\n- \n```\n    \n#\n[a](b)*c*`")
	f.Fuzz(func(t *testing.T, words string) {
		out := string(report.Paper(words))
		if strings.Contains(out, "<script") || strings.Contains(out, "javascript:") && strings.Contains(out, `href="javascript`) {
			t.Errorf("markup of the text became markup of the page: %s", out)
		}
	})
}
