// Package stream hands jobs to workers and notices to whoever listens, over
// NATS: embedded in the process, or an external cluster; both are used through
// the same client, so that nothing above knows which it is.
//
// The queue wakes workers; what a job is and who has it stands in the database.
// Three things follow that a user of this package must know:
//
//   - A job may come more than once, and late. Publish may fail and the job be in
//     the queue nevertheless; a worker that was silent for the ack wait has lost
//     its job without being told; a job whose Done was not heard comes again.
//   - A job may be missing, after damage to the store or when the queue was
//     removed. Jobs that the database calls queued are published anew at the start:
//     what is in the queue already then comes twice at most.
//   - A key that was used is used up for the window, also when its job is done.
//
// JetStream and a disk that is full or fails: the write is reported in the
// server's log, whoever published is not answered at all, and from then on the
// server takes nothing more until it is started again. It never acknowledges what
// it did not write. Publish asks the server in the process how it is when an
// answer is missing, gives the reason as its error, and starts the server again
// at most every few seconds; Check does the same. Of a cluster the server
// concerned steps back and the others go on.
//
// Done means that the server heard it, which may not be on the disk yet: after a
// crash the job may come again.
package stream

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/qala-city/qala/internal/workspace"
)

// ErrClosed is the error of a stream that was closed.
var ErrClosed = errors.New("the stream is closed")

// Stream is a connection to a queue of jobs and to notices. Any number of
// goroutines may use it.
type Stream struct {
	settings

	conn *nats.Conn
	gone chan struct{} // closed when the connection is
	js   jetstream.JetStream
	node *node // the server in this process; nil for an external one

	open context.Context // ends when Close begins
	shut context.CancelFunc
	left sync.WaitGroup // pulls that nobody waits for any more

	mu        sync.Mutex
	consumers map[workspace.Task]jetstream.Consumer
}

// connect makes the connection and sees to it that the queue is there.
func connect(ctx context.Context, url string, n *node, s settings) (*Stream, error) {
	stream := &Stream{settings: s, node: n, gone: make(chan struct{}), consumers: map[workspace.Task]jetstream.Consumer{}}
	stream.open, stream.shut = context.WithCancel(context.Background())
	conn, err := dial(ctx, url, append(s.client(), nats.ClosedHandler(func(*nats.Conn) { close(stream.gone) })))
	if err != nil {
		stream.shut()
		return nil, err
	}
	stream.conn = conn
	if stream.js, err = jetstream.New(conn); err == nil {
		err = stream.insist(ctx, stream.prepare)
	}
	if err != nil {
		stream.shut()
		conn.Close()
		return nil, fmt.Errorf("preparing the queue of jobs: %w", err)
	}
	return stream, nil
}

// Close ends all that waits on the stream with ErrClosed, sends what is still to
// be sent, and stops the server if it is in this process. When ctx ends before
// that, it no longer waits and says so.
func (s *Stream) Close(ctx context.Context) error {
	s.shut()
	if err := s.conn.Drain(); err != nil {
		s.conn.Close()
	}
	err := wait(ctx, s.gone)
	s.conn.Close()
	s.left.Wait()
	if s.node != nil {
		err = errors.Join(err, s.node.stop(ctx))
	}
	return err
}

// wait is over when done is closed or ctx ends.
func wait(ctx context.Context, done <-chan struct{}) error {
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Check tells why the stream cannot work now; nil when it can.
func (s *Stream) Check(ctx context.Context) error {
	_, err := s.info(ctx)
	if s.node != nil && !errors.Is(err, ErrClosed) {
		err = errors.Join(err, s.mend(ctx))
	}
	return err
}

// Position is how far the queue of jobs has come. With a backup of the database
// it says which jobs were in the queue at that moment.
type Position struct {
	Stream  string    `json:"stream"`
	Created time.Time `json:"created"` // another moment means another queue, whose numbers start anew
	First   uint64    `json:"first"`   // number of the first job that is still in it
	Last    uint64    `json:"last"`    // number of the job that was put in last; 0 for none yet
	Jobs    uint64    `json:"jobs"`    // that are in it, also those at work
}

// Position asks for the current position.
func (s *Stream) Position(ctx context.Context) (Position, error) {
	info, err := s.info(ctx)
	if err != nil {
		return Position{}, err
	}
	return Position{
		Stream: info.Config.Name, Created: info.Created.UTC(),
		First: info.State.FirstSeq, Last: info.State.LastSeq, Jobs: info.State.Msgs,
	}, nil
}

// info asks the leader of the queue once.
func (s *Stream) info(ctx context.Context) (*jetstream.StreamInfo, error) {
	ctx, cancel := s.within(ctx)
	defer cancel()
	handle, err := s.js.Stream(ctx, s.queue())
	switch {
	case s.open.Err() != nil:
		return nil, ErrClosed
	case err != nil:
		return nil, fmt.Errorf("asking for the queue of jobs: %w", err)
	}
	return handle.CachedInfo(), nil
}

// within is ctx that ends with the stream too, and after the time of one attempt.
func (s *Stream) within(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(ctx, s.attempt)
	unhook := context.AfterFunc(s.open, cancel)
	return ctx, func() { unhook(); cancel() }
}
