package main

import (
	"fmt"
	"html/template"
	"net/http"
	"os"
	"time"

	"github.com/qala-city/qala/internal/access"
	"github.com/qala-city/qala/internal/oidc"
)

// providerTime is how long a provider of identities may take to answer.
const providerTime = 10 * time.Second

// providerOf reads the file that describes a provider; without one there are no settings.
func providerOf(path string) (oidc.Settings, error) {
	if path == "" {
		return oidc.Settings{}, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return oidc.Settings{}, &failure{exitFile, err}
	}
	settings, err := oidc.ParseSettings(text)
	if err != nil {
		return settings, &failure{exitFile, fmt.Errorf("%s: %w", path, err)}
	}
	return settings, nil
}

// openProvider opens the door for those for whom a provider speaks.
func (c *centre) openProvider(h *house, order peopleOrder, s oidc.Settings) error {
	if order.oidc == "" {
		return nil
	}
	door, err := oidc.New(oidc.Options{
		Name: s.Name, Issuer: s.Issuer, ClientID: s.ClientID, ClientSecret: h.env("QALA_OIDC_SECRET"),
		Redirect: order.base + "/auth/" + s.Name + "/return", Groups: s.Groups, Scopes: s.Scopes, Plain: !order.secured(),
		Client: &http.Client{Timeout: providerTime}, Access: c.access, Now: h.now,
		Attempt: c.gate.Attempt, Arrived: c.arrived, Refused: c.refused,
	})
	if err != nil {
		return usage(err)
	}
	c.oidc, c.provider = door, s.Name
	return nil
}

// A session's cookie is sent only with requests that begin in this house; a browser
// that comes from a provider begins anew from this page.
var onward = template.Must(template.New("onward").Parse(
	`<!doctype html><meta charset="utf-8"><title>qala</title><meta http-equiv="refresh" content="0;url={{.}}"><p><a href="{{.}}">qala</a>`))

func (c *centre) arrived(w http.ResponseWriter, r *http.Request, arrival access.Arrival, back string) {
	for _, cookie := range c.gate.Arrival(arrival) {
		http.SetCookie(w, &cookie)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if err := onward.Execute(w, back); err != nil {
		c.failed(r, err)
	}
}

// refused tells somebody from a provider that he is not let in: the console does, in
// his language. The reason is in the log.
func (c *centre) refused(w http.ResponseWriter, r *http.Request, err error) {
	status := oidc.Status(err)
	c.events.Warn("sign-in refused", "status", status, "error", err)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if err := onward.Execute(w, fmt.Sprintf("/console/#/refused/%d", status)); err != nil {
		c.failed(r, err)
	}
}
