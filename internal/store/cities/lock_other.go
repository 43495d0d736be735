//go:build !darwin && !dragonfly && !freebsd && !linux && !netbsd && !openbsd && !windows

package cities

import (
	"errors"
	"io/fs"
	"os"
)

// tryLock takes the lock or fails with errHeld. A process that was killed
// leaves the file behind; it is then removed by hand.
func tryLock(path string) (release func(), err error) {
	path += ".held"
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, errHeld
	case err != nil:
		return nil, err
	}
	_ = file.Close()
	return func() { _ = os.Remove(path) }, nil
}
