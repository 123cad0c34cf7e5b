package column_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport/column"
)

// Of several columns that look like one field, a careful reader takes the last word, and one whose cells are of the field.
func TestOneOfSeveralColumns(t *testing.T) {
	t.Parallel()
	tests := []struct {
		field         column.Field
		headers, data string
		want          string // the header of the column that has the field
		notes         string // their codes
	}{
		{column.Cost, "Fee|Final fee", "800|700", "Final fee", "two_columns_for_one_field"},
		{column.Cost, "Honorar|Honorar neu", "800|700", "Honorar neu", "two_columns_for_one_field"},
		{column.Cost, "Preisvorstellung|Preis|Preis final", "800|700|600", "Preis final", "two_columns_for_one_field"},
		{column.Cost, "Rate|Agreed fee", "1000|800", "Agreed fee", "two_columns_for_one_field"},
		{column.Cost, "Price|Negotiated price", "1000|800", "Negotiated price", "two_columns_for_one_field"},
		{column.Cost, "Cost|Actual cost", "1190|1000", "Actual cost", "two_columns_for_one_field"},
		{column.Cost, "Kosten Plan|Kosten Ist", "1190|1000", "Kosten Ist", "two_columns_for_one_field"},
		{column.Cost, "Kosten brutto|Kosten netto", "1190|1000", "Kosten netto", ""},
		{column.Cost, "Produkt|Preis|Honorar", "Creme|49,90|800", "Honorar", "two_columns_for_one_field"},
		{column.Cost, "Compensation|Fee", "Flat fee|600", "Fee", ""},
		{column.Cost, "Vergütung|Betrag", "Festpreis|600", "Betrag", "two_columns_for_one_field"},
		{column.Cost, "Rate|Fee", "4.5%|600", "Fee", ""},
		{column.Cost, "Budgeted|Actual|Variance", "$1,000.00|$950.00|$50.00", "Actual", "two_columns_for_one_field"},
		{column.Cost, "Geplant|Ist", "1.000,00 €|950,00 €", "Ist", "two_columns_for_one_field"},
		{column.Cost, "Planned (EUR)|Actual (EUR)", "1000|950", "Actual (EUR)", "two_columns_for_one_field"},
		{column.Cost, "Planned|Actual", "3|2", "", ""},
		{column.Cost, "Fee netto", "1.000,00", "Fee netto", ""},
		{column.Cost, "Gage netto|Gage brutto", "1.000,00|1.190,00", "Gage netto", "two_columns_for_one_field"},
		{column.Cost, "Cost excl. VAT", "1,000.00", "Cost excl. VAT", ""},
		{column.Cost, "Kosten zzgl. MwSt.", "1.000,00", "Kosten zzgl. MwSt.", ""},
		{column.Cost, "Fee|Fee netto", "1000|900", "Fee", "two_columns_for_one_field"},
		{column.Cost, "Net revenue", "1,000.00", "", ""},
		{column.Cost, "Net followers", "1,000", "", ""},
		{column.Cost, "Flat rate|Fee", "1000|800", "Fee", ""},
		{column.Cost, "Deal value", "1000 €", "Deal value", ""},
		{column.Cost, "Influencer Budget", "1.000,00 €", "Influencer Budget", ""},
		{column.Cost, "Invest", "ja", "", ""},
		{column.Cost, "Ist|Fee", "12.000,00 €|800", "Fee", ""},
		{column.Cost, "Fee|Planned|Actual", "€500|€3000|€2500", "Fee", ""},
		{column.Cost, "Final fee|Deal value", "700|20000", "Final fee", ""},
		{column.Cost, "Honorar final|Honorar netto", "700|550", "Honorar final", "two_columns_for_one_field"},
		{column.Cost, "Amount|Creator rate", "500|100", "Amount", ""},
		{column.Cost, "Einkaufspreis", "20", "", ""},
		{column.Cost, "Fee|Final fee", "800|", "Fee", ""},
		{column.Cost, "Fee|Final fee", "|800", "Final fee", ""},
		{column.Cost, "Fee|Fee total", "800|800", "Fee", ""},
		{column.Cost, "Cost|Quantity|Total", "300|3|900", "Cost", "total_beside_cost"},
		{column.Cost, "Honorar|Gesamt inkl. Agentur", "1000|1200", "Honorar", "total_beside_cost"},
		{column.Cost, "Fee|Agency fee", "1000|200", "Fee", "agency_fee_beside_cost"},
		{column.Cost, "Honorar|Agenturgebühr (on top)", "1000|200", "Honorar", "agency_fee_beside_cost"},
		{column.Cost, "Honorar|davon Agenturgebühr", "1000|200", "Honorar", ""},
		{column.Cost, "Honorar inkl. MwSt", "1.190,00", "Honorar inkl. MwSt", ""},
		{column.Cost, "Honorar (zzgl. MWST)", "1.000,00", "Honorar (zzgl. MWST)", ""},
		{column.Cost, "Honorar in TEUR", "1", "", "unclear_column"},
		{column.Cost, "Fee|Agency", "1000|Talent House", "Fee", ""},
		{column.Cost, "Honorar|Honorar inkl. Agentur", "1000|1200", "Honorar", "total_beside_cost"},
		{column.Cost, "Views|Total", "300|900", "", ""},
		{column.Cost, "Fee|Final price", "500|39.90", "Fee", "two_columns_for_one_field"},
		{column.Code, "Promo", "XMAS10", "", ""},
		{column.TrackingLink, "Post link", "https://www.instagram.com/reel/C1/?utm_source=ig_web_copy_link", "", ""},
		{column.Start, "Datum|Posting", "4.11.2026|4.12.2026", "Datum", "two_columns_for_one_field"},
		{column.Start, "Datum|Posting", "4.11.2026|1 Reel", "Datum", ""},
		{column.Start, "Posting date|New posting date", "2026-11-04|2026-12-06", "Posting date", "two_columns_for_one_field"},
		{column.Start, "Start date|Live date|End date", "2026-11-01|2026-12-04|2026-12-31", "Start date", "two_columns_for_one_field"},
		{column.Start, "Zeitraum", "4.12.2026 - 11.12.2026", "Zeitraum", ""},
		{column.Start, "Laufzeit", "4 Wochen", "", ""},
		{column.Start, "Timeline - Start|Timeline - End", "2026-12-04|2026-12-11", "Timeline - Start", ""},
		{column.End, "Timeline - Start|Timeline - End", "2026-12-04|2026-12-11", "Timeline - End", ""},
		{column.Start, "Timeline", "Phase 2", "", ""},
		{column.Start, "Online-Datum", "1.12.2026", "Online-Datum", ""},
		{column.Start, "Scheduled", "yes", "", ""},
		{column.Start, "Launch date|Posting date", "2026-11-01|2026-12-04", "Posting date", ""},
		{column.Start, "Laufzeit von|Datum", "2026-11-01|2026-12-04", "Datum", ""},
		{column.End, "Code expiry|Until", "2026-12-31|2026-12-08", "Until", ""},
		{column.Start, "Due date", "2026-12-04", "", ""},
		{column.Start, "Zeitraum von|Zeitraum bis", "1.12.2026|8.12.2026", "Zeitraum von", ""},
		{column.End, "Zeitraum von|Zeitraum bis", "1.12.2026|8.12.2026", "Zeitraum bis", ""},
		{column.Start, "Flight dates", "2026-12-04 - 2026-12-11", "Flight dates", ""},
		{column.Start, "VÖ-Datum", "4.12.2026", "VÖ-Datum", ""},
		{column.Status, "Status|Current status", "Negotiating|Signed", "Current status", "two_columns_for_one_field"},
		{column.TrackingLink, "Landing page", "https://shop.example/?utm_source=ig", "Landing page", ""},
		{column.TrackingLink, "Landing page", "https://shop.example/", "", ""},
		{column.TrackingLink, "Website|UTM link", "https://ana.example/?utm_source=x|https://shop.example/?utm_source=ig", "UTM link", ""},
		{column.TrackingLink, "Landing page|utm_source", "https://shop.example/?utm_source=web|ig", "", ""},
		{column.TrackingLink, "Bio link", "https://www.instagram.com/ana?utm_source=qr", "", ""},
		{column.End, "End|Valid until", "2026-12-08|2026-12-31", "End", "two_columns_for_one_field"},
		{column.End, "Ablaufdatum|bis", "31.12.2026|8.12.2026", "bis", "two_columns_for_one_field"},
		{column.End, "Expires|Offline", "2026-12-31|2026-12-08", "Offline", "two_columns_for_one_field"},
		{column.End, "Gültig bis", "31.12.2026", "Gültig bis", ""},
		{column.End, "Code gültig bis", "31.12.2026", "Code gültig bis", ""},
		{column.End, "Offline", "ja", "", ""},
		{column.Campaign, "Kampagnentitel", "Xmas", "Kampagnentitel", ""},
		{column.Responsible, "Booked by", "Kim", "Booked by", ""},
		{column.Status, "Pipeline", "in Verhandlung", "Pipeline", ""},
		{column.Status, "Zustand", "15.11.2026", "", ""},
		{column.Status, "Deal", "new", "", ""},
		{column.Status, "Pipeline", "in progress", "", ""},
		{column.Status, "Pipeline|Status", "negotiating|signed", "Status", ""},
		{column.Status, "Creator status", "new", "", ""},
		{column.Responsible, "Owner|Booked by", "Kim|Lee", "Owner", ""},
		{column.Responsible, "Booked by", "x", "", ""},
		{column.Campaign, "Campaigns", "3", "", ""},
		{column.Code, "Unique code", "INF-001", "", ""},
		{column.Code, "Code|Code link", "ANA10|ANA15", "Code", ""},
		{column.Code, "Code|Shop code", "|LENA15", "Shop code", ""},
		{column.Code, "Follower-Code", "LENA15", "Follower-Code", ""},
		{column.Code, "Code Name", "Anna", "", ""},
		{column.Code, "Tracking code", "JD014600003", "", ""},
		{column.Code, "15% Code", "LENA15", "15% Code", ""},
		{column.Code, "Promo", "ja, im Dezember", "", ""},
		{column.Code, "Discount code|Code", "LENA15|K-1001", "Discount code", "two_columns_for_one_field"},
		{column.Campaign, "Project|Campaign name", "ACME DE|Xmas", "Campaign name", "two_columns_for_one_field"},
	}
	for _, tt := range tests {
		t.Run(tt.headers+" "+tt.data, func(t *testing.T) {
			t.Parallel()
			got, h := fieldOf(t, tt.field, "Creator|Platform|"+tt.headers, "Ana|Instagram|"+tt.data)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.field, diff)
			}
			if diff := cmp.Diff(tt.notes, notesOf(h)); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

// Who posts and where may stand beside an agency and a channel of another kind.
func TestWhoAndWhereOfSeveralColumns(t *testing.T) {
	t.Parallel()
	tests := []struct {
		field               column.Field
		headers, data, want string
	}{
		{column.Influencer, "Partner|Influencer|Platform", "Talent GmbH|Ana|Instagram", "Influencer"},
		{column.Influencer, "Talent|Platform", "Ana|Instagram", "Talent"},
		{column.Influencer, "KOL|Platform", "Ana|Instagram", "KOL"},
		{column.Influencer, "Artist|Name|Platform", "Ed Sheeran|Ana|Instagram", "Name"},
		{column.Influencer, "UGC Creator|Influencer|Platform", "yes|Ana|Instagram", "Influencer"},
		{column.Platform, "Creator|Channel|Platform", "Ana|@analee|Instagram", "Platform"},
		{column.Platform, "Creator|Channel|Network", "Ana|Organic|TikTok", "Network"},
		{column.Platform, "Creator|Kanal", "Ana|TikTok", "Kanal"},
	}
	for _, tt := range tests {
		t.Run(tt.headers, func(t *testing.T) {
			t.Parallel()
			if got, _ := fieldOf(t, tt.field, tt.headers, tt.data); got != tt.want {
				t.Errorf("%s = %q, want %q", tt.field, got, tt.want)
			}
		})
	}
}

func fieldOf(t *testing.T, f column.Field, headers, data string) (string, column.Header) {
	t.Helper()
	h, err := column.FindHeader(readText(t, strings.ReplaceAll(headers, "|", "\t")+"\n"+strings.ReplaceAll(data, "|", "\t")), nil)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := h.Column(f)
	return c.Header, h
}

func notesOf(h column.Header) string {
	var codes []string
	for _, n := range h.Notes {
		if !slices.Contains(codes, n.Code) {
			codes = append(codes, n.Code)
		}
	}
	return strings.Join(codes, " ")
}
