package access

import (
	"errors"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

const issuer = "https://id.example"

func claims(groups ...string) Claims {
	return Claims{Issuer: issuer, Subject: "s-1", Name: "Dana", Mail: "dana@example.org", Groups: groups}
}

func withRules(t *testing.T) (*house, ledger.Origin) {
	t.Helper()
	h, by := begun(t)
	h.Rules = []Rule{
		{issuer, "planners", role.Planner, role.InCity("astana")},
		{issuer, "police", role.Police, role.OfEvent("astana/match")},
		{"https://other.example", "", role.Administrator, role.Everything},
	}
	for _, r := range h.Rules {
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
	}
	return h, by
}

func TestGroupsGiveRoles(t *testing.T) {
	h, _ := withRules(t)
	arrival, err := h.SignInBy(t.Context(), claims("staff", "planners"), Attempt{Origin: from})
	if err != nil {
		t.Fatal(err)
	}
	caller := h.caller(arrival.Session)
	match := role.PlaceOf("astana/match")
	if !role.Allowed(caller.Subject, role.Plan, match, h.at) || role.Allowed(caller.Subject, role.Administer, match, h.at) {
		t.Errorf("%+v", caller.Grants)
	}
	if role.Allowed(caller.Subject, role.Plan, match, h.at.Add(h.Policy.Longest)) {
		t.Error("what a provider gives lasts longer than the session")
	}
	h.wait(time.Minute)
	again, err := h.SignInBy(t.Context(), claims("police"), Attempt{Origin: from})
	if err != nil || again.Account != arrival.Account {
		t.Fatal(again, err)
	}
	first := h.caller(arrival.Session) // that of before has the rights of now
	if role.Allowed(first.Subject, role.Plan, match, h.at) || !role.Allowed(first.Subject, role.Look, match, h.at) || first.Renewed.IsZero() {
		t.Errorf("%+v", first)
	}
	if second := h.caller(again.Session); !second.Renewed.IsZero() {
		t.Error("a new session is renewed at once")
	}
}

func TestAProviderDoesNotOpenOtherDoors(t *testing.T) {
	h, by := withRules(t)
	for name, c := range map[string]Claims{
		"no group":         claims(),
		"another group":    claims("drivers"),
		"another provider": {Issuer: "https://evil.example", Subject: "s-1", Groups: []string{"planners"}},
		"no subject":       {Issuer: issuer, Groups: []string{"planners"}},
		"no issuer":        {Subject: "s-1", Groups: []string{"planners"}},
	} {
		if _, err := h.SignInBy(t.Context(), c, Attempt{Origin: from}); !errors.Is(err, ErrNoRole) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if all, _ := h.Accounts(t.Context(), workspace.Page{Limit: 10}); len(all) != 1 {
		t.Errorf("%d accounts", len(all))
	}
	same := claims("planners")
	same.Name, same.Mail = adminLogin, adminLogin // a name is no identity
	arrival, err := h.SignInBy(t.Context(), same, Attempt{Origin: from})
	if err != nil || arrival.Account == by.Who {
		t.Errorf("somebody is the administrator by his name: %v", err)
	}
	if _, err := h.SignInBy(t.Context(), claims(), Attempt{Origin: from}); !errors.Is(err, ErrNoRole) {
		t.Errorf("who has left all groups: %v", err)
	}
	if err := h.CloseAccount(t.Context(), by, arrival.Account); err != nil {
		t.Fatal(err)
	}
	if _, err := h.SignInBy(t.Context(), claims("planners"), Attempt{Origin: from}); !errors.Is(err, ErrClosed) {
		t.Errorf("closed: %v", err)
	}
	odd := Claims{Issuer: issuer, Subject: "s-2", Name: "a\u202eb\x00", Mail: "\xff", Groups: []string{"planners"}}
	arrival, err = h.SignInBy(t.Context(), odd, Attempt{Origin: from})
	if err != nil {
		t.Fatal(err)
	}
	if a, err := h.Account(t.Context(), arrival.Account); err != nil || a.Name != "somebody" {
		t.Errorf("%q %v", a.Name, err)
	}
}

// An administrator by a provider does not count as the last one: the provider may be out of reach.
func TestAnAdministratorByAProviderIsNotTheLast(t *testing.T) {
	h, by := withRules(t)
	if _, err := h.SignInBy(t.Context(), Claims{Issuer: "https://other.example", Subject: "a"}, Attempt{Origin: from}); err != nil {
		t.Fatal(err)
	}
	if err := h.CloseAccount(t.Context(), by, by.Who); !errors.Is(err, ErrLast) {
		t.Errorf("%v", err)
	}
}

func TestAPassageIsWalkedOnce(t *testing.T) {
	h, _ := begun(t)
	want := Passage{Nonce: "n", Verifier: "v", Provider: "city", Back: "/plans?x=1"}
	state, browser, err := h.Begin(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	other, otherBrowser, err := h.Begin(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string][2]string{
		"another browser": {state.Reveal(), otherBrowser.Reveal()}, "no browser": {state.Reveal(), ""}, "no state": {"", browser.Reveal()},
		"the state as the browser": {state.Reveal(), state.Reveal()}, "another secret": {Token{tokenPassage, state.id, other.secret}.Reveal(), browser.Reveal()},
	} {
		if _, err := h.Finish(t.Context(), c[0], c[1]); !errors.Is(err, ErrPassage) {
			t.Errorf("%s: %v", name, err)
		}
	}
	got, err := h.Finish(t.Context(), state.Reveal(), browser.Reveal())
	if err != nil || got != want {
		t.Fatal(got, err)
	}
	if _, err := h.Finish(t.Context(), state.Reveal(), browser.Reveal()); !errors.Is(err, ErrPassage) {
		t.Errorf("twice: %v", err)
	}
	h.wait(h.Policy.Passage)
	if _, err := h.Finish(t.Context(), other.Reveal(), otherBrowser.Reveal()); !errors.Is(err, ErrPassage) {
		t.Errorf("too late: %v", err)
	}
}

func TestAfterwardsOneIsInThisHouse(t *testing.T) {
	h, _ := begun(t)
	for back, want := range map[string]string{
		"/a?b=c": "/a?b=c", "": "/", "https://evil.example": "/", "//evil.example": "/", `/\evil.example`: "/", "/\t/evil.example": "/", "javascript:x": "/", "/ok//x": "/ok//x",
	} {
		state, browser, err := h.Begin(t.Context(), Passage{Back: back})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := h.Finish(t.Context(), state.Reveal(), browser.Reveal()); err != nil || got.Back != want {
			t.Errorf("%q: %q %v", back, got.Back, err)
		}
	}
}

// Whom a provider knows may be there before the first administrator, and must not keep him out.
func TestTheFirstLinkWorksUntilSomebodyAdministers(t *testing.T) {
	h := empty(t, newStore())
	h.Rules = []Rule{{issuer, "", role.Administrator, role.Everything}}
	arrival, err := h.SignInBy(t.Context(), claims(), Attempt{Origin: from})
	if err != nil {
		t.Fatal(err)
	}
	link, err := h.FirstLink(t.Context())
	if err != nil {
		t.Fatalf("nobody can administer without the provider: %v", err)
	}
	h.with(ledger.Origin{Who: arrival.Account}, "local", admin)
	if _, err := h.Redeem(t.Context(), from, link.Reveal(), NewAccount{Login: "late", Name: "Late"}, adminWord); !errors.Is(err, ErrBegun) {
		t.Errorf("a first administrator beside another: %v", err)
	}
	if _, err := h.FirstLink(t.Context()); !errors.Is(err, ErrBegun) {
		t.Errorf("%v", err)
	}
}
