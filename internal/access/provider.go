package access

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Claims are what a provider of identities says of somebody. Whoever hands them
// over has verified that it was the provider who said so.
type Claims struct {
	Issuer, Subject string
	Name, Mail      string
	Groups          []string
}

// Rule says what those in a group of a provider may do here.
type Rule struct {
	Issuer string     `json:"issuer,omitempty"`
	Group  string     `json:"group,omitempty"` // "": everybody whom the provider knows
	Role   role.Role  `json:"role"`
	Scope  role.Scope `json:"scope"`
}

// Check is nil for a rule that makes sense.
func (r Rule) Check() error {
	return role.Grant{Role: r.Role, Scope: r.Scope, Until: time.Unix(1, 0)}.Check()
}

// Mapped are the grants that rules give for some claims, until a moment.
func Mapped(c Claims, rules []Rule, until time.Time) []role.Grant {
	var grants []role.Grant
	for _, r := range rules {
		grant := role.Grant{Role: r.Role, Scope: r.Scope, Until: until}
		if r.Issuer == c.Issuer && (r.Group == "" || slices.Contains(c.Groups, r.Group)) && !slices.Contains(grants, grant) {
			grants = append(grants, grant)
		}
	}
	return grants
}

// SignInBy lets somebody in for whom a provider speaks. The first time he gets an
// account, if what the provider says gives a role; it is found by issuer and
// subject alone, never by a name or a mail address, which another provider could
// give to anybody. Rights that a provider gives last as long as the session.
func (d *Desk) SignInBy(ctx context.Context, c Claims, a Attempt) (Arrival, error) {
	if c.Issuer == "" || c.Subject == "" {
		return Arrival{}, ErrNoRole
	}
	fresh := d.NewID()
	var arrival Arrival
	err := d.Store.Write(ctx, func(w workspace.Writer) error {
		id, err := d.identified(w, c, a.Origin, fresh)
		if err != nil {
			return err
		}
		of, _, err := fetch[account](w, workspace.KindAccount, id)
		if err != nil {
			return err
		}
		a.Who = id
		arrival, err = d.welcome(w, id, of.Rights, a, "provider")
		return err
	})
	if err != nil {
		return Arrival{}, err
	}
	return arrival, nil
}

// identified is the account of somebody's identity, with the rights that the provider's words give now.
func (d *Desk) identified(w workspace.Writer, c Claims, by ledger.Origin, fresh string) (string, error) {
	name := string(ledger.Sum([]byte(c.Issuer + "\n" + c.Subject)))
	mapped := Mapped(c, d.Rules, workspace.Now(d.Now().Add(d.Policy.Longest)))
	document, err := w.Document(workspace.KindIdentity, name)
	if errors.Is(err, workspace.ErrNotFound) {
		if len(mapped) == 0 {
			return "", ErrNoRole
		}
		by.Who = fresh
		return fresh, errors.Join(
			d.newAccount(w, by, fresh, NewAccount{Name: callable(c), Mail: c.Mail[:min(len(c.Mail), 200)]}, account{Grants: []role.Grant{}, Mapped: mapped}),
			d.put(w, fresh, workspace.Document{Kind: workspace.KindIdentity, ID: name, Parent: fresh}, struct{}{}),
		)
	}
	if err != nil {
		return "", err
	}
	id := document.Parent
	by.Who = id
	a, _, err := fetch[account](w, workspace.KindAccount, id)
	switch {
	case err != nil:
		return "", err
	case a.Closed:
		return "", ErrClosed
	case len(mapped) == 0 && len(a.Grants) == 0:
		return "", ErrNoRole
	}
	return id, d.change(w, by, ledger.Grant, id, func(a *account) error {
		if !alike(a.Mapped, mapped) {
			a.Rights++
		}
		a.Mapped = mapped
		return nil
	})
}

// callable is a name that can be kept, whatever the provider says.
func callable(c Claims) string {
	for _, name := range []string{c.Name, c.Mail, "somebody"} {
		if name = strings.TrimSpace(name); checkName(name) == nil {
			return name
		}
	}
	return ""
}

// alike reports whether grants are the same but for their ends.
func alike(a, b []role.Grant) bool {
	return slices.EqualFunc(a, b, func(x, y role.Grant) bool { return x.Role == y.Role && x.Scope == y.Scope })
}

// Passage is a sign-in that is under way at a provider.
type Passage struct {
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"` // of PKCE
	Provider string `json:"provider"`
	Back     string `json:"back"` // where to go afterwards: a path of this house
}

type passage struct {
	Passage
	Browser string    `json:"browser"` // hash of what the browser keeps meanwhile
	State   string    `json:"state"`   // hash
	Until   time.Time `json:"until"`
}

// ErrPassage is the error of somebody who comes from a provider and did not go there from here.
var ErrPassage = errors.New("this sign-in was not begun here, or has ended: begin again")

// Begin keeps a sign-in that is under way. State goes to the provider and comes
// back; browser stays in the browser, so that nobody comes back for somebody else.
func (d *Desk) Begin(ctx context.Context, p Passage) (state, browser Token, err error) {
	if p.Back = p.Back[:min(len(p.Back), 1000)]; !local(p.Back) {
		p.Back = "/"
	}
	state, err = d.newToken(tokenPassage)
	browser, err2 := d.newToken(tokenPassage)
	if err := errors.Join(err, err2); err != nil {
		return Token{}, Token{}, err
	}
	err = d.Store.Write(ctx, func(w workspace.Writer) error {
		body := passage{p, browser.hash(), state.hash(), d.Now().Add(d.Policy.Passage)}
		return d.put(w, "", workspace.Document{Kind: workspace.KindPassage, ID: state.id, State: stateKept}, body)
	})
	return state, browser, err
}

// local reports whether a text is a path of this house and nothing else to any browser.
func local(path string) bool {
	return strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") &&
		!strings.ContainsFunc(path, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' })
}

// Finish takes up a sign-in where it was, once: else ErrPassage.
func (d *Desk) Finish(ctx context.Context, state, browser string) (Passage, error) {
	at, err := parseToken(state, tokenPassage)
	from, err2 := parseToken(browser, tokenPassage)
	if err != nil || err2 != nil {
		return Passage{}, ErrPassage
	}
	var found Passage
	err = d.Store.Write(ctx, func(w workspace.Writer) error {
		p, document, err := fetch[passage](w, workspace.KindPassage, at.id)
		if errors.Is(err, workspace.ErrNotFound) {
			return ErrPassage
		}
		if err != nil {
			return err
		}
		if !at.fits(p.State) || !from.fits(p.Browser) || !d.Now().Before(p.Until) {
			return ErrPassage
		}
		found = p.Passage
		return w.Delete(document.Kind, document.ID, document.Revision)
	})
	if err != nil {
		return Passage{}, err
	}
	return found, nil
}
