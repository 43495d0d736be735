package table

import (
	"bytes"
	"strings"

	"github.com/qala-city/qala/internal/finding"
)

// Block is some rows of a file that is read in blocks; see InBlocks. Its cells
// are those that Get would give, as bytes that are good until the block is taken.
type Block struct {
	text   []byte  // of the cells; more than the block's length may be read behind it
	place  []int32 // of row r from r*stride on: one before its first cell, then the end of each cell
	line   []int32 // by row
	stride int     // one more than the header has cells

	raw    []byte // the lines as they stand in the file
	ready  bool   // the rows are cut already
	quick  bool   // by cutLines
	quoted bool   // there are quotes, all of them around cells
	first  int    // the line at the block's start
	until  int64  // bytes of the file up to the block's end

	met   []placed // what reading the rows found, in their order
	said  []placed // what whoever looked at the cells found, in their order
	out   int      // one past the row that was rejected last
	given sums
	scan  Table  // reads the rows that are not plain
	cells []byte // where they are laid
}

// sums are what is counted of rows.
type sums struct{ rows, rejected, surplus, odd int }

// placed is a finding about a row or about what stands before it.
type placed struct {
	row int
	finding.Finding
}

// Len is how many rows can be read.
func (b *Block) Len() int { return len(b.line) }

// Line is the line on which a row starts.
func (b *Block) Line(row int) int32 { return b.line[row] }

// Bytes is a cell as it stands, with spaces around it; empty where the row has none.
func (b *Block) Bytes(row int, c Column) []byte {
	if c < 0 {
		return nil
	}
	place := b.place[row*b.stride+int(c):]
	from, to := place[0]+1, place[1]
	if from >= to {
		return nil
	}
	return b.text[from:to]
}

// Cell is a cell without spaces around it; empty where the row or the table has none.
func (b *Block) Cell(row int, c Column) []byte {
	cell := b.Bytes(row, c)
	if len(cell) == 0 || plain(cell[0]) && plain(cell[len(cell)-1]) {
		return cell
	}
	return bytes.TrimSpace(cell)
}

// Reject leaves a row out, with an error finding, as Table.Reject does. Rows are
// looked at in order.
func (b *Block) Reject(row int, code finding.Code, field, value string, args ...string) {
	b.say(finding.Error, row, code, field, value, args)
	b.Drop(row)
}

// Drop leaves a row out for which a finding was recorded.
func (b *Block) Drop(row int) {
	if b.out <= row {
		b.out = row + 1
		b.given.rejected++
	}
}

// Warn records that a row is kept although it is suspicious.
func (b *Block) Warn(row int, code finding.Code, field, value string, args ...string) {
	b.say(finding.Warning, row, code, field, value, args)
}

func (b *Block) say(level finding.Level, row int, code finding.Code, field, value string, args []string) {
	value = strings.Clone(value[:min(len(value), longestValue)])
	b.said = append(b.said, placed{row, finding.Finding{
		Level: level, Code: code, File: b.scan.file, Line: int(b.line[row]), Field: field, Value: value, Args: pairs(args),
	}})
}

// begin makes an empty block of lines of a table.
func (b *Block) begin(t *Table) {
	b.stride = len(t.header) + 1
	b.place, b.line, b.met, b.said = b.place[:0], b.line[:0], b.met[:0], b.said[:0]
	b.text, b.ready, b.quick, b.out, b.given = nil, false, false, 0, sums{}
	b.scan = Table{file: t.file, header: t.header, comma: t.comma, cells: b.scan.cells[:0]}
}

// fill takes over the rows that a scanner reads: all to the end of its text,
// or as many as make a block. It is false when the scanner stands before a row
// that may go on behind its text.
func (b *Block) fill(scan *Table, most int) bool {
	whole := true
	var log finding.Log // of one row: what is too much for a file is seen when the block is taken
	scan.log, b.text, b.ready = &log, b.cells[:0], true
	for len(b.line) < most && scan.more() {
		at, line := scan.at, scan.nextLine
		split := scan.split()
		if scan.cut {
			scan.at, scan.nextLine, scan.cut, whole = at, line, false, false
			break
		}
		keeps := scan.keeps(split)
		b.found(&log)
		log = finding.Log{}
		if keeps {
			b.append(scan)
		}
	}
	b.cells = b.text
	b.count(scan)
	return whole
}

// count takes over what a scanner counted.
func (b *Block) count(scan *Table) {
	b.given.rows, b.given.rejected = b.given.rows+scan.rows, b.given.rejected+scan.rejected
	b.given.surplus, b.given.odd = b.given.surplus+scan.surplus, b.given.odd+scan.odd
	scan.rows, scan.rejected, scan.surplus, scan.odd = 0, 0, 0, 0
}

// found places findings before the row that comes next.
func (b *Block) found(log *finding.Log) {
	for _, f := range log.Findings() {
		b.met = append(b.met, placed{len(b.line), f})
	}
}

// append lays the cells of the scanner's row end to end.
func (b *Block) append(scan *Table) {
	b.line = append(b.line, int32(scan.line))
	b.place = append(b.place, int32(len(b.text))-1)
	for c := range b.stride - 1 {
		b.text = append(b.text, scan.Get(Column(c))...)
		b.place = append(b.place, int32(len(b.text)))
		b.text = append(b.text, scan.comma)
	}
}
