package message_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/message"
	"github.com/qala-city/qala/internal/require"
)

// sameEverywhere are messages that are rightly the same in English and in
// another language: names, and signs without words.
var sameEverywhere = []string{}

// families are the beginnings of ids that the program puts together from a
// part that it knows only while running. Their members are checked elsewhere.
var families = []string{"finding.", "fix.", "month.", "weekday.", "kind.", "assumption.", "unit.", "facility.", "why."}

func catalogue(t *testing.T) map[string]map[string]map[string]string {
	t.Helper()
	all, err := message.Texts()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("the catalogue holds %d messages only", len(all))
	}
	return all
}

func TestEveryMessageHasEveryLanguage(t *testing.T) {
	for id, texts := range catalogue(t) {
		for lang := range texts {
			if !slices.Contains(message.Languages(), lang) {
				t.Errorf("%s: unknown language %q", id, lang)
			}
		}
		for _, lang := range message.Languages() {
			if len(texts[lang]) == 0 {
				t.Errorf("%s: no text in %s", id, lang)
			}
			for category, form := range texts[lang] {
				if strings.TrimSpace(form) == "" {
					t.Errorf("%s: empty text in %s (%s)", id, lang, category)
				}
			}
		}
	}
}

var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

func TestPlaceholdersAgreeBetweenLanguages(t *testing.T) {
	for id, texts := range catalogue(t) {
		expected := placeholders(texts["en"])
		for lang, forms := range texts {
			if got := placeholders(forms); !slices.Equal(got, expected) {
				t.Errorf("%s: placeholders in %s are %v, in en %v", id, lang, got, expected)
			}
			for _, form := range forms {
				if strings.Count(form, "{") != len(placeholder.FindAllString(form, -1)) {
					t.Errorf("%s: a brace is left open in %s: %s", id, lang, form)
				}
			}
		}
	}
}

// placeholders are the names that any form uses: "one" may spell its number out.
func placeholders(forms map[string]string) []string {
	var names []string
	for _, form := range forms {
		names = append(names, placeholder.FindAllString(form, -1)...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestPluralFormsAreThoseOfTheLanguage(t *testing.T) {
	for id, texts := range catalogue(t) {
		if !anyPlural(texts) {
			continue
		}
		for lang, forms := range texts {
			for _, category := range categories(lang) {
				if forms[category] == "" {
					t.Errorf("%s: %s lacks the plural form %q", id, lang, category)
				}
			}
			for category := range forms {
				if category != "other" && !slices.Contains(categories(lang), category) {
					t.Errorf("%s: %s has no plural form %q", id, lang, category)
				}
			}
		}
	}
}

func anyPlural(texts map[string]map[string]string) bool {
	for _, forms := range texts {
		if len(forms) > 1 {
			return true
		}
	}
	return false
}

// categories are the plural categories that whole numbers take in a language, asked of x/text itself.
func categories(lang string) []string {
	names := map[plural.Form]string{plural.Other: "other", plural.One: "one", plural.Few: "few", plural.Many: "many"}
	var found []string
	for n := range 200 {
		found = append(found, names[plural.Cardinal.MatchPlural(language.MustParse(lang), n, 0, 0, 0, 0)])
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func TestNothingIsLeftInEnglish(t *testing.T) {
	for id, texts := range catalogue(t) {
		for _, lang := range []string{"kk", "ru", "zh"} {
			for category, form := range texts[lang] {
				words := placeholder.ReplaceAllString(form, "")
				if slices.Contains(sameEverywhere, id) || !strings.ContainsFunc(words, unicode.IsLetter) {
					continue
				}
				if form == texts["en"][category] || form == texts["en"]["other"] || !strings.ContainsFunc(words, script(lang)) {
					t.Errorf("%s: not translated to %s: %s", id, lang, form)
				}
			}
		}
	}
}

// script tells the letters of a language: Chinese or Cyrillic.
func script(lang string) func(rune) bool {
	if lang == "zh" {
		return func(r rune) bool { return unicode.Is(unicode.Han, r) }
	}
	return func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }
}

// TestEveryFindingHasWords knows the codes of the rooms that rooms_test.go imports.
func TestEveryFindingHasWords(t *testing.T) {
	all := catalogue(t)
	codes := finding.Codes()
	for _, code := range codes {
		for _, id := range []string{"finding." + string(code), "fix." + string(code)} {
			if all[id] == nil {
				t.Errorf("no message %s", id)
			}
		}
	}
	for id := range all {
		code, is := strings.CutPrefix(id, "finding.")
		if fix, isFix := strings.CutPrefix(id, "fix."); isFix {
			code, is = fix, true
		}
		if is && !slices.Contains(codes, finding.Code(code)) {
			t.Errorf("message %s belongs to no registered code", id)
		}
	}
}

// TestRoomsOfAllCodesAreKnown finds codes that rooms_test.go does not import.
func TestRoomsOfAllCodesAreKnown(t *testing.T) {
	declared := regexp.MustCompile(`finding\.Register\("([^"]+)"\)`).FindAllStringSubmatch(sources(t), -1)
	if len(declared) < 10 {
		t.Fatalf("%d declarations found only", len(declared))
	}
	for _, d := range declared {
		if !slices.Contains(finding.Codes(), finding.Code(d[1])) {
			t.Errorf("%s is declared in a room that rooms_test.go does not import", d[1])
		}
	}
}

// TestEveryMessageIsUsed looks for each id as a quoted word in the sources.
func TestEveryMessageIsUsed(t *testing.T) {
	sources := sources(t)
	for id := range catalogue(t) {
		if slices.ContainsFunc(families, func(family string) bool { return strings.HasPrefix(id, family) }) {
			continue
		}
		if !strings.Contains(sources, `"`+id+`"`) {
			t.Errorf("nobody says %s", id)
		}
	}
}

// sources are all Go, template and TypeScript files that are not tests.
func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	root := require.Root(t)
	for _, folder := range []string{"cmd", "internal", "web/src"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			if slices.Contains([]string{".go", ".ts", ".html"}, filepath.Ext(path)) {
				content, err := os.ReadFile(path)
				all.Write(content)
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}
