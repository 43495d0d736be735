package api

import (
	"net/http"
	"slices"

	"golang.org/x/text/language"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/message"
)

// matcher finds the best of the languages that there are words in.
var matcher = func() language.Matcher {
	tags := []language.Tag{language.English}
	for _, l := range message.Languages() {
		if l != "en" {
			tags = append(tags, language.MustParse(l))
		}
	}
	return language.NewMatcher(tags)
}()

// languageOf is the one that a request asks for: by ?lang=, else by Accept-Language, else English.
func languageOf(r *http.Request) string {
	if lang := r.URL.Query().Get("lang"); slices.Contains(message.Languages(), lang) {
		return lang
	}
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(tags) == 0 {
		return "en"
	}
	tag, _, _ := matcher.Match(tags...)
	base, _ := tag.Base()
	return base.String()
}

// Told is a finding with its words.
type Told struct {
	Level    finding.Level     `json:"level" enum:"note,warning,error"`
	Code     finding.Code      `json:"code"`
	File     string            `json:"file,omitempty"`
	Line     int               `json:"line,omitempty"`
	Field    string            `json:"field,omitempty"`
	Value    string            `json:"value,omitempty"`
	Args     map[string]string `json:"args,omitempty"`
	Sentence string            `json:"sentence" doc:"What is wrong or odd, in the language that was asked for"`
	Fix      string            `json:"fix,omitempty" doc:"What to do about it"`
}

// told are findings in a language.
func told(findings []finding.Finding, lang string) []Told {
	out := make([]Told, 0, len(findings))
	speaker, err := message.For(lang)
	for _, f := range findings {
		t := Told{Level: f.Level, Code: f.Code, File: f.File, Line: f.Line, Field: f.Field, Value: f.Value, Args: f.Args}
		if err == nil {
			t.Sentence, t.Fix = speaker.Finding(f)
		}
		out = append(out, t)
	}
	return out
}
