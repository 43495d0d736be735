package typeset

func (b Figure) set(p *press) {
	p.need(b.Height)
	for _, shape := range b.Shapes {
		shape.draw(p, marginLeft, p.y)
	}
	p.y += b.Height + 2
}

func (s Path) draw(p *press, left, top float64) {
	if len(s.Points) < 2 {
		return
	}
	style := ""
	if s.Fill != "" {
		p.pdf.SetFillColor(rgb(s.Fill))
		style = "F"
	}
	if s.Stroke != "" && s.Width > 0 {
		p.pdf.SetDrawColor(rgb(s.Stroke))
		p.pdf.SetLineWidth(s.Width)
		p.pdf.SetLineCapStyle("round")
		style = "D" + style
	}
	if style == "" {
		return
	}
	p.through(s.Alpha, func() {
		p.pdf.SetDashPattern(s.Dash, 0)
		p.pdf.MoveTo(left+s.Points[0].X, top+s.Points[0].Y)
		for _, at := range s.Points[1:] {
			p.pdf.LineTo(left+at.X, top+at.Y)
		}
		p.pdf.DrawPath(style)
		p.pdf.SetDashPattern(nil, 0)
	})
}

// through draws with something to be seen behind it.
func (p *press) through(alpha float64, draw func()) {
	if alpha > 0 && alpha < 1 {
		p.pdf.SetAlpha(alpha, "Normal")
		defer p.pdf.SetAlpha(1, "Normal")
	}
	draw()
}

func (s Disc) draw(p *press, left, top float64) {
	style := ""
	if s.Fill != "" {
		p.pdf.SetFillColor(rgb(s.Fill))
		style = "F"
	}
	if s.Stroke != "" {
		p.pdf.SetDrawColor(rgb(s.Stroke))
		p.pdf.SetLineWidth(.3)
		style = "D" + style
	}
	if style != "" {
		p.through(s.Alpha, func() { p.pdf.Circle(left+s.At.X, top+s.At.Y, s.Radius, style) })
	}
}

func (s Label) draw(p *press, left, top float64) {
	text := clean(s.Text)
	x := left + s.At.X
	switch s.Anchor {
	case Middle:
		x -= width(text, s.Strong, s.Size) / 2
	case Right:
		x -= width(text, s.Strong, s.Size)
	}
	color := s.Ink
	if color == "" {
		color = ink
	}
	p.write(x, top+s.At.Y, text, s.Size, s.Strong, color)
}

func (s Clip) draw(p *press, left, top float64) {
	p.pdf.ClipRect(left+s.From.X, top+s.From.Y, s.To.X-s.From.X, s.To.Y-s.From.Y, false)
	for _, shape := range s.Shapes {
		shape.draw(p, left, top)
	}
	p.pdf.ClipEnd()
	// What was set within is forgotten by the page, but not by the library.
	p.pdf.SetFillColor(255, 255, 255)
	p.pdf.SetDrawColor(0, 0, 0)
}
