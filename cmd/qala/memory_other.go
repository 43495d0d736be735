//go:build !unix

package main

import (
	"os"
	"time"
)

// peakMemory is unknown where the system does not count it.
func peakMemory(*os.ProcessState) int64 { return 0 }

// processorTime is the time since the program started where the system does not count it.
func processorTime() time.Duration { return time.Since(began) }

var began = time.Now()
