package access

import (
	"context"
	"errors"
	"time"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// session is the body of a session's document.
type session struct {
	Hash        string    `json:"hash"`
	Former      string    `json:"former,omitempty"` // hash of the token before, for requests that were under way
	FormerUntil time.Time `json:"former_until,omitzero"`
	Started     time.Time `json:"started"`
	Seen        time.Time `json:"seen"`
	Rights      int64     `json:"rights"` // of the account, when the token was made
	How         string    `json:"how"`
	Address     string    `json:"address,omitempty"`
	Browser     string    `json:"browser,omitempty"`
}

// Session is a session as its owner sees it.
type Session struct {
	ID            string
	Started, Seen time.Time
	How           string
	Address       string
	Browser       string
}

const (
	// seenEvery is how exactly it is known when a session was used last: every
	// request that is written down is a write.
	seenEvery = time.Minute
	// formerFor is how long a token works after another one took its place.
	formerFor = 30 * time.Second
)

func (d *Desk) openSession(w workspace.Writer, id string, rights int64, a Attempt, how string) (Token, error) {
	token, err := d.newToken(tokenSession)
	if err != nil {
		return Token{}, err
	}
	now := workspace.Now(d.Now())
	body := session{
		Hash: token.hash(), Started: now, Seen: now, Rights: rights, How: how,
		Address: a.Address[:min(len(a.Address), 64)], Browser: a.Browser[:min(len(a.Browser), 200)],
	}
	return token, d.put(w, id, workspace.Document{Kind: workspace.KindSession, ID: token.id, Parent: id, State: stateKept}, body)
}

func (d *Desk) over(s session) bool {
	now := d.Now()
	return now.Sub(s.Seen) >= d.Policy.Idle || now.Sub(s.Started) >= d.Policy.Longest
}

// Caller is who makes a request, and what he may do.
type Caller struct {
	role.Subject
	Session string // id; "" for a key
	Key     string // id; "" for a session
	// Renewed is a new token of the session, which takes the place of the one that
	// was shown; none when that one goes on.
	Renewed Token
}

// Authenticate finds out whose session a token is of: else ErrToken. The rights
// are those of now. When they have changed since the token was made, another
// token takes its place, so that none from before is worth more than it was.
func (d *Desk) Authenticate(ctx context.Context, text string) (Caller, error) {
	token, err := parseToken(text, tokenSession)
	if err != nil {
		return Caller{}, err
	}
	var caller Caller
	var due bool
	err = d.Store.Read(ctx, func(r workspace.Reader) (err error) {
		caller, due, err = d.sessionCaller(r, token)
		return err
	})
	if err != nil || !due {
		return caller, err
	}
	err = d.Store.Write(ctx, func(w workspace.Writer) (err error) {
		if caller, due, err = d.sessionCaller(w, token); err != nil || !due {
			return err
		}
		caller.Renewed, err = d.touch(w, token)
		return err
	})
	if err != nil {
		return Caller{}, err
	}
	return caller, nil
}

// sessionCaller is whose token it is; due is true when the session's document is to be changed.
func (d *Desk) sessionCaller(r workspace.Reader, token Token) (caller Caller, due bool, err error) {
	s, document, err := fetch[session](r, workspace.KindSession, token.id)
	if errors.Is(err, workspace.ErrNotFound) {
		return caller, false, ErrToken
	}
	if err != nil {
		return caller, false, err
	}
	former := s.Former != "" && token.fits(s.Former) && d.Now().Before(s.FormerUntil)
	if !token.fits(s.Hash) && !former || d.over(s) {
		return caller, false, ErrToken
	}
	a, _, err := fetch[account](r, workspace.KindAccount, document.Parent)
	if err != nil {
		return caller, false, err
	}
	if a.Closed {
		return caller, false, ErrToken
	}
	caller = Caller{Subject: role.Subject{Who: document.Parent, Grants: a.grants()}, Session: token.id}
	return caller, !former && (s.Rights != a.Rights || d.Now().Sub(s.Seen) >= seenEvery), nil
}

// touch writes down that a session was used, and gives it another token where the rights are others.
func (d *Desk) touch(w workspace.Writer, token Token) (renewed Token, err error) {
	s, document, err := fetch[session](w, workspace.KindSession, token.id)
	if err != nil {
		return Token{}, err
	}
	a, _, err := fetch[account](w, workspace.KindAccount, document.Parent)
	if err != nil {
		return Token{}, err
	}
	s.Seen = workspace.Now(d.Now())
	if s.Rights != a.Rights {
		fresh, err := d.newToken(tokenSession)
		if err != nil {
			return Token{}, err
		}
		renewed = Token{tokenSession, token.id, fresh.secret}
		s.Former, s.FormerUntil, s.Hash, s.Rights = s.Hash, s.Seen.Add(formerFor), renewed.hash(), a.Rights
	}
	return renewed, d.replace(w, document.Parent, document, s)
}

// CSRF is the word that a page sends with every change that it asks for, to show
// that it was this house that made it. It belongs to the session, and is no secret to its owner.
func (d *Desk) CSRF(session string) string { return d.keyed("csrf", session)[:32] }

// CheckCSRF reports whether a word is that of a session.
func (d *Desk) CheckCSRF(session, word string) bool {
	return session != "" && same(d.CSRF(session), word)
}

// Sessions are those of an account that have not ended.
func (d *Desk) Sessions(ctx context.Context, account string) ([]Session, error) {
	var found []Session
	err := d.Store.Read(ctx, func(r workspace.Reader) error {
		found = nil
		documents, err := r.Children(workspace.KindSession, account, workspace.Page{Limit: workspace.MostPage})
		if err != nil {
			return err
		}
		for _, document := range documents {
			s, _, err := fetch[session](r, workspace.KindSession, document.ID)
			if err != nil {
				return err
			}
			if !d.over(s) {
				found = append(found, Session{document.ID, s.Started, s.Seen, s.How, s.Address, s.Browser})
			}
		}
		return nil
	})
	return found, err
}

// EndSession ends a session of an account: one's own, or an administrator ends somebody's.
func (d *Desk) EndSession(ctx context.Context, by ledger.Origin, account, id string) error {
	return d.Store.Write(ctx, func(w workspace.Writer) error {
		document, err := w.Document(workspace.KindSession, id)
		if err != nil || document.Parent != account {
			return errors.Join(err, notOf(document.Parent, account))
		}
		if err := w.Delete(document.Kind, document.ID, document.Revision); err != nil {
			return err
		}
		return d.Log.Append(w, ledger.Act{Origin: by, Verb: ledger.SignOut, Kind: workspace.KindAccount, ID: account, After: map[string]string{"session": id}})
	})
}

func notOf(parent, account string) error {
	if parent == account {
		return nil
	}
	return workspace.ErrNotFound
}
