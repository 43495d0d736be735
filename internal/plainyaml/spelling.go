package plainyaml

// Nearest is the word that takes the fewest changes of one letter, if these
// are few for its length; the first of equals; else "".
func Nearest(word string, words []string) string {
	letters := []rune(word)
	if len(letters) > 64 { // nobody misspelt that
		return ""
	}
	best, fewest := "", 1+max(1, len(letters)/3)
	for _, candidate := range words {
		if changes := distance(letters, []rune(candidate)); changes < fewest {
			best, fewest = candidate, changes
		}
	}
	return best
}

// distance is how many letters to put in, take out or replace turn a into b.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, letter := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, other := range b {
			replace := diagonal
			if letter != other {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
