package typeset

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The faces, under the SIL Open Font License: see faces/README.md.
var (
	//go:embed faces/noto-sans-regular.ttf
	regularBytes []byte
	//go:embed faces/noto-sans-bold.ttf
	boldBytes []byte
	//go:embed faces/noto-sans-sc-gb2312.ttf
	hanBytes []byte
)

// face is letters of one drawing.
type face struct {
	name     string
	bytes    []byte
	advances map[rune]float64 // of a letter of size 1; only of those that it has
}

// faces are read when the first document is set.
var faces = sync.OnceValue(func() [3]*face {
	return [3]*face{readFace("regular", regularBytes), readFace("bold", boldBytes), readFace("han", hanBytes)}
})

const (
	regular = iota
	bold
	han
)

// readFace knows what is embedded; bytes that are no face would be a fault of the program.
func readFace(name string, bytes []byte) *face {
	parsed, err := sfnt.Parse(bytes)
	if err != nil {
		panic("typeset: the face " + name + " cannot be read: " + err.Error())
	}
	f := &face{name: name, bytes: bytes, advances: map[rune]float64{}}
	units := fixed.I(int(parsed.UnitsPerEm()))
	var buffer sfnt.Buffer
	for r := rune(' '); r <= 0xFFFF; r++ {
		glyph, err := parsed.GlyphIndex(&buffer, r)
		if err != nil || glyph == 0 {
			continue
		}
		if advance, err := parsed.GlyphAdvance(&buffer, glyph, units, font.HintingNone); err == nil {
			f.advances[r] = float64(advance) / float64(units)
		}
	}
	return f
}

// missing stands for a letter that no face has.
const missing = '□'

// run is letters of one face after another.
type run struct {
	face int
	text string
}

// faceOf is the face of a letter, and the letter that is set.
func faceOf(r rune, strong bool) (int, rune) {
	own := regular
	if strong {
		own = bold
	}
	all := faces()
	for _, at := range []int{own, han} {
		if _, has := all[at].advances[r]; has {
			return at, r
		}
	}
	return han, missing
}

// runs parts a text by the faces of its letters.
func runs(text string, strong bool) []run {
	var all []run
	var now strings.Builder
	last := -1
	for _, r := range text {
		at, set := faceOf(r, strong)
		if at != last && now.Len() > 0 {
			all = append(all, run{last, now.String()})
			now.Reset()
		}
		now.WriteRune(set)
		last = at
	}
	if now.Len() > 0 {
		all = append(all, run{last, now.String()})
	}
	return all
}

// pointMillimetres is a point in millimetres.
const pointMillimetres = 25.4 / 72

// advance is how wide a letter of so many points is, in millimetres.
func advance(r rune, strong bool, points float64) float64 {
	at, set := faceOf(r, strong)
	return float64(faces()[at].advances[set] * points * pointMillimetres)
}

func width(text string, strong bool, points float64) float64 {
	sum := 0.0
	for _, r := range text {
		sum += advance(r, strong, points)
	}
	return sum
}

// clean is a text that can be set: letters only, no signs that steer.
func clean(text string) string {
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, string(missing))
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\u00ad':
			return ' '
		case r < ' ' || r == 0x7f || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0xfeff:
			return -1
		}
		return r
	}, text)
}

// TextWidth is how wide a text of so many points is in a drawing, in millimetres.
func TextWidth(text string, points float64) float64 { return width(clean(text), false, points) }
