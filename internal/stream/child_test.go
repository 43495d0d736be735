package stream

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// The test binary is also the process that is killed, or that has no room on
// its disk: the word in this variable says which, followed by the folder.
const childVariable = "QALA_STREAM_CHILD"

var children = map[string]func(dir string) error{"publish": publishForever}

func TestMain(m *testing.M) {
	if what, dir, ok := strings.Cut(os.Getenv(childVariable), " "); ok {
		if err := children[what](dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// child starts this binary anew as one of the children.
func child(t *testing.T, what, dir string) (*exec.Cmd, io.Reader) {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), binary)
	cmd.Env = append(os.Environ(), childVariable+"="+what+" "+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, out
}

// publishForever says of every job when the queue has it, and takes every fifth out again.
func publishForever(dir string) error {
	ctx := context.Background()
	s, err := Embedded(ctx, dir, Log(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))))
	if err != nil {
		return err
	}
	fmt.Println("open")
	for i := 0; ; i++ {
		job := fmt.Sprintf("%d-%d", os.Getpid(), i)
		if err := s.Publish(ctx, taskRun, job, job); err != nil {
			return err
		}
		fmt.Println("kept " + job)
		if i%5 != 4 {
			continue
		}
		d, err := s.Take(ctx, taskRun)
		if err != nil {
			return err
		}
		fmt.Println("taken " + d.Job())
		if err := d.Done(ctx); err != nil {
			return err
		}
	}
}

func TestKilledProcessLosesNoJobThatWasAcknowledged(t *testing.T) {
	dir := t.TempDir()
	in := map[string]bool{} // acknowledged and not taken
	for round := range rounds(t) {
		cmd, out := child(t, "publish", dir)
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			note(in, lines.Text())
			if lines.Text() == "open" {
				time.AfterFunc(time.Duration(20+37*round%300)*time.Millisecond, func() { _ = cmd.Process.Kill() })
			}
		}
		if err := cmd.Wait(); err == nil || err.Error() != "signal: killed" {
			t.Fatalf("round %d: the process ended with %v, want killed", round, err)
		}
	}
	t.Logf("%d jobs were acknowledged and never taken", len(in))
	if len(in) == 0 {
		t.Fatal("nothing was published")
	}
	s := openEmbedded(t, dir, AckWait(testAckWait))
	ctx := within(t, 4*time.Minute)
	for len(in) > 0 {
		d, err := s.Take(ctx, taskRun)
		if err != nil {
			t.Fatalf("%d acknowledged jobs are lost: %v", len(in), err)
		}
		delete(in, d.Job())
		done(t, d)
	}
}

// note reads a line of the process: "kept JOB" or "taken JOB".
func note(in map[string]bool, line string) {
	switch what, job, _ := strings.Cut(line, " "); what {
	case "kept":
		in[job] = true
	case "taken":
		delete(in, job)
	}
}

// rounds is how often a process is killed: 20 times, or as QALA_KILLS says.
func rounds(t *testing.T) int {
	n := 20
	if text := os.Getenv("QALA_KILLS"); text != "" {
		if _, err := fmt.Sscan(text, &n); err != nil {
			t.Fatalf("QALA_KILLS=%s: %v", text, err)
		}
	}
	return n
}
