package texts

import (
	"strings"
	"testing"
)

func TestLiteral(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":             "",
		"plain":        "plain",
		"it's":         "it's",
		"'quoted'":     "'quoted'",
		"'":            "'",
		"=1+1":         "'=1+1",
		"'=1+1":        "''=1+1",
		"''=1+1":       "'''=1+1",
		"+49 170":      "'+49 170",
		"-":            "'-",
		"@handle":      "'@handle",
		"\t=x":         "'\t=x",
		"\tx":          "'\tx",
		"\rx":          "'\rx",
		"\nx":          "'\nx",
		"  =x":         "'  =x",
		"\u00A0=x":     "'\u00A0=x",
		"\u200B=x":     "'\u200B=x",
		"' =x":         "'' =x",
		" '=x":         "' '=x",
		"＝1+1":         "'＝1+1",
		"1-2":          "1-2",
		"a = b":        "a = b",
		"ida@test.com": "ida@test.com",
	} {
		got := EscapeFormula(text)
		if got != want {
			t.Errorf("literal(%q) = %q, want %q", text, got, want)
		}
		if back := UnescapeFormula(got); back != text {
			t.Errorf("%q comes back as %q", text, back)
		}
	}
}

// TestFromLiteral reads what no export wrote.
func TestFromLiteral(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"@handle": "@handle", "+49 170": "+49 170", "-": "-", "=A1": "=A1", "'twas": "'twas", "'+49 170": "+49 170",
	} {
		if got := UnescapeFormula(text); got != want {
			t.Errorf("fromLiteral(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzLiteral(f *testing.F) {
	for _, seed := range []string{"", "'", "=1", "'=1", "''@x", " -", "\t'", "' '=", "\u200b+", "＝", "\xff=", "'\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		cell := EscapeFormula(text)
		if back := UnescapeFormula(cell); back != text {
			t.Errorf("%q is written as %q and comes back as %q", text, cell, back)
		}
		if strings.ContainsAny(strings.TrimSpace(cell)[:min(1, len(strings.TrimSpace(cell)))], "=+-@") {
			t.Errorf("%q is written as %q, which a spreadsheet runs", text, cell)
		}
	})
}
