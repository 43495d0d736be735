package table

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/finding"
)

// read gives every row as its cells joined by a bar, with its line.
func read(t *testing.T, text string) (rows []string, lines []int, log *finding.Log) {
	t.Helper()
	log = &finding.Log{}
	table, err := Open("x.txt", text, log)
	if err != nil {
		t.Fatalf("%q: %v, findings %v", text, err, log.Findings())
	}
	for table.Next() {
		rows, lines = append(rows, strings.Join(table.cells, "|")), append(lines, table.Line())
	}
	table.Done()
	return rows, lines, log
}

// codes are the findings as "line code field value".
func codes(log *finding.Log) (out []string) {
	for _, f := range log.Findings() {
		out = append(out, strings.TrimSpace(strings.TrimPrefix(string(f.Code), "table.")+" "+strings.TrimSpace(f.Field+" "+f.Value)))
	}
	return out
}

func TestRows(t *testing.T) {
	for name, c := range map[string]struct {
		text     string
		rows     []string
		lines    []int
		findings []string
		rejected int
	}{
		"plain":                  {"a,b\n1,2\n3,4\n", []string{"1|2", "3|4"}, []int{2, 3}, nil, 0},
		"no last newline":        {"a,b\n1,2", []string{"1|2"}, []int{2}, nil, 0},
		"CRLF":                   {"a,b\r\n1,2\r\n3,4\r\n", []string{"1|2", "3|4"}, []int{2, 3}, nil, 0},
		"CR alone":               {"a,b\r1,2\r\"3\",4\r", []string{"1|2", "3|4"}, []int{2, 3}, nil, 0},
		"mixed line endings":     {"a,b\r\n1,2\n3,4\r5,6\r\r\n7,8", []string{"1|2", "3|4", "5|6", "7|8"}, []int{2, 3, 4, 6}, []string{"mixed_line_endings"}, 0},
		"byte-order mark":        {"\uFEFFa,b\n1,2\n", []string{"1|2"}, []int{2}, nil, 0},
		"blank lines":            {"\n\na,b\n\n1,2\n  \n3,4\n\n", []string{"1|2", "3|4"}, []int{5, 7}, nil, 0},
		"spaces":                 {" a , b\n 1 ,\t2 \n\u00a03, Алматы \n", []string{"1|2", "3|Алматы"}, []int{2, 3}, nil, 0},
		"quoted":                 {"a,b\n\"1\",\"x, \"\"y\"\"\"\n", []string{`1|x, "y"`}, []int{2}, nil, 0},
		"quoted over lines":      {"a,b\n1,\"x\ny\"\n3,4\n", []string{"1|x\ny", "3|4"}, []int{2, 4}, nil, 0},
		"quoted over CRLF":       {"a,b\r\n1,\"x\r\ny\"\r\n3,4", []string{"1|x\r\ny", "3|4"}, []int{2, 4}, nil, 0},
		"quoted to the end":      {"a,b\n1,\"x\ny\"", []string{"1|x\ny"}, []int{2}, nil, 0},
		"spaces around quotes":   {"a,b\n \"1\" , \" 2 \" \n", []string{"1|2"}, []int{2}, nil, 0},
		"quote inside of a cell": {"a,b\nBar \"Ali\",5\"\n", []string{`Bar "Ali"|5"`}, []int{2}, nil, 0},
		"empty quoted":           {"a,b\n\"\",\"\"\n", []string{"|"}, []int{2}, nil, 0},
		"semicolons":             {"a;b\n1;2,5\n", []string{"1|2,5"}, []int{2}, []string{"delimiter ;"}, 0},
		"tabs":                   {"a\tb\n\t2\n\t\n1\t\n", []string{"|2", "|", "1|"}, []int{2, 3, 4}, []string{"delimiter"}, 0},
		"quote never closed":     {"a,b\n\"1,2\n3,4\n", []string{"3|4"}, []int{3}, []string{"open_quote"}, 1},
		"text behind a quote":    {"a,b\n\"1\"x,2\n3,4\n", []string{"3|4"}, []int{3}, []string{"open_quote"}, 1},
		"closed by another's":    {"a,b\n\"1,2\n3,4\n5,6\"\n7,8\n", []string{"3|4", `5|6"`, "7|8"}, []int{3, 4, 5}, []string{"open_quote"}, 1},
		"too few cells":          {"a,b,c\n1,2\n", []string{"1|2"}, []int{2}, []string{"missing_cells"}, 0},
		"too many cells":         {"a,b\n1,2,3\n4,5,,\n", []string{"1|2", "4|5"}, []int{2, 3}, []string{"extra_cells 3", "empty_cells"}, 0},
		"NUL":                    {"a,b\n1,x\x00y\n3,4\n", []string{"3|4"}, []int{3}, []string{"nul b x\x00y"}, 1},
		"NUL in the header":      {"a,b\x00\n1,2\n", []string{"1|2"}, []int{2}, []string{"nul b\x00"}, 0},
		"not UTF-8":              {"a,b\n1,Orl\xe9ans\n", []string{"1|Orl\uFFFDans"}, []int{2}, []string{"not_utf8 b Orl\uFFFDans"}, 0},
		"column twice":           {"a,b,a,\n1,2,3,4\n", []string{"1|2|3|4"}, []int{2}, []string{"duplicate_column a"}, 0},
		"header only":            {"a,b", nil, nil, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			rows, lines, log := read(t, c.text)
			if diff := cmp.Diff([]any{c.rows, c.lines, c.findings}, []any{rows, lines, codes(log)}); diff != "" {
				t.Error(diff)
			}
			want := finding.Tally{File: "x.txt", Rows: len(c.rows) + c.rejected, Kept: len(c.rows), Rejected: c.rejected}
			if diff := cmp.Diff([]finding.Tally{want}, log.Tallies()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUnreadableFilesAreFindings(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		code finding.Code
	}{
		"UTF-16 little end, marked": {"\xff\xfea\x00,\x00", codeUTF16},
		"UTF-16 big end, marked":    {"\xfe\xff\x00a\x00,", codeUTF16},
		"UTF-16 without a mark":     {"a\x00,\x00b\x00\n\x00", codeUTF16},
		"empty":                     {"", codeEmpty},
		"blank":                     {"\uFEFF\r\n \n", codeEmpty},
	} {
		t.Run(name, func(t *testing.T) {
			var log finding.Log
			if _, err := Open("x.txt", c.text, &log); !errors.Is(err, ErrUnreadable) {
				t.Errorf("error %v", err)
			}
			got := log.Findings()
			if len(got) != 1 || got[0].Code != c.code || got[0].Level != finding.Error || len(log.Tallies()) != 1 {
				t.Errorf("findings %v, tallies %v", got, log.Tallies())
			}
		})
	}
}

func TestColumnsAreFoundByName(t *testing.T) {
	var log finding.Log
	table, err := Open("x.txt", "\uFEFF \"Stop_ID\" , stop_name\nA, Hall\nB\n", &log)
	if err != nil {
		t.Fatal(err)
	}
	id, _ := table.Column("stop_id")
	name, _ := table.Column("stop_name")
	none, ok := table.Column("stop_lat")
	if ok || none != Absent {
		t.Errorf("stop_lat is column %d", none)
	}
	table.Next()
	if got := []string{table.Get(id), table.Keep(name), table.Get(none)}; !cmp.Equal(got, []string{"A", "Hall", ""}) {
		t.Errorf("row %q", got)
	}
	table.Next()
	if got := table.Get(name); got != "" {
		t.Errorf("missing cell is %q", got)
	}
	if table.Next() || table.Get(id) != "" {
		t.Error("there is a row behind the last one")
	}
}

func TestMissingColumnRejectsEveryRow(t *testing.T) {
	var log finding.Log
	table, _ := Open("x.txt", "a\n1\n2\n", &log)
	if table.Require("a", "b") || table.Next() {
		t.Error("rows are given although a column is missing")
	}
	table.Done()
	if got := log.Tallies()[0]; got != (finding.Tally{File: "x.txt", Rows: 2, Rejected: 2}) {
		t.Errorf("tally %v", got)
	}
	if got := log.Findings(); len(got) != 1 || got[0].Field != "b" || got[0].Line != 1 {
		t.Errorf("findings %v", got)
	}
}

func TestARowIsRejectedOnce(t *testing.T) {
	var log finding.Log
	table, _ := Open("x.txt", "a\n1\n2\n3\n", &log)
	table.Next()
	table.Reject("test.a", "a", "1", "limit", "5")
	table.Reject("test.b", "a", "1")
	table.Next()
	table.Warn("test.c", "a", "2")
	table.Next()
	table.RejectEarlier(3, "test.d", "a", "2")
	table.Done()
	table.Done()
	if got := log.Tallies(); len(got) != 1 || got[0] != (finding.Tally{File: "x.txt", Rows: 3, Kept: 1, Rejected: 2}) {
		t.Errorf("tallies %v", got)
	}
	first := finding.Finding{
		Level: finding.Error, Code: "test.a", File: "x.txt", Line: 2,
		Field: "a", Value: "1", Args: map[string]string{"limit": "5"},
	}
	if diff := cmp.Diff(first, log.Findings()[0]); diff != "" {
		t.Error(diff)
	}
}

func TestRowsOfTheWrongLengthAreToldOnlySoOften(t *testing.T) {
	_, _, log := read(t, "a,b\n"+strings.Repeat("1\n", 150)+strings.Repeat("1,2,3\n", 10))
	got := log.Findings()
	if last := got[len(got)-1]; len(got) != 101 || last.Code != codeMoreOddRows || last.Args["count"] != "60" {
		t.Errorf("%d findings, last %v", len(got), last)
	}
}

func TestAHugeCellMakesASmallFinding(t *testing.T) {
	var log finding.Log
	table, _ := Open("x.txt", "a\n"+strings.Repeat("қ", 1<<20)+"\n", &log)
	table.Next()
	table.Reject("test.a", "a", table.Get(0))
	if got := log.Findings()[0].Value; got != strings.Repeat("қ", 120)+"…" {
		t.Errorf("value of %d bytes: %s", len(got), got)
	}
}

func TestALineOfCommasStaysSmall(t *testing.T) {
	var log finding.Log
	table, _ := Open("x.txt", "a\n"+strings.Repeat(",", 1<<20)+"\n\""+strings.Repeat("\",\"", 1<<20)+"\"\n", &log)
	for table.Next() {
	}
	if cap(table.cells) > 4*mostCells {
		t.Errorf("%d cells are held", cap(table.cells))
	}
}
