package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/qala-city/qala/internal/access"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

var errNobody = errors.New("this server asks nobody who he is: there are no accounts")

// Session is who has signed in.
type Session struct {
	Open  bool        `json:"open" doc:"The server asks nobody who he is: everybody who reaches it may do everything"`
	Who   string      `json:"who" doc:"A reference; empty for somebody unknown"`
	Login string      `json:"login,omitempty"`
	Name  string      `json:"name,omitempty"`
	Roles []role.Role `json:"roles" nullable:"false"`
	// Grants say where the roles hold.
	Grants []role.Grant `json:"grants" nullable:"false"`
	Needs  []string     `json:"needs" nullable:"false" doc:"What they allow somewhere: look, plan, dispatch, approve, release, administer"`
	CSRF   string       `json:"csrf,omitempty" doc:"To be sent as X-Qala-Csrf with every change"`
	Factor bool         `json:"factor" doc:"A second factor is asked for"`
	// Provider is told to somebody unknown: /auth/NAME/start leads to it.
	Provider string `json:"provider,omitempty" doc:"Name of the provider of identities, where there is one: a browser begins at /auth/NAME/start"`
}

// SessionOut is a session with its cookies.
type SessionOut struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      Session
}

// Left is the end of a session.
type Left struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
}

// Redeemed is whose password was set.
type Redeemed struct {
	Body struct {
		Login string `json:"login" doc:"The name to sign in with"`
	}
}

func (d *door) session() {
	const path, tag = "/session", "sign-in"
	add(d, operation{need: role.Anyone, method: http.MethodGet, path: path, id: "getSession", tag: tag, summary: "Who has signed in"}, d.getSession)
	add(d, operation{
		need: role.Anyone, method: http.MethodPost, path: path, id: "signIn", tag: tag,
		summary: "Sign in with a name and a password, and the code of the second factor where there is one", errors: []int{401, 409, 422, 429},
	}, d.signIn)
	add(d, operation{need: role.Self, method: http.MethodDelete, path: path, id: "signOut", tag: tag, summary: "Sign out", status: http.StatusNoContent, errors: []int{409}}, d.signOut)
	add(d, operation{
		need: role.Anyone, method: http.MethodPost, path: "/links", id: "redeemLink", tag: tag,
		summary: "Set a password by a one-time link; the first administrator also says his name", errors: []int{409, 410, 422},
	}, d.redeem)
}

func (d *door) getSession(ctx context.Context, _ *struct{}) (*SessionOut, error) {
	body, err := d.sessionOf(ctx, access.Of(ctx))
	return &SessionOut{Body: body}, err
}

// sessionOf is what a caller may know of himself.
func (d *door) sessionOf(ctx context.Context, caller access.Caller) (Session, error) {
	out := Session{
		Open: d.Access == nil, Who: caller.Who, Roles: append([]role.Role{}, caller.Roles(d.Now())...), Grants: append([]role.Grant{}, caller.Grants...),
		Needs: d.needsOf(caller.Subject), Provider: d.Provider,
	}
	if d.Access == nil || caller.Session == "" {
		return out, nil
	}
	account, err := d.Access.Account(ctx, caller.Who)
	out.Login, out.Name, out.Factor, out.CSRF = account.Login, account.Name, account.Factor, d.Access.CSRF(caller.Session)
	return out, err
}

// needsOf are the names of what a subject may do somewhere.
func (d *door) needsOf(s role.Subject) []string {
	names := []string{}
	for _, need := range role.Needs {
		if s.Anywhere(need, d.Now()) {
			names = append(names, need.Name())
		}
	}
	return names
}

func (d *door) signIn(ctx context.Context, in *struct {
	Body struct {
		Login    string `json:"login" maxLength:"200"`
		Password string `json:"password" maxLength:"1000"`
		Code     string `json:"code,omitempty" maxLength:"100"`
	}
},
) (*SessionOut, error) {
	if d.Access == nil {
		return nil, errNobody
	}
	attempt := d.attempt(ctx)
	attempt.Login, attempt.Password, attempt.Code = in.Body.Login, in.Body.Password, in.Body.Code
	arrival, err := d.Access.SignIn(ctx, attempt)
	if err != nil {
		return nil, err
	}
	return d.arrived(ctx, arrival)
}

// attempt is what is known of somebody who shows a password.
func (d *door) attempt(ctx context.Context) access.Attempt {
	attempt := d.SignIn.Attempt(callOf(ctx).request)
	attempt.Origin = ledger.From(ctx)
	return attempt
}

// arrived is the answer to somebody who has signed in; a session that he had before ends.
func (d *door) arrived(ctx context.Context, arrival access.Arrival) (*SessionOut, error) {
	if before := access.Of(ctx); before.Session != "" {
		if err := d.Access.EndSession(ctx, ledger.From(ctx), before.Who, before.Session); err != nil && !errors.Is(err, workspace.ErrNotFound) {
			return nil, err
		}
	}
	caller, err := d.Access.Authenticate(ctx, arrival.Session.Reveal())
	if err != nil {
		return nil, err
	}
	body, err := d.sessionOf(ctx, caller)
	return &SessionOut{SetCookie: d.SignIn.Arrival(arrival), Body: body}, err
}

func (d *door) signOut(ctx context.Context, _ *struct{}) (*Left, error) {
	caller := access.Of(ctx)
	err := d.Access.EndSession(ctx, ledger.From(ctx), caller.Who, caller.Session)
	if errors.Is(err, workspace.ErrNotFound) {
		err = nil // it has ended already
	}
	return &Left{d.SignIn.Leaving()}, err
}

func (d *door) redeem(ctx context.Context, in *struct {
	Body struct {
		Link     string `json:"link" maxLength:"200"`
		Login    string `json:"login,omitempty" maxLength:"200" doc:"Of the first administrator"`
		Name     string `json:"name,omitempty" maxLength:"200" doc:"Of the first administrator"`
		Password string `json:"password" maxLength:"1000"`
	}
},
) (*Redeemed, error) {
	if d.Access == nil {
		return nil, errNobody
	}
	b := in.Body
	id, err := d.Access.Redeem(ctx, ledger.From(ctx), b.Link, access.NewAccount{Login: b.Login, Name: b.Name}, b.Password)
	if err != nil {
		return nil, err
	}
	account, err := d.Access.Account(ctx, id)
	out := &Redeemed{}
	out.Body.Login = account.Login
	return out, err
}
