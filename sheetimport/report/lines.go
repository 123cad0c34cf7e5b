package report

import (
	"bufio"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// rowLine is one line of a plan's text: the rows of which the same is to be said, and what.
type rowLine struct {
	rows []int // in order
	remark
	varies bool // said is of the first row, and others differ in details
}

// remark is what a line says about a row, in the language of the text.
type remark struct {
	cell  string // what happens to the row, and the column that it is about
	value string // of the cell
	text  string
}

// rowLines gathers the lines, in the order of their first rows.
type rowLines struct {
	lang language.Tag
	all  []*rowLine
	by   map[string]*rowLine
}

// add says something of a row. Rows with one key share the line of the first.
func (l *rowLines) add(row int, key string, s remark) {
	if l.by == nil {
		l.by = map[string]*rowLine{}
	}
	line := l.by[key]
	if line == nil {
		line = &rowLine{remark: s}
		l.by[key] = line
		l.all = append(l.all, line)
	}
	line.varies = line.varies || line.remark != s
	if n := len(line.rows); n == 0 || line.rows[n-1] != row {
		line.rows = append(line.rows, row)
	}
}

// comesIn reports whether something of the row is taken over or is in the CRM already.
func comesIn(r sheetimport.PlannedRow) bool {
	switch r.Verdict {
	case sheetimport.Created, sheetimport.Updated, sheetimport.Unchanged:
		return true
	case sheetimport.Conflict:
		return r.Of == 0 && r.Cooperation.IsZero() // changed in both; a conflict with another row, or with what a person made, keeps this one out
	}
	return false
}

// remarkLines are the lines about rows that need somebody's attention or are updated, and those that are good to know.
func remarkLines(p *sheetimport.Plan, o TextOptions) (problems, notices []*rowLine) {
	lang := o.Lang
	of := map[sheetimport.Verdict]*rowLines{}
	for _, v := range sheetimport.Verdicts() {
		of[v] = &rowLines{lang: lang}
	}
	good := rowLines{lang: lang}
	for _, row := range p.Rows {
		if o.Verdict != "" && row.Verdict != o.Verdict {
			continue
		}
		listed := o.All || o.Verdict != ""
		lines := of[row.Verdict]
		switch row.Verdict {
		case sheetimport.Duplicate:
			if row.Of == 0 {
				for _, m := range row.Notices {
					s := remarkOf(m, lang)
					s.cell = " " + row.Verdict.Word().In(lang) + s.cell
					lines.add(row.Row, s.cell+s.value+s.text, s)
				}
				break
			}
			if m, ok := differs(row); ok {
				s := remarkOf(m, lang)
				s.cell = " " + row.Verdict.Word().In(lang) + s.cell
				lines.add(row.Row, s.cell+s.value+s.text, s)
				break
			}
			text := " " + sentence.Of("%s of row %s", row.Verdict.Word(), strconv.Itoa(row.Of)).In(lang)
			lines.add(row.Row, text, remark{text: text})
		case sheetimport.Updated:
			lines.addUpdate(row)
		case sheetimport.Created, sheetimport.Unchanged:
			if listed {
				text := fmt.Sprintf(" %s%s", row.Verdict.Word().In(lang), about(row))
				lines.add(row.Row, text, remark{text: text})
			}
		}
		for _, m := range row.Problems {
			s := remarkOf(m, lang)
			s.cell = " " + row.Verdict.Word().In(lang) + s.cell
			lines.add(row.Row, s.cell+s.value+s.text, s)
		}
		switch {
		case comesIn(row):
			for _, m := range row.Notices {
				good.addNotice(row.Row, m)
			}
		case row.Verdict == sheetimport.Skipped:
			why := sentence.Of("blank").In(lang)
			if len(row.Notices) > 0 {
				why = texts.Plain(row.Notices[0].Message.In(lang))
			}
			text := fmt.Sprintf(" %s: %s", row.Verdict.Word().In(lang), why)
			good.add(row.Row, text, remark{text: text})
		}
	}
	for _, v := range []sheetimport.Verdict{
		sheetimport.Rejected, sheetimport.Conflict, sheetimport.Open, sheetimport.Updated, sheetimport.Created, sheetimport.Unchanged,
		sheetimport.Duplicate,
	} {
		problems = append(problems, of[v].all...)
	}
	return problems, good.all
}

// differs returns what a repeated row says of the one that it repeats, where they differ in what is no part of a cooperation's
// identity: the two may be two, and then the cost of one is missing.
func differs(r sheetimport.PlannedRow) (sheetimport.Remark, bool) {
	at := slices.IndexFunc(r.Notices, func(m sheetimport.Remark) bool { return m.Code == "duplicate_differs" })
	if at < 0 {
		return sheetimport.Remark{}, false
	}
	return r.Notices[at], true
}

// about names the influencer of a row, or the campaign or month of one in a table of budgets, if it is known.
func about(row sheetimport.PlannedRow) string {
	name := cmp.Or(row.Influencer, row.About)
	if name == "" {
		return ""
	}
	return ": " + texts.Plain(name)
}

// addUpdate says what a row changes: "updated: Dario Beck: cost 3000.00 EUR → 3500.00 EUR".
func (l *rowLines) addUpdate(row sheetimport.PlannedRow) {
	var parts []string
	for _, c := range row.Changes {
		field := strings.TrimPrefix(c.Field, "custom.")
		if strings.HasPrefix(field, "month_budgets.") {
			field = "budget" // of the month that the row is about
		}
		part := texts.Plain(strings.ReplaceAll(field, "_", " ")) + " "
		if c.From != "" {
			part += l.value(c.Field, c.From) + " → "
		}
		parts = append(parts, part+l.value(c.Field, c.To))
	}
	text := " " + row.Verdict.Word().In(l.lang) + about(row)
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, "; ")
	}
	l.add(row.Row, text, remark{text: text})
}

// value is what a field has, in the language of the lines.
func (l *rowLines) value(field, value string) string {
	return texts.Plain(texts.Shorten(sheetimport.ValueText(field, value).In(l.lang)))
}

// addNotice adds a notice. What holds for a whole column has one line, with the first cell as an example.
func (l *rowLines) addNotice(row int, m sheetimport.Remark) {
	s := remarkOf(m, l.lang)
	key := s.cell + s.value + s.text
	if m.Code == "read_by_column" || m.Code == "name_from_handle" {
		key = m.Code + m.Column
	}
	l.add(row, key, s)
}

// remarkOf puts a remark into words: the cell, with its value unless the message begins with it, and the message.
func remarkOf(m sheetimport.Remark, lang language.Tag) remark {
	message := m.Message.In(lang)
	s := remark{text: ": " + texts.Plain(message)}
	if m.Column == "" {
		return s
	}
	s.cell = " " + sentence.Of("in %s %q", m.Column, texts.Plain(m.Header)).In(lang)
	if m.Value != "" && !quotesValue(message) {
		s.value = sentence.Of(" %q", texts.Plain(m.Value)).In(lang)
	}
	return s
}

// quotesValue reports whether a message begins with the value that it is about, in the quotation marks of its language.
func quotesValue(message string) bool {
	return strings.HasPrefix(message, `"`) || strings.HasPrefix(message, "„")
}

// writeLines writes the first lines and counts the rows of the others.
func writeLines(b *bufio.Writer, lines []*rowLine, most int, lang language.Tag) {
	shown := map[int]bool{}
	for _, line := range lines[:min(most, len(lines))] {
		example := ""
		if line.varies {
			example = sentence.Of(", for example").In(lang)
		}
		fmt.Fprintf(b, "  %s%s%s%s%s\n", texts.Numbered(line.rows).In(lang), line.cell, example, line.value, line.text)
		for _, row := range line.rows {
			shown[row] = true
		}
	}
	if len(lines) <= most {
		return
	}
	others := map[int]bool{}
	for _, line := range lines[most:] {
		for _, row := range line.rows {
			if !shown[row] {
				others[row] = true
			}
		}
	}
	if len(others) == 0 {
		fmt.Fprintf(b, "  %s\n", sentence.Of("… and %d more remarks about these rows", len(lines)-most).In(lang))
		return
	}
	fmt.Fprintf(b, "  %s\n", sentence.Of("… and %d more rows", len(others)).In(lang))
}
