//go:build unix

package main

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/qala-city/qala/internal/require"
)

// built is the folder of the program that was built, "" when no test asked for it.
var built string

// binary builds the program once for all tests of this package.
var binary = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "qala-test-")
	if err != nil {
		return "", err
	}
	built = folder
	path := filepath.Join(folder, "qala")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput() //nolint:noctx // shared by all tests of the package
	if err != nil {
		err = errors.New(err.Error() + ": " + string(out))
	}
	return path, err
})

func TestMain(m *testing.M) {
	code := m.Run()
	if built != "" {
		_ = os.RemoveAll(built)
	}
	os.Exit(code)
}

func started(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Dir = require.Root(t)
	return cmd
}

func TestBinaryFromFilesToReport(t *testing.T) {
	folder := t.TempDir()
	network, results := filepath.Join(folder, "a.qala"), filepath.Join(folder, "r.json")
	for _, args := range [][]string{
		{"version"},
		{"help", "exit-codes"},
		{"import", "examples/astana/city.yaml", "-o", network},
		{"run", network, "examples/astana/events/match.yaml", "-o", results},
		{"report", results, "-o", filepath.Join(folder, "pages"), "--lang", "kk"},
	} {
		if out, err := started(t, args...).CombinedOutput(); err != nil {
			t.Fatalf("qala %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "pages", "report.kk.html")); err != nil {
		t.Error(err)
	}
}

func TestSignalEndsTheBinaryWithoutAHalfFile(t *testing.T) {
	network := imported(t)
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		folder := t.TempDir()
		cmd := started(t, "run", network, event(t, "match"), "-o", filepath.Join(folder, "out.json"), "--workers", "1")
		notes, err := cmd.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(notes)
		lines.Scan() // the first stage began
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() {
			continue // whatever it still says
		}
		_ = cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != exitInterrupted {
			t.Errorf("%v: ended with %d, want %d", signal, code, exitInterrupted)
		}
		if names := left(t, folder); len(names) > 0 {
			t.Errorf("%v: left behind %q", signal, names)
		}
	}
}
