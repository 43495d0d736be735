package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/access"
	"github.com/qala-city/qala/internal/approval"
	"github.com/qala-city/qala/internal/audit"
	"github.com/qala-city/qala/internal/gate"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/oidc"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/store/wholefile"
)

// peopleOrder is what the command line of qala serve says about who comes in, and how.
type peopleOrder struct {
	open         bool
	secret, oidc string // files
	cert, key    string // files
	public       string
	proxies      []string

	base     string // address of the house as people write it
	networks []netip.Prefix
}

func (o *peopleOrder) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&o.open, "open", false, "ask nobody who he is: for one person, on this machine only")
	cmd.Flags().StringVar(&o.cert, "cert", "", "the file with the TLS certificate and what is between it and its root; with --key")
	cmd.Flags().StringVar(&o.key, "key", "", "the file with the key of the certificate")
	cmd.Flags().StringVar(&o.public, "public", "", "the address that people write, where a proxy in front does TLS: https://qala.city.example")
	cmd.Flags().StringArrayVar(&o.proxies, "proxy", nil, "a network of proxies whose X-Forwarded-For is believed: 10.0.0.0/8 (may be repeated)")
	cmd.Flags().StringVar(&o.oidc, "oidc", "", "the file that describes a provider of identities; its secret is in QALA_OIDC_SECRET")
	cmd.Flags().StringVar(&o.secret, "secret", "", "the file with the secret of the house, the same on all its servers (default: server/secret.key in the data folder, made the first time)")
}

// check finds what does not go together with the address that is listened on.
func (o *peopleOrder) check(listen string) error {
	for _, text := range o.proxies {
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return usage(fmt.Errorf("--proxy %s: a network like 10.0.0.0/8", text))
		}
		o.networks = append(o.networks, network)
	}
	public, err := url.Parse(o.public)
	local := onLoopback(listen)
	switch {
	case (o.cert == "") != (o.key == ""):
		return usage(errors.New("--cert and --key go together"))
	case err != nil || o.public != "" && (public.Scheme != "https" || public.Host == "" || public.Path != "" || public.RawQuery != ""):
		return usage(fmt.Errorf("--public %s: https:// and a host, nothing behind it", o.public))
	case o.open && (!local || o.public != "" || o.oidc != ""):
		return usage(errors.New("--open is for this machine only: it listens on 127.0.0.1, and goes with neither --public nor --oidc"))
	case !o.open && !local && !o.secured():
		return usage(errors.New("passwords do not travel in the clear: give --cert and --key, or --public https://... where a proxy in front does TLS, or listen on 127.0.0.1"))
	}
	return nil
}

// meet decides by which address people reach the house, which listens at another one.
func (o *peopleOrder) meet(address string) {
	switch {
	case o.public != "":
		o.base = o.public
	case o.cert != "":
		o.base = "https://" + address
	default:
		o.base = "http://" + address
	}
}

// secured reports whether people reach the house by TLS.
func (o *peopleOrder) secured() bool { return o.cert != "" || o.public != "" }

func onLoopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.IsLoopback()
}

// people are the desks of who may do what.
type people struct {
	log      *audit.Desk
	plans    *approval.Desk
	access   *access.Desk // nil: the house asks nobody
	gate     *gate.Gate
	oidc     *oidc.Door // nil: there is no provider
	provider string     // its name
}

// everybody lets all do everything: what an open house knows of whoever comes.
var everybody = role.Subject{Who: "local", Grants: []role.Grant{
	{Role: role.Planner, Scope: role.Everything}, {Role: role.Dispatcher, Scope: role.Everything}, {Role: role.Administrator, Scope: role.Everything},
}}

// The rate of requests that one address may make: a page with a map asks for many at once.
var requestRate = access.Rate{Every: 10 * time.Millisecond, Burst: 2000}

// addressesRemembered is how many addresses have a rate of their own.
const addressesRemembered = 100_000

// admit opens the desks of who may do what.
func (c *centre) admit(h *house, order peopleOrder) error {
	options := gate.Options{Local: everybody, Now: h.now, NewID: newID, Secure: order.secured(), Proxies: order.networks, Failed: c.failed}
	if order.open {
		c.gate = gate.New(options)
		return nil
	}
	secret, err := secretOf(order.secret, filepath.Join(c.folder, "secret.key"))
	if err != nil {
		return err
	}
	settings, err := providerOf(order.oidc)
	if err != nil {
		return err
	}
	c.access = access.New(access.Options{
		Store: c.watched, Log: c.people.log, Now: h.now, Random: rand.Reader, NewID: newID, Key: secret, Policy: access.Usual, Rules: settings.Rules,
	})
	c.plans = &approval.Desk{Store: c.watched, Log: c.people.log, Now: h.now, NewID: newID}
	options.Access, options.Limits = c.access, access.NewLimits(requestRate, addressesRemembered)
	c.gate = gate.New(options)
	return c.openProvider(h, order, settings)
}

// secretOf is the secret of the house, made where there is none yet.
func secretOf(path, usual string) (secret [32]byte, err error) {
	given := path != ""
	if !given {
		path = usual
	}
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !given:
		_, _ = rand.Read(secret[:]) // it never fails
		return secret, keepSecret(path, secret[:])
	case err != nil:
		return secret, &failure{exitFile, fmt.Errorf("reading the secret of the house: %w", err)}
	}
	if n, err := hex.Decode(secret[:], text[:min(len(text), 64)]); err != nil || n != len(secret) {
		return secret, &failure{exitFile, fmt.Errorf("%s is no secret of a house: 64 hexadecimal digits", path)}
	}
	return secret, nil
}

// keepSecret writes a secret that nobody else reads, before anything was made with it.
func keepSecret(path string, secret []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return unwritten(err)
	}
	_, err = file.WriteString(hex.EncodeToString(secret) + "\n")
	if err := errors.Join(err, file.Sync(), file.Close(), wholefile.SyncFolder(filepath.Dir(path))); err != nil {
		return unwritten(errors.Join(err, os.Remove(path)))
	}
	return nil
}

// firstLink is by which the first administrator makes his account; "" when there is one.
func (c *centre) firstLink(ctx context.Context, base string) (string, error) {
	if c.access == nil {
		return "", nil
	}
	token, err := c.access.FirstLink(ctx)
	if errors.Is(err, access.ErrBegun) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return base + "/console/#/first/" + token.Reveal(), nil
}

// sweepEvery is how often what has ended is removed.
const sweepEvery = time.Hour

// sweep removes sessions, links and what stands beside the log when their time is over.
func (c *centre) sweep(ctx context.Context) {
	ticks, stop := wallClock{}.Every(sweepEvery)
	defer stop()
	for {
		if c.access != nil {
			if _, err := c.access.Sweep(ctx); err != nil && ctx.Err() == nil {
				c.trouble("sweeping sessions")(err)
			}
		}
		if _, err := c.people.log.Sweep(ctx, ledger.Origin{}, audit.Usual); err != nil && ctx.Err() == nil {
			c.trouble("sweeping the log")(err)
		}
		select {
		case <-ticks:
		case <-ctx.Done():
			return
		}
	}
}
