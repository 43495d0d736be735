package oidc

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/qala-city/qala/internal/access"
	"github.com/qala-city/qala/internal/audit"
	"github.com/qala-city/qala/internal/ephemeral"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// town is a house with a door to a provider, both on this machine.
type town struct {
	*httptest.Server
	t        testing.TB
	door     *Door
	provider *provider
	desk     *access.Desk
	at       atomic.Int64 // the clock, in seconds
	last     error        // why somebody was not let in
}

func (n *town) now() time.Time { return time.Unix(n.at.Load(), 0) }

func newTown(t testing.TB) *town {
	t.Helper()
	n := &town{t: t}
	n.at.Store(time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC).Unix())
	mux := http.NewServeMux()
	n.Server = httptest.NewServer(mux)
	t.Cleanup(n.Close)
	n.provider = newProvider(t, n.URL+"/auth/city/return", n.now)
	store, ids := ephemeral.NewStore(), atomic.Int64{}
	policy := access.Usual
	policy.Hashing = access.Parameters{Memory: 8, Time: 1, Threads: 1}
	n.desk = access.New(access.Options{
		Store: store, Log: &audit.Desk{Store: store, Now: n.now, Random: rand.Reader}, Now: n.now, Random: rand.Reader, Policy: policy,
		NewID: func() string { return fmt.Sprintf("u%04d", ids.Add(1)) },
		Rules: []access.Rule{{Issuer: n.provider.URL, Group: "planners", Role: role.Planner, Scope: role.InCity("astana")}},
	})
	door, err := New(n.options())
	if err != nil {
		t.Fatal(err)
	}
	n.door = door
	mux.HandleFunc("GET /auth/city/start", door.Start)
	mux.HandleFunc("GET /auth/city/return", door.Return)
	mux.HandleFunc("GET /home", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "home") })
	return n
}

func (n *town) options() Options {
	return Options{
		Name: "city", Issuer: n.provider.URL, ClientID: "qala", ClientSecret: "client secret", Redirect: n.URL + "/auth/city/return", Plain: true,
		Client: &http.Client{Timeout: 10 * time.Second}, Access: n.desk, Now: n.now,
		Attempt: func(r *http.Request) access.Attempt {
			return access.Attempt{Origin: ledger.Origin{Address: "127.0.0.1"}, Browser: r.UserAgent()}
		},
		Arrived: func(w http.ResponseWriter, r *http.Request, arrival access.Arrival, back string) {
			http.SetCookie(w, &http.Cookie{Name: "session", Value: arrival.Session.Reveal(), Path: "/", HttpOnly: true})
			http.Redirect(w, r, back, http.StatusSeeOther)
		},
		Refused: func(w http.ResponseWriter, _ *http.Request, err error) {
			n.last = err
			http.Error(w, "no", Status(err))
		},
	}
}

// browser is somebody's browser.
func (n *town) browser() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		n.t.Fatal(err)
	}
	return &http.Client{Jar: jar, Timeout: 20 * time.Second}
}

// get is where a browser ends, and with which status.
func (n *town) get(browser *http.Client, address string) (string, int) {
	n.t.Helper()
	request, err := http.NewRequestWithContext(n.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		n.t.Fatal(err)
	}
	response, err := browser.Do(request)
	if err != nil {
		n.t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.Request.URL.String(), response.StatusCode
}

// session is the caller of the session that a browser has; nobody where it has none.
func (n *town) session(browser *http.Client) access.Caller {
	n.t.Helper()
	at, err := url.Parse(n.URL)
	if err != nil {
		n.t.Fatal(err)
	}
	for _, cookie := range browser.Jar.Cookies(at) {
		if cookie.Name == "session" {
			caller, err := n.desk.Authenticate(n.t.Context(), cookie.Value)
			if err != nil {
				n.t.Fatal(err)
			}
			return caller
		}
	}
	return access.Caller{}
}

func (n *town) accounts() int {
	n.t.Helper()
	all, err := n.desk.Accounts(n.t.Context(), workspace.Page{Limit: 100})
	if err != nil {
		n.t.Fatal(err)
	}
	return len(all)
}

func TestSomebodySignsInByAProvider(t *testing.T) {
	n := newTown(t)
	browser := n.browser()
	at, status := n.get(browser, n.URL+"/auth/city/start?back="+url.QueryEscape("/home?x=1"))
	if status != http.StatusOK || at != n.URL+"/home?x=1" {
		t.Fatalf("%s %d: %v", at, status, n.last)
	}
	caller := n.session(browser)
	if !role.Allowed(caller.Subject, role.Plan, role.PlaceOf("astana/match"), n.now()) || role.Allowed(caller.Subject, role.Plan, role.PlaceOf("porto/x"), n.now()) {
		t.Errorf("%+v", caller)
	}
	account, err := n.desk.Account(t.Context(), caller.Who)
	if err != nil || account.Name != "Dana" || account.Login != "" || account.Mail != "" {
		t.Errorf("%+v %v", account, err)
	}
	second := n.browser()
	n.get(second, n.URL+"/auth/city/start")
	if again := n.session(second); again.Who != caller.Who || again.Session == caller.Session {
		t.Errorf("%+v, and before %+v", again, caller)
	}
}

// What a provider says is worth nothing where anything does not fit.
func TestWhatDoesNotFitIsRefused(t *testing.T) {
	set := func(name string, value any) func(*town) {
		return func(n *town) { n.provider.spoil = func(claims map[string]any) { claims[name] = value } }
	}
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		do     func(n *town)
		want   error
		status int
	}{
		"another nonce":       {set("nonce", "other"), ErrIdentity, http.StatusForbidden},
		"no nonce":            {set("nonce", nil), ErrIdentity, http.StatusForbidden},
		"another audience":    {set("aud", "somebody else"), ErrIdentity, http.StatusForbidden},
		"no audience":         {set("aud", []string{}), ErrIdentity, http.StatusForbidden},
		"many, and no party":  {set("aud", []string{"qala", "other"}), ErrIdentity, http.StatusForbidden},
		"another party":       {set("azp", "other"), ErrIdentity, http.StatusForbidden},
		"another issuer":      {set("iss", "https://evil.example"), ErrIdentity, http.StatusForbidden},
		"nobody":              {set("sub", ""), ErrIdentity, http.StatusForbidden},
		"a long subject":      {set("sub", strings.Repeat("x", 256)), ErrIdentity, http.StatusForbidden},
		"a number as subject": {set("sub", 7), ErrIdentity, http.StatusForbidden},
		"ended":               {func(n *town) { set("exp", n.now().Unix()-1)(n) }, ErrIdentity, http.StatusForbidden},
		"no end":              {set("exp", nil), ErrIdentity, http.StatusForbidden},
		"not yet":             {func(n *town) { set("nbf", n.now().Unix()+3600)(n) }, ErrIdentity, http.StatusForbidden},
		"of another token":    {set("at_hash", "AAAA"), ErrIdentity, http.StatusForbidden},
		"no group":            {set("groups", []string{"drivers"}), access.ErrNoRole, http.StatusForbidden},
		"algorithm none":      {func(n *town) { n.provider.sign = unsigned }, ErrIdentity, http.StatusForbidden},
		"signed with the client's secret": {func(n *town) {
			n.provider.sign = func(claims map[string]any) string {
				return n.provider.signed(claims, jose.HS256, []byte(strings.Repeat("client secret", 3)), keyID)
			}
		}, ErrIdentity, http.StatusForbidden},
		"signed with the public key": {func(n *town) {
			n.provider.sign = func(claims map[string]any) string {
				return n.provider.signed(claims, jose.HS256, x509.MarshalPKCS1PublicKey(&n.provider.key.PublicKey), keyID)
			}
		}, ErrIdentity, http.StatusForbidden},
		"signed by another": {func(n *town) {
			n.provider.sign = func(claims map[string]any) string { return n.provider.signed(claims, jose.RS256, other, keyID) }
		}, ErrIdentity, http.StatusForbidden},
		"an unknown key": {func(n *town) {
			n.provider.sign = func(claims map[string]any) string { return n.provider.signed(claims, jose.RS256, other, "key-2") }
		}, ErrIdentity, http.StatusForbidden},
		"changed afterwards": {func(n *town) {
			n.provider.sign = func(claims map[string]any) string {
				honest := strings.Split(n.provider.signed(claims, jose.RS256, n.provider.key, keyID), ".")
				claims["sub"] = "boss"
				return strings.Join([]string{honest[0], strings.Split(unsigned(claims), ".")[1], honest[2]}, ".")
			}
		}, ErrIdentity, http.StatusForbidden},
		"no identity":         {func(n *town) { n.provider.sign = func(map[string]any) string { return "" } }, ErrIdentity, http.StatusForbidden},
		"no token":            {func(n *town) { n.provider.sign = func(map[string]any) string { return "a.b.c" } }, ErrIdentity, http.StatusForbidden},
		"keys out of reach":   {func(n *town) { n.provider.keysOut = true }, ErrIdentity, http.StatusForbidden},
		"another code":        {func(n *town) { n.provider.back = func(v url.Values) { v.Set("code", "other") } }, ErrProvider, http.StatusBadGateway},
		"no code":             {func(n *town) { n.provider.back = func(v url.Values) { v.Del("code") } }, ErrProvider, http.StatusBadGateway},
		"a refusal":           {func(n *town) { n.provider.back = func(v url.Values) { v.Set("error", "access_denied") } }, ErrProvider, http.StatusBadGateway},
		"an exchange refused": {func(n *town) { n.provider.failing = true }, ErrProvider, http.StatusBadGateway},
		"another client":      {func(n *town) { n.provider.secret = "changed" }, ErrProvider, http.StatusBadGateway},
		"another state":       {func(n *town) { n.provider.back = func(v url.Values) { v.Set("state", "other") } }, access.ErrPassage, http.StatusBadRequest},
		"no state":            {func(n *town) { n.provider.back = func(v url.Values) { v.Del("state") } }, access.ErrPassage, http.StatusBadRequest},
		"mixed up providers":  {func(n *town) { n.provider.back = func(v url.Values) { v.Set("iss", "https://evil.example") } }, access.ErrPassage, http.StatusBadRequest},
		"too late": {func(n *town) {
			n.provider.back = func(url.Values) { n.at.Add(int64(n.desk.Policy.Passage.Seconds())) }
		}, access.ErrPassage, http.StatusBadRequest},
	} {
		t.Run(name, func(t *testing.T) {
			n := newTown(t)
			c.do(n)
			browser := n.browser()
			if _, status := n.get(browser, n.URL+"/auth/city/start"); status != c.status || !errors.Is(n.last, c.want) {
				t.Errorf("%d: %v", status, n.last)
			}
			if n.session(browser).Who != "" || n.accounts() != 0 {
				t.Error("and yet somebody is in, or has an account")
			}
			if text := fmt.Sprint(n.last); strings.Contains(text, n.provider.secret) || strings.Contains(text, "an access token") {
				t.Errorf("the error tells a secret: %s", text)
			}
		})
	}
}

// captured is the address to which a provider sends a browser back, without going there.
func (n *town) captured(browser *http.Client) string {
	n.t.Helper()
	var back string
	stop := *browser
	stop.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), n.URL+"/auth/city/return") {
			back = r.URL.String()
			return http.ErrUseLastResponse
		}
		return nil
	}
	n.get(&stop, n.URL+"/auth/city/start")
	if back == "" {
		n.t.Fatal("the provider sends nobody back")
	}
	return back
}

func TestAReturnIsUsedOnceAndByItsBrowser(t *testing.T) {
	n := newTown(t)
	mine, other := n.browser(), n.browser()
	back := n.captured(mine)
	if _, status := n.get(other, back); status != http.StatusBadRequest || !errors.Is(n.last, access.ErrPassage) {
		t.Errorf("in a browser that was never there: %d %v", status, n.last)
	}
	n.captured(other) // which has a sign-in of its own under way
	if _, status := n.get(other, back); status != http.StatusBadRequest || !errors.Is(n.last, access.ErrPassage) {
		t.Errorf("somebody else is signed in by a link: %d %v", status, n.last)
	}
	jar := mine.Jar.Cookies(mustParse(t, n.URL))
	if _, status := n.get(mine, back); status != http.StatusNotFound && status != http.StatusOK { // it ends at /
		t.Errorf("%d: %v", status, n.last)
	}
	if n.session(mine).Who == "" {
		t.Fatalf("not signed in: %v", n.last)
	}
	mine.Jar.SetCookies(mustParse(t, n.URL), jar) // somebody kept the cookie too
	if _, status := n.get(mine, back); status != http.StatusBadRequest || !errors.Is(n.last, access.ErrPassage) {
		t.Errorf("twice: %d %v", status, n.last)
	}
}

func mustParse(t testing.TB, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// A code that somebody has stolen is of no use without the verifier, and this
// house sends the verifier of the sign-in that it is.
func TestAStolenCodeIsOfNoUse(t *testing.T) {
	n := newTown(t)
	stolen := mustParse(t, n.captured(n.browser())).Query().Get("code")
	n.provider.back = func(v url.Values) { v.Set("code", stolen) }
	thief := n.browser()
	if _, status := n.get(thief, n.URL+"/auth/city/start"); status != http.StatusBadGateway || n.session(thief).Who != "" {
		t.Errorf("%d: %v", status, n.last)
	}
	n.provider.skipped = true // and where the provider does not look at it, the nonce is another
	stolen = mustParse(t, n.capturedHonest()).Query().Get("code")
	if _, status := n.get(thief, n.URL+"/auth/city/start"); status != http.StatusForbidden || !errors.Is(n.last, ErrIdentity) {
		t.Errorf("%d: %v", status, n.last)
	}
}

// capturedHonest is captured while the provider gives codes as it should.
func (n *town) capturedHonest() string {
	back := n.provider.back
	n.provider.back = nil
	defer func() { n.provider.back = back }()
	return n.captured(n.browser())
}

func TestAProviderThatCannotBeReached(t *testing.T) {
	n := newTown(t)
	n.provider.Config.Handler, n.provider.failing = http.NotFoundHandler(), false
	if _, status := n.get(n.browser(), n.URL+"/auth/city/start"); status != http.StatusBadGateway || !errors.Is(n.last, ErrProvider) {
		t.Errorf("%d: %v", status, n.last)
	}
	again := newTown(t)
	n.door.Options = again.options()
	n.door.Redirect = again.URL + "/auth/city/return"
	if _, err := n.door.reach(t.Context()); err != nil {
		t.Errorf("it is not asked again: %v", err)
	}
}

func TestGroupsWhereverTheyAre(t *testing.T) {
	all := map[string]any{
		"groups": []any{"a", 7, "b"}, "one": "c", "realm": map[string]any{"roles": []any{"d"}}, "https://x.example/g": []any{"e"}, "odd": 3,
	}
	for name, want := range map[string]string{
		"groups": "[a b]", "one": "[c]", "realm.roles": "[d]", "https://x.example/g": "[e]", "odd": "[]", "none": "[]", "realm": "[]", "realm.none": "[]", "one.x": "[]",
	} {
		if got := fmt.Sprint(groups(all, name)); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestADoorIsDescribedAsItMustBe(t *testing.T) {
	good := Options{Name: "city", Issuer: "https://id.example", Redirect: "https://qala.example/r", ClientID: "qala"}
	if _, err := New(good); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*Options){
		"no name": func(o *Options) { o.Name = "" }, "a path": func(o *Options) { o.Name = "a/b" }, "no client": func(o *Options) { o.ClientID = "" },
		"plain issuer": func(o *Options) { o.Issuer = "http://id.example" }, "plain return": func(o *Options) { o.Redirect = "http://qala.example/r" },
		"no issuer": func(o *Options) { o.Issuer = "" }, "a password in it": func(o *Options) { o.Issuer = "https://a:b@id.example" },
	} {
		o := good
		spoil(&o)
		if _, err := New(o); !errors.Is(err, ErrOptions) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheCookieIsOfThisHostAlone(t *testing.T) {
	n := newTown(t)
	n.door.Plain = false
	w := httptest.NewRecorder()
	n.door.Start(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/auth/city/start", nil))
	cookies := w.Result().Cookies()
	if len(cookies) != 1 {
		t.Fatal(cookies)
	}
	if c := cookies[0]; !strings.HasPrefix(c.Name, "__Host-") || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 600 {
		t.Errorf("%+v", c)
	}
	if to := mustParse(t, w.Header().Get("Location")).Query(); to.Get("nonce") == "" || to.Get("code_challenge_method") != "S256" || to.Get("state") == "" || strings.Contains(w.Header().Get("Location"), cookies[0].Value) {
		t.Errorf("%v", to)
	}
}

func FuzzSettings(f *testing.F) {
	f.Add([]byte(`{"name":"city","issuer":"https://id.example","client_id":"qala","rules":[{"group":"planners","role":"planner","scope":"city:astana"}]}`))
	f.Add([]byte(`{"rules":[{"role":"police","scope":"everything"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := ParseSettings(text)
		if err != nil {
			if !errors.Is(err, ErrOptions) {
				t.Fatal(err)
			}
			return
		}
		for _, rule := range s.Rules {
			if rule.Check() != nil || (rule.Issuer == "" && s.Issuer != "") {
				t.Fatalf("%+v", rule)
			}
		}
	})
}

// What was begun at one provider does not end at another.
func TestProvidersAreNotMixedUp(t *testing.T) {
	n := newTown(t)
	state, kept, err := n.desk.Begin(t.Context(), access.Passage{Provider: "other", Nonce: "n", Verifier: "v"})
	if err != nil {
		t.Fatal(err)
	}
	browser := n.browser()
	browser.Jar.SetCookies(mustParse(t, n.URL), []*http.Cookie{{Name: "qala-passage", Value: kept.Reveal(), Path: "/"}})
	if _, status := n.get(browser, n.URL+"/auth/city/return?code=x&state="+state.Reveal()); status != http.StatusBadRequest || !errors.Is(n.last, access.ErrPassage) {
		t.Errorf("%d: %v", status, n.last)
	}
}
