//go:build !unix

package main

import "time"

var began = time.Now()

// processorTime is how long the process has run: what its processors did is not known here.
func processorTime() time.Duration { return time.Since(began) }
