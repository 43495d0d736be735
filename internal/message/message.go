// Package message is the catalogue of words: every sentence that a person
// reads, in Kazakh, Russian, Chinese and English, with the numbers, times and
// dates of each language.
//
// A message is one text, or one text for each plural category that is chosen
// by the argument "count". Placeholders are written {name}. No message holds
// markup: whoever prints it escapes it.
package message

import (
	"embed"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	printer "golang.org/x/text/message"

	"github.com/qala-city/qala/internal/finding"
)

//go:embed catalogue/*.yaml
var files embed.FS

// texts are the embedded messages, read once.
var texts = sync.OnceValues(func() (catalogue, error) { return read(files) })

// Languages are the BCP 47 codes that every message has, in alphabetical order.
func Languages() []string { return []string{"en", "kk", "ru", "zh"} }

// IDs are the ids of all messages in alphabetical order, or the error of the catalogue.
func IDs() ([]string, error) {
	all, err := texts()
	if err != nil {
		return nil, err
	}
	return all.ids(), nil
}

// Speaker says things in one language. It is safe for use by many goroutines.
type Speaker struct {
	language string
	tag      language.Tag
	printer  *printer.Printer
	texts    catalogue
}

// For is the speaker of one of Languages; another language is an error.
func For(lang string) (*Speaker, error) {
	if !slices.Contains(Languages(), lang) {
		return nil, fmt.Errorf("language %q is not one of %v", lang, Languages())
	}
	all, err := texts()
	if err != nil {
		return nil, err
	}
	tag := language.MustParse(lang)
	return &Speaker{language: lang, tag: tag, printer: printer.NewPrinter(tag), texts: all}, nil
}

// Language is the BCP 47 code of the speaker.
func (s *Speaker) Language() string { return s.language }

// Has reports whether the catalogue knows the id.
func (s *Speaker) Has(id string) bool {
	_, known := s.texts[id]
	return known
}

// Say is the message with its placeholders filled in. Integers and floats are
// written in the language's way, everything else as it is. An unknown id
// gives the id, a missing argument leaves its placeholder.
func (s *Speaker) Say(id string, args map[string]any) string {
	text, known := s.texts[id][s.language]
	if !known {
		return id
	}
	return fill(text.form(s.category(args["count"])), func(name string) (string, bool) {
		value, given := args[name]
		return s.word(value), given
	})
}

// Finding is the sentence that tells a finding and the one that says what to
// do about it. A code without words gives its code and "".
func (s *Speaker) Finding(f finding.Finding) (sentence, fix string) {
	args := map[string]any{"file": f.File, "line": fmt.Sprint(f.Line), "field": f.Field, "value": f.Value}
	for name, word := range f.Args {
		args[name] = word
	}
	if count, whole := asInt(args["count"]); whole {
		args["count"] = count
	}
	id := "finding." + string(f.Code)
	if !s.Has(id) {
		return string(f.Code), ""
	}
	return s.Say(id, args), s.Say("fix."+string(f.Code), args)
}

// category is the plural category that a count takes in the language.
func (s *Speaker) category(count any) string {
	n, whole := asInt(count)
	if !whole {
		return "other"
	}
	return categoryNames[plural.Cardinal.MatchPlural(s.tag, max(n, -n)%10_000_000, 0, 0, 0, 0)]
}

var categoryNames = map[plural.Form]string{
	plural.Other: "other", plural.Zero: "zero", plural.One: "one",
	plural.Two: "two", plural.Few: "few", plural.Many: "many",
}
