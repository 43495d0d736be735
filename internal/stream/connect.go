package stream

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
)

// Connect opens a stream on an external server or cluster: its URL, or several
// with commas. It tries until ctx ends. Later the connection is taken up again
// whenever it breaks, for as long as the stream is open.
func Connect(ctx context.Context, url string, options ...Option) (*Stream, error) {
	return connect(ctx, url, nil, settle(options))
}

// client is how every connection behaves. Without a buffer for times without a
// connection, whoever sends then learns that nothing was sent.
func (s settings) client() []nats.Option {
	told := func(level slog.Level, text string) nats.ConnErrHandler {
		return func(_ *nats.Conn, err error) {
			if err != nil {
				s.log.Log(context.Background(), level, text, "error", err)
			}
		}
	}
	return append([]nats.Option{
		nats.Name("qala"),
		nats.Timeout(s.attempt),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(250 * time.Millisecond),
		nats.ReconnectJitter(250*time.Millisecond, time.Second),
		nats.ReconnectBufSize(-1),
		nats.PingInterval(10 * time.Second),
		nats.MaxPingsOutstanding(2),
		nats.DisconnectErrHandler(told(slog.LevelWarn, "the connection to the stream broke")),
		nats.ReconnectErrHandler(told(slog.LevelWarn, "the stream could not be reached")),
		nats.ReconnectHandler(func(*nats.Conn) { s.log.Info("the connection to the stream is back") }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { s.log.Warn("stream", "error", err) }),
	}, s.access...)
}

// dial tries until there is a connection or ctx ends. What is wrong with the
// options themselves is told at once.
func dial(ctx context.Context, url string, options []nats.Option) (*nats.Conn, error) {
	for {
		conn, err := nats.Connect(url, options...)
		if err == nil {
			return conn, nil
		}
		if !passing(err) {
			return nil, fmt.Errorf("connecting to the stream: %w", err)
		}
		if pause(ctx, 250*time.Millisecond) != nil {
			return nil, fmt.Errorf("connecting to the stream: %w (%w)", err, ctx.Err())
		}
	}
}

// pause waits for a while, or until ctx ends, with its error.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
