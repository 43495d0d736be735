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
func (c *centre) serveHTTP(ctx context.Context, h *house, listener net.Listener) error {
	server := &http.Server{
		Handler: c.doors(h, ctx.Done()), ReadHeaderTimeout: headerTime, IdleTimeout: idleTime, MaxHeaderBytes: headerBytes,
	}
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		goodbye, cancel := context.WithTimeout(context.WithoutCancel(ctx), goodbyeTime)
		defer cancel()
		stopped <- server.Shutdown(goodbye)
	})
	err := server.Serve(listener)
	if stop() { // it ended by itself
		return err
	}
	if !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}
