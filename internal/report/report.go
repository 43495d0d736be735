// Package report writes an evaluation for people and for spreadsheets: one
// self-contained page a language, JSON, and CSV tables.
//
// The page needs no network and no server. Its words come from package
// message, its charts from package web; where the charts were not built, every
// figure is still in its tables.
package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/message"
	"github.com/qala-city/qala/web"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

// FileName is what the page of a language is called, so that pages find each other.
func FileName(language string) string { return "report." + language + ".html" }

// Render is the page in one of message.Languages. beside names the languages
// whose pages lie in the same folder under their FileName: the page links to them.
func Render(e *evaluation.Evaluation, language string, beside ...string) ([]byte, error) {
	script, style, _ := web.Report()
	return render(e, language, beside, script, style)
}

// render is Render with a given script; without one the page has tables only.
func render(e *evaluation.Evaluation, language string, beside []string, script, style []byte) ([]byte, error) {
	speaker, err := message.For(language)
	if err != nil {
		return nil, err
	}
	desk := newDesk(e, speaker)
	view := desk.page(beside)
	view.Built = len(script) > 0
	view.Script = template.JS(sealed(script))
	view.Style = template.CSS(pageCSS + string(style))
	view.Policy = policy(string(view.Script))
	view.Data, err = desk.chartData()
	if err != nil {
		return nil, fmt.Errorf("writing the charts' figures: %w", err)
	}
	return execute(view, speaker)
}

// sealed keeps a script from ending its own element.
func sealed(script []byte) string {
	script = bytes.ReplaceAll(script, []byte("</script"), []byte(`<\/script`))
	return string(bytes.ReplaceAll(script, []byte("<!--"), []byte(`<\!--`)))
}

// policy forbids the page every load; only the script with this hash may run.
func policy(script string) string {
	hash := sha256.Sum256([]byte(script))
	return "default-src 'none'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) +
		"'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
}

func execute(view *page, speaker *message.Speaker) ([]byte, error) {
	words := template.FuncMap{"say": func(id string, pairs ...any) string { return speaker.Say(id, pairArgs(pairs)) }}
	tmpl, err := template.New("page").Funcs(words).Parse(pageHTML)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := tmpl.Execute(&out, view); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// pairArgs makes arguments of name, value, name, value.
func pairArgs(pairs []any) map[string]any {
	args := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return args
}
