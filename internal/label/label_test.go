package label

import "testing"

func TestIn(t *testing.T) {
	names := Names{"kk": "Әуежай", "en": "Airport"}
	for language, want := range map[string]string{"kk": "Әуежай", "zh": "Airport"} {
		if got := names.In(language, "?"); got != want {
			t.Errorf("in %s: %q, want %q", language, got, want)
		}
	}
	if got := (Names{"ru": "Аэропорт", "kk": "Әуежай"}).In("zh", "?"); got != "Әуежай" {
		t.Errorf("without English: %q", got)
	}
	if got := (Names{}).In("zh", "airport"); got != "airport" {
		t.Errorf("without names: %q", got)
	}
}
