//go:build unix

package contents

import (
	"errors"
	"syscall"
)

// full reports whether a disk, or what somebody may use of it, is full.
func full(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}
