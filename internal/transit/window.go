package transit

// Window is a range of service dates, both ends included. The zero Window
// holds every date.
type Window struct{ First, Last Date }

// Holds reports whether a date lies in the window.
func (w Window) Holds(d Date) bool { return w == Window{} || w.First <= d && d <= w.Last }
