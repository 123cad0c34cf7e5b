package sheetimport_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// cellTable is how cells are read, a line for each kind of text: which column, and what each text comes to in a whole
// import. "signed" is a value of the cooperation, "!code a b" rejects the row and names the readings a and b, "?code"
// leaves the cell out, and "value ?code" takes it with a notice. In one column of its own nothing else decides.
var cellTable = []struct {
	line, header string
	cells        [][2]string
}{
	{"dates: ISO, with and without a time", "Posting date", [][2]string{
		{"2026-06-01", "2026-06-01"}, {"2026-06-01 00:00:00", "2026-06-01"},
		{"2026-06-01T23:30:00-07:00", "2026-06-01"}, {"20260601", "2026-06-01"},
	}},
	{"dates: dots and names of months", "Posting date", [][2]string{
		{"1.6.2026", "2026-06-01"}, {"01.06.26", "2026-06-01"}, {"1. Juni 2026", "2026-06-01"},
		{"31. Mai 2026", "2026-05-31"}, {"1 June 2026", "2026-06-01"}, {"Jun 1, 2026", "2026-06-01"},
		{"1.6.", "!not_a_date"}, {"June", "!not_a_date"}, {"KW 23", "!not_a_date"}, {"ASAP", "!not_a_date"},
		{"1.6.2026 - 5.6.2026", "!dates_differ"},
	}},
	{"dates: slashes", "Posting date", [][2]string{
		{"13/04/2026", "2026-04-13"}, {"04/13/2026", "2026-04-13"}, {"05/31/26", "2026-05-31"}, {"05/05/2026", "2026-05-05"},
		{"03/04/2026", "!ambiguous_date 2026-04-03 2026-03-04"}, {"01/02/03", "!ambiguous_date 2003-02-01 2003-01-02"},
	}},
	{"dates: the number of a day", "Posting date", [][2]string{{"46174", "!not_a_date 2026-06-01"}}},
	{"dates: no day of the calendar", "Posting date", [][2]string{
		{"2026-13-01", "!not_a_date"}, {"31.02.2026", "!not_a_date"}, {"31/06/2026", "!not_a_date"}, {"1026-06-01", "!not_a_date"},
	}},
	{"amounts: groups and decimals", "Fee", [][2]string{
		{"1.234,56", "1234.56 EUR"}, {"1,234.56", "1234.56 EUR"}, {"1\u00A0234,56", "1234.56 EUR"},
		{"1\u202F234,56", "1234.56 EUR"}, {"1'200.-", "1200.00 EUR"},
		{"800,-", "800.00 EUR"}, {"1.234.567", "1234567.00 EUR"},
		{"1.234", "!ambiguous_amount 1234 1.234"}, {"1,234", "!ambiguous_amount 1.234 1234"}, {"10.005", "!ambiguous_amount 10005 10.005"},
	}},
	{"amounts: decimals", "Fee", [][2]string{{"12,50", "12.50 EUR"}, {"12.5", "12.50 EUR"}, {"1,5", "1.50 EUR"}}},
	{"amounts: words for zeros", "Fee", [][2]string{
		{"1.2k", "1200.00 EUR"}, {"1,2k", "1200.00 EUR"}, {"12,5k", "12500.00 EUR"}, {"1.2M", "1200000.00 EUR"},
		{"120 Tsd.", "120000.00 EUR"}, {"1,2 Mio", "1200000.00 EUR"}, {"2 Mrd", "2000000000.00 EUR"},
		{"1,234k", "!ambiguous_amount 1234 1234000"}, {"10k-15k", "!not_an_amount"}, {">100k", "!not_an_amount"}, {"~50k", "!not_an_amount"},
	}},
	{"followers: words for zeros", "Followers", [][2]string{
		{"1.2k", "1200"}, {"12,5k", "12500"}, {"1.2M", "1200000"}, {"120 Tsd.", "120000"}, {"1,2 Mio", "1200000"}, {"2 Mrd", "2000000000"},
		{"1,234k", "?ambiguous_count 1234 1234000"}, {"10k-15k", "?not_a_count"}, {">100k", "?not_a_count"}, {"~50k", "?not_a_count"},
	}},
	{"followers: whole numbers", "Followers", [][2]string{{"1.234", "1234"}, {"12,500", "12500"}, {"12.5", "?not_a_count"}}},
	{"amounts: currencies", "Fee", [][2]string{
		{"EUR 500", "500.00 EUR"}, {"500 EUR", "500.00 EUR"}, {"€500", "500.00 EUR"}, {"4,500.00 €", "4500.00 EUR"},
		{"CHF 1'200.-", "1200.00 CHF"}, {"500 USD", "500.00 USD"},
	}},
	{"amounts: none", "Fee", [][2]string{
		{"", " ?no_cost"}, {"-", " ?no_cost"}, {"–", " ?no_cost"}, {"n/a", " ?no_cost"}, {"k. A.", " ?no_cost"},
		{"tbd", " ?no_amount"}, {"TBA", " ?no_amount"},
		{"barter", " ?no_amount"}, {"gifted", " ?no_amount"}, {"free", " ?no_amount"}, {"kostenlos", " ?no_amount"}, {"Produkt", " ?no_amount"},
		{"500 + Produkt", "!not_an_amount"}, {"500-700", "!not_an_amount"}, {"see contract", "!not_an_amount"},
	}},
	{"amounts: never a silent number", "Fee", [][2]string{
		{"-500", "!negative_amount"}, {"(500.00)", "!negative_amount"}, {"NaN", "!not_an_amount"},
		{"Inf", "!not_an_amount"}, {"0x1F4", "!not_an_amount"}, {"1e3", "!not_an_amount"},
		{"99999999999999999999", "!too_large"},
	}},
	{"percents", "Discount %", [][2]string{
		{"15%", "15"}, {"15 %", "15"}, {"15", "15"}, {"0.15", "?ambiguous_percentage 0.15 % 15 %"},
		{"1", "?ambiguous_percentage 1 % 100 %"}, {"120 %", "?not_a_percentage"},
	}},
	{"yes and no", "Last touch", [][2]string{
		{"yes", "yes"}, {"y", "yes"}, {"true", "yes"}, {"1", "yes"}, {"x", "yes"}, {"ja", "yes"}, {"wahr", "yes"}, {"j", "yes"}, {"TRUE", "yes"},
		{"no", "no"}, {"n", "no"}, {"false", "no"}, {"0", "no"}, {"nein", "no"}, {"falsch", "no"}, {"", "no"},
		{"maybe", "no ?not_yes_or_no"}, {"?", "no ?not_yes_or_no"},
	}},
	{"codes: several in a cell", "Discount code", [][2]string{
		{"CR9, CR10", "equals CR9, equals CR10"}, {"CR9\nCR10", "equals CR9, equals CR10"},
		{"CR9;CR10", "equals CR9, equals CR10"}, {"CR9 / CR10", "equals CR9, equals CR10"},
		{"CR9, cr9", "equals CR9"}, {"CR9 CR10", "equals CR9, equals CR10 ?codes_split"},
		{"CR9 SALE", "!ambiguous_code equals CR9 SALE CR9, SALE"},
	}},
	{"codes: contains", "Discount code", [][2]string{{"contains PAM", "contains PAM ?broad_rule"},
		{"enthält PAMELA", "contains PAMELA"}, {"*PAMELA*", "contains PAMELA"}, {"contains", "!not_a_code"}}},
	{"codes: starts with", "Discount code", [][2]string{
		{"PAM*", "starts with PAM"}, {"starts with PAM", "starts with PAM"}, {"beginnt mit PAM", "starts with PAM"},
		{"*", "!not_a_code"}, {"10%", "!not_a_code"},
	}},
	{"codes: damaged by the spreadsheet", "Discount code", [][2]string{{"10-Mar", "!damaged_code"},
		{"1E5", "!damaged_code"}, {"#REF!", "!formula_error"}, {"2026", "equals 2026"}}},
	{"platforms", "Platform", [][2]string{
		{"IG", "instagram"}, {"Insta", "instagram"}, {"Instagram Story", "instagram"}, {"Instagram Reels", "instagram"},
		{"TikTok", "tiktok"}, {"tik tok", "tiktok"}, {"TT", "tiktok"}, {"YT", "youtube"},
		{"YouTube Shorts", "youtube"}, {"Twitch", "twitch"}, {"Blog", "blog"}, {"Podcast", "podcast"},
		{"FB", "facebook"}, {"X", "x"}, {"Twitter", "x"}, {"Pinterest", "pinterest"},
		{"Snapchat", "snapchat"}, {"LinkedIn", "linkedin"}, {"Threads", "threads"}, {"Newsletter", "newsletter"},
		{"Lemon8", "lemon8 ?unknown_platform"}, {"IG + TikTok", "!two_platforms instagram tiktok"},
	}},
	{"status: signed", "Deal status", same("signed", "signed", "booked", "confirmed", "contract signed", "live",
		"posted", "done", "completed", "paid", "unterschrieben", "unterzeichnet", "bestätigt",
		"gebucht", "zugesagt", "Vertrag unterzeichnet", "abgeschlossen", "bezahlt")},
	{"status: negotiating", "Deal status", same("negotiating", "negotiating", "in discussion", "contract sent",
		"offer sent", "pending", "in Verhandlung", "verhandelt", "angefragt", "Angebot gesendet")},
	{"status: draft", "Deal status",
		append(same("draft", "draft", "planned", "idea", "to contact", "contacted", "shortlist", "Entwurf", "geplant",
			"Idee", "Erstkontakt", "vorgemerkt"),
			[2]string{"in the clouds", "!unknown_status"})},
	{"status: cancelled", "Deal status", same("cancelled ?cancelled", "cancelled", "declined", "rejected", "ghosted",
		"abgesagt", "storniert", "abgelehnt", "verloren")},
	{"tracking links", "Tracking link", [][2]string{
		{"https://shop.example/?utm_source=i%20g&utm_content=a+b", "utm_content a b utm_source i g"},
		{"https://shop.example/?utm_source=ig&utm_term=other", "utm_source ig ?link_differs"},
		{"https://shop.example/#utm_source=ig", "?utm_behind_hash"}, {"https://bit.ly/3abc", "?link_without_utm"},
	}},
	{"formula errors where a cell is required", "Influencer", same("!formula_error", "#REF!", "#N/A", "#VALUE!",
		"#DIV/0!", "#NAME?", "#ERROR!", "Loading...")},
	{"formula errors where it is not", "Notes", same("?formula_error", "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?",
		"#ERROR!", "Loading...")},
	{"texts that look dangerous and are none", "Notes",
		[][2]string{{"@handle", "@handle"}, {"+49 170 1234567", "+49 170 1234567"}, {"=1+1", "=1+1"},
			{"'=1+1", "=1+1"}}},
}

// same is a line whose cells all come to the same.
func same(want string, cells ...string) [][2]string {
	var pairs [][2]string
	for _, c := range cells {
		pairs = append(pairs, [2]string{c, want})
	}
	return pairs
}

func TestCellTable(t *testing.T) {
	t.Parallel()
	for _, line := range cellTable {
		t.Run(line.line, func(t *testing.T) {
			t.Parallel()
			for _, cell := range line.cells {
				plan := memoryShop(t, nil).plan(full(map[string]string{line.header: cell[0]}))
				if diff := cmp.Diff(cell[1], outcome(plan, line.header)); diff != "" {
					t.Errorf("%q (-want +got):\n%s%v", cell[0], diff, plan.Rows[0])
				}
			}
		})
	}
}

var readings = regexp.MustCompile(`can be read in two ways \((.*?)\)|\((equals .*?|\d{4}-\d\d-\d\d|\d.*? % or .*?|instagram or tiktok)\)`)

// planned is what the cell of the first row came to, in the words of the table.
func outcome(p *sheetimport.Plan, header string) string {
	at := slices.IndexFunc(p.Columns, func(c sheetimport.PlannedColumn) bool { return c.Header == header })
	col, row := p.Columns[at], p.Rows[0]
	say := func(mark string, m sheetimport.Remark) string {
		text := mark + m.Code
		if found := readings.FindStringSubmatch(m.Message.String()); found != nil {
			text += " " + strings.ReplaceAll(found[1]+found[2], " or ", " ")
		}
		return text
	}
	for _, m := range row.Problems {
		return say("!", m)
	}
	value, notices := valueOf(row, col.Field), ""
	for _, m := range row.Notices {
		if m.Column == col.Column {
			notices += " " + say("?", m)
		}
	}
	if value == "" && col.Field != column.Cost {
		return strings.TrimSpace(notices)
	}
	return value + notices
}

// valueOf is what a row brings for a field.
func valueOf(row sheetimport.PlannedRow, field column.Field) string {
	followers := regexp.MustCompile(`\((\d+) followers\)`)
	var fromLink []string
	for _, c := range row.Changes {
		switch {
		case field == column.Followers && c.Field == "profiles":
			if found := followers.FindStringSubmatch(c.To); found != nil {
				return found[1]
			}
		case field == column.TrackingLink && strings.HasPrefix(c.Field, "utm_") && (c.Field != "utm_term" || c.To != fullRow["utm_term"]):
			fromLink = append(fromLink, c.Field, c.To)
		case field == column.Campaign && c.Record == crm.KindCampaign:
			return c.To
		case c.Record == crm.KindCooperation && c.Field == string(field):
			return strings.TrimSuffix(c.To, " % off")
		}
	}
	return strings.Join(fromLink, " ")
}
