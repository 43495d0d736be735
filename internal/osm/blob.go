package osm

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// What the format allows, and how much a file may unfold to: real files unfold
// to three times their size, so twenty times is no map.
const (
	mostHeader = 64 << 10
	mostBlock  = 32 << 20
	mostRatio  = 20
)

// features are what a file may demand of its reader.
var features = []string{"OsmSchema-V0.6", "DenseNodes"}

// eachBlock reads the file from its begin and hands on every block of data.
func (r *reader) eachBlock(use func([]byte) error) error {
	if r.src.Size <= 0 {
		return r.failure(Empty, nil)
	}
	r.inflated = 0
	for offset := int64(0); offset < r.src.Size; {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		kind, data, next, err := r.block(offset)
		if err != nil {
			return err
		}
		if err := r.useBlock(kind, data, offset == 0, use); err != nil {
			return err
		}
		offset = next
		if r.src.Progress != nil {
			r.src.Progress(r.pass*r.src.Size+offset, 2*r.src.Size)
		}
	}
	r.pass++
	return r.ctx.Err()
}

func (r *reader) useBlock(kind string, data []byte, first bool, use func([]byte) error) error {
	var err error
	switch {
	case first && kind != "OSMHeader":
		return r.failure(NotPBF, fmt.Errorf("its first block is %q", kind))
	case kind == "OSMHeader":
		return r.readHeader(data)
	case kind == "OSMData":
		err = use(data)
	}
	if err != nil {
		return r.failure(Damaged, err)
	}
	return nil
}

// block reads the block at an offset and tells where the next one begins.
func (r *reader) block(offset int64) (kind string, data []byte, next int64, err error) {
	// Until the first block is known for what it is, a mistake means another format.
	wrong := Damaged
	if offset == 0 {
		wrong = NotPBF
	}
	var size [4]byte
	if err := r.fill(size[:], offset); err != nil {
		return "", nil, 0, err
	}
	n := binary.BigEndian.Uint32(size[:])
	if n > mostHeader {
		return "", nil, 0, r.failure(wrong, fmt.Errorf("a block header of %d bytes", n))
	}
	header := make([]byte, n)
	if err := r.fill(header, offset+4); err != nil {
		return "", nil, 0, err
	}
	kind, length, err := blockHeader(header)
	switch {
	case err != nil:
		return "", nil, 0, r.failure(wrong, err)
	case length > mostBlock:
		return "", nil, 0, r.failure(TooLarge, fmt.Errorf("a block of %d bytes", length))
	}
	begin := offset + 4 + int64(n)
	if begin+int64(length) > r.src.Size {
		return "", nil, 0, r.failure(Truncated, io.ErrUnexpectedEOF)
	}
	blob := make([]byte, length)
	if err := r.fill(blob, begin); err != nil {
		return "", nil, 0, err
	}
	data, err = r.unfold(blob)
	return kind, data, begin + int64(length), err
}

// fill reads bytes of the file.
func (r *reader) fill(into []byte, offset int64) error {
	n, err := r.src.Bytes.ReadAt(into, offset)
	switch {
	case n == len(into):
		return nil
	case errors.Is(err, io.EOF):
		return r.failure(Truncated, io.ErrUnexpectedEOF)
	}
	return r.failure(Damaged, err)
}

func blockHeader(data []byte) (kind string, length uint64, err error) {
	m := message{left: data}
	for f := m.field(); f != 0; f = m.field() {
		switch f {
		case 1:
			kind = string(m.bytes())
		case 3:
			length = m.varint()
		default:
			m.skip()
		}
	}
	return kind, length, m.err
}

// unfold unpacks a block.
func (r *reader) unfold(blob []byte) ([]byte, error) {
	m := message{left: blob}
	var raw, packed []byte
	size, foreign := uint64(0), uint64(0)
	for f := m.field(); f != 0; f = m.field() {
		switch f {
		case 1:
			raw = m.bytes()
		case 2:
			size = m.varint()
		case 3:
			packed = m.bytes()
		default:
			foreign = f
			m.skip()
		}
	}
	switch {
	case m.err != nil:
		return nil, r.failure(Damaged, m.err)
	case packed != nil:
		return r.inflate(packed, size)
	case raw == nil && foreign != 0:
		return nil, r.failure(Unsupported, fmt.Errorf("a block packed by method %d", foreign))
	}
	return raw, nil
}

func (r *reader) inflate(packed []byte, size uint64) ([]byte, error) {
	r.inflated += int64(min(size, mostBlock+1))
	if size > mostBlock || r.inflated > mostBlock+mostRatio*r.src.Size {
		return nil, r.failure(TooLarge, fmt.Errorf("a block unfolds to %d bytes", size))
	}
	data, err := r.inflater.inflate(packed, int64(size))
	if err != nil {
		return nil, r.failure(Damaged, err)
	}
	return data, nil
}

// inflater is the scratch for unpacking; what it gives is gone with the next block.
type inflater struct {
	zlib io.ReadCloser
	data bytes.Buffer
}

func (i *inflater) inflate(packed []byte, size int64) ([]byte, error) {
	var err error
	if i.zlib == nil {
		i.zlib, err = zlib.NewReader(bytes.NewReader(packed))
	} else {
		err = i.zlib.(zlib.Resetter).Reset(bytes.NewReader(packed), nil)
	}
	if err != nil {
		i.zlib = nil
		return nil, err
	}
	i.data.Reset()
	// One byte more than announced, so that the checksum behind the last is met.
	n, err := io.Copy(&i.data, io.LimitReader(i.zlib, size+1))
	if err != nil {
		return nil, err
	}
	if n != size {
		return nil, fmt.Errorf("a block announces %d bytes and unfolds to others", size)
	}
	return i.data.Bytes(), nil
}

// readHeader checks what the file demands and takes the time of its data.
func (r *reader) readHeader(data []byte) error {
	m := message{left: data}
	for f := m.field(); f != 0; f = m.field() {
		switch f {
		case 4:
			if need := string(m.bytes()); m.err == nil && !slices.Contains(features, need) {
				return r.failure(Unsupported, fmt.Errorf("it needs a reader that knows %q", need))
			}
		case 32:
			r.changed = max(r.changed, int64(m.varint()))
		default:
			m.skip()
		}
	}
	if m.err != nil {
		return r.failure(NotPBF, m.err)
	}
	return nil
}
