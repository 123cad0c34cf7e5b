package sheetimport_test

import (
	"strings"
	"testing"

	"github.com/getklar/influencercrm/sheetimport/column"
)

// Controls of the direction of writing and characters without width are no part of what people see in a cell.
func TestInvisibleCharacters(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ header, cell, want string }{
		{"Discount code", "\u202AANA10\u202C", "equals ANA10 ?invisible_characters"},
		{"Discount code", "ANA\u200B10", "equals ANA10 ?invisible_characters"},
		{"Discount code", "\u2068ANA10\u2069", "equals ANA10 ?invisible_characters"},
		{"Discount code", "ANA10\u200F", "equals ANA10 ?invisible_characters"},
		{"Fee", "\u202D1.500,00 €\u202C", "1500.00 EUR ?invisible_characters"},
		{"Fee", "1\u2060500,00", "1500.00 EUR ?invisible_characters"},
		{"Posting date", "\u200E01.06.2026", "2026-06-01 ?invisible_characters"},
		{"Posting date", "2026\u00AD-06-01", "2026-06-01 ?invisible_characters"},
		{"utm_term", "an\uFEFFa", "ana ?invisible_characters"},
		{"Notes", "\u2067שלום\u2069", "שלום ?invisible_characters"}, {"Notes", "👩\u200D👧", "👩\u200D👧"},
		{"Discount code", "ANA10\u200B", "equals ANA10"}, {"Notes", "plain", "plain"},
	} {
		plan := memoryShop(t, nil).plan(full(map[string]string{test.header: test.cell}))
		if got := outcome(plan, test.header); got != test.want {
			t.Errorf("%s %+q: got %+q, want %+q", test.header, test.cell, got, test.want)
		}
	}
}

// A formula that stands in a cell as text was not calculated; a HYPERLINK says itself what it shows and where it leads.
func TestFormulasAsText(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		header, cell, want string
		told               bool
	}{
		{"Tracking link", `=HYPERLINK("https://shop.example/p?utm_source=ig&utm_term=ida","Link")`, "", true},
		{"Profile link", `=HYPERLINK("https://instagram.com/ida";"Profil")`, "", true},
		{"Notes", `=HYPERLINK("https://shop.example","the shop")`, "the shop", true},
		{"Fee", "=B2*1.19", "!formula_without_result", true},
		{"Fee", "=SUMME(A1:A3)", "!formula_without_result", true},
		{"Notes", "=A2", " ?formula_without_result", true}, {"Discount code", "=VLOOKUP(A2,Codes!A:B,2,0)",
			"!formula_without_result", true}, {"Posting date", "=TODAY()", "!formula_without_result", true},
		{"Notes", `="0012"`, "0012", false}, {"Notes", ` ="the ""best""" `, `the "best"`, false},
		{"Notes", `="a"&"b"`, `="a"&"b"`, false}, {"Notes", `=""`, "", false},
		{"Discount code", `="IDA10"`, "", false}, {"Discount code", `="1E5"`, "!damaged_code", false}, {"Fee", `="1234,50"`, "", false},
		{"Fee", "=500+250", "!not_an_amount", false}, {"Notes", "=> call her", "=> call her", false},
		{"Notes", "= sign", "= sign", false}, {"Notes", "'=A2", "=A2", false},
		{"Notes", "a = b(c)", "a = b(c)", false},
		{"Discount code", "+SUM(1+1)*cmd", "!not_a_code", false}, {"Phone", "+49 170 123456", "", false}, {"Handle", "@ida", "", false},
	} {
		plan := memoryShop(t, nil).plan(full(map[string]string{test.header: test.cell}))
		got := outcome(plan, test.header)
		if test.header == "Notes" {
			got = strings.TrimRight(valueOf(plan.Rows[0], column.Notes), "")
			for _, n := range plan.Rows[0].Notices {
				if n.Header == "Notes" {
					got += " ?" + n.Code
				}
			}
		}
		if told := hasNote(plan, "formulas_as_text"); told != test.told || test.want != "" && got != test.want {
			t.Errorf("%s %q: got %q, told %v; want %q, %v", test.header, test.cell, got, told, test.want, test.told)
		}
	}
	plan := memoryShop(t,
		nil).plan(full(map[string]string{"Tracking link": `=HYPERLINK("https://shop.example/p?utm_source=ig&utm_content=reel","Link")`}))
	if got := valueOf(plan.Rows[0], column.UTMSource) + " " + valueOf(plan.Rows[0], column.UTMContent); got != "ig reel" {
		t.Errorf("the link of a formula says %q", got)
	}
}
