//go:build !unix

package main

import "os"

// peakMemory is unknown where the system does not count it.
func peakMemory(*os.ProcessState) int64 { return 0 }
