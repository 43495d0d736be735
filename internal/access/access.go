// Package access finds out who somebody is and what he may do: accounts and
// their passwords, second factors, sessions, keys of programs and devices, and
// what a provider of identities says. Package role has the words of rights,
// package audit keeps what was done.
package access

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/workspace"
)

// Store keeps documents.
type Store interface {
	Read(ctx context.Context, do func(workspace.Reader) error) error
	Write(ctx context.Context, do func(workspace.Writer) error) error
}

// Log keeps what was done, in the transaction in which it is done.
type Log interface {
	Append(w workspace.Writer, act ledger.Act) error
	// Forget removes what is personal about somebody.
	Forget(w workspace.Writer, person string) (int, error)
}

// Options are what the desk is made of. Every field but Rules is needed.
type Options struct {
	Store  Store
	Log    Log
	Now    func() time.Time
	Random io.Reader     // unpredictable bytes
	NewID  func() string // of letters and digits
	// Key is the server's own secret: it seals second factors, and makes tokens
	// and pseudonyms that nobody else can make. It is not kept with the documents.
	Key    [32]byte
	Policy Policy
	Rules  []Rule // what a provider's groups may do here
}

// Policy is how strict the desk is.
type Policy struct {
	Hashing  Parameters    // of passwords
	Hashers  int           // passwords that are hashed at the same time
	Idle     time.Duration // after which a session that is not used has ended
	Longest  time.Duration // after which a session has ended anyway
	Link     time.Duration // for which a one-time link works
	Passage  time.Duration // that a sign-in at a provider may take
	Familiar time.Duration // for which a browser is known
	Pair     Patience      // with one account from one address
	Account  Patience      // with one account from anywhere
	Address  Patience      // with one address for all accounts
}

// Usual is what holds where a city has not decided anything else. A session
// lasts as long as a shift: NIST SP 800-63B asks for a new sign-in after 12 to
// 24 hours, and after half an hour to an hour without use.
var Usual = Policy{
	Hashing:  Recommended,
	Hashers:  2,
	Idle:     time.Hour,
	Longest:  12 * time.Hour,
	Link:     24 * time.Hour,
	Passage:  10 * time.Minute,
	Familiar: 180 * 24 * time.Hour,
	Pair:     Patience{Free: 5, Longest: 15 * time.Minute},
	Account:  Patience{Free: 20, Longest: time.Minute},
	Address:  Patience{Free: 30, Longest: 15 * time.Minute},
}

// Desk is the desk of access; New makes one.
type Desk struct {
	Options
	hashing chan struct{} // of those who hash

	mu     sync.Mutex
	quotas map[string]*quota // of keys, as far as this process has taken them
}

// New is a desk.
func New(o Options) *Desk {
	return &Desk{Options: o, hashing: make(chan struct{}, max(1, o.Policy.Hashers)), quotas: map[string]*quota{}}
}

// The errors of the desk, beside those of the store. None of them says anything secret.
var (
	// ErrRefused does not say whether the account, the password or the state of the account is the reason.
	ErrRefused = errors.New("the name or the password is wrong")
	// ErrCode comes after a right password.
	ErrCode     = errors.New("the code of the second factor is missing, wrong or was used before")
	ErrToken    = errors.New("this is not known, or has ended: sign in again")
	ErrLink     = errors.New("the link is not known, was used, or has ended")
	ErrPassword = errors.New("the password is not strong enough")
	ErrLogin    = errors.New("a name to sign in with has 2 to 64 letters, digits, '.', '_', '-' or '@'")
	ErrTaken    = errors.New("somebody else has this name")
	ErrLast     = errors.New("the last administrator stays: make another one first")
	ErrClosed   = errors.New("the account is closed")
	ErrFactor   = errors.New("there is no second factor to be confirmed")
	ErrNoRole   = errors.New("nothing that the provider says gives a role here")
	ErrQuota    = errors.New("the key has made as many requests as it may today")
	ErrNeed     = errors.New("a key is for needs that there are, and for at least one")
	ErrBegun    = errors.New("there is an administrator already, who invites further ones")
	ErrName     = errors.New("a name has 1 to 100 letters without control characters")
)

// Wait is the error of somebody who has tried too often.
type Wait struct{ For time.Duration }

func (w *Wait) Error() string {
	return fmt.Sprintf("that was tried too often: wait for %s", w.For.Round(time.Second))
}

// stateKept is the state of all documents that end by themselves; Sweep finds them by it.
const stateKept = "kept"

// put keeps a new document with a body.
func (d *Desk) put(w workspace.Writer, by string, document workspace.Document, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	now := workspace.Now(d.Now())
	document.Created, document.Changed, document.By, document.Body = now, now, by, data
	return w.Insert(document)
}

// replace keeps another body of a document that was read in the same transaction.
func (d *Desk) replace(w workspace.Writer, by string, document workspace.Document, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	document.Changed, document.By, document.Body = workspace.Now(d.Now()), by, data
	_, err = w.Replace(document)
	return err
}

// fetch is a document with its body.
func fetch[T any](r workspace.Reader, kind workspace.Kind, id string) (T, workspace.Document, error) {
	var body T
	document, err := r.Document(kind, id)
	if err != nil {
		return body, document, err
	}
	if err := json.Unmarshal(document.Body, &body); err != nil {
		return body, document, fmt.Errorf("reading %s %s: %w", kind, id, err)
	}
	return body, document, nil
}

// removeAll removes the documents of a kind that belong to an account, but for one ("": none).
func removeAll(w workspace.Writer, kind workspace.Kind, account, but string) error {
	page := workspace.Page{Limit: workspace.MostPage}
	for {
		documents, err := w.Children(kind, account, page)
		if err != nil || len(documents) == 0 {
			return err
		}
		for _, document := range documents {
			page.After = document.ID
			if document.ID == but {
				continue
			}
			if err := w.Delete(kind, document.ID, document.Revision); err != nil {
				return err
			}
		}
	}
}

// keyed is a word that only the holder of the server's key can make of another.
func (d *Desk) keyed(purpose, word string) string {
	return hex.EncodeToString(d.derive(purpose, word))
}

func (d *Desk) derive(purpose, word string) []byte {
	mac := hmac.New(sha256.New, d.Key[:])
	_, _ = mac.Write([]byte(purpose + "\x00" + word)) // a hash takes everything
	return mac.Sum(nil)
}
