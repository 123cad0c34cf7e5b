package sheetimport

import (
	"bufio"
	"fmt"
	"strings"
)

// rowLine is one line of a plan's text: the rows of which the same is to be said, and what.
type rowLine struct {
	rows []int // in order
	said
	varies bool // said is of the first row, and others differ in details
}

// said is what a line says about a row.
type said struct {
	cell  string // what happens to the row, and the column that it is about
	value string // of the cell
	text  string
}

// rowLines gathers the lines, in the order of their first rows.
type rowLines struct {
	all []*rowLine
	by  map[string]*rowLine
}

// add says something of a row. Rows with one key share the line of the first.
func (l *rowLines) add(row int, key string, s said) {
	if l.by == nil {
		l.by = map[string]*rowLine{}
	}
	line := l.by[key]
	if line == nil {
		line = &rowLine{said: s}
		l.by[key] = line
		l.all = append(l.all, line)
	}
	line.varies = line.varies || line.said != s
	if n := len(line.rows); n == 0 || line.rows[n-1] != row {
		line.rows = append(line.rows, row)
	}
}

// comesIn reports whether something of the row is taken over or is in the CRM already.
func (r PlannedRow) comesIn() bool {
	switch r.Verdict {
	case Created, Updated, Unchanged:
		return true
	case Conflict:
		return r.Of == 0 // with the CRM; a conflict with another row keeps this one out
	}
	return false
}

// remarkLines are the lines about rows that need somebody's attention, and those that are good to know.
func (p *Plan) remarkLines() (problems, notices []*rowLine) {
	var bad, good rowLines
	for _, row := range p.Rows {
		if row.Verdict == Duplicate {
			text := fmt.Sprintf(" %s of row %d", row.Verdict, row.Of)
			bad.add(row.Row, text, said{text: text})
		}
		for _, m := range row.Problems {
			s := m.said()
			s.cell = fmt.Sprintf(" %s%s", row.Verdict, s.cell)
			bad.add(row.Row, s.cell+s.value+s.text, s)
		}
		switch {
		case row.comesIn():
			for _, m := range row.Notices {
				good.addNotice(row.Row, m)
			}
		case row.Verdict == Skipped:
			why := "blank"
			if len(row.Notices) > 0 {
				why = plain(row.Notices[0].Message)
			}
			text := fmt.Sprintf(" %s: %s", row.Verdict, why)
			good.add(row.Row, text, said{text: text})
		}
	}
	return bad.all, good.all
}

// addNotice adds a notice. What holds for a whole column is told once, with the first cell as an example.
func (l *rowLines) addNotice(row int, m Remark) {
	s := m.said()
	key := s.cell + s.value + s.text
	if m.Code == "read_by_column" || m.Code == "name_from_handle" {
		key = m.Code + m.Column
	}
	l.add(row, key, s)
}

// said puts a remark into words: the cell, with its value unless the message begins with it, and the message.
func (m Remark) said() said {
	s := said{text: ": " + plain(m.Message)}
	if m.Column == "" {
		return s
	}
	s.cell = fmt.Sprintf(" in %s %q", m.Column, plain(m.Header))
	if m.Value != "" && !strings.HasPrefix(m.Message, `"`) {
		s.value = fmt.Sprintf(" %q", plain(m.Value))
	}
	return s
}

// writeLines writes the first lines and counts the rows of the others.
func writeLines(b *bufio.Writer, lines []*rowLine, most int) {
	shown := map[int]bool{}
	for _, line := range lines[:min(most, len(lines))] {
		example := ""
		if line.varies {
			example = ", for example"
		}
		fmt.Fprintf(b, "  %s%s%s%s%s\n", numbered(line.rows), line.cell, example, line.value, line.text)
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
		fmt.Fprintf(b, "  … and %s about these rows\n", counted(len(lines)-most, "more remark"))
		return
	}
	fmt.Fprintf(b, "  … and %s\n", counted(len(others), "more row"))
}

// numbered reads "row 5" or "rows 5, 9-12, 20", with no more than ten numbers or spans.
func numbered(rows []int) string {
	const most = 10
	if len(rows) == 1 {
		return fmt.Sprintf("row %d", rows[0])
	}
	var spans []string
	for i := 0; i < len(rows); {
		if len(spans) == most {
			spans = append(spans, fmt.Sprintf("and %d more", len(rows)-i))
			break
		}
		j := i
		for j+1 < len(rows) && rows[j+1] == rows[j]+1 {
			j++
		}
		span := fmt.Sprint(rows[i])
		switch {
		case j == i+1: // two neighbours are not worth a span
			j = i
		case j > i:
			span = fmt.Sprintf("%d-%d", rows[i], rows[j])
		}
		spans = append(spans, span)
		i = j + 1
	}
	return "rows " + strings.Join(spans, ", ")
}
