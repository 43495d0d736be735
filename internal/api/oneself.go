package api

import (
	"context"
	"net/http"
	"time"

	"github.com/qala-city/qala/internal/access"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
)

// Login is a session as its owner sees it.
type Login struct {
	ID      string    `json:"id"`
	Started time.Time `json:"started"`
	Seen    time.Time `json:"seen"`
	How     string    `json:"how"`
	Address string    `json:"address"`
	Browser string    `json:"browser"`
	This    bool      `json:"this" doc:"The one that asks"`
}

// Key is a key of a program or a device.
type Key struct {
	ID     string     `json:"id"`
	Name   string     `json:"name"`
	Needs  []string   `json:"needs" nullable:"false" doc:"What may be done with it"`
	Device bool       `json:"device"`
	Scope  role.Scope `json:"scope"`
	Until  time.Time  `json:"until"`
	Quota  int        `json:"quota" doc:"Requests a day"`
	Taken  int        `json:"taken" doc:"Today, as far as is known"`
	Seen   time.Time  `json:"seen,omitzero" doc:"When it was used last, to some minutes"`
}

// KeyAsk is a key that somebody wants.
type KeyAsk struct {
	Name   string     `json:"name" minLength:"1" maxLength:"100"`
	Needs  []string   `json:"needs,omitempty" maxItems:"10" doc:"Of a program: look, plan, dispatch, approve, release, administer, as far as its owner may"`
	Device bool       `json:"device,omitempty" doc:"Of a vehicle or a feed: it says where vehicles are, and nothing else"`
	Scope  role.Scope `json:"scope,omitempty" doc:"Of a device: everything, city:ID, agency:CITY/ID, event:CITY/ID"`
	Until  time.Time  `json:"until"`
	Quota  int        `json:"quota" minimum:"1" maximum:"10000000" doc:"Requests a day"`
}

// Secret is told once.
type Secret struct {
	Body struct {
		Token string `json:"token" doc:"To be kept: it is not shown again"`
	}
}

// Listed is a list that is never long.
type Listed[T any] struct {
	Body struct {
		Items []T `json:"items" nullable:"false"`
	}
}

// PasswordBody shows that it is the owner who asks.
type PasswordBody struct {
	Body struct {
		Password string `json:"password" maxLength:"1000"`
	}
}

func (d *door) oneself() {
	const tag = "oneself"
	self := func(method, path, id, summary string, status int, errors ...int) operation {
		return operation{need: role.Self, method: method, path: "/me" + path, id: id, tag: tag, summary: summary, status: status, errors: append(errors, 409)}
	}
	add(d, self("PUT", "", "setName", "Say another name of oneself", 204, 422), d.setName)
	add(d, self("POST", "/password", "setPassword", "Change one's password; all sessions end, and another one begins", 200, 401, 422, 429), d.setPassword)
	add(d, self("GET", "/sessions", "mySessions", "One's sessions", 200), d.mySessions)
	add(d, self("DELETE", "/sessions/{session}", "endMySession", "End one of one's sessions", 204), d.endMySession)
	add(d, self("POST", "/factor", "beginFactor", "Draw the secret of a second factor", 200, 401, 422), d.beginFactor)
	add(d, self("POST", "/factor/confirm", "confirmFactor", "Make the second factor count, with its first code", 200, 401, 422), d.confirmFactor)
	add(d, self("POST", "/factor/remove", "removeFactor", "Take the second factor away", 204, 401, 422), d.removeFactor)
	add(d, self("GET", "/keys", "myKeys", "One's keys", 200), d.myKeys)
	add(d, self("POST", "/keys", "createKey", "Make a key of a program or a device", 201, 403, 422), d.createKey)
	add(d, self("DELETE", "/keys/{key}", "removeKey", "End a key", 204), d.removeKey)
}

func (d *door) setName(ctx context.Context, in *struct {
	Body struct {
		Name string `json:"name" maxLength:"200"`
	}
},
) (*struct{}, error) {
	return nil, d.Access.Rename(ctx, ledger.From(ctx), in.Body.Name)
}

func (d *door) setPassword(ctx context.Context, in *struct {
	Body struct {
		Password string `json:"password" maxLength:"1000" doc:"The one of now"`
		Code     string `json:"code,omitempty" maxLength:"100"`
		Next     string `json:"next" maxLength:"1000"`
	}
},
) (*SessionOut, error) {
	account, err := d.Access.Account(ctx, access.Of(ctx).Who)
	if err != nil {
		return nil, err
	}
	attempt := d.attempt(ctx)
	attempt.Login, attempt.Password, attempt.Code = account.Login, in.Body.Password, in.Body.Code
	arrival, err := d.Access.SetPassword(ctx, attempt, in.Body.Next)
	if err != nil {
		return nil, err
	}
	return d.arrived(access.With(ctx, access.Caller{}), arrival) // the session of now has ended with the others
}

func (d *door) mySessions(ctx context.Context, _ *struct{}) (*Listed[Login], error) {
	caller := access.Of(ctx)
	return logins(d.Access.Sessions(ctx, caller.Who))(caller.Session)
}

// logins are sessions as the contract has them.
func logins(sessions []access.Session, err error) func(this string) (*Listed[Login], error) {
	return func(this string) (*Listed[Login], error) {
		out := &Listed[Login]{}
		out.Body.Items = []Login{}
		for _, s := range sessions {
			out.Body.Items = append(out.Body.Items, Login{s.ID, s.Started, s.Seen, s.How, s.Address, s.Browser, s.ID == this})
		}
		return out, err
	}
}

func (d *door) endMySession(ctx context.Context, in *struct {
	Session string `path:"session" maxLength:"64"`
},
) (*struct{}, error) {
	return nil, d.Access.EndSession(ctx, ledger.From(ctx), access.Of(ctx).Who, in.Session)
}

// Begun is the secret of a second factor.
type Begun struct {
	Body struct {
		URI string `json:"uri" doc:"What an app reads from a picture"`
	}
}

func (d *door) beginFactor(ctx context.Context, in *PasswordBody) (out *Begun, err error) {
	out = &Begun{}
	out.Body.URI, err = d.Access.BeginFactor(ctx, ledger.From(ctx), in.Body.Password)
	return out, err
}

// Codes are for when the app is lost.
type Codes struct {
	Body struct {
		Codes []string `json:"codes" nullable:"false" doc:"Each works once; they are not shown again"`
	}
}

func (d *door) confirmFactor(ctx context.Context, in *struct {
	Body struct {
		Code string `json:"code" maxLength:"20"`
	}
},
) (out *Codes, err error) {
	out = &Codes{}
	out.Body.Codes, err = d.Access.ConfirmFactor(ctx, ledger.From(ctx), in.Body.Code)
	return out, err
}

func (d *door) removeFactor(ctx context.Context, in *PasswordBody) (*struct{}, error) {
	return nil, d.Access.RemoveFactor(ctx, ledger.From(ctx), in.Body.Password)
}

func (d *door) myKeys(ctx context.Context, _ *struct{}) (*Listed[Key], error) {
	keys, err := d.Access.Keys(ctx, access.Of(ctx).Who)
	out := &Listed[Key]{}
	out.Body.Items = []Key{}
	for _, k := range keys {
		out.Body.Items = append(out.Body.Items, Key{k.ID, k.Name, append([]string{}, k.Needs...), k.Device, k.Scope, k.Until, k.Quota, k.Taken, k.Seen})
	}
	return out, err
}

// createKey makes a key. That of a device says what everybody then reads: it is for administrators.
func (d *door) createKey(ctx context.Context, in *struct{ Body KeyAsk }) (*Secret, error) {
	ask := in.Body
	if ask.Device && !d.allowed(ctx, role.Administer, role.Place{}) {
		p := problemOf(http.StatusForbidden, "keys of devices are made by administrators")
		p.Code = codeDevice
		return nil, p
	}
	n := access.NewKey{Name: ask.Name, Device: ask.Device, Scope: ask.Scope, Until: ask.Until, Quota: ask.Quota}
	for _, name := range ask.Needs {
		need, known := role.NeedNamed(name)
		if !known {
			return nil, access.ErrNeed
		}
		n.Needs = append(n.Needs, need)
	}
	token, err := d.Access.CreateKey(ctx, ledger.From(ctx), access.Of(ctx).Who, n)
	out := &Secret{}
	if err == nil {
		out.Body.Token = token.Reveal()
	}
	return out, err
}

func (d *door) removeKey(ctx context.Context, in *struct {
	Key string `path:"key" maxLength:"64"`
},
) (*struct{}, error) {
	return nil, d.Access.RemoveKey(ctx, ledger.From(ctx), access.Of(ctx).Who, in.Key)
}
