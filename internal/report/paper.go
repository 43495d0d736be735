package report

import (
	"html/template"
	"regexp"
	"slices"
	"strings"
)

// paper is a page of docs as HTML: headings, paragraphs, lists, tables, code and
// links, which is what these pages use. The page's own title is left out; its
// second headings become the fourth of the report. Everything is escaped; links
// that lead out of the report are words, but for those to the web.
func paper(text string) template.HTML {
	p := paperWriter{lines: strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")}
	for len(p.lines) > 0 {
		p.block()
	}
	return template.HTML(p.out.String())
}

// paperWriter writes lines from the front, block by block.
type paperWriter struct {
	lines []string
	out   strings.Builder
}

var (
	headingPattern = regexp.MustCompile(`^(#+) +(.*)$`)
	itemPattern    = regexp.MustCompile(`^(?:[-*]|\d+\.) +(.*)$`)
)

func (p *paperWriter) block() {
	line := p.lines[0]
	heading := headingPattern.FindStringSubmatch(line)
	switch {
	case strings.TrimSpace(line) == "":
		p.lines = p.lines[1:]
	case heading != nil:
		p.lines = p.lines[1:]
		p.heading(len(heading[1]), heading[2])
	case strings.HasPrefix(line, "|"):
		p.table(p.take(func(l string) bool { return strings.HasPrefix(l, "|") }))
	case strings.HasPrefix(line, "```"):
		p.fenced()
	case strings.HasPrefix(line, "    "):
		p.code(p.take(func(l string) bool { return strings.HasPrefix(l, "    ") }))
	case itemPattern.MatchString(line):
		p.list(p.take(notBlank))
	default:
		p.element("p", inline(strings.Join(p.take(paragraph), " ")))
	}
}

func notBlank(line string) bool { return strings.TrimSpace(line) != "" }

// paragraph reports whether a line goes on with the words of the one before it.
func paragraph(line string) bool {
	return notBlank(line) && !headingPattern.MatchString(line) && !itemPattern.MatchString(line) && !strings.HasPrefix(line, "|")
}

// take is the lines from the front that belong together; one at least.
func (p *paperWriter) take(belongs func(string) bool) []string {
	end := 1
	for end < len(p.lines) && belongs(p.lines[end]) {
		end++
	}
	taken := p.lines[:end]
	p.lines = p.lines[end:]
	return taken
}

func (p *paperWriter) element(name, content string) {
	p.out.WriteString("<" + name + ">" + content + "</" + name + ">\n")
}

func (p *paperWriter) heading(depth int, words string) {
	switch {
	case depth == 2:
		p.element("h4", inline(words))
	case depth > 2:
		p.element("h5", inline(words))
	}
}

func (p *paperWriter) fenced() {
	p.lines = p.lines[1:]
	end := slices.IndexFunc(p.lines, func(l string) bool { return strings.HasPrefix(l, "```") })
	if end < 0 {
		end = len(p.lines)
	}
	p.element("pre", escape(strings.Join(p.lines[:end], "\n")))
	p.lines = p.lines[min(end+1, len(p.lines)):]
}

func (p *paperWriter) code(lines []string) {
	for i := range lines {
		lines[i] = strings.TrimPrefix(lines[i], "    ")
	}
	p.element("pre", escape(strings.Join(lines, "\n")))
}

// list has one item a line that begins with a mark; other lines go on with the item before.
func (p *paperWriter) list(lines []string) {
	var items []string
	for _, line := range lines {
		if item := itemPattern.FindStringSubmatch(line); item != nil {
			items = append(items, item[1])
			continue
		}
		items[len(items)-1] += " " + strings.TrimSpace(line)
	}
	var all strings.Builder
	for _, item := range items {
		all.WriteString("<li>" + inline(item) + "</li>")
	}
	name := "ul"
	if c := lines[0][0]; c >= '0' && c <= '9' {
		name = "ol"
	}
	p.element(name, all.String())
}

// table has a head, a line of dashes that says which columns are figures, and rows.
func (p *paperWriter) table(lines []string) {
	var rows strings.Builder
	figures := map[int]bool{}
	for i, line := range lines {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if i == 1 {
			for column, cell := range cells {
				figures[column] = strings.HasSuffix(strings.TrimSpace(cell), ":")
			}
			continue
		}
		rows.WriteString("<tr>")
		for column, cell := range cells {
			open, end := "<td>", "</td>"
			if i == 0 {
				open, end = `<th scope="col">`, "</th>"
			} else if figures[column] {
				open = `<td class="figure">`
			}
			rows.WriteString(open + inline(strings.TrimSpace(cell)) + end)
		}
		rows.WriteString("</tr>")
	}
	p.out.WriteString(`<div class="scroll" tabindex="0"><table>` + rows.String() + "</table></div>\n")
}

func escape(words string) string { return template.HTMLEscapeString(words) }

// inlinePattern finds code, a link, strong words and stressed ones, in this order.
var inlinePattern = regexp.MustCompile("`([^`]+)`" + `|\[([^\]]+)\]\(([^)\s]+)\)|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*`)

// inline writes the marks within a line.
func inline(words string) string {
	var out strings.Builder
	for {
		at := inlinePattern.FindStringSubmatchIndex(words)
		if at == nil {
			return out.String() + escape(words)
		}
		group := func(n int) string {
			if at[2*n] < 0 {
				return ""
			}
			return words[at[2*n]:at[2*n+1]]
		}
		out.WriteString(escape(words[:at[0]]))
		switch {
		case group(1) != "":
			out.WriteString("<code>" + escape(group(1)) + "</code>")
		case group(2) != "":
			out.WriteString(linked(group(2), group(3)))
		case group(4) != "":
			out.WriteString("<b>" + inline(group(4)) + "</b>")
		default:
			out.WriteString("<em>" + inline(group(5)) + "</em>")
		}
		words = words[at[1]:]
	}
}

// linked is a link where it leads somewhere from a report: to the other page on
// the method, or to the web.
func linked(words, target string) string {
	switch {
	case target == "METHOD.md" || target == "VERIFICATION.md":
		target = "#" + strings.ToLower(strings.TrimSuffix(target, ".md")) + "-paper"
	case !strings.HasPrefix(target, "https://"):
		return inline(words)
	}
	return `<a href="` + escape(target) + `">` + inline(words) + "</a>"
}
