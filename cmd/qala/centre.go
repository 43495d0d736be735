package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/qala-city/qala/internal/audit"
	"github.com/qala-city/qala/internal/job"
	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/store/contents"
	"github.com/qala-city/qala/internal/store/hold"
	"github.com/qala-city/qala/internal/store/postgres"
	"github.com/qala-city/qala/internal/store/sqlite"
	"github.com/qala-city/qala/internal/stream"
	"github.com/qala-city/qala/internal/works"
	"github.com/qala-city/qala/internal/workspace"
)

// centre is a server or a worker wired together.
type centre struct {
	name     string
	folder   string
	events   *slog.Logger
	store    documents
	contents office.Contents
	stream   *stream.Stream
	watched  *audit.Watched // the store as desks see it: what they change is told in the log
	office   *office.Desk
	people

	around  []func(http.Handler) http.Handler // those who watch requests
	running sync.WaitGroup
	closers []func() error // in the order of opening
}

// documents is a store of documents, in this process or elsewhere.
type documents interface {
	office.Store
	Check(ctx context.Context) error
	Close() error
}

// memoryForResults is how many bytes of networks and results a server keeps decoded.
const memoryForResults = 512 << 20

// openCentre opens everything below a folder that a server or a worker needs.
func (h *house) openCentre(ctx context.Context, folder string, order serveOrder) (*centre, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, unwritten(err)
	}
	host, _ := os.Hostname()
	c := &centre{
		name: fmt.Sprintf("%s-%d", host, os.Getpid()), folder: folder,
		events: h.eventLog(),
	}
	if err := c.open(ctx, order); err != nil {
		c.close()
		return nil, err
	}
	c.people = people{log: &audit.Desk{Store: c.store, Now: h.now, Random: rand.Reader}}
	c.watched = audit.Watch(c.store, c.people.log)
	c.office = &office.Desk{
		Store: c.watched, Contents: c.contents, Notices: c.stream, Now: h.now, Every: wallClock{}.Every, NewID: newID, Program: program,
		Shelf: office.NewShelf(memoryForResults),
	}
	return c, nil
}

// eventLog tells what happens, as text or, for machines that read it, as JSON.
func (h *house) eventLog() *slog.Logger {
	options := &slog.HandlerOptions{Level: slog.LevelInfo}
	if h.env("QALA_LOG") == "json" {
		return slog.New(slog.NewJSONHandler(h.notes, options))
	}
	return slog.New(slog.NewTextHandler(h.notes, options))
}

// newID is an id that sorts after those that were given before, to the millisecond.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

func (c *centre) open(ctx context.Context, order serveOrder) error {
	if order.database == "" {
		return c.openEmbedded(ctx, order)
	}
	return c.openElsewhere(ctx, order)
}

// openEmbedded opens the stores of a server that needs nothing else.
func (c *centre) openEmbedded(ctx context.Context, order serveOrder) error {
	release, err := hold.Try(filepath.Join(c.folder, "lock"))
	if errors.Is(err, hold.ErrHeld) {
		return &failure{exitFile, fmt.Errorf("%s: %w: another qala serve is running on this folder", c.folder, err)}
	}
	if err != nil {
		return unwritten(err)
	}
	c.closers = append(c.closers, func() error { release(); return nil })
	store, err := sqlite.Open(ctx, filepath.Join(c.folder, "qala.db"))
	if err != nil {
		return unwritten(err)
	}
	c.store, c.closers = store, append(c.closers, store.Close)
	kept, err := contents.OpenFolder(filepath.Join(c.folder, "contents"))
	if err != nil {
		return unwritten(err)
	}
	c.contents = kept
	queue, err := stream.Embedded(ctx, filepath.Join(c.folder, "queue"), stream.AckWait(order.lease), stream.Log(c.events))
	return c.use(queue, err)
}

// openElsewhere opens the stores of a server or worker that shares them with others.
func (c *centre) openElsewhere(ctx context.Context, order serveOrder) error {
	store, err := postgres.Open(ctx, order.database)
	if err != nil {
		return unwritten(err)
	}
	c.store, c.closers = store, append(c.closers, store.Close)
	folder, err := contents.OpenFolder(filepath.Join(c.folder, "cache"))
	if err != nil {
		return unwritten(err)
	}
	c.contents = contents.Cached(folder, store.Contents())
	queue, err := stream.Connect(ctx, order.nats, stream.AckWait(order.lease), stream.Log(c.events))
	return c.use(queue, err)
}

func (c *centre) use(queue *stream.Stream, err error) error {
	if err != nil {
		return unwritten(err)
	}
	c.stream = queue
	c.closers = append(c.closers, func() error {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		return queue.Close(ctx)
	})
	return nil
}

// close waits for what is running and closes everything, the last opened first.
func (c *centre) close() {
	c.wait()
	for i := len(c.closers) - 1; i >= 0; i-- {
		if err := c.closers[i](); err != nil {
			c.events.Warn("closing", "error", err)
		}
	}
}

func (c *centre) wait() { c.running.Wait() }

// goOn runs something beside the server; close waits for it.
func (c *centre) goOn(do func()) { c.running.Go(do) }

// startWorkers begins to work jobs off: so many runs at a time, and beside them
// one import and one report, which do not wait behind long runs.
func (c *centre) startWorkers(ctx context.Context, order serveOrder) {
	shop := &works.Shop{Contents: c.contents, Program: program, Workers: order.processors}
	tasks := []workspace.Task{workspace.TaskImport, workspace.TaskReport}
	for range order.workers {
		tasks = append(tasks, workspace.TaskRun)
	}
	for i, task := range tasks {
		worker := &job.Worker{
			Name: fmt.Sprintf("%s-%d", c.name, i), Program: program, Store: c.watched, Queue: c.stream, Notices: c.stream,
			Clock: wallClock{}, Works: shop.Works(), Lease: order.lease, Finish: c.office.Finish, Trouble: c.trouble("working"),
		}
		c.goOn(func() { worker.Serve(ctx, task) })
	}
}

// startDispatcher begins to bring ordered jobs into the queue.
func (c *centre) startDispatcher(ctx context.Context, order serveOrder) {
	dispatcher := &job.Dispatcher{
		Store: c.watched, Queue: c.stream, Notices: c.stream, Clock: wallClock{}, Lease: order.lease, Trouble: c.trouble("dispatching"),
	}
	c.goOn(func() { dispatcher.Serve(ctx) })
}

func (c *centre) trouble(doing string) func(error) {
	return func(err error) { c.events.Warn(doing, "error", err) }
}

// wallClock is the machine's clock.
type wallClock struct{}

// Now is the time.
func (wallClock) Now() time.Time { return time.Now() }

// Every ticks.
func (wallClock) Every(length time.Duration) (<-chan time.Time, func()) {
	ticker := time.NewTicker(length)
	return ticker.C, ticker.Stop
}
