package sqlite

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/qala-city/qala/internal/store/contents"
	"github.com/qala-city/qala/internal/store/relation"
	"github.com/qala-city/qala/internal/workspace"
)

// The program of these tests is also the process that they kill: with childMode
// set it keeps documents and contents and says on its standard output what was
// acknowledged, a line each.
const (
	childMode   = "QALA_STORE_CHILD"  // "storm", until it is killed, "steps", or "narrow", where no file may be large
	childFolder = "QALA_STORE_FOLDER" // where
	childRound  = "QALA_STORE_ROUND"  // a number that no other child has in that folder
)

func TestMain(m *testing.M) {
	if mode := os.Getenv(childMode); mode != "" {
		os.Exit(child(mode))
	}
	os.Exit(m.Run())
}

// keeping is a store and contents in one folder.
type keeping struct {
	store    *relation.Store
	contents *contents.Folder
	round    int
}

func keepIn(ctx context.Context, folder string) (*keeping, error) {
	store, err := Open(ctx, filepath.Join(folder, "qala.db"))
	if err != nil {
		return nil, err
	}
	files, err := contents.OpenFolder(filepath.Join(folder, "contents"))
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return &keeping{store: store, contents: files}, nil
}

func child(mode string) int {
	runtime.LockOSThread() // calls that shall fail are counted by thread
	k, err := keepIn(context.Background(), os.Getenv(childFolder))
	if err != nil {
		say("failed opening: %v", err)
		return 3
	}
	k.round, _ = strconv.Atoi(os.Getenv(childRound))
	say("open")
	switch mode {
	case "storm":
		k.storm()
	case "narrow":
		if err := narrow(256 << 10); err != nil {
			say("failed narrow: %v", err)
		}
	}
	k.steps()
	return 0
}

// say writes a line in one call, until it is said.
func say(format string, values ...any) {
	line := []byte(strings.ReplaceAll(fmt.Sprintf(format, values...), "\n", " ") + "\n")
	for {
		if _, err := os.Stdout.Write(line); err == nil {
			return
		} else if errors.Is(err, syscall.EPIPE) {
			os.Exit(4)
		}
	}
}

// storm keeps as much as it can, by several hands.
func (k *keeping) storm() {
	for hand := range 3 {
		go func() {
			for n := 1; k.pair(hand, n) == nil; n++ {
			}
		}()
	}
	for n := 1; k.content(n) == nil; n++ {
	}
	select {} // the disk failed; wait for the end
}

// steps keeps a document, a content and so on, and does not stop at a failure: it
// tries the same pair again.
func (k *keeping) steps() {
	next := 1
	for n := range 12 {
		if err := k.pair(0, next); err != nil {
			say("failed pair: broken %v: %v", errors.Is(err, workspace.ErrBroken), err)
		} else {
			next++
		}
		if err := k.content(n + 1); err != nil {
			say("failed content: broken %v: %v", errors.Is(err, workspace.ErrBroken), err)
		}
	}
	say("done")
}

// pair keeps two documents, and the number of the last pair in a third, at once.
func (k *keeping) pair(hand, n int) error {
	err := k.store.Write(context.Background(), func(w workspace.Writer) error {
		for _, half := range []string{"a", "b"} {
			if err := w.Insert(pairHalf(k.round, hand, n, half)); err != nil {
				return err
			}
		}
		return countTo(w, k.round, hand, n)
	})
	if err == nil {
		say("pair %d %d %d", k.round, hand, n)
	}
	return err
}

func pairHalf(round, hand, n int, half string) workspace.Document {
	id := fmt.Sprintf("%d-%d-%d-%s", round, hand, n, half)
	return workspace.Document{Kind: workspace.KindRun, ID: id, Body: bytes.Repeat([]byte(id), 1+(n*7919+hand)%700)}
}

func countName(round, hand int) string { return fmt.Sprintf("%d-%d", round, hand) }

func countTo(w workspace.Writer, round, hand, n int) error {
	counter, err := w.Document(workspace.KindBatch, countName(round, hand))
	counter.Kind, counter.ID, counter.Body = workspace.KindBatch, countName(round, hand), []byte(strconv.Itoa(n))
	if errors.Is(err, workspace.ErrNotFound) {
		return w.Insert(counter)
	}
	if err != nil {
		return err
	}
	_, err = w.Replace(counter)
	return err
}

func (k *keeping) content(n int) error {
	sum, length, err := k.contents.Put(context.Background(), someContent(k.round, n))
	if err == nil {
		say("content %s %d", sum, length)
	}
	return err
}

// someContent is of another length every time, up to half a mebibyte.
func someContent(round, n int) io.Reader {
	word := fmt.Sprintf("content %d of round %d;", n, round)
	return strings.NewReader(strings.Repeat(word, 1+(n*7919)%(512<<10)/len(word)))
}
