package main

import "testing"

// TestConsoleInBrowserPeople lets two people and an administrator work in the console, in Chromium:
// invited by a link, a second signature, an account of one's own, the log, a session that ends.
func TestConsoleInBrowserPeople(t *testing.T) {
	walkConsole(t, "people.mjs")
}
