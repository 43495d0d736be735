package stream

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// The limits of the server in this process: jobs are names, so that a queue that
// is larger than this is a fault.
const (
	mostDisk   = 1 << 30
	mostMemory = 64 << 20
)

// Embedded opens a stream with its server in this process, which listens
// nowhere. The queue is kept under dir and synced with every change. One process
// at a time may have it.
func Embedded(ctx context.Context, dir string, options ...Option) (*Stream, error) {
	s := settle(options)
	s.replicas = 1
	n, err := startNode(ctx, dir, s.log)
	if err != nil {
		return nil, fmt.Errorf("the queue in %s: %w", dir, err)
	}
	s.access = append(s.access, nats.InProcessServer(n.server))
	stream, err := connect(ctx, "", n, s)
	if err != nil {
		_ = n.stop(ctx)
		return nil, fmt.Errorf("the queue in %s: %w", dir, err)
	}
	return stream, nil
}

// node is the server in this process.
type node struct {
	server *server.Server
	words  *words
}

func startNode(ctx context.Context, dir string, log *slog.Logger) (*node, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	srv, err := server.NewServer(&server.Options{
		ServerName: "qala", DontListen: true, NoSigs: true, DisableJetStreamBanner: true,
		JetStream: true, StoreDir: dir, SyncAlways: true,
		JetStreamMaxStore: mostDisk, JetStreamMaxMemory: mostMemory,
	})
	if err != nil {
		return nil, err
	}
	n := &node{server: srv, words: &words{log: log}}
	srv.SetLoggerV2(n.words, false, false, false)
	return n, n.start(ctx)
}

// start waits until the server has read what it keeps.
func (n *node) start(ctx context.Context) error {
	started := make(chan struct{})
	go func() {
		defer close(started)
		n.server.Start()
	}()
	if err := wait(ctx, started); err != nil {
		go func() { <-started; n.server.Shutdown() }()
		return fmt.Errorf("the server does not start: %w", err)
	}
	if !n.server.JetStreamEnabled() || !n.server.ReadyForConnections(attemptTime) {
		n.server.Shutdown()
		return fmt.Errorf("the server does not start: %s", n.words.worst())
	}
	return nil
}

// stop ends the server; what it keeps is on disk then.
func (n *node) stop(ctx context.Context) error {
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		n.server.Shutdown()
		n.server.WaitForShutdown()
	}()
	return wait(ctx, stopped)
}

// words is what the server says: passed on, and the last complaint remembered.
type words struct {
	log *slog.Logger

	mu   sync.Mutex
	last string
}

func (w *words) worst() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.last
}

func (w *words) complain(level slog.Level, format string, args []any) {
	text := strings.TrimSpace(fmt.Sprintf(format, args...))
	w.mu.Lock()
	w.last = text
	w.mu.Unlock()
	w.log.Log(context.Background(), level, "stream: "+text)
}

// The methods of a logger of the server.

func (w *words) Noticef(format string, args ...any) {
	w.log.Debug("stream: " + fmt.Sprintf(format, args...))
}
func (w *words) Warnf(format string, args ...any)  { w.complain(slog.LevelWarn, format, args) }
func (w *words) Errorf(format string, args ...any) { w.complain(slog.LevelError, format, args) }
func (w *words) Fatalf(format string, args ...any) { w.complain(slog.LevelError, format, args) }
func (w *words) Debugf(string, ...any)             {}
func (w *words) Tracef(string, ...any)             {}

var _ server.Logger = (*words)(nil)
