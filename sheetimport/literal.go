package sheetimport

import "strings"

// A spreadsheet program runs a cell whose text begins with one of certain characters, and other programs trim what
// stands before it. An export puts an apostrophe in front of such a text, which is how people tell a spreadsheet that a
// cell is text; an import takes just that one away again. A text that has apostrophes of its own in front of the
// character gets one more, so that it survives too. All other texts stay as they are, "@handle" and "+49 170" in other
// people's sheets among them.

// literal is the text of a cell that no spreadsheet program runs.
func literal(text string) string {
	if runs(text) {
		return "'" + text
	}
	return text
}

// fromLiteral undoes literal.
func fromLiteral(text string) string {
	if rest, ok := strings.CutPrefix(text, "'"); ok && runs(rest) {
		return rest
	}
	return text
}

// runs reports whether a program may take a text for a formula, once blanks and apostrophes before it are gone.
func runs(text string) bool {
	rest := strings.TrimLeft(text, "'")
	if rest == "" {
		return false
	}
	if rest[0] == '\t' || rest[0] == '\r' || rest[0] == '\n' {
		return true
	}
	rest = strings.TrimLeftFunc(rest, func(r rune) bool { return r == '\'' || invisible(r) })
	for _, sign := range []string{"=", "+", "-", "@", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(rest, sign) {
			return true
		}
	}
	return false
}

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// readLiterals undoes literal in all cells of a sheet that was just read, and gives line breaks one form.
func (s *Sheet) readLiterals() {
	for _, r := range s.Rows {
		for n := range r.Cells {
			text := fromLiteral(r.Cells[n].Text)
			if strings.IndexByte(text, '\r') >= 0 {
				text = lineBreaks.Replace(text)
			}
			r.Cells[n].Text = text
		}
	}
}
