package sheetimport_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// cooperationsOf shows the cooperations of a shop in short.
func cooperationsOf(s *shop) []string {
	have := s.contents()
	people := map[crm.InfluencerID]crm.Influencer{}
	for _, one := range have.Influencers {
		people[one.ID] = one
	}
	list := []string{}
	for _, c := range have.Cooperations {
		one := people[c.Influencer]
		p, _ := one.Profile(c.Profile)
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s %s@%s %s %s..%s %s", one.Name, p.Platform, p.Handle,
			c.Status, c.Period.Start, c.Period.End, c.Cost)))
	}
	return sorted(list)
}

// TestLayouts has sheets in which a row is not one cooperation.
func TestLayouts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		options    sheetimport.Options
		note       string
		want       []string
		rows       []string
	}{
		{name: "months as columns", note: "months_as_columns",
			text: "Influencer,Platform,June 2026,July 2026,August 2026,Total\nAna Ruiz,Instagram,500.00,,300.00,800.00\nBen Okoro,TikTok,,200.00,,200.00\nTotal,,500.00,200.00,300.00,1000.00\n",
			want: []string{"Ana Ruiz instagram@ signed 2026-06-01..2026-06-30 500.00 EUR",
				"Ana Ruiz instagram@ signed 2026-08-01..2026-08-31 300.00 EUR",
				"Ben Okoro tiktok@ signed 2026-07-01..2026-07-31 200.00 EUR"},
			rows: []string{"2 created", "2 created", "3 created", "4 skipped"}},
		{name: "months in German, with a status and zeros", note: "months_as_columns",
			text: "Name;Plattform;Handle;Status;Juni 26;Juli 26;Summe\nJörg;IG;@joerg;gebucht;1.200,50 €;0,00 €;1.200,50 €\nIda;TikTok;@ida;angefragt;-;800 €;800 €\n",
			want: []string{"Ida tiktok@ida negotiating 2026-07-01..2026-07-31 800.00 EUR",
				"Jörg instagram@joerg signed 2026-06-01..2026-06-30 1200.50 EUR"},
			rows: []string{"2 created", "3 created"}},
		{name: "months as numbers, and a row without an amount", note: "months_as_columns",
			text: "Creator,Channel,2026-06,2026-07\nIda,IG,100,\nBen,IG,,\n",
			want: []string{"Ida instagram@ signed 2026-06-01..2026-06-30 100.00 EUR"}, rows: []string{"2 created", "3 rejected !no_month"}},
		{name: "months with the year above them", note: "months_as_columns",
			text: "Influencer budget 2026,,,\nName,Platform,Jan,Feb\nIda,IG,100,200\n",
			want: []string{"Ida instagram@ signed 2026-01-01..2026-01-31 100.00 EUR",
				"Ida instagram@ signed 2026-02-01..2026-02-28 200.00 EUR"}, rows: []string{"3 created", "3 created"}},
		{name: "fees of months and their total", note: "months_as_columns",
			text: "Name,Platform,Fee Jun 2026,Fee Jul 2026,Total cost\nIda,IG,100,200,300\n",
			want: []string{"Ida instagram@ signed 2026-06-01..2026-06-30 100.00 EUR",
				"Ida instagram@ signed 2026-07-01..2026-07-31 200.00 EUR"}, rows: []string{"2 created", "2 created"}},
		{name: "months beside a cost and a date are custom", note: "custom_columns",
			text: "Name,Platform,Posting date,Fee,June 2026,July 2026\nIda,IG,2026-06-01,100,5,6\n",
			want: []string{"Ida instagram@ signed 2026-06-01.. 100.00 EUR"}, rows: []string{"2 created"}},
		{name: "people and their accounts, without deals", note: "accounts_as_columns",
			text: "Name,Instagram,TikTok,YouTube,Email\nIda,@ida,@ida.tt,,ida@mail.example\nBen,,https://www.tiktok.com/@ben,,\n",
			want: []string{"Ben tiktok@ben draft ..", "Ida instagram@ida draft ..", "Ida tiktok@ida.tt draft .."},
			rows: []string{"2 created", "2 created", "3 created"}},
		{name: "people and ticks", note: "accounts_as_columns",
			text: "Vorname;Nachname;Insta;TikTok;Handle\nJörg;Ott;x;x;@joerg\nIda;Lind;;✓;@ida\n",
			want: []string{"Ida Lind tiktok@ida draft ..", "Jörg Ott instagram@joerg draft ..",
				"Jörg Ott tiktok@joerg draft .."}, rows: []string{"2 created", "2 created", "3 created"}},
		{name: "one column of handles, with deals", note: "accounts_as_columns",
			text: "Name;IG Handle;Postingdatum;Honorar\nJörg;@joerg;01.06.2026;100,00\n",
			want: []string{"Jörg instagram@joerg signed 2026-06-01.. 100.00 EUR"}, rows: []string{"2 created"}},
		{name: "accounts with deals", note: "accounts_as_columns",
			text: "Name,Instagram handle,TikTok handle,Posting date,Fee\nIda,@ida,,2026-06-01,100\nBen,@ben,@ben.tt,2026-06-01,100\n",
			want: []string{"Ida instagram@ida signed 2026-06-01.. 100.00 EUR"}, rows: []string{"2 created", "3 rejected !several_accounts"}},
		{name: "a second table beside the first", note: "second_table",
			text: "Name,Platform,Posting date,Fee,,Name,Platform,Fee\nIda,IG,2026-06-01,100,,Ben,TikTok,50\n,,,,,Cem,TikTok,60\n",
			want: []string{"Ida instagram@ signed 2026-06-01.. 100.00 EUR"}, rows: []string{"2 created", "3 skipped"}},
		{name: "a second table in German", note: "second_table",
			text: "Influencer;Plattform;Datum;Honorar;Influencer;Plattform;Datum;Honorar\nIda;IG;01.06.2026;100,00;Ben;TikTok;02.06.2026;50,00\n",
			want: []string{"Ida instagram@ signed 2026-06-01.. 100.00 EUR"}, rows: []string{"2 created"}},
		{name: "headings over groups of columns", note: "",
			text: "Influencer,Platform,Dates,,Costs\n,,Start date,End date,Fee\nIda,IG,2026-06-01,2026-06-02,100\n",
			want: []string{"Ida instagram@ signed 2026-06-01..2026-06-02 100.00 EUR"}, rows: []string{"3 created"}},
		{name: "headers in the row above", note: "",
			text: "Plan,,Posting date,Honorar\nInfluencer,Plattform,,\nIda,IG,2026-06-01,100\n",
			want: []string{"Ida instagram@ signed 2026-06-01.. 100.00 EUR"}, rows: []string{"3 created"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, &c.options)
			p := s.bring(c.text)
			checkCounts(t, p)
			if diff := cmp.Diff(c.rows, outcomes(p)); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.want, cooperationsOf(s)); diff != "" {
				t.Errorf("cooperations (-want +got):\n%s", diff)
			}
			if c.note != "" && !hasNote(p, c.note) {
				t.Errorf("lacks the note %s: %v", c.note, p.Notes)
			}
			if again := s.plan(c.text); again.Counts[sheetimport.Created]+again.Counts[sheetimport.Updated] != 0 {
				t.Errorf("the same sheet again: %v", account(again))
			}
		})
	}
	for _, text := range []string{"Name,Platform,June,July\nIda,IG,1,2\n", "Name;Plattform;Jan;Feb;Mrz\nIda;IG;1;2;3\n",
		"Stand Dezember 2025;;;\nName;Plattform;Jan;Feb\nIda;IG;1;2\n", "Budget,2050,,\nName,Platform,Jan,Feb\nIda,IG,1,2\n",
	} {
		s := memoryShop(t, nil)
		_, err := s.importer().Plan(s.ctx, s.ws, csvfile.New("plan.csv", strings.NewReader(text), nil))
		if !errors.Is(err, sheet.ErrUnreadable) || !strings.Contains(err.Error(), "months without a year") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestCampaignGroups: a campaign that is named in the first row of its group is filled down on request, else it is offered.
func TestCampaignGroups(t *testing.T) {
	t.Parallel()
	const head = "Kampagne;Name;Plattform;Postingdatum;Honorar\n"
	const groups = head +
		"Sommer;Ida;IG;01.06.2026;1,00\n;Ben;IG;02.06.2026;1,00\n;Cem;IG;03.06.2026;1,00\n;;;;\nHerbst;Dea;IG;01.09.2026;1,00\n;Eva;IG;02.09.2026;1,00\nSumme;;;;5,00\n"
	for _, c := range []struct {
		name, text string
		fill       bool
		note       string
		campaigns  []string
	}{
		{"offered", groups, false, "campaign_groups", []string{"Herbst", "June 2026", "September 2026", "Sommer"}},
		{"asked for", groups, true, "filled_down", []string{"Herbst", "Sommer"}},
		{"rows of their own",
			head +
				"Sommer;Ida;IG;01.06.2026;1,00\n;Ben;IG;02.06.2026;1,00\nSommer;Cem;IG;03.06.2026;1,00\nHerbst;Dea;IG;01.09.2026;1,00\n",
			false, "", []string{"Herbst", "June 2026", "Sommer"}},
		{"the first row has none",
			head + ";Ida;IG;01.06.2026;1,00\nSommer;Ben;IG;02.06.2026;1,00\n;Cem;IG;03.06.2026;1,00\n", true,
			"filled_down", []string{"June 2026", "Sommer"}},
		{"the first row has none, and nobody has asked",
			head + ";Ida;IG;01.06.2026;1,00\nSommer;Ben;IG;02.06.2026;1,00\n;Cem;IG;03.07.2026;1,00\n", false, "",
			[]string{"July 2026", "June 2026", "Sommer"}},
		{"none", "Name;Plattform;Postingdatum;Honorar\nIda;IG;01.06.2026;1,00\n", true, "", []string{"June 2026"}},
		{"all", head + "Sommer;Ida;IG;01.06.2026;1,00\nSommer;Ben;IG;02.06.2026;1,00\n", true, "", []string{"Sommer"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, &sheetimport.Options{FillDown: c.fill})
			p := s.bring(c.text)
			var names []string
			for _, one := range s.contents().Campaigns {
				names = append(names, one.Name)
			}
			if diff := cmp.Diff(c.campaigns, sorted(names)); diff != "" {
				t.Errorf("campaigns (-want +got):\n%s", diff)
			}
			for _, code := range []string{"campaign_groups", "filled_down"} {
				if hasNote(p, code) != (code == c.note) {
					t.Errorf("the note %s: %v", code, p.Notes)
				}
			}
		})
	}
}

// TestMonthsInPieces: rows that share a number are imported in pieces as all at once.
func TestMonthsInPieces(t *testing.T) {
	t.Parallel()
	text := "Name,Platform,June 2026,July 2026,August 2026\n"
	for n := range 7 {
		text += fmt.Sprintf("Person %d,IG,%d,%d,%d\n", n, n+1, n+2, n+3)
	}
	s := memoryShop(t, &sheetimport.Options{RowsPerUnit: 4})
	p := s.bring(text)
	if p.Counts[sheetimport.Created] != 21 || len(cooperationsOf(s)) != 21 {
		t.Errorf("%v, %d cooperations", p.Counts, len(cooperationsOf(s)))
	}
}
