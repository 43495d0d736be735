//go:build unix

package sqlite

import (
	"bufio"
	"bytes"
	"os/signal"
	"strings"
	"syscall"
	"testing"
)

// narrow lets no file of this process become larger.
func narrow(bytes uint64) error {
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	limit.Cur = min(limit.Cur, bytes)
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)
}

// The log of the database grows until the system cuts a write in two.
func TestNoMoreRoomInAFile(t *testing.T) {
	folder, said := t.TempDir(), nothingYet()
	out, err := childCommand(t, folder, "narrow", 0).Output()
	if err != nil {
		t.Fatal(err)
	}
	listen(t, bufio.NewReader(bytes.NewReader(out)), said)
	o := outcome{lines: strings.Split(string(out), "\n")}
	if o.count("failed pair: broken true") == 0 || o.since("failed pair").count("pair") != 0 || o.count("pair") == 0 {
		t.Errorf("%s", out)
	}
	examine(t, folder, said, 0)
}
