package contents

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/qala-city/qala/internal/store/conformance"
	"github.com/qala-city/qala/internal/workspace"
)

func TestCacheConforms(t *testing.T) {
	conformance.Contents(t, func(t testing.TB) conformance.Shelf {
		roots := []string{t.TempDir(), t.TempDir()}
		return func() (conformance.Keeper, error) {
			near, err := OpenFolder(roots[0])
			far, err2 := OpenFolder(roots[1])
			return Cached(near, far), errors.Join(err, err2)
		}
	})
}

// slow counts how often it is asked, and answers when it may.
type slow struct {
	*Folder
	asked atomic.Int64
	may   chan struct{}
	spoil func(io.ReadSeekCloser) io.ReadSeekCloser
}

// Open waits first.
func (s *slow) Open(ctx context.Context, sum workspace.Sum) (io.ReadSeekCloser, int64, error) {
	s.asked.Add(1)
	<-s.may
	from, length, err := s.Folder.Open(ctx, sum)
	if err == nil && s.spoil != nil {
		from = s.spoil(from)
	}
	return from, length, err
}

func TestManyAskAndOneFetches(t *testing.T) {
	far := &slow{Folder: folder(t), may: make(chan struct{})}
	sum := put(t, far.Folder, "a network")
	cache := Cached(folder(t), far)
	gone, leave := context.WithCancel(t.Context())
	var group sync.WaitGroup
	var here atomic.Int64
	for i := range 20 {
		ctx := t.Context()
		if i == 0 {
			ctx = gone
		}
		group.Go(func() {
			here.Add(1)
			from, _, err := cache.Open(ctx, sum)
			if i == 0 {
				if !errors.Is(err, context.Canceled) {
					t.Errorf("%v", err)
				}
				return
			}
			content, err2 := io.ReadAll(from)
			if string(content) != "a network" || errors.Join(err, err2, from.Close()) != nil {
				t.Errorf("%q, %v, %v", content, err, err2)
			}
		})
	}
	leave() // whoever began does not take the content away from the others
	close(far.may)
	group.Wait()
	if far.asked.Load() != 1 || here.Load() != 20 {
		t.Errorf("fetched %d times", far.asked.Load())
	}
	if has, err := cache.folder.Has(t.Context(), sum); !has || err != nil {
		t.Errorf("%v, %v", has, err)
	}
}

type spoilt struct {
	io.ReadSeekCloser
	from io.Reader
}

// Read reads something else.
func (s spoilt) Read(into []byte) (int, error) { return s.from.Read(into) }

func TestWhatComesSpoiltIsNotTaken(t *testing.T) {
	for name, spoil := range map[string]func(io.Reader) io.Reader{
		"other":  func(io.Reader) io.Reader { return strings.NewReader("a netw0rk") },
		"short":  func(r io.Reader) io.Reader { return io.LimitReader(r, 4) },
		"broken": func(r io.Reader) io.Reader { return io.MultiReader(io.LimitReader(r, 4), failing{}) },
	} {
		t.Run(name, func(t *testing.T) {
			far := &slow{Folder: folder(t), may: make(chan struct{})}
			close(far.may)
			far.spoil = func(r io.ReadSeekCloser) io.ReadSeekCloser { return spoilt{r, spoil(r)} }
			sum := put(t, far.Folder, "a network")
			cache := Cached(folder(t), far)
			if _, _, err := cache.Open(t.Context(), sum); !errors.Is(err, workspace.ErrDamaged) && !errors.Is(err, os.ErrClosed) {
				t.Errorf("%v", err)
			}
			if sums, err := cache.folder.Sums(t.Context(), "", 10); len(sums) != 0 || err != nil {
				t.Errorf("%q is kept, %v", sums, err)
			}
			far.spoil = nil
			from, _, err := cache.Open(t.Context(), sum)
			if err != nil {
				t.Fatal(err)
			}
			if content, err := io.ReadAll(from); !bytes.Equal(content, []byte("a network")) || err != nil {
				t.Errorf("%q, %v", content, err)
			}
			_ = from.Close()
		})
	}
}

type failing struct{}

// Read fails.
func (failing) Read([]byte) (int, error) { return 0, os.ErrClosed }
