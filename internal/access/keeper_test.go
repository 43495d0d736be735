package access

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

func TestTheLastAdministratorStays(t *testing.T) {
	h, by := begun(t)
	invited, _, err := h.CreateAccount(t.Context(), by, NewAccount{Login: "second", Name: "Second", Grants: []role.Grant{admin}})
	if err != nil {
		t.Fatal(err)
	}
	for name, do := range map[string]func() error{
		"no grants": func() error { return h.SetGrants(t.Context(), by, by.Who, nil) },
		"with an end": func() error {
			return h.SetGrants(t.Context(), by, by.Who, []role.Grant{{Role: role.Administrator, Scope: role.Everything, Until: h.at.Add(time.Hour)}})
		},
		"closed": func() error { return h.CloseAccount(t.Context(), by, by.Who) },
		"erased": func() error { return h.EraseAccount(t.Context(), by, by.Who) },
		"reset":  func() error { _, err := h.Reset(t.Context(), by, by.Who, false); return err },
	} {
		if err := do(); !errors.Is(err, ErrLast) {
			t.Errorf("%s, while the second (%s) has not set a password: %v", name, invited, err)
		}
	}
	h.in(adminLogin, adminWord)
}

// Whatever is done with accounts, somebody can always administer, rights are
// those that were given last, and the log is sound.
func TestSomebodyAlwaysAdministers(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h, by := begun(t)
		m := &members{house: h, by: by, rights: map[string]bool{by.Who: true}, links: map[string]Token{}}
		rt.Repeat(map[string]func(*rapid.T){
			"invite": m.invite, "redeem": m.redeem, "grant": m.grant, "close": m.close, "reopen": m.reopen, "reset": m.reset, "erase": m.erase,
			"": m.check,
		})
		v, err := h.log.Verify(t.Context(), ledger.Trust{})
		if err != nil || v.Fault != nil {
			rt.Fatalf("the log: %+v %v", v.Fault, err)
		}
	})
}

// members is what a test knows of the accounts.
type members struct {
	*house
	by     ledger.Origin
	rights map[string]bool // whether an account has the grant of an administrator
	links  map[string]Token
	made   int
}

func (m *members) some(t *rapid.T) string {
	ids := []string{m.by.Who}
	for i := range m.made {
		ids = append(ids, fmt.Sprintf("u%04d", i+10))
	}
	return rapid.SampledFrom(ids).Draw(t, "account")
}

// allowed passes the errors that are no surprise.
func allowed(t *rapid.T, err error) bool {
	if err != nil && !errors.Is(err, ErrLast) && !errors.Is(err, workspace.ErrNotFound) && !errors.Is(err, ErrLink) {
		t.Fatal(err)
	}
	return err == nil
}

func grantsOf(admins bool) []role.Grant {
	if admins {
		return []role.Grant{viewer, admin}
	}
	return []role.Grant{viewer}
}

func (m *members) invite(t *rapid.T) {
	admins, id := rapid.Bool().Draw(t, "admin"), fmt.Sprintf("u%04d", m.made+10)
	m.NewID = func() string { return id }
	got, link, err := m.CreateAccount(m.t.Context(), m.by, NewAccount{Login: "login." + id, Name: "Somebody", Grants: grantsOf(admins)})
	if err != nil || got != id {
		t.Fatal(got, err)
	}
	m.made++
	m.rights[id], m.links[id] = admins, link
}

func (m *members) redeem(t *rapid.T) {
	id := m.some(t)
	if link := m.links[id]; !link.IsZero() {
		_, err := m.Redeem(m.t.Context(), m.by, link.Reveal(), NewAccount{}, otherWord)
		allowed(t, err)
	}
}

func (m *members) grant(t *rapid.T) {
	id, admins := m.some(t), rapid.Bool().Draw(t, "admin")
	if allowed(t, m.SetGrants(m.t.Context(), m.by, id, grantsOf(admins))) {
		m.rights[id] = admins
	}
}

func (m *members) close(t *rapid.T) {
	allowed(t, m.CloseAccount(m.t.Context(), m.by, m.some(t)))
}

func (m *members) reopen(t *rapid.T) {
	allowed(t, m.ReopenAccount(m.t.Context(), m.by, m.some(t)))
}

func (m *members) reset(t *rapid.T) {
	id := m.some(t)
	if link, err := m.Reset(m.t.Context(), m.by, id, true); allowed(t, err) {
		m.links[id] = link
	}
}

func (m *members) erase(t *rapid.T) {
	id := m.some(t)
	if allowed(t, m.EraseAccount(m.t.Context(), m.by, id)) {
		m.rights[id] = false
	}
}

func (m *members) check(t *rapid.T) {
	all, err := m.Accounts(m.t.Context(), workspace.Page{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	can := 0
	for _, a := range all {
		admins := role.Subject{Grants: a.Grants}.Anywhere(role.Administer, m.at)
		if admins != m.rights[a.ID] {
			t.Fatalf("%s administers: %v", a.ID, admins)
		}
		if admins && a.Password && !a.Closed {
			can++
		}
		if a.Erased && (a.Name != "" || a.Login != "" || a.Password) {
			t.Fatalf("of an erased account there is still %+v", a)
		}
	}
	if can == 0 {
		t.Fatal("nobody can administer")
	}
}
