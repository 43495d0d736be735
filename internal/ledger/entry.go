// Package ledger holds the words of the audit log: who did what, when, from
// where; entries that are chained by their hashes; and the verifier that finds
// the first one that is not as it was written. Package audit keeps such a log.
package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/workspace"
)

// Verb says what was done.
type Verb string

// The verbs.
const (
	Create    Verb = "create"
	Change    Verb = "change"
	Remove    Verb = "remove"
	SignIn    Verb = "sign-in"
	SignFail  Verb = "sign-in-failed"
	SignOut   Verb = "sign-out"
	Invite    Verb = "invite"   // a one-time link was given out
	Redeem    Verb = "redeem"   // and used
	Reset     Verb = "reset"    // the means to sign in were taken away
	Password  Verb = "password" // a password was set
	Factor    Verb = "factor"   // a second factor was set or taken away
	Grant     Verb = "grant"    // the rights of an account are others now
	Close     Verb = "close"    // an account may not sign in any more
	Reopen    Verb = "reopen"
	Erase     Verb = "erase" // what was known of a person is gone
	Propose   Verb = "propose"
	Approve   Verb = "approve"
	Release   Verb = "release"
	Withdraw  Verb = "withdraw"
	Supersede Verb = "supersede"
	Rule      Verb = "rule"
	Export    Verb = "export"
	Sweep     Verb = "sweep" // what was kept long enough is gone
)

// Origin is who asks, and from where. It goes through the house with the request.
type Origin struct {
	Who     string // a reference, never a name; "" when nobody knows
	Address string // of the network, whole; the chain holds a part of it
	Request string // id of the request
}

type originKey struct{}

// With is a context that knows who asks.
func With(ctx context.Context, by Origin) context.Context {
	return context.WithValue(ctx, originKey{}, by)
}

// From is who asks, as the context knows it.
func From(ctx context.Context) Origin {
	by, _ := ctx.Value(originKey{}).(Origin)
	return by
}

// Act is what a desk tells of a change that it makes. Kind, ID and what is
// compared hold references only; what is personal goes into Private.
type Act struct {
	Origin
	Verb          Verb
	Kind          workspace.Kind
	ID            string
	Before, After any // JSON objects, or values that become such; nil for none
	// Private is kept beside the chain, where it can be erased.
	Private map[string]string
	// About is the person whom Private tells of, as a reference; "" for Who.
	About string
}

// Entry is one line of the log. Its hash is over all that stands before it, and
// that holds the hash of the entry before it.
type Entry struct {
	Number   int64           `json:"number"` // 1 for the first
	At       time.Time       `json:"at"`     // in UTC, to the microsecond
	Who      string          `json:"who"`    // a reference; "" when nobody knows
	From     string          `json:"from,omitempty"`
	Request  string          `json:"request,omitempty"`
	Verb     Verb            `json:"verb"`
	Kind     workspace.Kind  `json:"kind,omitempty"`
	ID       string          `json:"id,omitempty"`
	Before   workspace.Sum   `json:"before,omitempty"` // of what was there
	After    workspace.Sum   `json:"after,omitempty"`
	Change   json.RawMessage `json:"change,omitempty"` // see Difference
	Aside    workspace.Sum   `json:"aside,omitempty"`  // of what is kept beside the chain
	Previous workspace.Sum   `json:"previous"`         // hash of the entry before
	Hash     workspace.Sum   `json:"hash,omitempty"`
}

// Beginning is what the first entry has for the hash of the one before it.
const Beginning workspace.Sum = "0000000000000000000000000000000000000000000000000000000000000000"

// The limits of a log.
const (
	MostLine   = 64 << 10 // bytes of a line
	MostChange = 16 << 10 // bytes of the change that an entry tells
)

// ErrForm is the error of a line that is not what a log writes.
var ErrForm = errors.New("the line is not one that a log writes")

// Seal gives an entry its hash, after a last look at its words.
func (e Entry) Seal() Entry {
	for _, word := range []*string{&e.Who, &e.From, &e.Request, (*string)(&e.Verb), (*string)(&e.Kind), &e.ID} {
		*word = strings.ToValidUTF8(*word, "\uFFFD")
	}
	e.At = workspace.Now(e.At)
	e.Hash = e.sum()
	return e
}

// sum is the SHA-256 of the line without its hash.
func (e Entry) sum() workspace.Sum {
	e.Hash = ""
	line, err := json.Marshal(e)
	if err != nil {
		return "" // a change that is no JSON: nothing fits it
	}
	return Sum(line)
}

// Sum is the SHA-256 of some bytes.
func Sum(data []byte) workspace.Sum {
	sum := sha256.Sum256(data)
	return workspace.Sum(hex.EncodeToString(sum[:]))
}

// Line is the entry as a log has it, without the end of the line.
func (e Entry) Line() ([]byte, error) { return json.Marshal(e) }

// Aside is what belongs to an entry and is personal. The chain holds its sum
// only: the salt keeps that from being guessed when the aside is gone.
type Aside struct {
	Number int64             `json:"number"`
	Salt   string            `json:"salt"` // 128 random bits in hexadecimal digits
	Values map[string]string `json:"values"`
}

// Sum is what the entry holds of it.
func (a Aside) Sum() workspace.Sum {
	data, err := json.Marshal(a)
	if err != nil {
		return "" // strings always can be written
	}
	return Sum(data)
}

// row is any line of an exported log.
type row struct {
	Aside      *Aside      `json:"aside,omitempty"`
	Checkpoint *Checkpoint `json:"checkpoint,omitempty"`
}

// Line is the aside as an exported log has it.
func (a Aside) Line() ([]byte, error) { return json.Marshal(row{Aside: &a}) }

// ParseEntry reads a line. Anything but the very bytes that Line writes is
// ErrForm, so that nothing can hide in the spaces.
func ParseEntry(line []byte) (Entry, error) {
	var e Entry
	return e, parse(line, &e)
}

func parseRow(line []byte) (row, error) {
	var r row
	return r, parse(line, &r)
}

func parse(line []byte, into any) error {
	if len(line) > MostLine {
		return ErrForm
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if decoder.Decode(into) != nil {
		return ErrForm
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return ErrForm
	}
	again, err := json.Marshal(into)
	if err != nil || !bytes.Equal(again, line) {
		return ErrForm
	}
	return nil
}
