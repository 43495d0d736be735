package oidc

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// provider is a provider of identities: discovery, keys, authorization with PKCE,
// tokens signed with RS256. It asks nobody for a password: user is who sits there.
type provider struct {
	*httptest.Server
	t        testing.TB
	key      *rsa.PrivateKey
	client   string // the one that it knows, with its secret and address
	secret   string
	redirect string
	now      func() time.Time

	mu    sync.Mutex
	user  map[string]any
	codes map[string]grant

	// What a hostile provider, or somebody between, does.
	spoil   func(claims map[string]any)        // before signing
	sign    func(claims map[string]any) string // in place of signing
	back    func(values url.Values)            // before the browser goes back
	skipped bool                               // PKCE is not looked at
	keysOut bool                               // its keys cannot be fetched
	failing bool                               // the token endpoint is out of order
}

// grant is a code that was given out.
type grant struct {
	redirect, challenge, nonce string
	user                       map[string]any
}

const keyID = "key-1"

func newProvider(t testing.TB, redirect string, now func() time.Time) *provider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &provider{
		t: t, key: key, client: "qala", secret: "client secret", redirect: redirect, now: now,
		user: map[string]any{"sub": "s-1", "name": "Dana", "groups": []string{"planners"}}, codes: map[string]grant{},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("GET /keys", p.keys)
	mux.HandleFunc("GET /authorize", p.authorize)
	mux.HandleFunc("POST /token", p.token)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func (p *provider) discovery(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
		"id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none"}, "code_challenge_methods_supported": []string{"S256"},
	})
}

func (p *provider) keys(w http.ResponseWriter, _ *http.Request) {
	if p.keysOut {
		http.Error(w, "out of order", http.StatusInternalServerError)
		return
	}
	answer(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: p.key.Public(), KeyID: keyID, Algorithm: "RS256", Use: "sig"}}})
}

func (p *provider) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	scopes := strings.Fields(q.Get("scope"))
	if q.Get("client_id") != p.client || q.Get("redirect_uri") != p.redirect || q.Get("response_type") != "code" ||
		len(scopes) == 0 || scopes[0] != "openid" || q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == "" {
		http.Error(w, "invalid_request", http.StatusBadRequest)
		return
	}
	code := rand.Text()
	p.mu.Lock()
	p.codes[code] = grant{q.Get("redirect_uri"), q.Get("code_challenge"), q.Get("nonce"), p.user}
	p.mu.Unlock()
	values := url.Values{"code": {code}, "state": {q.Get("state")}, "iss": {p.URL}}
	if p.back != nil {
		p.back(values)
	}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+values.Encode(), http.StatusFound)
}

func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	id, secret, ok := r.BasicAuth()
	if !ok {
		id, secret = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	} else {
		id, _ = url.QueryUnescape(id)
		secret, _ = url.QueryUnescape(secret)
	}
	if id != p.client || subtle.ConstantTimeCompare([]byte(secret), []byte(p.secret)) != 1 {
		answer(w, http.StatusUnauthorized, map[string]string{"error": "invalid_client"})
		return
	}
	p.mu.Lock()
	given, known := p.codes[r.PostFormValue("code")]
	delete(p.codes, r.PostFormValue("code")) // a code is used once
	p.mu.Unlock()
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	fits := p.skipped || base64.RawURLEncoding.EncodeToString(sum[:]) == given.challenge
	if p.failing || !known || !fits || r.PostFormValue("grant_type") != "authorization_code" || r.PostFormValue("redirect_uri") != given.redirect {
		answer(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
		return
	}
	body := map[string]any{"access_token": "an access token", "token_type": "Bearer", "expires_in": 60}
	if text := p.identity(given); text != "" {
		body["id_token"] = text
	}
	answer(w, http.StatusOK, body)
}

// identity is what the provider says of somebody, signed.
func (p *provider) identity(g grant) string {
	now := p.now()
	claims := map[string]any{"iss": p.URL, "aud": p.client, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(), "nonce": g.nonce}
	for name, value := range g.user {
		claims[name] = value
	}
	if p.spoil != nil {
		p.spoil(claims)
	}
	if p.sign != nil {
		return p.sign(claims)
	}
	return p.signed(claims, jose.RS256, p.key, keyID)
}

func (p *provider) signed(claims map[string]any, with jose.SignatureAlgorithm, key any, id string) string {
	options := (&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", id)
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: with, Key: key}, options)
	if err != nil {
		p.t.Error(err)
		return ""
	}
	text, err := json.Marshal(claims)
	if err != nil {
		p.t.Error(err)
		return ""
	}
	object, err := signer.Sign(text)
	if err != nil {
		p.t.Error(err)
		return ""
	}
	compact, err := object.CompactSerialize()
	if err != nil {
		p.t.Error(err)
	}
	return compact
}

// unsigned is a token of the algorithm none.
func unsigned(claims map[string]any) string {
	text, _ := json.Marshal(claims)
	part := base64.RawURLEncoding.EncodeToString
	return part([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + part(text) + "."
}
