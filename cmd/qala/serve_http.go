package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

// The limits of a connection.
const (
	headerTime  = 10 * time.Second
	idleTime    = 2 * time.Minute
	headerBytes = 32 << 10
	goodbyeTime = 10 * time.Second
)

// serveHTTP answers requests until ctx ends. Those that are under way then are
// answered; streams, which would not end by themselves, are ended.
func (c *centre) serveHTTP(ctx context.Context, h *house, listener net.Listener, order peopleOrder) error {
	secure, err := certified(order.cert, order.key)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler: c.doors(h, ctx.Done()), ReadHeaderTimeout: headerTime, IdleTimeout: idleTime, MaxHeaderBytes: headerBytes,
		TLSConfig: secure,
	}
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		goodbye, cancel := context.WithTimeout(context.WithoutCancel(ctx), goodbyeTime)
		defer cancel()
		stopped <- server.Shutdown(goodbye)
	})
	err = serveOn(server, listener)
	if stop() { // it ended by itself
		return err
	}
	if !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

func serveOn(server *http.Server, listener net.Listener) error {
	if server.TLSConfig == nil {
		return server.Serve(listener)
	}
	return server.ServeTLS(listener, "", "")
}
