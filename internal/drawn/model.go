package drawn

// Model is what a city has played beyond the timetable to the second. A city
// that says nothing of it is exact, so that a reader can follow by hand.
type Model struct {
	Dwell    bool // vehicles stand as long as getting on and off takes
	Blocks   bool // a vehicle that comes late makes its next trip late
	Crowding bool // time on board counts for more the fuller the vehicle is
	Replan   bool // who is left behind may look for another way
}

// play reads what is played: "model dwell blocks crowding replan", or some of these.
func (s *sheet) play(a *args) {
	parts := map[string]*bool{
		"dwell": &s.model.Dwell, "blocks": &s.model.Blocks, "crowding": &s.model.Crowding, "replan": &s.model.Replan,
	}
	const known = "dwell, blocks, crowding, replan"
	if !a.more() {
		a.fail("what is played is missing: %s", known)
	}
	for a.more() {
		word := a.next("part")
		part := parts[word]
		if part == nil {
			a.unknown(word, known)
			return
		}
		*part = true
	}
}
