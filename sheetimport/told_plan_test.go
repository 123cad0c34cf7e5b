package sheetimport_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/sheetimport"
)

// told is what a plan makes of each row: the verdict, the values of some fields, and the codes of what it says, without
// those about campaigns.
func told(p *sheetimport.Plan, fields ...string) []string {
	var lines []string
	for _, r := range p.Rows {
		words := []string{string(r.Verdict)}
		for _, f := range fields {
			for _, c := range r.Changes {
				if f == string(c.Record)+"."+c.Field {
					words = append(words, c.To)
				}
			}
		}
		for _, m := range append(slices.Clone(r.Problems), r.Notices...) {
			if m.Code != "campaign_missing" {
				words = append(words, m.Code)
			}
		}
		lines = append(lines, strings.Join(words, " "))
	}
	return lines
}

// german fails the test if a remark or note of a plan is not translated.
func german(t *testing.T, name string, p *sheetimport.Plan) {
	t.Helper()
	for _, n := range p.Notes {
		if n.Text.In(language.German) == n.Text.String() {
			t.Errorf("%s: %q has no German", name, n.Text)
		}
	}
	for _, r := range p.Rows {
		for _, m := range append(slices.Clone(r.Problems), r.Notices...) {
			if m.Message.In(language.German) == m.Message.String() {
				t.Errorf("%s: %q has no German", name, m.Message)
			}
		}
	}
}

// Of several columns of amounts that of the workspace's currency counts, and of a plan and what came of it the latter,
// where there is one; what another column says is told or used in its place.
func TestColumnsOfOneAmount(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, headers string
		rows          []string
		want          []string
		note          string
	}{
		{"two currencies", "Fee (USD),Fee (EUR)", []string{"110,100", "220,200"},
			[]string{"created 100.00 EUR", "created 200.00 EUR"}, "two_columns_for_one_field"},
		{"zwei Währungen", "Honorar ($),Honorar (€)", []string{"110,100", "220,200"},
			[]string{"created 100.00 EUR", "created 200.00 EUR"}, "two_columns_for_one_field"},
		{"none of the workspace's", "Fee USD,Fee GBP", []string{"110,100"}, []string{"created 110.00 USD"}, "two_columns_for_one_field"},
		{"one for each row", "Fee EUR,Fee USD,Fee GBP", []string{",110,", "200,,", ",,90", ",1,2", ",-,"},
			[]string{"created 110.00 USD other_currency_used", "created 200.00 EUR",
				"created 90.00 GBP other_currency_used", "created no_cost", "created no_cost"},
			"two_columns_for_one_field"},
		{"one for each row in German", "Kosten in EUR,Kosten in CHF", []string{",110", "200,"},
			[]string{"created 110.00 CHF other_currency_used", "created 200.00 EUR"}, "two_columns_for_one_field"},
		{"the cell says another", "Fee EUR,Fee USD", []string{",£110", "200,"},
			[]string{"created 110.00 GBP other_currency_used", "created 200.00 EUR"}, "two_columns_for_one_field"},
		{"other words in another currency", "Fee (USD),Price (EUR)", []string{"110,20", ",30"},
			[]string{"created 110.00 USD", "created no_cost"}, "two_columns_for_one_field"},
		{"a column says which", "Fee EUR,Fee USD,Currency", []string{"100,110,USD", "100,110,EUR", "100,110,", ",110,USD", "100,,USD"},
			[]string{"created 110.00 USD other_currency_used", "created 100.00 EUR", "created 100.00 EUR", "created 110.00 USD other_currency_used",
				"rejected ambiguous_currency"}, "two_columns_for_one_field"},
		{"0 in one of them", "Fee EUR,Fee USD", []string{"0,110", "0.00 €,110", "100,0", "0,0", "0,"},
			[]string{"created 110.00 USD other_currency_used", "created 110.00 USD other_currency_used", "created 100.00 EUR", "created 0.00 EUR",
				"created 0.00 EUR"}, "two_columns_for_one_field"},
		{"0 in German", "Honorar EUR,Honorar CHF", []string{"0,110", "200,0"},
			[]string{"created 110.00 CHF other_currency_used", "created 200.00 EUR"}, "two_columns_for_one_field"},
		{"0 beside two others", "Fee EUR,Fee USD,Fee GBP", []string{"0,110,90", "100,110,90"},
			[]string{"created 0.00 EUR zero_cost", "created 100.00 EUR"}, "two_columns_for_one_field"},
		{"0 beside one in the row's currency", "Fee EUR,Fee USD,Currency", []string{"0,110,USD", "0,110,EUR"},
			[]string{"created 110.00 USD other_currency_used", "rejected ambiguous_currency other_currency_used"}, "two_columns_for_one_field"},
		{"0 beside one that is not used", "Fee,Fee USD", []string{"0,110", "100,110"},
			[]string{"created 0.00 EUR zero_cost", "created 100.00 EUR"}, "two_columns_for_one_field"},
		{"one for each piece", "Fee (Reel),Fee (Story)", []string{"250,100", "250,"}, []string{"created", "created"}, "no_cost_column"},
		{"quarters", "Honorar Q1,Honorar Q2", []string{"250,100", ",100"}, []string{"created", "created"}, "no_cost_column"},
		{"half years", "Honorar 1. HJ (€),Honorar 2. HJ (€)", []string{"250,100"}, []string{"created"}, "no_cost_column"},
		{"pieces and what they come to", "Fee (Reel),Fee (Story),Total fee", []string{"250,100,350"}, []string{"created 350.00 EUR"}, ""},
		{"one piece in each row", "Honorar Reel,Honorar Story", []string{"250,", "300,0"},
			[]string{"created 250.00 EUR", "created 300.00 EUR"}, "two_columns_for_one_field"},
		{"a year in two currencies", "Honorar 2026 (EUR),Honorar 2026 (USD)", []string{"250,280"}, []string{"created 250.00 EUR"}, "two_columns_for_one_field"},
		{"a later one", "Fee (EUR),Final fee (EUR)", []string{"100,120"}, []string{"created 120.00 EUR"}, "two_columns_for_one_field"},

		{"planned and actual", "Planned fee,Actual fee", []string{"110,100", "220,", "300,0"},
			[]string{"created 100.00 EUR", "created 220.00 EUR earlier_used", "created 300.00 EUR earlier_used"}, "two_columns_for_one_field"},
		{"no actual one yet", "Planned fee,Actual fee", []string{"110,", "220,"}, []string{"created 110.00 EUR", "created 220.00 EUR"}, ""},
		{"Plan und Ist", "Kosten Plan,Kosten Ist", []string{"110,100", "220,"},
			[]string{"created 100.00 EUR", "created 220.00 EUR earlier_used"}, "two_columns_for_one_field"},
		{"geplantes Honorar", "Honorar geplant,Honorar ist", []string{"110,", "220,200"},
			[]string{"created 110.00 EUR earlier_used", "created 200.00 EUR"}, "two_columns_for_one_field"},
		{"with a currency", "Plan (€),Ist (€)", []string{"110,100", "220,"},
			[]string{"created 100.00 EUR", "created 220.00 EUR earlier_used"}, "two_columns_for_one_field"},
		{"planned and actual spend", "Planned spend,Actual spend", []string{"110,100", "220,"},
			[]string{"created 100.00 EUR", "created 220.00 EUR earlier_used"}, "two_columns_for_one_field"},
		{"a budget for each", "Influencer budget,Actual spend", []string{"€110,€100", "€220,"},
			[]string{"created 110.00 EUR", "created 220.00 EUR"}, "two_columns_for_one_field"},
		{"the value of a deal", "Deal value,Net", []string{"€110,€100", "€220,"},
			[]string{"created 110.00 EUR", "created 220.00 EUR"}, "two_columns_for_one_field"},
		{"what is planned of a deal", "Deal value,Planned cost", []string{"€110,", "€220,€200"},
			[]string{"created 110.00 EUR", "created 220.00 EUR"}, "two_columns_for_one_field"},
		{"an actual spend alone", "Actual spend", []string{"100", ""}, []string{"created 100.00 EUR", "created no_cost"}, ""},
		{"few fees beside sales", "Fee,Net", []string{"110,500", ",220", ",300"},
			[]string{"created 110.00 EUR", "created no_cost", "created no_cost"}, "two_columns_for_one_field"},
		{"net is no plan", "Planned cost,Actual cost,Net", []string{"110,100,90", "220,,90"},
			[]string{"created 100.00 EUR", "created 220.00 EUR earlier_used"}, "two_columns_for_one_field"},
		{"networks", "Net", []string{"Awin", "CJ"}, []string{"created", "created"}, "no_cost_column"},
		{"net sales", "Revenue,Gross,Net", []string{"500,500,420"}, []string{"created"}, "no_cost_column"},
		{"a fee beside sales", "Revenue,Net,VAT 19%", []string{"500,420.00,79.80"}, []string{"created 420.00 EUR"}, ""},
		{"what was asked for is no plan", "Requested fee,Agreed fee", []string{"110,100", "220,"},
			[]string{"created 100.00 EUR", "created no_cost"}, ""},
	} {
		var text strings.Builder
		text.WriteString("Influencer,Platform,Posting date," + test.headers + "\n")
		for n, row := range test.rows {
			text.WriteString("Ana " + string(rune('A'+n)) + ",IG,2026-06-01," + row + "\n")
		}
		plan := memoryShop(t, nil).plan(text.String())
		if diff := cmp.Diff(test.want, told(plan, "cooperation.cost")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if test.note != "" && !hasNote(plan, test.note) {
			t.Errorf("%s: no note %s: %v", test.name, test.note, plan.Notes)
		}
		german(t, test.name, plan)
	}
}

// Names are read as people know them, one that stands for several people is none, and one person with the names in two
// orders is told.
func TestNamesTold(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, headers string
		rows          []string
		want          []string
	}{
		{"signs of a web page", "Influencer", []string{"Ana &amp; Ben", "Ana &amp;amp; Ben", "J&uuml;rgen O&#39;Neil"},
			[]string{"created Ana & Ben web_signs several_influencers", "duplicate web_signs", "created Jürgen O'Neil web_signs"}},
		{"several people", "Influencer", []string{"various", "Diverse", "multiple creators", "mehrere Influencer", "Verschiedene", "Ana Various"},
			[]string{"rejected not_a_person", "rejected not_a_person", "rejected not_a_person", "rejected not_a_person",
				"rejected not_a_person", "created Ana Various"}},
		{"names with a number", "Influencer", []string{"100 Happy People", "5 Minute Ambassadors", "20 people", "10 fashion influencers"},
			[]string{"created 100 Happy People", "created 5 Minute Ambassadors", "rejected not_a_person", "rejected not_a_person"}},
		{"semicolons that end no sign", "Influencer", []string{"Tom&Regina;"}, []string{"created Tom&Regina; several_influencers"}},
		{"somebody who is called so", "Influencer,Handle", []string{"Various,@various", "Diverse,"},
			[]string{"created Various", "rejected not_a_person"}},
		{"two orders of the names", "Influencer", []string{`"Ruiz, Ana"`, "Ana Ruiz", `"von Berg, Ida"`, "Ida von Berg", "Ida Berg"},
			[]string{"created Ruiz, Ana", "created Ana Ruiz maybe_same_person", "created von Berg, Ida",
				"created Ida von Berg maybe_same_person", "created Ida Berg"}},
		{"other handles", "Influencer,Handle", []string{`"Ruiz, Ana",@ana`, "Ana Ruiz,@anaruiz"},
			[]string{"created Ruiz, Ana", "created Ana Ruiz"}},
		{"no handle", "Handle", []string{"private", "@kim", "gelöscht", "\u200b"},
			[]string{"rejected name_missing no_value", "created kim name_from_handle", "rejected name_missing no_value", "rejected name_missing"}},
	} {
		var text strings.Builder
		text.WriteString("Platform,Posting date,Fee," + test.headers + "\n")
		for _, row := range test.rows {
			text.WriteString("IG,2026-06-01,100," + row + "\n")
		}
		plan := memoryShop(t, nil).plan(text.String())
		if diff := cmp.Diff(test.want, told(plan, "influencer.name")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		german(t, test.name, plan)
	}
}

// Somebody whom the CRM has with the names in another order is told as well, be the workspace read as a whole or not.
func TestNameInOtherOrderInCRM(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	s.bring("Influencer,Platform,Posting date,Fee\n\"Ruiz, Ana\",IG,2026-06-01,100\nIda von Berg,IG,2026-06-01,100\n")
	plan := s.plan("Influencer,Platform,Posting date,Fee\nAna Ruiz,IG,2026-07-01,100\n\"von Berg, Ida\",IG,2026-07-01,100\nAna Ruiz,IG,2026-08-01,100\n")
	want := []string{"created Ana Ruiz maybe_same_person", "created von Berg, Ida maybe_same_person", "created"}
	if diff := cmp.Diff(want, told(plan, "influencer.name")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Emoji beside a code are no part of it, and a percentage in the header of codes is what they take off.
func TestCodesTold(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		headers string
		rows    []string
		want    []string
		note    string
	}{
		{"Code", []string{"🔥KIM10🔥", "LEA10 🎉", "MAX10", "equals 🔥NIA10", "KIM11🔥 / LEA11🔥"}, []string{
			"created equals KIM10 emoji_beside_code", "created equals LEA10 emoji_beside_code", "created equals MAX10",
			"created equals 🔥NIA10", "created equals KIM11, equals LEA11 emoji_beside_code"}, ""},
		{"Code (15%)", []string{"KIM10", "LEA10 (20%)", ""}, []string{"created equals KIM10 15 % off",
			"created equals LEA10 20 % off percentage_beside_code", "created"}, "percentage_in_header"},
		{"Rabattcode 10 %", []string{"KIM10"}, []string{"created equals KIM10 10 % off"}, "percentage_in_header"},
		{"Code (15%),Discount %", []string{"KIM10,20 %", "LEA10,"}, []string{"created equals KIM10 20 % off",
			"created equals LEA10 15 % off"}, "percentage_in_header"},
		{"Code (5% affiliate)", []string{"KIM10"}, []string{"created equals KIM10"}, ""},
		{"Codes", []string{"KIM&REGINA;TOM10"}, []string{"created equals KIM&REGINA, equals TOM10"}, ""},
		{"Rabattcode (bis 15%)", []string{"KIM10"}, []string{"created equals KIM10"}, ""},
		{"Code (10/15%)", []string{"KIM10"}, []string{"created equals KIM10"}, ""},
	} {
		var text strings.Builder
		text.WriteString("Influencer,Platform,Posting date,Fee," + test.headers + "\n")
		for n, row := range test.rows {
			text.WriteString("Ana " + string(rune('A'+n)) + ",IG,2026-06-01,100," + row + "\n")
		}
		plan := memoryShop(t, nil).plan(text.String())
		if diff := cmp.Diff(test.want, told(plan, "cooperation.code", "cooperation.percentage")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.headers, diff)
		}
		if hasNote(plan, "percentage_in_header") != (test.note != "") {
			t.Errorf("%s: %v", test.headers, plan.Notes)
		}
		german(t, test.headers, plan)
	}
}

// Sheets of boards, forms and agencies, each with what is to be read of it.
func TestLayoutsOfTools(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"names that refer to pages",
			"Name,Handle,Platform,Date,Fee,Owner\nLena Maier (https://www.notion.so/Lena-abc123),@lena,IG,2026-06-01,1.00,Mia (https://www.notion.so/Mia-1)\n" +
				"Lena Maier,,IG,2026-07-01,1.00,Mia\n",
			[]string{"created Lena Maier Instagram @lena 2026-06-01 1.00 EUR Mia",
				"created 2026-07-01 1.00 EUR Mia"}},
		{"a form",
			"What is your full name?,Which platform?,What is your Instagram handle?,Your rate,Date\nCara Voss,Instagram,@cara,€300,2026-06-01\nDan Ek,TikTok,@danek,€250,2026-06-01\n",
			[]string{"created Cara Voss Instagram @cara 2026-06-01 300.00 EUR", "created Dan Ek TikTok 2026-06-01 250.00 EUR"}},
		{"a German form", "Wie ist dein Name?;Auf welcher Plattform?;Honorar;Datum\nJörg Au;TikTok;300,00;12.06.2026\n",
			[]string{"created Jörg Au TikTok 2026-06-12 300.00 EUR"}},
		{"from and to", "KW;Datum von;Datum bis;Influencer;Kanal;Kosten\n24;08.06.2026;14.06.2026;Emil;Instagram;400,00 €\n",
			[]string{"created Emil Instagram 2026-06-08 2026-06-14 400.00 EUR"}},
		{"names and handles in one", "Influencer / Handle,Platform,Fee,Date\nZoe Ef (@zoeef),IG,1.00,2026-06-01\n@abc,IG,1.00,2026-06-01\n",
			[]string{"created Zoe Ef Instagram @zoeef 2026-06-01 1.00 EUR account_in_name",
				"created abc Instagram @abc 2026-06-01 1.00 EUR account_in_name"}},
		{"only handles in one", "Name / Handle,Platform,Fee,Date\nzoeef,IG,1.00,2026-06-01\n@abc,IG,1.00,2026-06-01\n",
			[]string{"created zoeef Instagram @zoeef 2026-06-01 1.00 EUR name_from_handle",
				"created abc Instagram @abc 2026-06-01 1.00 EUR name_from_handle"}},
		{"percentages", "Influencer,Platform,Fee,Date,Discount code,Discount\nIda,IG,1.00,2026-06-01,IDA10,15%\nBen,IG,1.00,2026-06-01,BEN10,\n",
			[]string{"created Ida Instagram 2026-06-01 1.00 EUR 15 % off", "created Ben Instagram 2026-06-01 1.00 EUR"}},
		{"a discount that is an amount", "Influencer,Platform,Fee,Date,Discount code,Discount\nIda,IG,1.00,2026-06-01,IDA10,15\n",
			[]string{"created Ida Instagram 2026-06-01 1.00 EUR"}},
		{"numbers without a header", ",Influencer,Platform,Fee,Date\n1,Val,IG,1.00,2026-06-01\n2,,,,\n3.,,,,\n",
			[]string{"created Val Instagram 2026-06-01 1.00 EUR", "skipped", "skipped"}},
		{"days of months without a year",
			"Monat;Tag;Influencer;Plattform;Honorar\nJuni;12;Jil;IG;1,00\nJuni;19;Jil;IG;1,00\nJuni;19;Jil;IG;1,00\n",
			[]string{"created Jil Instagram 1.00 EUR", "created 1.00 EUR", "duplicate"}},
		{"a monthly fee in rows of months", "Influencer,Platform,Month,Monthly fee\nAna,IG,June 2026,500.00\nAna,IG,July 2026,500.00\n",
			[]string{"created Ana Instagram 2026-06-01 2026-06-30 500.00 EUR", "created 2026-07-01 2026-07-31 500.00 EUR"}},
		{"ein monatliches Honorar", "Influencer;Plattform;Monat;Honorar pro Monat\nAna;IG;Juni 2026;500,00\n",
			[]string{"created Ana Instagram 2026-06-01 2026-06-30 500.00 EUR"}},
		{"a monthly fee for a quarter",
			"Influencer,Platform,Month,Monthly fee\nAna,IG,June 2026,500.00\nAna,IG,July 2026,500.00\nAna,IG,Q4 2026,500.00\n",
			[]string{"created Ana Instagram 2026-06-01 2026-06-30", "created 2026-07-01 2026-07-31", "created no_month"}},
		{"a monthly fee for some months", "Influencer,Platform,Month,Monthly fee,Duration\nAna,IG,June 2026,500.00,6 months\n",
			[]string{"created Ana Instagram 2026-06-01 2026-06-30"}},
		{"ein monatliches Honorar mit Laufzeit", "Influencer;Plattform;Monat;Honorar pro Monat;Laufzeit (Monate)\nAna;IG;Juni 2026;500,00;6\n",
			[]string{"created Ana Instagram 2026-06-01 2026-06-30"}},
		{"a monthly fee and what it comes to", "Influencer,Platform,Month,Monthly fee,Total (EUR)\nAna,IG,June 2026,500.00,3000.00\n",
			[]string{"created Ana Instagram 2026-06-01 2026-06-30"}},
		{"a monthly fee to an end", "Influencer,Platform,Month,End,Monthly fee\nAna,IG,June 2026,2026-08-31,500.00\n",
			[]string{"created Ana Instagram 2026-06-01 2026-08-31"}},
		{"a day behind the end",
			"Influencer,Platform,Month,Day,End,Fee\nAna,IG,June 2026,26,2026-06-20,1.00\nAna,IG,June 2026,12,2026-06-20,1.00\n",
			[]string{"rejected not_valid", "created Ana Instagram 2026-06-12 2026-06-20 1.00 EUR"}},
		{"net and gross", "Influencer,Platform,Net,VAT 19%,Gross,Date\nAna,IG,500.00,95.00,595.00,2026-06-01\n",
			[]string{"created Ana Instagram 2026-06-01 500.00 EUR"}},
	} {
		plan := memoryShop(t, nil).plan(test.text)
		got := told(plan, "influencer.name", "influencer.profiles", "cooperation.start", "cooperation.end",
			"cooperation.cost", "cooperation.percentage", "cooperation.responsible")
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		german(t, test.name, plan)
	}
}
