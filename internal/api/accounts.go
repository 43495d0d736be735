package api

import (
	"context"
	"errors"
	"time"

	"github.com/qala-city/qala/internal/access"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Account is an account as administrators see it.
type Account struct {
	ID       string       `json:"id"`
	Login    string       `json:"login"`
	Name     string       `json:"name"`
	Mail     string       `json:"mail,omitempty"`
	Grants   []role.Grant `json:"grants" nullable:"false" doc:"Given here"`
	Mapped   []role.Grant `json:"mapped" nullable:"false" doc:"By what a provider of identities said last"`
	Password bool         `json:"password" doc:"One is set"`
	Factor   bool         `json:"factor" doc:"A second factor is set"`
	Closed   bool         `json:"closed"`
	Erased   bool         `json:"erased"`
	Created  time.Time    `json:"created"`
}

func accountOf(a access.Account) Account {
	return Account{
		a.ID, a.Login, a.Name, a.Mail, append([]role.Grant{}, a.Grants...), append([]role.Grant{}, a.Mapped...),
		a.Password, a.Factor, a.Closed, a.Erased, a.Created,
	}
}

// AccountIn names an account.
type AccountIn struct {
	Account string `path:"account" maxLength:"64"`
}

// AccountOut is an account.
type AccountOut struct{ Body Account }

// GrantsBody is what somebody may do.
type GrantsBody struct {
	Grants []role.Grant `json:"grants" maxItems:"100" nullable:"false"`
}

// Invited is an account with the link by which its owner sets a password.
type Invited struct {
	Body struct {
		Account string `json:"account"`
		Link    string `json:"link" doc:"To be given to whoever it is for; it works once, and is not shown again"`
	}
}

func (d *door) accounts() {
	const tag = "accounts"
	administer := func(method, path, id, summary string, status int, errors ...int) operation {
		return operation{
			need: role.Administer, people: true, method: method, path: "/accounts" + path, id: id, tag: tag, summary: summary, status: status,
			errors: append(errors, 409),
		}
	}
	add(d, administer("GET", "", "listAccounts", "All accounts", 200), d.listAccounts)
	add(d, administer("POST", "", "createAccount", "Make an account, and a link by which its owner sets a password", 201, 422), d.createAccount)
	add(d, administer("GET", "/{account}", "getAccount", "An account", 200), d.getAccount)
	add(d, administer("PUT", "/{account}/grants", "setGrants", "Give an account other rights", 200, 422), d.setGrants)
	add(d, administer("POST", "/{account}/reset", "resetAccount", "Take the password away, and give a link by which another one is set", 200), d.resetAccount)
	add(d, administer("POST", "/{account}/close", "closeAccount", "Keep somebody from signing in, and end the sessions", 200), d.changed(accessDesk.CloseAccount))
	add(d, administer("POST", "/{account}/reopen", "reopenAccount", "Let somebody sign in again", 200), d.changed(accessDesk.ReopenAccount))
	add(d, administer("POST", "/{account}/erase", "eraseAccount", "Remove what is known of a person; the log stays as it is", 200), d.changed(accessDesk.EraseAccount))
	add(d, administer("GET", "/{account}/sessions", "listSessions", "The sessions of an account", 200), d.listSessions)
	add(d, administer("DELETE", "/{account}/sessions/{session}", "endSession", "End a session of an account", 204), d.endSession)
}

// accessDesk is the desk as the table above calls it.
type accessDesk = *access.Desk

func (d *door) listAccounts(ctx context.Context, in *PageIn) (*List[Account], error) {
	accounts, err := d.Access.Accounts(ctx, in.page())
	if err != nil {
		return nil, err
	}
	var out []Account
	last := ""
	for _, a := range accounts {
		out, last = append(out, accountOf(a)), a.ID
	}
	return listed("/accounts", *in, out, last), nil
}

func (d *door) createAccount(ctx context.Context, in *struct {
	Body struct {
		Login string `json:"login" maxLength:"64"`
		Name  string `json:"name" maxLength:"200"`
		Mail  string `json:"mail,omitempty" maxLength:"200"`
		GrantsBody
	}
},
) (*Invited, error) {
	b := in.Body
	id, link, err := d.Access.CreateAccount(ctx, ledger.From(ctx), access.NewAccount{Login: b.Login, Name: b.Name, Mail: b.Mail, Grants: b.Grants})
	return invited(id, link, err)
}

func invited(id string, link access.Token, err error) (*Invited, error) {
	if err != nil {
		return nil, err
	}
	out := &Invited{}
	out.Body.Account, out.Body.Link = id, link.Reveal()
	return out, nil
}

func (d *door) getAccount(ctx context.Context, in *AccountIn) (*AccountOut, error) {
	account, err := d.Access.Account(ctx, in.Account)
	return &AccountOut{accountOf(account)}, err
}

// namesOf are the names of those whom references mean; whom nobody knows is left out.
func (d *door) namesOf(ctx context.Context, refs []string) (map[string]string, error) {
	names := map[string]string{}
	for _, ref := range refs {
		if _, known := names[ref]; known || ref == "" {
			continue
		}
		account, err := d.Access.Account(ctx, ref)
		if err != nil && !errors.Is(err, workspace.ErrNotFound) {
			return nil, err
		}
		if account.Name != "" {
			names[ref] = account.Name
		}
	}
	return names, nil
}

func (d *door) setGrants(ctx context.Context, in *struct {
	AccountIn
	Body GrantsBody
},
) (*AccountOut, error) {
	if err := d.Access.SetGrants(ctx, ledger.From(ctx), in.Account, in.Body.Grants); err != nil {
		return nil, err
	}
	return d.getAccount(ctx, &in.AccountIn)
}

func (d *door) resetAccount(ctx context.Context, in *struct {
	AccountIn
	Body struct {
		Factor bool `json:"factor,omitempty" doc:"Take the second factor away as well"`
	}
},
) (*Invited, error) {
	link, err := d.Access.Reset(ctx, ledger.From(ctx), in.Account, in.Body.Factor)
	return invited(in.Account, link, err)
}

// changed is an operation that changes an account and shows it.
func (d *door) changed(change func(desk accessDesk, ctx context.Context, by ledger.Origin, id string) error) func(ctx context.Context, in *AccountIn) (*AccountOut, error) {
	return func(ctx context.Context, in *AccountIn) (*AccountOut, error) {
		if err := change(d.Access, ctx, ledger.From(ctx), in.Account); err != nil {
			return nil, err
		}
		return d.getAccount(ctx, in)
	}
}

func (d *door) listSessions(ctx context.Context, in *AccountIn) (*Listed[Login], error) {
	return logins(d.Access.Sessions(ctx, in.Account))(access.Of(ctx).Session)
}

func (d *door) endSession(ctx context.Context, in *struct {
	AccountIn
	Session string `path:"session" maxLength:"64"`
},
) (*struct{}, error) {
	return nil, d.Access.EndSession(ctx, ledger.From(ctx), in.Account, in.Session)
}
