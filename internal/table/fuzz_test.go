package table

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/qala-city/qala/internal/finding"
)

func FuzzTable(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "a,b\r\n\"1\",\"x\r\ny\"\r\n", "\uFEFFa;b\r1;2\r\r\n", "a,b\n\"1,2\n3,4\n5,6\"\n",
		"a\tb\n\t\n", "a,b\n\x00,\xff\n", "a\n\"\"\"\"\n\"", "\xff\xfea\x00", ",,,\n\"\",\" \"x\n", "a,b\n\"1\n\",2",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var log finding.Log
		table, err := Open("x.txt", text, &log)
		if err != nil {
			return
		}
		rows, last := checkRows(t, table)
		if lines := 1 + strings.Count(text, "\n") + strings.Count(text, "\r"); last > lines {
			t.Errorf("line %d of %d", last, lines)
		}
		table.Done()
		got := log.Tallies()[0]
		if got.Rows != got.Kept+got.Rejected || got.Kept != rows || log.Total(finding.Error) != got.Rejected {
			t.Errorf("tally %v with %d rows given and %d errors", got, rows, log.Total(finding.Error))
		}
	})
}

// checkRows reads on to the end; lines rise and cells are clean text.
func checkRows(t *testing.T, table *Table) (rows, last int) {
	for table.Next() {
		rows++
		if table.Line() <= last {
			t.Fatalf("line %d after line %d", table.Line(), last)
		}
		last = table.Line()
		for c := range table.header {
			if cell := table.Get(Column(c)); !utf8.ValidString(cell) || cell != strings.TrimSpace(cell) {
				t.Fatalf("line %d: cell %q", last, cell)
			}
		}
	}
	return rows, last
}

func BenchmarkTable(b *testing.B) {
	const row = "T_12345_20,05:54:00,05:54:30,STP_1024,17,0,0,1523.75\n"
	text := "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type,shape_dist_traveled\n" +
		strings.Repeat(row, 100_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		var log finding.Log
		table, _ := Open("stop_times.txt", text, &log)
		for table.Next() {
		}
	}
}
