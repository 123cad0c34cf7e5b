package sheetimport_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
)

func jsonOf(t failer, v any) string {
	t.Helper()
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What a plan says does not depend on whether it has read the whole workspace or what the sheet names.
func TestPlansReadWhatTheSheetNames(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := memoryShop(t, nil)
		for range rapid.IntRange(0, 2).Draw(t, "imports before") {
			earlier := drawTable(t)
			s.bring(earlier.text(t, earlier.inOrder()))
		}
		for _, c := range s.contents().Cooperations {
			switch rapid.IntRange(0, 5).Draw(t, "edit") {
			case 0:
				s.edit(c, func(c *crm.Cooperation) { c.Notes = "edited" })
			case 1:
				s.edit(c, func(c *crm.Cooperation) { c.Period.End = c.Period.Start })
			}
		}
		sheet := drawTable(t)
		text := sheet.text(t, sheet.inOrder())
		if rapid.Bool().Draw(t, "of an export") {
			text, _ = s.export()
		}
		s.samePlan(text)
	})
}

const digestSheet = "Influencer,Handle,Platform,Campaign,Posting date,Fee,Discount code,Colour\n" +
	"Ida,@ida,Insta,Sale,2026-06-01,100,IDA10,red\nMats,@mats,TikTok,Sale,2026-06-02,200,MATS10,\nIda,@ida,Insta,Sale,2026-06-01,100,IDA10,red\n"

// A plan that comes back from JSON says the same, and its digest makes another process carry out the same.
func TestPlanInAnotherProcess(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	plan := s.plan(digestSheet)
	text := jsonOf(t, plan)
	var back sheetimport.Plan
	if err := json.Unmarshal([]byte(text), &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(text, jsonOf(t, back)); diff != "" {
		t.Errorf("a plan after a JSON round trip (-before +after):\n%s", diff)
	}
	other := sheetimport.New(s.service, &sheetimport.Options{Reimport: true}) // with ids of its own
	if _, err := other.Apply(s.ctx, &back); err == nil || !strings.Contains(err.Error(), "ApplyFile") {
		t.Errorf("a plan without its sheet: error %v, want one that names ApplyFile", err)
	}
	run, err := other.ApplyFile(s.ctx, s.ws, csvfile.New("plan.csv", strings.NewReader(digestSheet), nil), back.Digest)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"created": 2, "duplicate": 1}, run.Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	ids := map[string]bool{}
	for _, c := range s.contents().Cooperations {
		ids[c.ID.String()] = true
	}
	for _, row := range plan.Rows[:2] {
		if id := row.Changes[len(row.Changes)-1].ID; !ids[id] {
			t.Errorf("the cooperation of row %d has not the id of the plan, %s; there are %v", row.Row, id, ids)
		}
	}
	if _, err := s.importer().Apply(s.ctx, plan); !errors.Is(err, sheetimport.ErrPlanOutdated) {
		t.Errorf("the plan again: error %v, want ErrPlanOutdated", err)
	}
}

func TestADigestIsOfOnePlan(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text    string // of the sheet the second time
		name    string
		options sheetimport.Options
		before  func(s *shop)
		digest  func(string) string
		want    error
	}{
		"the same":               {text: digestSheet},
		"a day later":            {text: digestSheet, options: sheetimport.Options{Today: budget.MustParseDate("2026-06-02")}},
		"another cost":           {text: strings.Replace(digestSheet, "200", "201", 1), want: sheetimport.ErrPlanOutdated},
		"another custom field":   {text: strings.Replace(digestSheet, "red\nM", "blue\nM", 1), want: sheetimport.ErrPlanOutdated},
		"another order of rows":  {text: reversed(digestSheet), want: sheetimport.ErrPlanOutdated},
		"another name":           {text: digestSheet, name: "other.csv", want: sheetimport.ErrPlanOutdated},
		"another option":         {text: digestSheet, options: sheetimport.Options{Status: crm.Draft}, want: sheetimport.ErrPlanOutdated},
		"another order of dates": {text: digestSheet, options: sheetimport.Options{DateOrder: cell.DayFirst}, want: sheetimport.ErrPlanOutdated},
		"a record beside": {text: digestSheet, before: func(s *shop) {
			s.influencer(crm.Influencer{Name: "Lea"})
		}},
		"the influencer is there by now": {text: digestSheet, want: sheetimport.ErrPlanOutdated, before: func(s *shop) {
			s.influencer(crm.Influencer{Name: "Ida"})
		}},
		"no digest":  {text: digestSheet, digest: func(string) string { return "abc" }, want: errAny},
		"a bad seed": {text: digestSheet, digest: func(d string) string { return "x" + d }, want: errAny},
		"a bad day": {text: digestSheet,
			digest: func(d string) string { return strings.Replace(d, "2026-06-01", "2026-13-01", 1) }, want: errAny},
		"another seed": {text: digestSheet, digest: func(d string) string { return uuid.NewString() + d[36:] },
			want: sheetimport.ErrPlanOutdated},
		"its sum is cut": {text: digestSheet, digest: func(d string) string { return d[:len(d)-2] }, want: sheetimport.ErrPlanOutdated},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			digest := s.plan(digestSheet).Digest
			if c.digest != nil {
				digest = c.digest(digest)
			}
			if c.before != nil {
				c.before(s)
			}
			before := s.contents()
			if c.name == "" {
				c.name = "plan.csv"
			}
			c.options.Reimport = true
			_, err := sheetimport.New(s.service, &c.options).ApplyFile(context.Background(), s.ws,
				csvfile.New(c.name, strings.NewReader(c.text), nil), digest)
			switch {
			case errors.Is(c.want, errAny) && err != nil:
			case !errors.Is(err, c.want):
				t.Errorf("error %v, want %v", err, c.want)
			}
			if err != nil && s.contents().Head != before.Head {
				t.Error("something was written")
			}
		})
	}
}

// Between plan and import a name may pass to another record. Then the rows would be filed under that one, though what they
// say is the same.
func TestNamesThatPassToOtherRecords(t *testing.T) {
	t.Parallel()
	const text = "Influencer,Platform,Campaign,Posting date,Fee,Responsible\nPam,IG,Summer,2026-06-01,100,Leo\n"
	for name, pass := range map[string]func(s *shop, there contents){
		"an influencer's": func(s *shop, there contents) {
			one := there.Influencers[0]
			one.Name = "Pam R."
			s.done(s.service.UpdateInfluencer(s.ctx, s.ws, one, ""))
			s.influencer(crm.Influencer{Name: "Pam"})
		},
		"a campaign's": func(s *shop, there contents) {
			one := there.Campaigns[0]
			one.Name = "Last summer"
			s.done(s.service.UpdateCampaign(s.ctx, s.ws, one, ""))
			s.done(s.service.CreateCampaign(s.ctx, s.ws, crm.Campaign{Name: "Summer"}))
		},
		"a member's": func(s *shop, there contents) {
			one := there.Members[0]
			one.Name = "Leo R."
			s.done(s.service.UpdateMember(s.ctx, s.ws, one, ""))
			s.done(s.service.CreateMember(s.ctx, s.ws, crm.Member{Name: "Leo"}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, &sheetimport.Options{Reimport: true})
			s.influencer(crm.Influencer{Name: "Pam"})
			s.done(s.service.CreateCampaign(s.ctx, s.ws, crm.Campaign{Name: "Summer"}))
			s.done(s.service.CreateMember(s.ctx, s.ws, crm.Member{Name: "Leo"}))
			plan := s.plan(text)
			pass(s, s.contents())
			before := s.contents().Head
			_, err := s.importer().Apply(s.ctx, plan)
			_, again := s.importer().ApplyFile(s.ctx, s.ws, csvfile.New("plan.csv", strings.NewReader(text), nil), plan.Digest)
			if !errors.Is(err, sheetimport.ErrPlanOutdated) || !errors.Is(again, sheetimport.ErrPlanOutdated) {
				t.Errorf("Apply %v, ApplyFile %v; want ErrPlanOutdated", err, again)
			}
			if s.contents().Head != before {
				t.Error("something was written")
			}
		})
	}
}

var errAny = errors.New("any error")

func reversed(sheet string) string {
	lines := strings.Split(strings.TrimSpace(sheet), "\n")
	lines[1], lines[2] = lines[2], lines[1]
	return strings.Join(lines, "\n") + "\n"
}

// countedStore counts the snapshots that plans are made in, and what writers read while they hold up others.
type countedStore struct {
	wholeStore
	lists *int
}

func (c countedStore) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	return c.wholeStore.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error { return fn(ctx, countedTx{tx, c.lists}) })
}

type countedTx struct {
	crm.Tx
	loads *int
}

// Claims implements crm.Reader. A plan of new cooperations reads them.
func (c countedTx) Claims(ctx context.Context, f crm.ClaimFilter) ([]crm.Claim, error) {
	*c.loads++
	return c.Tx.Claims(ctx, f)
}

// Apply makes the plan again only if something was written since, and then not while it holds the writer.
func TestApplyPlansAgainOnlyIfSomethingWasWritten(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(*shop){
		"nothing": func(*shop) {}, "something": func(s *shop) { s.influencer(crm.Influencer{Name: "Lea"}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			plan := s.plan(digestSheet)
			write(s)
			reads := 0
			service := s.service.WithStore(countedStore{s.store, &reads})
			if _, err := sheetimport.New(service, &s.options).Apply(s.ctx, plan); err != nil {
				t.Fatal(err)
			}
			if reads != 0 {
				t.Errorf("%d reads of claims while the writer was held, want none", reads)
			}
		})
	}
}
