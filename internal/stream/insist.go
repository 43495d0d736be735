package stream

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// insist tries until it succeeds, fails for good, ctx ends or the stream is closed.
func (s *Stream) insist(ctx context.Context, try func(context.Context) error) error {
	for wait := 20 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		attempt, cancel := s.within(ctx)
		err := try(attempt)
		cancel()
		switch {
		case err == nil:
			return nil
		case s.open.Err() != nil:
			return ErrClosed
		}
		if fault := s.mend(ctx); fault != nil {
			return fault
		}
		switch {
		case ctx.Err() != nil:
			return fmt.Errorf("%w (last: %w)", ctx.Err(), err)
		case !passing(err):
			return err
		}
		within, cancel := s.within(ctx)
		_ = pause(within, wait)
		cancel()
	}
}

// mend asks whether the server in this process can work, and starts it again
// where it cannot.
func (s *Stream) mend(ctx context.Context) error {
	if s.node == nil {
		return nil
	}
	return s.node.mend(ctx)
}

// passing reports whether an error is one that goes away when the connection is
// back or the servers have elected a leader.
func passing(err error) bool {
	var api *jetstream.APIError
	if errors.As(err, &api) {
		return slices.Contains(passingCodes, api.ErrorCode)
	}
	var network *net.OpError
	return errors.As(err, &network) || slices.ContainsFunc(passingErrors, func(known error) bool { return errors.Is(err, known) })
}

var passingErrors = []error{
	context.DeadlineExceeded, io.EOF,
	nats.ErrTimeout, nats.ErrNoServers, nats.ErrNoResponders, nats.ErrDisconnected, nats.ErrStaleConnection,
	nats.ErrReconnectBufExceeded, nats.ErrConnectionReconnecting,
	jetstream.ErrNoStreamResponse, jetstream.ErrNoHeartbeat,
	jetstream.ErrConsumerLeadershipChanged, jetstream.ErrServerShutdown,
}

// passingCodes are what servers answer while they find themselves together.
var passingCodes = []jetstream.ErrorCode{
	10008, // no leader at the moment
	10118, // the stream is not there at the moment
	10158, // the same message is on its way to the disk
}
