package cell_test

import (
	"errors"
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
		{"", ""}, {"\u00A0", ""}, {"-", ""}, {"n/a", ""}, {`\N`, ""},
		{"CR9", "equals CR9"}, {"@ida", "equals @ida"}, {"2026", "equals 2026"}, {"7", "equals 7"},
		{"MAR10", "equals MAR10"}, {"LISA-10", "equals LISA-10"},
		// Several in one cell; repeated ones once.
		{"CR9, CR10", "equals CR9 | equals CR10"}, {"CR9,CR10;CR11", "equals CR9 | equals CR10 | equals CR11"},
		{"CR9\nCR10\r\nCR11", "equals CR9 | equals CR10 | equals CR11"}, {"CR9 / CR10", "equals CR9 | equals CR10"}, {"A/B", "equals A/B"},
		{"CR9, cr9 ,CR9", "equals CR9"}, {"CR9,,; CR10,", "equals CR9 | equals CR10"},
		// A blank may be part of a code or stand between two.
		{"SUMMER SALE", "!ambiguous_code equals SUMMER SALE SUMMER, SALE"}, {"equals SUMMER SALE", "equals SUMMER SALE"},
		// What stands around a code, and is none of it.
		{"Code: DI10", "equals DI10"}, {"Rabattcode DI10", "equals DI10"}, {"„DI10“", "equals DI10"},
		{"DI10 ✓", "equals DI10"}, {"DI10✅", "equals DI10"},
		{"✅ DI10", "equals DI10"}, {"DI10, (DI15)", "equals DI10 | equals DI15"},
		{"- DI10\n- DI15", "equals DI10 | equals DI15"}, {"• DI10\n• DI15", "equals DI10 | equals DI15"},
		{"DI10•DI15", "equals DI10 | equals DI15"}, {"DI10·DI15", "equals DI10 | equals DI15"},
		{`DI10\DI15`, "equals DI10 | equals DI15"}, {"DI-10", "equals DI-10"},
		{"DI10?", "!not_a_code"}, {"DI?*", "!not_a_code"}, {"enthält DI?", "!not_a_code"}, {"DI10, DI15 ?", "!not_a_code"},
		{"equals „DI10“", "equals „DI10“"}, {"✓", "equals ✓"},
		{"ANA10/15/20", "!ambiguous_code equals ANA10/15/20 ANA10, ANA15, ANA20"},
		{"equals ANA10/15", "equals ANA10/15"}, {"LOVE2/3", "equals LOVE2/3"}, {"SAVE50/50", "equals SAVE50/50"},
		{"Code: folgt", "!ambiguous_code equals Code: folgt Code:, folgt"},
		// Rules.
		{"contains PAM", "contains PAM"}, {"enthält PAM", "contains PAM"}, {"Code enthält PAM", "contains PAM"}, {"*PAM*", "contains PAM"},
		{"PAM*", "starts with PAM"}, {"starts with PAM", "starts with PAM"}, {"beginnt mit PAM", "starts with PAM"},
		{"Beginnt Mit PAM", "starts with PAM"},
		{"*10", "ends with 10"}, {"ends with 10", "ends with 10"}, {"endet auf 10", "ends with 10"}, {"endet mit 10", "ends with 10"},
		{"code equals CR9", "equals CR9"}, {"gleich CR9", "equals CR9"}, {"CR9, enthält PAM", "equals CR9 | contains PAM"},
		// No pattern, or no code.
		{"*", "!not_a_code"}, {"contains", "!not_a_code"}, {"enthält", "!not_a_code"}, {"10%", "!not_a_code"}, {"15 %", "!not_a_code"}, {"-1%", "!not_a_code"},
		{"– 10 %", "!not_a_code"}, {"+5%", "!not_a_code"}, {"--1%", "!not_a_code"}, {"(10%)", "!not_a_code"}, {"10% off", "!not_a_code"},
		{"contains [style name]", "!not_a_code"}, {"contains P", "!not_a_code"}, {",;", "!not_a_code"}, {strings.Repeat("X", 65), "!not_a_code"},
		// Damaged by the spreadsheet.
		{"10-Mar", "!damaged_code"}, {"Mär 10", "!damaged_code"}, {"10. Mrz", "!damaged_code"},
		{"Mrz 10", "!damaged_code"}, {"Mar-26", "!damaged_code"},
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

// codeCells are what the columns of codes of real sheets hold.
var codeCells = []struct {
	kind  string
	cells [][2]string
}{
	{"several codes", [][2]string{
		{"ANA10/ANA15", "equals ANA10 | equals ANA15"}, {"BEN10|BEN15", "equals BEN10 | equals BEN15"},
		{"IDA10 & IDA20", "equals IDA10 | equals IDA20"}, {"X10 und Y10", "equals X10 | equals Y10"},
		{"ANA10 and ANA15", "equals ANA10 | equals ANA15"}, {"ANA10 ANA15", "equals ANA10 | equals ANA15"},
		{"ANA10&ANA15", "equals ANA10 | equals ANA15"}, {"ANA10 + ANA15", "equals ANA10 | equals ANA15"},
		{"ANA10+ANA15", "equals ANA10 | equals ANA15"}, {"ANA10 oder ANA15", "equals ANA10 | equals ANA15"},
		{"ANA10, ANA15 und ANA20", "equals ANA10 | equals ANA15 | equals ANA20"},
		{"ANA10 / ANA15 / ANA20", "equals ANA10 | equals ANA15 | equals ANA20"},
		{"ANA10\n\nANA15", "equals ANA10 | equals ANA15"}, {"ANA10  ANA15", "equals ANA10 | equals ANA15"},
		{"ANA10\u00A0ANA15", "equals ANA10 | equals ANA15"}, {"ÄNNE10 und JÖRG10", "equals ÄNNE10 | equals JÖRG10"},
		{"LISA-10 & LISA_20", "equals LISA-10 | equals LISA_20"}, {"ANA10/ANA10", "equals ANA10"},
		{"ANA10 | ANA15 ; ANA20", "equals ANA10 | equals ANA15 | equals ANA20"},
	}},
	{"one code, or not certain", [][2]string{
		{"H&M10", "equals H&M10"}, {"ME&YOU", "equals ME&YOU"},
		{"ROCK AND ROLL", "!ambiguous_code equals ROCK AND ROLL ROCK, ROLL"},
		{"LISA und TOM", "!ambiguous_code equals LISA und TOM LISA, TOM"},
		{"SUMMER 10", "!ambiguous_code equals SUMMER 10 SUMMER, 10"},
		{"ANA10 (neu)", "!ambiguous_code equals ANA10 (neu) ANA10, (neu)"}, {"1/2PRICE", "equals 1/2PRICE"},
		{"A/B", "equals A/B"}, {"C++10", "equals C++10"},
		{"10 Mar 2026", "!damaged_code"}, {`equals "ANA10/ANA15"`, "equals ANA10/ANA15"},
	}},
	{"links", [][2]string{
		{"https://shop.example/discount/ANA10", "equals ANA10"},
		{"https://shop.example/discount/BEN10?redirect=%2Fproducts%2Fmug", "equals BEN10"},
		{"shop.example/discount/ANA10", "equals ANA10"},
		{"http://www.shop.example/de-de/discount/ANA10/", "equals ANA10"}, {"https://shop.example/?discount=ANA10",
			"equals ANA10"}, {"https://shop.example/p?utm_source=ig&coupon=ANA10", "equals ANA10"},
		{"https://shop.example/cart?coupon_code=ANA10&x=1", "equals ANA10"},
		{"https://shop.example/?gutschein=ANA10", "equals ANA10"}, {"https://shop.example/?voucher-code=ANA10",
			"equals ANA10"}, {"https://shop.example/discount/ANA10,ANA15", "equals ANA10 | equals ANA15"},
		{"https://shop.example/discount/ANA%2010", "!ambiguous_code equals ANA 10 ANA, 10"},
		{"ANA15, https://shop.example/discount/ANA10", "equals ANA15 | equals ANA10"},
		{"https://a.example/discount/A10 https://a.example/discount/B10", "equals A10 | equals B10"},
		{"HTTPS://SHOP.EXAMPLE/DISCOUNT/ANA10", "equals ANA10"},
		{"https://shop.example/products/mug", "!not_a_code"}, {"https://shop.example/discount/", "!not_a_code"},
		{"https://bit.ly/3xYz", "!not_a_code"}, {"www.shop.example", "!not_a_code"},
		{"ANA10, https://shop.example", "!not_a_code"},
		{"https://instagram.com/ana", "!not_a_code"},
	}},
}

func TestCodeCells(t *testing.T) {
	t.Parallel()
	for _, table := range codeCells {
		for _, c := range table.cells {
			if got := rulesOf(c[0]); got != c[1] {
				t.Errorf("%s: ParseCodes(%q) = %q, want %q", table.kind, c[0], got, c[1])
			}
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
		"CR9 SALE": `"CR9 SALE" is one code with a blank in it or several codes (equals CR9 SALE or CR9, SALE); write "equals CR9 SALE" for the one, or commas between the others, and leave the cell blank if it is none`,
		"10-Mar":   `"10-Mar" looks like a code that the spreadsheet turned into a date or a number; format the column as text and type the code again`,
	} {
		_, err := cell.ParseCodes(in)
		if diff := cmp.Diff(want, err.Error()); diff != "" {
			t.Errorf("ParseCodes(%q) (-want +got):\n%s", in, diff)
		}
	}
}

// What people write beside a code about what it takes off is its benefit, and never a part of the code.
func TestPercentagesBesideCodes(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"ANA10 (20%)":               "ANA10 20",
		"ANA10 (12.5 %)":            "ANA10 12.5",
		"ANA10 - 15 % off":          "ANA10 15",
		"ANA10: 15% Rabatt":         "ANA10 15",
		"ANA10 = 15%":               "ANA10 15",
		"ANA-10 (15%)":              "ANA-10 15",
		"ANA10 –15%":                "ANA10 15",
		"ANA10 15%":                 "ANA10 15",
		"ANA10, 15 %":               "ANA10 15",
		"ANA10 (10%), BEN (20%)":    "ANA10 10 | BEN 20",
		"ANA10 10% / BEN20 20%":     "ANA10 10 | BEN20 20",
		"ANA10 (10%)\nANA10 (10%)":  "ANA10 10",
		"ANA10 (10%), ANA10 (20%)":  "!ambiguous_code",
		"ANA10 (10%); ana10 (20%)":  "!ambiguous_code",
		"ANA10, BEN20 (20%)":        "!ambiguous_code",
		"ANA10 (12,5 %)":            "ANA10 12.5",
		"ANA10, 12,5%":              "ANA10 12.5",
		"ANA10, ANA10 (15%)":        "!ambiguous_code",
		"ANA10 (15% / 20%)":         "!ambiguous_code",
		"ANA10 - 15% - 20%":         "!ambiguous_code",
		"ANA10, BEN, 15%":           "!not_a_code",
		"„ANA10“ (15%)":             "ANA10 15",
		"\"ANA10\" – 15%":           "ANA10 15",
		"ANA10\n15%":                "ANA10 15",
		"ANA10/BEN20":               "ANA10 | BEN20",
		"ANA-10%":                   "ANA-10%",
		`equals "ANA 10%"`:          "ANA 10%",
		"contains PAM":              "PAM",
		"ANA10 (0%)":                "!ambiguous_code",
		"ANA10 (150%)":              "!ambiguous_code",
		"ANA10, 150%":               "!not_a_code",
		"tbd (15%)":                 "!ambiguous_code",
		"n/a 15%":                   "!ambiguous_code",
		"ca. 10%":                   "!ambiguous_code",
		"Provision 10%":             "!ambiguous_code",
		"ANA10 (5 €)":               "!ambiguous_code",
		"15%":                       "!not_a_code",
		"15%, ANA10":                "!not_a_code",
		"ANA10, 15%, 20%":           "!not_a_code",
		"SUMMER SALE (15%)":         "!ambiguous_code",
		"15% ANA10":                 "ANA10 15",
		"10 % mit FE10":             "FE10 10",
		"10% Code GU10":             "GU10 10",
		"10% off with the code GU7": "GU7 10",
		"10% auf alles":             "!ambiguous_code",
		"10% NEU":                   "!ambiguous_code",
		"30% Provision2":            "!ambiguous_code",
		"Save 15%":                  "!ambiguous_code",
		"nur 10%":                   "!ambiguous_code",
		"max. 10%":                  "!ambiguous_code",
		"5 10%":                     "!ambiguous_code",
		"SOMMER 15%":                "SOMMER 15",
		"10% 3x":                    "!ambiguous_code",
		"https://a.example/x (15%)": "!not_a_code",
	} {
		rules, err := cell.ParseCodes(in)
		var got []string
		for _, r := range rules {
			text := r.Pattern
			if !r.Benefit.IsZero() {
				text += " " + r.Benefit.Value.String()
			}
			got = append(got, text)
		}
		text := strings.Join(got, " | ")
		if bad, ok := errors.AsType[*cell.Error](err); ok {
			text = "!" + bad.Code
		}
		if text != want {
			t.Errorf("ParseCodes(%q) = %q, want %q", in, text, want)
		}
	}
}
