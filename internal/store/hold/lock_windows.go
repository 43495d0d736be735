package hold

import (
	"errors"
	"os"
	"syscall"
)

// sharingViolation is what Windows says of a file that somebody opened for himself.
const sharingViolation = syscall.Errno(32)

// try takes the hold or fails with ErrHeld. The system gives it back when
// the process ends, however it ends; the file stays.
func try(path string) (release func(), err error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, &os.PathError{Op: "lock", Path: path, Err: err}
	}
	handle, err := syscall.CreateFile(name, syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	switch {
	case errors.Is(err, sharingViolation):
		return nil, ErrHeld
	case err != nil:
		return nil, &os.PathError{Op: "lock", Path: path, Err: err}
	}
	return func() { _ = syscall.CloseHandle(handle) }, nil
}
