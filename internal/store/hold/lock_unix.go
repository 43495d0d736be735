//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package hold

import (
	"errors"
	"os"
	"syscall"
)

// try takes the hold or fails with ErrHeld. The system gives it back when
// the process ends, however it ends; the file stays.
func try(path string) (release func(), err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK):
		return nil, errors.Join(ErrHeld, file.Close())
	case err != nil:
		return nil, errors.Join(&os.PathError{Op: "lock", Path: path, Err: err}, file.Close())
	}
	return func() { _ = file.Close() }, nil // which gives the lock back
}
