package spreadsheet

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func workbook(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := book.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestCellsBecomeFields(t *testing.T) {
	got, err := CSV(bytes.NewReader(workbook(t, []any{"id", "name", "people"}, []any{"a", "Старый, \"город\"", 18200}, []any{}, []any{"b", "旧城"})))
	if want := "id,name,people\na,\"Старый, \"\"город\"\"\",18200\nb,旧城,\n"; err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
}

func TestWhatIsNoWorkbook(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		err  error
	}{
		"text":      {[]byte("id,name\n"), ErrNotWorkbook},
		"nothing":   {nil, ErrNotWorkbook},
		"cut":       {workbook(t, []any{"a"})[:200], ErrNotWorkbook},
		"empty":     {workbook(t), ErrEmpty},
		"too large": {bytes.Repeat([]byte("PK"), mostPacked/2+1), ErrTooLarge},
	} {
		if text, err := CSV(bytes.NewReader(c.data)); !errors.Is(err, c.err) || text != "" {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(workbook(f, []any{"id", "people"}, []any{"a", 5}))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := Read(data)
		if err == nil && strings.TrimSpace(text) == "" {
			t.Error("a table without anything in it and no error")
		}
	})
}
