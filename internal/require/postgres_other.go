//go:build !unix

package require

import (
	"errors"
	"os/exec"
)

func unprivileged(*exec.Cmd, string) error {
	return errors.New("PostgreSQL is started for tests on Unix only")
}
