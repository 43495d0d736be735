package typeset

import (
	"strings"
	"unicode"
)

// lines parts a text where a line is full: at blanks, after hyphens and strokes,
// between Chinese characters, and within a word that is wider than the line.
func lines(text string, strong bool, points, room float64) []string {
	var all []string
	now, wide := "", 0.0
	for _, piece := range pieces(clean(text)) {
		w := width(piece, strong, points)
		if wide+width(strings.TrimRight(piece, " "), strong, points) > room && now != "" {
			all, now, wide = append(all, strings.TrimRight(now, " ")), "", 0
		}
		for w > room && len([]rune(piece)) > 1 {
			head := fitting(piece, strong, points, room)
			all = append(all, head)
			piece = piece[len(head):]
			w = width(piece, strong, points)
		}
		now, wide = now+piece, wide+w
	}
	return append(all, strings.TrimRight(now, " "))
}

// fitting is how much of a word a line holds, one letter at least.
func fitting(word string, strong bool, points, room float64) string {
	wide := 0.0
	for i, r := range word {
		wide += advance(r, strong, points)
		if wide > room && i > 0 {
			return word[:i]
		}
	}
	return word
}

// pieces are what stays together on a line, with the blanks behind it.
func pieces(text string) []string {
	var all []string
	letters := []rune(text)
	from := 0
	for i := 1; i < len(letters); i++ {
		if breaks(letters[i-1], letters[i]) {
			all = append(all, string(letters[from:i]))
			from = i
		}
	}
	if from < len(letters) {
		all = append(all, string(letters[from:]))
	}
	return all
}

// breaks reports whether a line may end between two letters.
func breaks(before, after rune) bool {
	switch {
	case after == ' ' || strings.ContainsRune(neverFirst, after):
		return false
	case before == ' ':
		return true
	case strings.ContainsRune(neverLast, before):
		return false
	case strings.ContainsRune("-–/—", before):
		return unicode.IsLetter(after)
	}
	return chinese(before) || chinese(after)
}

// Signs that no line begins with, and that none ends with.
const (
	neverFirst = "、。，．；：！？）》」』】〕”’%‰,.;:!?)]}»·…"
	neverLast  = "（《「『【〔“‘([{«№"
)

func chinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x30ff || r >= 0xff00 && r <= 0xffef
}

// cut is at most so many lines, the last with an ellipsis where more were left out.
func cut(all []string, most int) []string {
	if len(all) <= most {
		return all
	}
	out := append([]string(nil), all[:most]...)
	out[most-1] += " …"
	return out
}
