package gtfs

import (
	"os"
	"testing"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

func BenchmarkBig(b *testing.B) {
	for b.Loop() {
		if _, err := Read(b.Context(), Source{FS: os.DirFS("/tmp/rd/big"), Workers: 1}, transit.NewBuilder(), &finding.Log{}); err != nil {
			b.Fatal(err)
		}
	}
}
