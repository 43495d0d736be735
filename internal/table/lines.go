package table

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/qala-city/qala/internal/finding"
)

// ahead is how many bytes are looked at together. As many that are neither
// comma nor line feed can be read behind the lines of a block.
const ahead = 64

// cutLines cuts lines without quotes, NUL bytes, broken UTF-8 or carriage
// returns that end a line alone. The last line ends in a line feed too. It
// tells how many lines were blank.
func (b *Block) cutLines() (blank int) {
	c := lineCut{Block: b, text: b.text, number: int32(b.first), at: 1}
	comma := spread(b.scan.comma)
	c.place, b.line = b.place[:cap(b.place)], b.line[:0]
	c.makeRoom()
	c.place[0] = -1
	for base := 0; base < len(c.text); base += ahead {
		c.makeRoom()
		c.cutAhead(base, marks((*[ahead]byte)(c.text[base:base+ahead]), comma))
	}
	b.place = c.place[:c.row+1]
	b.scan.rows = len(b.line)
	b.count(&b.scan)
	return c.blank
}

// lineCut is a block whose lines are being cut.
type lineCut struct {
	*Block
	text   []byte
	place  []int32
	row    int // of place: where that of the row begins
	at     int // of place: where the next cell's end belongs
	from   int // of text: where the line starts
	number int32
	blank  int
}

// cutAhead ends cells and rows at the marks from base on.
func (c *lineCut) cutAhead(base int, marks uint64) {
	text, place, at := c.text, c.place, c.at // near at hand: this is where the time goes
	for ; marks != 0; marks &= marks - 1 {
		p := base + bits.TrailingZeros64(marks)
		place[at] = int32(p)
		at++
		if text[p] == '\n' {
			c.at = at
			c.endLine(p)
			place, at = c.place, c.at
		}
	}
	c.at = at
}

// makeRoom makes room for the ends and beginnings that the bytes ahead can have, and for a row.
func (c *lineCut) makeRoom() {
	if need := c.at + 2*ahead + c.stride + 1; need > len(c.place) {
		c.place = slices.Grow(c.place, need-len(c.place))
		c.place = c.place[:cap(c.place)]
	}
}

// endLine ends the row at the line feed at p.
func (c *lineCut) endLine(p int) {
	end := p
	if end > c.from && c.text[end-1] == '\r' {
		end--
		c.place[c.at-1] = int32(end)
	}
	if (c.at == c.row+c.stride && c.text[c.from] > ' ') || c.unusual(end) {
		c.line = append(c.line, c.number)
		c.row += c.stride
	} else {
		c.blank++
	}
	c.place[c.row] = int32(p)
	c.at, c.from, c.number = c.row+1, p+1, c.number+1
}

// unusual looks at a line that starts with a space or has too few or too many
// cells. It is false for a blank line, which is no row.
func (c *lineCut) unusual(end int) bool {
	line := c.text[c.from:end]
	if (len(line) == 0 || line[0] <= ' ') && len(bytes.TrimSpace(line)) == 0 && !c.scan.leadingTab(string(line)) {
		return false
	}
	if have := c.at - c.row; have != c.stride {
		c.at = c.row + c.stride
		c.makeRoom()
		for i := have; i < c.stride; i++ {
			c.place[c.row+i] = int32(end)
		}
		c.oddLine(string(line), int(c.number))
	}
	return true
}

// oddLine says that a row has too few or too many cells.
func (b *Block) oddLine(line string, number int) {
	var log finding.Log
	b.scan.log, b.scan.line = &log, number
	b.scan.splitPlain(line)
	if len(b.scan.cells) != len(b.scan.header) {
		b.scan.reportLength()
	}
	b.found(&log)
}

// spread is a byte eight times.
func spread(c byte) uint64 { return uint64(c) * 0x0101010101010101 }

const (
	lowBits   = 0x7f7f7f7f7f7f7f7f
	lineFeeds = '\n' * 0x0101010101010101
	gather    = 0x0102040810204080 // brings the lowest bit of each byte into the highest byte
)

// marks has a bit for each of 64 bytes that is a comma or a line feed.
func marks(text *[ahead]byte, comma uint64) uint64 {
	return mark(text[0:8], comma) | mark(text[8:16], comma)<<8 | mark(text[16:24], comma)<<16 | mark(text[24:32], comma)<<24 |
		mark(text[32:40], comma)<<32 | mark(text[40:48], comma)<<40 | mark(text[48:56], comma)<<48 | mark(text[56:64], comma)<<56
}

// mark is marks for 8 bytes.
func mark(text []byte, comma uint64) uint64 {
	w := binary.LittleEndian.Uint64(text)
	return (zeros(w^comma) | zeros(w^lineFeeds)) >> 7 * gather >> 56
}

// zeros has the highest bit of each byte that is zero.
func zeros(w uint64) uint64 { return ^((w&lowBits + lowBits) | w | lowBits) }
