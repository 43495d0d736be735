// Package oidc is the door for those for whom a provider of identities speaks:
// OpenID Connect, the authorization code flow with PKCE. It verifies what the
// provider says; package access decides what that is worth.
package oidc

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/qala-city/qala/internal/access"
	"github.com/qala-city/qala/internal/ledger"
)

// Options are what the door to one provider is made of. Every field but Groups,
// Scopes and Plain is needed.
type Options struct {
	Name         string // in addresses of this house, of letters and digits
	Issuer       string // address of the provider, https except on this machine
	ClientID     string
	ClientSecret string
	Redirect     string   // address of Return as the provider knows it
	Groups       string   // name of the claim with groups; "": groups. Words with dots between go into objects.
	Scopes       []string // beside openid and profile
	Plain        bool     // this house is reached without TLS: for tests, and on this machine
	Client       *http.Client
	Access       *access.Desk
	Now          func() time.Time
	// Attempt is what is known of a request: from where, and the browser.
	Attempt func(r *http.Request) access.Attempt
	// Arrived lets somebody go on who has signed in: it sets the cookies and goes back to a path of this house.
	Arrived func(w http.ResponseWriter, r *http.Request, arrival access.Arrival, back string)
	// Refused answers somebody who has not; Status is the kind of the error.
	Refused func(w http.ResponseWriter, r *http.Request, err error)
}

// Door is the door to one provider.
type Door struct {
	Options
	mu       sync.Mutex
	provider *oidc.Provider // nil until it could be reached
}

// The errors of the door, beside those of package access.
var (
	ErrOptions  = errors.New("the provider is not described as it must be")
	ErrProvider = errors.New("the provider cannot be reached, or refuses")
	ErrIdentity = errors.New("what the provider says is not to be trusted")
)

// New is a door. The provider need not be reachable yet.
func New(o Options) (*Door, error) {
	if err := errors.Join(secure(o.Issuer), secure(o.Redirect)); err != nil {
		return nil, err
	}
	if o.Name == "" || o.ClientID == "" || strings.ContainsFunc(o.Name, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
		return nil, fmt.Errorf("%w: a name of small letters and digits, and a client", ErrOptions)
	}
	if o.Groups == "" {
		o.Groups = "groups"
	}
	return &Door{Options: o}, nil
}

// secure is nil for an address that nobody between can change.
func secure(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return fmt.Errorf("%w: %q is no address", ErrOptions, address)
	}
	ip := net.ParseIP(u.Hostname())
	if u.Scheme == "https" || (u.Scheme == "http" && (u.Hostname() == "localhost" || (ip != nil && ip.IsLoopback()))) {
		return nil
	}
	return fmt.Errorf("%w: %q must begin with https", ErrOptions, address)
}

// Status is the status of an answer to an error.
func Status(err error) int {
	switch {
	case errors.Is(err, access.ErrPassage):
		return http.StatusBadRequest
	case errors.Is(err, access.ErrNoRole), errors.Is(err, access.ErrClosed), errors.Is(err, ErrIdentity):
		return http.StatusForbidden
	case errors.Is(err, ErrProvider):
		return http.StatusBadGateway
	}
	return http.StatusInternalServerError
}

// reach is the provider, as it describes itself; asked for until it answers once.
func (d *Door) reach(ctx context.Context) (*oidc.Provider, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.provider != nil {
		return d.provider, nil
	}
	// Keys are fetched with this context later on; the client has its own patience.
	provider, err := oidc.NewProvider(d.with(context.WithoutCancel(ctx)), d.Issuer)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrProvider, err)
	}
	d.provider = provider
	return provider, nil
}

// with is a context in which the door's own client is used.
func (d *Door) with(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, d.Client)
}

func (d *Door) client(p *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: d.ClientID, ClientSecret: d.ClientSecret, Endpoint: p.Endpoint(), RedirectURL: d.Redirect,
		Scopes: append([]string{oidc.ScopeOpenID, "profile"}, d.Scopes...),
	}
}

// cookie is the name of what a browser keeps while somebody is at the provider.
// One with __Host- is sent to this host alone, and cannot be set by another.
func (d *Door) cookie() string {
	if d.Plain {
		return "qala-passage"
	}
	return "__Host-qala-passage"
}

func (d *Door) keep(w http.ResponseWriter, text string, age int) {
	http.SetCookie(w, &http.Cookie{
		Name: d.cookie(), Value: text, Path: "/", MaxAge: age, Secure: !d.Plain, HttpOnly: true,
		SameSite: http.SameSiteLaxMode, // it comes along when the provider sends the browser back
	})
}

// Start sends a browser to the provider. The query's back is where to go afterwards.
func (d *Door) Start(w http.ResponseWriter, r *http.Request) {
	provider, err := d.reach(r.Context())
	if err != nil {
		d.Refused(w, r, err)
		return
	}
	p := access.Passage{Nonce: oauth2.GenerateVerifier(), Verifier: oauth2.GenerateVerifier(), Provider: d.Name, Back: r.URL.Query().Get("back")}
	state, browser, err := d.Access.Begin(r.Context(), p)
	if err != nil {
		d.Refused(w, r, err)
		return
	}
	d.keep(w, browser.Reveal(), int(d.Access.Policy.Passage.Seconds()))
	w.Header().Set("Cache-Control", "no-store")
	to := d.client(provider).AuthCodeURL(state.Reveal(), oidc.Nonce(p.Nonce), oauth2.S256ChallengeOption(p.Verifier))
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// Return lets somebody in whom the provider has sent back.
func (d *Door) Return(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer") // the address has a code in it
	arrival, back, err := d.arrive(r)
	d.keep(w, "", -1)
	if err != nil {
		d.Refused(w, r, err)
		return
	}
	d.Arrived(w, r, arrival, back)
}

func (d *Door) arrive(r *http.Request) (access.Arrival, string, error) {
	query := r.URL.Query()
	kept, err := r.Cookie(d.cookie())
	if err != nil {
		return access.Arrival{}, "", access.ErrPassage
	}
	p, err := d.Access.Finish(r.Context(), query.Get("state"), kept.Value)
	if err != nil {
		return access.Arrival{}, "", err
	}
	if p.Provider != d.Name || (query.Has("iss") && query.Get("iss") != d.Issuer) { // RFC 9207
		return access.Arrival{}, "", access.ErrPassage
	}
	if query.Has("error") {
		return access.Arrival{}, "", fmt.Errorf("%w: %.100q", ErrProvider, query.Get("error"))
	}
	claims, err := d.claims(r.Context(), query.Get("code"), p)
	if err != nil {
		return access.Arrival{}, "", err
	}
	arrival, err := d.Access.SignInBy(r.Context(), claims, d.attempt(r))
	return arrival, p.Back, err
}

func (d *Door) attempt(r *http.Request) access.Attempt {
	if d.Attempt == nil {
		return access.Attempt{Origin: ledger.From(r.Context())}
	}
	return d.Attempt(r)
}

// claims are what the provider says of whoever has the code.
func (d *Door) claims(ctx context.Context, code string, p access.Passage) (access.Claims, error) {
	provider, err := d.reach(ctx)
	if err != nil {
		return access.Claims{}, err
	}
	token, err := d.client(provider).Exchange(d.with(ctx), code, oauth2.VerifierOption(p.Verifier))
	if err != nil {
		return access.Claims{}, fmt.Errorf("%w: exchanging the code: %s", ErrProvider, brief(err))
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return access.Claims{}, fmt.Errorf("%w: there is no identity", ErrIdentity)
	}
	verifier := provider.Verifier(&oidc.Config{
		ClientID: d.ClientID, Now: d.Now, SupportedSigningAlgs: []string{oidc.RS256, oidc.PS256, oidc.ES256, oidc.EdDSA},
	})
	identity, err := verifier.Verify(ctx, raw)
	if err != nil {
		return access.Claims{}, fmt.Errorf("%w: %w", ErrIdentity, err)
	}
	if subtle.ConstantTimeCompare([]byte(identity.Nonce), []byte(p.Nonce)) != 1 {
		return access.Claims{}, fmt.Errorf("%w: it is of another sign-in", ErrIdentity)
	}
	if identity.AccessTokenHash != "" && identity.VerifyAccessToken(token.AccessToken) != nil {
		return access.Claims{}, fmt.Errorf("%w: it belongs to another token", ErrIdentity)
	}
	return d.read(identity)
}

// brief is an error of an exchange without what was exchanged.
func brief(err error) string {
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) {
		return fmt.Sprintf("status %d, %.60q", refused.Response.StatusCode, refused.ErrorCode)
	}
	return err.Error()
}

// read takes what is of use out of an identity.
func (d *Door) read(identity *oidc.IDToken) (access.Claims, error) {
	var said struct {
		Party    string `json:"azp"`
		Name     string `json:"name"`
		Mail     string `json:"email"`
		Verified bool   `json:"email_verified"`
	}
	var all map[string]any
	if err := errors.Join(identity.Claims(&said), identity.Claims(&all)); err != nil {
		return access.Claims{}, fmt.Errorf("%w: %w", ErrIdentity, err)
	}
	if (len(identity.Audience) > 1 || said.Party != "") && said.Party != d.ClientID {
		return access.Claims{}, fmt.Errorf("%w: it was made for another program", ErrIdentity)
	}
	if identity.Subject == "" || len(identity.Subject) > 255 {
		return access.Claims{}, fmt.Errorf("%w: it is of nobody", ErrIdentity)
	}
	claims := access.Claims{Issuer: identity.Issuer, Subject: identity.Subject, Name: said.Name, Groups: groups(all, d.Groups)}
	if said.Verified {
		claims.Mail = said.Mail
	}
	return claims, nil
}

// groups are the words of a claim: a list, or one word. A name with dots goes
// into objects where there is no claim of the whole name.
func groups(all map[string]any, name string) []string {
	switch value := lookup(all, name).(type) {
	case string:
		return []string{value}
	case []any:
		var words []string
		for _, one := range value {
			if word, ok := one.(string); ok {
				words = append(words, word)
			}
		}
		return words
	}
	return nil
}

func lookup(all map[string]any, name string) any {
	if value, known := all[name]; known {
		return value
	}
	first, rest, dotted := strings.Cut(name, ".")
	inner, ok := all[first].(map[string]any)
	if !dotted || !ok {
		return nil
	}
	return lookup(inner, rest)
}

// Settings are what a configuration file says of a provider.
type Settings struct {
	Name     string        `json:"name"`
	Issuer   string        `json:"issuer"`
	ClientID string        `json:"client_id"`
	Groups   string        `json:"groups,omitempty"`
	Scopes   []string      `json:"scopes,omitempty"`
	Rules    []access.Rule `json:"rules"`
}

// ParseSettings reads such settings, as JSON without unknown fields.
func ParseSettings(text []byte) (Settings, error) {
	var s Settings
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&s); err != nil {
		return s, fmt.Errorf("%w: %w", ErrOptions, err)
	}
	for i := range s.Rules {
		if s.Rules[i].Issuer == "" {
			s.Rules[i].Issuer = s.Issuer
		}
		if err := s.Rules[i].Check(); err != nil {
			return s, fmt.Errorf("%w: rule %d: %w", ErrOptions, i+1, err)
		}
	}
	return s, nil
}
