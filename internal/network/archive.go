package network

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/street"
)

// archive carries values to bytes or back. One listing of the fields (see
// layout.go) is walked for both ways, so that writing and reading cannot drift
// apart. Reading trusts no count: a column that is longer than the bytes that
// are left ends the work with an error.
type archive struct {
	reading bool
	bytes   []byte // written so far, or left to read
	err     error
}

// take is the next n bytes to read; nil after an error.
func (a *archive) take(n uint64) []byte {
	if a.err != nil || n > uint64(len(a.bytes)) {
		a.fail("a column is longer than the file")
		return nil
	}
	taken := a.bytes[:n]
	a.bytes = a.bytes[n:]
	return taken
}

func (a *archive) fail(what string) {
	if a.err == nil {
		a.err = fmt.Errorf("%w: %s", ErrDamaged, what)
	}
}

// count carries the length of a column.
func (a *archive) count(n int) int {
	count := uint32(n)
	a.uint32(&count)
	return int(count)
}

func (a *archive) uint32(v *uint32) {
	if !a.reading {
		a.bytes = binary.LittleEndian.AppendUint32(a.bytes, *v)
	} else if b := a.take(4); b != nil {
		*v = binary.LittleEndian.Uint32(b)
	}
}

func (a *archive) float64(v *float64) {
	if !a.reading {
		a.bytes = binary.LittleEndian.AppendUint64(a.bytes, math.Float64bits(*v))
	} else if b := a.take(8); b != nil {
		*v = math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
}

func (a *archive) bool(v *bool) {
	b := []uint8{0}
	if *v {
		b[0] = 1
	}
	fixed(a, &b, 1, 1, putByte, getByte)
	if a.err == nil && b[0] > 1 {
		a.fail("a flag is neither yes nor no")
	}
	*v = a.err == nil && b[0] == 1
}

// fixed carries n values of a fixed width without their count.
func fixed[T any](a *archive, column *[]T, n, width int, put func([]byte, T) []byte, get func([]byte) T) {
	if !a.reading {
		a.bytes = slices.Grow(a.bytes, n*width)
		for _, v := range *column {
			a.bytes = put(a.bytes, v)
		}
		return
	}
	b := a.take(uint64(n) * uint64(width))
	*column = nil
	if a.err != nil || n == 0 {
		return
	}
	*column = make([]T, n)
	for i := range *column {
		(*column)[i] = get(b[i*width:])
	}
}

// column carries a count and values of a fixed width.
func column[T any](a *archive, c *[]T, width int, put func([]byte, T) []byte, get func([]byte) T) {
	n := a.count(len(*c))
	fixed(a, c, n, width, put, get)
}

func putByte[T ~uint8](b []byte, v T) []byte { return append(b, byte(v)) }
func getByte[T ~uint8](b []byte) T           { return T(b[0]) }

// bytesOf carries a column of one byte a row.
func bytesOf[T ~uint8](a *archive, c *[]T) { column(a, c, 1, putByte[T], getByte[T]) }

// shorts carries a column of two bytes a row.
func shorts(a *archive, c *[]uint16) {
	column(a, c, 2, binary.LittleEndian.AppendUint16, binary.LittleEndian.Uint16)
}

// words carries columns of four bytes a row.
func words[T ~uint32 | ~int32](a *archive, columns ...*[]T) {
	for _, c := range columns {
		column(a, c, 4,
			func(b []byte, v T) []byte { return binary.LittleEndian.AppendUint32(b, uint32(v)) },
			func(b []byte) T { return T(binary.LittleEndian.Uint32(b)) })
	}
}

// reals carries columns of short floating point numbers, bit by bit.
func reals(a *archive, columns ...*[]float32) {
	for _, c := range columns {
		column(a, c, 4,
			func(b []byte, v float32) []byte { return binary.LittleEndian.AppendUint32(b, math.Float32bits(v)) },
			func(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) })
	}
}

// flags carries a column of yes and no.
func flags(a *archive, c *[]bool) {
	n := a.count(len(*c))
	if a.reading && n > len(a.bytes) {
		a.fail("a column is longer than the file")
		return
	}
	rows(a, c, n, (*archive).bool)
}

// points carries a column of positions.
func points(a *archive, c *[]geo.Point) {
	column(a, c, 16,
		func(b []byte, p geo.Point) []byte {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p.Lat))
			return binary.LittleEndian.AppendUint64(b, math.Float64bits(p.Lon))
		},
		func(b []byte) geo.Point {
			return geo.Point{
				Lat: math.Float64frombits(binary.LittleEndian.Uint64(b)),
				Lon: math.Float64frombits(binary.LittleEndian.Uint64(b[8:])),
			}
		})
}

// positions carries a column of positions on streets.
func positions(a *archive, c *[]street.Position) {
	column(a, c, 8,
		func(b []byte, p street.Position) []byte {
			b = binary.LittleEndian.AppendUint32(b, uint32(p.Lat))
			return binary.LittleEndian.AppendUint32(b, uint32(p.Lon))
		},
		func(b []byte) street.Position {
			return street.Position{Lat: int32(binary.LittleEndian.Uint32(b)), Lon: int32(binary.LittleEndian.Uint32(b[4:]))}
		})
}

// rows carries n values that are more than a number, one after the other.
// Reading appends as it goes, so that a false count costs no memory.
func rows[T any](a *archive, c *[]T, n int, one func(*archive, *T)) {
	if !a.reading {
		for i := range *c {
			one(a, &(*c)[i])
		}
		return
	}
	*c = nil
	for i := 0; i < n && a.err == nil; i++ {
		var v T
		one(a, &v)
		*c = append(*c, v)
	}
}

// list carries a count and that many values.
func list[T any](a *archive, c *[]T, one func(*archive, *T)) {
	n := a.count(len(*c))
	rows(a, c, n, one)
}

// text carries one string.
func text[T ~string](a *archive, v *T) {
	n := a.count(len(*v))
	if !a.reading {
		a.bytes = append(a.bytes, *v...)
		return
	}
	*v = T(a.take(uint64(n)))
}

// texts carries columns of strings: all lengths, then all letters.
func texts[T ~string](a *archive, columns ...*[]T) {
	for _, c := range columns {
		lengths := make([]uint32, len(*c))
		for i, v := range *c {
			lengths[i] = uint32(len(v))
		}
		words(a, &lengths)
		letters(a, c, lengths)
	}
}

// letters carries strings whose lengths are known. A column shares one block
// of memory.
func letters[T ~string](a *archive, c *[]T, lengths []uint32) {
	if !a.reading {
		for _, v := range *c {
			a.bytes = append(a.bytes, v...)
		}
		return
	}
	total := uint64(0)
	for _, n := range lengths {
		total += uint64(n)
	}
	block := string(a.take(total))
	*c = nil
	if a.err != nil || len(lengths) == 0 {
		return
	}
	*c = make([]T, len(lengths))
	for i, n := range lengths {
		(*c)[i], block = T(block[:n]), block[n:]
	}
}

// names carries a name in several languages, in the languages' order.
func names(a *archive, n *label.Names) {
	languages := n.Languages()
	called := make([]string, len(languages))
	for i, l := range languages {
		called[i] = (*n)[l]
	}
	texts(a, &languages, &called)
	if !a.reading || a.err != nil {
		return
	}
	*n = nil
	if len(languages) != len(called) {
		a.fail("languages without names")
		return
	}
	a.fillNames(n, languages, called)
}

func (a *archive) fillNames(n *label.Names, languages, called []string) {
	for i, l := range languages {
		if i > 0 && languages[i-1] >= l {
			a.fail("languages out of order")
		}
		if *n == nil {
			*n = label.Names{}
		}
		(*n)[l] = called[i]
	}
}
