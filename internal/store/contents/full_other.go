//go:build !unix

package contents

import (
	"errors"
	"syscall"
)

// errorDiskFull is what Windows says of a full disk.
const errorDiskFull = syscall.Errno(112)

// full reports whether a disk is full.
func full(err error) bool { return errors.Is(err, errorDiskFull) }
