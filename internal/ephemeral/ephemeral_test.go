package ephemeral

import (
	"testing"

	"github.com/qala-city/qala/internal/store/conformance"
)

func TestConformance(t *testing.T) {
	conformance.Documents(t, func(testing.TB) conformance.Place {
		kept := NewStore().kept.Load()
		var last *Store
		return func() (conformance.Store, error) {
			if last != nil {
				kept = last.kept.Load()
			}
			last = NewStore()
			last.kept.Store(kept)
			return last, nil
		}
	})
}
