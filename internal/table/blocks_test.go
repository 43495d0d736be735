package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/finding"
)

// outcome is all that reading a table gives.
type outcome struct {
	Unreadable bool
	Header     []string
	Rows       [][]string
	Lines      []int
	Findings   []finding.Finding
	Tallies    []finding.Tally
	Errors     int
}

func (o *outcome) tell(log *finding.Log) outcome {
	o.Findings, o.Tallies, o.Errors = log.Findings(), log.Tallies(), log.Total(finding.Error)
	return *o
}

// suspicious and wrong are what the tests find in cells of their own accord.
func suspicious(cell string) bool { return strings.HasPrefix(cell, "w") }
func wrong(cell string) bool      { return strings.HasPrefix(cell, "x") }

// whole reads a table row by row.
func whole(text string) outcome {
	var o outcome
	var log finding.Log
	t, err := Open("x.txt", text, &log)
	if err != nil {
		o.Unreadable = true
		return o.tell(&log)
	}
	o.Header = t.Columns()
	for t.Next() {
		row := make([]string, len(o.Header))
		for c := range row {
			row[c] = t.Get(Column(c))
			if suspicious(row[c]) {
				t.Warn("test.w", o.Header[c], row[c])
			}
			if wrong(row[c]) {
				t.Reject("test.x", o.Header[c], row[c], "have", row[c])
			}
		}
		o.Rows, o.Lines = append(o.Rows, row), append(o.Lines, t.Line())
	}
	t.Done()
	return o.tell(&log)
}

// seen is what the tests make of a block.
type seen struct {
	rows  [][]string
	lines []int
}

// inBlocks reads a table block by block.
func inBlocks(t *testing.T, text string, size, workers int, in io.Reader) outcome {
	var o outcome
	var log finding.Log
	table, err := OpenBlocks("x.txt", in, int64(len(text)), size, &log)
	if err != nil {
		if !errors.Is(err, ErrUnreadable) {
			t.Fatal(err)
		}
		o.Unreadable = true
		return o.tell(&log)
	}
	o.Header = table.Columns()
	err = InBlocks(table, workers, func(b *Block, s *seen) {
		s.rows, s.lines = nil, nil
		for r := range b.Len() {
			s.rows, s.lines = append(s.rows, lookAt(b, r, o.Header)), append(s.lines, int(b.Line(r)))
		}
	}, func(_ *Block, s *seen) error {
		o.Rows, o.Lines = append(o.Rows, s.rows...), append(o.Lines, s.lines...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if done, total := table.Progress(); done != total || done > int64(len(text)) {
		t.Fatalf("%d of %d bytes are read of %d", done, total, len(text))
	}
	table.Done()
	return o.tell(&log)
}

func lookAt(b *Block, r int, header []string) []string {
	row := make([]string, len(header))
	for c := range row {
		row[c] = string(b.Cell(r, Column(c)))
		if suspicious(row[c]) {
			b.Warn(r, "test.w", header[c], row[c])
		}
		if wrong(row[c]) {
			b.Reject(r, "test.x", header[c], row[c], "have", row[c])
		}
	}
	return row
}

// pieces are what the texts of the tests are made of.
var pieces = []string{
	"a", "wide cell", "x", "\"a\",\"b\"\n", "\"\",\"\"\r\n", "\"\"\n", "\",\"", "w", "Алматы", "\u00a0", " ", "\t", ",", ",", ",", ";", "\n", "\n", "\n", "\r\n", "\r", "\"", "\"", "\"\"", ",\"", "\",", "\n\"",
	"\"\n", "\x00", "\xff", "\xe9", "1", "2,3\n", "\"4\",\"5\"\n", "\n\n", " \n", ",,,,\n", strings.Repeat("7,8\n", 70), strings.Repeat("y", 300),
}

// TestBlocksAndWholeFilesAgree draws texts in blocks of any size: rows, lines,
// findings and tallies are those of the file that is read as a whole.
func TestBlocksAndWholeFilesAgree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.SampledFrom([]string{"", "a,b\n", "a,b,c\r\n", "\uFEFFa,b\n", "\"a\",\"b\"\n", "a;b\n", "a\tb\n", "a\n", "\n\na,b\n"}).Draw(rt, "header") +
			strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(rt, "pieces"), "")
		size, workers := rapid.IntRange(1, 400).Draw(rt, "block"), rapid.IntRange(1, 4).Draw(rt, "workers")
		if diff := cmp.Diff(whole(text), inBlocks(t, text, size, workers, strings.NewReader(text))); diff != "" {
			rt.Fatalf("%q: %s", text, diff)
		}
	})
}

// TestPlainTablesAgreeWithTheStandardLibrary draws tables without mistakes.
func TestPlainTablesAgreeWithTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		width := rapid.IntRange(1, 70).Draw(rt, "width")
		cell := rapid.SampledFrom([]string{"1", "07:15:00", "қала", "a, b", "say \"no\"", "two\nlines", "0123456789012345678901234567890123456789"})
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 40).Draw(rt, "rows")
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		w.UseCRLF = rapid.Bool().Draw(rt, "CRLF")
		if err := w.WriteAll(rows); err != nil {
			rt.Fatal(err)
		}
		content := text.String()
		if rapid.Bool().Draw(rt, "no last newline") {
			content = strings.TrimRight(content, "\r\n")
		}
		got := inBlocks(t, content, rapid.IntRange(1, 300).Draw(rt, "block"), 2, strings.NewReader(content))
		want, err := csv.NewReader(strings.NewReader(content)).ReadAll()
		if err != nil {
			rt.Fatal(err)
		}
		for _, row := range got.Rows {
			for i := range row {
				row[i] = strings.ReplaceAll(row[i], "\r\n", "\n") // as the standard library does
			}
		}
		if len(want) > 1 && !slices.EqualFunc(want[1:], got.Rows, slices.Equal) {
			rt.Fatalf("%q: %s", content, cmp.Diff(want[1:], got.Rows))
		}
	})
}

func FuzzBlocks(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "a,b\r\n\"1\",\"x\r\ny\"\r\n", "\uFEFFa;b\r1;2\r\r\n", "a,b\n\"1,2\n3,4\n5,6\"\n",
		"a\tb\n\t\n", "a,b\n\x00,\xff\n", "a\n\"\"\"\"\n\"", "\xff\xfea\x00", ",,,\n\"\",\" \"x\n", "a,b\n\"1\n\",2",
		"a,b\n" + strings.Repeat("1,2\n", 100) + "\"3\n" + strings.Repeat("4,5\n", 100),
	} {
		f.Add(seed, uint8(10))
	}
	f.Fuzz(func(t *testing.T, text string, size uint8) {
		if diff := cmp.Diff(whole(text), inBlocks(t, text, int(size)+1, 2, strings.NewReader(text))); diff != "" {
			t.Error(diff)
		}
	})
}

// TestASlowFileIsReadToItsEnd gets its bytes one by one.
func TestASlowFileIsReadToItsEnd(t *testing.T) {
	text := "a,b\n" + strings.Repeat("1,2\n\"3\",4\n", 200)
	if diff := cmp.Diff(whole(text), inBlocks(t, text, 50, 2, iotest.OneByteReader(strings.NewReader(text)))); diff != "" {
		t.Error(diff)
	}
}

// TestAFileThatBreaksTellsNothingElse has findings before the place where it breaks.
func TestAFileThatBreaksTellsNothingElse(t *testing.T) {
	broken := errors.New("broken")
	for _, text := range []string{"a,b\n1\n", "a", "\n", "a,b\n" + strings.Repeat("1\n", 100), "a,b\n\"1,2\n"} {
		var log finding.Log
		table, err := OpenBlocks("x.txt", io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), 10, 20, &log)
		if err == nil {
			err = InBlocks(table, 2, dropAll, func(*Block, *struct{}) error { return nil })
			table.Done()
		}
		if !errors.Is(err, broken) || len(log.Findings()) > 0 || len(log.Tallies()) > 0 {
			t.Errorf("%q: %v, %v, %v", text, err, log.Findings(), log.Tallies())
		}
	}
}

func TestWhoeverTakesBlocksMayStop(t *testing.T) {
	text := "a,b\n" + strings.Repeat("1,2\n", 5000)
	var log finding.Log
	table, err := OpenBlocks("x.txt", strings.NewReader(text), int64(len(text)), 40, &log)
	if err != nil {
		t.Fatal(err)
	}
	enough, taken := errors.New("enough"), 0
	err = InBlocks(table, 3, dropAll, func(*Block, *struct{}) error {
		if taken++; taken == 5 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || taken != 5 {
		t.Errorf("%v after %d blocks", err, taken)
	}
}

func TestMissingColumnRejectsEveryRowOfABlock(t *testing.T) {
	var log finding.Log
	table, err := OpenBlocks("x.txt", strings.NewReader("a\n1\n2\n"), 6, 0, &log)
	if err != nil {
		t.Fatal(err)
	}
	if table.Require("a", "b") || table.Err() != nil {
		t.Error("rows are given although a column is missing")
	}
	table.Done()
	if got := log.Tallies()[0]; got != (finding.Tally{File: "x.txt", Rows: 2, Rejected: 2}) {
		t.Errorf("tally %v", got)
	}
}

const busyRow = "T_12345_20,05:54:00,05:54:30,STP_1024,17,0,0,1523.75\n"

const busyHeader = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type,shape_dist_traveled\n"

// plainBlock is a block that was cut before.
func plainBlock(tb testing.TB) *Block {
	tb.Helper()
	var log finding.Log
	table, err := OpenBlocks("x.txt", strings.NewReader(busyHeader+busyRow), 1, 0, &log)
	if err != nil {
		tb.Fatal(err)
	}
	b := &Block{raw: []byte(strings.Repeat(busyRow, 2000)), first: 2}
	raw := b.raw
	b.begin(table)
	b.raw = raw
	b.cut()
	return b
}

func TestCuttingLinesAllocatesNothing(t *testing.T) {
	b, cells := plainBlock(t), 0
	if n := testing.AllocsPerRun(10, func() {
		b.ready = false
		b.cut()
		for r := range b.Len() {
			for c := range Column(b.stride - 1) {
				cells += len(b.Cell(r, c))
			}
		}
	}); n != 0 || b.Len() != 2000 || cells != 11*2000*(len(busyRow)-8) {
		t.Errorf("%v allocations, %d rows, %d bytes", n, b.Len(), cells)
	}
}

func BenchmarkBlocks(b *testing.B) {
	text := busyHeader + strings.Repeat(busyRow, 100_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		var log finding.Log
		table, _ := OpenBlocks("stop_times.txt", strings.NewReader(text), int64(len(text)), 0, &log)
		if err := InBlocks(table, 1, func(*Block, *struct{}) {}, func(*Block, *struct{}) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCut(b *testing.B) {
	block := plainBlock(b)
	b.SetBytes(int64(len(block.raw)))
	for b.Loop() {
		block.ready = false
		block.cut()
	}
}

// endless is a table of many rows that nobody holds.
type endless struct{ left int }

// Read gives whole rows; buffers are much longer than one.
func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for ; e.left > 0 && n+len(busyRow) <= len(p); e.left-- {
		n += copy(p[n:], busyRow)
	}
	if n == 0 && e.left > 0 {
		n, e.left = copy(p, busyRow[:len(p)]), 0 // the last row is cut off
	}
	if e.left == 0 {
		return n, io.EOF
	}
	return n, nil
}

// TestBlocksAreUsedAgain reads 53 MB and allocates a few blocks.
func TestBlocksAreUsedAgain(t *testing.T) {
	const rows, most = 1_000_000, 8 << 20
	var log finding.Log
	in := io.MultiReader(strings.NewReader(busyHeader), bufio.NewReaderSize(&endless{rows}, 1<<16))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	table, err := OpenBlocks("x.txt", in, 0, 0, &log)
	if err != nil {
		t.Fatal(err)
	}
	got := 0
	if err := InBlocks(table, 2, func(*Block, *struct{}) {}, func(b *Block, _ *struct{}) error {
		got += b.Len()
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if all, plain := table.Blocks(); all < rows*len(busyRow)/usualBlock || plain != all {
		t.Errorf("%d of %d blocks were plain", plain, all)
	}
	if allocated := after.TotalAlloc - before.TotalAlloc; got != rows || allocated > most {
		t.Errorf("%d rows, %d bytes allocated", got, allocated)
	}
}
