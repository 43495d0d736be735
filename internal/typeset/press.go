package typeset

import (
	"bytes"
	"fmt"
	"strconv"

	"codeberg.org/go-pdf/fpdf"
)

// PDF is the document as the bytes of a PDF file. It is set twice: the contents
// stand before what they list.
func PDF(d Document) ([]byte, error) {
	first := newPress(d, nil, 0)
	if err := first.print(); err != nil {
		return nil, err
	}
	second := newPress(d, first.marks, first.pdf.PageNo())
	if err := second.print(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := second.pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("writing the pages: %w", err)
	}
	return out.Bytes(), nil
}

// press is a document being set: where the next line goes.
type press struct {
	pdf   *fpdf.Fpdf
	doc   Document
	y     float64
	known map[int]bool // faces that the file has

	numbers int // of chapters so far
	marks   []mark
	before  []mark // the headings as they were found the first time
	pages   int    // as they were counted then; 0 the first time
	links   []int
}

// mark is a heading and its page.
type mark struct {
	number, text string
	level, page  int
}

func newPress(d Document, before []mark, pages int) *press {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(d.Created.UTC())
	pdf.SetModificationDate(d.Created.UTC())
	pdf.SetTitle(clean(d.Title), true)
	pdf.SetSubject(clean(d.Subject), true)
	pdf.SetAuthor(clean(d.Author), true)
	pdf.SetCreator(clean(d.Author), true)
	pdf.SetProducer("qala", true)
	pdf.SetLang(d.Language)
	pdf.SetMargins(marginLeft, marginTop, marginRight)
	pdf.SetAutoPageBreak(false, marginBottom)
	pdf.SetCellMargin(0)
	pdf.SetLineJoinStyle("round")
	p := &press{pdf: pdf, doc: d, known: map[int]bool{}, before: before, pages: pages}
	for range before {
		p.links = append(p.links, pdf.AddLink())
	}
	return p
}

func (p *press) print() error {
	p.newPage()
	for i, block := range p.doc.Blocks {
		if _, is := block.(Heading); is {
			p.together(p.doc.Blocks[i:])
		}
		block.set(p)
	}
	return p.pdf.Error()
}

// together begins a new page where a heading would stand without what it is about:
// a drawing, the first rows of a table, the first lines of a text.
func (p *press) together(blocks []Block) {
	const heading, some, enough = 14.0, 22.0, 50.0
	tall := 0.0
	for _, block := range blocks {
		switch b := block.(type) {
		case Heading:
			tall += heading
			continue
		case Paragraph:
			tall += float64(lineHeight(textSize)*float64(len(lines(b.Text, false, textSize, Width)))) + 2
			if tall < enough {
				continue
			}
		case Figure:
			tall += b.Height
			if b.Height < some { // a key, which belongs to what follows
				continue
			}
		default:
			tall += some
		}
		break
	}
	if tall < pageHeight-marginTop-marginBottom {
		p.need(tall)
	}
}

// newPage begins a page: its running head, its number.
func (p *press) newPage() {
	p.pdf.AddPage()
	p.y = marginTop
	if page := p.pdf.PageNo(); page > 1 {
		p.write(marginLeft, 12, p.fitted(p.doc.Running, 7.5, Width), 7.5, false, quietInk)
		p.rule(marginLeft, 14, pageWidth-marginRight, .15, ruleInk)
	}
	if p.doc.Foot != nil {
		text := clean(p.doc.Foot(p.pdf.PageNo(), max(p.pages, p.pdf.PageNo())))
		p.write(pageWidth-marginRight-width(text, false, 7.5), pageHeight-9, text, 7.5, false, quietInk)
	}
}

// fitted is a text that is cut off where a line ends.
func (p *press) fitted(text string, points, room float64) string {
	all := lines(text, false, points, room)
	if len(all) > 1 {
		return all[0] + " …"
	}
	return all[0]
}

// need begins a new page where less than so much is left.
func (p *press) need(height float64) {
	if p.y+height > pageHeight-marginBottom {
		p.newPage()
	}
}

// The colours of text and rules.
const (
	ink      Color = "1B2126"
	quietInk Color = "56616B"
	ruleInk  Color = "C3CAD0"
	badInk   Color = "9B1C1C"
	goodInk  Color = "1D6B3C"
	headFill Color = "EEF1F4"
	warnFill Color = "FDF3E1"
	warnEdge Color = "F0B35C"
	linkInk  Color = "0B5394"
)

func rgb(c Color) (r, g, b int) {
	n, _ := strconv.ParseUint(string(c), 16, 32) // what is no colour is black
	return int(n >> 16 & 255), int(n >> 8 & 255), int(n & 255)
}

// write sets a line with its baseline at y.
func (p *press) write(x, y float64, text string, points float64, strong bool, c Color) {
	r, g, b := rgb(c)
	p.pdf.SetTextColor(r, g, b)
	for _, part := range runs(text, strong) {
		p.take(part.face, points)
		heavy := strong && part.face == han
		if heavy { // the face has one weight: its outline is drawn as well
			p.pdf.SetTextRenderingMode(2)
			p.pdf.SetDrawColor(r, g, b)
			p.pdf.SetLineWidth(points * pointMillimetres * .03)
		}
		p.pdf.Text(x, y, part.text)
		if heavy {
			p.pdf.SetTextRenderingMode(0)
		}
		for _, letter := range part.text {
			x += float64(faces()[part.face].advances[letter] * points * pointMillimetres)
		}
	}
}

// take is the face for the next letters; a face that nobody needs is not in the file.
func (p *press) take(at int, points float64) {
	f := faces()[at]
	if !p.known[at] {
		p.pdf.AddUTF8FontFromBytes(f.name, "", bytes.Clone(f.bytes))
		p.known[at] = true
	}
	p.pdf.SetFont(f.name, "", points)
}

func (p *press) rule(x, y, to, thick float64, c Color) {
	p.pdf.SetDrawColor(rgb(c))
	p.pdf.SetLineWidth(thick)
	p.pdf.Line(x, y, to, y)
}

func (p *press) fill(x, y, w, h float64, c Color) {
	if c != "" {
		p.pdf.SetFillColor(rgb(c))
		p.pdf.Rect(x, y, w, h, "F")
	}
}
