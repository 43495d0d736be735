package stream

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// The limits of the server in this process: jobs are names, so that a queue that
// is larger than this is a fault.
const (
	mostDisk   = 1 << 30
	mostMemory = 64 << 20
)

// node is the server in this process. After a failed write a server keeps
// nothing more until it is started again, and so it is.
type node struct {
	dir   string
	words *words

	mu     sync.Mutex
	server *server.Server
	began  time.Time
	ended  bool
}

func (n *node) start(ctx context.Context) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if err := n.forgetWorkers(); err != nil {
		return err
	}
	return n.run(ctx)
}

// forgetWorkers removes the server's account of who had taken which job. They
// went away with the process before this one, so that their jobs are free at
// once. The account has no checksum, and a damaged one would withhold jobs.
func (n *node) forgetWorkers() error {
	accounts, err := fs.Glob(os.DirFS(n.dir), server.JetStreamStoreDir+"/*/streams/*/obs")
	if err != nil {
		return err
	}
	for _, account := range accounts {
		if err := os.RemoveAll(filepath.Join(n.dir, filepath.FromSlash(account))); err != nil {
			return err
		}
	}
	return nil
}

// run makes a server and waits until it has read what it keeps. n.mu is held.
func (n *node) run(ctx context.Context) error {
	defer func() { n.began = time.Now() }()
	if err := os.MkdirAll(n.dir, 0o700); err != nil {
		return err
	}
	srv, err := server.NewServer(&server.Options{
		ServerName: "qala", DontListen: true, NoSigs: true, DisableJetStreamBanner: true,
		JetStream: true, StoreDir: n.dir, SyncAlways: true,
		JetStreamMaxStore: mostDisk, JetStreamMaxMemory: mostMemory,
	})
	if err != nil {
		return err
	}
	srv.SetLoggerV2(n.words, false, false, false)
	started := make(chan struct{})
	go func() {
		defer close(started)
		srv.Start()
	}()
	if err := wait(ctx, started); err != nil {
		go func() { <-started; srv.Shutdown() }()
		return fmt.Errorf("the server does not start: %w", err)
	}
	if fault := health(srv); fault != "" {
		srv.Shutdown()
		srv.WaitForShutdown()
		return fmt.Errorf("the server does not start: %s (%s); the folder may be removed, and the jobs queued anew", fault, n.words.worst())
	}
	n.server = srv
	return nil
}

// health tells what is wrong with a server; "" for nothing.
func health(srv *server.Server) string {
	return srv.Healthz(nil).Error
}

// fault tells why the server cannot work; nil when it can. Its caller has the lock.
func (n *node) fault() error {
	if fault := health(n.server); fault != "" {
		return fmt.Errorf("the queue in %s: %s (%s)", n.dir, fault, n.words.worst())
	}
	return nil
}

// restAfterStart is for how long a server is left alone after it was started.
const restAfterStart = 5 * time.Second

// mend starts a server that cannot work again, now and then. The error is that
// of a server that cannot work now.
func (n *node) mend(ctx context.Context) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	fault := n.fault()
	if fault == nil || n.ended || time.Since(n.began) < restAfterStart {
		return fault
	}
	n.words.Warnf("%v; starting it again", fault)
	n.server.Shutdown()
	n.server.WaitForShutdown()
	if err := n.run(context.WithoutCancel(ctx)); err != nil { // never two servers in one folder
		return errors.Join(fault, err)
	}
	return nil
}

// InProcessConn is a connection to the server as it is now.
func (n *node) InProcessConn() (net.Conn, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.server.InProcessConn()
}

// stop ends the server; what it keeps is on disk then.
func (n *node) stop(ctx context.Context) error {
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		n.mu.Lock()
		defer n.mu.Unlock()
		n.ended = true
		n.server.Shutdown()
		n.server.WaitForShutdown()
	}()
	return wait(ctx, stopped)
}
