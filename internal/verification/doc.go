// Package verification poses cases whose answers are known from elsewhere to
// the engines, and writes docs/VERIFICATION.md from what they answer. Its code
// is all in tests: go test ./internal/verification -rewrite writes the page anew.
package verification
