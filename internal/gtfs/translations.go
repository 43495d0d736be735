package gtfs

import (
	"strconv"

	"golang.org/x/text/language"
)

// translationFile is translations.txt with its columns, of the present form or
// of the older one that knows only a text and its translations.
type translationFile struct {
	*file
	table, column, language, text, record, value field

	given  map[translated]string
	unused int
}

// mostTranslations bounds what a hostile file can make.
const mostTranslations = 2_000_000

// translated is what may be translated once.
type translated struct{ text, language string }

func (r *reader) readTranslations() error {
	f, err := r.open("translations.txt", "translation")
	if f == nil {
		return err
	}
	s := &translationFile{
		file: f, table: f.field("table_name"), column: f.field("field_name"), language: f.field("language"),
		text: f.field("translation"), record: f.field("record_id"), value: f.field("field_value"),
		given: map[translated]string{},
	}
	if old := f.field("trans_id"); f.has(old) && !f.has(s.table) {
		s.value, s.language = old, f.field("lang")
	}
	for s.Next() {
		r.readTranslation(s)
	}
	s.noteCount(codeTranslationsUnused, s.unused)
	return s.close()
}

func (r *reader) readTranslation(s *translationFile) {
	tag, err := language.Parse(s.file.value(s.language))
	if err != nil {
		s.reject(codeBadLanguage, s.language)
		return
	}
	if s.file.value(s.text) == "" {
		s.reject(codeMissingValue, s.text)
		return
	}
	text, ok := r.meant(s)
	if !ok {
		return
	}
	if len(s.given) >= mostTranslations {
		s.reject(codeTooMany, s.text, "most", strconv.Itoa(mostTranslations))
		return
	}
	r.translate(s, translated{text, tag.String()})
}

// meant is the text that a row translates: it stands in the row, or at the
// record that the row names.
func (r *reader) meant(s *translationFile) (string, bool) {
	table, column := s.file.value(s.table), s.file.value(s.column)
	if !s.has(s.table) {
		return s.Keep(s.value.at), true
	}
	if !shown[table+"."+column] {
		s.unused++
		return "", false
	}
	if s.file.value(s.record) == "" {
		return s.Keep(s.value.at), true
	}
	return r.recordText(s, table)
}

// shown are the texts that a report shows.
var shown = map[string]bool{"stops.stop_name": true, "routes.route_short_name": true, "trips.trip_headsign": true}

// recordText is the text of a record that a translation names by its id.
func (r *reader) recordText(s *translationFile, table string) (string, bool) {
	switch table {
	case "routes":
		route, ok := r.routes.refer(s.file, s.record, "routes.txt")
		if !ok {
			return "", false
		}
		return r.into.SoFar().Routes.Name[route], true
	case "trips":
		trip, ok := r.trips.refer(s.file, s.record, "trips.txt")
		if !ok {
			return "", false
		}
		return r.tripRows[trip].headsign, true
	}
	if at, known := r.stops.known[s.file.value(s.record)]; known && uint32(at) == notUsed {
		s.unused++
		return "", false
	}
	stop, ok := r.stops.refer(s.file, s.record, "stops.txt")
	if !ok {
		return "", false
	}
	return r.name[stop-r.base], true
}

// translate names a text in a language. Another name for it is rejected as a
// repetition; the same name again, as of a stop's other side, adds nothing.
func (r *reader) translate(s *translationFile, what translated) {
	name := s.Keep(s.text.at)
	before, known := s.given[what]
	switch {
	case !known:
		s.given[what] = name
		r.into.AddTranslation(what.text, what.language, name)
	case before != name:
		s.reject(codeDuplicateRow, s.text)
	}
}
