package workbook

import (
	"strconv"
	"strings"
	"unicode"
)

// longestName is how many letters the name of a sheet takes.
const longestName = 31

// sheetNames are names that a spreadsheet takes, no two alike.
func sheetNames(sheets []Sheet) []string {
	names := make([]string, len(sheets))
	taken := map[string]bool{"history": true} // a spreadsheet keeps it for itself
	for i, s := range sheets {
		names[i] = shortName(s.Name, "")
		for n := 2; taken[strings.ToLower(names[i])]; n++ {
			names[i] = shortName(s.Name, " "+strconv.Itoa(n))
		}
		taken[strings.ToLower(names[i])] = true
	}
	return names
}

// shortName is a name with an ending, without the signs that a sheet's name cannot have.
func shortName(name, ending string) string {
	kept := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || !unicode.IsPrint(r) && r != ' ' {
			return -1
		}
		return r
	}, name)
	letters := []rune(strings.Trim(strings.TrimSpace(kept), "'"))
	if len(letters) == 0 {
		letters = []rune("-")
	}
	return string(letters[:min(len(letters), longestName-len(ending))]) + ending
}
