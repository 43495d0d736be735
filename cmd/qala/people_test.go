package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWhoComesInIsSaidWholly: what would let passwords travel in the clear, or everybody in, is refused at the start.
func TestWhoComesInIsSaidWholly(t *testing.T) {
	for name, c := range map[string]struct {
		order  peopleOrder
		listen string
		fine   bool
	}{
		"this machine":          {peopleOrder{}, "127.0.0.1:8080", true},
		"this machine, open":    {peopleOrder{open: true}, "[::1]:8080", true},
		"everywhere":            {peopleOrder{}, "0.0.0.0:8080", false},
		"everywhere, no host":   {peopleOrder{}, ":8080", false},
		"everywhere, open":      {peopleOrder{open: true, cert: "c", key: "k"}, "0.0.0.0:8080", false},
		"everywhere, TLS":       {peopleOrder{cert: "c", key: "k"}, "0.0.0.0:8443", true},
		"half of TLS":           {peopleOrder{cert: "c"}, "127.0.0.1:8443", false},
		"a proxy":               {peopleOrder{public: "https://qala.example", proxies: []string{"10.0.0.0/8"}}, "0.0.0.0:8080", true},
		"a proxy without TLS":   {peopleOrder{public: "http://qala.example"}, "127.0.0.1:8080", false},
		"a path":                {peopleOrder{public: "https://qala.example/x"}, "127.0.0.1:8080", false},
		"an open house outside": {peopleOrder{open: true, public: "https://qala.example"}, "127.0.0.1:8080", false},
		"no network":            {peopleOrder{proxies: []string{"10.0.0.1"}}, "127.0.0.1:8080", false},
	} {
		err := c.order.check(c.listen)
		if c.fine != (err == nil) || err != nil && exitCode(err) != exitUsage {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTheSecretOfTheHouseIsMadeOnce and is nobody else's to read.
func TestTheSecretOfTheHouseIsMadeOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	first, err := secretOf("", path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	again, err := secretOf("", path)
	given, errGiven := secretOf(path, "elsewhere")
	if err != nil || errGiven != nil || again != first || given != first || first == [32]byte{} {
		t.Errorf("%v %v: another secret", err, errGiven)
	}
	for name, text := range map[string]string{"short": "00", "no digits": strings.Repeat("x", 64), "nothing": ""} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := secretOf("", path); exitCode(err) != exitFile {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := secretOf(path+".none", path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that was named and is not there: %v", err)
	}
}

// certificateIn writes a certificate for this machine and gives who trusts it.
func certificateIn(t *testing.T, folder string, serial int64) (cert, key string, trust *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "qala"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.ParseIP("127.0.0.1")}, IsCA: true, BasicConstraintsValid: true,
	}
	body, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	public := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: body})
	err = errors.Join(os.WriteFile(cert, public, 0o600), os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600))
	if err != nil {
		t.Fatal(err)
	}
	trust = x509.NewCertPool()
	trust.AppendCertsFromPEM(public)
	return cert, key, trust
}

// TestTheFirstAdministratorComesInByTLS: the link that the server prints makes an
// administrator, who signs in; his cookies are bound to the house, and the log has it.
func TestTheFirstAdministratorComesInByTLS(t *testing.T) {
	folder := t.TempDir()
	cert, key, trust := certificateIn(t, folder, 1)
	h := &house{out: testLog{t}, notes: testLog{t}, env: func(string) string { return "" }, now: time.Now}
	order := serveOrder{workers: 1, processors: 1, lease: time.Second, people: peopleOrder{cert: cert, key: key}}
	c, err := h.openCentre(t.Context(), folder, order)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	order.people.meet(listener.Addr().String())
	if err := c.admit(h, order.people); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- c.serveHTTP(ctx, h, listener, order.people) }()
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trust, MinVersion: tls.VersionTLS12}}}
	link, err := c.firstLink(ctx, order.people.base)
	if err != nil || !strings.HasPrefix(link, "https://127.0.0.1:") {
		t.Fatalf("%q %v", link, err)
	}
	token := link[strings.LastIndex(link, "/")+1:]
	ask := func(path string, body map[string]any, want int) []*http.Cookie {
		t.Helper()
		text, _ := json.Marshal(body)
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, order.people.base+path, bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		answer, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		said, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if answer.StatusCode != want {
			t.Fatalf("%s: %d %s", path, answer.StatusCode, said)
		}
		return answer.Cookies()
	}
	ask("/api/v1/links", map[string]any{"link": token, "login": "aigerim", "name": "Aigerim", "password": "correct horse battery staple"}, 200)
	cookies := ask("/api/v1/session", map[string]any{"login": "aigerim", "password": "correct horse battery staple"}, 200)
	for _, cookie := range cookies {
		if !strings.HasPrefix(cookie.Name, "__Host-") || !cookie.Secure || !cookie.HttpOnly {
			t.Errorf("%+v", cookie)
		}
	}
	if len(cookies) != 2 {
		t.Errorf("%v", cookies)
	}
	ask("/api/v1/cities", map[string]any{}, 401)
	if link, err := c.firstLink(ctx, order.people.base); link != "" || err != nil {
		t.Errorf("another first link: %q %v", link, err)
	}
	_, _, renewed := certificateIn(t, folder, 2)
	_ = os.Chtimes(cert, time.Now(), time.Now().Add(time.Minute))
	client = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: renewed, MinVersion: tls.VersionTLS12}}}
	ask("/api/v1/cities", map[string]any{}, 401)
	for path, status := range map[string]int{
		"/api/v1": 200, "/api/v1/cities": 401, "/ogc": 401, "/ogc/collections": 401, "/tiles/city.none/style.json": 401, "/auth/none/start": 404, "/nothing": 404,
	} {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, order.people.base+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != status {
			t.Errorf("%s: %d, want %d", path, answer.StatusCode, status)
		}
		for _, name := range []string{"X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options", "Strict-Transport-Security", "X-Request-Id"} {
			if answer.Header.Get(name) == "" {
				t.Errorf("%s: %d without %s", path, answer.StatusCode, name)
			}
		}
	}
	stop()
	if err := <-served; err != nil {
		t.Errorf("the server ended with %v", err)
	}
}
