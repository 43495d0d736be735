package message

// Texts gives the tests the catalogue itself: id, language, plural category, form.
func Texts() (map[string]map[string]map[string]string, error) {
	all, err := texts()
	out := map[string]map[string]map[string]string{}
	for id, languages := range all {
		out[id] = map[string]map[string]string{}
		for language, forms := range languages {
			out[id][language] = forms
		}
	}
	return out, err
}
