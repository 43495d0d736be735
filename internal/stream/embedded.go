package stream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
)

// Embedded opens a stream with its server in this process, which listens
// nowhere. The queue is kept under dir and synced with every change. One process
// at a time may have it.
func Embedded(ctx context.Context, dir string, options ...Option) (*Stream, error) {
	s := settle(options)
	s.replicas, s.attempt = 1, 2*time.Second
	n := &node{dir: dir, words: &words{log: s.log}}
	if err := n.start(ctx); err != nil {
		return nil, fmt.Errorf("the queue in %s: %w", dir, err)
	}
	s.access = append(s.access, nats.InProcessServer(n))
	stream, err := connect(ctx, "", n, s)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the queue in %s: %w", dir, err), n.stop(ctx))
	}
	return stream, nil
}
