package eventfile

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/finding"
)

const entriesTable = `date,hour,operator,name,count
2026-08-01,8,tram,North,10
2026-08-08,8,tram,North,13
2026-08-08,9,tram,North,1
2026-08-08,8,bus,North,99
2026-08-09,8,tram,North,99
2026-08-08,8,tram,"North, upper hall",4
2026-08-01,23,tram,South,6
2026-08-08,23,tram,Depot,8
`

const stopsTable = `name,id
North,N
"North, upper hall",N
South,S
South,S
Depot,
`

// tablesOf opens texts by path.
func tablesOf(texts map[string]string) func(string) ([]byte, error) {
	return func(path string) ([]byte, error) {
		text, found := texts[path]
		if !found {
			return nil, fs.ErrNotExist
		}
		return []byte(text), nil
	}
}

func complete(t *testing.T, text string, texts map[string]string) (File, []finding.Finding, error) {
	t.Helper()
	file, findings, err := Read("event.yaml", []byte(text))
	if err != nil {
		t.Fatal(err, findings)
	}
	findings, err = file.Complete("event.yaml", tablesOf(texts))
	return file, findings, err
}

// The mean of two Saturdays: 11.5 and 2 people come in at 8, rounded up together
// by name: (10 + 13 + 1) / 2 = 12 and 4 / 2 = 2 are one stop.
func TestEntriesAreTheMeanOfTheirDates(t *testing.T) {
	file, findings, err := complete(t, whole, map[string]string{"entries.csv": entriesTable, "stops.csv": stopsTable})
	if err != nil {
		t.Fatal(err, findings)
	}
	north, south := demand.Entries{Stop: "tram:N"}, demand.Entries{Stop: "tram:S"}
	north.ByHour[8], north.ByHour[9], south.ByHour[23] = 12+2, 1, 3
	if diff := cmp.Diff([]demand.Entries{north, south}, file.Event.Everyday.Entries); diff != "" {
		t.Error(diff)
	}
	if len(findings) != 1 || findings[0].Code != codeNoStop || findings[0].Value != "Depot" || findings[0].Args["count"] != "4" || findings[0].Line != 41 {
		t.Errorf("findings %v", findings)
	}
}

func TestHourlyCountsMayBePacked(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte("Stunde;Zahl\n7;30\n8;50\n17;20\n")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	text, _, _ := strings.Cut(strings.Replace(whole, "hours: saturday", "hourly: {path: day.csv.gz, hour: Stunde, count: Zahl}", 1), "  entries:")
	file, findings, err := complete(t, text, map[string]string{"day.csv.gz": packed.String()})
	var want demand.Hours
	want[7], want[8], want[17] = .3, .5, .2
	if err != nil || file.Event.Everyday.Hours != want {
		t.Errorf("hours %v, error %v, findings %v", file.Event.Everyday.Hours, err, findings)
	}
}

func TestEveryMistakeInCountsIsTold(t *testing.T) {
	both := func(entries, stops string) map[string]string {
		return map[string]string{"entries.csv": entries, "stops.csv": stops}
	}
	for name, c := range map[string]struct {
		texts map[string]string
		code  finding.Code
		file  string
		line  int
	}{
		"no table":       {map[string]string{"stops.csv": stopsTable}, codeNoTable, "event.yaml", 41},
		"no stops":       {map[string]string{"entries.csv": entriesTable}, codeNoTable, "event.yaml", 45},
		"no such column": {both(strings.Replace(entriesTable, "operator", "company", 1), stopsTable), "table.missing_column", "entries.csv", 1},
		"hour 24":        {both(strings.Replace(entriesTable, ",9,", ",24,", 1), stopsTable), codeNotHour, "entries.csv", 4},
		"no number":      {both(strings.Replace(entriesTable, "North,13", "North,many", 1), stopsTable), codeNotCount, "entries.csv", 3},
		"a day missing":  {both(strings.ReplaceAll(entriesTable, "2026-08-01", "2026-08-02"), stopsTable), codeNoCounts, "event.yaml", 41},
		"two stops":      {both(entriesTable, strings.Replace(stopsTable, "South,S", "South,T", 1)), codeStationTwice, "stops.csv", 5},
	} {
		_, findings, err := complete(t, whole, c.texts)
		if !errors.Is(err, ErrRefused) {
			t.Errorf("%s: error %v", name, err)
		}
		told := false
		for _, f := range findings {
			told = told || f.Code == c.code && f.File == c.file && f.Line == c.line
		}
		if !told {
			t.Errorf("%s: findings %v", name, findings)
		}
	}
}

func TestPackedTextMayBeBroken(t *testing.T) {
	text := strings.Replace(whole, "path: entries.csv", "path: entries.csv.gz", 1)
	if _, findings, err := complete(t, text, map[string]string{"entries.csv.gz": "no gzip", "stops.csv": stopsTable}); !errors.Is(err, ErrRefused) || findings[0].Code != codeNoTable {
		t.Errorf("error %v, findings %v", err, findings)
	}
}

func TestAFileWithoutTablesIsComplete(t *testing.T) {
	text, _, _ := strings.Cut(whole, "  entries:")
	if file, findings, err := complete(t, text, nil); err != nil || len(findings) > 0 || len(file.Paths()) > 0 {
		t.Errorf("error %v, findings %v", err, findings)
	}
}

func FuzzComplete(f *testing.F) {
	f.Add(entriesTable, stopsTable)
	f.Add("hour,count,name,date,operator\n8,1,N,20260801,tram\n", "name,id\n")
	f.Add("", "\x00")
	f.Fuzz(func(t *testing.T, entries, stops string) {
		file, _, err := Read("event.yaml", []byte(whole))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Complete("event.yaml", tablesOf(map[string]string{"entries.csv": entries, "stops.csv": stops})); err != nil {
			return
		}
		for _, e := range file.Event.Everyday.Entries {
			if e.Stop == "" {
				t.Errorf("accepted: %+v", e)
			}
		}
	})
}
