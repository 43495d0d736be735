package gtfs

import (
	"strconv"

	"golang.org/x/text/language"

	"github.com/qala-city/qala/internal/transit"
)

// translationFile is translations.txt with its columns, of the present form or
// of the older one that knows only a text and its translations.
type translationFile struct {
	*file
	table, column, language, text, record, value field

	named  map[string][]transit.Stop // stops by name
	given  map[translated]bool
	unused int
}

// mostTranslations bounds what a few rows can make: one row may name all stops
// that share a name.
const mostTranslations = 2_000_000

// translated is what may be translated once.
type translated struct {
	stop     transit.Stop
	language string
}

func (r *reader) readTranslations() error {
	f, err := r.open("translations.txt", "translation")
	if f == nil {
		return err
	}
	s := &translationFile{
		file: f, table: f.field("table_name"), column: f.field("field_name"), language: f.field("language"),
		text: f.field("translation"), record: f.field("record_id"), value: f.field("field_value"),
		named: map[string][]transit.Stop{}, given: map[translated]bool{},
	}
	if old := f.field("trans_id"); f.has(old) && !f.has(s.table) {
		s.value, s.language = old, f.field("lang")
	}
	for i, name := range r.name {
		s.named[name] = append(s.named[name], r.base+transit.Stop(i))
	}
	for s.Next() {
		r.readTranslation(s)
	}
	s.noteCount(codeTranslationsUnused, s.unused)
	return s.close()
}

func (r *reader) readTranslation(s *translationFile) {
	if s.has(s.table) && (s.file.value(s.table) != "stops" || s.file.value(s.column) != "stop_name") {
		s.unused++
		return
	}
	tag, err := language.Parse(s.file.value(s.language))
	if err != nil {
		s.reject(codeBadLanguage, s.language)
		return
	}
	if s.file.value(s.text) == "" {
		s.reject(codeMissingValue, s.text)
		return
	}
	stops, ok := r.meant(s)
	if !ok {
		return
	}
	if len(s.given)+len(stops) > mostTranslations {
		s.reject(codeTooMany, s.text, "most", strconv.Itoa(mostTranslations))
		return
	}
	r.translate(s, stops, tag.String())
}

// meant are the stops that a row names, by id or by their name. A text that no
// stop bears belongs to something else.
func (r *reader) meant(s *translationFile) ([]transit.Stop, bool) {
	if id := s.file.value(s.record); id != "" {
		if at, known := r.stops.known[id]; known && uint32(at) == notUsed {
			s.unused++
			return nil, false
		}
		stop, ok := r.stops.refer(s.file, s.record, "stops.txt")
		return []transit.Stop{stop}, ok
	}
	stops := s.named[s.file.value(s.value)]
	if len(stops) == 0 {
		s.unused++
	}
	return stops, len(stops) > 0
}

// translate names the stops that have no name in the language yet; a row that
// adds nothing is rejected as a repetition.
func (r *reader) translate(s *translationFile, stops []transit.Stop, language string) {
	text, added := s.Keep(s.text.at), false
	for _, stop := range stops {
		if key := (translated{stop, language}); !s.given[key] {
			s.given[key], added = true, true
			r.into.AddTranslation(stop, language, text)
		}
	}
	if !added {
		s.reject(codeDuplicateRow, s.text)
	}
}
