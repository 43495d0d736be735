package typeset_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/qala-city/qala/internal/typeset"
)

func document(blocks ...typeset.Block) typeset.Document {
	return typeset.Document{
		Title: "Матч", Subject: "Plan", Author: "qala", Language: "kk", Created: time.Date(2026, 8, 15, 0, 0, 0, 0, time.UTC),
		Running: "Running", Foot: func(page, pages int) string { return fmt.Sprintf("%d of %d", page, pages) }, Blocks: blocks,
	}
}

func set(t *testing.T, blocks ...typeset.Block) []byte {
	t.Helper()
	data, err := typeset.PDF(document(blocks...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

var (
	streams = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)
	pages   = regexp.MustCompile(`/Type /Page\b[^s]`)
)

// drawn is what the pages of a file say, its streams unpacked.
func drawn(data []byte) string {
	var all strings.Builder
	for _, found := range streams.FindAllSubmatch(data, -1) {
		unpacked, err := zlib.NewReader(bytes.NewReader(found[1]))
		if err != nil {
			continue // a face
		}
		if text, _ := io.ReadAll(unpacked); bytes.Contains(text, []byte(" Tf")) || bytes.Contains(text, []byte(" RG")) {
			all.Write(text) // a page, not a table of a face
		}
	}
	return all.String()
}

// says reports whether the pages have a text: its letters stand there as UTF-16.
func says(data []byte, text string) bool {
	var want []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		want = binary.BigEndian.AppendUint16(want, unit)
	}
	escaped := strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`, "\r", `\r`).Replace(string(want))
	return strings.Contains(drawn(data), escaped)
}

func TestLettersOfFourLanguagesAreSet(t *testing.T) {
	data := set(t, typeset.Paragraph{Text: "Clearance Әә Ққ Ңң Өө Ұұ Үү Іі Һһ Ёё 地铁站 → №"})
	for _, text := range []string{"Clearance Әә Ққ Ңң Өө Ұұ Үү Іі Һһ Ёё ", "地铁站", "→", "№"} {
		if !says(data, text) {
			t.Errorf("the page lacks %s", text)
		}
	}
	if !bytes.HasPrefix(data, []byte("%PDF-")) || !bytes.Contains(data, []byte("/Lang (kk)")) {
		t.Errorf("%.80q", data)
	}
}

func TestAFaceThatNobodyNeedsIsNotInTheFile(t *testing.T) {
	if without, with := len(set(t, typeset.Paragraph{Text: "Station"})), len(set(t, typeset.Paragraph{Text: "Station 站"})); without+1000 > with {
		t.Errorf("%d bytes without a Chinese sign, %d with one", without, with)
	}
}

func TestWhatNoFaceHasIsSeenToBeMissing(t *testing.T) {
	if data := set(t, typeset.Paragraph{Text: "a\U0001F600b"}); !says(data, "□") {
		t.Error("nothing stands for a letter that no face has")
	}
}

func TestContentsKnowThePages(t *testing.T) {
	blocks := []typeset.Block{typeset.Contents{Title: "Contents"}}
	for chapter := range 3 {
		blocks = append(blocks, typeset.Break{}, typeset.Heading{Level: 1, Text: fmt.Sprintf("Chapter %c", 'A'+chapter)})
	}
	data := set(t, blocks...)
	for _, text := range []string{"Chapter C", "4 of 4", "1 of 4"} {
		if !says(data, text) {
			t.Errorf("the pages lack %s", text)
		}
	}
	if count := len(pages.FindAll(data, -1)); count != 4 {
		t.Errorf("%d pages", count)
	}
	if count := bytes.Count(data, []byte("/Subtype /Link")); count != 3 {
		t.Errorf("%d links", count)
	}
}

func TestHeadsOfATableComeAgain(t *testing.T) {
	table := typeset.Table{Columns: []typeset.Column{{Head: "Stop", Share: 1}, {Head: "People", Share: 1, Right: true}}}
	for i := range 120 {
		table.Rows = append(table.Rows, []typeset.Cell{{Text: "Stop number"}, {Text: fmt.Sprint(i), Fill: "9B1C1C", Ink: "FFFFFF"}})
	}
	data := set(t, table)
	count := len(pages.FindAll(data, -1))
	heads := strings.Count(drawn(data), "\x00P\x00e\x00o\x00p\x00l\x00e")
	if count < 2 || heads != count {
		t.Errorf("%d heads on %d pages", heads, count)
	}
}

func TestARowIsNeverHigherThanAPage(t *testing.T) {
	long := strings.Repeat("words of a source that does not end ", 2000)
	data := set(t, typeset.Table{Columns: []typeset.Column{{Head: "a", Share: 1}}, Rows: [][]typeset.Cell{{{Text: long}}, {{Text: "after"}}}})
	if !says(data, "after") || len(pages.FindAll(data, -1)) > 2 {
		t.Error("a long text took more than its place")
	}
}

func TestDrawingsAreVectors(t *testing.T) {
	data := set(t, typeset.Figure{Height: 20, Shapes: []typeset.Shape{
		typeset.Path{Points: []typeset.Point{{X: 0, Y: 0}, {X: 10, Y: 10}}, Stroke: "0B5394", Width: .5},
		typeset.Clip{To: typeset.Point{X: 5, Y: 5}, Shapes: []typeset.Shape{typeset.Disc{At: typeset.Point{X: 2, Y: 2}, Radius: 1, Fill: "1B2126"}}},
		typeset.Label{At: typeset.Point{X: 3, Y: 3}, Text: "label"},
	}})
	if got := drawn(data); !strings.Contains(got, "0.043 0.325 0.578 RG") && !strings.Contains(got, "0.043 0.325 0.580 RG") || !strings.Contains(got, "W n") {
		t.Error("no line, or no clipping")
	}
	if bytes.Contains(data, []byte("/Subtype /Image")) {
		t.Error("a drawing is a picture")
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	first := set(t, typeset.Paragraph{Text: "Әә 地铁站 text", Tone: typeset.Strong}, typeset.Contents{Title: "c"}, typeset.Heading{Level: 1, Text: "h"})
	for range 5 {
		if again := set(t, typeset.Paragraph{Text: "Әә 地铁站 text", Tone: typeset.Strong}, typeset.Contents{Title: "c"}, typeset.Heading{Level: 1, Text: "h"}); !bytes.Equal(first, again) {
			t.Fatal("the same document gave other bytes")
		}
	}
}
