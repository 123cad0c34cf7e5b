package column_test

import (
	"strings"
	"testing"

	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
)

// What people call their columns, in English and German, where the cells below say the same. Beside them stand only the
// columns that a sheet has to have.
func TestEverydayHeaders(t *testing.T) {
	t.Parallel()
	tests := []struct {
		field   column.Field
		beside  string // other headers
		cell    string
		headers string
	}{
		{column.Influencer, "Platform", "Ana Ruiz", `Influencer Name | Creator | Influencer/in | Influencer*in | Influencer:in | Talent | Creator Name | Partner |
			Influencer (Name) | Person | Influencer / Creator | KOL Name | Celebrity | Content-Creator | Influencername |
			Creatorname | Kooperationspartner | Name Influencer | Name Creator | Name Blogger | YouTuber | Blogger |
			Artist | Brand Ambassador | Creator full name | Vorname Nachname | Influencer full name | Testimonial |
			Influencer-Name | Kooperation mit | Collab with | Collab partner | Partnername | Partner Name |
			Creator (real name) | Real name | Klarname | Full Name`},
		{column.Handle, "Influencer|Platform", "@anaruiz", `Handle | Username | Account | @ | Social Handle | Creator Handle | Nutzername | Profilname | @handle | Handles |
			Account handle | @name`},
		{column.Platform, "Influencer", "Instagram", `Platform | Plattform | Channel | Kanal | Social Network | Network | Social Media | Medium | Plattform / Kanal |
			Platform(s) | Plattform(en) | Kanäle | Social Platform | Channel/Platform | Primary platform | Main platform |
			Plattformen | Social-Media-Kanal | Netzwerk`},
		{column.Followers, "Influencer|Platform", "12500", `Followers | Follower | Follower Count | Followers (k) | Follower (in k) | Abonnenten | Subscribers | Audience |
			Audience size | # Followers | Followerzahl | Follower Anzahl | IG Followers | Instagram Follower | Follower IG |
			TikTok Followers | Fans | Subs | No. of followers | Anz. Follower | Followerschaft | Total followers |
			Community | Followers (approx.) | Follower ca. | Follower-Zahl | Abos | Abonnentenzahl`},
		{column.Email, "Influencer|Platform", "ana@ruiz.example", `Email | E-Mail | Mail | Contact | E-mail address | Business mail | Email contact | Mailadresse |
			Contact (email) | Kontakt (Mail) | Creator email | Influencer Email | E-Mail Influencer | Email-Adresse`},
		{column.Phone, "Influencer|Platform", "+49 151 1234567", `Phone | Telefon | Tel. | Handynummer | WhatsApp | Mobile | Tel | Telefonnr. | Telefonnr | Phone no. | Phone # |
			Handy | Mobilnr. | Mobil | Contact number | Tel. Nr. | WhatsApp number | Rufnummer | Telefon/WhatsApp`},
		{column.Category, "Influencer|Platform", "Beauty", `Category | Niche | Nische | Kategorie | Vertical | Topic | Thema | Themen | Industry | Content category |
			Genre | Niche/Category | Kategorie / Nische | Themenbereich | Themenfeld | Content niche | Creator category`},
		{column.Tags, "Influencer|Platform", "vip, summer", `Tags | Labels | Label | Schlagwörter | Keywords | Tag | Stichworte`},
		{column.Responsible, "Influencer|Platform", "Mira", `Owner | Responsible | Account Manager | Zuständig | Verantwortlich | Assigned to | Assignee | Managed by | PoC |
			KAM | Booked by | Betreuer | Bearbeiter | Teammitglied | Verantwortliche/r | Zuständige/r | Mitarbeiter |
			Influencer Manager | Internal contact | Ansprechpartner intern | Owner (internal) | Wer kümmert sich |
			Person in charge | Campaign owner | Zugewiesen an | Zugewiesen | Verantwortung | Responsible (team) | Assigned |
			Kontakt intern | Brand manager`},
		{column.Campaign, "Influencer|Platform", "Summer Sale", `Campaign | Kampagne | Campaign name | Project | Projekt | Aktion | Collection | Kollektion |
			Marketing campaign | Kampagnenname | Kampagne / Aktion | Initiative | Kampagnentitel | Drop | Kampagne/Projekt |
			Campaign / Launch | Name der Kampagne | Campaign title`},
		{column.Status, "Influencer|Platform", "confirmed", `Status | Stage | Deal status | State | Progress | Kooperationsstatus | Stand | Phase | Booking status |
			Confirmed? | Confirmed | Bestätigt | Gebucht | Booked | Status Deal | Deal stage | Pipeline | Vertragsstatus |
			Current status | Fortschritt | Status (Stand heute) | Status Kooperation | Status Zusage | Zusage | Signed? |
			Signed | Workflow | Collab status | Step | Prozess | Buchungsstand | Verhandlungsstand | Bearbeitungsstand |
			Status Anfrage | Outreach status | Bearbeitungsstatus`},
		{column.Start, "Influencer|Platform", "2026-06-15", `Start | Date | Datum | Posting Date | Go Live | Live Date | Post date | Posting Datum | Startdatum |
			Veröffentlichung | Publishing date | Scheduled | Post Day | VÖ | Livegang | Start Date | Live | From | Von |
			Posting | Termin | Release | Posting-Datum | Veröffentlichungsdatum | Go-Live | Start am |
			Kooperationszeitraum | Period | Zeitraum | Timing | Timeframe | Time frame | Live-Datum | Date live |
			Date posted | Posted | Posting on | Planned posting | Planned post date | Posting geplant | Geplantes Posting |
			Posting date (planned) | Wann | When | Upload | Uploaddatum | Upload date | Aktionszeitraum | Laufzeit |
			Startet am | Beginn | Post am | Online ab | Online seit | Live seit | Live since | Go-live-Datum | Post-Termin |
			Posting Termin | Erscheinungsdatum | Erscheint am | Erscheinungstermin | Content live date | Publish |
			Publication | Duration | Dauer | Day | Collab date | Kooperationsdatum | Koop-Datum | Posting (Datum) |
			Datum der Veröffentlichung | Datum des Postings | Date of publication | Date of posting | Story date |
			Reel date | Video date | Video live | Story live`},
		{column.End, "Influencer|Platform|Start", "2026-06-30", `End | End Date | Ende | Enddatum | Bis | Until | To | Offline | Expires | Endet am | Live until | Expiry |
			Valid till | Gültig bis | Ablauf | Läuft bis | Till | Ending | Ends | Ends on | End am | Laufzeitende |
			Ende Laufzeit | Date to | Live bis | Online bis | Ende der Kooperation | Kooperationsende | Collab end |
			Deal end | Finish | Finish date`},
		{column.Cost, "Influencer|Platform", "1.500,00 €", `Fee | Cost | Costs | Honorar | Kosten | Gage | Price | Preis | Rate | Amount | Payment | Vergütung | Spend |
			Fixum | Fix | Fixed fee | Flat fee | Netto | Net | Honorar netto | Price (net) | Betrag | Kosten netto |
			Total cost | Fee (net) | Fixhonorar | Investment | Invest | Compensation | Pauschale | Deal value | Offer |
			Quote | Agreed fee | Salary | Ausgaben | Aufwand | Rechnung | Rechnungsbetrag | Invoice amount | Invoice |
			Honorar gesamt | Gesamthonorar | Gesamtkosten | Creator cost | Influencer fee | Honorar (netto) |
			Kosten in Euro | Kosten € | Fee € | Fee in € | Honorar in EUR | Angebotspreis | Angebot | Buchungspreis |
			Fixpreis | Festpreis | Kooperationshonorar | Total fee | Total price | Final price | Price agreed | Fee agreed |
			Deal price | Cash | Fixkosten | Fixed cost | Fix cost | Base fee | Base pay | Grundhonorar | Honorarkosten |
			Kostenpunkt | Kostenvoranschlag | Talent cost | Talent fee | Creator fees | Fees | Payout | Auszahlung | Pay |
			Bezahlung | Entlohnung | Honorierung | Buchungskosten | Booking fee | Booking cost | Influencer spend |
			Kosten Influencer | Nettohonorar | Netto-Honorar | Nettopreis | Net cost | Cost (net) | Kosten (netto)`},
		{column.Currency, "Influencer|Platform|Fee", "EUR", `Currency | Währung | Curr | Ccy | Whg. | Cur. | Currency code | Waehrung`},
		{column.TrackingLink, "Influencer|Platform", "https://shop.example/?utm_source=ana&utm_medium=influencer", `Link | URL | Tracking Link | UTM | UTM Link | Trackinglink | Landing page | Affiliate link | Shop link |
			Personal link | Tracking URL | Swipe-up | Swipe up link | Bio link | Link (UTM) | UTM-Link | Link mit UTM |
			Tracking | Trackable link | Link für Story | Story link | Link zum Shop | Ziellink | LP | Shop URL |
			Short link | Referral | Ref link | Link Influencer | Creator link | Unique link | Individueller Link |
			Persönlicher Link | Kampagnenlink | Campaign link | Campaign URL | Link to shop | Product link | Produktlink`},
		{column.Code, "Influencer|Platform", "ANA15", `Code | Discount code | Rabattcode | Promo code | Promocode | Coupon | Gutschein | Discount | Rabatt | Voucher |
			Gutscheincode | Code Name | Personal code | Discount-Code | Rabatt-Code | Codes | Affiliate code | Coupon code |
			Code (Shopify) | Creator code | Influencer code | Rabatt Code | Couponcode | Vouchercode | Promotion code |
			Discount Code(s) | Code für Follower | Code Community | Aktionscode | Discountcode | Rabattcodes |
			Individueller Code | Eigener Code | Custom code | Shop code | Code Shop | Code IG | Referral code |
			Kooperationscode | Sales code | Code/Link | Rabatt-Codes | Gutschein-Code | Promocodes | Offer code |
			Checkout code | Shopify discount code`},
		{column.Percentage, "Influencer|Platform|Code", "15%", `Discount % | % off | Rabatt % | Discount | Rabatt | Discount (%) | Rabatt (%) | Discount percentage |
			Rabatthöhe | Höhe Rabatt | Discount value | Discount amount | Code % | % Discount | % Rabatt | Code discount |
			Code value | Nachlass | Rabatt in Prozent | Discount rate | Percent off | Code-Rabatt`},
		{column.Notes, "Influencer|Platform", "loves our blue line", `Notes | Notizen | Comment | Comments | Kommentar | Remarks | Bemerkung | Anmerkungen | Additional info |
			Sonstiges | Note | Notiz | Hinweis | Hinweise | Zusatzinfo | Internal notes | Interne Notizen | Weitere Infos |
			Bemerkungen | Anmerkung | Memo | Notes / comments | Kommentare | Interne Bemerkung | General notes | Remark`},
	}
	for _, tt := range tests {
		t.Run(string(tt.field), func(t *testing.T) {
			t.Parallel()
			for header := range strings.SplitSeq(tt.headers, "|") {
				header = strings.TrimSpace(header)
				if got := everydayField(t, tt.beside, header, tt.cell); got != tt.field {
					t.Errorf("%q above %q is %s", header, tt.cell, got)
				}
			}
		})
	}
}

// Headers that may mean something else, or whose cells say that they do, stay what the user keeps beside the CRM's fields.
func TestEverydayHeadersInDoubt(t *testing.T) {
	t.Parallel()
	tests := []struct{ cell, headers string }{
		{"2026-06-15", "Deadline | Due date | Fälligkeit | Drehdatum | Kickoff | Campaign period"},
		{"1500", "Value | Offer | Invoice | Rechnung | Cash | Pay"}, // no currency says that they are amounts
		{"1.500,00 €", "Fee per post | Preis pro Post | Product value | Warenwert | Budget"},
		{"Anni", "Nickname | Manager | Contact person | Lead"},
		{"10EUR", "Discount"},
		{"2 for 1", "Discount | Promo"},
		{"15%", "% | Percentage | Prozent"}, // or the commission
		{"yes", "Confirmed | Signed | Gebucht"},
		{"Phase 2", "Timing | Period | Duration"},
		{"https://shop.example/sale", "Story link | Shop URL | Product link"},
	}
	for _, tt := range tests {
		for header := range strings.SplitSeq(tt.headers, "|") {
			header = strings.TrimSpace(header)
			if got := everydayField(t, "Influencer|Platform", header, tt.cell); got != column.Custom {
				t.Errorf("%q above %q is %s", header, tt.cell, got)
			}
		}
	}
}

// everydayField is the field of a header in a sheet of two rows.
func everydayField(t *testing.T, beside, header, cell string) column.Field {
	t.Helper()
	cells := map[string]string{"Influencer": "Ben Ode", "Platform": "Instagram", "Start": "2026-06-01", "Fee": "800", "Code": "BEN10"}
	headers := strings.Split(beside, "|")
	var row []string
	for _, b := range headers {
		row = append(row, cells[b])
	}
	quoted := func(texts []string, last string) string {
		return `"` + strings.Join(append(texts, last), `","`) + "\"\n"
	}
	line := quoted(row, cell)
	s, err := csvfile.New("sheet.csv", strings.NewReader(quoted(headers, header)+line+line), nil).Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h, err := column.FindHeaderIn(s, nil, "EUR")
	if err != nil {
		t.Errorf("%q: %v", header, err)
		return ""
	}
	c, _ := h.At(len(headers))
	return c.Field
}
