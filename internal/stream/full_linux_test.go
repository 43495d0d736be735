package stream

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"
)

func init() { children["full"] = publishUntilFull }

// filesUpTo lets this process write files of at most this many bytes: what is
// beyond fails, as on a disk without room.
func filesUpTo(bytes uint64) error {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	limit.Cur = bytes
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)
}

// publishUntilFull publishes until there is no room, sees that the queue says so,
// makes room, and publishes until the queue works again.
func publishUntilFull(dir string) error {
	signal.Ignore(syscall.SIGXFSZ)
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	if os.Getenv("QALA_STREAM_LOG") == "" {
		log = slog.New(slog.DiscardHandler)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	s, err := Embedded(ctx, dir, Log(log))
	if err != nil {
		return err
	}
	if err := filesUpTo(32 << 10); err != nil {
		return err
	}
	i := 0
	put := func() error {
		i++
		job := fmt.Sprintf("job-%d", i)
		err := s.Publish(ctx, taskRun, job, job)
		if err == nil {
			fmt.Println("kept " + job)
		}
		return err
	}
	for err == nil {
		err = put()
	}
	fmt.Println("refused", err)
	fmt.Println("check", s.Check(ctx))
	fmt.Println("refused", put())
	if err := filesUpTo(1 << 30); err != nil {
		return err
	}
	for put() != nil {
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
	fmt.Println("again", s.Check(ctx))
	return s.Close(ctx)
}

func TestFullDiskIsToldAndHeals(t *testing.T) {
	dir := t.TempDir()
	cmd, out := child(t, "full", dir)
	kept, told := map[string]bool{}, map[string]string{}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		note(kept, lines.Text())
		what, text, _ := strings.Cut(lines.Text(), " ")
		told[what] = text
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"refused", "check"} {
		if !strings.Contains(told[what], dir) || !strings.Contains(told[what], "file too large") {
			t.Errorf("%s: %q, want the folder and what is wrong", what, told[what])
		}
	}
	if told["again"] != "<nil>" {
		t.Errorf("with room again: %q", told["again"])
	}
	t.Logf("%d jobs were acknowledged", len(kept))
	s := openEmbedded(t, dir, AckWait(testAckWait))
	for ctx := within(t, time.Minute); len(kept) > 0; {
		d, err := s.Take(ctx, taskRun)
		if err != nil {
			t.Fatalf("%d acknowledged jobs are lost: %v", len(kept), err)
		}
		delete(kept, d.Job())
		done(t, d)
	}
}
