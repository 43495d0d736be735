package access

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

func TestTheFirstAdministratorComesByALink(t *testing.T) {
	h, by := begun(t)
	got, err := h.Account(t.Context(), by.Who)
	if err != nil || got.Login != adminLogin || !slices.Equal(got.Grants, []role.Grant{admin}) || !got.Password {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := h.FirstLink(t.Context()); !errors.Is(err, ErrBegun) {
		t.Errorf("a second first administrator: %v", err)
	}
	h.in(adminLogin, adminWord)
	if got := h.verbs(workspace.KindAccount, by.Who); !slices.Equal(got, []ledger.Verb{ledger.Create, ledger.SignIn}) {
		t.Errorf("the log has %v", got)
	}
}

func TestLinksWorkOnceAndEnd(t *testing.T) {
	h := empty(t, newStore())
	old, err := h.FirstLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	link, err := h.FirstLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	first := NewAccount{Login: adminLogin, Name: "Aigerim"}
	redeem := func(text string) error {
		_, err := h.Redeem(t.Context(), from, text, first, adminWord)
		return err
	}
	wrong := Token{link.kind, link.id, old.secret}
	for name, text := range map[string]string{"an older one": old.Reveal(), "another secret": wrong.Reveal(), "no link": "qala", "": ""} {
		if err := redeem(text); !errors.Is(err, ErrLink) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.Redeem(t.Context(), from, link.Reveal(), first, "short"); !errors.Is(err, ErrPassword) {
		t.Errorf("a weak password: %v", err)
	}
	h.wait(h.Policy.Link)
	if err := redeem(link.Reveal()); !errors.Is(err, ErrLink) {
		t.Errorf("after its end: %v", err)
	}
	link, _ = h.FirstLink(t.Context())
	if err := redeem(link.Reveal()); err != nil {
		t.Fatal(err)
	}
	if err := redeem(link.Reveal()); !errors.Is(err, ErrLink) {
		t.Errorf("twice: %v", err)
	}
}

// Many who use one link at once make one account.
func TestALinkIsUsedOnceByMany(t *testing.T) {
	h := empty(t, newStore())
	link, err := h.FirstLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	results := make(chan error, 8)
	for i := range 8 {
		group.Go(func() {
			_, err := h.Redeem(context.Background(), from, link.Reveal(), NewAccount{Login: fmt.Sprint("login", i), Name: "Aigerim"}, adminWord)
			results <- err
		})
	}
	group.Wait()
	close(results)
	made := 0
	for err := range results {
		if err == nil {
			made++
		}
	}
	all, err := h.Accounts(t.Context(), workspace.Page{Limit: 10})
	if err != nil || made != 1 || len(all) != 1 {
		t.Errorf("%d say that they made one, there are %d: %v", made, len(all), err)
	}
}

func TestWhoKnowsThePasswordGetsIn(t *testing.T) {
	h, by := begun(t)
	arrival := h.in("  Root.Of.ALL ", adminWord)
	if arrival.Account != by.Who || arrival.Session.IsZero() || arrival.Familiar.IsZero() {
		t.Errorf("%+v", arrival)
	}
	h.with(by, "closed", viewer)
	closed, _ := h.Accounts(t.Context(), workspace.Page{Limit: 10})
	if err := h.CloseAccount(t.Context(), by, closed[1].ID); err != nil {
		t.Fatal(err)
	}
	texts := map[string]bool{}
	for name, c := range map[string][2]string{
		"wrong password": {adminLogin, "correct horse batterz"}, "no password": {adminLogin, ""}, "nobody": {"nobody.here", adminWord},
		"closed": {"closed", otherWord}, "no name": {"", adminWord}, "hostile": {"'; --\x00", adminWord},
		"long": {adminLogin, strings.Repeat("x", 1<<20)}, "no utf-8": {adminLogin, "\xff\xfe"},
	} {
		_, err := h.try(c[0], c[1], "203.0.113."+fmt.Sprint(len(name)))
		if !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
		texts[err.Error()] = true
	}
	if len(texts) != 1 {
		t.Errorf("the answer tells why: %v", texts)
	}
}

func TestAFailedSignInIsToldWithoutTheName(t *testing.T) {
	h, by := begun(t)
	_, _ = h.try(adminLogin, "wrong", from.Address)
	_, _ = h.try("my secret word typed here", "wrong", from.Address)
	if got := h.verbs(workspace.KindAccount, by.Who); got[len(got)-1] != ledger.SignFail {
		t.Errorf("the log has %v", got)
	}
	var out strings.Builder
	if _, err := h.log.Export(t.Context(), by, &out, true); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); strings.Contains(text, "secret word") || !strings.Contains(text, "stranger-") {
		t.Errorf("the log: %s", text)
	}
}

func TestPatienceEnds(t *testing.T) {
	h, _ := begun(t)
	for i := range h.Policy.Pair.Free {
		if _, err := h.try(adminLogin, "wrong", "203.0.113.1"); !errors.Is(err, ErrRefused) {
			t.Fatalf("try %d: %v", i, err)
		}
	}
	last := time.Duration(0)
	for range 14 {
		var wait *Wait
		_, err := h.try(adminLogin, adminWord, "203.0.113.1")
		if !errors.As(err, &wait) || wait.For < last || wait.For > h.Policy.Pair.Longest {
			t.Fatalf("after a wait of %s: %v", last, err)
		}
		if _, again := h.try(adminLogin, adminWord, "203.0.113.1"); again == nil || again.Error() != err.Error() {
			t.Fatalf("a try during a wait changes it: %v, %v", err, again)
		}
		last = wait.For
		h.wait(wait.For)
		if _, err := h.try(adminLogin, "wrong", "203.0.113.1"); !errors.Is(err, ErrRefused) {
			t.Fatalf("after the wait: %v", err)
		}
	}
	if last != h.Policy.Pair.Longest {
		t.Errorf("the longest wait is %s", last)
	}
	h.wait(last)
	if _, err := h.try(adminLogin, adminWord, "203.0.113.1"); err != nil {
		t.Errorf("whoever knows the password does not get in after all: %v", err)
	}
	if _, err := h.try(adminLogin, "wrong", "203.0.113.1"); !errors.Is(err, ErrRefused) {
		t.Errorf("failures are not forgotten once somebody is in: %v", err)
	}
}

// Somebody with a thousand addresses cannot keep the owner out.
func TestNobodyIsLockedOutForGood(t *testing.T) {
	h, _ := begun(t)
	known := h.in(adminLogin, adminWord).Familiar
	for i := range 1000 {
		_, _ = h.try(adminLogin, "wrong", fmt.Sprintf("198.51.%d.%d", i/250, i%250))
	}
	var wait *Wait
	if _, err := h.try(adminLogin, adminWord, "192.0.2.9"); !errors.As(err, &wait) || wait.For > h.Policy.Account.Longest {
		t.Errorf("from anywhere: %v", err)
	}
	if _, err := h.SignIn(t.Context(), Attempt{Origin: from, Login: adminLogin, Password: adminWord, Familiar: known.Reveal()}); err != nil {
		t.Errorf("from a browser that is known: %v", err)
	}
	other := h.with(ledger.Origin{Who: "u0001"}, "other", viewer)
	if _, err := h.SignIn(t.Context(), Attempt{Origin: ledger.Origin{Address: "198.51.0.1"}, Login: "other", Password: otherWord, Familiar: known.Reveal()}); err != nil {
		t.Errorf("%s is kept out by what was tried with another account: %v", other, err)
	}
}

// A browser that is known waits for its own failures, and is known to its own account only.
func TestAKnownBrowserIsNoWayAround(t *testing.T) {
	h, by := begun(t)
	known := h.in(adminLogin, adminWord).Familiar.Reveal()
	h.with(by, "other", viewer)
	attempt := func(login, password string) error {
		_, err := h.SignIn(t.Context(), Attempt{Origin: ledger.Origin{Address: "203.0.113.5"}, Login: login, Password: password, Familiar: known})
		return err
	}
	var wait *Wait
	for range 2 {
		for range h.Policy.Pair.Free {
			if err := attempt("other", "wrong"); errors.As(err, &wait) {
				break
			}
		}
	}
	if err := attempt("other", otherWord); !errors.As(err, &wait) {
		t.Errorf("a browser of somebody else tries for ever: %v", err)
	}
	for range h.Policy.Pair.Free {
		_ = attempt(adminLogin, "wrong")
	}
	if err := attempt(adminLogin, adminWord); !errors.As(err, &wait) {
		t.Errorf("a known browser tries for ever: %v", err)
	}
}

func TestOneAddressTriesManyNames(t *testing.T) {
	h, by := begun(t)
	h.with(by, "insider", viewer)
	var wait *Wait
	tries := 0
	for ; tries < 200; tries++ {
		if _, err := h.try(fmt.Sprint("name", tries), "wrong", "2001:db8::1"+fmt.Sprint(tries%10)); errors.As(err, &wait) {
			break
		}
		if tries%4 == 3 { // an account of one's own between does not help
			if _, err := h.try("insider", otherWord, "2001:db8::77"); err != nil && !errors.As(err, &wait) {
				t.Fatal(err)
			}
		}
	}
	if tries > h.Policy.Address.Free {
		t.Errorf("%d names were tried from one network", tries)
	}
}

// An attempt counts before it is looked at: many at once get no more than one after another.
func TestManyTriesAtOnce(t *testing.T) {
	h, _ := begun(t)
	var group sync.WaitGroup
	var mu sync.Mutex
	looked := 0
	for range 40 {
		group.Go(func() {
			_, err := h.SignIn(context.Background(), Attempt{Origin: ledger.Origin{Address: "203.0.113.9"}, Login: adminLogin, Password: "wrong"})
			var wait *Wait
			if !errors.As(err, &wait) {
				mu.Lock()
				looked++
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if looked != h.Policy.Pair.Free {
		t.Errorf("%d passwords were looked at, want %d", looked, h.Policy.Pair.Free)
	}
}

func TestOtherParametersHashAnew(t *testing.T) {
	h, by := begun(t)
	kept := func() string {
		var hash string
		if err := h.Store.Read(t.Context(), func(r workspace.Reader) error {
			a, _, err := fetch[account](r, workspace.KindAccount, by.Who)
			hash = a.Password
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return hash
	}
	before := kept()
	h.in(adminLogin, adminWord)
	if kept() != before {
		t.Error("hashed anew without need")
	}
	h.Policy.Hashing = Parameters{Memory: 16, Time: 2, Threads: 2}
	h.in(adminLogin, adminWord)
	if after := kept(); after == before || !strings.HasPrefix(after, "$argon2id$v=19$m=16,t=2,p=2$") {
		t.Errorf("kept as %s", after)
	}
	h.in(adminLogin, adminWord)
}

func TestSecondFactor(t *testing.T) {
	h, by := begun(t)
	uri, err := h.BeginFactor(t.Context(), by, adminWord)
	if err != nil {
		t.Fatal(err)
	}
	h.in(adminLogin, adminWord) // it does not count before it is confirmed
	secret := secretOf(t, uri)
	if _, err := h.ConfirmFactor(t.Context(), by, "000000"); !errors.Is(err, ErrCode) {
		t.Errorf("confirmed by a wrong code: %v", err)
	}
	now := func() string { return code(secret, step(h.at), codeDigits) }
	spare, err := h.ConfirmFactor(t.Context(), by, now())
	if err != nil || len(spare) != spareCodes {
		t.Fatal(spare, err)
	}
	with := func(code string) error {
		_, err := h.SignIn(t.Context(), Attempt{Origin: from, Login: adminLogin, Password: adminWord, Code: code})
		return err
	}
	for name, c := range map[string]string{"none": "", "wrong": "000000", "the one that confirmed": now(), "letters": "abcdef"} {
		if err := with(c); !errors.Is(err, ErrCode) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.wait(30 * time.Second)
	if err := with(now()); err != nil {
		t.Errorf("the code of now: %v", err)
	}
	if err := with(now()); !errors.Is(err, ErrCode) {
		t.Errorf("used twice: %v", err)
	}
	if err := with(strings.ToLower(spare[3])); err != nil {
		t.Errorf("a spare code: %v", err)
	}
	if err := with(spare[3]); !errors.Is(err, ErrCode) {
		t.Errorf("a spare code twice: %v", err)
	}
	h.wait(10 * time.Minute)
	if err := with(code(secret, step(h.at)+1, codeDigits)); err != nil {
		t.Errorf("a clock that is half a minute fast: %v", err)
	}
	if err := with(now()); !errors.Is(err, ErrCode) {
		t.Errorf("one before the last that was used: %v", err)
	}
	if err := h.RemoveFactor(t.Context(), by, "wrong"); !errors.Is(err, ErrRefused) {
		t.Errorf("taken away without the password: %v", err)
	}
	if err := h.RemoveFactor(t.Context(), by, adminWord); err != nil {
		t.Fatal(err)
	}
	if err := with(""); err != nil {
		t.Errorf("without a factor: %v", err)
	}
}

// Whoever has the password cannot try all codes.
func TestCodesAreCountedToo(t *testing.T) {
	h, by := begun(t)
	uri, err := h.BeginFactor(t.Context(), by, adminWord)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.ConfirmFactor(t.Context(), by, code(secretOf(t, uri), step(h.at), codeDigits)); err != nil {
		t.Fatal(err)
	}
	looked := 0
	for range 50 {
		for _, given := range []string{"123456", ""} {
			_, err := h.SignIn(t.Context(), Attempt{Origin: ledger.Origin{Address: "203.0.113.9"}, Login: adminLogin, Password: adminWord, Code: given})
			if errors.Is(err, ErrCode) {
				looked++
			}
		}
	}
	if looked != h.Policy.Pair.Free {
		t.Errorf("%d codes were looked at", looked)
	}
}

func TestTheSecretOfAFactorIsSealed(t *testing.T) {
	h, by := begun(t)
	secret := []byte("twenty bytes of one!")
	sealed, err := h.seal(by.Who, secret)
	if err != nil || strings.Contains(string(sealed), "twenty") {
		t.Fatalf("%q %v", sealed, err)
	}
	if got, err := h.unseal(by.Who, sealed); err != nil || string(got) != string(secret) {
		t.Errorf("%q %v", got, err)
	}
	other := New(h.Options)
	other.Key[5] = 9
	for name, f := range map[string]func() ([]byte, error){
		"another account": func() ([]byte, error) { return h.unseal("u9", sealed) },
		"another key":     func() ([]byte, error) { return other.unseal(by.Who, sealed) },
		"cut":             func() ([]byte, error) { return h.unseal(by.Who, sealed[:8]) },
	} {
		if got, err := f(); !errors.Is(err, errSealed) {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
}

func TestAfterAResetThePasswordMustBeSet(t *testing.T) {
	h, by := begun(t)
	id := h.with(by, "dana", viewer)
	session := h.in("dana", otherWord).Session
	link, err := h.Reset(t.Context(), by, id, true)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.try("dana", otherWord, from.Address); !errors.Is(err, ErrRefused) {
		t.Errorf("the old password still works: %v", err)
	}
	if _, err := h.Authenticate(t.Context(), session.Reveal()); !errors.Is(err, ErrToken) {
		t.Errorf("the session goes on: %v", err)
	}
	if _, err := h.Redeem(t.Context(), from, link.Reveal(), NewAccount{Login: "ignored", Grants: []role.Grant{admin}}, "a whole new sentence"); err != nil {
		t.Fatal(err)
	}
	h.in("dana", "a whole new sentence")
	if a, _ := h.Account(t.Context(), id); a.Login != "dana" || !slices.Equal(a.Grants, []role.Grant{viewer}) {
		t.Errorf("a link gives more than a password: %+v", a)
	}
}

func TestAnotherPasswordEndsAllSessions(t *testing.T) {
	h, by := begun(t)
	first, second := h.in(adminLogin, adminWord), h.in(adminLogin, adminWord)
	change := func(old, next string) (Arrival, error) {
		return h.SetPassword(t.Context(), Attempt{Origin: by, Password: old}, next)
	}
	if _, err := change("wrong", otherWord); !errors.Is(err, ErrRefused) {
		t.Errorf("without the old one: %v", err)
	}
	if _, err := change(adminWord, "Aigerim Aigerim 1"); !errors.Is(err, ErrPassword) {
		t.Errorf("the name as a password: %v", err)
	}
	arrival, err := change(adminWord, otherWord)
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range []Token{first.Session, second.Session} {
		if _, err := h.Authenticate(t.Context(), token.Reveal()); !errors.Is(err, ErrToken) {
			t.Errorf("a session goes on: %v", err)
		}
	}
	if _, err := h.Authenticate(t.Context(), arrival.Session.Reveal()); err != nil {
		t.Error(err)
	}
	h.in(adminLogin, otherWord)
}

func TestSweeping(t *testing.T) {
	h, by := begun(t)
	h.in(adminLogin, adminWord)
	_, _ = h.try(adminLogin, "wrong", "203.0.113.8")
	if _, err := h.CreateKey(t.Context(), by, by.Who, NewKey{Name: "k", Needs: []role.Need{role.Look}, Until: h.at.Add(time.Hour), Quota: 1}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.Begin(t.Context(), Passage{}); err != nil {
		t.Fatal(err)
	}
	if n, err := h.Sweep(t.Context()); err != nil || n != 0 {
		t.Errorf("%d removed too early, %v", n, err)
	}
	h.wait(25 * time.Hour)
	// A session, a key, a sign-in under way, and what was counted of two addresses.
	n, err := h.Sweep(t.Context())
	if err != nil || n < 4 {
		t.Errorf("%d removed, %v", n, err)
	}
	if again, err := h.Sweep(t.Context()); err != nil || again != 0 {
		t.Errorf("%d removed again, %v", again, err)
	}
	if sessions, err := h.Sessions(t.Context(), by.Who); err != nil || len(sessions) != 0 {
		t.Errorf("%v %v", sessions, err)
	}
}
