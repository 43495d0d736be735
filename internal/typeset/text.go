package typeset

import "strconv"

// The sizes of letters, in points, and of lines against letters.
const (
	textSize  = 9.0
	tableSize = 7.5
	leading   = 1.42
)

// lineHeight of letters, in millimetres.
func lineHeight(points float64) float64 { return float64(points * pointMillimetres * leading) }

// paragraph sets a text from x on.
func (p *press) paragraph(text string, x, room, points float64, strong bool, c Color) {
	high := lineHeight(points)
	for _, line := range lines(text, strong, points, room) {
		p.need(high)
		p.write(x, p.y+float64(high*.74), line, points, strong, c)
		p.y += high
	}
}

func (b Paragraph) set(p *press) {
	switch b.Tone {
	case Quiet:
		p.paragraph(b.Text, marginLeft, Width, textSize-.8, false, quietInk)
	case Strong:
		p.paragraph(b.Text, marginLeft, Width, textSize, true, ink)
	case Good:
		p.paragraph(b.Text, marginLeft, Width, 13, true, goodInk)
	case Bad:
		p.paragraph(b.Text, marginLeft, Width, 13, true, badInk)
	case Boxed:
		p.boxed(b.Text)
	default:
		p.paragraph(b.Text, marginLeft, Width, textSize, false, ink)
	}
	p.y += 1.8
}

// boxed sets a text on a ground, with an edge before it.
func (p *press) boxed(text string) {
	all := lines(text, false, textSize, Width-8)
	high := lineHeight(textSize)
	tall := float64(high*float64(len(all))) + 3
	p.need(tall)
	p.fill(marginLeft, p.y, Width, tall, warnFill)
	p.fill(marginLeft, p.y, 1, tall, warnEdge)
	for i, line := range all {
		p.write(marginLeft+4, p.y+1.5+float64(high*(float64(i)+.74)), line, textSize, false, ink)
	}
	p.y += tall
}

func (b List) set(p *press) {
	for _, sentence := range b {
		p.need(lineHeight(textSize))
		p.write(marginLeft+1, p.y+float64(lineHeight(textSize)*.74), "•", textSize, false, quietInk)
		p.paragraph(sentence, marginLeft+5, Width-5, textSize, false, ink)
		p.y += .8
	}
	p.y += 1.2
}

func (Break) set(p *press) {
	if p.y > marginTop {
		p.newPage()
	}
}

func (b Heading) set(p *press) {
	points, above := 13.0, 6.0
	number := ""
	if b.Level > 1 {
		points, above = 10, 3
	} else {
		p.numbers++
		number = strconv.Itoa(p.numbers)
	}
	if p.y > marginTop {
		p.y += above
	}
	p.mark(number, b)
	text := b.Text
	if number != "" {
		text = number + "  " + text
	}
	p.paragraph(text, marginLeft, Width, points, true, ink)
	if b.Level == 1 {
		p.rule(marginLeft, p.y+.6, marginLeft+Width, .3, ink)
		p.y += 1.2
	}
	p.y += 1.6
}

// mark remembers a heading for the contents, and is where a link to it leads.
func (p *press) mark(number string, b Heading) {
	if b.Level > 1 {
		return
	}
	if at := len(p.marks); at < len(p.links) {
		p.pdf.SetLink(p.links[at], p.y, p.pdf.PageNo())
	}
	p.marks = append(p.marks, mark{number, clean(b.Text), b.Level, p.pdf.PageNo()})
	p.pdf.Bookmark(number+" "+clean(b.Text), 0, p.y)
}

func (b Contents) set(p *press) {
	p.paragraph(b.Title, marginLeft, Width, 13, true, ink)
	p.y += 1.5
	count := len(p.before)
	if count == 0 {
		count = p.headings()
	}
	for i := range count {
		p.need(6.2)
		if i < len(p.before) {
			p.entry(i)
		}
		p.y += 6.2
	}
}

// headings is how many the contents list.
func (p *press) headings() int {
	count := 0
	for _, block := range p.doc.Blocks {
		if h, is := block.(Heading); is && h.Level == 1 {
			count++
		}
	}
	return count
}

// entry is a line of the contents: it leads to its chapter.
func (p *press) entry(at int) {
	m := p.before[at]
	page := strconv.Itoa(m.page)
	end := pageWidth - marginRight
	y := p.y + 4.2
	p.write(marginLeft, y, m.number, textSize+.5, false, quietInk)
	title := p.fitted(m.text, textSize+.5, Width-24)
	p.write(marginLeft+9, y, title, textSize+.5, false, ink)
	p.write(end-width(page, false, textSize+.5), y, page, textSize+.5, false, ink)
	from := marginLeft + 9 + width(title, false, textSize+.5) + 2
	p.pdf.SetDrawColor(rgb(ruleInk))
	p.pdf.SetLineWidth(.25)
	p.pdf.SetDashPattern([]float64{.25, 1.2}, 0)
	p.pdf.Line(from, y-.2, end-width(page, false, textSize+.5)-2, y-.2)
	p.pdf.SetDashPattern(nil, 0)
	p.pdf.Link(marginLeft, p.y, Width, 6.2, p.links[at])
}

func (b Cover) set(p *press) {
	p.y = 34
	p.paragraph(b.Kind, marginLeft, Width, 11, false, quietInk)
	p.y += 2
	p.paragraph(b.Title, marginLeft, Width, 24, true, ink)
	p.y++
	p.paragraph(b.Where, marginLeft, Width, 11, false, quietInk)
	p.y += 4
	p.rule(marginLeft, p.y, marginLeft+Width, .4, ink)
	p.y += 4
	for _, f := range b.Facts {
		p.fact(f)
	}
	p.y += 3
	for _, banner := range b.Banners {
		p.boxed(banner)
		p.y += 2
	}
}

// factRoom is how wide the names of facts are.
const factRoom = 46.0

// fact is a name with its value beside it.
func (p *press) fact(f Fact) {
	p.need(2 * lineHeight(textSize))
	top := p.y
	p.paragraph(f.Name, marginLeft, factRoom-3, textSize, false, quietInk)
	under := p.y
	p.y = top
	p.paragraph(f.Value, marginLeft+factRoom, Width-factRoom, textSize, false, ink)
	p.y = max(p.y, under) + 1
}

func (b Tiles) set(p *press) {
	const across, tall = 4, 17.0
	wide := (Width - 3*(across-1)) / across
	for i, tile := range b {
		column := i % across
		if column == 0 {
			if i > 0 {
				p.y += tall + 3
			}
			p.need(tall + 3)
		}
		p.tile(tile, marginLeft+float64(float64(column)*(wide+3)), wide, tall)
	}
	if len(b) > 0 {
		p.y += tall + 4
	}
}

func (p *press) tile(t Tile, x, wide, tall float64) {
	color := ink
	if t.Bad {
		color = badInk
	}
	p.pdf.SetDrawColor(rgb(ruleInk))
	p.pdf.SetLineWidth(.25)
	p.pdf.Rect(x, p.y, wide, tall, "D")
	points := 15.0
	for points > 8 && width(t.Figure, true, points) > wide-5 {
		points--
	}
	p.write(x+2.5, p.y+7, clean(t.Figure), points, true, color)
	for i, line := range cut(lines(t.Text, false, 7.5, wide-5), 2) {
		p.write(x+2.5, p.y+11.3+float64(3.4*float64(i)), line, 7.5, false, quietInk)
	}
}
