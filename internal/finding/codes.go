package finding

import (
	"slices"
	"strconv"
)

// codes is every code that the program can emit; the message catalogue is
// tested against it.
var codes []Code

// Register declares a code; a room that emits findings declares its own as
// package variables. It panics on a code declared twice, which is a mistake of
// the program and shows at its start.
func Register(code Code) Code {
	if slices.Contains(codes, code) {
		panic("finding: code declared twice: " + string(code))
	}
	codes = append(codes, code)
	return code
}

// Codes are all declared codes in alphabetical order.
func Codes() []Code {
	sorted := slices.Clone(codes)
	slices.Sort(sorted)
	return sorted
}

var codeTooMany = Register("findings.too_many")

// TooMany says that more findings were met than are kept.
func TooMany(dropped int) Finding {
	return Finding{Level: Warning, Code: codeTooMany, Args: map[string]string{"count": strconv.Itoa(dropped)}}
}
