package table

import "encoding/binary"

// tidyQuotes reports whether the quotes in some whole lines only stand around
// cells that hold no quote, no comma and no end of line. Then they can be
// taken out, and the text ends where a row does.
func tidyQuotes(text []byte, comma byte) bool {
	s := quoteState{comma: spread(comma), behind: 1}
	whole := len(text) &^ (ahead - 1)
	for i := 0; i < whole; i += ahead {
		if !s.tidy((*[ahead]byte)(text[i : i+ahead])) {
			return false
		}
	}
	last := [ahead]byte{}
	n := copy(last[:], text[whole:])
	last[n%ahead] = '\n' // a text without an end of line ends a row all the same
	return s.tidy(&last) && s.inside == 0
}

// quoteState is what is known of the bytes before those that are looked at.
type quoteState struct {
	comma  uint64
	inside uint64 // all bits: within quotes
	behind uint64 // the lowest bit: behind a comma or an end of line, as is the next
	closed uint64 // behind a closing quote
}

// tidy looks at 64 bytes: bit i stands for byte i.
func (s *quoteState) tidy(text *[ahead]byte) bool {
	quotes, ends := s.marks(text)
	within := sumBits(quotes) ^ s.inside // from an opening quote on to before the closing one
	opening, closing := quotes&within, quotes&^within
	if opening&^(ends<<1|s.behind) != 0 || ends&within != 0 || (closing<<1|s.closed)&^ends != 0 {
		return false
	}
	s.inside, s.behind, s.closed = -(within >> 63), ends>>63, closing>>63
	return true
}

// marks has a bit for each quote, and for each comma and end of line.
func (s *quoteState) marks(text *[ahead]byte) (quotes, ends uint64) {
	const quote, feed, back = '"' * 0x0101010101010101, '\n' * 0x0101010101010101, '\r' * 0x0101010101010101
	for i := 0; i < ahead; i += 8 {
		w := binary.LittleEndian.Uint64(text[i : i+8])
		quotes |= zeros(w^quote) >> 7 * gather >> 56 << i
		ends |= (zeros(w^s.comma) | zeros(w^feed) | zeros(w^back)) >> 7 * gather >> 56 << i
	}
	return quotes, ends
}

// sumBits has in each place whether it and the places below it have an odd number of bits.
func sumBits(x uint64) uint64 {
	for shift := 1; shift < 64; shift *= 2 {
		x ^= x << shift
	}
	return x
}

// withoutQuotes is a text without its quotes.
func withoutQuotes(into, text []byte) []byte {
	if cap(into) < len(text)+ahead+1 {
		into = make([]byte, 0, len(text)+ahead+1)
	}
	into = into[:len(text)]
	n := 0
	for _, c := range text {
		into[n] = c
		if c != '"' {
			n++
		}
	}
	return into[:n]
}
