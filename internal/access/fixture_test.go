package access

import (
	"crypto/rand"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/audit"
	"github.com/qala-city/qala/internal/ephemeral"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

// quick is a hash that takes no time and protects nothing.
var quick = Parameters{Memory: 8, Time: 1, Threads: 1}

// house is a desk with a log, a clock that the test moves, and an administrator.
type house struct {
	*Desk
	log *audit.Desk
	t   testing.TB
	at  time.Time
}

const (
	adminLogin = "root.of.all"
	adminWord  = "correct horse battery"
	otherWord  = "staple right away now"
)

var from = ledger.Origin{Address: "192.0.2.7", Request: "r1"}

func empty(t testing.TB, store Store) *house {
	h := &house{t: t, at: noon}
	var ids atomic.Int64
	now := func() time.Time { return h.at }
	h.log = &audit.Desk{Store: store, Now: now, Random: rand.Reader}
	policy := Usual
	policy.Hashing = quick
	h.Desk = New(Options{
		Store: store, Log: h.log, Now: now, Random: rand.Reader, Policy: policy, Key: [32]byte{1},
		NewID: func() string { return fmt.Sprintf("u%04d", ids.Add(1)) },
	})
	return h
}

// begun is a house with an administrator; his origin is given too.
func begun(t testing.TB) (*house, ledger.Origin) {
	t.Helper()
	h := empty(t, ephemeral.NewStore())
	link, err := h.FirstLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id, err := h.Redeem(t.Context(), from, link.Reveal(), NewAccount{Login: adminLogin, Name: "Aigerim"}, adminWord)
	if err != nil {
		t.Fatal(err)
	}
	return h, ledger.Origin{Who: id, Address: from.Address, Request: "r2"}
}

// with makes an account that has set its password.
func (h *house) with(by ledger.Origin, login string, grants ...role.Grant) string {
	h.t.Helper()
	id, link, err := h.CreateAccount(h.t.Context(), by, NewAccount{Login: login, Name: "Somebody", Grants: grants})
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := h.Redeem(h.t.Context(), from, link.Reveal(), NewAccount{}, otherWord); err != nil {
		h.t.Fatal(err)
	}
	return id
}

func (h *house) try(login, password, address string) (Arrival, error) {
	return h.SignIn(h.t.Context(), Attempt{Origin: ledger.Origin{Address: address, Request: "r"}, Login: login, Password: password, Browser: "Firefox"})
}

func (h *house) in(login, password string) Arrival {
	h.t.Helper()
	arrival, err := h.try(login, password, from.Address)
	if err != nil {
		h.t.Fatal(err)
	}
	return arrival
}

// wait moves the clock.
func (h *house) wait(length time.Duration) { h.at = h.at.Add(length) }

// verbs are what the log has of a thing, in its order.
func (h *house) verbs(kind workspace.Kind, id string) (verbs []ledger.Verb) {
	h.t.Helper()
	entries, err := h.log.About(h.t.Context(), kind, id, workspace.Page{Limit: 1000})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, e := range entries {
		verbs = append(verbs, e.Verb)
	}
	return verbs
}

var (
	viewer = role.Grant{Role: role.Viewer, Scope: role.Everything}
	admin  = role.Grant{Role: role.Administrator, Scope: role.Everything}
)
