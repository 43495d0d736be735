package plainyaml

import "github.com/qala-city/qala/internal/finding"

// What can be wrong with the file.
var (
	codeSyntax     = finding.Register("yaml.syntax")
	codeNotUTF8    = finding.Register("yaml.not_utf8")
	codeTooLarge   = finding.Register("yaml.too_large")
	codeTooDeep    = finding.Register("yaml.too_deep")
	codeDocuments  = finding.Register("yaml.documents")
	codePlainYAML  = finding.Register("yaml.plain_yaml")
	codeTwice      = finding.Register("yaml.key_twice")
	codeUnknownKey = finding.Register("yaml.unknown_key")
	codeMisspelt   = finding.Register("yaml.misspelt_key")
	codeMissing    = finding.Register("yaml.missing_field")
)

// What can be wrong with one value.
var (
	codeNotMap    = finding.Register("yaml.not_a_map")
	codeNotList   = finding.Register("yaml.not_a_list")
	codeNotText   = finding.Register("yaml.not_text")
	codeBadID     = finding.Register("yaml.bad_id")
	codeNotNumber = finding.Register("yaml.not_a_number")
	codeNotWhole  = finding.Register("yaml.not_whole")
	codeNotFlag   = finding.Register("yaml.not_yes_or_no")
	codeRange     = finding.Register("yaml.out_of_range")
	codeLanguage  = finding.Register("yaml.unknown_language")
	codeChoice    = finding.Register("yaml.not_a_choice")
)
