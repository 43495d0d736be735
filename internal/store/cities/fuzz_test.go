package cities

import (
	"errors"
	"testing"

	"github.com/qala-city/qala/internal/kept"
)

func FuzzReadIndex(f *testing.F) {
	for _, text := range []string{
		`{"format":1,"name":"town","description":{"path":"city.yaml"},"sources":[{"path":"a"}],"versions":[{"id":"1","counts":{"stops":1}}]}`,
		`{"format":2}`, `{"format":1,"versions":{}}`, `{`, ``, `null`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := readIndex("index.json", data)
		if err == nil && c.Format != kept.Format || err != nil && !errors.Is(err, ErrIndex) {
			t.Errorf("%v: %+v", err, c)
		}
		_, _ = c.Current()
		_, _ = c.Find("1")
	})
}
