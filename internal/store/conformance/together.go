package conformance

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"

	"github.com/qala-city/qala/internal/workspace"
)

func snapshot(t *testing.T, d *desk) {
	d.insert(event("a"), event("b"))
	d.read(func(r workspace.Reader) error {
		if _, err := r.Document(workspace.KindEvent, "a"); err != nil {
			return err
		}
		changed := event("b") // meanwhile
		changed.Revision, changed.Body = 1, []byte("2")
		d.write(func(w workspace.Writer) error {
			_, err := w.Replace(changed)
			return errors.Join(err, w.Insert(event("c")), w.Delete(workspace.KindEvent, "a", 1))
		})
		b, err := r.Document(workspace.KindEvent, "b")
		if b.Revision != 1 || string(b.Body) == "2" {
			t.Errorf("the change shows in an older snapshot: %+v", b)
		}
		list, err2 := r.Children(workspace.KindEvent, "astana", workspace.Page{Limit: 10})
		if len(list) != 2 || list[0].ID != "a" || list[1].ID != "b" {
			t.Errorf("the list of an older snapshot: %+v", list)
		}
		return errors.Join(err, err2)
	})
	if got := d.get(workspace.KindEvent, "b"); got.Revision != 2 {
		t.Errorf("a new snapshot has revision %d", got.Revision)
	}
	d.absent(workspace.KindEvent, "a")
}

func ownWrites(t *testing.T, d *desk) {
	d.write(func(w workspace.Writer) error {
		if err := w.Insert(event("a")); err != nil {
			return err
		}
		if a, err := w.Document(workspace.KindEvent, "a"); err != nil || a.Revision != 1 {
			t.Errorf("a writer does not see what it wrote: %+v, %v", a, err)
		}
		if list, err := w.Children(workspace.KindEvent, "astana", workspace.Page{Limit: 10}); err != nil || len(list) != 1 {
			t.Errorf("%d children, %v", len(list), err)
		}
		d.absent(workspace.KindEvent, "a") // for others, until Write returns
		changed := event("a")
		changed.Revision, changed.State = 1, "shut"
		if _, err := w.Replace(changed); err != nil {
			return err
		}
		if list, err := w.InState(workspace.KindEvent, "shut", workspace.Page{Limit: 10}); err != nil || len(list) != 1 || list[0].Revision != 2 {
			t.Errorf("%+v, %v", list, err)
		}
		return nil
	})
}

const (
	hands = 8 // that change the same document
	turns = 12
)

// increments lets many count in one document: read, then write if nobody else did.
func increments(t *testing.T, d *desk) {
	d.insert(workspace.Document{Kind: workspace.KindJob, ID: "count", Body: []byte("0")})
	var group sync.WaitGroup
	for hand := range hands {
		group.Go(func() {
			for range turns {
				if err := d.countOne(hand%2 == 0); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	got := d.get(workspace.KindJob, "count")
	if string(got.Body) != strconv.Itoa(hands*turns) || got.Revision != hands*turns+1 {
		t.Errorf("%s in revision %d, want %d", got.Body, got.Revision, hands*turns)
	}
}

// countOne adds one: within a Write, or from an earlier Read with retries.
func (d *desk) countOne(within bool) error {
	if within {
		return d.Write(d.t.Context(), func(w workspace.Writer) error { return count(w, w) })
	}
	for {
		var then workspace.Document
		err := d.Read(d.t.Context(), func(r workspace.Reader) (err error) {
			then, err = r.Document(workspace.KindJob, "count")
			return err
		})
		if err != nil {
			return err
		}
		err = d.Write(d.t.Context(), func(w workspace.Writer) error { return count(past{then}, w) })
		if !errors.Is(err, workspace.ErrStale) {
			return err
		}
	}
}

// past is a reader of one document as it was.
type past struct{ document workspace.Document }

// Document is it.
func (p past) Document(workspace.Kind, string) (workspace.Document, error) { return p.document, nil }

func count(from interface {
	Document(kind workspace.Kind, id string) (workspace.Document, error)
}, w workspace.Writer,
) error {
	counter, err := from.Document(workspace.KindJob, "count")
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(string(counter.Body))
	if err != nil {
		return err
	}
	counter.Body = []byte(strconv.Itoa(number + 1))
	_, err = w.Replace(counter)
	return err
}

var errMidway = errors.New("midway")

// together interrupts a change of two documents between them, in every way.
func together(t *testing.T, d *desk) {
	d.insert(event("old"))
	two := func(midway func() error) func(workspace.Writer) error {
		return func(w workspace.Writer) error {
			changed := event("old")
			changed.Revision = 1
			if _, err := w.Replace(changed); err != nil {
				return err
			}
			if err := midway(); err != nil {
				return err
			}
			return w.Insert(event("new"))
		}
	}
	unchanged := func(after string) {
		t.Helper()
		if got := d.get(workspace.KindEvent, "old"); got.Revision != 1 {
			t.Errorf("after %s the first document has revision %d", after, got.Revision)
		}
		d.absent(workspace.KindEvent, "new")
	}
	d.refused(errMidway, two(func() error { return errMidway }))
	unchanged("an error")
	if caught := caughtPanic(func() { _ = d.Write(t.Context(), two(func() error { panic(errMidway) })) }); caught != any(errMidway) {
		t.Errorf("the panic came out as %v", caught)
	}
	unchanged("a panic")
	ctx, cancel := context.WithCancel(t.Context())
	if err := d.Write(ctx, two(func() error { cancel(); return nil })); !errors.Is(err, context.Canceled) {
		t.Errorf("with ctx canceled midway: %v", err)
	}
	unchanged("cancellation")
	d.write(two(func() error { return nil }))
	if got := d.get(workspace.KindEvent, "old"); got.Revision != 2 {
		t.Errorf("revision %d", got.Revision)
	}
	d.get(workspace.KindEvent, "new")
}

func caughtPanic(do func()) (caught any) {
	defer func() { caught = recover() }()
	do()
	return nil
}

// swallowed hides the end of ctx from Write: what was done before is not kept all the same.
func swallowed(t *testing.T, d *desk) {
	ctx, cancel := context.WithCancel(t.Context())
	err := d.Write(ctx, func(w workspace.Writer) error {
		if err := w.Insert(event("a")); err != nil {
			return err
		}
		cancel()
		_ = w.Insert(event("b"))
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	d.absent(workspace.KindEvent, "a")
	d.absent(workspace.KindEvent, "b")
	d.insert(event("a"))
}

func readerWrites(t *testing.T, d *desk) {
	err := d.Read(t.Context(), func(r workspace.Reader) error {
		w, ok := r.(workspace.Writer)
		if !ok {
			return errMidway
		}
		return w.Insert(event("a"))
	})
	if err == nil || errors.Is(err, errMidway) {
		t.Errorf("a reader wrote, or is none: %v", err)
	}
	err = d.Read(t.Context(), func(r workspace.Reader) error {
		_ = r.(workspace.Writer).Insert(event("a")) // what the database refused is told, whoever hid it
		return nil
	})
	if err == nil {
		t.Error("an error of the database was hidden")
	}
	d.absent(workspace.KindEvent, "a")
}

func cancellation(t *testing.T, d *desk) {
	d.insert(event("a"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Read(ctx, func(workspace.Reader) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("reading: %v", err)
	}
	if err := d.Write(ctx, func(w workspace.Writer) error { return w.Insert(event("b")) }); !errors.Is(err, context.Canceled) {
		t.Errorf("writing: %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	err := d.Read(ctx, func(r workspace.Reader) error {
		cancel()
		_, err := r.Document(workspace.KindEvent, "a")
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("reading on: %v", err)
	}
	waiting(t, d)
	d.insert(event("b"))
}

// waiting gives up while somebody else writes.
func waiting(t *testing.T, d *desk) {
	d.write(func(w workspace.Writer) error {
		if err := w.Insert(event("slow")); err != nil {
			return err
		}
		ctx, cancel := context.WithCancel(t.Context())
		began := make(chan error, 1)
		go func() { began <- d.Write(ctx, func(w workspace.Writer) error { return w.Insert(event("slow")) }) }()
		cancel()
		if err := <-began; !errors.Is(err, context.Canceled) {
			t.Errorf("waiting for another writer: %v", err)
		}
		return nil
	})
}

func check(t *testing.T, d *desk) {
	for range 3 {
		if err := d.Check(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Check(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func closed(t *testing.T, d *desk) {
	d.insert(event("a"))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err := d.Check(t.Context()); err == nil {
		t.Error("a closed store can be written")
	}
	if err := d.Read(t.Context(), func(workspace.Reader) error { return nil }); err == nil {
		t.Error("a closed store can be read")
	}
}

func reopened(t *testing.T, d *desk) {
	want := map[string]int64{}
	for i := range 5 {
		id := fmt.Sprint("e", i)
		d.insert(event(id))
		want[id] = 1
	}
	changed := event("e3")
	changed.Revision = 1
	d.write(func(w workspace.Writer) error {
		_, err := w.Replace(changed)
		return errors.Join(err, w.Delete(workspace.KindEvent, "e1", 1))
	})
	want["e3"] = 2
	delete(want, "e1")
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // twice at once as well
		again := newDesk(t, d.place)
		got := map[string]int64{}
		again.read(func(r workspace.Reader) error {
			list, err := r.Children(workspace.KindEvent, "astana", workspace.Page{Limit: 10})
			for _, one := range list {
				got[one.ID] = one.Revision
			}
			return err
		})
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%v, want %v", got, want)
		}
		again.insert(event(fmt.Sprint("later", len(want))))
		want[fmt.Sprint("later", len(want))] = 1
	}
}
