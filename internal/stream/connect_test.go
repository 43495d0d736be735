package stream

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// single starts a server outside, which is in no cluster. Options that were
// started before have their port already.
func single(t *testing.T, o *server.Options) (at string, stop func()) {
	t.Helper()
	srv, err := server.NewServer(o.Clone())
	if err != nil {
		t.Fatal(err)
	}
	srv.Start()
	if !srv.ReadyForConnections(time.Minute) {
		t.Fatal("the server does not start")
	}
	o.Port = srv.Addr().(*net.TCPAddr).Port
	stop = func() { srv.Shutdown(); srv.WaitForShutdown() }
	t.Cleanup(stop)
	return fmt.Sprintf("127.0.0.1:%d", o.Port), stop
}

func singleOptions(t *testing.T) *server.Options {
	return &server.Options{
		ServerName: "single", Host: "127.0.0.1", Port: server.RANDOM_PORT,
		NoSigs: true, NoLog: true, JetStream: true, StoreDir: t.TempDir(), SyncAlways: true,
	}
}

// The connection is taken up again, and all that waited goes on.
func TestServerComesBack(t *testing.T) {
	o := singleOptions(t)
	at, stop := single(t, o)
	s, err := Connect(within(t, time.Minute), at, AckWait(testAckWait))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, s) })
	if info, err := s.info(t.Context()); err != nil || info.Config.Replicas != 1 {
		t.Fatalf("kept on %+v (%v), want one server", info, err)
	}
	listener, err := s.Listen(t.Context(), "topic")
	if err != nil {
		t.Fatal(err)
	}
	publish(t, s, "before")
	held := take(t, s)
	stop()
	if err := s.Check(within(t, time.Second)); err == nil {
		t.Error("check says that a server which is away can be used")
	}
	if err := s.Tell(t.Context(), "topic", []byte("lost")); err == nil {
		t.Error("a notice was told to a server that is away")
	}
	published, taken := make(chan error), make(chan string)
	go func() { published <- s.Publish(within(t, time.Minute), taskRun, "meanwhile", "meanwhile") }()
	go func() {
		d, err := s.Take(within(t, time.Minute), taskRun)
		if err != nil {
			taken <- err.Error()
			return
		}
		taken <- d.Job()
	}()
	time.Sleep(testAckWait / 2)
	single(t, o)
	if err := <-published; err != nil {
		t.Error(err)
	}
	if job := <-taken; job != "meanwhile" && job != "before" {
		t.Errorf("took %q", job)
	}
	if err := held.Done(within(t, time.Minute)); err != nil {
		t.Error(err)
	}
	eventually(t, "notices are heard again", func() bool {
		if err := s.Tell(t.Context(), "topic", []byte("back")); err != nil {
			return false
		}
		return hear(t, listener) == "back"
	})
}

func TestConnectGivesUpWithItsContext(t *testing.T) {
	_, err := Connect(within(t, time.Second), "nats://someone:secret@127.0.0.1:1")
	if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v, want the deadline and no password", err)
	}
}

func TestConnectTellsAtOnceWhatNeverWorks(t *testing.T) {
	o := singleOptions(t)
	o.Username, o.Password = "qala", "right"
	at, _ := single(t, o)
	right := &url.URL{Scheme: "nats", Host: at, User: url.UserPassword("qala", "right")}
	wrong := &url.URL{Scheme: "nats", Host: right.Host, User: url.UserPassword("qala", "wrong")}
	rubbish := filepath.Join(t.TempDir(), "rubbish")
	if err := os.WriteFile(rubbish, []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	for what, open := range map[string]func(context.Context) (*Stream, error){
		"wrong password":      func(ctx context.Context) (*Stream, error) { return Connect(ctx, wrong.String()) },
		"no authority":        func(ctx context.Context) (*Stream, error) { return Connect(ctx, right.String(), Authorities(rubbish)) },
		"credentials rubbish": func(ctx context.Context) (*Stream, error) { return Connect(ctx, right.String(), Credentials(rubbish)) },
		"no such credentials": func(ctx context.Context) (*Stream, error) {
			return Connect(ctx, right.String(), Credentials(rubbish+"x"))
		},
		"name with a dot":      func(ctx context.Context) (*Stream, error) { return Connect(ctx, right.String(), Named("a.b")) },
		"three servers of one": func(ctx context.Context) (*Stream, error) { return Connect(ctx, right.String(), Replicas(3)) },
	} {
		ctx := within(t, time.Minute)
		s, err := open(ctx)
		if err == nil {
			shut(t, s)
		}
		if err == nil || ctx.Err() != nil || strings.Contains(err.Error(), "wrong@") {
			t.Errorf("%s: %v, want a reason at once", what, err)
		}
	}
	s, err := Connect(within(t, time.Minute), right.String())
	if err != nil {
		t.Fatal(err)
	}
	shut(t, s)
}

func TestATaskIsTakenWhereTheQueueWasRemoved(t *testing.T) {
	s := openEmbedded(t, t.TempDir(), AckWait(testAckWait))
	publish(t, s, "old")
	if err := s.js.DeleteStream(t.Context(), s.queue()); err != nil {
		t.Fatal(err)
	}
	publish(t, s, "new")
	if d := take(t, s); d.Job() != "new" {
		t.Errorf("took %q, want the new job", d.Job())
	}
}
