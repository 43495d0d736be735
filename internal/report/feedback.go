package report

// foreseen says how far people knew of the queues; "" for results that do not tell.
func (d *desk) foreseen() string {
	f := d.e.Feedback
	switch f.Rounds {
	case 0:
		return ""
	case 1:
		return d.say.Say("answer.no_feedback", nil)
	}
	return d.say.Say("answer.feedback", map[string]any{
		"count": f.Rounds, "share": d.regret(), "informed": d.permille(f.InformedPermille),
	})
}

// rounds is foreseen in a few words.
func (d *desk) rounds() string {
	f := d.e.Feedback
	switch f.Rounds {
	case 0:
		return ""
	case 1:
		return d.say.Say("rests.nobody", nil)
	}
	return d.say.Say("rests.rounds", map[string]any{"count": f.Rounds, "share": d.regret()})
}

func (d *desk) regret() string { return d.say.Percent(float64(d.e.Feedback.RegretPermille) / 1000) }
