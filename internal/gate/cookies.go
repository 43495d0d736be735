package gate

import (
	"net/http"
	"time"

	"github.com/qala-city/qala/internal/access"
)

// The cookies of the house. Behind TLS they have the prefix with which a browser
// takes them from nobody else, and sends them to nobody else.
const (
	sessionCookie  = "qala"
	familiarCookie = "qala-familiar"
)

func (g *Gate) name(cookie string) string {
	if g.Secure {
		return "__Host-" + cookie
	}
	return cookie
}

func (g *Gate) cookie(name, value string, length time.Duration) *http.Cookie {
	c := &http.Cookie{Name: g.name(name), Value: value, Path: "/", HttpOnly: true, Secure: g.Secure, SameSite: http.SameSiteStrictMode}
	c.MaxAge = int(length / time.Second)
	if value == "" {
		c.MaxAge = -1
	}
	return c
}

func (g *Gate) sessionTime() time.Duration { return g.Access.Policy.Longest }

// Arrival is the cookies of somebody who has signed in.
func (g *Gate) Arrival(a access.Arrival) []http.Cookie {
	cookies := []http.Cookie{*g.cookie(sessionCookie, a.Session.Reveal(), g.sessionTime())}
	if !a.Familiar.IsZero() {
		cookies = append(cookies, *g.cookie(familiarCookie, a.Familiar.Reveal(), g.Access.Policy.Familiar))
	}
	return cookies
}

// Leaving takes the cookie of a session away. The browser stays known.
func (g *Gate) Leaving() []http.Cookie { return []http.Cookie{*g.cookie(sessionCookie, "", 0)} }

// Attempt is what is known of somebody who wants to sign in.
func (g *Gate) Attempt(r *http.Request) access.Attempt {
	a := access.Attempt{Browser: r.UserAgent()}
	a.Address = g.address(r)
	if c, err := r.Cookie(g.name(familiarCookie)); err == nil {
		a.Familiar = c.Value
	}
	return a
}
