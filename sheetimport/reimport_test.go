package sheetimport_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/report"
)

// A deal that is called off keeps the status that it had, so that the fee of a signed one counts and that of a draft
// does not.
func TestReimportOfACancelledDeal(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Platform,Campaign,Posting date,Fee,Deal status,Cancelled on,Cancellation fee\n"
	for _, c := range []struct {
		name, was, now string
		status         crm.Status
		signed         int64 // afterwards, in cents
	}{
		{"signed, no day and no fee", "signed,,", "abgesagt,,", crm.Signed, 0},
		{"signed, with a fee", "signed,,", "abgesagt,2026-06-02,30", crm.Signed, 30_00},
		{"a draft, with a fee", "Entwurf,,", "abgesagt,2026-06-02,30", crm.Draft, 0},
		{"a draft that the sheet says was signed", "Entwurf,,", "signed,2026-06-02,30", crm.Signed, 30_00},
		{"from the first", "abgesagt,2026-06-02,30", "abgesagt,2026-06-02,40", crm.Draft, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			for _, terms := range []string{c.was, c.now} {
				s.bring(head + "Ida,IG,Sale,2026-06-01,100," + terms + "\n")
			}
			got := s.contents().Cooperations[0]
			if got.Status != c.status || got.Cancellation == nil || got.Cancellation.Status != c.status {
				t.Errorf("%s, %+v, want %s", got.Status, got.Cancellation, c.status)
			}
			report, err := s.service.Report(s.ctx, s.ws, nil)
			if err != nil || report.Total.Signed != budget.FromMinor(c.signed, "EUR") {
				t.Errorf("signed %s, %v; want %d", report.Total.Signed, err, c.signed)
			}
		})
	}
}

// TestReimport holds a row three ways: as imported, in the sheet now, in the CRM now.
func TestReimport(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,End date,Fee,Discount code,Discount %,Notes,Deal status,Last touch,Responsible,Colour\n"
	const was = head + "Ida,@ida,IG,Sale,2026-06-01,2026-06-30,100,IDA10,10 %,first,Entwurf,yes,Mira,red\n"
	cost := func(c *crm.Cooperation) { c.Cost = budget.FromMinor(77_00, "EUR") }
	for _, c := range []struct {
		name  string
		edit  func(*crm.Cooperation) // in the CRM
		csv   string
		want  []string
		field []string // that changed
		check func(crm.Cooperation) bool
	}{
		{"changed in the CRM only: kept", cost, was, []string{"2 unchanged"}, nil,
			func(c crm.Cooperation) bool { return c.Cost.Minor() == 77_00 }},
		{"changed in the sheet only: updated, that field only", nil, strings.Replace(was, ",100,", ",250,", 1), []string{"2 updated"},
			[]string{"cost: 100.00 EUR -> 250.00 EUR"}, func(c crm.Cooperation) bool { return c.Cost.Minor() == 250_00 && c.Notes == "first" }},
		{"changed in both: kept, a conflict", cost, strings.Replace(was, ",100,", ",250,", 1), []string{"2 conflict !changed_in_both@G"},
			nil, func(c crm.Cooperation) bool { return c.Cost.Minor() == 77_00 }},
		{"changed in both to the same", cost, strings.Replace(was, ",100,", ",77,", 1), []string{"2 unchanged"}, nil, nil},
		{"a conflict does not hold up another field", cost,
			head + "Ida,@ida,IG,Sale,2026-06-01,2026-06-30,250,IDA10,10 %,second,Entwurf,yes,Mira,red\n",
			[]string{"2 conflict !changed_in_both@G"}, []string{"notes: first -> second"},
			func(c crm.Cooperation) bool { return c.Cost.Minor() == 77_00 && c.Notes == "second" }},
		{"blank never overwrites", nil, head + "Ida,,IG,Sale,2026-06-01,2026-06-30,,IDA10,,,,,,\n", []string{"2 unchanged"}, nil,
			func(c crm.Cooperation) bool {
				return c.Status == crm.Draft && c.LastTouch && c.Notes == "first" && !c.Responsible.IsZero() && c.Custom["Colour"] == "red" &&
					c.Rules[0].Benefit.Kind == discount.Percentage && c.Cost.Minor() == 100_00
			}},
		{"columns that the later sheet lacks", nil,
			"Influencer,Platform,Campaign,Posting date,End date,Discount code\nIda,IG,Sale,2026-06-01,2026-06-30,IDA10\n",
			[]string{"2 unchanged"}, nil, func(c crm.Cooperation) bool {
				return c.Status == crm.Draft && c.LastTouch && c.Rules[0].Benefit.Kind == discount.Percentage
			}},
		{"new columns", nil, strings.Replace(strings.Replace(was, "Colour", "Colour,Taste", 1), ",red", ",red,sweet", 1), []string{"2 updated"},
			[]string{"custom.Taste:  -> sweet"},
			func(c crm.Cooperation) bool { return c.Custom["Taste"] == "sweet" && c.Custom["Colour"] == "red" }},
		{"found by its key after moving", nil, head + "Mats,@mats,IG,Sale,2026-06-01,,1,,,,,,,\n,,,,,,,,,,,,,\n" + strings.TrimPrefix(was, head),
			[]string{"2 created ?no_status@K", "3 skipped", "4 unchanged"}, nil, nil},
		{"found by its slot when the code changed", nil, strings.Replace(was, "IDA10", "IDA20", 1), []string{"2 updated"},
			[]string{"code: equals IDA10 -> equals IDA20"}, func(c crm.Cooperation) bool {
				return len(c.Rules) == 1 && c.Rules[0].Pattern == "IDA20" && c.RulesOrigin.Kind == crm.Overridden
			}},
		{"found by its slot when the end changed", nil, strings.Replace(was, "2026-06-30", "2026-07-31", 1), []string{"2 updated"},
			[]string{"end: 2026-06-30 -> 2026-07-31"}, nil},
		{"found by its slot though the CRM moved the posting", func(c *crm.Cooperation) { c.Period.Start = budget.MustParseDate("2026-06-02") },
			strings.Replace(was, "IDA10", "IDA20", 1), []string{"2 updated"}, []string{"code: equals IDA10 -> equals IDA20"},
			func(c crm.Cooperation) bool { return c.Period.Start.String() == "2026-06-02" }},
		{"a slot that two rows share finds nothing", nil, strings.Replace(was, "IDA10", "IDA20", 1) +
			strings.TrimPrefix(strings.Replace(was, "IDA10", "IDA30", 1), head),
			[]string{"2 created", "3 created"}, nil, nil},
		{"a slot whose cooperation has its row finds nothing", nil, strings.Replace(was, "IDA10", "IDA20", 1) + strings.TrimPrefix(was, head),
			[]string{"2 created", "3 unchanged"}, nil, nil},
		{"the same under another name of the same person", nil, strings.Replace(was, "Ida,", "Ida C.,", 1), []string{"2 unchanged"}, nil, nil},
		{"another posting date is another cooperation", nil, strings.Replace(was, "2026-06-01", "2026-06-02", 1),
			[]string{"2 created"}, nil, nil},
		{"signed now", nil, strings.Replace(was, "Entwurf", "signed", 1), []string{"2 updated"}, []string{"status: draft -> signed"},
			func(c crm.Cooperation) bool { return c.Status == crm.Signed }},
		{"cancelled now", nil, strings.Replace(was, "Entwurf", "abgesagt", 1), []string{"2 updated ?cancelled@K"},
			[]string{"status: draft -> cancelled"},
			func(c crm.Cooperation) bool { return c.Cancellation != nil && c.Cancellation.Fee.IsSet() }},
		{"cancelled now, signed in the CRM: nothing of the cancellation is taken", func(c *crm.Cooperation) { c.Status = crm.Signed },
			strings.Replace(head, "Deal status", "Deal status,Cancellation fee", 1) +
				strings.Replace(strings.TrimPrefix(was, head), "Entwurf", "abgesagt,30", 1),
			[]string{"2 conflict !changed_in_both@K ?cancelled@K"}, nil,
			func(c crm.Cooperation) bool { return c.Status == crm.Signed && c.Cancellation == nil }},
		{"another responsible member", nil, strings.Replace(was, "Mira", "Jan", 1), []string{"2 updated"},
			[]string{"name:  -> Jan", "responsible: Mira -> Jan"}, nil},
		{"the same member in other letters", nil, strings.Replace(was, "Mira", "MIRA", 1), []string{"2 unchanged"}, nil, nil},
		{"another percentage", nil, strings.Replace(was, "10 %", "20 %", 1), []string{"2 updated"}, []string{"percentage: 10 % off -> 20 % off"},
			func(c crm.Cooperation) bool { return c.Rules[0].Benefit.Value.String() == "20" }},
		{"another platform", nil, strings.Replace(was, ",IG,", ",TikTok,", 1), []string{"2 updated"},
			[]string{"platform: instagram -> tiktok", "profiles:  -> TikTok @ida"},
			func(c crm.Cooperation) bool { return !c.Profile.IsZero() && strings.HasSuffix(c.Name, "TikTok") }},
		{"the row does not fit the CRM's own changes", func(c *crm.Cooperation) { c.Period.Start = budget.MustParseDate("2026-06-20") },
			strings.Replace(was, "2026-06-30", "2026-06-10", 1), []string{"2 rejected !not_valid@A"}, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			s.bring(was)
			coop := s.contents().Cooperations[0]
			if c.edit != nil {
				s.edit(coop, c.edit)
			}
			plan := s.bring(c.csv)
			if diff := cmp.Diff(c.want, account(plan)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			var fields []string
			for _, r := range plan.Rows {
				if r.Verdict != sheetimport.Created {
					for _, change := range r.Changes {
						fields = append(fields, change.Field+": "+change.From+" -> "+change.To)
					}
				}
			}
			if diff := cmp.Diff(sorted(c.field), sorted(fields)); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
			after, err := s.service.Cooperation(s.ctx, s.ws, coop.ID)
			if err != nil {
				t.Fatal(err)
			}
			if c.check != nil && !c.check(after) {
				t.Errorf("the cooperation is %+v", after)
			}
			// Once more: what was taken over is settled, and conflicts repeat.
			before := s.contents().Head
			settled := s.bring(c.csv)
			for n, r := range settled.Rows {
				first := plan.Rows[n].Verdict
				if first == sheetimport.Created || first == sheetimport.Updated {
					first = sheetimport.Unchanged
				}
				if r.Verdict != first || len(r.Changes) > 0 {
					t.Errorf("once more: row %d is %s with %v, want %s", r.Row, r.Verdict, r.Changes, first)
				}
			}
			if head := s.contents().Head; head != before {
				t.Errorf("the head went from %d to %d", before.Seq, head.Seq)
			}
		})
	}
}

func TestReimportRepairedAndGoneRows(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,Fee\n"
	s := memoryShop(t, nil)
	s.bring(head + "Ida,@ida,IG,Sale,2026-06-01,100\nMats,@mats,,Sale,2026-06-01,100\nLea,@lea,IG,Sale,2026-06-01,100\n")
	lea := s.contents().Cooperations[1]
	plan := s.bring(head + "Ida,@ida,IG,Sale,2026-06-01,100\nMats,@mats,IG,Sale,2026-06-01,100\n")
	if diff := cmp.Diff([]string{"2 unchanged", "3 created"}, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]sheetimport.Gone{{ID: lea.ID, Name: lea.Name}}, plan.Gone); diff != "" {
		t.Errorf("gone (-want +got):\n%s", diff)
	}
	if after, err := s.service.Cooperation(s.ctx, s.ws, lea.ID); err != nil || after.Version != lea.Version {
		t.Errorf("version %d, %v; want it untouched", after.Version, err)
	}
	var text strings.Builder
	if err := report.WriteText(&text, plan, nil); err != nil || !strings.Contains(text.String(), "1 cooperation of earlier imports not in this sheet") {
		t.Errorf("%v, %s", err, &text)
	}
}

// TestReimportTakesNobodysHandle: a handle of somebody else rejects the row in the plan, not the import.
func TestReimportTakesNobodysHandle(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,Fee\n"
	s := memoryShop(t, nil)
	s.bring(head + "Ida,@ida,IG,Sale,2026-06-01,100\nMats,@mats,TikTok,Sale,2026-06-01,100\n")
	plan := s.bring(head + "Ida,@mats,TikTok,Sale,2026-06-01,100\nMats,@mats,TikTok,Sale,2026-06-01,100\n")
	if diff := cmp.Diff([]string{"2 rejected !handle_taken@B", "3 unchanged"}, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRejectedRowsHaveOnlyWhatRejectsThem: what was changed on both sides is no reason for a rejection.
func TestRejectedRowsHaveOnlyWhatRejectsThem(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,End date,Fee\n"
	s := memoryShop(t, nil)
	s.bring(head + "Ida,@ida,IG,Sale,2026-06-01,2026-06-10,100\n")
	s.edit(s.contents().Cooperations[0], func(c *crm.Cooperation) { c.Cost = budget.FromMinor(300_00, "EUR") })
	if _, err := s.service.Archive(s.ctx, s.ws, s.contents().Cooperations[0].At(), ""); err != nil {
		t.Fatal(err)
	}
	plan := s.plan(head + "Ida,@ida,IG,Sale,2026-06-01,2026-06-20,200\n")
	if diff := cmp.Diff([]string{"2 rejected !archived_cooperation@A ?changed_in_both@G"}, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
