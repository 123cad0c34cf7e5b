package sheetimport_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/utm"
)

// A link that is broken in a way that leaves one reading gives the fields that were meant, with a notice; another gives
// what it says, and a notice.
func TestBrokenTrackingLinks(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ link, want string }{
		{"https://shop.example/p?utm_source=ig&utm_medium=inf&utm_term=ana", "ig inf ana"},
		{"https://shop.example/p?utm_source=ig&amp;utm_medium=inf&amp;utm_term=ana", "ig inf ana ?link_mended"},
		{"https://shop.example/p?utm_source=ig&#038;utm_medium=inf&#038;utm_term=ana", "ig inf ana ?link_mended"},
		{"https://shop.example/p?variant=7?utm_source=ig&utm_medium=inf&utm_term=ana", "ig inf ana ?link_mended"},
		{"https://shop.example/p%3Futm_source=ig&utm_medium=inf&utm_term=ana", "ig inf ana ?link_mended"},
		{"https://shop.example/p%3Futm_source%3Dig%26utm_medium%3Dinf%26utm_term%3Dana", "ig inf ana ?link_mended"},
		{"https://shop.example/p&utm_source=ig&utm_medium=inf&utm_term=ana", "ig inf ana ?link_mended"},
		{"https://shop.example/p?utm_source=ig&amp;utm_medium=inf?utm_term=ana", "ig inf ana ?link_mended ?link_mended"},
		{"https://shop.example/p?utm_source=ig&utm_medium=inf&utm_term=ana&utm_campaign=H&amp;M", "ig inf ana ?link_broken"},
		{"https://shop.example/p?utm_source=ig&utm_source=tt&utm_medium=inf&utm_term=ana", "ig inf ana ?link_contradicts"},
		{"https://shop.example/p?utm_source=ig&utm_medum=inf&utm_term=ana", "ig  ana ?link_unknown_field"},
		// What stands around a link, and several links.
		{`<a href="https://shop.example/?utm_source=ig&amp;utm_medium=inf&amp;utm_term=ana" target="_blank">Shop</a>`,
			"ig inf ana ?link_mended ?link_mended"},
		{"[Shop](https://shop.example/?utm_source=ig&utm_medium=inf&utm_term=ana)", "ig inf ana ?link_mended"},
		{"<https://shop.example/?utm_source=ig&utm_medium=inf&utm_term=ana>", "ig inf ana ?link_mended"},
		{"(https://shop.example/?utm_source=ig&utm_medium=inf&utm_term=ana)", "ig inf ana ?link_mended"},
		{"„https://shop.example/?utm_source=ig&utm_medium=inf&utm_term=ana“", "ig inf ana ?link_mended"},
		{"https://shop.example/?utm_source=ig&utm_medium=inf&utm_term=ana,", "ig inf ana ?link_mended"},
		{"https://shop.example/?utm_source=ig&utm_medium=inf&utm_term=ana (Bio)", "ig inf ana ?link_mended"},
		{"https://shop.example/?utm_source=ig&utm_medium=inf&utm_term=ana – Code ANA10", "ig inf ana ?link_mended"},
		{"utm_source=ig, utm_medium=inf, utm_term=ana", "ig inf ana ?link_mended"},
		{"https://shop.example/?utm_source=ig&utm_medium=inf&utm_term=ana\nhttps://shop.example/p?utm_source=ig&utm_medium=inf&utm_term=ana",
			"ig inf ana ?link_mended"},
		{"https://shop.example/ana https://shop.example/?utm_source=ig&utm_medium=inf&utm_term=ana", "ig inf ana ?link_mended"},
		{"https://shop.example/?utm_source=ig&utm_medium=inf&utm_term=ana(de)", "ig inf ana(de)"},
		{"https://shop.example/?utm_source=ig&utm_medium=inf&utm_term=ana summer", "ig inf ana summer"},
		{"https://shop.example/?utm_source=ig&utm_term=ana https://shop.example/?utm_source=ig&utm_term=story", "   !several_links"},
		{"https://shop.example/p#utm_source=ig", "   ?utm_behind_hash"}, {"https://bit.ly/3xYz", "   ?link_without_utm"},
	} {
		plan := memoryShop(t, nil).plan(full(map[string]string{"Tracking link": test.link, "utm_term": ""}))
		r := plan.Rows[0]
		got := valueOf(r, column.UTMSource) + " " + valueOf(r, column.UTMMedium) + " " + valueOf(r, column.UTMTerm)
		for _, n := range r.Notices {
			if n.Header == "Tracking link" {
				got += " ?" + n.Code
			}
		}
		for _, p := range r.Problems {
			got += " !" + p.Code
		}
		if diff := cmp.Diff(strings.TrimSpace(test.want), strings.TrimSpace(got)); diff != "" {
			t.Errorf("%q (-want +got):\n%s%v", test.link, diff, r)
		}
		if _, err := utm.Parse(test.link); err != nil {
			t.Error(err)
		}
	}
}

// Codes are found in a link and however they are joined, with a notice.
func TestCodesInAPlan(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"https://shop.example/discount/ANA10?redirect=%2Fproducts%2Fmug": "equals ANA10 ?code_from_link",
		"ANA10/ANA15": "equals ANA10, equals ANA15 ?codes_split", "ANA10|ANA15": "equals ANA10, equals ANA15",
		"ANA10 und ANA15":                   "equals ANA10, equals ANA15 ?codes_split",
		"ANA10 ANA15":                       "equals ANA10, equals ANA15 ?codes_split",
		"ANA10 & ANA15":                     "equals ANA10, equals ANA15 ?codes_split",
		"https://shop.example/products/mug": "!not_a_code",
		"LISA und TOM":                      "!ambiguous_code equals LISA und TOM LISA, TOM",
		"SUMMER SALE":                       "!ambiguous_code equals SUMMER SALE SUMMER, SALE",
	} {
		plan := memoryShop(t, nil).plan(full(map[string]string{"Discount code": cell}))
		if got := outcome(plan, "Discount code"); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}

// Two columns that both hold codes are both read; one that holds something else stays what it is, and is told.
func TestTwoColumnsOfCodes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ second, cells, want string }{
		{"Coupon", "ANA15|BEN15", "equals ANA10, equals ANA15|equals BEN10, equals BEN15 several_code_columns"},
		{"Rabattcode 2", "ANA15|", "equals ANA10, equals ANA15|equals BEN10 several_code_columns"},
		{"Zweiter Code", "ANA15|ben10", "equals ANA10, equals ANA15|equals BEN10 several_code_columns"},
		{"Discount code (old)", "https://shop.example/discount/ANA15|contains BENNY1",
			"equals ANA10, equals ANA15|equals BEN10, contains BENNY1 several_code_columns"},
		{"Gutscheincode", "n/a|tbd", "equals ANA10|equals BEN10 two_columns_for_one_field"},
		{"Discount code active", "active|not yet made", "equals ANA10|equals BEN10 two_columns_for_one_field"},
		{"Promo code", "ANA10|BEN10", "equals ANA10|equals BEN10 several_code_columns"},
	} {
		cells := strings.Split(test.cells, "|")
		plan := memoryShop(t, nil).plan("Influencer,Platform,Posting date,Discount code," + test.second +
			"\nAna,IG,2026-06-01,ANA10," + cells[0] + "\nBen,IG,2026-06-01,BEN10," + cells[1] + "\n")
		got := valueOf(plan.Rows[0], column.Code) + "|" + valueOf(plan.Rows[1], column.Code)
		for _, n := range plan.Notes {
			if n.Code == "several_code_columns" || n.Code == "two_columns_for_one_field" {
				got += " " + n.Code
			}
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q: %v", test.second, got, test.want, plan.Rows)
		}
		again := memoryShop(t, nil)
		again.options.Mapping = plan.Mapping
		if got := valueOf(again.plan("Influencer,Platform,Posting date,Discount code," + test.second + "\nAna,IG,2026-06-01,ANA10," + cells[0] + "\n").Rows[0], column.Code); got != valueOf(plan.Rows[0], column.Code) {
			t.Errorf("%s: %q with its mapping", test.second, got)
		}
	}
}

// A text leads to what its hyperlink says, where the text itself says less.
func TestHyperlinksOfTrackingAndCodes(t *testing.T) {
	t.Parallel()
	const long = "https://shop.example/p?utm_source=ig&utm_term=ana"
	for _, test := range []struct{ header, text, link, want string }{
		{"Tracking link", "Link", long, "ig ana"}, {"Tracking link", "shop.example/p", long, "ig ana"},
		{"Tracking link", "https://shop.example/p", long, "ig ana"},
		{"Tracking link", "https://shop.example/p?utm_source=tt", long, "tt "},
		{"Tracking link", "zum Shop", "https://shop.example/p?utm_source=ig&amp;utm_term=ana", "ig ana"},
		{"Discount code", "Link", "https://shop.example/discount/ANA10", "equals ANA10"},
		{"Discount code", "ANA15", "https://shop.example/discount/ANA10", "equals ANA15"},
	} {
		table := grid(t, full(map[string]string{test.header: test.text, "utm_term": ""}), "")
		table.Rows[1].Cells[slices.Index(fullHeaders, test.header)].Raw = &sheet.RawValue{Kind: sheet.RawLink, Value: test.link}
		s := memoryShop(t, nil)
		plan, err := s.importer().Plan(s.ctx, s.ws, held{table})
		if err != nil {
			t.Fatal(err)
		}
		got := valueOf(plan.Rows[0], column.Code)
		if test.header == "Tracking link" {
			got = valueOf(plan.Rows[0], column.UTMSource) + " " + valueOf(plan.Rows[0], column.UTMTerm)
		}
		if got != test.want {
			t.Errorf("%q to %s: got %q, want %q", test.text, test.link, got, test.want)
		}
	}
}

// A percentage beside a code is what it takes off, also after the import; a column of percentages that says another
// goes before it.
func TestPercentagesBesideCodesInRows(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ code, column, want string }{
		{"ANA15 (15%)", "", "equals ANA15 15 % percentage_beside_code"},
		{"ANA15 (15%)", "15 %", "equals ANA15 15 % percentage_beside_code"},
		{"ANA15 (15%)", "20 %", "equals ANA15 20 % percentage_beside_code percentage_differs"},
		{"ANA15", "20 %", "equals ANA15 20 %"},
	} {
		s := memoryShop(t, nil)
		plan := s.bring("Name,Platform,Date,Fee,Rabattcode + %,Rabatt %\nAna,IG,2026-12-01,100," + test.code + "," + test.column + "\n")
		rules := s.contents().Cooperations[0].Rules
		if len(rules) != 1 {
			t.Fatalf("%q: %v, %v", test.code, rules, plan.Rows[0])
		}
		got := rules[0].String() + " " + rules[0].Benefit.Value.String() + " %"
		for _, n := range plan.Rows[0].Notices {
			if strings.HasPrefix(n.Code, "percentage") {
				got += " " + n.Code
			}
		}
		if got != test.want {
			t.Errorf("%q and %q: %q, want %q", test.code, test.column, got, test.want)
		}
	}
}
