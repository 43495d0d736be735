// Package hold lets one process at a time have a folder of this machine.
package hold

import "errors"

// ErrHeld is the error of what another process has.
var ErrHeld = errors.New("another process has it")

// Try takes what the file at path stands for, which is made when it is not
// there, or fails with ErrHeld. The system gives it back when the process ends,
// however it ends.
func Try(path string) (release func(), err error) { return try(path) }
