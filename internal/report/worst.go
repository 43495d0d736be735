package report

import "github.com/qala-city/qala/internal/evaluation"

// worstView is one of the worst places in sentences.
type worstView struct {
	Where, Text string
}

// most is how many of the worst places are told.
const most = 5

func (d *desk) worst() []worstView {
	var views []worstView
	for _, w := range d.e.Worst[:min(most, len(d.e.Worst))] {
		views = append(views, worstView{Where: d.where(w), Text: d.join(d.trouble(w))})
	}
	return views
}

func (d *desk) where(w evaluation.Worst) string {
	if len(w.Routes) == 0 {
		return d.boarding(w.Stop)
	}
	return d.say.Say("worst.where", map[string]any{"stop": d.boarding(w.Stop), "lines": d.lineList(w.Routes)})
}

func (d *desk) trouble(w evaluation.Worst) []string {
	sentences := []string{d.say.Say("worst.queue", map[string]any{
		"from": d.clock(w.From), "to": d.clock(w.To), "at": d.clock(w.At), "queue": w.MaxQueue,
	})}
	if w.MaxWait > 0 {
		sentences = append(sentences, d.say.Say("worst.wait", map[string]any{"wait": d.say.Duration(w.MaxWait)}))
	}
	if w.Denied > 0 {
		sentences = append(sentences, d.say.Say("worst.denied", map[string]any{"people": w.People, "times": w.Denied}))
	}
	if w.Stranded > 0 {
		sentences = append(sentences, d.say.Say("worst.stranded", map[string]any{"people": w.Stranded}))
	}
	return sentences
}
