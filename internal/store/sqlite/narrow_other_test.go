//go:build !unix

package sqlite

import "errors"

func narrow(uint64) error { return errors.New("only on Unix") }
