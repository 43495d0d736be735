package ledger

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"errors"
	"io"

	"github.com/qala-city/qala/internal/workspace"
)

// Why says what is wrong with a log.
type Why string

// What can be wrong.
const (
	NotForm     Why = "form"      // a line that no log writes, or is cut off
	WasChanged  Why = "changed"   // the entry is not what its hash says
	OutOfOrder  Why = "order"     // its number is not the next one: something is missing, doubled or moved
	NotNext     Why = "chain"     // it does not follow from the entry before it: one of them was replaced
	WrongAside  Why = "aside"     // what stands beside the entry is not what belongs to it
	WasCut      Why = "cut"       // the log ends before its end
	NotSigned   Why = "signature" // its end is not signed by a key that is trusted
	Contradicts Why = "anchor"    // a checkpoint knows another entry with this number
)

// Fault is the first thing that is wrong with a log.
type Fault struct {
	Why    Why   `json:"why"`
	Line   int   `json:"line"`   // of the file, from 1; one after the last where the log is cut
	Number int64 `json:"number"` // of the entry that should be there
}

// Verdict is what a verifier found.
type Verdict struct {
	Entries int64         `json:"entries"` // that are as they were written
	Head    workspace.Sum `json:"head"`    // hash of the last of them
	Signed  bool          `json:"signed"`  // the end is signed by a key that is trusted
	Fault   *Fault        `json:"fault,omitempty"`
}

// Trust is what a verifier knows beside the log.
type Trust struct {
	Keys    []ed25519.PublicKey // that may sign its end; none: the end need not be signed
	Anchors []Checkpoint        // copies that were kept elsewhere
}

// Verify reads an exported log, one JSON document a line, and finds the first
// entry that is not as it was written. A log ends with a checkpoint; what it
// was cut off behind that one only an anchor tells. An error is one of reading.
func Verify(r io.Reader, trust Trust) (Verdict, error) {
	v := &verifier{trust: trust, Verdict: Verdict{Head: Beginning}}
	lines := bufio.NewReaderSize(r, MostLine+2)
	for v.Fault == nil {
		line, err := lines.ReadSlice('\n')
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
			return v.Verdict, err
		}
		if len(line) == 0 {
			break
		}
		v.line++
		whole, ended := bytes.CutSuffix(line, []byte("\n"))
		if !ended {
			v.fault(NotForm)
			break
		}
		v.take(whole)
	}
	v.close()
	return v.Verdict, nil
}

type verifier struct {
	Verdict
	trust Trust
	line  int
	last  Entry
	ended bool
}

func (v *verifier) fault(why Why) {
	if v.Fault == nil {
		v.Fault = &Fault{why, v.line, v.Entries + 1}
	}
}

// take looks at one line.
func (v *verifier) take(line []byte) {
	switch {
	case v.ended:
		v.fault(NotForm)
	case bytes.HasPrefix(line, []byte(`{"aside":`)):
		v.aside(line)
	case bytes.HasPrefix(line, []byte(`{"checkpoint":`)):
		v.end(line)
	default:
		v.entry(line)
	}
}

func (v *verifier) entry(line []byte) {
	e, err := ParseEntry(line)
	switch {
	case err != nil:
		v.fault(NotForm)
	case e.sum() != e.Hash:
		v.fault(WasChanged)
	case e.Number != v.Entries+1:
		v.fault(OutOfOrder)
	case e.Previous != v.Head:
		v.fault(NotNext)
	case !v.fits(e.Number, e.Hash):
		v.fault(Contradicts)
	default:
		v.Entries, v.Head, v.last = e.Number, e.Hash, e
	}
}

// fits reports whether the anchors know no other entry with that number.
func (v *verifier) fits(number int64, hash workspace.Sum) bool {
	for _, anchor := range v.trust.Anchors {
		if anchor.Number == number && anchor.Hash != hash {
			return false
		}
	}
	return true
}

// aside looks at what stands beside the entry before it.
func (v *verifier) aside(line []byte) {
	r, err := parseRow(line)
	if err != nil || r.Checkpoint != nil {
		v.fault(NotForm)
		return
	}
	if r.Aside.Number != v.Entries || r.Aside.Sum() != v.last.Aside {
		v.fault(WrongAside)
		v.Fault.Number = v.Entries
	}
}

// end looks at the checkpoint that closes a log.
func (v *verifier) end(line []byte) {
	c, err := ParseCheckpoint(line)
	switch {
	case err != nil:
		v.fault(NotForm)
	case c.Number > v.Entries:
		v.fault(WasCut)
	case c.Number != v.Entries || c.Hash != v.Head:
		v.fault(Contradicts)
	case len(v.trust.Keys) > 0 && !c.SignedBy(v.trust.Keys...):
		v.fault(NotSigned)
	}
	v.ended, v.Signed = true, v.Fault == nil && len(v.trust.Keys) > 0
}

// close looks for what should still be there.
func (v *verifier) close() {
	v.line++
	if !v.ended {
		v.fault(WasCut)
	}
	for _, anchor := range v.trust.Anchors {
		if anchor.Number > v.Entries {
			v.fault(WasCut)
		}
	}
	v.Signed = v.Signed && v.Fault == nil
}
