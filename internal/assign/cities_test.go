package assign_test

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// randomCity draws a small city in the language of package drawn, so that a
// failure prints something that a person can read and try.
func randomCity(t *rapid.T) string {
	var b strings.Builder
	stops := rapid.IntRange(2, 7).Draw(t, "stops")
	for s := range stops {
		gap := rapid.IntRange(0, 6).Draw(t, "gap")
		b.WriteString(string(rune('A'+s)) + strings.Repeat("-", gap))
		if rapid.IntRange(0, 3).Draw(t, "row") == 0 {
			b.WriteString("\n" + strings.Repeat(" ", rapid.IntRange(0, 20).Draw(t, "indent")))
		}
	}
	fmt.Fprintf(&b, "\nwalking transfer %d access %d direct %d\n", rapid.IntRange(0, 300).Draw(t, "transfer"),
		rapid.IntRange(0, 200).Draw(t, "access"), rapid.IntRange(0, 400).Draw(t, "direct"))
	for l := range rapid.IntRange(1, 5).Draw(t, "lines") {
		randomLine(t, &b, l, stops)
	}
	randomStations(t, &b, stops)
	classes := rapid.IntRange(0, 2).Draw(t, "classes")
	for c := range classes {
		randomClass(t, &b, c)
	}
	for range rapid.IntRange(1, 6).Draw(t, "crowds") {
		randomCrowd(t, &b, stops, classes)
	}
	for range rapid.IntRange(0, 2).Draw(t, "changes") {
		randomChange(t, &b)
	}
	return b.String()
}

func letter(t *rapid.T, stops int) string {
	return string(rune('A' + rapid.IntRange(0, stops-1).Draw(t, "stop")))
}

func clock(t *rapid.T) string {
	return fmt.Sprintf("%d:%02d", rapid.IntRange(17, 26).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute"))
}

// one is true in one of so many draws; it shrinks to false.
func one(t *rapid.T, in int, of string) bool { return rapid.IntRange(0, in-1).Draw(t, of) == in-1 }

func randomLine(t *rapid.T, b *strings.Builder, number, stops int) {
	fmt.Fprintf(b, "line l%d", number)
	for range rapid.IntRange(2, 5).Draw(t, "calls") {
		b.WriteString(" " + letter(t, stops))
	}
	if rapid.Bool().Draw(t, "regular") {
		word := rapid.SampledFrom([]string{"every", "about"}).Draw(t, "word")
		fmt.Fprintf(b, " %s %dm 18:00-%d:30", word, rapid.IntRange(1, 40).Draw(t, "headway"), rapid.IntRange(18, 25).Draw(t, "until"))
	} else {
		b.WriteString(" at")
		for range rapid.IntRange(1, 5).Draw(t, "trips") {
			b.WriteString(" " + clock(t))
		}
	}
	randomVehicle(t, b)
	if rapid.Bool().Draw(t, "timed") {
		fmt.Fprintf(b, " hop %ds dwell %ds", rapid.IntRange(1, 400).Draw(t, "hop"), rapid.IntRange(1, 60).Draw(t, "dwell"))
	}
	if rapid.Bool().Draw(t, "both") {
		b.WriteString(" both")
	}
	if one(t, 3, "named") {
		fmt.Fprintf(b, " block v%d", rapid.IntRange(1, 2).Draw(t, "block"))
	}
	b.WriteByte('\n')
}

// randomVehicle draws what a line's vehicles take, and how fast people get on and off.
func randomVehicle(t *rapid.T, b *strings.Builder) {
	room := rapid.IntRange(1, 20).Draw(t, "room")
	fmt.Fprintf(b, " room %d", room)
	if one(t, 2, "seated") {
		fmt.Fprintf(b, " seats %d", rapid.IntRange(0, room).Draw(t, "seats"))
	}
	if one(t, 2, "doors known") {
		fmt.Fprintf(b, " doors %d", rapid.IntRange(0, 4).Draw(t, "doors"))
	}
	if one(t, 2, "fast") {
		fmt.Fprintf(b, " board %ds", rapid.IntRange(1, 30).Draw(t, "board"))
	}
	if one(t, 2, "out") {
		fmt.Fprintf(b, " alight %ds", rapid.IntRange(1, 30).Draw(t, "alight"))
	}
}

// randomStations draws what people pass on the way to some stops, and what their platforms take.
func randomStations(t *rapid.T, b *strings.Builder, stops int) {
	if one(t, 2, "stations") {
		for range rapid.IntRange(1, 4).Draw(t, "facilities") {
			randomFacility(t, b, letter(t, stops))
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "platforms") {
		fmt.Fprintf(b, "platform %s holds %d\n", letter(t, stops), rapid.IntRange(1, 15).Draw(t, "holds"))
	}
	for range rapid.IntRange(0, 3).Draw(t, "stands") {
		fmt.Fprintf(b, "stands %s %d\n", letter(t, stops), rapid.IntRange(1, 3).Draw(t, "stands there"))
	}
	if one(t, 2, "venue") {
		fmt.Fprintf(b, "venue %s in %d/min out %d/min\n", letter(t, stops), rapid.IntRange(1, 60).Draw(t, "in"), rapid.IntRange(1, 60).Draw(t, "out"))
	}
}

func randomFacility(t *rapid.T, b *strings.Builder, stop string) {
	word := rapid.SampledFrom([]string{"gate", "stairs", "passage", "door", "escalator", "lift"}).Draw(t, "facility")
	fmt.Fprintf(b, "%s at %s", word, stop)
	rated := word == "gate" || word == "escalator" || word == "lift"
	if rated {
		fmt.Fprintf(b, " rate %d/min channels %d", rapid.IntRange(1, 40).Draw(t, "rate"), rapid.IntRange(1, 3).Draw(t, "channels"))
	} else {
		fmt.Fprintf(b, " width %d", rapid.IntRange(1, 3).Draw(t, "width"))
	}
	if word == "gate" && one(t, 4, "random") {
		b.WriteString(" random")
	}
	if word == "stairs" || word == "passage" || word == "escalator" {
		fmt.Fprintf(b, " length %d", rapid.IntRange(0, 60).Draw(t, "length"))
	}
	b.WriteByte('\n')
}

func randomClass(t *rapid.T, b *strings.Builder, number int) {
	fmt.Fprintf(b, "class c%d speed %d%% crowding %d%%", number, rapid.IntRange(40, 150).Draw(t, "speed"), rapid.IntRange(1, 300).Draw(t, "crowding"))
	if one(t, 2, "stepfree") {
		b.WriteString(" stepfree")
	}
	if one(t, 2, "stranger") {
		b.WriteString(" uninformed")
	}
	b.WriteByte('\n')
}

func randomCrowd(t *rapid.T, b *strings.Builder, stops, classes int) {
	n := rapid.IntRange(1, 40).Draw(t, "people")
	from, to := letter(t, stops), letter(t, stops)
	if rapid.Bool().Draw(t, "leaving") {
		fmt.Fprintf(b, "crowd %d at %s %s over %dm to %s", n, from, clock(t), rapid.IntRange(1, 30).Draw(t, "over"), to)
	} else {
		fmt.Fprintf(b, "crowd %d at %s to %s by %s", n, from, to, clock(t))
	}
	if classes > 0 && one(t, 2, "classed") {
		fmt.Fprintf(b, " class c%d", rapid.IntRange(0, classes-1).Draw(t, "class"))
	}
	if one(t, 3, "lost") {
		b.WriteString(" uninformed")
	}
	b.WriteByte('\n')
}

func randomChange(t *rapid.T, b *strings.Builder) {
	word := rapid.SampledFrom([]string{"headway", "extra"}).Draw(t, "change")
	fmt.Fprintf(b, "%s l%d every %dm 18:10-%d:10\n", word, rapid.IntRange(0, 4).Draw(t, "line"),
		rapid.IntRange(1, 20).Draw(t, "every"), rapid.IntRange(18, 25).Draw(t, "until"))
}
