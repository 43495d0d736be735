package rehearsal

import (
	"fmt"
	"strings"
)

// AskError is the error of a table that cannot be printed.
type AskError struct {
	Line int
	Err  error
}

func (e *AskError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }
func (e *AskError) Unwrap() error { return e.Err }

// reasons are why plans were refused.
func reasons(plays ...Played) string {
	var all []string
	for _, p := range plays {
		all = append(all, p.Reasons...)
	}
	return "the plan was refused: " + strings.Join(all, "; ")
}

// overSeeds adds with how many seeds a claim does not hold.
func overSeeds(obtained string, failed, seeds int) string {
	if failed == 0 {
		return fmt.Sprintf("%s with the first of %d seeds", obtained, seeds)
	}
	return fmt.Sprintf("%s; does not hold with %d of %d seeds", obtained, failed, seeds)
}
