package conformance

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/qala-city/qala/internal/workspace"
)

// Keeper keeps contents.
type Keeper interface {
	Put(ctx context.Context, from io.Reader) (workspace.Sum, int64, error)
	Open(ctx context.Context, sum workspace.Sum) (io.ReadSeekCloser, int64, error)
	Has(ctx context.Context, sum workspace.Sum) (bool, error)
	Remove(ctx context.Context, sum workspace.Sum) error
	Check(ctx context.Context, sum workspace.Sum) error
	Sums(ctx context.Context, after workspace.Sum, limit int) ([]workspace.Sum, error)
}

// Shelf is where contents are: each call opens it, again.
type Shelf func() (Keeper, error)

// Contents tests a keeper of contents. Every call of shelf is a new, empty one.
func Contents(t *testing.T, shelf func(testing.TB) Shelf) {
	tests := map[string]func(*testing.T, *keeping){
		"sizes":                      sizes,
		"seeking":                    seeking,
		"the same twice":             twice,
		"many at once":               manyAtOnce,
		"a reader that fails":        failingReader,
		"a reader that panics":       panickingReader,
		"contents that are not kept": notKept,
		"removing contents":          removingContents,
		"the list of contents":       listing,
		"contents, ctx ends":         contentsCanceled,
		"contents, reopened":         contentsReopened,
	}
	for _, name := range sorted(tests) {
		t.Run(name, func(t *testing.T) {
			place := shelf(t)
			keeper, err := place()
			if err != nil {
				t.Fatal(err)
			}
			tests[name](t, &keeping{keeper, t, place})
		})
	}
}

// keeping is an open keeper and the test that uses it.
type keeping struct {
	Keeper
	t     testing.TB
	shelf Shelf
}

// sumOf is the name that a content must get.
func sumOf(content []byte) workspace.Sum {
	sum := sha256.Sum256(content)
	return workspace.Sum(hex.EncodeToString(sum[:]))
}

func (k *keeping) put(content []byte) workspace.Sum {
	k.t.Helper()
	sum, length, err := k.Put(k.t.Context(), bytes.NewReader(content))
	if err != nil || sum != sumOf(content) || length != int64(len(content)) {
		k.t.Fatalf("%s of %d bytes, want %s of %d (%v)", sum, length, sumOf(content), len(content), err)
	}
	return sum
}

// same fails the test unless a content is there, whole.
func (k *keeping) same(content []byte) {
	k.t.Helper()
	reader, length, err := k.Open(k.t.Context(), sumOf(content))
	if err != nil {
		k.t.Error(err)
		return
	}
	got, err := io.ReadAll(reader)
	if err != nil || length != int64(len(content)) || !bytes.Equal(got, content) {
		k.t.Errorf("%d bytes came back of %d, said to be %d (%v)", len(got), len(content), length, err)
	}
	if err := errors.Join(reader.Close(), k.Check(k.t.Context(), sumOf(content))); err != nil {
		k.t.Error(err)
	}
}

func (k *keeping) all() []workspace.Sum {
	k.t.Helper()
	sums, err := k.Sums(k.t.Context(), "", workspace.MostPage)
	if err != nil {
		k.t.Fatal(err)
	}
	return sums
}

// Sizes around those of chunks and buffers.
var someSizes = []int{0, 1, 511, 32 << 10, 1<<20 - 1, 1 << 20, 1<<20 + 1, 2 << 20, 5<<20 + 3}

func sizes(_ *testing.T, k *keeping) {
	for i, size := range someSizes {
		k.put(noise(uint64(i), size))
	}
	for i, size := range someSizes {
		k.same(noise(uint64(i), size))
	}
}

func seeking(t *testing.T, k *keeping) {
	content := noise(3, 3<<20+7)
	reader, _, err := k.Open(t.Context(), k.put(content))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = reader.Close() }()
	if err := iotest.TestReader(io.LimitReader(reader, 0), nil); err != nil {
		t.Error(err)
	}
	for _, at := range []int64{2<<20 - 3, 0, 3<<20 + 6, 1 << 20, 17} {
		if got, err := reader.Seek(at, io.SeekStart); err != nil || got != at {
			t.Errorf("at %d: %d, %v", at, got, err)
		}
		part := make([]byte, min(9, int64(len(content))-at))
		if _, err := io.ReadFull(reader, part); err != nil || !bytes.Equal(part, content[at:at+int64(len(part))]) {
			t.Errorf("at %d: other bytes (%v)", at, err)
		}
	}
	if at, err := reader.Seek(-4, io.SeekEnd); err != nil || at != int64(len(content))-4 {
		t.Errorf("%d, %v", at, err)
	}
	if at, err := reader.Seek(-6, io.SeekCurrent); err != nil || at != int64(len(content))-10 {
		t.Errorf("%d, %v", at, err)
	}
	if _, err := reader.Seek(-1, io.SeekStart); err == nil {
		t.Error("before the beginning")
	}
	if _, err := reader.Seek(5, io.SeekEnd); err != nil {
		t.Error(err)
	}
	if got, err := reader.Read(make([]byte, 1)); got != 0 || !errors.Is(err, io.EOF) {
		t.Errorf("behind the end: %d, %v", got, err)
	}
}

func twice(t *testing.T, k *keeping) {
	content := noise(4, 100_000)
	k.put(content)
	k.put(content)
	if got := k.all(); !slices.Equal(got, []workspace.Sum{sumOf(content)}) {
		t.Errorf("%q", got)
	}
	k.same(content)
}

// manyAtOnce puts the same contents by several, through two that are open.
func manyAtOnce(t *testing.T, k *keeping) {
	other, err := k.shelf()
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for hand := range hands {
		one := &keeping{[]Keeper{k.Keeper, other}[hand%2], t, k.shelf}
		group.Go(func() {
			for i := range uint64(4) {
				sum, _, err := one.Put(t.Context(), bytes.NewReader(noise(i, 1<<20+1)))
				if err != nil || sum != sumOf(noise(i, 1<<20+1)) {
					t.Errorf("%s, %v", sum, err)
					return
				}
				one.same(noise(i, 1<<20+1))
			}
		})
	}
	group.Wait()
	if got := k.all(); len(got) != 4 {
		t.Errorf("%d contents", len(got))
	}
}

func failingReader(t *testing.T, k *keeping) {
	for _, length := range []int{0, 10, 3 << 20} {
		from := io.MultiReader(bytes.NewReader(noise(5, length)), iotest.ErrReader(errMidway))
		if sum, _, err := k.Put(t.Context(), from); !errors.Is(err, errMidway) {
			t.Errorf("%s, %v", sum, err)
		}
	}
	if got := k.all(); len(got) != 0 {
		t.Errorf("%q is kept", got)
	}
}

// panicking is a reader that gives something first.
type panicking struct{ given bool }

// Read panics the second time.
func (p *panicking) Read(into []byte) (int, error) {
	if p.given {
		panic(errMidway)
	}
	p.given = true
	return len(into), nil
}

func panickingReader(t *testing.T, k *keeping) {
	if caught := caughtPanic(func() { _, _, _ = k.Put(t.Context(), &panicking{}) }); caught != any(errMidway) {
		t.Errorf("the panic came out as %v", caught)
	}
	if got := k.all(); len(got) != 0 {
		t.Errorf("%q is kept", got)
	}
	k.put([]byte("later"))
}

func notKept(t *testing.T, k *keeping) {
	k.put([]byte("something"))
	for _, sum := range []workspace.Sum{sumOf([]byte("else")), "", "ab", "../../etc/passwd", "\x00", "\xff", workspace.Sum(bytes.Repeat([]byte("/"), 64))} {
		if _, _, err := k.Open(t.Context(), sum); !errors.Is(err, workspace.ErrNoContent) {
			t.Errorf("opening %q: %v", sum, err)
		}
		if has, err := k.Has(t.Context(), sum); has || err != nil {
			t.Errorf("has %q: %v, %v", sum, has, err)
		}
		if err := k.Remove(t.Context(), sum); !errors.Is(err, workspace.ErrNoContent) {
			t.Errorf("removing %q: %v", sum, err)
		}
		if err := k.Check(t.Context(), sum); !errors.Is(err, workspace.ErrNoContent) {
			t.Errorf("checking %q: %v", sum, err)
		}
	}
}

func removingContents(t *testing.T, k *keeping) {
	first, second := []byte("first"), noise(6, 2<<20)
	k.put(first)
	k.put(second)
	if has, err := k.Has(t.Context(), sumOf(second)); !has || err != nil {
		t.Errorf("%v, %v", has, err)
	}
	if err := k.Remove(t.Context(), sumOf(second)); err != nil {
		t.Fatal(err)
	}
	if has, err := k.Has(t.Context(), sumOf(second)); has || err != nil {
		t.Errorf("%v, %v", has, err)
	}
	if got := k.all(); !slices.Equal(got, []workspace.Sum{sumOf(first)}) {
		t.Errorf("%q", got)
	}
	k.put(second)
	k.same(second)
	k.same(first)
}

func listing(t *testing.T, k *keeping) {
	var want []workspace.Sum
	for i := range 40 {
		want = append(want, k.put(fmt.Append(nil, i)))
	}
	slices.Sort(want)
	for _, limit := range []int{1, 7, 40, workspace.MostPage} {
		var got []workspace.Sum
		for after := workspace.Sum(""); ; after = got[len(got)-1] {
			part, err := k.Sums(t.Context(), after, limit)
			if err != nil || len(part) > limit {
				t.Fatalf("%d for %d, %v", len(part), limit, err)
			}
			if got = append(got, part...); len(part) == 0 {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("pages of %d: %q, want %q", limit, got, want)
		}
	}
	for _, limit := range []int{0, -1, workspace.MostPage + 1} {
		if _, err := k.Sums(t.Context(), "", limit); !errors.Is(err, workspace.ErrLimit) {
			t.Errorf("%d: %v", limit, err)
		}
	}
	if got, err := k.Sums(t.Context(), "g", 10); err != nil || len(got) != 0 {
		t.Errorf("behind all: %q, %v", got, err)
	}
}

func contentsCanceled(t *testing.T, k *keeping) {
	sum := k.put(noise(7, 1<<20))
	ctx, cancel := context.WithCancel(t.Context())
	endless := readerFunc(func(into []byte) (int, error) { cancel(); return len(into), nil })
	if _, _, err := k.Put(ctx, endless); !errors.Is(err, context.Canceled) {
		t.Errorf("putting: %v", err)
	}
	if _, _, err := k.Open(ctx, sum); !errors.Is(err, context.Canceled) {
		t.Errorf("opening: %v", err)
	}
	if err := k.Check(ctx, sum); !errors.Is(err, context.Canceled) {
		t.Errorf("checking: %v", err)
	}
	if err := k.Remove(ctx, sum); !errors.Is(err, context.Canceled) {
		t.Errorf("removing: %v", err)
	}
	if _, err := k.Sums(ctx, "", 1); !errors.Is(err, context.Canceled) {
		t.Errorf("listing: %v", err)
	}
	k.same(noise(7, 1<<20))
}

type readerFunc func([]byte) (int, error)

// Read calls the function.
func (f readerFunc) Read(into []byte) (int, error) { return f(into) }

func contentsReopened(t *testing.T, k *keeping) {
	k.put(noise(8, 1<<20+9))
	other, err := k.shelf()
	if err != nil {
		t.Fatal(err)
	}
	(&keeping{other, t, k.shelf}).same(noise(8, 1<<20+9))
}
