// Package workspace is the vocabulary of what a team keeps together: documents
// with revisions, contents by their hash, and jobs that are worked off. Package
// office decides what becomes of them, package store holds them.
package workspace

import (
	"errors"
	"time"
)

// Kind is what a document is.
type Kind string

// The kinds of documents.
const (
	KindCity     Kind = "city"
	KindVersion  Kind = "version"  // a network that was made of a city; its parent
	KindEvent    Kind = "event"    // in a city, its parent
	KindScenario Kind = "scenario" // of an event, its parent
	KindRun      Kind = "run"      // of a scenario, its parent
	KindBatch    Kind = "batch"    // of runs, in a city, its parent
	KindReport   Kind = "report"   // of a run, its parent
	KindJob      Kind = "job"
	KindReply    Kind = "reply" // to a request that may be sent again
)

// Document is one thing that is kept, as its store sees it. Kind and ID name
// it. Body is JSON, of which a store knows nothing.
type Document struct {
	Kind     Kind
	ID       string // 1 to MostID bytes
	Parent   string // id of the document that it belongs to; "" for none
	State    string // a word by which such documents are found; "" for none
	Revision int64  // 1 when it is new, one more with every change
	Created  time.Time
	Changed  time.Time // both in UTC, to the microsecond
	By       string    // who changed it last; a reference, never a name
	Body     []byte
}

// The limits of a document.
const (
	MostID   = 128
	MostBody = 4 << 20
)

// Page asks for a part of a list, in ascending order of ids.
type Page struct {
	After string // the last id of the page before; "" for the first page
	Limit int    // 1 to MostPage
}

// MostPage is how many documents a page may have.
const MostPage = 1000

// The errors of a store of documents; the last two are those of contents too.
var (
	ErrNotFound = errors.New("there is no such document")
	ErrExists   = errors.New("there is such a document already")
	// ErrStale is that of a change to a revision that is not the current one.
	ErrStale = errors.New("the document was changed by somebody else meanwhile")
	// ErrLimit is that of a document which is too large, or has a name that cannot be kept.
	ErrLimit = errors.New("the document is outside the limits of the store")
	// ErrBroken is that of every change after the disk has failed once: what the
	// system then says of the disk can no longer be believed. When the store is
	// opened again it has all that was acknowledged.
	ErrBroken = errors.New("the disk has failed; nothing more is kept until the store is opened again")
)

// Reader reads documents as of one moment.
type Reader interface {
	// Document is one document, or ErrNotFound.
	Document(kind Kind, id string) (Document, error)
	// Children lists the documents of a kind that belong to a parent ("": to none).
	Children(kind Kind, parent string, page Page) ([]Document, error)
	// InState lists the documents of a kind that are in a state.
	InState(kind Kind, state string, page Page) ([]Document, error)
}

// Writer changes documents. All that is done by one Writer comes to be at once, or nothing of it.
type Writer interface {
	Reader
	// Insert keeps a new document, whose Revision is set to 1; else ErrExists or ErrLimit.
	Insert(d Document) error
	// Replace keeps another text of a document whose current revision is d.Revision,
	// and gives the new revision; else ErrNotFound, ErrStale or ErrLimit. Created and
	// Parent stay as they were.
	Replace(d Document) (revision int64, err error)
	// Delete removes a document at its current revision; else ErrNotFound or ErrStale.
	Delete(kind Kind, id string, revision int64) error
}

// Now is a moment as documents keep it: in UTC, to the microsecond.
func Now(at time.Time) time.Time { return at.UTC().Truncate(time.Microsecond) }
