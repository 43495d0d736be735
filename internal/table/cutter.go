package table

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/qala-city/qala/internal/finding"
)

// cutter cuts a file into blocks of whole lines.
type cutter struct {
	in    io.Reader
	size  int // bytes of a block, about
	rest  []byte
	ended bool

	number  int   // of the line at rest
	done    int64 // bytes before rest
	total   int64 // bytes of the file as it states them
	both    int   // lines that end in a carriage return and a line feed, as are the next two
	feeds   int
	returns int
	quoted  *Table // reads rows with quotes; nil where there are none

	log, head *finding.Log // where findings go in the end, and those of the header
	taken     int64        // bytes up to the last block that was taken
	blocks    int          // that were taken, and how many of them were plain
	plain     int
	failed    error // why the file cannot be read to its end
}

// longestLine bounds what cannot be cut because no line ends in it.
const longestLine = 1 << 30

var errLongLine = errors.New("a line is longer than a gigabyte")

// next puts the lines that follow, about size bytes of them, into a buffer. No
// bytes mean that the file is at its end.
func (c *cutter) next(into []byte, size int) ([]byte, error) {
	into = append(into[:0], c.rest...)
	searched := 0
	for {
		if err := c.read(&into, size); err != nil {
			return nil, err
		}
		end := bytes.LastIndexByte(into[searched:], '\n') + 1 + searched
		if c.ended {
			end = len(into)
		}
		if end > searched || c.ended {
			c.rest = append(c.rest[:0], into[end:]...)
			return into[:end], nil
		}
		if len(into) > longestLine {
			return nil, errLongLine
		}
		searched, size = len(into), 2*len(into)
	}
}

// read fills a buffer up to a size, or to the end of the file.
func (c *cutter) read(into *[]byte, size int) error {
	for len(*into) < size && !c.ended {
		if room := size + ahead + 1; cap(*into) < room {
			*into = append(make([]byte, 0, room), *into...)
		}
		n, err := c.in.Read((*into)[len(*into):size])
		*into = (*into)[:len(*into)+n]
		if errors.Is(err, io.EOF) {
			c.ended = true
		} else if err != nil {
			return err
		}
	}
	return nil
}

// leave counts the lines of a text that is behind.
func (c *cutter) leave(text []byte) {
	feeds, returns, both := bytes.Count(text, []byte{'\n'}), bytes.Count(text, []byte{'\r'}), 0
	if returns > 0 {
		both = bytes.Count(text, []byte("\r\n"))
	}
	c.both, c.feeds, c.returns = c.both+both, c.feeds+feeds-both, c.returns+returns-both
	c.number += feeds + returns - both
	c.done += int64(len(text))
}

func (c *cutter) mixedEndings() bool {
	return c.both+c.feeds+c.returns > max(c.both, c.feeds, c.returns)
}

// deal gives a block its lines. It is false at the end of the file.
func (c *cutter) deal(t *Table, b *Block) (bool, error) {
	b.begin(t)
	if c.quoted != nil {
		return true, c.dealQuoted(b)
	}
	raw, err := c.next(b.raw, c.size)
	if err != nil || len(raw) == 0 {
		return false, err
	}
	b.raw, b.first = raw, c.number
	c.leave(raw)
	b.until = c.done
	b.quoted = bytes.IndexByte(raw, '"') >= 0
	if b.quoted && !tidyQuotes(raw, t.comma) {
		c.quoted = t.scanner(string(raw), b.first)
		c.quoted.open = !c.ended
		return true, c.dealQuoted(b)
	}
	return true, nil
}

// dealQuoted gives a block rows of lines that hold quotes.
func (c *cutter) dealQuoted(b *Block) error {
	const rows = 4096
	for !b.fill(c.quoted, rows) && len(b.line) == 0 {
		if err := c.lengthen(); err != nil {
			return err
		}
	}
	b.until = c.done
	if !c.quoted.more() {
		c.quoted = nil
	}
	return nil
}

// lengthen adds lines to those that hold quotes: about as many as are left of them.
func (c *cutter) lengthen() error {
	q := c.quoted
	left := q.text[q.at:]
	raw, err := c.next(nil, max(len(left), c.size))
	if err != nil {
		return err
	}
	c.leave(raw)
	q.text, q.at, q.open = left+string(raw), 0, !c.ended
	q.inspect()
	return nil
}

// scanner reads the rows of some lines of a table.
func (t *Table) scanner(text string, number int) *Table {
	s := &Table{file: t.file, header: t.header, comma: t.comma, text: text, nextLine: number}
	s.inspect()
	return s
}

// cut cuts the lines of a block into cells, unless it has them already.
func (b *Block) cut() {
	if b.ready {
		return
	}
	b.ready = true
	if b.quick = b.isPlain() && b.cutQuick(); !b.quick {
		b.line, b.met, b.given = b.line[:0], b.met[:0], sums{}
		b.place = b.place[:0]
		b.fill((&b.scan).scanner(string(b.raw), b.first), len(b.raw)+1)
	}
}

// cutQuick cuts plain lines. It is false for quotes around nothing where one
// cannot tell any more whether they were there.
func (b *Block) cutQuick() bool {
	text, ended := &b.raw, b.raw[len(b.raw)-1] == '\n'
	if b.quoted {
		b.cells = withoutQuotes(b.cells[:0], b.raw)
		text = &b.cells
	}
	if !ended {
		*text = append(*text, '\n')
	}
	*text = slices.Grow(*text, ahead)
	clear((*text)[len(*text) : len(*text)+ahead])
	b.text = *text
	return b.cutLines() == 0 || !b.quoted
}

// isPlain reports whether the lines hold nothing that needs a second look.
func (b *Block) isPlain() bool {
	return bytes.IndexByte(b.raw, 0) < 0 && utf8.Valid(b.raw) && len(b.scan.header) <= mostCells && !loneReturn(b.raw)
}

func loneReturn(text []byte) bool {
	return bytes.IndexByte(text, '\r') >= 0 && hasLoneCR(string(text))
}
