package report

import (
	"errors"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/message"
	"github.com/qala-city/qala/internal/typeset"
)

// DocumentName is what the event transport plan of a language is called.
func DocumentName(language string) string { return "plan." + language + ".pdf" }

// Document is the event transport plan on A4 pages, as PDF, in one of
// message.Languages. It is made here, without a browser; what is not planned is
// said in its chapter. The same results and standing give the same bytes. unchanged
// is the same event without modifications: with it, normal headways are known.
func Document(e *evaluation.Evaluation, language string, s Standing, unchanged ...*evaluation.Evaluation) ([]byte, error) {
	d, err := planDesk(e, language, unchanged)
	if err != nil {
		return nil, err
	}
	return typeset.PDF(d.document(s))
}

// ErrUnlike is results without modifications that are of another day, venue or network.
var ErrUnlike = errors.New("the results without changes are of another network, venue or day, or have changes themselves")

// sameDay reports whether two results are of one day at one venue on one network;
// their event files may bear different names.
func sameDay(a, b *evaluation.Evaluation) bool {
	return a.City.Network == b.City.Network && a.Event.Venue.ID == b.Event.Venue.ID && a.Event.Date == b.Event.Date && a.Horizon.Start == b.Horizon.Start
}

// planDesk is a desk that may look at the day without modifications.
func planDesk(e *evaluation.Evaluation, language string, unchanged []*evaluation.Evaluation) (*desk, error) {
	say, err := message.For(language)
	if err != nil {
		return nil, err
	}
	d := newDesk(e, say)
	for _, u := range unchanged {
		if !sameDay(e, u) || len(u.Scenario.Modifications) > 0 {
			return nil, ErrUnlike
		}
		d.unchanged = u
	}
	return d, nil
}

func (d *desk) document(s Standing) typeset.Document {
	title := d.own(d.e.Event.Names, d.e.Event.ID)
	out := typeset.Document{
		Title: title, Subject: d.say.Say("eventplan.kind", nil), Author: d.e.Program, Language: d.say.Language(), Created: d.start,
		Running: d.say.Say("eventplan.kind", nil) + " · " + title + " · " + d.state(s),
		Foot: func(page, pages int) string {
			return d.say.Say("eventplan.page", map[string]any{"page": page, "pages": pages})
		},
		Blocks: []typeset.Block{d.cover(s), typeset.Break{}, typeset.Contents{Title: d.say.Say("report.contents", nil)}, typeset.Break{}},
	}
	out.Blocks = append(out.Blocks, d.summary()...)
	for _, section := range d.eventPlan(s) {
		out.Blocks = append(out.Blocks, d.chapter(section)...)
	}
	return out
}

// cover is the first page: what it is, how far it is, and what must be known before it is read.
func (d *desk) cover(s Standing) typeset.Cover {
	venue := d.own(d.e.Event.Venue.Names, d.e.Event.Venue.ID)
	cover := typeset.Cover{
		Kind: d.say.Say("eventplan.kind", nil), Title: d.own(d.e.Event.Names, d.e.Event.ID),
		Where: d.say.Say("report.at", map[string]any{"venue": venue, "city": d.own(d.e.City.Names, d.e.City.ID)}) + " · " + d.date(),
	}
	for _, f := range d.stands(s) {
		cover.Facts = append(cover.Facts, typeset.Fact{Name: f.Name, Value: f.Value})
	}
	for _, f := range d.identity()[:4] {
		cover.Facts = append(cover.Facts, typeset.Fact{Name: f.Name, Value: f.Value})
	}
	if d.e.City.Illustration {
		cover.Banners = append(cover.Banners, d.say.Say("report.illustration", nil))
	}
	for _, warning := range []string{d.defaults(), d.rejected()} {
		if warning != "" {
			cover.Banners = append(cover.Banners, warning)
		}
	}
	return cover
}

// summary is the answer, as on the page.
func (d *desk) summary() []typeset.Block {
	a := d.answer()
	tone := typeset.Bad
	if a.Good {
		tone = typeset.Good
	}
	var tiles typeset.Tiles
	for _, t := range a.Tiles {
		text := t.Text
		if t.Note != "" {
			text += " · " + t.Note
		}
		tiles = append(tiles, typeset.Tile{Figure: t.Figure, Text: text, Bad: t.Bad})
	}
	sentences := append(append([]string{}, a.OnFoot...), a.Lines...)
	if a.Foresee != "" {
		sentences = append(sentences, a.Foresee)
	}
	blocks := []typeset.Block{
		typeset.Heading{Level: 1, Text: d.say.Say("eventplan.summary", nil)},
		typeset.Paragraph{Text: a.Verdict, Tone: tone},
		tiles,
		typeset.List(append(sentences, d.chance())),
	}
	return append(blocks, d.worstPlaces()...)
}

func (d *desk) worstPlaces() []typeset.Block {
	blocks := []typeset.Block{typeset.Heading{Level: 2, Text: d.say.Say("section.worst", nil)}}
	for _, w := range d.worst() {
		blocks = append(blocks, typeset.Paragraph{Text: w.Where, Tone: typeset.Strong}, typeset.Paragraph{Text: w.Text})
	}
	if len(d.e.Worst) == 0 {
		blocks = append(blocks, typeset.Paragraph{Text: d.say.Say("worst.none", nil)})
	}
	return blocks
}

// chapter is a section on paper: its text, its drawings, its tables, and what is not planned.
func (d *desk) chapter(s section) []typeset.Block {
	blocks := []typeset.Block{typeset.Heading{Level: 1, Text: s.title}}
	if len(s.sentences) == 1 {
		blocks = append(blocks, typeset.Paragraph{Text: s.sentences[0]})
	} else if len(s.sentences) > 1 {
		blocks = append(blocks, typeset.List(s.sentences))
	}
	blocks = append(blocks, d.drawings(s.id)...)
	for _, g := range s.grids {
		blocks = append(blocks, d.paperTable(g, s.title)...)
	}
	if s.notPlanned != "" {
		blocks = append(blocks, typeset.Paragraph{Text: d.say.Say("eventplan.not_planned", nil) + ". " + s.notPlanned, Tone: typeset.Boxed})
	}
	return blocks
}

// drawings are what a chapter shows before its tables.
func (d *desk) drawings(id string) []typeset.Block {
	switch id {
	case "clearance":
		return d.curveDrawings()
	case "load":
		return d.heatTables()
	case "stops":
		return d.mapDrawing()
	}
	return nil
}
