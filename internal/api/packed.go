package api

import (
	"bytes"
	"sync"

	"github.com/klauspost/compress/gzip"

	"github.com/qala-city/qala/internal/workspace"
)

// packed keeps contents that were packed for readers, the last ones up to a number of bytes.
type packed struct {
	mu    sync.Mutex
	most  int
	held  int
	order []workspace.Sum // oldest first
	data  map[workspace.Sum][]byte
}

func newPacked(most int) *packed { return &packed{most: most, data: map[workspace.Sum][]byte{}} }

// get is a packed content; read is asked where it is not kept.
func (p *packed) get(sum workspace.Sum, read func() ([]byte, error)) ([]byte, error) {
	p.mu.Lock()
	data, kept := p.data[sum]
	p.mu.Unlock()
	if kept {
		return data, nil
	}
	plain, err := read()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestSpeed) // the level is one of those that there are
	_, _ = w.Write(plain)                             // a buffer takes everything
	_ = w.Close()
	p.put(sum, out.Bytes())
	return out.Bytes(), nil
}

func (p *packed) put(sum workspace.Sum, data []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, kept := p.data[sum]; kept || len(data) > p.most {
		return
	}
	p.data[sum], p.order, p.held = data, append(p.order, sum), p.held+len(data)
	for p.held > p.most {
		oldest := p.order[0]
		p.held -= len(p.data[oldest])
		delete(p.data, oldest)
		p.order = p.order[1:]
	}
}
