package cell

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// ParseText reads a cell of free text: the text without the invisible characters at its ends, "" for a blank cell.
// An error value of the spreadsheet, such as #REF!, is an error here as in every other cell.
func ParseText(text string) (string, error) {
	t := texts.Trim(text)
	if t == PendingResult {
		return "", NewError("formula_without_result", "",
			sentence.Of("holds a formula without a stored result"), sentence.Of("open the file in a spreadsheet program and save it"))
	}
	if isFormulaError(t) {
		return "", NewError("formula_error", t, sentence.Of("is an error of the spreadsheet, not a value"),
			sentence.Of("mend the formula of the cell and save the sheet again"))
	}
	if !utf8.ValidString(t) {
		return "", NewError("bad_encoding", t, sentence.Of("holds characters that cannot be read"), sentence.Of("save the sheet as CSV UTF-8"))
	}
	return t, nil
}

// formulaErrors are the error values of Excel, Google Sheets and LibreOffice, in English and German.
var formulaErrors = texts.Set(`#ref! #n/a #value! #div/0! #name? #error! #null! #num! #spill! #calc! #getting_data
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
	return ok && len(n) == 3 && texts.IsDigits(n)
}

// PendingResult stands for the result of a formula that the file does not hold.
const PendingResult = "#PENDING!"

// noValueWords are what people and programs write for "there is none" and "not known yet", in the form of PlainWords.
var noValueWords = indexPhrases(`na, n/a, n.a, n. a, nan, none, null, nil, undefined, unknown, not known, not available, not applicable, no value,
	tbd, tba, tbc, to be defined, to be determined, to be decided, to be announced, to be confirmed, pending, not yet, todo, to do,
	t.b.d, t.b.a, t.b.c, t. b. d, t. b. a, t. b. c, tdb, to be agreed, to be discussed, to be added, not yet known, not known yet, none yet,
	n.n, n. n, n n, n/n, nn, n.v, n. v, nv, n.b, n. b, n/k, missing, blank, empty, open, to follow, not set, not decided, not defined,
	not specified, not provided, not given, placeholder, no handle, no code, no data,
	keiner, keine, kein, keines, keins, keinen, keinem, nichts, ohne, zu klären, noch zu klären, in klärung, wird geklärt, wird nachgereicht,
	wird ergänzt, kommt noch, noch keine, noch keiner, noch kein, noch keinen, keine angabe, ohne angabe, nicht angegeben, kein wert, kein name,
	kein handle, kein code, ohne code, ohne name, name folgt, code folgt, handle folgt, platzhalter,
	k.a, k. a, k/a, ka, unbekannt, noch unbekannt, nicht bekannt, noch nicht bekannt, noch nicht, noch nicht festgelegt, steht noch aus,
	steht noch nicht fest, nicht definiert, nicht vorhanden,
	nicht zutreffend, nicht verfügbar, entfällt, fehlt, leer, offen, noch offen, ausstehend, steht aus, folgt, folgt noch, unklar, noch unklar`)

// notInIdentity are texts that say something in a yes/no column or a count, and nothing as the name of an influencer, a
// handle or a code: two people who share one would become one person.
var notInIdentity = indexPhrases(`0, no, nein, yes, ja, free, gratis, kostenlos, umsonst`)

// noAccountWords are the words for no value that stand for none behind an @ as well. The others are names of accounts that
// people have, like @none, @open and @k.a.
var noAccountWords = indexPhrases(`tbd, tba, tbc, na, n/a, todo, to do, unknown, unbekannt, fehlt, keiner, keine`)

// IsNoIdentity reports whether a trimmed text in the column of a name, handle, profile or code stands for none, beside the
// words and dashes that say so in every column: "no", "@tbd", "xxx", or signs without a letter or digit.
func IsNoIdentity(t string) bool {
	if len(t) > maxNoValueWord || IsBlank(t) {
		return false
	}
	if strings.TrimFunc(t, isPlainSign) == "" {
		return true
	}
	t = strings.TrimSpace(strings.TrimRight(cutBrackets(t), ".…!?"))
	if account, ok := strings.CutPrefix(t, "@"); ok {
		return noAccountWords[texts.PlainWords(account)]
	}
	return notInIdentity[texts.PlainWords(t)] || strings.Trim(t, "xX") == ""
}

// isPlainSign reports whether a character is no part of a name: a punctuation mark, a blank or a sign of ASCII. An emoji
// may be one.
func isPlainSign(r rune) bool {
	return unicode.IsPunct(r) || unicode.IsSpace(r) || strings.ContainsRune("$+<=>^`|~", r)
}

// cutBrackets takes away the brackets around a text.
func cutBrackets(t string) string {
	if len(t) > 2 && strings.IndexByte("(<[{", t[0]) >= 0 {
		return strings.Trim(t, "()<>[]{}")
	}
	return t
}

const maxNoValueWord = 24 // bytes of the longest of them, with brackets or other signs

func indexPhrases(list string) map[string]bool {
	index := map[string]bool{}
	for _, p := range texts.Phrases(list) {
		index[p] = true
	}
	return index
}

// IsNoValue reports whether a trimmed text is one of the words for no value, alone or in brackets.
func IsNoValue(t string) bool {
	if t == "" || len(t) > maxNoValueWord {
		return false
	}
	t = cutBrackets(t)
	if t == "." { // a decimal point without its digits
		return false
	}
	if t = strings.TrimRight(t, ".…!?_/"); t == "" { // "?", "...", "n/a ?"
		return true
	}
	return noValueWords[texts.PlainWords(strings.TrimSpace(t))]
}

// IsBlank reports whether the trimmed text is blank or one of the marks that people write for "nothing here", or databases: \N.
func IsBlank(t string) bool {
	switch strings.ToLower(t) {
	case "", "-", "–", "—", "--", "---", `\n`, "n/a", "n.a.", "k. a.", "k.a.":
		return true
	}
	return false
}

// ParseOptionalText reads a cell of free text in which a mark like "-" or "n/a" says that there is nothing.
func ParseOptionalText(text string) (string, error) {
	t, err := ParseText(text)
	if IsBlank(t) {
		return "", err
	}
	return t, err
}
