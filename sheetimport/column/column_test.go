package column_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

func TestNormalizeHeader(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Influencer/Affiliate Name":    "influencer affiliate name",
		" \uFEFFutm_source\u200B ":     "utm source",
		"Name*:":                       "name",
		"Honorar (USD)\r\nnetto":       "honorar netto",
		"Social-Media-Kanal [Pflicht]": "social media kanal",
		"Währung":                      "währung",
		"Discount\u00A0%":              "discount %",
		"(optional)":                   "",
		"@":                            "@",
	} {
		if got := column.NormalizeHeader(in); got != want {
			t.Errorf("NormalizeHeader(%q) = %q, want %q", in, got, want)
		}
	}
}

// fields reads a header row and shows the field of each column.
func fields(t *testing.T, header string, data ...string) (column.Header, []string) {
	t.Helper()
	h, err := column.FindHeader(readText(t, header+"\n"+strings.Join(data, "\n")), nil)
	if err != nil {
		t.Fatalf("FindHeader(%q): %v", header, err)
	}
	var out []string
	for _, c := range h.Columns {
		out = append(out, string(c.Field))
	}
	return h, out
}

// TestSynonyms has a line for each line of headers that people use, beside the two columns that every sheet needs.
func TestSynonyms(t *testing.T) {
	t.Parallel()
	tests := []struct {
		field   column.Field
		headers string
	}{
		{column.Campaign, "Campaign|Campaign Name|Project|Initiative|Drop|Kampagne|Kampagnenname|Aktion|Projekt"},
		{column.CampaignBudget, "Campaign budget|Total Budget|Kampagnenbudget|Budget gesamt"},
		{column.RevenueTarget, "Revenue Target|Sales target|Goal|Umsatzziel|Zielumsatz"},
		{column.CampaignStart, "Campaign start|Campaign start date|Kampagnenstart|Kampagnenbeginn|Kampagnen-Start"},
		{column.CampaignEnd, "Campaign end|Campaign End Date|Kampagnenende|Kampagnen Ende"},
		{column.ProfileLink, "Profile link|Profile URL|media_url|Social link|Channel URL|Profillink|Link zum Profil|Kanal-Link|URL|Link"},
		{column.Followers, "Followers|Follower count|Subscribers|Subs|Audience size|Follower|Abonnenten|Followerzahl|Community size|Fans"},
		{column.Email, "Email|Email address|E-Mail|Business email|Contact|E-Mail-Adresse|Mail|Contact Email"},
		{column.Phone, "Phone|Phone number|Mobile|Tel|WhatsApp|Telefon|Telefonnummer|Handy|Mobil"},
		{column.Category, "Category|Niche|Vertical|Topic|Industry|Kategorie|Nische|Thema|Branche"},
		{column.Tags, "Tags|Labels|Keywords|Schlagworte"},
		{column.Responsible,
			"Responsible|Owner|Account manager|Assignee|Assigned to|Managed by|POC|Verantwortlich|Zuständig|Betreuer|Bearbeiter|" +
				"Person in charge|Handled by|Campaign Manager|Betreut durch|Zuständigkeit|Ansprechpartner intern|Projektleitung"},
		{column.Status, "Deal status|Collab status|Stage|Cooperation status|Status|Kooperationsstatus|Vertragsstatus|Phase|" +
			"Current status|Booking Status|Pipeline stage|Status of deal|Buchungsstatus|Aktueller Status|Status Kooperation|Anfragestatus"},
		{column.Start,
			"Posting Date|Post date|Publish date|Go-live|Go-live date|Live date|Start date|date_start|Date|Postingdatum|Veröffentlichung|Startdatum|Beginn|Start|von|Datum|" +
				"Posting Datum|Posting-Datum|Startdate|Postingtermin|Termin|Posting Datum geplant|" +
				"Posting-Slot|Upload date|Upload-Datum|Date of post|Air date|Post am|Livegang|Go-Live-Datum|Postdatum|Veröffentlichungstermin"},
		{column.End, "End date|Offline date|Until|date_end|Expires|Valid until|Enddatum|Ende|bis|Laufzeitende|Ablaufdatum"},
		{column.Cost,
			"Fixed Costs|Fee|Rate|Cost|Total cost|Price|Agreed fee|Spend|Payment|Compensation|Fixkosten|Honorar|Kosten|Vergütung|Verguetung|Gage|Preis|Betrag|Festbetrag|Honorar (USD)|Fee ($)|Kosten in €|Cost EUR|" +
				"Amount|Netto|Preis netto|Honorar netto|Honorar netto (USD)|Fix-Kosten|Fee kr|Fee (¥)|" +
				"Influencer fee|Creator Fee (EUR)|Final fee|Negotiated price|Agreed rate|Collab fee|Influencer-Kosten|Kooperationskosten|Fixum|Aufwandsentschädigung|Verhandelter Preis"},
		{column.Currency, "Currency|CCY|Währung|Waehrung"},
		{column.UTMSource, "utm_source|UTM Source|UTM Quelle"},
		{column.UTMMedium, "utm_medium|UTM-Medium"},
		{column.UTMCampaign, "utm_campaign|UTM-Kampagne"},
		{column.UTMTerm, "utm_term|UTM-Begriff"},
		{column.UTMContent, "utm_content|UTM-Inhalt"},
		{column.TrackingLink, "Tracking link|UTM link|Affiliate link|Trackinglink|Swipe-Up-Link|Link mit UTM|Referral link"},
		{column.Code,
			"Discount Code|Discount codes|Promo code|Coupon|Coupon code|Voucher|Voucher (code)|Code|Offer code|Coupon code used|Rabattcode|Gutscheincode|Gutschein|Aktionscode|" +
				"Creator code|Influencer-Code|Personal code|Rabattcode + %|Code & Rabatt|Code + %|Persönlicher Code"},
		{column.Match, "Code match|Match type|Rule|Code rule|Regel|Code-Regel|Vergleich"},
		{column.Percentage, "Discount %|% off|Discount (percentage)|Discount value|Rabatt|Rabatt in %|Rabatthöhe|Rabattwert"},
		{column.LastTouch, "Add Attribution Last Touch|Last touch"},
		{column.Notes, "Notes|Comments|Remarks|Notizen|Bemerkung|Bemerkungen|Kommentar|Anmerkung"},
		{column.ImportStatus, "Status (Klar AJ)|Import status|Import result|Importstatus"},
		{column.Custom, "Product Costs|Variable Cost - Percentage|Cost Reference - Percentage|Content Format|Agency|Country|Impressions|" +
			"Link Clicks|Story Views|Reach|Reichweite|Budget|Budget (EUR)|Budget EUR|Ansprechpartner|Discount|Instagram|TikTok handle|Agency email|Followers gained"},
	}
	for _, tt := range tests {
		for header := range strings.SplitSeq(tt.headers, "|") {
			h, got := fields(t, "Influencer;Platform;"+header)
			if got[2] != string(tt.field) {
				t.Errorf("%q is %s (%s), want %s", header, got[2], h.Columns[2].Reason, tt.field)
			}
			if h.Columns[2].Reason.IsZero() || h.Columns[2].Header != header {
				t.Errorf("%q: %+v, want a reason and the header as typed", header, h.Columns[2])
			}
		}
	}
	for header := range strings.SplitSeq("Influencer/Affiliate Name|Influencer|Influencer Name|Creator (Name)|Creator Name/Full Name|Affiliate name|"+
		"Partner|Talent|Ambassador|Full name|profile_name|Name|Künstlername|Kooperationspartner|Influencer:in|Creator/in|Kooperationspartner:in|Name Creator", "|") {
		if _, got := fields(t, header+";Plattform"); got[0] != "influencer" {
			t.Errorf("%q is %s, want influencer", header, got[0])
		}
	}
	for header := range strings.SplitSeq("Handle|Username|User name|Account|@|Instagram ID|Social handle|Profile name|Profilname|Benutzername|Nutzername", "|") {
		if _, got := fields(t, "Name;Plattform;"+header); got[2] != "handle" {
			t.Errorf("%q is %s, want handle", header, got[2])
		}
	}
	for header := range strings.SplitSeq("Platform|Channel|Network|Social network|Social media|Medium|Plattform|Kanal|Netzwerk|Social-Media-Kanal|Channels|Kanäle", "|") {
		if _, got := fields(t, "Name;"+header); got[1] != "platform" {
			t.Errorf("%q is %s, want platform", header, got[1])
		}
	}
}

func TestFindHeaderInContext(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, header string
		data         []string
		want, notes  string
	}{
		{"status is the deal's", "Name,Platform,Status", nil, "influencer platform status", ""},
		{"status is the import's in Klar's template", "Influencer/Affiliate Name,Platform,Add Attribution Last Touch,Status", nil,
			"influencer platform last_touch import_status", ""},
		{"deal status beside it stays", "Influencer/Affiliate Name,Platform,Add Attribution Last Touch,Deal Status,Status", nil,
			"influencer platform last_touch status import_status", ""},
		{"first and last name", "Vorname,Nachname,Plattform", nil, "first_name last_name platform", ""},
		{"handle stands in for the name", "Handle,Platform", nil, "handle platform", ""},
		{"name gives way to influencer", "Influencer,Name,Platform", nil, "influencer custom platform", ""},
		{"medium beside UTM columns", "Name,Platform,utm_source,medium,Campaign", nil, "influencer platform utm_source utm_medium campaign", ""},
		{"source far from UTM columns", "Name,Platform,source,utm_medium", nil, "influencer platform utm_source utm_medium", ""},
		{"source alone", "Name,Platform,Source", nil, "influencer platform custom", ""},
		{"campaign is never utm_campaign", "Name,Platform,utm_source,Campaign", nil, "influencer platform utm_source campaign", ""},
		{"medium with a platform", "Name,Platform,Medium", nil, "influencer platform custom", ""},
		{"discount value with a type", "Name,Platform,Discount Type,Discount Value", nil, "influencer platform custom custom", ""},
		{"link with UTM parameters", "Name,Platform,Link", []string{"Ida,TikTok,https://shop.example/?utm_source=x"},
			"influencer platform tracking_link", ""},
		{"link to a post", "Name,Platform,Link", []string{"Ida,Instagram,https://instagram.com/p/Cx1"}, "influencer platform custom", ""},
		{"link to a profile", "Name,Platform,Link", []string{"Ida,TikTok,https://tiktok.com/@ida"}, "influencer platform profile_link", ""},
		{"two columns, one empty", "Name,Platform,Posting Date,Start Date", []string{"Ida,TikTok,,2026-06-01"},
			"influencer platform custom start", ""},
		{"two columns, equal", "Name,Platform,Posting Date,Start Date", []string{"Ida,TikTok,2026-06-01,2026-06-01"},
			"influencer platform start custom", ""},
		{"two columns, different", "Name,Platform,Posting Date,Start Date",
			[]string{"Ida,TikTok,2026-06-01,2026-06-02"}, "influencer platform start custom",
			"two_columns_for_one_field"},
		{"exact before contains", "Name,Discount code used,Platform,Discount Code", []string{"Ida,A,TikTok,B"},
			"influencer custom platform code", "two_columns_for_one_field"},
		{"unclear columns", "Name,Platform,Reach,Instagram", nil, "influencer platform custom custom", "unclear_column unclear_column"},
		{"amount beside the fee", "Name,Platform,Amount,Fee", nil, "influencer platform custom cost", ""},
		{"amount beside the unit of a discount", "Name,Platform,Discount type,Amount", nil, "influencer platform custom custom", ""},
		{"net and gross", "Name,Platform,Honorar netto,Honorar brutto", []string{"Ida,TikTok,100,119"},
			"influencer platform cost custom", "two_columns_for_one_field"},
		{"a budget can be two things", "Name,Platform,Budget", nil, "influencer platform custom", "unclear_column"},
		{"no header, no column", "Name,,Platform", nil, "influencer platform", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h, got := fields(t, tt.header, tt.data...)
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
			notes := []string{}
			for _, n := range h.Notes {
				notes = append(notes, n.Code)
			}
			if diff := cmp.Diff(tt.notes, strings.Join(notes, " ")); diff != "" {
				t.Errorf("notes (-want +got):\n%s%v", diff, h.Notes)
			}
		})
	}
}

func TestFindHeaderRow(t *testing.T) {
	t.Parallel()
	title := "Our influencers in 2026\n\n"
	h, err := column.FindHeader(readText(t, title+"Name,Platform,Fee (USD)\nIda,TikTok,5\n"), nil)
	if err != nil || h.Row != 3 {
		t.Fatalf("FindHeader = row %d, %v; want row 3", h.Row, err)
	}
	want := column.Column{Index: 2, Letter: "C", Header: "Fee (USD)", Field: column.Cost, Confidence: column.Exact,
		Reason: sentence.Of("the header is a known name for it"), Currency: "USD"}
	got, ok := h.Column(column.Cost)
	if diff := cmp.Diff(want, got); diff != "" || !ok {
		t.Errorf("Column(cost) (-want +got):\n%s", diff)
	}
	if _, ok := h.Column(column.Tags); ok {
		t.Error("Column(tags) found, want none")
	}
	if h, err := column.FindHeader(readText(t, strings.Repeat("x\n", 19)+"Name,Platform\n"), nil); err != nil || h.Row != 20 {
		t.Errorf("header in row 20: row %d, %v", h.Row, err)
	}
	if _, err := column.FindHeader(readText(t, strings.Repeat("x\n", 20)+"Name,Platform\n"), nil); !errors.Is(err, column.ErrNoHeader) {
		t.Errorf("header in row 21: %v, want ErrNoHeader", err)
	}
}

func TestFindHeaderLetters(t *testing.T) {
	t.Parallel()
	h, _ := fields(t, "Name,Platform"+strings.Repeat(",x", 26))
	if a, z, ab := h.Columns[0].Letter, h.Columns[25].Letter, h.Columns[27].Letter; a != "A" || z != "Z" || ab != "AB" {
		t.Errorf("letters %s, %s, %s; want A, Z, AB", a, z, ab)
	}
}

func TestFindHeaderErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"no platform", "Name,Kosten\nIda,5", `a column for the platform ("Platform", "Plattform", "Kanal"); row 1 has "Name", "Kosten"`},
		{"no name", "Platform,Kosten\nTikTok,5", `a column for the influencer's name`},
		{"neither", "a,b\n1,2", `the influencer's name ("Influencer", "Creator", "Name") and one for the platform`},
		{"one name of two", "Vorname,Plattform", `the influencer's name`},
		{"wide", "Name,Instagram,TikTok", `needs one row for each platform`},
		{"many headers", strings.Repeat("x,", 20), `and 8 more`},
		{"blank", ",,\n,", `the rows are blank`},
		{"unreadable", "\"Na\"me,Platform\n", `row 1 could not be read`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := column.FindHeader(readText(t, tt.text), nil)
			if !errors.Is(err, column.ErrNoHeader) || !errors.Is(err, sheet.ErrUnreadable) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("err = %v, want ErrNoHeader with %q", err, tt.want)
			}
		})
	}
	if _, err := column.FindHeader(&sheet.Table{}, nil); !errors.Is(err, column.ErrNoHeader) {
		t.Errorf("a sheet without rows: %v, want ErrNoHeader", err)
	}
}

func TestHeaderCheck(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string // the codes of the rows below the header
	}{
		{"short and full rows are fine", "Name,Platform,Cost\nIda\nIda,TikTok,5\n", []string{"", ""}},
		{"a comma in a number", "Name,Platform,Cost,Notes\nIda,TikTok,1,200.00,\nBen,TikTok,300,\n", []string{"extra_cells", ""}},
		{"each line of data ends in a delimiter", "Name,Platform,Cost\nIda,TikTok,5,\nBen,TikTok,6,\n", []string{"", ""}},
		{"a blank row is blank however long", "Name,Platform\n,,,,\n", []string{""}},
		{"the row's own error", "Name,Platform\n\"I\"da,x\n", []string{"stray_quote"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := readText(t, tt.text)
			h, err := column.FindHeader(s, nil)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range s.Rows[1:] {
				got = append(got, cellCode(h.Check(r)))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Check (-want +got):\n%s", diff)
			}
		})
	}
}

// readText reads a CSV text and ends the test if that fails.
func readText(t *testing.T, text string) *sheet.Table {
	t.Helper()
	s, err := csvfile.New("test.csv", strings.NewReader(text), nil).Read(t.Context())
	if err != nil {
		t.Fatalf("Read(%q): %v", text, err)
	}
	return s
}

// cellCode is the code of a cell's error, "" for nil.
func cellCode(err error) string {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*cell.Error](err); ok {
		return e.Code
	}
	return "not a CellError: " + err.Error()
}

// A remark that happens to hold the word is no header.
func TestLongTextIsNoHeader(t *testing.T) {
	t.Parallel()
	for length, want := range map[int]column.Field{900: column.Cost, 1_100: column.Custom} {
		header := "Cost (" + strings.Repeat("x", length) + ")"
		table := &sheet.Table{Rows: []sheet.Row{{Number: 1, Cells: []sheet.Cell{{Text: "Influencer"}, {Text: "Platform"}, {Text: header}}}}}
		h, err := column.FindHeader(table, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := h.Columns[2].Field; got != want {
			t.Errorf("a header of %d bytes is %s, want %s", len(header), got, want)
		}
	}
}

// The header of an amount may say that its numbers are no plain amounts. Such a column is no cost, and that is told.
func TestUnitsInHeaders(t *testing.T) {
	t.Parallel()
	for header, cost := range map[string]bool{
		"Kosten (TEUR)": false, "Cost (k€)": false, "Fixed Costs (k USD)": false, "Fixed Costs (Cent)": false,
		"Fixed Costs (kn)": false, "Fixed Costs (KM)": false,
		"Honorar TEUR": false, "Fixed Costs T€": false, "Fixed Costs in Tsd. €": false, "Fixed Costs k": false,
		"Fixed Costs in Kuna": false, "Fixed Costs (Tsd. €)": false, "Fixed Costs [Mio. EUR]": false, "Fixed Costs (thousands)": false,
		"Fixed Costs (€)": true, "Fixed Costs (USD)": true, "Fixed Costs ($)": true, "Fixed Costs in EUR": true,
		"Fixed Costs (kr)": true, "Fixed Costs (netto)": true,
		"Fixed Costs (as agreed)": true, "Fixed Costs (EUR, netto)": true, "Fixed Costs": true,
		"Fixed Costs (zzgl. MwSt.)": true, "Fixed Costs (2026)": true,
	} {
		h, err := column.FindHeader(&sheet.Table{Rows: []sheet.Row{{Number: 1, Cells: []sheet.Cell{{Text: "Influencer"},
			{Text: "Platform"}, {Text: header}}},
			{Number: 2, Cells: []sheet.Cell{{Text: "Ida"}, {Text: "IG"}, {Text: "1.5"}}}}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, got := h.Column(column.Cost); got != cost || cost == h.HasNote(h.Columns[2]) {
			t.Errorf("%q: cost %t, want %t; %v", header, got, cost, h.Notes)
		}
	}
}
