package stream

import (
	"context"
	"fmt"
	"sync"

	"github.com/nats-io/nats.go"
)

// mostUnread is how many notices a listener may be behind before it loses the oldest.
const mostUnread = 256

func (s *Stream) notices(topic string) (subject string, err error) {
	if !token.MatchString(topic) {
		return "", fmt.Errorf("%q cannot be the name of a topic", topic)
	}
	return s.name + ".notices." + topic, nil
}

// Tell gives a notice to all who listen to the topic now. It is not kept, and an
// error means that it was not sent.
func (s *Stream) Tell(ctx context.Context, topic string, body []byte) error {
	subject, err := s.notices(topic)
	switch {
	case err != nil:
		return err
	case s.open.Err() != nil:
		return ErrClosed
	case ctx.Err() != nil:
		return ctx.Err()
	}
	if err := s.conn.Publish(subject, body); err != nil {
		return fmt.Errorf("telling %s: %w", topic, err)
	}
	return nil
}

// Listen gives the notices of a topic that are told from now on. Who reads
// slowly loses the oldest, and so does everybody while the connection is broken.
// The channel is closed when ctx ends or the stream is closed.
func (s *Stream) Listen(ctx context.Context, topic string) (<-chan []byte, error) {
	subject, err := s.notices(topic)
	if err != nil {
		return nil, err
	}
	if s.open.Err() != nil {
		return nil, ErrClosed
	}
	l := &listener{unread: make(chan []byte, mostUnread)}
	subscription, err := s.conn.Subscribe(subject, l.hear)
	if err == nil {
		err = s.insist(ctx, s.conn.FlushWithContext)
	}
	if err != nil {
		l.end(subscription)
		return nil, fmt.Errorf("listening to %s: %w", topic, err)
	}
	ctx, cancel := context.WithCancel(ctx)
	unhook := context.AfterFunc(s.open, cancel)
	context.AfterFunc(ctx, func() {
		unhook()
		cancel()
		l.end(subscription)
	})
	return l.unread, nil
}

// listener is one who listens. Its channel is written and closed under the lock.
type listener struct {
	mu     sync.Mutex
	ended  bool
	unread chan []byte
}

// hear never waits: there is always room after the oldest notice was dropped.
func (l *listener) hear(m *nats.Msg) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return
	}
	for {
		select {
		case l.unread <- m.Data:
			return
		default:
		}
		select {
		case <-l.unread:
		default:
		}
	}
}

func (l *listener) end(subscription *nats.Subscription) {
	if subscription != nil {
		_ = subscription.Unsubscribe()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.ended {
		l.ended = true
		close(l.unread)
	}
}
