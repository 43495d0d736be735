//go:build !darwin && !dragonfly && !freebsd && !linux && !netbsd && !openbsd && !windows

package hold

import (
	"errors"
	"io/fs"
	"os"
)

// try takes the hold or fails with ErrHeld. A process that was killed
// leaves the file behind; it is then removed by hand.
func try(path string) (release func(), err error) {
	path += ".held"
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, ErrHeld
	case err != nil:
		return nil, err
	}
	_ = file.Close()
	return func() { _ = os.Remove(path) }, nil
}
