package api_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/gate"
)

// person is somebody with a browser.
type person struct {
	*world
	browser *http.Client
	word    string // of the session
}

func (w *world) person() *person {
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return &person{world: w, browser: &http.Client{Jar: jar}}
}

// ask sends a request with the cookies and the word of the session.
func (p *person) ask(method, path string, body any, headers ...string) reply {
	p.t.Helper()
	if body == nil {
		return p.askText(method, path, "", headers...)
	}
	data, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.askText(method, path, string(data), headers...)
}

// askText is ask with a body as it is.
func (p *person) askText(method, path, body string, headers ...string) reply {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), method, p.server.URL+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set(gate.Word, p.word)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return p.send(p.browser, request, path)
}

const strong = "correct horse battery staple"

// signIn signs in and keeps the word.
func (p *person) signIn(login, password, code string) reply {
	p.t.Helper()
	got := p.ask("POST", "/api/v1/session", map[string]any{"login": login, "password": password, "code": code})
	if got.status == http.StatusOK {
		p.word = fmt.Sprint(got.json(p.t)["csrf"])
	}
	return got
}

// administrator is the first one, who has come by the link that the server prints.
func (w *world) administrator() *person {
	w.t.Helper()
	link, err := w.access.FirstLink(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	first := w.person()
	body := map[string]any{"link": link.Reveal(), "login": "aigerim", "name": "Айгерім", "password": strong}
	w.want(422, first.ask("POST", "/api/v1/links", map[string]any{"link": link.Reveal(), "login": "aigerim", "name": "Айгерім", "password": "short"}))
	w.want(200, first.ask("POST", "/api/v1/links", body))
	w.want(410, first.ask("POST", "/api/v1/links", body))
	w.want(401, first.signIn("aigerim", "something else entirely", ""))
	w.want(200, first.signIn("aigerim", strong, ""))
	return first
}

// invited is somebody with an account of his own.
func (w *world) invited(by *person, login string, grants ...map[string]any) (*person, string) {
	w.t.Helper()
	made := w.want(201, by.ask("POST", "/api/v1/accounts", map[string]any{"login": login, "name": login, "grants": grants})).json(w.t)
	p := w.person()
	w.want(200, p.ask("POST", "/api/v1/links", map[string]any{"link": made["link"], "password": strong}))
	w.want(200, p.signIn(login, strong, ""))
	return p, fmt.Sprint(made["account"])
}

func grant(role, scope string) map[string]any { return map[string]any{"role": role, "scope": scope} }

// people walks through accounts, keys, the log and plans.
func (w *world) people(run string) {
	admin := w.administrator()
	me := w.want(200, admin.ask("GET", "/api/v1/session", nil)).json(w.t)
	if me["name"] != "Айгерім" || me["open"] != false || me["csrf"] != admin.word {
		w.t.Errorf("%v", me)
	}
	w.lookAfterAccounts(admin)
	w.lookAfterOneself(admin)
	w.approvePlans(admin, run)
	w.readTheLog(admin)
	w.want(204, admin.ask("DELETE", "/api/v1/session", nil))
	w.want(401, admin.ask("GET", "/api/v1/cities", nil))
}

func (w *world) lookAfterAccounts(admin *person) {
	w.want(422, admin.ask("POST", "/api/v1/accounts", map[string]any{"login": "x y", "name": "X", "grants": []any{}}))
	w.want(422, admin.ask("POST", "/api/v1/accounts", map[string]any{"login": "guest", "name": "G", "grants": []any{grant("police", "everything")}}))
	someone, id := w.invited(admin, "someone", grant("viewer", "city:astana"))
	w.want(403, someone.ask("POST", events, map[string]any{}))
	w.want(403, someone.ask("GET", "/api/v1/accounts", nil))
	at := "/api/v1/accounts/" + id
	w.want(200, admin.ask("GET", "/api/v1/accounts", nil))
	w.want(200, admin.ask("GET", at, nil))
	w.want(404, admin.ask("GET", "/api/v1/accounts/none", nil))
	w.want(200, admin.ask("PUT", at+"/grants", map[string]any{"grants": []any{grant("planner", "city:astana")}}))
	w.want(422, someone.ask("POST", events, map[string]any{}, gate.Word, someone.word)) // the rights are those of now
	sessions := w.want(200, admin.ask("GET", at+"/sessions", nil)).json(w.t)["items"].([]any)
	w.want(204, admin.ask("DELETE", at+"/sessions/"+fmt.Sprint(sessions[0].(map[string]any)["id"]), nil))
	w.want(401, someone.ask("GET", "/api/v1/cities", nil))
	w.want(200, admin.ask("POST", at+"/close", nil))
	w.want(401, someone.signIn("someone", strong, ""))
	w.want(200, admin.ask("POST", at+"/reopen", nil))
	link := w.want(200, admin.ask("POST", at+"/reset", map[string]any{})).json(w.t)["link"]
	w.want(200, someone.ask("POST", "/api/v1/links", map[string]any{"link": link, "password": strong + " again"}))
	w.want(200, someone.signIn("someone", strong+" again", ""))
	gone := w.want(200, admin.ask("POST", at+"/erase", nil)).json(w.t)
	if gone["erased"] != true || gone["login"] != "" || gone["name"] != "" {
		w.t.Errorf("%v", gone)
	}
	self := w.want(200, admin.ask("GET", "/api/v1/session", nil)).json(w.t)
	w.want(409, admin.ask("POST", "/api/v1/accounts/"+fmt.Sprint(self["who"])+"/close", nil)) // the last administrator
}

func (w *world) lookAfterOneself(admin *person) {
	const me = "/api/v1/me"
	w.want(422, admin.ask("PUT", me, map[string]any{"name": "a\nb"}))
	w.want(204, admin.ask("PUT", me, map[string]any{"name": "Айгерім Б."}))
	if self := w.want(200, admin.ask("GET", "/api/v1/session", nil)).json(w.t); self["name"] != "Айгерім Б." || fmt.Sprint(self["needs"]) != "[look plan dispatch administer approve release]" {
		w.t.Errorf("%v", self)
	}
	w.want(401, admin.ask("POST", me+"/factor", map[string]any{"password": "wrong"}))
	uri := fmt.Sprint(w.want(200, admin.ask("POST", me+"/factor", map[string]any{"password": strong})).json(w.t)["uri"])
	parsed, err := url.Parse(uri)
	if err != nil {
		w.t.Fatal(err)
	}
	code := codeOf(w.t, parsed.Query().Get("secret"), time.Now())
	w.want(401, admin.ask("POST", me+"/factor/confirm", map[string]any{"code": "000000x"}))
	codes := w.want(200, admin.ask("POST", me+"/factor/confirm", map[string]any{"code": code})).json(w.t)["codes"].([]any)
	again := w.person()
	w.want(401, again.signIn("aigerim", strong, ""))
	w.want(200, again.signIn("aigerim", strong, fmt.Sprint(codes[0])))
	w.want(204, admin.ask("POST", me+"/factor/remove", map[string]any{"password": strong}))
	sessions := w.want(200, admin.ask("GET", me+"/sessions", nil)).json(w.t)["items"].([]any)
	for _, s := range sessions {
		if s := s.(map[string]any); s["this"] != true {
			w.want(204, admin.ask("DELETE", me+"/sessions/"+fmt.Sprint(s["id"]), nil))
		}
	}
	w.want(401, again.ask("GET", "/api/v1/cities", nil))
	changed := w.want(200, admin.ask("POST", me+"/password", map[string]any{"password": strong, "next": strong + " one"}))
	admin.word = fmt.Sprint(changed.json(w.t)["csrf"])
	w.lookAfterKeys(admin)
}

// codeOf is what an app shows (RFC 6238: SHA-1, six digits, every 30 s).
func codeOf(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.TrimRight(secret, "="))
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha1.New, key)
	_ = binary.Write(mac, binary.BigEndian, at.Unix()/30)
	sum := mac.Sum(nil)
	from := sum[len(sum)-1] & 15
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[from:from+4])&0x7fffffff%1000000)
}

func (w *world) lookAfterKeys(admin *person) {
	const keys = "/api/v1/me/keys"
	until := time.Now().Add(time.Hour).UTC().Format(time.RFC3339)
	w.want(422, admin.ask("POST", keys, map[string]any{"name": "all", "needs": []string{"fly"}, "until": until, "quota": 5}))
	token := fmt.Sprint(w.want(201, admin.ask("POST", keys, map[string]any{"name": "QGIS", "needs": []string{"look"}, "until": until, "quota": 4})).json(w.t)["token"])
	program := func(method, path string, body any) reply {
		return w.as("", method, path, body, "Authorization", "Bearer "+token)
	}
	w.want(200, program("GET", "/api/v1/cities", nil))
	w.want(403, program("POST", events, `{}`))
	w.want(403, program("GET", "/api/v1/accounts", nil))
	w.want(403, program("POST", keys, map[string]any{"name": "more", "needs": []string{"look"}, "until": until, "quota": 4}))
	limited := program("GET", "/api/v1/cities", nil)
	if limited.status != http.StatusTooManyRequests || limited.header.Get("Retry-After") == "" {
		w.t.Errorf("the fifth request of four: %d", limited.status)
	}
	items := w.want(200, admin.ask("GET", keys, nil)).json(w.t)["items"].([]any)
	if strings.Contains(fmt.Sprint(items), token) {
		w.t.Error("a secret is shown again")
	}
	w.want(204, admin.ask("DELETE", keys+"/"+fmt.Sprint(items[0].(map[string]any)["id"]), nil))
	w.want(401, program("GET", "/api/v1/cities", nil))
}

func (w *world) approvePlans(admin *person, run string) {
	planner, _ := w.invited(admin, "planner", grant("planner", "city:astana"))
	second, _ := w.invited(admin, "dispatcher", grant("dispatcher", "event:astana/small"))
	w.want(200, admin.ask("PUT", "/api/v1/rules", map[string]any{"second": []any{map[string]any{"city": "astana"}}}))
	w.want(200, planner.ask("GET", "/api/v1/rules", nil))
	id := strings.TrimPrefix(run, "/api/v1/runs/")
	ask := map[string]any{"name": "The day", "scenario": "astana/small/timetable", "runs": []string{id}}
	w.want(404, planner.ask("POST", event+"/plans", map[string]any{"name": "The day", "scenario": "astana/small/timetable", "runs": []string{"none"}}))
	made := w.want(201, planner.ask("POST", event+"/plans", ask))
	plan := made.json(w.t)
	at := "/api/v1/plans/" + fmt.Sprint(plan["id"])
	ask["note"] = "All trains in pairs"
	w.want(428, planner.ask("PUT", at, ask))
	plan = w.want(200, planner.ask("PUT", at, ask, "If-Match", made.header.Get("ETag"))).json(w.t)
	sum := plan["plan"].(map[string]any)["sha256"]
	if own := w.want(403, planner.ask("POST", at+"/approve", map[string]any{"sha256": sum})).json(w.t); own["code"] != "second-person" {
		w.t.Errorf("%v", own)
	}
	w.want(412, second.ask("POST", at+"/approve", map[string]any{"sha256": strings.Repeat("0", 64)}))
	w.want(409, second.ask("POST", at+"/release", nil))
	w.want(200, second.ask("POST", at+"/approve", map[string]any{"sha256": sum}))
	w.want(403, planner.ask("POST", at+"/release", nil))
	w.want(200, second.ask("POST", at+"/release", nil))
	w.want(409, planner.ask("PUT", at, ask, "If-Match", "*"))
	w.want(200, planner.ask("GET", at, nil))
	steps := w.want(200, planner.ask("GET", at+"/history", nil)).json(w.t)
	if told := steps["steps"].([]any); len(told) != 4 || fmt.Sprint(told[0].(map[string]any)["verb"]) != "propose" || len(steps["names"].(map[string]any)) < 2 {
		w.t.Errorf("%v", steps)
	}
	w.want(200, planner.ask("GET", event+"/plans", nil))
	w.want(200, planner.ask("GET", "/api/v1/cities/astana/releases", nil))
	released := w.want(200, planner.ask("GET", "/api/v1/cities/astana/releases/1", nil)).json(w.t)
	if released["sha256"] != sum {
		w.t.Errorf("released is %v, signed was %v", released["sha256"], sum)
	}
	w.want(404, planner.ask("GET", "/api/v1/cities/astana/releases/2", nil))
	w.planDocuments(planner, at, id)
	w.want(403, planner.ask("POST", at+"/withdraw", map[string]any{"reason": "rain"}))
	w.want(200, second.ask("POST", at+"/withdraw", map[string]any{"reason": "rain"}))
}

func (w *world) readTheLog(admin *person) {
	list := w.want(200, admin.ask("GET", "/api/v1/audit?limit=1000", nil)).json(w.t)["items"].([]any)
	verbs := map[string]int{}
	for _, e := range list {
		verbs[fmt.Sprint(e.(map[string]any)["verb"])]++
	}
	for _, verb := range []string{"create", "change", "sign-in", "sign-in-failed", "invite", "redeem", "grant", "close", "erase", "password", "factor", "propose", "approve", "release", "withdraw", "rule"} {
		if verbs[verb] == 0 {
			w.t.Errorf("nothing of %q in the log: %v", verb, verbs)
		}
	}
	found := w.want(200, admin.ask("GET", "/api/v1/audit/search?place=astana/small&limit=1000", nil)).json(w.t)
	sought := map[string]bool{}
	for _, e := range found["items"].([]any) {
		sought[fmt.Sprint(e.(map[string]any)["verb"])] = true
	}
	if !sought["propose"] || !sought["release"] || sought["grant"] || len(found["names"].(map[string]any)) < 2 {
		w.t.Errorf("of the event: %v %v", sought, found["names"])
	}
	w.want(422, admin.ask("GET", "/api/v1/audit/search?limit=0", nil))
	if check := w.want(200, admin.ask("GET", "/api/v1/audit/check", nil)).json(w.t); check["sound"] != true {
		w.t.Errorf("%v", check)
	}
	w.want(200, admin.ask("GET", "/api/v1/audit?kind=event&id=astana/small", nil))
	out := w.want(200, admin.ask("POST", "/api/v1/audit/export?private=true", nil))
	if lines := bytes.Count(out.body, []byte("\n")); lines < len(list) || bytes.Contains(out.body, []byte(strong)) {
		w.t.Errorf("%d lines exported of %d entries", lines, len(list))
	}
}

// TestAChangeNeedsTheWordOfItsSession: what another site makes a browser ask for is refused.
func TestAChangeNeedsTheWordOfItsSession(t *testing.T) {
	w := newWorld(t)
	admin := w.administrator()
	for _, word := range []string{"", "x", strings.Repeat("A", 43)} {
		w.want(403, admin.ask("POST", "/api/v1/accounts", map[string]any{"login": "evil", "name": "Evil", "grants": []any{}}, gate.Word, word))
	}
	w.want(403, admin.ask("DELETE", "/api/v1/session", nil, gate.Word, ""))
	w.want(403, admin.ask("POST", "/api/v1/session", map[string]any{"login": "a", "password": "b"}, "Sec-Fetch-Site", "cross-site"))
	w.want(403, admin.ask("POST", "/api/v1/session", map[string]any{"login": "a", "password": "b"}, "Origin", "https://evil.example"))
	w.want(200, admin.ask("GET", "/api/v1/session", nil))
	// Somebody else's word is not this session's.
	other, _ := w.invited(admin, "other", grant("administrator", "everything"))
	w.want(403, admin.ask("POST", "/api/v1/accounts", map[string]any{"login": "evil", "name": "Evil", "grants": []any{}}, gate.Word, other.word))
}

// TestASessionIsNotFixed: a token from before the sign-in is worth nothing after it.
func TestASessionIsNotFixed(t *testing.T) {
	w := newWorld(t)
	admin := w.administrator()
	at, err := url.Parse(w.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	before := admin.browser.Jar.Cookies(at)
	w.want(200, admin.signIn("aigerim", strong, ""))
	thief := w.person()
	thief.browser.Jar.SetCookies(at, before)
	w.want(401, thief.ask("GET", "/api/v1/cities", nil))
	for _, c := range admin.browser.Jar.Cookies(at) {
		if c.Name == "qala" && strings.Contains(c.Value, "chosen") {
			t.Error("a token that somebody chose is taken")
		}
	}
	chosen := w.person()
	chosen.browser.Jar.SetCookies(at, []*http.Cookie{{Name: "qala", Value: "qala_session_chosen_chosen", Path: "/"}})
	w.want(401, chosen.ask("GET", "/api/v1/cities", nil))
}
