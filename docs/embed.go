// Package docs hands the pages on the method and on its verification to the
// program, so that a report carries what it rests on.
package docs

import _ "embed"

// Method is METHOD.md: what is computed, and what is left out.
//
//go:embed METHOD.md
var Method string

// Verification is VERIFICATION.md: cases with known answers, and what was obtained.
//
//go:embed VERIFICATION.md
var Verification string
