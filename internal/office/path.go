package office

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode"

	"github.com/qala-city/qala/internal/workspace"
)

// checkPath refuses a path that is another one on another system, or looks like
// another one: it will stand in archives, on disks and on pages.
func checkPath(path string) error {
	odd := func(r rune) bool {
		return r == '\\' || r == ':' || r == unicode.ReplacementChar || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	}
	if !fs.ValidPath(path) || path == "." || len(path) > workspace.MostID || strings.ContainsFunc(path, odd) {
		return fmt.Errorf("%q: %w", path, ErrPath)
	}
	return nil
}
