package cell_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/cell"
)

// rulesOf shows the rules of a cell, joined with " | ", or the error.
func rulesOf(text string) string {
	rules, err := cell.ParseCodes(text)
	if err != nil {
		return cellFailure(err)
	}
	var out []string
	for _, r := range rules {
		out = append(out, r.String())
	}
	return strings.Join(out, " | ")
}

func TestParseCodes(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"", ""}, {"\u00A0", ""}, {"-", ""}, {"n/a", ""},
		{"CR9", "equals CR9"}, {"@ida", "equals @ida"}, {"2026", "equals 2026"}, {"7", "equals 7"}, {"MAR10", "equals MAR10"}, {"LISA-10", "equals LISA-10"},
		// Several in one cell; repeated ones once.
		{"CR9, CR10", "equals CR9 | equals CR10"}, {"CR9,CR10;CR11", "equals CR9 | equals CR10 | equals CR11"},
		{"CR9\nCR10\r\nCR11", "equals CR9 | equals CR10 | equals CR11"}, {"CR9 / CR10", "equals CR9 | equals CR10"}, {"A/B", "equals A/B"},
		{"CR9, cr9 ,CR9", "equals CR9"}, {"CR9,,; CR10,", "equals CR9 | equals CR10"},
		// A blank may be part of a code or stand between two.
		{"CR9 CR10", "!ambiguous_code equals CR9 CR10 CR9, CR10"}, {"equals SUMMER SALE", "equals SUMMER SALE"},
		// Rules.
		{"contains PAM", "contains PAM"}, {"enthält PAM", "contains PAM"}, {"Code enthält PAM", "contains PAM"}, {"*PAM*", "contains PAM"},
		{"PAM*", "starts with PAM"}, {"starts with PAM", "starts with PAM"}, {"beginnt mit PAM", "starts with PAM"}, {"Beginnt Mit PAM", "starts with PAM"},
		{"*10", "ends with 10"}, {"ends with 10", "ends with 10"}, {"endet auf 10", "ends with 10"}, {"endet mit 10", "ends with 10"},
		{"code equals CR9", "equals CR9"}, {"gleich CR9", "equals CR9"}, {"CR9, enthält PAM", "equals CR9 | contains PAM"},
		// No pattern, or no code.
		{"*", "!not_a_code"}, {"contains", "!not_a_code"}, {"enthält", "!not_a_code"}, {"10%", "!not_a_code"}, {"15 %", "!not_a_code"},
		{"contains [style name]", "!not_a_code"}, {"contains P", "!not_a_code"}, {",;", "!not_a_code"}, {strings.Repeat("X", 65), "!not_a_code"},
		// Damaged by the spreadsheet.
		{"10-Mar", "!damaged_code"}, {"Mär 10", "!damaged_code"}, {"10. Mrz", "!damaged_code"}, {"Mrz 10", "!damaged_code"}, {"Mar-26", "!damaged_code"},
		{"10.03.2026", "!damaged_code"}, {"2026-03-10", "!damaged_code"}, {"3/4/2026", "!damaged_code"}, {"3/10", "!damaged_code"},
		{"1E5", "!damaged_code"}, {"1.00E+05", "!damaged_code"}, {"CR9, 10-Mar", "!damaged_code"}, {"10-Mar-2026", "!damaged_code"},
		{"#REF!", "!formula_error"}, {"CR9, #REF!", "!formula_error"},
	}
	for _, tt := range tests {
		if got := rulesOf(tt.in); got != tt.want {
			t.Errorf("ParseCodes(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestParseCodesBound(t *testing.T) {
	t.Parallel()
	var codes []string
	for i := range crm.MaxRules + 1 {
		codes = append(codes, fmt.Sprintf("CODE%d", i))
	}
	if got := rulesOf(strings.Join(codes, ",")); got != "!too_many_codes" {
		t.Errorf("%d codes: %s, want too_many_codes", len(codes), got)
	}
	if rules, err := cell.ParseCodes(strings.Join(codes[1:], ",")); len(rules) != crm.MaxRules || err != nil {
		t.Errorf("%d codes: %d, %v", crm.MaxRules, len(rules), err)
	}
}

func TestParseCodesMessages(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"CR9 CR10": `"CR9 CR10" is one code with a blank in it or several codes (equals CR9 CR10 or CR9, CR10); write "equals CR9 CR10" for the one, or commas between the others`,
		"10-Mar":   `"10-Mar" looks like a code that the spreadsheet turned into a date or a number; format the column as text and type the code again`,
	} {
		_, err := cell.ParseCodes(in)
		if diff := cmp.Diff(want, err.Error()); diff != "" {
			t.Errorf("ParseCodes(%q) (-want +got):\n%s", in, diff)
		}
	}
}
