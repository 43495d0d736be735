package relation

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qala-city/qala/internal/workspace"
)

// word reports whether a text can be kept beside a body: at most MostID bytes
// of UTF-8 without control characters.
func word(text string) bool {
	return len(text) <= workspace.MostID && utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

// name reports whether a text can name something.
func name(text string) bool { return text != "" && word(text) }

// limits is ErrLimit for a document that cannot be kept.
func limits(d workspace.Document) error {
	if len(d.Body) > workspace.MostBody {
		return fmt.Errorf("%s %q has %d bytes: %w", d.Kind, d.ID, len(d.Body), workspace.ErrLimit)
	}
	if !name(string(d.Kind)) || !name(d.ID) || !word(d.Parent) || !word(d.State) || !word(d.By) {
		return told(d.Kind, d.ID, workspace.ErrLimit)
	}
	return nil
}
