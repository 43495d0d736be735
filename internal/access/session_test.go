package access

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

func (h *house) caller(token Token) Caller {
	h.t.Helper()
	caller, err := h.Authenticate(h.t.Context(), token.Reveal())
	if err != nil {
		h.t.Fatal(err)
	}
	return caller
}

func (h *house) gone(token Token) {
	h.t.Helper()
	if _, err := h.Authenticate(h.t.Context(), token.Reveal()); !errors.Is(err, ErrToken) {
		h.t.Fatalf("the token still works, or not for that reason: %v", err)
	}
}

func TestSessionsEnd(t *testing.T) {
	h, by := begun(t)
	idle := h.in(adminLogin, adminWord).Session
	h.wait(h.Policy.Idle - time.Second)
	if caller := h.caller(idle); caller.Who != by.Who || !caller.Renewed.IsZero() || caller.Session != idle.ID() {
		t.Errorf("%+v", caller)
	}
	h.wait(h.Policy.Idle - time.Second)
	h.caller(idle) // its use was written down
	h.wait(h.Policy.Idle)
	h.gone(idle)
	busy := h.in(adminLogin, adminWord).Session
	for range 23 {
		h.wait(h.Policy.Longest / 24)
		h.caller(busy)
	}
	h.wait(h.Policy.Longest / 24)
	h.gone(busy)
}

func TestSessionsAreNotTakenFromElsewhere(t *testing.T) {
	h, by := begun(t)
	session := h.in(adminLogin, adminWord).Session
	key, err := h.CreateKey(t.Context(), by, by.Who, NewKey{Name: "k", Needs: []role.Need{role.Look}, Until: h.at.Add(time.Hour), Quota: 10})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"none": "", "key": key.Reveal(), "id": session.ID(), "shown": session.String(), "other secret": Token{tokenSession, session.id, key.secret}.Reveal(),
		"other id": Token{tokenSession, key.id, session.secret}.Reveal(), "longer": session.Reveal() + "A", "case": strings.ToUpper(session.Reveal()),
	} {
		if _, err := h.Authenticate(t.Context(), text); !errors.Is(err, ErrToken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.AuthenticateKey(t.Context(), session.Reveal()); !errors.Is(err, ErrToken) {
		t.Errorf("a session as a key: %v", err)
	}
}

// Every sign-in makes a token of its own, whatever the browser had before.
func TestNoTokenIsFixed(t *testing.T) {
	h, _ := begun(t)
	first := h.in(adminLogin, adminWord)
	second, err := h.SignIn(t.Context(), Attempt{Origin: from, Login: adminLogin, Password: adminWord, Familiar: first.Familiar.Reveal()})
	if err != nil || second.Session == first.Session || second.Session.id == first.Session.id {
		t.Errorf("%v %v %v", first.Session, second.Session, err)
	}
	if !second.Familiar.IsZero() {
		t.Error("a browser that is known is made known again")
	}
}

func TestOtherRightsHaveAnotherToken(t *testing.T) {
	h, by := begun(t)
	id := h.with(by, "dana", viewer)
	old := h.in("dana", otherWord).Session
	if caller := h.caller(old); role.Allowed(caller.Subject, role.Plan, role.PlaceOf("astana/match"), h.at) {
		t.Error("a viewer plans")
	}
	planner := role.Grant{Role: role.Planner, Scope: role.OfEvent("astana/match")}
	if err := h.SetGrants(t.Context(), by, id, []role.Grant{planner}); err != nil {
		t.Fatal(err)
	}
	caller := h.caller(old)
	if caller.Renewed.IsZero() || caller.Renewed == old || caller.Renewed.ID() != old.ID() {
		t.Fatalf("the token goes on: %v", caller.Renewed)
	}
	if !role.Allowed(caller.Subject, role.Plan, role.PlaceOf("astana/match"), h.at) || role.Allowed(caller.Subject, role.Plan, role.PlaceOf("astana/fair"), h.at) {
		t.Errorf("the rights are not those of now: %+v", caller.Grants)
	}
	if late := h.caller(old); !late.Renewed.IsZero() {
		t.Error("a request that was under way gets a third token")
	}
	h.wait(formerFor)
	h.gone(old)
	if again := h.caller(caller.Renewed); !again.Renewed.IsZero() {
		t.Error("renewed without a reason")
	}
}

func TestOneToken(t *testing.T) {
	h, by := begun(t)
	id := h.with(by, "dana", viewer)
	old := h.in("dana", otherWord).Session
	if err := h.SetGrants(t.Context(), by, id, nil); err != nil {
		t.Fatal(err)
	}
	var renewed atomic.Int32
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			caller, err := h.Authenticate(t.Context(), old.Reveal())
			if err != nil {
				t.Error(err)
			}
			if !caller.Renewed.IsZero() {
				renewed.Add(1)
			}
		})
	}
	group.Wait()
	if renewed.Load() != 1 {
		t.Errorf("%d new tokens", renewed.Load())
	}
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	h, by := begun(t)
	id := h.with(by, "dana", viewer)
	first, second := h.in("dana", otherWord).Session, h.in("dana", otherWord).Session
	list, err := h.Sessions(t.Context(), id)
	if err != nil || len(list) != 2 || list[0].Browser != "Firefox" || list[0].Address != from.Address || list[0].How != "password" {
		t.Fatal(list, err)
	}
	self := ledger.Origin{Who: id}
	if err := h.EndSession(t.Context(), by, by.Who, first.ID()); !errors.Is(err, workspace.ErrNotFound) {
		t.Errorf("a session of somebody else: %v", err)
	}
	if err := h.EndSession(t.Context(), self, id, first.ID()); err != nil {
		t.Fatal(err)
	}
	h.gone(first)
	h.caller(second)
	if err := h.CloseAccount(t.Context(), by, id); err != nil {
		t.Fatal(err)
	}
	h.gone(second)
	if err := h.ReopenAccount(t.Context(), by, id); err != nil {
		t.Fatal(err)
	}
	h.gone(second)
	h.in("dana", otherWord)
	want := []ledger.Verb{
		ledger.Create, ledger.Invite, ledger.Redeem, ledger.SignIn, ledger.SignIn, ledger.SignOut, ledger.Close, ledger.Reopen, ledger.SignIn,
	}
	if got := h.verbs(workspace.KindAccount, id); !slices.Equal(got, want) {
		t.Errorf("the log has %v", got)
	}
}

func TestCSRF(t *testing.T) {
	h, _ := begun(t)
	first, second := h.in(adminLogin, adminWord).Session.ID(), h.in(adminLogin, adminWord).Session.ID()
	word := h.CSRF(first)
	other := New(h.Options)
	other.Key[0]++
	if !h.CheckCSRF(first, word) || h.CheckCSRF(second, word) || h.CheckCSRF("", h.CSRF("")) || h.CheckCSRF(first, "") || other.CheckCSRF(first, word) {
		t.Error("the word does not belong to its session alone")
	}
}

func TestKeysDoWhatTheyAreForAndNoMore(t *testing.T) {
	h, by := begun(t)
	owner := h.with(by, "dana", role.Grant{Role: role.Planner, Scope: role.InCity("astana")}, viewer)
	match, porto := role.PlaceOf("astana/match"), role.PlaceOf("porto/match")
	create := func(n NewKey) Token {
		t.Helper()
		n.Name, n.Until, n.Quota = "key", h.at.Add(time.Hour), 1000
		token, err := h.CreateKey(t.Context(), ledger.Origin{Who: owner}, owner, n)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	looks := create(NewKey{Needs: []role.Need{role.Look}})
	plans := create(NewKey{Needs: []role.Need{role.Look, role.Plan, role.Administer}})
	device := create(NewKey{Device: true, Scope: role.InCity("astana")})
	can := func(token Token, need role.Need, on role.Place) bool {
		t.Helper()
		caller, err := h.AuthenticateKey(t.Context(), token.Reveal())
		if err != nil {
			t.Fatal(err)
		}
		return role.Allowed(caller.Subject, need, on, h.at)
	}
	for name, c := range map[string]struct{ got, want bool }{
		"looks":                               {can(looks, role.Look, match), true},
		"does not plan":                       {can(looks, role.Plan, match), false},
		"plans":                               {can(plans, role.Plan, match), true},
		"not where the owner may not":         {can(plans, role.Plan, porto), false},
		"is no administrator by its own word": {can(plans, role.Administer, role.Place{}), false},
		"a device locates":                    {can(device, role.Locate, role.PlaceOf("astana")), true},
		"not in another city":                 {can(device, role.Locate, role.PlaceOf("porto")), false},
		"and does not look":                   {can(device, role.Look, match), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v", name, c.got)
		}
	}
	if err := h.SetGrants(t.Context(), by, owner, []role.Grant{viewer}); err != nil {
		t.Fatal(err)
	}
	if can(plans, role.Plan, match) {
		t.Error("a key plans when its owner does not any more")
	}
	if err := h.RemoveKey(t.Context(), by, by.Who, looks.ID()); !errors.Is(err, workspace.ErrNotFound) {
		t.Errorf("a key of somebody else: %v", err)
	}
	if err := h.RemoveKey(t.Context(), by, owner, looks.ID()); err != nil {
		t.Fatal(err)
	}
	if _, err := h.AuthenticateKey(t.Context(), looks.Reveal()); !errors.Is(err, ErrToken) {
		t.Errorf("removed: %v", err)
	}
	if err := h.CloseAccount(t.Context(), by, owner); err != nil {
		t.Fatal(err)
	}
	for _, token := range []Token{plans, device} {
		if _, err := h.AuthenticateKey(t.Context(), token.Reveal()); !errors.Is(err, ErrToken) {
			t.Errorf("of a closed account: %v", err)
		}
	}
	if got := h.verbs(workspace.KindKey, looks.ID()); !slices.Equal(got, []ledger.Verb{ledger.Create, ledger.Remove}) {
		t.Errorf("the log has %v", got)
	}
}

func TestKeysHaveLimits(t *testing.T) {
	h, by := begun(t)
	look := []role.Need{role.Look}
	good := NewKey{Name: "k", Needs: look, Until: h.at.Add(time.Hour), Quota: 5}
	for name, c := range map[string]struct {
		spoil func(*NewKey)
		want  error
	}{
		"no needs":             {func(n *NewKey) { n.Needs = nil }, ErrNeed},
		"the need of nobody":   {func(n *NewKey) { n.Needs = []role.Need{{}} }, ErrNeed},
		"the need of anyone":   {func(n *NewKey) { n.Needs = []role.Need{role.Anyone} }, ErrNeed},
		"a device's":           {func(n *NewKey) { n.Needs = []role.Need{role.Locate} }, ErrNeed},
		"a device of nowhere":  {func(n *NewKey) { n.Device = true }, role.ErrScope},
		"ended":                {func(n *NewKey) { n.Until = h.at }, workspace.ErrLimit},
		"for ever":             {func(n *NewKey) { n.Until = h.at.Add(LongestKey + 1) }, workspace.ErrLimit},
		"no end":               {func(n *NewKey) { n.Until = time.Time{} }, workspace.ErrLimit},
		"no quota":             {func(n *NewKey) { n.Quota = 0 }, workspace.ErrLimit},
		"no name":              {func(n *NewKey) { n.Name = " " }, ErrName},
		"a name that turns it": {func(n *NewKey) { n.Name = "a\u202eb" }, ErrName},
	} {
		n := good
		c.spoil(&n)
		if _, err := h.CreateKey(t.Context(), by, by.Who, n); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	token, err := h.CreateKey(t.Context(), by, by.Who, good)
	if err != nil {
		t.Fatal(err)
	}
	h.wait(time.Hour)
	if _, err := h.AuthenticateKey(t.Context(), token.Reveal()); !errors.Is(err, ErrToken) {
		t.Errorf("after its end: %v", err)
	}
}

// Several processes share a quota and never use more than there is.
func TestQuotas(t *testing.T) {
	for _, quota := range []int{1, 7, 250} {
		t.Run(fmt.Sprint(quota), func(t *testing.T) {
			h, by := begun(t)
			token, err := h.CreateKey(t.Context(), by, by.Who, NewKey{Name: "k", Needs: []role.Need{role.Look}, Until: h.at.Add(72 * time.Hour), Quota: quota})
			if err != nil {
				t.Fatal(err)
			}
			processes := []*Desk{h.Desk, New(h.Options), New(h.Options)}
			day := func() int {
				var passed atomic.Int32
				var group sync.WaitGroup
				for _, d := range processes {
					group.Go(func() {
						for range quota {
							switch _, err := d.AuthenticateKey(t.Context(), token.Reveal()); {
							case err == nil:
								passed.Add(1)
							case !errors.Is(err, ErrQuota):
								t.Error(err)
							}
						}
					})
				}
				group.Wait()
				return int(passed.Load())
			}
			if got := day(); got != quota {
				t.Errorf("%d requests of %d", got, quota)
			}
			keys, err := h.Keys(t.Context(), by.Who)
			if err != nil || len(keys) != 1 || keys[0].Taken != quota || !keys[0].Seen.Equal(h.at) {
				t.Errorf("%+v %v", keys, err)
			}
			h.wait(24 * time.Hour)
			if got := day(); got != quota {
				t.Errorf("%d requests of %d on the next day", got, quota)
			}
		})
	}
}

func TestErasingAPerson(t *testing.T) {
	h, by := begun(t)
	id := h.with(by, "dana.of.the.depot", viewer)
	session := h.in("dana.of.the.depot", otherWord).Session
	if err := h.EraseAccount(t.Context(), by, id); err != nil {
		t.Fatal(err)
	}
	h.gone(session)
	if _, err := h.try("dana.of.the.depot", otherWord, from.Address); !errors.Is(err, ErrRefused) {
		t.Errorf("still signs in: %v", err)
	}
	got, err := h.Account(t.Context(), id)
	if err != nil || got.Login != "" || got.Name != "" || !got.Erased || len(got.Grants) != 0 {
		t.Errorf("%+v %v", got, err)
	}
	if err := h.ReopenAccount(t.Context(), by, id); !errors.Is(err, workspace.ErrNotFound) {
		t.Errorf("reopened: %v", err)
	}
	var out strings.Builder
	if _, err := h.log.Export(t.Context(), by, &out, true); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "dana") {
		t.Errorf("the log still has the name: %s", out.String())
	}
	v, err := ledger.Verify(strings.NewReader(out.String()), ledger.Trust{})
	if err != nil || v.Fault != nil {
		t.Errorf("the chain: %+v %v", v.Fault, err)
	}
	h.with(by, "dana.of.the.depot", viewer) // the name is free again
}

func TestNamesAreTakenOnce(t *testing.T) {
	h, by := begun(t)
	h.with(by, "dana", viewer)
	if _, _, err := h.CreateAccount(t.Context(), by, NewAccount{Login: "DANA", Name: "Another"}); !errors.Is(err, ErrTaken) {
		t.Errorf("%v", err)
	}
	if all, err := h.Accounts(t.Context(), workspace.Page{Limit: 10}); err != nil || len(all) != 2 {
		t.Errorf("%d accounts, %v", len(all), err)
	}
	if _, _, err := h.CreateAccount(t.Context(), by, NewAccount{Login: "x1", Name: "X", Grants: []role.Grant{{Role: role.Police, Scope: role.Everything}}}); !errors.Is(err, role.ErrGuest) {
		t.Errorf("a guest of everything: %v", err)
	}
}

// Whatever way an account was closed, its sessions and keys are worth nothing.
func TestAClosedAccountIsClosed(t *testing.T) {
	h, by := begun(t)
	session := h.in(adminLogin, adminWord).Session
	err := h.Store.Write(t.Context(), func(w workspace.Writer) error {
		a, document, err := fetch[account](w, workspace.KindAccount, by.Who)
		if err != nil {
			return err
		}
		a.Closed = true
		return h.replace(w, "", document, a)
	})
	if err != nil {
		t.Fatal(err)
	}
	h.gone(session)
}
