package gtfs

import (
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

// ids remembers what became of each id of one file.
type ids[T ~uint32] struct{ known map[string]T }

// Marks that stand in for an index.
const (
	rejected = transit.None     // its row was left out
	notUsed  = transit.None - 1 // its row is right, but nothing in a timetable
)

// expect makes room for so many ids.
func (i *ids[T]) expect(n int) { i.known = make(map[string]T, n) }

func (i *ids[T]) keep(id string, at T) {
	if i.known == nil {
		i.known = map[string]T{}
	}
	i.known[id] = at
}

// reject marks an id whose row is left out, unless another row keeps it.
func (i *ids[T]) reject(id string) {
	if id != "" && !i.kept(id) {
		i.keep(id, T(rejected))
	}
}

// drop marks an id that was kept before.
func (i *ids[T]) drop(id string) { i.keep(id, T(rejected)) }

func (i *ids[T]) kept(id string) bool {
	at, known := i.known[id]
	return known && uint32(at) != rejected
}

// size is how many ids are kept.
func (i *ids[T]) size() int {
	n := 0
	for id := range i.known {
		if i.kept(id) {
			n++
		}
	}
	return n
}

// own reads a row's own id. It is false, and the row rejected, when the id is
// missing or another row has it.
func (i *ids[T]) own(f *file, c field) (string, bool) {
	id := f.value(c)
	switch {
	case id == "":
		f.reject(codeMissingValue, c)
	case i.kept(id):
		f.reject(codeDuplicateID, c)
	default:
		return id, true
	}
	return id, false
}

// refer follows a reference. It is false, and the row rejected, when the id is
// missing, unknown, or that of a row that was left out; in names the file that
// should have it.
func (i *ids[T]) refer(f *file, c field, in string) (T, bool) {
	id := f.value(c)
	at, known := i.known[id]
	if known && uint32(at) < notUsed {
		return at, true
	}
	code, args := wrongReference(uint32(at), known, id == "", in)
	f.reject(code, c, args...)
	return 0, false
}

// wrongReference is what is wrong with a reference, and the words to say it.
func wrongReference(at uint32, known, empty bool, in string) (finding.Code, []string) {
	switch {
	case known && at == rejected:
		return codeRejectedReference, []string{"in", in}
	case known:
		return codeNotAPlatform, nil
	case empty:
		return codeMissingValue, nil
	}
	return codeUnknownReference, []string{"in", in}
}
