// Package gate stands before every other door. It finds out who asks, refuses what
// a browser was tricked into, and limits how often somebody may ask. What the
// caller may do, the doors behind it ask of package role.
package gate

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"time"

	"github.com/qala-city/qala/internal/access"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
)

// Options are what the gate is made of.
type Options struct {
	// Access knows people and keys; nil: everybody is Local, who must then be on this machine.
	Access *access.Desk
	Local  role.Subject
	Limits *access.Limits // of requests, by address; nil: none
	Now    func() time.Time
	NewID  func() string // of requests
	// Secure says that people reach the house by TLS: cookies are bound to it.
	Secure bool
	// Proxies are those whose word about where a request comes from is believed.
	Proxies []netip.Prefix
	// Failed hears of what is the server's own fault.
	Failed func(r *http.Request, err error)
}

// Gate is the gate.
type Gate struct {
	Options
	foreign *http.CrossOriginProtection
}

// New is a gate.
func New(o Options) *Gate { return &Gate{Options: o, foreign: http.NewCrossOriginProtection()} }

// Guard lets requests through to next, with what is known of them in their context:
// role.Of, ledger.From and access.Of.
func (g *Gate) Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := ledger.Origin{Address: g.address(r), Request: g.NewID()}
		g.guardHeaders(w.Header(), origin.Request)
		known, refused := g.known(w, r, origin)
		if refused != nil {
			refused.write(w)
			return
		}
		next.ServeHTTP(w, known)
	})
}

// guardHeaders sets what every answer has, whichever door gives it; doors say more.
func (g *Gate) guardHeaders(h http.Header, request string) {
	h.Set("X-Request-Id", request)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Frame-Options", "DENY")
	if g.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// known is the request with what is known of it.
func (g *Gate) known(w http.ResponseWriter, r *http.Request, origin ledger.Origin) (*http.Request, *refusal) {
	if g.Limits != nil {
		if wait := g.Limits.Take(origin.Address, g.Now()); wait > 0 {
			return nil, tooMany(wait, "too many requests come from this address")
		}
	}
	if g.foreign.Check(r) != nil {
		return nil, &refusal{status: http.StatusForbidden, detail: "another site's page asks for this", code: "foreign-page"}
	}
	caller, refused := g.caller(r)
	if refused != nil {
		return nil, refused
	}
	if !caller.Renewed.IsZero() {
		http.SetCookie(w, g.cookie(sessionCookie, caller.Renewed.Reveal(), g.sessionTime()))
	}
	origin.Who = caller.Who
	ctx := ledger.With(access.With(role.With(r.Context(), caller.Subject), caller), origin)
	return r.WithContext(ctx), nil
}

// caller finds out who asks: a key, a session, or nobody.
func (g *Gate) caller(r *http.Request) (access.Caller, *refusal) {
	if g.Access == nil {
		if !onThisMachine(r) {
			return access.Caller{}, &refusal{status: http.StatusForbidden, detail: "this server asks nobody who he is, and answers under addresses of its own machine only", code: "this-machine-only"}
		}
		return access.Caller{Subject: g.Local}, nil
	}
	if token := bearer(r); token != "" {
		caller, err := g.Access.AuthenticateKey(r.Context(), token)
		return caller, g.unknown(r, err)
	}
	cookie, err := r.Cookie(g.name(sessionCookie))
	if err != nil {
		return access.Caller{}, nil
	}
	return g.signedIn(r, cookie.Value)
}

// signedIn is whoever has a session. A session that has ended is nobody's; a change
// must come from a page of this house.
func (g *Gate) signedIn(r *http.Request, token string) (access.Caller, *refusal) {
	caller, err := g.Access.Authenticate(r.Context(), token)
	if errors.Is(err, access.ErrToken) {
		return access.Caller{}, nil
	}
	if err != nil {
		return caller, g.unknown(r, err)
	}
	if !harmless(r.Method) && !signsIn(r) && !g.Access.CheckCSRF(caller.Session, r.Header.Get(Word)) {
		return access.Caller{}, &refusal{status: http.StatusForbidden, detail: "send " + Word + " with the word that GET /api/v1/session tells", code: "word"}
	}
	return caller, nil
}

// Word is the header in which a page sends the word of its session with every change.
const Word = "X-Qala-Csrf"

// signsIn reports whether a request asks for another session, for which no word is known yet.
func signsIn(r *http.Request) bool {
	return r.Method == http.MethodPost && (r.URL.Path == "/api/v1/session" || r.URL.Path == "/api/v1/links")
}

func harmless(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// unknown is why a key does not let anybody in; nil where it does.
func (g *Gate) unknown(r *http.Request, err error) *refusal {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, access.ErrToken):
		return &refusal{status: http.StatusUnauthorized, detail: err.Error(), code: "sign-in"}
	case errors.Is(err, access.ErrQuota):
		over := tooMany(g.untilTomorrow(), err.Error())
		over.code = "quota"
		return over
	}
	if g.Failed != nil && !errors.Is(err, context.Canceled) {
		g.Failed(r, err)
	}
	return &refusal{status: http.StatusInternalServerError, detail: "something is wrong with the server; its log says what", code: "server-fault"}
}

func (g *Gate) untilTomorrow() time.Duration {
	now := g.Now().UTC()
	return now.Truncate(24 * time.Hour).Add(24 * time.Hour).Sub(now)
}

// Needs lets those through who meet a need somewhere: for doors that sift by role.Of themselves.
func (g *Gate) Needs(need role.Need, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch subject := role.Of(r.Context()); {
		case subject.Who == "":
			(&refusal{status: http.StatusUnauthorized, detail: "nobody knows who asks: sign in, or send a key", code: "sign-in"}).write(w)
		case !subject.Anywhere(need, g.Now()):
			(&refusal{status: http.StatusForbidden, detail: "this is not for whoever asks: it needs the right to " + need.Name(), code: "right"}).write(w)
		default:
			next.ServeHTTP(w, r)
		}
	})
}
