package workspace

import (
	"encoding/hex"
	"errors"
	"strings"
)

// Sum names a content: its SHA-256 in 64 small hexadecimal digits.
type Sum string

// ErrNoContent is the error of a content that is not kept.
var ErrNoContent = errors.New("there is no such content")

// ErrDamaged is the error of a content that is not what its name says.
var ErrDamaged = errors.New("a kept content was changed or damaged")

// Valid reports whether the word can name a content.
func (s Sum) Valid() bool {
	_, err := hex.DecodeString(string(s))
	return err == nil && len(s) == 64 && string(s) == strings.ToLower(string(s))
}

// File is a content under a name.
type File struct {
	Path  string `json:"path"` // with slashes, below the folder that it belongs to
	Sum   Sum    `json:"sha256"`
	Bytes int64  `json:"bytes"`
}
