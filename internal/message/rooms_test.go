package message_test

// The rooms that declare finding codes: importing them makes the codes known
// to TestEveryFindingHasWords.
import (
	_ "github.com/qala-city/qala/internal/cityfile"
	_ "github.com/qala-city/qala/internal/eventfile"
	_ "github.com/qala-city/qala/internal/feed"
	_ "github.com/qala-city/qala/internal/finding"
	_ "github.com/qala-city/qala/internal/geojson"
	_ "github.com/qala-city/qala/internal/geopackage"
	_ "github.com/qala-city/qala/internal/gtfs"
	_ "github.com/qala-city/qala/internal/network"
	_ "github.com/qala-city/qala/internal/office"
	_ "github.com/qala-city/qala/internal/osm"
	_ "github.com/qala-city/qala/internal/plainyaml"
	_ "github.com/qala-city/qala/internal/plan"
	_ "github.com/qala-city/qala/internal/scenario"
	_ "github.com/qala-city/qala/internal/table"
	_ "github.com/qala-city/qala/internal/upkeep"
)
