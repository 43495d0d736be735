package api

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/qala-city/qala/internal/office"
)

// plainText refuses what a title or note may not have: bytes that are no text,
// control characters, and marks that turn the direction of what stands around them.
func plainText(s string) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("%w: it is no UTF-8", office.ErrText)
	}
	for _, r := range s {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || turns(r)) {
			return fmt.Errorf("%w: it has the character U+%04X", office.ErrText, r)
		}
	}
	return nil
}

// turns reports whether a character overrides, embeds or isolates a direction.
func turns(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}
