package sheetimport_test

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/cell"
)

// fullHeaders are the headers of a sheet that has a column of every kind.
var fullHeaders = strings.Split("Campaign,Influencer,Handle,Platform,Profile link,Followers,Email,Phone,Category,Tags,Responsible,Deal status,"+
	"Posting date,End date,Fee,Currency,utm_source,utm_medium,utm_campaign,utm_term,utm_content,Tracking link,Discount code,Match type,Discount %,"+
	"Last touch,Notes,Campaign budget,Revenue target,Favourite colour", ",")

var fullRow = map[string]string{
	"Campaign": "Summer Sale", "Influencer": "Ida Castell", "Handle": "@ida", "Platform": "Instagram", "Posting date": "2026-06-01",
	"End date": "2026-06-30", "Fee": "1000", "Deal status": "signed", "utm_term": "ida", "Discount code": "IDA10",
}

// write writes rows of cells by header as CSV; a row leaves out what fullRow has.
func write(headers []string, rows ...map[string]string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	if err := w.Write(headers); err != nil {
		panic(err)
	}
	for _, row := range rows {
		record := make([]string, len(headers))
		for n, h := range headers {
			text, given := row[h]
			if !given {
				text = fullRow[h]
			}
			record[n] = text
		}
		if err := w.Write(record); err != nil {
			panic(err)
		}
	}
	w.Flush()
	return b.String()
}

func full(rows ...map[string]string) string { return write(fullHeaders, rows...) }

// good is a row that has nothing in common with fullRow and must come in whatever stands in the others.
var good = map[string]string{"Influencer": "Mats Lang", "Handle": "@mats", "Discount code": "MATS10",
	"utm_term": "mats", "Campaign": "Other"}

func TestCellsThatRejectTheirRow(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 300)
	for _, c := range []struct{ header, value, code, says string }{
		{"Influencer", "", "name_missing", "name is missing"},
		{"Influencer", "-", "name_missing", "name is missing"},
		{"Influencer", "#REF!", "formula_error", "mend the formula"},
		{"Influencer", long, "not_valid", "300 characters; at most 200"},
		{"Influencer", "Ida\nCastell", "not_valid", "remove it"},
		{"Platform", "", "platform_missing", "platform is missing"},
		{"Platform", "n/a", "platform_missing", "platform is missing"},
		{"Platform", "IG + TikTok", "two_platforms", "one row for each platform"},
		{"Platform", "#N/A", "formula_error", "mend the formula"},
		{"Platform", long, "not_valid", "300 characters"},
		{"Posting date", "31.02.2026", "not_a_date", "has no day 31"},
		{"Posting date", "03/04/26", "ambiguous_date", "2026-04-03 or 2026-03-04"},
		{"Posting date", "46174", "not_a_date", "number by which a spreadsheet stores a date"},
		{"Posting date", "ASAP", "not_a_date", "write it like 2026-06-01"},
		{"End date", "1.6.", "not_a_date", "write it like 2026-06-01"},
		{"End date", "2026-05-31", "not_valid", "before the start"},
		{"End date", "2046-05-31", "not_valid", "3660"},
		{"Fee", "two thousand", "not_an_amount", "write it like"},
		{"Fee", "-500", "negative_amount", "below zero"},
		{"Fee", "1.234", "ambiguous_amount", "1234 or 1.234"},
		{"Fee", "500-700", "not_an_amount", "more than one amount"},
		{"Fee", "1000.005 €", "too_precise", "2 decimals"},
		{"Fee", "99999999999999.00", "too_large", "check the digits"},
		{"Currency", "Taler", "unknown_currency", "three letters, like EUR"},
		{"Currency", "#REF!", "formula_error", "mend the formula"},
		{"Deal status", "maybe later", "unknown_status", "write draft, negotiating, signed"},
		{"Deal status", "on hold", "ambiguous_status", "negotiating or cancelled"},
		{"utm_source", "insta#gram", "not_valid", "#"},
		{"utm_campaign", "{campaign}", "not_valid", "{campaign}"},
		{"utm_term", "#VALUE!", "formula_error", "mend the formula"},
		{"Discount code", "10-Mar", "damaged_code", "format the column as text"},
		{"Discount code", "CR9 SALE", "ambiguous_code", "equals CR9 SALE"},
		{"Discount code", "contains [style name]", "not_a_code", "["},
		{"Discount code", long, "not_a_code", "64"},
		{"Match type", "roughly", "unknown_match", `"contains"`},
	} {
		t.Run(c.header+" "+c.value[:min(len(c.value), 20)], func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			plan := s.bring(full(map[string]string{c.header: c.value}, good))
			checkCounts(t, plan)
			if plan.Rows[0].Verdict != sheetimport.Rejected || plan.Rows[1].Verdict != sheetimport.Created {
				t.Fatalf("%q; want the first row rejected and the second created", account(plan))
			}
			if len(plan.Rows[0].Problems) != 1 {
				t.Fatalf("problems %+v; want one", plan.Rows[0].Problems)
			}
			m := plan.Rows[0].Problems[0]
			at := slices.Index(fullHeaders, c.header)
			want := sheetimport.Remark{Code: c.code, Column: letter(at), Header: c.header, Value: shown(c.value), Message: m.Message}
			if diff := cmp.Diff(want, m); diff != "" || !strings.Contains(m.Message.String(), c.says) {
				t.Errorf("(-want +got):\n%smessage %q; want it to say %q", diff, m.Message, c.says)
			}
			if there := s.contents(); len(there.Cooperations) != 1 || len(there.Influencers) != 1 || len(there.Campaigns) != 1 {
				t.Errorf("%d cooperations, %d influencers, %d campaigns; want those of the good row only",
					len(there.Cooperations), len(there.Influencers), len(there.Campaigns))
			}
		})
	}
}

func letter(n int) string {
	if n >= 26 {
		return "A" + string(rune('A'+n-26))
	}
	return string(rune('A' + n))
}

// shown is a value as remarks show it.
func shown(value string) string {
	if len(value) > 60 {
		return value[:59] + "…"
	}
	return value
}

func TestAllProblemsOfARowInOnePass(t *testing.T) {
	t.Parallel()
	plan := memoryShop(t, nil).plan(full(map[string]string{
		"Influencer": strings.Repeat("x", 300), "Platform": "", "Posting date": "soon", "Fee": "-1", "utm_source": "#x", "Discount code": "1E5",
	}))
	want := []string{"2 rejected !platform_missing@D !not_a_date@M !negative_amount@O !damaged_code@W !not_valid@B !not_valid@Q"}
	if diff := cmp.Diff(want, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCellsThatAreLeftOut(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 300)
	for _, c := range []struct{ header, value, code, says string }{
		{"Campaign", "#REF!", "formula_error", "mend the formula"},
		{"Campaign", long, "not_valid", "300 characters"},
		{"Handle", "ida and mats", "not_a_handle", "blanks"},
		{"Handle", "https://instagram.com/p/abc", "not_a_handle", "single post"},
		{"Profile link", "see bio", "not_valid", "https://"},
		{"Profile link", "javascript:alert(1)", "not_valid", "https://"},
		{"Followers", "12.5", "not_a_count", "whole number"},
		{"Followers", "many", "not_a_count", "whole number"},
		{"Followers", "99000000000000", "not_valid", "ten billion"},
		{"Email", "ida at example", "not_valid", "email address"},
		{"Phone", "0170", "not_valid", "country code"},
		{"Category", long, "not_valid", "300 characters"},
		{"Tags", "a, " + long, "not_valid", "300 characters"},
		{"Responsible", long, "not_valid", "300 characters"},
		{"Responsible", "#NAME?", "formula_error", "mend the formula"},
		{"Tracking link", "https://x.example/?utm_source=" + strings.Repeat("x", 9000), "not_valid", "8192"},
		{"Discount %", "0.15", "ambiguous_percentage", "0.15 % or 15 %"},
		{"Discount %", "150 %", "not_a_percentage", "between 0 and 100"},
		{"Discount %", "12.34567 %", "not_valid", "4 decimals"},
		{"Last touch", "maybe", "not_yes_or_no", "write yes or no"},
		{"Notes", "#DIV/0!", "formula_error", "mend the formula"},
		{"Campaign budget", "a lot", "not_an_amount", "write it like"},
		{"Campaign budget", "5000 USD", "other_currency", "EUR"},
		{"Revenue target", "99999999999999.00", "too_large", "digits"},
		{"Favourite colour", "#REF!", "formula_error", "mend the formula"},
		{"Favourite colour", "re\x01d", "not_valid", "remove it"},
		{"Favourite colour", strings.Repeat("x", 20_001), "not_valid", "20001 characters"},
	} {
		t.Run(c.header+" "+c.value[:min(len(c.value), 20)], func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			plan := s.bring(full(map[string]string{c.header: c.value}, good))
			if plan.Counts[sheetimport.Created] != 2 {
				t.Fatalf("%q; want both rows created", account(plan))
			}
			at := slices.Index(fullHeaders, c.header)
			found := slices.IndexFunc(plan.Rows[0].Notices, func(m sheetimport.Remark) bool { return m.Column == letter(at) })
			if found < 0 {
				t.Fatalf("notices %+v; want one about %s", plan.Rows[0].Notices, c.header)
			}
			m := plan.Rows[0].Notices[found]
			want := sheetimport.Remark{Code: c.code, Column: letter(at), Header: c.header, Value: shown(c.value), Message: m.Message}
			if diff := cmp.Diff(want, m); diff != "" || !strings.Contains(m.Message.String(), c.says) || !strings.HasSuffix(m.Message.String(), "; the cell is left out") {
				t.Errorf("(-want +got):\n%smessage %q; want it to say %q and that the cell is left out", diff, m.Message, c.says)
			}
			for _, change := range plan.Rows[0].Changes {
				if c.value != "" && strings.Contains(change.To, c.value) {
					t.Errorf("the cell came in after all: %+v", change)
				}
			}
		})
	}
}

func TestColumnsWithoutAMeaning(t *testing.T) {
	t.Parallel()
	headers := []string{"Influencer", "Platform", "Favourite\ncolour", "Agency", "Agency", strings.Repeat("h", 250)}
	s := memoryShop(t, nil)
	plan := s.bring(write(headers, map[string]string{headers[2]: "blue", "Agency": "Ogilvy", headers[5]: "x"}))
	want := map[string]string{"Favourite colour": "blue", "Agency": "Ogilvy", "Agency (2)": "Ogilvy"}
	if diff := cmp.Diff(want, s.contents().Cooperations[0].Custom); diff != "" {
		t.Errorf("custom fields (-want +got):\n%s", diff)
	}
	if notices := account(plan)[0]; !strings.Contains(notices, "?not_valid@F") {
		t.Errorf("%s; want a notice about column F, whose header is too long for a name", notices)
	}

	wide := []string{"Influencer", "Platform"}
	cells := map[string]string{}
	for n := range 230 {
		wide = append(wide, fmt.Sprintf("Field of ours %d", n))
		cells[wide[n+2]] = "x"
	}
	plan = memoryShop(t, nil).bring(write(wide, cells))
	left := 0
	for _, m := range plan.Rows[0].Notices {
		if m.Code == "too_many_fields" {
			left++
		}
	}
	if plan.Counts[sheetimport.Created] != 1 || left != 30 {
		t.Errorf("%v with %d cells left out; want the row created without the last 30", plan.Counts, left)
	}
}

func TestAnAmbiguousCellIsDecidedByItsColumn(t *testing.T) {
	t.Parallel()
	rows := func(date, fee string) string {
		return full(map[string]string{"Posting date": "03/04/26", "Fee": "1.234"}, map[string]string{
			"Influencer": "Mats Lang", "Handle": "@mats", "Discount code": "MATS10", "utm_term": "mats", "Posting date": date, "Fee": fee})
	}
	for _, c := range []struct {
		name, csv    string
		options      *sheetimport.Options
		first        string
		start, costs string
	}{
		{"column", rows("28/04/26", "12,50"), nil, "2 created ?read_by_column@M ?read_by_column@O", "2026-04-03", "1234.00 EUR"},
		{"month first", rows("04/28/26", "12,50"), nil, "2 created ?read_by_column@M ?read_by_column@O", "2026-03-04", "1234.00 EUR"},
		{"options", rows("2026-04-28", "12"), &sheetimport.Options{DateOrder: cell.DayFirst, DecimalStyle: cell.CommaDecimals},
			"2 created ?read_by_column@M ?read_by_column@O", "2026-04-03", "1234.00 EUR"},
		{"undecided", rows("2026-04-28", "12"), nil, "2 rejected !ambiguous_date@M !ambiguous_amount@O", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, c.options)
			plan := s.bring(c.csv)
			if got := account(plan)[0]; got != c.first {
				t.Fatalf("%s; want %s", got, c.first)
			}
			for _, coop := range s.contents().Cooperations {
				if coop.UTM.Term.String() == "ida" && (coop.Period.Start.String() != c.start || coop.Cost.String() != c.costs) {
					t.Errorf("from %s for %s; want %s for %s", coop.Period.Start, coop.Cost, c.start, c.costs)
				}
			}
		})
	}
}
