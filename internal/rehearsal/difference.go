package rehearsal

// Difference tells two texts line by line: what stands in both behind two
// spaces, what is wanted only behind "- ", what was obtained only behind "+ ".
func (t *Text) Difference() []string {
	common := longestCommon(t.Want, t.Got)
	var out []string
	w, g := 0, 0
	for _, pair := range common {
		out = append(out, marked("- ", t.Want[w:pair[0]])...)
		out = append(out, marked("+ ", t.Got[g:pair[1]])...)
		out = append(out, "  "+t.Want[pair[0]])
		w, g = pair[0]+1, pair[1]+1
	}
	out = append(out, marked("- ", t.Want[w:])...)
	return append(out, marked("+ ", t.Got[g:])...)
}

func marked(mark string, lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = mark + line
	}
	return out
}

// mostCompared bounds the table of the comparison; longer texts are told as
// wholly different between their common beginning and their end.
const mostCompared = 4_000_000

// longestCommon are the positions of the longest common lines of two texts, in order.
func longestCommon(a, b []string) [][2]int {
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	var out [][2]int
	for i := range start {
		out = append(out, [2]int{i, i})
	}
	restA, restB := a[start:], b[start:]
	if len(restA)*len(restB) > mostCompared {
		return out
	}
	length := commonLengths(restA, restB)
	for i, j := 0, 0; i < len(restA) && j < len(restB); {
		switch {
		case restA[i] == restB[j]:
			out = append(out, [2]int{start + i, start + j})
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}

// commonLengths are how many lines two texts have in common from each pair of lines on.
func commonLengths(a, b []string) [][]int {
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			length[i][j] = max(length[i+1][j], length[i][j+1])
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			}
		}
	}
	return length
}
