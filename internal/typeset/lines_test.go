package typeset

import (
	"strings"
	"testing"
)

func TestLinesBreakWhereReadersExpectIt(t *testing.T) {
	for _, c := range []struct {
		text string
		room float64
		want string
	}{
		{"one two three", 14, "one two|three"},
		{"Нұрсұлтан Назарбаев", 20, "Нұрсұлтан|Назарбаев"},
		{"1\u00a0234 людей", 14, "1\u00a0234|людей"},
		{"地铁站出口，向北", 13, "地铁站出|口，向北"},
		{"地铁站出，口", 13, "地铁站|出，口"},
		{"abcdefghijklmnop", 10, "abcde|fghijkl|mnop"},
		{"", 10, ""},
	} {
		if got := strings.Join(lines(c.text, false, 9, c.room), "|"); got != c.want {
			t.Errorf("%q in %v mm: %q, not %q", c.text, c.room, got, c.want)
		}
	}
}

func TestColumnsHoldTheirLongestWords(t *testing.T) {
	table := Table{
		Columns: []Column{{Head: "Остановка", Share: 5}, {Head: "Пассажиров", Share: .1}, {Head: "n", Share: .1}},
		Rows:    [][]Cell{{{Text: "a"}, {Text: "1"}, {Text: "допущение"}}},
	}
	l := layout{table: table, points: tableSize, pad: 1}
	widths, sum := table.widths(l), 0.0
	for _, w := range widths {
		sum += w
	}
	if sum < Width-.01 || sum > Width+.01 || widths[2] < width("допущение", false, tableSize) || widths[1] < width("Пассажиров", true, tableSize*headShare) {
		t.Errorf("%v, together %v of %v", widths, sum, Width)
	}
}

// FuzzLines sets any text in any room: no letter is lost, none is wider than its line.
func FuzzLines(f *testing.F) {
	f.Add("one two\nthree", 20.0)
	f.Add("地铁站\u202e\U0001F600 Ққ", 3.0)
	f.Add("\xff\xfe", 0.0)
	f.Fuzz(func(t *testing.T, text string, room float64) {
		if !(room > 0 && room < 1000) || len(text) > 2000 {
			return
		}
		all := lines(text, true, 9, room)
		for _, line := range all {
			if len([]rune(line)) > 1 && width(line, true, 9) > room+1e-6 {
				t.Errorf("%q is wider than %v", line, room)
			}
		}
		without := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got, want := without(strings.Join(all, "")), without(clean(text)); got != want {
			t.Errorf("%q became %q", want, got)
		}
	})
}
