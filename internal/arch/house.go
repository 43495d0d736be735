// Package arch holds the plan of the house as data and checks the code against
// it: which room may import which, what a room may not touch, how rooms and
// things are named. It is used by its own tests only.
package arch

// Module is the import path of the house.
const Module = "github.com/qala-city/qala"

// Layer is a storey of the house.
type Layer string

// The layers, from the ground up.
const (
	Map     Layer = "map"     // the root package: a page to read, no code
	Words   Layer = "words"   // pure values
	Engines Layer = "engines" // functions from value to value
	Formats Layer = "formats" // bytes <-> words
	Voice   Layer = "voice"   // the catalogue of words in every language
	Browser Layer = "browser" // what a browser shows and runs, embedded
	Desks   Layer = "desks"   // own what changes with time
	Seams   Layer = "seams"   // where things are kept
	Doors   Layer = "doors"   // let people and programs in
	Example Layer = "example" // the built-in city, and what writes its files
	Command Layer = "command" // wires the house together
	Tests   Layer = "tests"   // used by tests only
)

// Rooms is every package of the module, by its folder, with its layer.
var Rooms = map[string]Layer{
	".": Map,

	"internal/geo":         Words,
	"internal/polygon":     Words,
	"internal/projection":  Words,
	"internal/basis":       Words,
	"internal/finding":     Words,
	"internal/label":       Words,
	"internal/draw":        Words,
	"internal/exact":       Words,
	"internal/transit":     Words,
	"internal/frontier":    Words,
	"internal/contraction": Words,
	"internal/street":      Words,
	"internal/station":     Words,
	"internal/demand":      Words,
	"internal/network":     Words,
	"internal/scenario":    Words,
	"internal/kept":        Words,
	"internal/evaluation":  Words,
	"internal/claim":       Words,
	"internal/role":        Words,
	"internal/workspace":   Words,
	"internal/ledger":      Words,

	"internal/capacity":   Engines,
	"internal/serve":      Engines,
	"internal/block":      Engines,
	"internal/assign":     Engines,
	"internal/journey":    Engines,
	"internal/difference": Engines,
	"internal/comparison": Engines,
	"internal/retrace":    Engines,
	"internal/headway":    Engines,
	"internal/grid":       Engines,

	"internal/plainyaml":   Formats,
	"internal/geojson":     Formats,
	"internal/geopackage":  Formats,
	"internal/table":       Formats,
	"internal/gtfs":        Formats,
	"internal/osm":         Formats,
	"internal/cityfile":    Formats,
	"internal/eventfile":   Formats,
	"internal/drawn":       Formats,
	"internal/instance":    Formats,
	"internal/plantest":    Formats,
	"internal/spreadsheet": Formats,
	"internal/typeset":     Formats,
	"internal/workbook":    Formats,

	"internal/message": Voice,

	"web":  Browser,
	"docs": Browser,

	"internal/atlas":     Desks,
	"internal/access":    Desks,
	"internal/approval":  Desks,
	"internal/audit":     Desks,
	"internal/feed":      Desks,
	"internal/job":       Desks,
	"internal/office":    Desks,
	"internal/plan":      Desks,
	"internal/rehearsal": Desks,
	"internal/report":    Desks,
	"internal/upkeep":    Desks,

	"internal/api":     Doors,
	"internal/gate":    Doors,
	"internal/console": Doors,
	"internal/monitor": Doors,
	"internal/ogc":     Doors,
	"internal/oidc":    Doors,
	"internal/tiles":   Doors,

	"internal/download":          Seams,
	"internal/store/wholefile":   Seams,
	"internal/store/networkfile": Seams,
	"internal/store/cities":      Seams,
	"internal/store/tree":        Seams,
	"internal/store/hold":        Seams,
	"internal/store/backup":      Seams,
	"internal/stream":            Seams,
	"internal/store/relation":    Seams,
	"internal/store/sqlite":      Seams,
	"internal/store/postgres":    Seams,
	"internal/store/contents":    Seams,

	"examples/astana":       Example,
	"examples/astana/make":  Example,
	"examples/kuala-lumpur": Example,
	"examples/porto":        Example,

	"internal/works": Command,
	"cmd/qala":       Command,

	"internal/store/conformance": Tests,

	"internal/arch":         Tests,
	"internal/ephemeral":    Tests,
	"internal/natscluster":  Tests,
	"internal/require":      Tests,
	"internal/verification": Tests,
}

// mayImport is what each layer may use of the house. A desk never uses another
// desk, a door never a seam, and nothing but tests uses the tests' own rooms.
var mayImport = map[Layer][]Layer{
	Map:     {},
	Words:   {Words},
	Engines: {Words, Engines},
	Formats: {Words, Formats},
	Voice:   {Words},
	Browser: {},
	Desks:   {Words, Engines, Formats, Voice, Browser},
	Seams:   {Words, Seams},
	Doors:   {Words, Formats, Voice, Browser, Desks},
	Example: {Words},
	Command: {Words, Engines, Formats, Voice, Desks, Seams, Doors, Example, Command},
	Tests:   {Words, Tests},
}

// outside lists the packages of the standard library, with everything below
// them, that a layer does not touch: a pure value has no files, no network, no
// log and no dice.
var outside = map[Layer][]string{
	Map:     pure,
	Words:   pure,
	Engines: pure,
	Formats: {"os", "net", "log", "syscall", "path/filepath", "math/rand", "crypto/rand", "unsafe"},
	Voice:   {"os", "net", "log", "syscall", "path/filepath", "math/rand", "crypto/rand", "unsafe"},
}

var pure = []string{
	"os", "net", "log", "syscall", "path/filepath", "io/fs", "embed", "plugin",
	"math/rand", "crypto/rand", "unsafe", "testing",
}

// timeless are the layers that never ask what time it is, so that the same
// input gives the same bytes.
var timeless = []Layer{Words, Engines, Formats, Voice, Desks}

// clockCalls are the functions of package time that read the clock or wait for it.
var clockCalls = []string{"Now", "Since", "Until", "After", "AfterFunc", "Sleep", "Tick", "NewTicker", "NewTimer"}

// emptyNames say nothing about what a room is for.
var emptyNames = []string{
	"util", "utils", "common", "helper", "helpers", "model", "models", "type", "types",
	"manager", "managers", "misc", "base", "shared", "lib",
}

// emptyEndings say nothing about what a type is.
var emptyEndings = []string{"Impl", "Factory", "Manager", "Helper", "Util", "Service"}

// longestFunction is how many lines a function may take, its braces included.
const longestFunction = 60
