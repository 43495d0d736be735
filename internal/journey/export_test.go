package journey

// Plainly makes prices scan as on a processor without vectors.
func (p *Prices) Plainly() { p.vector = false }
