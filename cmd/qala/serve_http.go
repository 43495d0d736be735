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

// serveHTTP answers requests until ctx ends, and lets those that are under way end.
func (c *centre) serveHTTP(ctx context.Context, h *house, listener net.Listener) error {
	streaming, endStreams := context.WithCancel(ctx)
	defer endStreams()
	server := &http.Server{
		Handler: c.doors(h), ReadHeaderTimeout: headerTime, IdleTimeout: idleTime, MaxHeaderBytes: headerBytes,
		BaseContext: func(net.Listener) context.Context { return streaming },
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
