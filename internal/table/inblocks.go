package table

import (
	"cmp"
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/qala-city/qala/internal/finding"
)

// usualBlock is about how many bytes a block has where nobody says so: with its
// cells' places it stays near to the processor.
const usualBlock = 128 << 10

// OpenBlocks reads the header of a file whose rows are then read with InBlocks
// instead of Next. It is said to have size bytes, for Progress, and is read in
// blocks of about block bytes; 0 stands for what is usual. What is found stays
// back until all rows are read, and is lost when that fails. The error is
// ErrUnreadable as for Open, or what in gives.
func OpenBlocks(file string, in io.Reader, size int64, block int, log *finding.Log) (*Table, error) {
	f := &cutter{in: in, size: cmp.Or(block, usualBlock), total: size, number: 1, log: log, head: &finding.Log{}}
	t := &Table{file: file, feed: f}
	code, err := t.openHeader()
	if err != nil {
		return nil, err
	}
	if code != "" {
		if _, err := io.Copy(io.Discard, in); err != nil { // of a file that cannot be read to its end nothing else is told
			return nil, err
		}
		log.Append(f.head)
		t.log = log
		return nil, t.unreadable(code)
	}
	t.log = &finding.Log{Limit: log.Limit}
	return t, nil
}

// startOfFile is how much of a file tells UTF-16.
const startOfFile = 200

// openHeader reads on until the header is read, or cannot be.
func (t *Table) openHeader() (finding.Code, error) {
	f := t.feed
	raw, err := f.next(nil, max(f.size, startOfFile))
	if err != nil {
		return "", err
	}
	if utf16(string(raw[:min(len(raw), startOfFile)]) + string(f.rest)) {
		return codeUTF16, nil
	}
	text := strings.TrimPrefix(string(raw), "\uFEFF")
	for !t.headerOf(text) {
		if f.ended {
			return codeEmpty, nil
		}
		if raw, err = f.next(nil, max(f.size, len(text))); err != nil {
			return "", err
		}
		text += string(raw)
	}
	f.leave([]byte(text[:t.at]))
	f.rest = append([]byte(text[t.at:]), f.rest...)
	t.text, t.at, t.cells = "", 0, nil
	return "", nil
}

// headerOf reads the header from the start of a file; false when it is not there.
func (t *Table) headerOf(text string) bool {
	*t.feed.head = finding.Log{}
	*t = Table{file: t.file, feed: t.feed, log: t.feed.head, text: text, nextLine: 1, open: !t.feed.ended}
	t.inspect()
	read := t.readHeader()
	t.open, t.cut = false, false
	return read
}

// job is a block on its way through the workers.
type job[T any] struct {
	block Block
	made  T
	seen  chan struct{}
}

// InBlocks hands the rows of a table to so many workers in blocks. Each worker
// looks at a block and makes what it needs of it, in a value that was used for
// an earlier block; take gets the blocks in the order of the file, one at a
// time. What comes out does not depend on the number of workers. The error is
// that of take, or of reading the file.
func InBlocks[T any](t *Table, workers int, look func(*Block, *T), take func(*Block, *T) error) error {
	p := &pipeline[T]{t: t, look: look, stop: make(chan struct{})}
	jobs := workers + 2
	p.free, p.work, p.order = make(chan *job[T], jobs), make(chan *job[T], jobs), make(chan *job[T], jobs)
	for range jobs {
		p.free <- &job[T]{seen: make(chan struct{}, 1)}
	}
	p.wait.Go(p.deal)
	for range workers {
		p.wait.Go(p.worker)
	}
	err := p.take(take)
	close(p.stop)
	p.wait.Wait()
	if err = errors.Join(err, t.feed.failed); err != nil {
		return err
	}
	t.finish()
	return nil
}

// pipeline is what InBlocks is made of: one goroutine reads, some look, the caller's takes.
type pipeline[T any] struct {
	t                 *Table
	look              func(*Block, *T)
	free, work, order chan *job[T] // none of them is ever full
	stop              chan struct{}
	wait              sync.WaitGroup
}

// deal reads the file and hands out its blocks.
func (p *pipeline[T]) deal() {
	defer close(p.order)
	defer close(p.work)
	for {
		var j *job[T]
		select {
		case j = <-p.free:
		case <-p.stop:
			return
		}
		more, err := p.t.feed.deal(p.t, &j.block)
		if p.t.feed.failed = err; err != nil || !more {
			return
		}
		p.work <- j
		p.order <- j
	}
}

func (p *pipeline[T]) worker() {
	for j := range p.work {
		j.block.cut()
		p.look(&j.block, &j.made)
		j.seen <- struct{}{}
	}
}

func (p *pipeline[T]) take(take func(*Block, *T) error) error {
	for j := range p.order {
		<-j.seen
		p.t.take(&j.block)
		if err := take(&j.block, &j.made); err != nil {
			return err
		}
		p.free <- j
	}
	return nil
}

// take counts the rows of a block and records what was found in them.
func (t *Table) take(b *Block) {
	t.feed.taken = b.until
	t.feed.blocks++
	if b.quick {
		t.feed.plain++
	}
	t.rows, t.rejected, t.surplus = t.rows+b.given.rows, t.rejected+b.given.rejected, t.surplus+b.given.surplus
	odd := t.odd + b.given.odd
	said := b.said
	for _, met := range b.met {
		for len(said) > 0 && said[0].row < met.row {
			t.log.Add(said[0].Finding)
			said = said[1:]
		}
		t.tell(met.Finding)
	}
	for _, s := range said {
		t.log.Add(s.Finding)
	}
	t.odd = odd
}

// Blocks is in how many blocks a table was read, and how many of them were plain
// lines, which take least.
func (t *Table) Blocks() (all, plain int) {
	if t.feed == nil {
		return 0, 0
	}
	return t.feed.blocks, t.feed.plain
}

// tell records what reading a row found; see mostOddRows.
func (t *Table) tell(f finding.Finding) {
	if f.Code == codeMissingCells || f.Code == codeExtraCells {
		if t.odd++; t.odd > mostOddRows {
			return
		}
	}
	t.log.Add(f)
}

// finish gives away the findings that were kept back.
func (t *Table) finish() {
	f, rows := t.feed, t.log
	if rows == f.log {
		return
	}
	t.log = f.log
	t.log.Append(f.head)
	if f.mixedEndings() {
		t.Note(codeMixedEndings, "", "")
	}
	t.log.Append(rows)
	f.taken, f.total = f.done, f.done
}
