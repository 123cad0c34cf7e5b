package sheetimport

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CellError says what is wrong with one cell. Every function of this package that reads a cell returns one, and
// so does [Row.Err].
type CellError struct {
	// Code is stable and in snake case: bad_encoding, formula_error, formula_without_result, stray_quote, cell_too_long,
	// too_many_columns, extra_cells, not_a_date, ambiguous_date, not_an_amount, ambiguous_amount,
	// ambiguous_currency, negative_amount, too_precise, too_large, not_a_count, ambiguous_count, unknown_status,
	// ambiguous_status, two_platforms, not_yes_or_no, not_a_code, ambiguous_code, damaged_code,
	// too_many_codes, not_a_handle, unknown_currency.
	Code string
	// Value is the text of the cell, shortened.
	Value string
	// Problem says what is wrong, as the end of a sentence that begins with the value: "is not a date".
	Problem string
	// Want says what would be right: "write it like 2026-06-01".
	Want string
	// Readings are the possible readings of an ambiguous cell, in no order of likelihood.
	Readings []string
}

// Error returns one sentence with the value, the problem, the readings and what would be right.
func (e *CellError) Error() string {
	var b strings.Builder
	if e.Value != "" {
		fmt.Fprintf(&b, "%q ", e.Value)
	}
	b.WriteString(e.Problem)
	if len(e.Readings) > 0 {
		b.WriteString(" (" + strings.Join(e.Readings, " or ") + ")")
	}
	if e.Want != "" {
		b.WriteString("; " + e.Want)
	}
	return b.String()
}

func cellError(code, value, problem, want string, readings ...string) *CellError {
	return &CellError{Code: code, Value: shorten(value), Problem: problem, Want: want, Readings: readings}
}

const maxShownLen = 60 // characters of a value in a message

// shorten makes a text fit for a message: one that is too long is cut and ends in "…".
func shorten(s string) string {
	if len(s) <= maxShownLen {
		return s
	}
	n := 0
	for i := range s {
		if n == maxShownLen-1 {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// trim removes what cannot be seen at the ends of a cell: white space with the no-break kinds, zero-width
// characters and byte order marks. Inside the text they stay: U+200D holds an emoji together.
func trim(s string) string {
	if s == "" || visible(s[0]) && visible(s[len(s)-1]) {
		return s
	}
	return strings.TrimFunc(s, invisible)
}

func visible(c byte) bool { return c > ' ' && c < 0x7F }

func invisible(r rune) bool {
	switch r {
	case '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD', '\u200E', '\u200F':
		return true
	}
	return unicode.IsSpace(r) || unicode.IsControl(r)
}

// ParseText reads a cell of free text: the text without the invisible characters at its ends, "" for a blank cell.
// An error value of the spreadsheet, such as #REF!, is an error here as in every other cell.
func ParseText(text string) (string, error) {
	t := trim(text)
	if t == pendingResult {
		return "", cellError("formula_without_result", "", "holds a formula without a stored result", "open the file in a spreadsheet program and save it")
	}
	if isFormulaError(t) {
		return "", cellError("formula_error", t, "is an error of the spreadsheet, not a value",
			"mend the formula of the cell and save the sheet again")
	}
	if !utf8.ValidString(t) {
		return "", cellError("bad_encoding", t, "holds characters that cannot be read", "save the sheet as CSV UTF-8")
	}
	return t, nil
}

// formulaErrors are the error values of Excel, Google Sheets and LibreOffice, in English and German.
var formulaErrors = set(`#ref! #n/a #value! #div/0! #name? #error! #null! #num! #spill! #calc! #getting_data
	#bezug! #nv #wert! #fehler! #zahl! #überlauf! loading... loading…`)

func isFormulaError(t string) bool {
	if t == "" || t[0] != '#' && t[0]|0x20 != 'l' && t[0]|0x20 != 'e' {
		return false
	}
	if formulaErrors[strings.ToLower(t)] {
		return true
	}
	if len(t) >= 3 && strings.Trim(t, "#") == "" {
		return true // ####: a column that was too narrow to show its number
	}
	n, ok := strings.CutPrefix(t, "Err:") // LibreOffice: Err:502
	return ok && len(n) == 3 && isDigits(n)
}

// pendingResult stands for the result of a formula that the file does not hold.
const pendingResult = "#PENDING!"

// noValueWords are what people and programs write for "there is none" and "not known yet", in the form of plainWords.
var noValueWords = indexPhrases(`na, n/a, n.a, n. a, nan, none, null, nil, undefined, unknown, not known, not available, not applicable, no value,
	tbd, tba, tbc, to be defined, to be determined, to be decided, to be announced, to be confirmed, pending, not yet, todo, to do,
	keiner, keine, kein, keines, keins, nichts, keine angabe, ohne angabe, k.a, k. a, k/a, ka, unbekannt, nicht bekannt, noch nicht bekannt, nicht vorhanden,
	nicht zutreffend, nicht verfügbar, entfällt, fehlt, leer, offen, noch offen, ausstehend, steht aus, folgt, folgt noch, unklar, noch unklar, ?, ??, ???`)

const maxNoValueWord = 24 // bytes of the longest of them, with brackets

func indexPhrases(list string) map[string]bool {
	index := map[string]bool{}
	for _, p := range phrases(list) {
		index[p] = true
	}
	return index
}

// isNoValue reports whether a trimmed text is one of the words for no value, alone or in brackets.
func isNoValue(t string) bool {
	if t == "" || len(t) > maxNoValueWord {
		return false
	}
	if len(t) > 2 && strings.IndexByte("(<[{", t[0]) >= 0 {
		t = strings.Trim(t, "()<>[]{}")
	}
	return noValueWords[plainWords(strings.TrimRight(t, ".…!"))]
}

// isNothing reports whether the trimmed text is blank or one of the marks that people write for "nothing here".
func isNothing(t string) bool {
	switch strings.ToLower(t) {
	case "", "-", "–", "—", "--", "---", "n/a", "n.a.", "k. a.", "k.a.":
		return true
	}
	return false
}

// yesNo are the answers that a yes/no column may hold.
var yesNo = map[string]bool{
	"yes": true, "y": true, "true": true, "1": true, "x": true, "ja": true, "j": true, "wahr": true, "✓": true,
	"no": false, "n": false, "false": false, "0": false, "nein": false, "falsch": false,
}

// ParseYesNo reads a yes/no cell or a checkbox, in English or German. A blank cell means no.
func ParseYesNo(text string) (bool, error) {
	t, err := ParseText(text)
	if err != nil {
		return false, err
	}
	if isNothing(t) {
		return false, nil
	}
	yes, ok := yesNo[strings.ToLower(t)]
	if !ok {
		return false, cellError("not_yes_or_no", t, "is neither yes nor no", "write yes or no")
	}
	return yes, nil
}

// set makes a set of the words of a list that is separated by white space.
func set(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}

// phrases splits a list of phrases at its commas, with single blanks in them.
func phrases(list string) []string {
	var out []string
	for p := range strings.SplitSeq(list, ",") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			out = append(out, p)
		}
	}
	return out
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// plainWords brings a word or phrase that stands for one of a few meanings into one form: lower case, with single
// blanks for blanks, underscores and dashes.
func plainWords(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r == '_' || r == '-' || unicode.IsSpace(r)
	}), " ")
}
