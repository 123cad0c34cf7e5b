package sheetimport_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/utm"
)

// TestRows goes through the rules of an import, one small sheet for each.
func TestRows(t *testing.T) {
	t.Parallel()
	const simple = "Influencer,Handle,Platform,Campaign,Posting date,End date,Fee,Discount code,utm_term\n"
	for _, c := range []struct {
		name    string
		options *sheetimport.Options
		before  string // a sheet that is imported first
		csv     string
		want    []string
	}{
		{"equal rows are one, the first wins", nil, "",
			simple + "Ida,@ida,IG,Sale,2026-06-01,2026-06-30,100,IDA10,ida\nIDA ,@ida,Insta,SALE,01.06.2026,30.06.26,100.00,ida10,ida\n",
			[]string{"2 created", "3 duplicate of 2"}},
		{"a duplicate repeats the first of its kind", nil, "",
			simple + strings.Repeat("Ida,@ida,IG,Sale,2026-06-01,,100,IDA10,ida\n", 3),
			[]string{"2 created", "3 duplicate of 2", "4 duplicate of 2"}},
		{"each part of the key makes another cooperation", nil, "",
			simple + "Ida,@ida,IG,Sale,2026-06-01,2026-06-30,100,IDA10,ida\nIda,@ida,IG,Autumn,2026-06-01,2026-06-30,100,IDA10,ida\n" +
				"Ida,@ida,IG,Sale,2026-06-02,2026-06-30,100,IDA10,ida\nIda,@ida,IG,Sale,2026-06-01,2026-06-29,100,IDA10,ida\n" +
				"Ida,@ida,IG,Sale,2026-06-01,2026-06-30,100,IDA11,ida\nIda,@ida,IG,Sale,2026-06-01,2026-06-30,100,IDA10,ida-2\n",
			[]string{"2 created", "3 created", "4 created", "5 created", "6 created", "7 created"}},
		{"equal keys with another cost or platform are a conflict", nil, "",
			simple + "Ida,@ida,IG,Sale,2026-06-01,,100,IDA10,ida\nIda,@ida,IG,Sale,2026-06-01,,200,IDA10,ida\n" +
				"Ida,@ida,TikTok,Sale,2026-06-01,,100,IDA10,ida\nIda,@ida,TikTok,Sale,2026-06-01,,,IDA10,ida\n",
			[]string{"2 created", "3 conflict of 2 !differs@G", "4 conflict of 2 !differs@C", "5 conflict of 2 !differs@G !differs@C ?no_cost@G"}},
		{"a rejected row has no duplicates", nil, "",
			simple + "Ida,@ida,,Sale,2026-06-01,,100,IDA10,ida\nIda,@ida,IG,Sale,2026-06-01,,100,IDA10,ida\n",
			[]string{"2 rejected !platform_missing@C", "3 created"}},
		{"without a campaign: the month of the posting, else a campaign for such rows", nil, "",
			simple + "Ida,@ida,IG,,2026-06-01,,100,,\nIda,@ida,IG,June 2026,2026-06-01,,100,,\nMats,@mats,IG,-,,,100,,\n",
			[]string{"2 created ?campaign_missing@D", "3 duplicate of 2", "4 created ?campaign_missing@D ?no_dates@E"}},
		{"without cost or dates", nil, "",
			simple + "Ida,@ida,IG,Sale,,,,IDA10,ida\nMats,@mats,IG,Sale,,2026-06-01,-,,\nLea,@lea,IG,Sale,2026-06-01,,barter,,\n",
			[]string{"2 created ?no_cost@G ?no_dates@E", "3 created ?no_cost@G ?no_start@E", "4 created ?no_amount@G"}},
		{"with a code of another influencer at the same time", nil, "",
			simple +
				"Ida,@ida,IG,Sale,2026-06-01,2026-06-30,1,SUN10,\nMats,@mats,IG,Sale,2026-06-30,,1,sun10,\nLea,@lea,IG,Sale,2026-05-01,2026-05-31,1,SUN10,\n",
			[]string{"2 created ?code_conflict@H", "3 created ?code_conflict@H", "4 created"}},
		{"with a code that another's rule covers, and with a shared UTM set", nil, "",
			simple + "Ida,@ida,IG,Sale,2026-06-01,,1,contains SUN,x\nMats,@mats,IG,Sale,2026-06-30,,1,MYSUN10,x\n",
			[]string{"2 created ?broad_rule@H ?utm_conflict@I ?code_conflict@H", "3 created ?utm_conflict@I ?code_conflict@H"}},
		{"blank rows and totals", nil, "",
			simple +
				"Ida,@ida,IG,Sale,2026-06-01,,100,,\n,,,,,,,,\n , ,,\u00a0,,,,,\nTotal,,,,,,100,,\n,,,Summe:,,,100,,\nTotal,@total,IG,Sale,2026-06-01,,1,,\n",
			[]string{"2 created", "3 skipped", "4 skipped", "5 skipped ?total_row", "6 skipped ?total_row", "7 created"}},
		{"a row with nothing but Klar's import status is blank", nil, "",
			"Campaign Name,Influencer/Affiliate Name,Platform,Add Attribution Last Touch,Status\nSale,Ida,IG,yes,imported\n,,,,imported\n,,,yes,imported\n",
			[]string{"2 created", "3 skipped", "4 rejected !platform_missing@C !name_missing@B"}},
		{"a row with more cells than headers", nil, "",
			simple + "Ida,@ida,IG,Sale,2026-06-01,,1,200.00,IDA10,ida,extra\nMats,@mats,IG,Sale,2026-06-01,,100,,\n",
			[]string{"2 rejected !extra_cells", "3 created"}},
		{"a row that cannot be split", nil, "",
			simple + "\"Ida\" the best,@ida,IG,Sale,2026-06-01,,1,,\nMats,@mats,IG,Sale,2026-06-01,,100,,\n",
			[]string{"2 rejected !stray_quote", "3 created"}},
		{"a name whose handle on the platform differs is another person", nil, "",
			simple + "Ida,@ida,IG,Sale,2026-06-01,,1,,\nIda,@other,IG,Sale,2026-06-02,,1,,\nIda,@ida,TikTok,Sale,2026-06-03,,1,,\n",
			[]string{"2 created", "3 created ?namesake@B", "4 created"}},
		{"a name that two people have, without a handle", nil, "",
			simple + "Ida,@ida,IG,Sale,2026-06-01,,1,,\nIda,@other,IG,Sale,2026-06-02,,1,,\nIda,,IG,Sale,2026-06-03,,1,,\n",
			[]string{"2 created", "3 created ?namesake@B", "4 rejected !ambiguous_influencer@A"}},
		{"a handle under another name is the same person", nil, "",
			simple + "Ida Castell,@ida,IG,Sale,2026-06-01,,1,,\nidacastell_official,https://instagram.com/IDA,IG,Sale,2026-06-02,,1,,\n",
			[]string{"2 created", "3 created ?other_name@A"}},
		{"an unknown platform is kept", nil, "",
			simple + "Ida,@ida,OnlyBeauty,Sale,2026-06-01,,1,,\n",
			[]string{"2 created ?unknown_platform@C"}},
		{"first and last name", nil, "",
			"First name,Last name,Platform,Posting date,Fee\nIda,Castell,IG,2026-06-01,1\nIda,,IG,2026-06-01,1\n,,IG,2026-06-01,1\n",
			[]string{"2 created ?campaign_missing", "3 created ?campaign_missing", "4 rejected !name_missing"}},
		{"a sheet without names uses the handles", nil, "",
			"Handle,Platform,Posting date,Fee\n@ida,IG,2026-06-01,1\n,IG,2026-06-01,1\n",
			[]string{"2 created ?name_from_handle@A ?campaign_missing", "3 rejected !name_missing"}},
		{"one influencer may have the same code twice", nil, "",
			simple + "Ida,@ida,IG,Sale,2026-06-01,,1,IDA10,\nIda,@ida,IG,Autumn,2026-06-01,,1,IDA10,\n",
			[]string{"2 created", "3 created"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, c.options)
			plan := s.plan(c.csv)
			if diff := cmp.Diff(c.want, account(plan)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			checkCounts(t, plan)
			if _, err := s.importer().Apply(s.ctx, plan); err != nil {
				t.Fatal(err)
			}
			sameAgain(t, s, c.csv, plan)
		})
	}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Platform,Posting date,Fee"
	const withColumn = head +
		",Deal status\nA,IG,2026-06-01,100,unterschrieben\nB,IG,2026-06-01,100,in negotiation\nC,IG,2026-06-01,100,Entwurf\nD,IG,2026-06-01,100,\nE,IG,2026-06-01,100,abgesagt\n"
	for _, c := range []struct {
		name    string
		options *sheetimport.Options
		csv     string
		want    []string
	}{
		{"by default signed", nil, head + "\nA,IG,2026-06-01,100\n", []string{"A signed"}},
		{"as the caller chooses", &sheetimport.Options{Status: crm.Draft}, head + "\nA,IG,2026-06-01,100\n", []string{"A draft"}},
		{"from the column", nil, withColumn, []string{"A signed", "B negotiating", "C draft", "D signed", "E draft cancelled with 0.00 EUR"}},
		{"from the column, else as the caller chooses", &sheetimport.Options{Status: crm.Negotiating}, withColumn,
			[]string{"A signed", "B negotiating", "C draft", "D negotiating", "E draft cancelled with 0.00 EUR"}},
		{"never from Klar's import status", nil,
			"Influencer/Affiliate Name,Platform,Posting Date,Fixed Costs,Add Attribution Last Touch,Status\nA,IG,2026-06-01,100,no,rejected\n",
			[]string{"A signed"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, c.options)
			s.bring(c.csv)
			there := s.contents()
			names := map[crm.InfluencerID]string{}
			for _, i := range there.Influencers {
				names[i.ID] = i.Name
			}
			var got []string
			for _, coop := range there.Cooperations {
				line := names[coop.Influencer] + " " + string(coop.Status)
				if coop.Cancellation != nil {
					line += " cancelled with " + coop.Cancellation.Fee.String()
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestACancelledDealLeavesTheBudget(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	plan := s.bring("Influencer,Platform,Campaign,Fee,Deal status\nIda,IG,Sale,100,abgesagt\nMats,IG,Sale,100 USD,storniert\n")
	if plan.Counts[sheetimport.Created] != 2 {
		t.Fatalf("%q", account(plan))
	}
	if total := s.report().Total; total.Count() != 0 || total.Allocated().Sign() != 0 {
		t.Errorf("%d cooperations for %s in the budget; want none", total.Count(), total.Allocated())
	}
}

// TestPeople checks who is taken for whom among the people of the CRM.
func TestPeople(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	err := s.service.Update(s.ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
		if _, err := w.CreateMember(ctx, crm.Member{Name: "Mira Strauß"}); err != nil {
			return err
		}
		for _, i := range []crm.Influencer{
			{Name: "By Handle", Profiles: []crm.Profile{{Platform: "instagram", Handle: "byhandle"}}},
			{Name: "By Link", Profiles: []crm.Profile{{Platform: "instagram", Link: "https://instagram.com/bylink"}}},
			{Name: "By Name", Email: "name@example.com"},
			{Name: "Other", Profiles: []crm.Profile{{Platform: "instagram", Handle: "other"}}},
		} {
			if _, err := w.CreateInfluencer(ctx, i); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	plan := s.bring("Influencer,Handle,Platform,Profile link,Email,Responsible,Posting date,Fee,Campaign\n" +
		"Somebody,@ByHandle,Insta,,,MIRA STRAUSS,2026-06-01,1,Sale\n" +
		"Some one,,IG,instagram.com/ByLink,,Jan Otte,2026-06-01,1,Sale\n" +
		"by  name,@new,IG,,other@example.com,jan otte,2026-06-01,1,Sale\n" +
		"Other,@another,IG,,,-,2026-06-01,1,Sale\n")
	want := []string{"2 created ?other_name@A", "3 created ?other_name@A", "4 created ?kept@E", "5 created ?namesake@B"}
	if diff := cmp.Diff(want, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	there := s.contents()
	var people, members []string
	for _, i := range there.Influencers {
		line := i.Name + " " + i.Email
		for _, p := range i.Profiles {
			line += " @" + p.Handle + " " + p.Link
		}
		people = append(people, line)
	}
	for _, m := range there.Members {
		members = append(members, m.Name)
	}
	if diff := cmp.Diff([]string{"Mira Strauß", "Jan Otte"}, sortedLike(members, "Mira Strauß")); diff != "" {
		t.Errorf("members (-want +got):\n%s", diff)
	}
	found := map[string]bool{}
	for _, line := range people {
		found[line] = true
	}
	for _, line := range []string{"By Handle  @byhandle ", "By Link  @ByLink https://instagram.com/bylink", "By Name name@example.com @new ", "Other  @other ", "Other  @another "} {
		if !found[line] {
			t.Errorf("%q is missing; there are %q", line, people)
		}
	}
	if len(people) != 5 {
		t.Errorf("%d people, want 5: %q", len(people), people)
	}
}

// sortedLike puts one text in front.
func sortedLike(list []string, first string) []string {
	sorted := []string{}
	for _, s := range list {
		if s == first {
			sorted = append([]string{s}, sorted...)
		} else {
			sorted = append(sorted, s)
		}
	}
	return sorted
}

// TestNothingIsPreFilled checks that a row comes in as it is, whatever defaults the CRM has.
func TestNothingIsPreFilled(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	template, err := utm.ParseTemplate(utm.Params{Source: utm.Of("from-the-profile")})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.service.CreateInfluencer(s.ctx, s.ws, crm.Influencer{Name: "Ida", Profiles: []crm.Profile{{
		Platform: "instagram", Handle: "ida", UTM: template, Rules: []discount.Rule{{Match: discount.Equals, Pattern: "PROFILE10"}}}}})
	if err != nil {
		t.Fatal(err)
	}
	s.bring("Influencer,Handle,Platform,Campaign,Posting date,Fee,utm_term,Tracking link,Discount code,Discount %\n" +
		"Ida,@ida,IG,Sale,2026-06-01,1,,,,\n" +
		"Ida,@ida,IG,Sale,2026-06-02,1,,https://shop.example/?utm_source=link&utm_term=ida%20c,\"IDA10, PAM*\",15 %\n" +
		"Ida,@ida,IG,Sale,2026-06-03,1,column,https://shop.example/?utm_term=link,,15 %\n")
	coops := s.contents().Cooperations
	wantUTM := []utm.Params{{}, {Source: utm.Of("link"), Term: utm.Of("ida c")}, {Term: utm.Of("column")}}
	wantRules := [][]string{{}, {"equals IDA10 15 % off", "starts with PAM 15 % off"}, {}}
	for n, c := range coops {
		if c.UTM != wantUTM[n] {
			t.Errorf("UTM of %s: %+v, want %+v", c.Period.Start, c.UTM, wantUTM[n])
		}
		rules := []string{}
		for _, r := range c.Rules {
			rules = append(rules, r.String()+" "+r.Benefit.String())
		}
		if diff := cmp.Diff(wantRules[n], rules); diff != "" {
			t.Errorf("rules of %s (-want +got):\n%s", c.Period.Start, diff)
		}
		for _, f := range utm.Fields() {
			if c.UTMOrigins[f].Kind != crm.Overridden || c.RulesOrigin.Kind != crm.Overridden {
				t.Errorf("origins of %s: %+v, %+v; want overridden", c.Period.Start, c.UTMOrigins, c.RulesOrigin)
			}
		}
	}
}

func TestProfileDefaultsAreWhatAllRowsAgreeOn(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	s.bring("Influencer,Handle,Platform,Campaign,Posting date,Fee,utm_source,utm_medium,utm_campaign,utm_term,Discount code,Responsible\n" +
		"Ida,@ida,IG,Sale,2026-06-01,1,instagram,influencer,sale,ida,IDA10,Mira\n" +
		"Ida,@ida,IG,Autumn,2026-09-01,1,instagram,influencer,autumn,ida,IDA10,MIRA\n" +
		"Ida,@ida,TikTok,Sale,2026-06-01,1,tiktok,influencer,sale,ida,IDA10,Mira\n" +
		"Ida,@ida,TikTok,Autumn,2026-06-01,1,tiktok,,autumn,ida,IDA15,Mira\n" +
		"Mats,@mats,IG,Sale,2026-06-01,1,instagram,influencer,sale,mats,MATS10,Mira\n" +
		"Mats,@mats,IG,Sale,2026-07-01,1,instagram,influencer,sale,mats,,Jan\n")
	want := map[string]string{
		"ida instagram": "instagram influencer  ida 1 true", "ida tiktok": "tiktok   ida 0 true",
		"mats instagram": "instagram influencer  mats 0 false",
	}
	got := map[string]string{}
	for _, i := range s.contents().Influencers {
		for _, p := range i.Profiles {
			u := p.UTM.Params()
			got[p.Handle+" "+p.Platform] = strings.Join([]string{u.Source.String(), u.Medium.String(), u.Campaign.String(), u.Term.String(),
				string(rune('0' + len(p.Rules))), map[bool]string{true: "true", false: "false"}[!i.Responsible.IsZero()]}, " ")
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCampaignsOfTheSheet(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	plan := s.bring("Influencer,Platform,Campaign,Campaign budget,Revenue target,Posting date,Fee\n" +
		"A,IG,Sale,,,2026-06-01,1\nB,IG,SALE,5000,20000,2026-06-01,1\nC,IG,Sale,6000,20000,2026-06-01,1\n")
	want := []string{"2 created", "3 created", "4 created ?kept@D"}
	if diff := cmp.Diff(want, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	campaigns := s.contents().Campaigns
	if len(campaigns) != 1 || campaigns[0].Name != "Sale" || campaigns[0].Budget != budget.FromMinor(500_000, "EUR") ||
		campaigns[0].RevenueTarget != budget.FromMinor(2_000_000, "EUR") {
		t.Errorf("%+v; want one campaign with the first budget and target", campaigns)
	}
	plan = s.plan("Influencer,Platform,Campaign,Campaign budget,Posting date,Fee\nD,IG,Sale,1,2026-06-01,1\n")
	if diff := cmp.Diff([]string{"2 created ?kept@D"}, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestArchivedInTheCRM(t *testing.T) {
	t.Parallel()
	const first = "Influencer,Handle,Platform,Campaign,Posting date,Fee\nIda,@ida,IG,Sale,2026-06-01,1\nMats,@mats,IG,Autumn,2026-06-01,1\nLea,@lea,IG,Winter,2026-06-01,1\n"
	s := memoryShop(t, nil)
	s.bring(first)
	there := s.contents()
	for _, r := range []crm.Record{there.Influencers[0], there.Campaigns[1], there.Cooperations[2]} {
		if _, err := s.service.Archive(s.ctx, s.ws, r.Ref().At(r.Revision()), ""); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"2 unchanged", "3 unchanged", "4 unchanged"}, account(s.plan(first))); diff != "" {
		t.Errorf("the same sheet (-want +got):\n%s", diff)
	}
	plan := s.bring(strings.ReplaceAll(first, ",1\n", ",2\n") +
		"Ida,@ida,IG,Winter,2026-07-01,1\nLea,@lea,IG,Autumn,2026-07-01,1\nLea,@lea,IG,Winter,2026-07-01,1\n")
	want := []string{"2 updated", "3 updated", "4 rejected !archived_cooperation@A",
		"5 rejected !archived_influencer@A", "6 rejected !archived_campaign@D", "7 created"}
	if diff := cmp.Diff(want, account(plan)); diff != "" {
		t.Errorf("a changed sheet (-want +got):\n%s", diff)
	}
}

// A member who is archived keeps what rows gave them, and gets nothing new.
func TestArchivedMembersInTheCRM(t *testing.T) {
	t.Parallel()
	const head, ida, mats = "Influencer,Platform,Campaign,Posting date,Fee,Responsible\n", "Ida,IG,Sale,2026-06-01,1,",
		"Mats,IG,Sale,2026-06-01,1,"
	s := memoryShop(t, nil)
	s.bring(head + ida + "Leo\n" + mats + "Anna\n")
	leo, anna := s.contents().Members[0], s.contents().Members[1]
	if leo.Name != "Leo" {
		leo, anna = anna, leo
	}
	if _, err := s.service.Archive(s.ctx, s.ws, leo.At(), ""); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"2 unchanged", "3 unchanged"}, account(s.plan(head+ida+"Leo\n"+mats+"Anna\n"))); diff != "" {
		t.Errorf("the same sheet (-want +got):\n%s", diff)
	}
	sheet := head + ida + "leo\n" + mats + "LEO\n" + "Lea,IG,Sale,2026-06-01,1,Leo\n"
	plan := s.bring(sheet)
	if diff := cmp.Diff([]string{"2 unchanged", "3 unchanged ?archived_member@F", "4 created ?archived_member@F"}, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	there := s.contents()
	if len(there.Members) != 2 {
		t.Errorf("members: %v", there.Members)
	}
	responsible := map[string]crm.MemberID{}
	for _, c := range there.Cooperations {
		responsible[c.Name] = c.Responsible
	}
	want := map[string]crm.MemberID{"Sale - Ida - Instagram": leo.ID, "Sale - Mats - Instagram": anna.ID, "Sale - Lea - Instagram": {}}
	if diff := cmp.Diff(want, responsible); diff != "" {
		t.Errorf("who is responsible (-want +got):\n%s", diff)
	}
	// Once the member is back, the sheet says it again.
	leo = there.Members[0]
	if leo.ArchivedOn.IsZero() {
		leo = there.Members[1]
	}
	if _, err := s.service.Restore(s.ctx, s.ws, leo.At(), ""); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"2 unchanged", "3 updated", "4 updated"}, account(s.plan(sheet))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAUTMSetThatAllRowsShare: the conflicts of each with each are counted, not listed.
func TestAUTMSetThatAllRowsShare(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("Influencer,Handle,Platform,Campaign,Posting date,Fee,utm_campaign,Discount code\n")
	for n := range 60 {
		fmt.Fprintf(&b, "Ida %d,@ida%d,IG,Sale,2026-06-01,1,sale,%s\n", n, n, []string{"SUN10", fmt.Sprint("IDA", n)}[min(1, n/10)])
	}
	plan := memoryShop(t, nil).plan(b.String())
	want := "2 created ?shared_by_many@G" + strings.Repeat(" ?code_conflict@H", 5) + " ?more_conflicts@H"
	if got := account(plan); got[0] != want || got[59] != "61 created ?shared_by_many@G" {
		t.Errorf("%q, %q; want %q", got[0], got[59], want)
	}
	if m := plan.Rows[0].Notices; !strings.Contains(m[0].Message.String(), "60 influencers") || !strings.Contains(m[6].Message.String(), "4 more") {
		t.Errorf("%+v", m)
	}
}
