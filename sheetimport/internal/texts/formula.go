package texts

import (
	"strings"
)

// A spreadsheet program runs a cell whose text begins with one of certain characters, and other programs trim what
// stands before it. An export puts an apostrophe in front of such a text, which is how people tell a spreadsheet that a
// cell is text; an import takes just that one away again. A text that has apostrophes of its own in front of the
// character gets one more, so that it survives too. All other texts stay as they are, "@handle" and "+49 170" in other
// people's sheets among them.

// EscapeFormula is the text of a cell that no spreadsheet program runs.
func EscapeFormula(text string) string {
	if isFormula(text) {
		return "'" + text
	}
	return text
}

// UnescapeFormula undoes literal.
func UnescapeFormula(text string) string {
	if rest, ok := strings.CutPrefix(text, "'"); ok && isFormula(rest) {
		return rest
	}
	return text
}

// LiteralOf is the text of a formula that is a text alone, as in ="0012". Programs write it into CSV files so that a spreadsheet
// program keeps a code as it is.
func LiteralOf(formula string) (text string, ok bool) {
	text, opened := strings.CutPrefix(formula, `="`)
	text, closed := strings.CutSuffix(text, `"`)
	if !opened || !closed || strings.Contains(strings.ReplaceAll(text, `""`, ""), `"`) {
		return "", false
	}
	return strings.ReplaceAll(text, `""`, `"`), true
}

// isFormula reports whether a program may take a text for a formula, once blanks and apostrophes before it are gone.
func isFormula(text string) bool {
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
