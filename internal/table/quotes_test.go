package table

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// tidySlowly is tidyQuotes byte by byte.
func tidySlowly(text string) bool {
	ends := func(at int) bool { return at < 0 || at >= len(text) || strings.IndexByte(",\r\n", text[at]) >= 0 }
	inside := false
	for i := range len(text) {
		switch {
		case text[i] != '"':
			if inside && ends(i) {
				return false
			}
		case inside && !ends(i+1), !inside && !ends(i-1):
			return false
		default:
			inside = !inside
		}
	}
	return !inside
}

// TestTidyQuotes draws texts that are longer than what is looked at together.
func TestTidyQuotes(t *testing.T) {
	met := map[bool]int{}
	rapid.Check(t, func(rt *rapid.T) {
		cell := rapid.SampledFrom([]string{`"a"`, `"07:15:00"`, `""`, "a", "", `"`, `""""`, "\"a\nb\"", `a"b`, strings.Repeat("y", 63), `"` + strings.Repeat("y", 62) + `"`})
		usual := rapid.SampledFrom([]string{`"a"`, `"07:15:00"`, `""`, "a", "", strings.Repeat("y", 63), `"` + strings.Repeat("y", 62) + `"`})
		if rapid.Bool().Draw(rt, "usual") {
			cell = usual
		}
		text := ""
		for range rapid.IntRange(0, 30).Draw(rt, "cells") {
			text += cell.Draw(rt, "cell") + rapid.SampledFrom([]string{",", ",", "\n", "\r\n"}).Draw(rt, "end")
		}
		text += cell.Draw(rt, "last")
		want := tidySlowly(text)
		met[want]++
		if got := tidyQuotes([]byte(text), ','); got != want {
			rt.Fatalf("%q: %v", text, got)
		}
		if want {
			if got := string(withoutQuotes(nil, []byte(text))); got != strings.ReplaceAll(text, `"`, "") {
				rt.Fatalf("%q: %q", text, got)
			}
		}
	})
	if met[true] == 0 || met[false] == 0 {
		t.Errorf("%v", met)
	}
}

func TestQuotedRowsAreCutQuickly(t *testing.T) {
	text := `"a","b"` + "\n" + strings.Repeat(`"1","x y"`+"\r\n", 1000)
	want := whole(text)
	if got := inBlocks(t, text, 300, 2, strings.NewReader(text)); len(got.Rows) != 1000 || len(want.Rows) != 1000 || got.Rows[999][1] != "x y" {
		t.Errorf("%d rows", len(got.Rows))
	}
	b := plainBlock(t)
	b.raw = []byte(strings.Repeat(`"T_1","05:54:00","05:54:30","S","17","0","0",""`+"\n", 500))
	b.quoted, b.ready = true, false
	b.cut()
	if n := testing.AllocsPerRun(10, func() {
		b.ready = false
		b.cut()
	}); n != 0 || !b.quick || b.Len() != 500 || string(b.Cell(499, 3)) != "S" {
		t.Errorf("%v allocations, quick %v, %d rows", n, b.quick, b.Len())
	}
}
