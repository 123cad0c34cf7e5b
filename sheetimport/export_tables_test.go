package sheetimport_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/export"
)

// tables are the campaigns and months of a workspace as an export writes them.
func (s *shop) tables(o *export.Options) (campaigns, months string, rows int) {
	s.t.Helper()
	var a, b bytes.Buffer
	of, err := export.CampaignsCSV(s.ctx, s.service, s.ws, &a, o)
	if err != nil {
		s.t.Fatal(err)
	}
	in, err := export.MonthsCSV(s.ctx, s.service, s.ws, &b, o)
	if err != nil {
		s.t.Fatal(err)
	}
	return a.String(), b.String(), of.Rows + in.Rows
}

func (s *shop) setMonths(budgets map[budget.Month]budget.Money) {
	s.t.Helper()
	workspace, err := s.service.Workspace(s.ctx, s.ws)
	if err != nil {
		s.t.Fatal(err)
	}
	workspace.MonthBudgets = budgets
	if _, err := s.service.UpdateWorkspace(s.ctx, s.ws, workspace, ""); err != nil {
		s.t.Fatal(err)
	}
}

// The tables of campaigns and months, imported again, change nothing, and bring the budgets into another workspace.
func TestExportedTablesChangeNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := memoryShop(t, nil)
		amount := func(what string) budget.Money {
			if rapid.Bool().Draw(t, what+" is set") {
				return budget.FromMinor(rapid.OneOf(rapid.Int64Range(0, 200_000), rapid.Int64Range(0, 1e15)).Draw(t, what), "EUR")
			}
			return budget.Money{}
		}
		for n := range rapid.IntRange(0, 5).Draw(t, "campaigns") {
			name := rapid.SampledFrom([]string{"Sale", "=Odd", "Straße, 1", "June 2026", "+49", `say "hi"`}).Draw(t, "name")
			c := crm.Campaign{Name: fmt.Sprint(name, " ", n), Budget: amount("budget"), RevenueTarget: amount("target")}
			if rapid.Bool().Draw(t, "starts") {
				c.Period.Start = budget.MustParseDate("2026-01-01").AddDays(rapid.IntRange(0, 400).Draw(t, "start"))
			}
			if _, err := s.service.CreateCampaign(s.ctx, s.ws, c); err != nil {
				t.Fatal(err)
			}
		}
		months := map[budget.Month]budget.Money{}
		for n := range rapid.IntRange(0, 5).Draw(t, "months") {
			if m := amount("month"); m.IsSet() {
				months[budget.MustParseMonth("2026-11").Add(n)] = m
			}
		}
		s.setMonths(months)
		before := s.contents()
		o := &export.Options{Comma: rapid.SampledFrom([]rune{0, ';', '\t'}).Draw(t, "comma"), BOM: rapid.Bool().Draw(t, "bom")}
		campaigns, ofMonths, rows := s.tables(o)
		if want := len(before.Campaigns) + len(months); rows != want {
			t.Fatalf("%d rows, want %d", rows, want)
		}
		plan := s.bringWith(campaigns, ofMonths)
		for _, table := range plan.Budgets {
			for _, r := range table.Rows {
				if r.Verdict != sheetimport.Unchanged || len(r.Notices) > 0 && r.Notices[0].Code != "read_by_column" {
					t.Fatalf("row %d is %s: %v %v\n%s%s", r.Row, r.Verdict, r.Problems, r.Notices, campaigns, ofMonths)
				}
			}
		}
		if after := s.contents(); after.Head != before.Head {
			t.Fatalf("%d changes", after.Head.Seq-before.Head.Seq)
		}
		other := memoryShop(t, nil)
		other.bringWith(campaigns, ofMonths)
		if diff := cmp.Diff(s.campaigns(), other.campaigns()); diff != "" {
			t.Fatalf("in another workspace (-want +got):\n%s", diff)
		}
		if s.months() != other.months() {
			t.Fatalf("months %s, in another workspace %s", s.months(), other.months())
		}
	})
}

func TestExportedTables(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	for _, c := range []crm.Campaign{
		{Name: "Winter Sale", Budget: budget.FromMinor(1_000_00, "EUR"), RevenueTarget: budget.FromMinor(9_000_50,
			"EUR"), Period: days("2026-12-01", "2026-12-24")}, {Name: "Old"},
	} {
		made, err := s.service.CreateCampaign(s.ctx, s.ws, c)
		if err != nil {
			t.Fatal(err)
		}
		if c.Name == "Old" {
			if _, err := s.service.Archive(s.ctx, s.ws, made.At(), ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.setMonths(map[budget.Month]budget.Money{budget.MustParseMonth("2027-01"): budget.FromMinor(5, "EUR"),
		budget.MustParseMonth("2026-12"): budget.FromMinor(600_00, "EUR")})
	campaigns, months, _ := s.tables(nil)
	want := "Campaign,Budget,Revenue target,Start,End\nWinter Sale,1000.00,9000.50,2026-12-01,2026-12-24\n|Month,Budget\n2026-12,600.00\n2027-01,0.05\n"
	if diff := cmp.Diff(want, campaigns+"|"+months); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	ida, err := s.service.CreateInfluencer(s.ctx, s.ws, crm.Influencer{Name: "Ida"})
	if err != nil {
		t.Fatal(err)
	}
	deal := s.add(crm.Cooperation{Campaign: s.contents().Campaigns[0].ID, Influencer: ida.ID, Status: crm.Draft})
	if _, err := s.service.Archive(s.ctx, s.ws, deal.At(), ""); err != nil {
		t.Fatal(err)
	}
	done, err := export.Workbook(s.ctx, s.service, s.ws, &bytes.Buffer{})
	if err != nil || done.Rows != 0 || len(done.Notes) != 2 ||
		done.Notes[0].Text.String() != "not in it, because archived: 1 cooperation; a plan counts these, too" ||
		done.Notes[1].Text.String() != "not in it, because archived: 1 campaign; a plan counts these, too" {
		t.Errorf("with an archived cooperation and campaign: %+v, %v", done, err)
	}
	_, german, _ := s.tables(&export.Options{Comma: ';'})
	if !strings.Contains(german, "2026-12;600,00\n") {
		t.Errorf("with semicolons, as German Excel expects: %s", german)
	}
	if _, err := export.MonthsCSV(s.ctx, s.service, s.ws, &bytes.Buffer{}, &export.Options{Comma: 'x'}); err == nil {
		t.Error("x is no delimiter")
	}
}
