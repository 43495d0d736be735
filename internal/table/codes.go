package table

import "github.com/qala-city/qala/internal/finding"

var (
	codeUTF16           = finding.Register("table.utf16")
	codeEmpty           = finding.Register("table.empty")
	codeMissingColumn   = finding.Register("table.missing_column")
	codeDuplicateColumn = finding.Register("table.duplicate_column")
	codeExtraCells      = finding.Register("table.extra_cells")
	codeEmptyCells      = finding.Register("table.empty_cells")
	codeMixedEndings    = finding.Register("table.mixed_line_endings")
	codeMissingCells    = finding.Register("table.missing_cells")
	codeMoreOddRows     = finding.Register("table.more_odd_rows")
	codeOpenQuote       = finding.Register("table.open_quote")
	codeNUL             = finding.Register("table.nul")
	codeNotUTF8         = finding.Register("table.not_utf8")
	codeDelimiter       = finding.Register("table.delimiter")
)
