package sqlite

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/workspace"
)

// acknowledged is what a child said it had kept.
type acknowledged struct {
	pairs    map[string]int // the last number by counter
	contents []workspace.Sum
	seen     map[workspace.Sum]bool // contents that were found whole
	failures []string
	lines    int
}

func nothingYet() *acknowledged {
	return &acknowledged{pairs: map[string]int{}, seen: map[workspace.Sum]bool{}}
}

func (a *acknowledged) hear(t *testing.T, line string) {
	t.Helper()
	words := strings.Fields(line)
	switch {
	case line == "open" || line == "done":
		return
	case words[0] == "failed":
		a.failures = append(a.failures, line)
		return
	case words[0] == "pair" && len(words) == 4:
		n, err := strconv.Atoi(words[3])
		if name := words[1] + "-" + words[2]; err != nil || n <= a.pairs[name] {
			t.Fatalf("%q after %d", line, a.pairs[name])
		} else {
			a.pairs[name] = n
		}
	case words[0] == "content" && len(words) == 3:
		a.contents = append(a.contents, workspace.Sum(words[1]))
	default:
		t.Fatalf("a line %q", line)
	}
	a.lines++
}

// childCommand is this program as a child.
func childCommand(t *testing.T, folder, mode string, round int, under ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	words := append(under, self)
	command := exec.CommandContext(t.Context(), words[0], words[1:]...)
	command.Env = append(os.Environ(), childMode+"="+mode, childFolder+"="+folder, childRound+"="+strconv.Itoa(round))
	command.Stderr = os.Stderr
	return command
}

// How many times a process is killed here; QALA_KILLS says otherwise.
func kills(t *testing.T) int {
	t.Helper()
	text := os.Getenv("QALA_KILLS")
	if text == "" {
		return 20
	}
	count, err := strconv.Atoi(text)
	if err != nil || count < 1 {
		t.Fatalf("QALA_KILLS=%s", text)
	}
	return count
}

// A process is killed at any moment, again and again over the same folder: what
// it had acknowledged is there, whole, and nothing is there by half.
func TestKilledAtAnyMoment(t *testing.T) {
	folder, said, early := t.TempDir(), nothingYet(), 0
	for round := range kills(t) {
		before := said.lines
		killed(t, folder, round, said)
		if said.lines == before {
			early++ // that one was killed before its first word
		}
		examine(t, folder, said, round)
		if t.Failed() {
			return
		}
	}
	clear(said.seen)
	for round := range kills(t) {
		examine(t, folder, said, round)
	}
	t.Logf("%d acknowledged in %d rounds, %d contents among them; %d rounds ended before the first", said.lines, kills(t), len(said.contents), early)
	if said.lines < kills(t) || len(said.contents) == 0 || len(said.pairs) < 3 {
		t.Errorf("too little was written to tell: %+v", said)
	}
}

// killed runs a child and kills it between some moment of its opening and some
// moment of its writing.
func killed(t *testing.T, folder string, round int, said *acknowledged) {
	t.Helper()
	command := childCommand(t, folder, "storm", round)
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if round%5 > 0 { // else already while it opens
		for range 1 + rand.N(50) {
			line, err := lines.ReadString('\n')
			if err != nil {
				t.Fatalf("after %q: %v", line, err)
			}
			said.hear(t, strings.TrimSuffix(line, "\n"))
		}
	}
	time.Sleep(rand.N(30 * time.Millisecond))
	if err := command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	listen(t, lines, said)
	_ = command.Wait() // it says killed
}

// listen hears all that is left in a pipe; what was not said to its end was not said.
func listen(t *testing.T, lines *bufio.Reader, said *acknowledged) {
	t.Helper()
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			if !errors.Is(err, io.EOF) {
				t.Fatal(err)
			}
			return
		}
		said.hear(t, strings.TrimSuffix(line, "\n"))
	}
}

// examine opens what a child has left and compares it with what it had said.
func examine(t *testing.T, folder string, said *acknowledged, round int) {
	t.Helper()
	k, err := keepIn(t.Context(), folder)
	if err != nil {
		t.Fatalf("round %d: %v", round, err)
	}
	var verdict string
	if err := raw(t, filepath.Join(folder, "qala.db")).QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("round %d: %s, %v", round, verdict, err)
	}
	err = k.store.Read(t.Context(), func(r workspace.Reader) error { return wholePairs(r, said, round) })
	if err != nil {
		t.Errorf("round %d: %v", round, err)
	}
	wholeContents(t, k, said)
	err = k.store.Write(t.Context(), func(w workspace.Writer) error { return countTo(w, -1, 0, round) }) // and it goes on
	_, _, err2 := k.contents.Put(t.Context(), someContent(-1, round))
	if err := errors.Join(err, err2, k.store.Check(t.Context()), k.store.Close()); err != nil {
		t.Errorf("round %d: %v", round, err)
	}
}

// wholePairs compares a round's counters with what was said, and the pairs with
// the counters: every number up to the counter's has both halves, none beyond has one.
func wholePairs(r workspace.Reader, said *acknowledged, round int) error {
	for hand := range 3 {
		name, n := countName(round, hand), 0
		counter, err := r.Document(workspace.KindBatch, name)
		if err == nil {
			n, err = strconv.Atoi(string(counter.Body))
		}
		if err != nil && !errors.Is(err, workspace.ErrNotFound) {
			return err
		}
		if n < said.pairs[name] {
			return fmt.Errorf("%s has come to %d, and %d was acknowledged", name, n, said.pairs[name])
		}
		for i := 1; i <= n+1; i++ {
			if err := wholePair(r, round, hand, i, i <= n); err != nil {
				return err
			}
		}
	}
	return nil
}

func wholePair(r workspace.Reader, round, hand, n int, there bool) error {
	for _, half := range []string{"a", "b"} {
		want := pairHalf(round, hand, n, half)
		got, err := r.Document(want.Kind, want.ID)
		switch {
		case !there && !errors.Is(err, workspace.ErrNotFound):
			return fmt.Errorf("%s is there without its pair: %w", want.ID, err)
		case there && (err != nil || !bytes.Equal(got.Body, want.Body)):
			return fmt.Errorf("%s is not as it was: %w", want.ID, err)
		}
	}
	return nil
}

// check reads a content that was not seen before.
func (k *keeping) check(ctx context.Context, sum workspace.Sum, seen bool) error {
	if seen {
		return nil
	}
	return k.contents.Check(ctx, sum)
}

// wholeContents checks all that is there, and that all that was said is there.
func wholeContents(t *testing.T, k *keeping, said *acknowledged) {
	t.Helper()
	there := map[workspace.Sum]bool{}
	for after := workspace.Sum(""); ; {
		sums, err := k.contents.Sums(t.Context(), after, workspace.MostPage)
		if err != nil {
			t.Fatal(err)
		}
		if len(sums) == 0 {
			break
		}
		for _, sum := range sums {
			there[sum] = true
			if err := k.check(t.Context(), sum, said.seen[sum]); err != nil {
				t.Error(err)
			}
			said.seen[sum] = true
		}
		after = sums[len(sums)-1]
	}
	for _, sum := range said.contents {
		if !there[sum] {
			t.Errorf("the content %s was acknowledged and is gone", sum)
		}
	}
}
