package sheetimport_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
)

// campaigns shows the campaigns that are there: name, budget, target, days.
func (s *shop) campaigns() []string {
	var all []string
	for _, c := range s.contents().Campaigns {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s: %s / %s / %s – %s", c.Name, c.Budget, c.RevenueTarget,
			c.Period.Start, c.Period.End)))
	}
	slices.Sort(all)
	return all
}

// What rows say of their campaign fills what it lacks, in English and German; what differs is kept and told.
func TestCampaignColumns(t *testing.T) {
	t.Parallel()
	const (
		english = "Influencer,Platform,Campaign,Posting date,Fee,Campaign budget,Revenue target,Campaign start,Campaign end\n"
		german  = "Influencer;Plattform;Kampagne;Startdatum;Honorar;Kampagnenbudget;Umsatzziel;Kampagnenstart;Kampagnenende\n"
	)
	day := budget.MustParseDate
	winter := crm.Campaign{Name: "Winter", Budget: budget.FromMinor(50_000, "EUR"), Period: budget.Period{End: day("2026-12-31")}}
	for name, tt := range map[string]struct {
		text            string
		there           []crm.Campaign
		rows, campaigns []string
	}{
		"a new campaign gets what its rows say": {english +
			"Ida,IG,Sale,2026-06-01,5,5000,20000,2026-06-01,2026-06-30\nMats,IG,Sale,2026-06-02,5,,,,\n",
			nil, []string{"2 created", "3 created"}, []string{"Sale: 5000.00 EUR / 20000.00 EUR / 2026-06-01 – 2026-06-30"}},
		"in German": {german + "Ida;IG;Sale;01.06.2026;5;5.000,00;20.000,00 €;01.06.2026;30.06.2026\n",
			nil, []string{"2 created"}, []string{"Sale: 5000.00 EUR / 20000.00 EUR / 2026-06-01 – 2026-06-30"}},
		"each row may say a part": {english + "Ida,IG,Sale,2026-06-01,5,5000,,,\nMats,IG,SALE,2026-06-02,5,,20000,,2026-06-30\n",
			nil, []string{"2 created", "3 created"}, []string{"Sale: 5000.00 EUR / 20000.00 EUR /  – 2026-06-30"}},
		"rows that say different things: the first wins": {english +
			"Ida,IG,Sale,2026-06-01,5,5000,,2026-06-01,\nMats,IG,Sale,2026-06-02,5,6000,,2026-06-02,\n",
			nil, []string{"2 created", "3 created ?kept@F ?kept@H"}, []string{"Sale: 5000.00 EUR /  / 2026-06-01 –"}},
		"a campaign of the CRM gets what it lacks": {english + "Ida,IG,winter,2026-12-01,5,400,9000,2026-12-01,2026-12-31\n",
			[]crm.Campaign{winter}, []string{"2 created ?kept@F"}, []string{"Winter: 500.00 EUR / 9000.00 EUR / 2026-12-01 – 2026-12-31"}},
		"a day that does not fit is left out": {english + "Ida,IG,Winter,2026-12-01,5,,,2027-01-01,\n",
			[]crm.Campaign{winter}, []string{"2 created ?does_not_fit@H"}, []string{"Winter: 500.00 EUR /  /  – 2026-12-31"}},
		"an end before the start is left out": {english + "Ida,IG,Sale,2026-06-01,5,,,2026-06-30,2026-06-01\n",
			nil, []string{"2 created ?not_valid@I"}, []string{"Sale:  /  / 2026-06-30 –"}},
		"what cannot be read is left out": {english +
			"Ida,IG,Sale,2026-06-01,5,much,-5,31.02.2026,KW 5\nMats,IG,Sale,2026-06-01,5,5000 USD,1.234,03/04/26,\n",
			nil, []string{"2 created ?not_an_amount@F ?negative_amount@G ?not_a_date@H ?not_a_date@I",
				"3 created ?other_currency@F ?ambiguous_amount@G ?ambiguous_date@H"}, []string{"Sale:  /  /  –"}},
		"no value is blank": {english + "Ida,IG,Sale,2026-06-01,5,tbd,n/a,tba,-\n",
			nil, []string{"2 created ?no_value@F ?no_value@H"}, []string{"Sale:  /  /  –"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			for _, c := range tt.there {
				if _, err := s.service.CreateCampaign(s.ctx, s.ws, c); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(tt.rows, account(s.bring(tt.text))); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.campaigns, s.campaigns()); diff != "" {
				t.Errorf("campaigns (-want +got):\n%s", diff)
			}
			head := s.contents().Head
			s.bring(tt.text)
			if now := s.contents().Head; now != head {
				t.Errorf("the same sheet again wrote %d changes", now.Seq-head.Seq)
			}
		})
	}
}

// A later sheet fills the campaign of a known row, in one piece or in several; the plan counts it, and undo takes it back.
func TestCampaignsAreFilledAndTakenBack(t *testing.T) {
	t.Parallel()
	for _, pieces := range []int{0, 1} {
		s := memoryShop(t, &sheetimport.Options{RowsPerUnit: pieces})
		rows := "Ida,IG,Sale,2026-06-01,5%[1]s\nMats,IG,Sale,2026-06-02,5%[1]s\nLea,IG,Sale,2026-06-03,5%[1]s\n"
		s.bring("Influencer,Platform,Campaign,Posting date,Fee\n" + fmt.Sprintf(rows, ""))
		plan := s.plan("Influencer,Platform,Campaign,Posting date,Fee,Campaign budget,Campaign end\n" + fmt.Sprintf(rows, ",5000,2026-06-30"))
		if diff := cmp.Diff([]string{"2 updated", "3 unchanged", "4 unchanged"}, account(plan)); diff != "" {
			t.Errorf("rows (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(sheetimport.FilledRecords{Campaigns: 1}, plan.Filled); diff != "" {
			t.Errorf("filled (-want +got):\n%s", diff)
		}
		run, err := s.importer().Apply(s.ctx, plan)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"Sale: 5000.00 EUR /  /  – 2026-06-30"}, s.campaigns()); diff != "" {
			t.Errorf("campaigns (-want +got):\n%s", diff)
		}
		if _, err := s.service.UndoImport(s.ctx, s.ws, run.ID, ""); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"Sale:  /  /  –"}, s.campaigns()); diff != "" {
			t.Errorf("campaigns after undo (-want +got):\n%s", diff)
		}
	}
}

// A cell with several campaigns, as boards export it, is one campaign of that name, and told once.
func TestSeveralCampaignsInACell(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		campaigns string
		want      []string
	}{
		{"Summer,Autumn|Summer|summer, autumn|Summer,Autumn", []string{"created several_campaigns", "created", "created several_campaigns", "created"}},
		{"Sommer / Herbst|Herbst", []string{"created several_campaigns", "created"}},
		{"Berlin, Hamburg|Summer", []string{"created", "created"}},
		{"Summer & Friends|Summer", []string{"created", "created"}},
	} {
		text := "Influencer\tPlatform\tCampaign\tPosting date\tFee\n"
		for n, campaign := range strings.Split(test.campaigns, "|") {
			text += fmt.Sprintf("Ana %c\tInstagram\t%s\t2026-06-01\t100.00\n", 'A'+n, campaign)
		}
		s := memoryShop(t, nil)
		if diff := cmp.Diff(test.want, planWords(s.bring(text), nil, "several_campaigns")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.campaigns, diff)
		}
		if again := planWords(s.plan(text), nil, "several_campaigns"); again[0] != "unchanged" {
			t.Errorf("%s, again: %q", test.campaigns, again)
		}
	}
}
