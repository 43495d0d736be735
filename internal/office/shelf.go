package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/workspace"
)

// Shelf keeps decoded networks and results in memory, the last ones that were
// asked for, up to a number of bytes of their contents.
type Shelf struct {
	mu    sync.Mutex
	most  int64
	held  int64
	books map[workspace.Sum]*book
	clock uint64
}

// book is one content, decoded once however many ask for it.
type book struct {
	once  sync.Once
	value any
	err   error
	bytes int64
	used  uint64
}

// NewShelf is an empty shelf that holds contents of so many bytes.
func NewShelf(most int64) *Shelf { return &Shelf{most: most, books: map[workspace.Sum]*book{}} }

// take is a decoded content; read gives it and how long its content is.
func (s *Shelf) take(sum workspace.Sum, read func() (value any, bytes int64, err error)) (any, error) {
	b := s.book(sum)
	b.once.Do(func() {
		var bytes int64
		b.value, bytes, b.err = read()
		s.settle(sum, b, bytes)
	})
	return b.value, b.err
}

func (s *Shelf) book(sum workspace.Sum) *book {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.books[sum]
	if b == nil {
		b = &book{}
		s.books[sum] = b
	}
	s.clock++
	b.used = s.clock
	return b
}

// settle counts a book that was read, and puts the longest unused ones away. One
// that could not be read is not kept.
func (s *Shelf) settle(sum workspace.Sum, b *book, bytes int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b.err != nil {
		delete(s.books, sum)
		return
	}
	b.bytes = max(bytes, 1)
	s.held += b.bytes
	for s.held > s.most && len(s.books) > 1 {
		oldest := s.oldest(sum)
		if oldest == "" {
			return
		}
		s.held -= s.books[oldest].bytes
		delete(s.books, oldest)
	}
}

// oldest is the longest unused book beside one; "" when all others are being read.
func (s *Shelf) oldest(but workspace.Sum) (oldest workspace.Sum) {
	for sum, b := range s.books {
		if sum != but && b.bytes > 0 && (oldest == "" || b.used < s.books[oldest].used) {
			oldest = sum
		}
	}
	return oldest
}

// Network is the network of a version.
func (d *Desk) Network(ctx context.Context, version workspace.Version) (*network.Network, error) {
	value, err := d.Shelf.take(version.Network, func() (any, int64, error) {
		data, err := d.content(ctx, version.Network)
		if err != nil {
			return nil, 0, err
		}
		n, err := network.Decode(data)
		return n, int64(len(data)), err
	})
	if err != nil {
		return nil, err
	}
	return value.(*network.Network), nil
}

// Roads are the streets of a version's network that vehicles drive on; nil where it
// has no streets.
func (d *Desk) Roads(ctx context.Context, version workspace.Version) (*street.Roads, error) {
	value, err := d.Shelf.take("roads of "+version.Network, func() (any, int64, error) {
		n, err := d.Network(ctx, version)
		if err != nil || n.Streets == nil {
			return (*street.Roads)(nil), 1, err
		}
		return n.Streets.Driven(scenario.Driving()), int64(len(n.Streets.From)) * bytesOfRoad, nil
	})
	if err != nil {
		return nil, err
	}
	return value.(*street.Roads), nil
}

// bytesOfRoad is about what a piece of road takes in memory.
const bytesOfRoad = 100

// Results are what a run found out. Nobody changes them.
func (d *Desk) Results(ctx context.Context, run string) (*evaluation.Evaluation, error) {
	out, err := d.Run(ctx, run)
	if err != nil {
		return nil, err
	}
	result, err := out.Result()
	if err != nil {
		return nil, err
	}
	return d.ResultsIn(ctx, result.Results)
}

// ResultsIn are the results in a content. Nobody changes them.
func (d *Desk) ResultsIn(ctx context.Context, sum workspace.Sum) (*evaluation.Evaluation, error) {
	value, err := d.Shelf.take(sum, func() (any, int64, error) {
		data, err := d.content(ctx, sum)
		if err != nil {
			return nil, 0, err
		}
		var e evaluation.Evaluation
		if err := json.Unmarshal(data, &e); err != nil {
			return nil, 0, fmt.Errorf("reading the results in %s: %w", sum, err)
		}
		return &e, int64(len(data)), nil
	})
	if err != nil {
		return nil, err
	}
	return value.(*evaluation.Evaluation), nil
}

// content is a whole content. It is read to its end even when the one who asks goes
// away: others may wait for it.
func (d *Desk) content(ctx context.Context, sum workspace.Sum) ([]byte, error) {
	body, _, err := d.Contents.Open(context.WithoutCancel(ctx), sum)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(body)
	return data, errors.Join(err, body.Close())
}
