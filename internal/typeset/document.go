// Package typeset sets a document on A4 pages and writes it as PDF: a cover,
// contents with page numbers, numbered headings, text, tables whose heads come
// again on each page, and drawings of lines and surfaces. It needs no browser and
// no fonts of the machine: its faces have the letters of English, Russian and
// Kazakh, and the characters of GB 2312. The same document gives the same bytes.
package typeset

import "time"

// Document is what is set.
type Document struct {
	Title, Subject, Author string
	Language               string    // BCP 47
	Created                time.Time // what the file says of itself; nobody's clock is asked
	Running                string    // stands at the head of every page but the first
	Foot                   func(page, pages int) string
	Blocks                 []Block
}

// Color is six hexadecimal digits; "" is none.
type Color string

// Block is a part of a document.
type Block interface{ set(p *press) }

// Cover is the first page.
type Cover struct {
	Kind, Title, Where string
	Facts              []Fact
	Banners            []string // what must be seen before anything else
}

// Fact is a name and a value.
type Fact struct{ Name, Value string }

// Contents is the list of headings with their pages.
type Contents struct{ Title string }

// Heading begins a chapter (level 1, numbered) or a part of one (level 2).
type Heading struct {
	Level int
	Text  string
}

// Tone is how a text is meant.
type Tone int

// The tones of a text.
const (
	Plain Tone = iota
	Quiet      // beside the point
	Strong
	Good
	Bad
	Boxed // what is not planned, and warnings
)

// Paragraph is a text.
type Paragraph struct {
	Text string
	Tone Tone
}

// List is sentences with a mark before each.
type List []string

// Tiles are figures to be seen from afar.
type Tiles []Tile

// Tile is one of them.
type Tile struct {
	Figure, Text string
	Bad          bool
}

// Table is rows under heads. Size is that of its letters in points, 0 being the usual one.
type Table struct {
	Columns []Column
	Rows    [][]Cell
	Size    float64
	Tight   bool // little room around what stands in a cell
}

// Column is a column of a table: how much of the width it takes against the others.
type Column struct {
	Head  string
	Share float64
	Right bool // numbers, which end below each other
}

// Cell is what stands in a table.
type Cell struct {
	Text      string
	Fill, Ink Color
	Strong    bool
}

// Figure is a drawing as wide as the page and as tall as it says, in millimetres.
type Figure struct {
	Height float64
	Shapes []Shape
}

// Shape is a part of a drawing. Millimetres count from its upper left corner.
type Shape interface {
	draw(p *press, left, top float64)
}

// Point is a place in a drawing.
type Point struct{ X, Y float64 }

// Path is a line, or a surface where it has a fill.
type Path struct {
	Points []Point
	Stroke Color
	Width  float64
	Fill   Color
	Alpha  float64 // 0 is opaque, as 1
	Dash   []float64
}

// Disc is a circle.
type Disc struct {
	At     Point
	Radius float64
	Fill   Color
	Stroke Color
	Alpha  float64
}

// Label is a text in a drawing.
type Label struct {
	At     Point // of its baseline
	Text   string
	Size   float64 // points
	Ink    Color
	Anchor Anchor
	Strong bool
}

// Anchor is which part of a label lies at its place.
type Anchor int

// The anchors of a label.
const (
	Left Anchor = iota
	Middle
	Right
)

// Clip draws shapes within a rectangle only.
type Clip struct {
	From, To Point
	Shapes   []Shape
}

// Break begins a new page.
type Break struct{}

// The page, in millimetres.
const (
	pageWidth, pageHeight   = 210.0, 297.0
	marginLeft, marginRight = 17.0, 17.0
	marginTop, marginBottom = 20.0, 18.0
	// Width is how wide text and drawings are.
	Width = pageWidth - marginLeft - marginRight
)
