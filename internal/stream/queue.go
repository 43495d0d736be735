package stream

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/qala-city/qala/internal/workspace"
)

// mostJobs is how many jobs may be in the queue at a time.
const mostJobs = 1_000_000

// keyWindow is for how long a key is remembered.
const keyWindow = 2 * time.Minute

// queue is the name of the house's stream of jobs at the server.
func (s *Stream) queue() string { return s.name + "-jobs" }

// subject is where the jobs of a task are put.
func (s *Stream) subject(task workspace.Task) string { return s.name + ".jobs." + string(task) }

// token is what a task or a topic may be called.
var token = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// prepare sees to it that the queue is there, and as large as it was asked for.
func (s *Stream) prepare(ctx context.Context) error {
	if !token.MatchString(s.name) {
		return fmt.Errorf("%q cannot be the name of a house", s.name)
	}
	found, err := s.js.Stream(ctx, s.queue())
	switch {
	case errors.Is(err, jetstream.ErrStreamNotFound):
		return s.create(ctx)
	case err != nil:
		return err
	}
	return s.adjust(ctx, found.CachedInfo().Config)
}

// create makes the queue on as many servers as asked for, or as there are.
func (s *Stream) create(ctx context.Context) error {
	if s.replicas > 0 {
		_, err := s.js.CreateStream(ctx, s.config(s.replicas))
		return err
	}
	_, err := s.js.CreateStream(ctx, s.config(3))
	if tooFew(err) {
		_, err = s.js.CreateStream(ctx, s.config(1))
	}
	return err
}

// adjust changes a queue that is there only where it has to. It is never put
// on fewer servers because one of them happens to be away.
func (s *Stream) adjust(ctx context.Context, have jetstream.StreamConfig) error {
	want := s.config(s.replicas)
	if s.replicas == 0 {
		want.Replicas = max(have.Replicas, 3)
	}
	if have.Replicas == want.Replicas && have.Duplicates == want.Duplicates {
		return nil
	}
	_, err := s.js.UpdateStream(ctx, want)
	if tooFew(err) && s.replicas == 0 {
		want.Replicas = have.Replicas
		_, err = s.js.UpdateStream(ctx, want)
	}
	return err
}

// tooFew reports whether there are not as many servers as the queue should be kept on.
func tooFew(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && (api.ErrorCode == 10074 || api.ErrorCode == 10005)
}

func (s *Stream) config(replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: s.queue(), Description: "jobs that wait for a worker",
		Subjects: []string{s.name + ".jobs.*"}, Retention: jetstream.WorkQueuePolicy, Storage: jetstream.FileStorage,
		Discard: jetstream.DiscardNew, MaxMsgs: mostJobs, MaxMsgSize: 4096,
		Duplicates: keyWindow, Replicas: replicas,
	}
}

// Publish puts a job into the queue of its task and returns when it is kept on
// disk, on most servers of a cluster. While servers are away or elect a leader
// it tries until ctx ends. An error means that the job may be in the queue or
// not. The same key within the window is the same message, even when its job was
// taken and done meanwhile: who wants a job to be taken again gives another key.
func (s *Stream) Publish(ctx context.Context, task workspace.Task, job, key string) error {
	if !token.MatchString(string(task)) || job == "" || key == "" || strings.ContainsAny(key, "\r\n") {
		return fmt.Errorf("queueing job %q of task %q with key %q: these cannot be names", job, task, key)
	}
	err := s.insist(ctx, func(ctx context.Context) error {
		message := &nats.Msg{Subject: s.subject(task), Data: []byte(job), Header: nats.Header{}}
		_, err := s.js.PublishMsg(ctx, message,
			jetstream.WithMsgID(key), jetstream.WithExpectStream(s.queue()), jetstream.WithRetryAttempts(0))
		if errors.Is(err, jetstream.ErrNoStreamResponse) {
			err = errors.Join(err, s.prepare(ctx)) // somebody may have removed it
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("queueing job %s: %w", job, err)
	}
	return nil
}

// How one question for a job goes: a server that is silent for twice the beat is
// asked again, and so is one that had no job for as long as pullTime.
const (
	pullTime = 5 * time.Second
	pullBeat = time.Second
)

// Take waits for a job of the task until there is one, ctx ends or the stream is
// closed. A job that was given back, or whose worker was silent for longer than
// the ack wait, comes again, as often as it takes.
func (s *Stream) Take(ctx context.Context, task workspace.Task) (workspace.Delivery, error) {
	if !token.MatchString(string(task)) {
		return nil, fmt.Errorf("taking a job: %q cannot be the name of a task", task)
	}
	for wait := 20 * time.Millisecond; ; {
		message, err := s.pull(ctx, task)
		switch {
		case message != nil:
			return &delivery{stream: s, message: message}, nil
		case s.open.Err() != nil:
			return nil, ErrClosed
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err == nil:
			wait = 20 * time.Millisecond
			continue
		}
		s.log.Warn("the queue of jobs does not answer", "task", task, "error", errors.Join(err, s.mend(ctx)))
		s.forget(task)
		within, cancel := s.within(ctx)
		_ = pause(within, wait)
		cancel()
		wait = min(2*wait, time.Second)
	}
}

// pull asks once for one job; nil without an error means that there was none.
func (s *Stream) pull(ctx context.Context, task workspace.Task) (jetstream.Msg, error) {
	consumer, err := s.consumer(ctx, task)
	if err != nil {
		return nil, err
	}
	pulling, cancel := context.WithTimeout(s.open, pullTime)
	batch, err := consumer.Fetch(1, jetstream.FetchContext(pulling), jetstream.FetchHeartbeat(pullBeat))
	if err != nil {
		cancel()
		return nil, err
	}
	select {
	case message, ok := <-batch.Messages():
		cancel()
		if ok || errors.Is(batch.Error(), context.DeadlineExceeded) {
			return message, nil
		}
		return nil, batch.Error()
	case <-ctx.Done():
		s.left.Go(func() {
			defer cancel()
			giveBack(batch)
		})
		return nil, ctx.Err()
	}
}

// giveBack returns at once what was handed over when nobody waited any more.
func giveBack(batch jetstream.MessageBatch) {
	for message := range batch.Messages() {
		_ = message.Nak()
	}
}

// consumer is the server's account of who works on the jobs of a task; made
// anew when it is not there.
func (s *Stream) consumer(ctx context.Context, task workspace.Task) (jetstream.Consumer, error) {
	s.mu.Lock()
	known := s.consumers[task]
	s.mu.Unlock()
	if known != nil {
		return known, nil
	}
	ctx, cancel := s.within(ctx)
	defer cancel()
	if err := s.prepare(ctx); err != nil {
		return nil, err
	}
	made, err := s.js.CreateOrUpdateConsumer(ctx, s.queue(), jetstream.ConsumerConfig{
		Durable: string(task), Description: "workers on jobs of a task", FilterSubject: s.subject(task),
		AckPolicy: jetstream.AckExplicitPolicy, AckWait: s.ackWait, MaxDeliver: -1, MaxAckPending: -1,
	})
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.consumers[task] = made
	s.mu.Unlock()
	return made, nil
}

func (s *Stream) forget(task workspace.Task) {
	s.mu.Lock()
	delete(s.consumers, task)
	s.mu.Unlock()
}
