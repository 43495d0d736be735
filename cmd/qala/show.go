package main

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"time"
)

// showInBrowser opens a file in whatever the machine opens such files with.
func showInBrowser(path string) error {
	name, args := "xdg-open", []string{path}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", path}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := exec.CommandContext(ctx, name, args...).Run(); err != nil {
		return fmt.Errorf("opening %s: %w", path, err)
	}
	return nil
}
