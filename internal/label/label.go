// Package label says what a thing is called in several languages.
package label

import "slices"

// Names maps a BCP 47 language to a name. It may be empty.
type Names map[string]string

// In is the name in a language, else the English one, else the first by
// alphabet of languages, else fallback.
func (n Names) In(language, fallback string) string {
	for _, l := range []string{language, "en"} {
		if name := n[l]; name != "" {
			return name
		}
	}
	for _, l := range n.Languages() {
		if n[l] != "" {
			return n[l]
		}
	}
	return fallback
}

// Languages are the languages with a name, in alphabetical order.
func (n Names) Languages() []string {
	languages := make([]string, 0, len(n))
	for l := range n {
		languages = append(languages, l)
	}
	slices.Sort(languages)
	return languages
}
