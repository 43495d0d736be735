package sqlite

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/require"
)

// outcome is what came of a child one of whose calls of the system failed.
type outcome struct {
	lines []string // that it said
	call  string   // the one that failed, "" when it did not come to it
	open  bool     // whether it had said that it was open by then
}

// count is how many lines begin so.
func (o outcome) count(beginning string) (n int) {
	for _, line := range o.lines {
		if strings.HasPrefix(line, beginning) {
			n++
		}
	}
	return n
}

// since is what it said from the first line on that begins so.
func (o outcome) since(beginning string) outcome {
	for i, line := range o.lines {
		if strings.HasPrefix(line, beginning) {
			return outcome{lines: o.lines[i:]}
		}
	}
	return outcome{}
}

// fails runs a child whose nth call of some kinds fails, and examines what it leaves.
func fails(t *testing.T, strace, calls, failure string, n int) outcome {
	t.Helper()
	folder, log := t.TempDir(), filepath.Join(t.TempDir(), "log")
	inject := fmt.Sprintf("inject=%s:error=%s:when=%d", calls, failure, n)
	command := childCommand(t, folder, "steps", 0, strace, "-f", "-y", "-qq", "-o", log, "-e", "trace=write,"+calls, "-e", inject)
	out, err := command.Output()
	var ended *exec.ExitError
	if err != nil && (!errors.As(err, &ended) || ended.ExitCode() != 3) {
		t.Fatalf("%s: %v", inject, err)
	}
	said := nothingYet()
	listen(t, bufio.NewReader(bytes.NewReader(out)), said)
	examine(t, folder, said, 0)
	if t.Failed() {
		t.Fatalf("%s, and it said:\n%s", inject, out)
	}
	o := outcome{lines: strings.Split(strings.TrimSpace(string(out)), "\n")}
	o.call, o.open = injected(t, log)
	return o
}

// injected finds the call that was made to fail, and whether "open" was said before.
func injected(t *testing.T, log string) (call string, open bool) {
	t.Helper()
	traced, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(traced)) {
		if strings.Contains(line, "(INJECTED)") {
			return strings.TrimSpace(line), open
		}
		open = open || strings.Contains(line, `"open\n"`)
	}
	return "", open
}

// Every fsync of a child's life fails once. Whoever opens or keeps something
// then hears of it, that store acknowledges nothing more, and all that it had
// acknowledged is there when it is opened again.
func TestEveryFailedSyncIsTold(t *testing.T) {
	strace, told := require.Strace(t), map[string]int{}
	for n := 1; ; n++ {
		o := fails(t, strace, "fsync,fdatasync", "EIO", n)
		if o.call == "" {
			break
		}
		for _, what := range []string{"opening", "pair", "content"} {
			since := o.since("failed " + what)
			if len(since.lines) == 0 {
				continue
			}
			told[what]++
			if since.count(what) != 0 || since.count("failed "+what+": broken false") != 0 {
				t.Errorf("%s, and it went on:\n%s", o.call, strings.Join(o.lines, "\n"))
			}
		}
		if o.open && o.count("failed") == 0 {
			t.Errorf("nobody was told of %s:\n%s", o.call, strings.Join(o.lines, "\n"))
		}
	}
	t.Logf("told when opening, keeping documents, keeping contents: %v", told)
	if told["opening"] < 5 || told["pair"] < 12 || told["content"] < 24 {
		t.Errorf("too few: %v", told)
	}
}

// A write that fails is told as well. Where there is no room, the store goes on
// as soon as there is some; where the disk failed, it does not.
func TestFailedWritesAreTold(t *testing.T) {
	strace := require.Strace(t)
	for _, failing := range []struct {
		calls, failure string
		step           int
		goesOn         bool
	}{
		{"pwrite64", "ENOSPC", 17, true}, {"pwrite64", "EIO", 17, false}, {"write", "ENOSPC", 5, true}, {"write", "EIO", 5, true},
	} {
		t.Run(failing.calls+" "+failing.failure, func(t *testing.T) {
			told := 0
			for n := 1; ; n += failing.step {
				o := fails(t, strace, failing.calls, failing.failure, n)
				if o.call == "" {
					break
				}
				if !o.open || strings.Contains(o.call, "write(1<") {
					continue // what it said, and said again
				}
				told++
				if failed := o.count("failed"); failed == 0 || failing.goesOn != (failed == 1) {
					t.Errorf("%s:\n%s", o.call, strings.Join(o.lines, "\n"))
				}
			}
			if told < 3 {
				t.Errorf("%d only", told)
			}
		})
	}
}

// What is acknowledged was on disk before: the order of the calls says so.
func TestAcknowledgedAfterItIsOnDisk(t *testing.T) {
	strace, folder, log := require.Strace(t), t.TempDir(), filepath.Join(t.TempDir(), "log")
	command := childCommand(t, folder, "steps", 0, strace, "-f", "-y", "-qq", "-s", "99", "-o", log,
		"-e", "trace=write,pwrite64,fsync,fdatasync,rename,renameat,renameat2")
	if _, err := command.Output(); err != nil {
		t.Fatal(err)
	}
	traced, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	o := order{t: t, dirty: map[string]bool{}, half: map[string]string{}}
	for line := range strings.Lines(string(traced)) {
		o.see(strings.TrimSpace(line))
	}
	if o.pairs != 12 || o.contents != 12 {
		t.Errorf("%d pairs and %d contents were acknowledged", o.pairs, o.contents)
	}
}

// order follows what is written and not yet on disk.
type order struct {
	t               *testing.T
	dirty           map[string]bool   // files, and folders with a new name
	half            map[string]string // calls that have begun, by process
	written         bool              // to the log of the database, since the last acknowledgement
	pairs, contents int
}

// see takes one line of the trace; a call that others interrupt has two.
func (o *order) see(line string) {
	process, call, _ := strings.Cut(line, " ")
	call = strings.TrimSpace(call)
	if begun, ok := strings.CutSuffix(call, "<unfinished ...>"); ok {
		o.half[process] = begun
		return
	}
	if _, ended, ok := strings.Cut(call, " resumed>"); ok && strings.HasPrefix(call, "<...") {
		call = o.half[process] + ended
	}
	name, rest, ok := strings.Cut(call, "(")
	if !ok {
		return
	}
	_, path, _ := strings.Cut(rest, "<")
	path, _, _ = strings.Cut(path, ">")
	switch {
	case strings.HasPrefix(rest, "1<"):
		o.acknowledge(rest)
	case strings.Contains(name, "write"):
		o.dirty[path] = true
		o.written = o.written || strings.HasSuffix(path, "-wal")
	case strings.Contains(name, "sync") && strings.HasSuffix(call, "= 0"):
		delete(o.dirty, path)
	case strings.HasPrefix(name, "rename"):
		o.rename(strings.Split(rest, `"`))
	}
}

// rename is of a file that is on disk; its new name is not yet.
func (o *order) rename(parts []string) {
	o.t.Helper()
	if len(parts) < 4 || o.dirty[parts[1]] {
		o.t.Errorf("renamed before it was on disk: %q", parts)
		return
	}
	o.dirty[filepath.Dir(parts[3])] = true
}

func (o *order) acknowledge(text string) {
	o.t.Helper()
	for path := range o.dirty {
		if strings.HasSuffix(path, "-wal") || strings.Contains(path, "/contents") {
			o.t.Errorf("%s while %s is not on disk", text, path)
		}
	}
	switch {
	case strings.Contains(text, `"pair `):
		o.pairs++
		if !o.written {
			o.t.Errorf("%s, and nothing was written", text)
		}
	case strings.Contains(text, `"content `):
		o.contents++
	}
	o.written = false
}
