package stream

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go/jetstream"
)

// delivery is a job in the hands of a worker. Everything said of it is answered
// by the server, so that nil means that it was heard. While nobody answers it is
// said again until ctx ends, at most for the ack wait: after that the job is
// somebody else's.
type delivery struct {
	stream  *Stream
	message jetstream.Msg
}

func (d *delivery) Job() string { return string(d.message.Data()) }

func (d *delivery) Alive(ctx context.Context) error { return d.say(ctx, server.AckProgress) }

func (d *delivery) Done(ctx context.Context) error { return d.say(ctx, server.AckAck) }

func (d *delivery) Again(ctx context.Context, after time.Duration) error {
	if after <= 0 {
		return d.say(ctx, server.AckNak)
	}
	return d.say(ctx, fmt.Appendf(nil, "%s {\"delay\": %d}", server.AckNak, after.Nanoseconds()))
}

func (d *delivery) say(ctx context.Context, what []byte) error {
	ctx, cancel := context.WithTimeout(ctx, d.stream.ackWait)
	defer cancel()
	err := d.stream.insist(ctx, func(ctx context.Context) error {
		_, err := d.stream.conn.RequestWithContext(ctx, d.message.Reply(), what)
		return err
	})
	if err != nil {
		return fmt.Errorf("telling the queue of job %s: %w", d.Job(), err)
	}
	return nil
}
