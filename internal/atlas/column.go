package atlas

import (
	"maps"
	"slices"
	"strconv"

	"github.com/qala-city/qala/internal/label"
)

// text is a column of words; the empty one counts as not known.
func text(name, description string, of func(row int) string) column {
	return column{Column: Column{name, description, Text}, of: func(row int) any {
		if v := of(row); v != "" {
			return v
		}
		return nil
	}}
}

// count is a column of whole numbers, all of them known.
func count(name, description string, of func(row int) int) column {
	return column{Column: Column{name, description, Integer}, of: func(row int) any { return of(row) }}
}

// known is a column of whole numbers in which 0 stands for what nobody knows.
func known(name, description string, of func(row int) int) column {
	return column{Column: Column{name, description, Integer}, of: func(row int) any {
		if v := of(row); v != 0 {
			return v
		}
		return nil
	}}
}

// measure is a column of numbers in which 0 stands for what nobody knows.
func measure(name, description string, of func(row int) float64) column {
	return column{Column: Column{name, description, Number}, of: func(row int) any {
		if v := of(row); v != 0 {
			return v
		}
		return nil
	}}
}

// truth is a column of yes and no; nil when not known.
func truth(name, description string, of func(row int) any) column {
	return column{Column: Column{name, description, Truth}, of: of}
}

// tiled is the column on tiles too.
func (c column) tiled() column { return c.tiledFrom(0) }

// tiledFrom is the column on the tiles of a zoom and of those closer.
func (c column) tiledFrom(z zoom) column {
	c.onTiles, c.from = true, z
	return c
}

// named are a column with the name that the input gives, or in English where it
// gives names by language only, and one for each further language.
func named(rows int, of func(row int) label.Names) []column {
	languages := map[string]bool{}
	for row := range rows {
		for language := range of(row) {
			languages[language] = true
		}
	}
	delete(languages, "")
	out := []column{text("name", "name as the input gives it", func(row int) string {
		names := of(row)
		if own := names[""]; own != "" {
			return own
		}
		return names.In("en", "")
	}).tiled()}
	for _, language := range slices.Sorted(maps.Keys(languages)) {
		out = append(out, text("name_"+language, "name in the language "+language, func(row int) string { return of(row)[language] }).tiled())
	}
	return out
}

// Reads reports whether a text can be a value of the column.
func (c Column) Reads(text string) bool {
	_, ok := c.value(text)
	return ok
}

// value is what a text says, in the form in which same compares it.
func (c Column) value(text string) (any, bool) {
	switch c.Type {
	case Integer, Number:
		v, err := strconv.ParseFloat(text, 64)
		return v, err == nil
	case Truth:
		v, err := strconv.ParseBool(text)
		return v, err == nil
	}
	return text, true
}

// same reports whether a value of a row is the one asked for.
func same(v, asked any) bool {
	if n, whole := v.(int); whole {
		return any(float64(n)) == asked
	}
	return v == asked
}
