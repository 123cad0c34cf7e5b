package crm_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// A history of random units, undos among them, replayed forward from the empty log is at every seq
// what AsOf rebuilds backwards.
func TestAsOfIsTheLogReplayed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		n := 0
		for range rapid.IntRange(1, 5).Draw(t, "units") {
			s.now = s.now.Add(time.Second)
			if rapid.IntRange(0, 3).Draw(t, "undo") == 0 {
				must(s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), ""))(t)
				continue
			}
			s.ok(s.work(func(w *crm.Work) error {
				for range rapid.IntRange(1, 5).Draw(t, "things") {
					n++
					if err := muddle(t, w, n); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		sameAsTheLog(t, s)
	})
}

// sameAsTheLog replays the log, and holds AsOf at every seq to that.
func sameAsTheLog(t tester, s *shop) {
	states := map[string]map[string]string{}
	versions, times := map[string]int64{}, map[string]crm.Times{}
	sameAsOf(t, s, 0, states, versions, times)
	for _, c := range s.changes() {
		ref := c.Record.String()
		state := maps.Clone(states[ref])
		if state == nil {
			state = map[string]string{}
		}
		for _, f := range c.Fields {
			if state[f.Field] = string(f.After); f.After == nil || f.Field == "version" || f.Field == "merged_into" {
				delete(state, f.Field)
			}
		}
		states[ref] = state
		if versions[ref]++; c.Kind == crm.Created {
			versions[ref] = c.Version()
		}
		written := times[ref]
		if written.ChangedAt = c.At; c.Kind == crm.Created {
			written.CreatedAt = c.At
		}
		times[ref] = written
		if c.Kind == crm.Deleted {
			delete(states, ref)
			delete(versions, ref)
			delete(times, ref)
		}
		sameAsOf(t, s, c.Seq, states, versions, times)
	}
}

// sameNames holds the names of a page to the records of the same reader.
func sameNames(t tester, r crm.Reader) {
	names := map[crm.Ref]string{}
	for _, record := range everyRecord(t, r) {
		switch record := record.(type) {
		case crm.Member:
			names[record.Ref()] = record.Name
		case crm.Campaign:
			names[record.Ref()] = record.Name
		case crm.Influencer:
			names[record.Ref()] = record.Name
		}
	}
	all := crm.CooperationFilter{Archive: crm.ActiveOrNot}
	page := must(r.Cooperations().List(ctx, all, crm.ListOptions{Size: 2, WithNames: true}))(t)
	want := crm.NewPageNames()
	for _, c := range page.Items {
		want.Campaigns[c.Campaign], want.Influencers[c.Influencer] = names[crm.RefTo(c.Campaign)], names[crm.RefTo(c.Influencer)]
		if !c.Responsible.IsZero() {
			want.Members[c.Responsible] = names[crm.RefTo(c.Responsible)]
		}
	}
	if diff := cmp.Diff(want, page.Names); diff != "" {
		t.Fatalf("names (-records +page):\n%s", diff)
	}
}

// samePlanRows holds the rows of the plan to the records of the same reader.
func samePlanRows(t tester, r crm.Reader) {
	influencers, want, got := map[crm.InfluencerID]crm.Influencer{}, map[crm.CooperationID]crm.PlanRow{}, map[crm.CooperationID]crm.PlanRow{}
	for _, record := range everyRecord(t, r) {
		switch record := record.(type) {
		case crm.Influencer:
			influencers[record.ID] = record
		case crm.Cooperation:
			want[record.ID] = crm.PlanRowOf(record, influencers[record.Influencer])
		}
	}
	rows := 0
	err := r.PlanRows(ctx, func(row crm.PlanRow) error {
		rows++
		got[row.Cooperation] = row
		return nil
	})
	if diff := cmp.Diff(want, got, values); diff != "" || err != nil || rows != len(want) {
		t.Fatalf("%d rows, %v (-records +rows of the plan):\n%s", rows, err, diff)
	}
}

func sameAsOf(t tester, s *shop, at crm.Seq, states map[string]map[string]string, versions map[string]int64,
	times map[string]crm.Times) {
	s.ok(s.crm.AsOf(ctx, s.ws, at, func(ctx context.Context, r crm.Reader) error {
		got, gotVersions, gotTimes := map[string]map[string]string{}, map[string]int64{}, map[string]crm.Times{}
		for _, record := range everyRecord(t, r) {
			got[record.Ref().String()] = fields(t, record)
			gotVersions[record.Ref().String()] = record.Revision()
			gotTimes[record.Ref().String()] = record.Written()
		}
		if diff := cmp.Diff(states, got); diff != "" {
			t.Fatalf("as of %d (-replayed +rebuilt):\n%s", at, diff)
		}
		samePlanRows(t, r)
		sameNames(t, r)
		if diff := cmp.Diff(versions, gotVersions); diff != "" {
			t.Fatalf("versions as of %d (-replayed +rebuilt):\n%s", at, diff)
		}
		if diff := cmp.Diff(times, gotTimes); diff != "" {
			t.Fatalf("times as of %d (-replayed +rebuilt):\n%s", at, diff)
		}
		return nil
	}))
}

// The Reader of a past answers every question as the store did at the time.
func TestAsOfReadsAsTheStoreDidThen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		type answers struct {
			at   crm.Seq
			said map[string]string
		}
		var then []answers
		n := 0
		for range rapid.IntRange(1, 4).Draw(t, "units") {
			s.now = s.now.Add(time.Hour)
			s.ok(s.work(func(w *crm.Work) error {
				for range rapid.IntRange(1, 8).Draw(t, "things") {
					n++
					if err := muddle(t, w, n); err != nil {
						return err
					}
				}
				return nil
			}))
			s.ok(s.crm.View(ctx, s.ws, func(ctx context.Context, r crm.Reader) error {
				then = append(then, answers{s.head().Seq, ask(t, r)})
				return nil
			}))
		}
		for _, want := range then {
			s.ok(s.crm.AsOf(ctx, s.ws, want.at, func(ctx context.Context, r crm.Reader) error {
				if diff := cmp.Diff(want.said, ask(t, r)); diff != "" {
					t.Fatalf("as of %d (-then +rebuilt):\n%s", want.at, diff)
				}
				return nil
			}))
		}
	})
}

// ask puts many questions to a Reader and returns the answers as JSON.
func ask(t *rapid.T, r crm.Reader) map[string]string {
	said := map[string]string{}
	tell := func(question string, answer any, err error) {
		doc, broken := json.Marshal(answer)
		said[question] = fmt.Sprint(string(doc), " ", errors.Join(err, broken))
	}
	head, err := r.Head(ctx)
	tell("head", head, err)
	changes, err := r.Changes(ctx, crm.ChangeFilter{After: head.Seq / 2}, crm.MaxPageSize)
	tell("changes", changes, err)
	claims, err := r.Claims(ctx, crm.ClaimFilter{})
	tell("claims", claims, err)
	claims, err = r.Claims(ctx, crm.ClaimFilter{Key: "aaa", Kinds: []crm.ClaimKind{crm.ClaimEquals}})
	tell("claims of a code", claims, err)
	plan, err := crm.ReadPlan(ctx, r, head.At, nil)
	tell("plan", plan, err)
	askList(t, tell, r.Members(), crm.MemberFilter{}, crm.MemberFilter{Archive: crm.ArchivedOnly}, crm.MemberFilter{Text: "1"})
	askList(t, tell, r.Campaigns(), crm.CampaignFilter{}, crm.CampaignFilter{Archive: crm.ActiveOrNot, Text: "!"},
		crm.CampaignFilter{Upcoming: true, On: day("2026-05-01")}, crm.CampaignFilter{State: crm.Running, On: day("2026-05-01")})
	askList(t, tell, r.Influencers(), crm.InfluencerFilter{}, crm.InfluencerFilter{Platforms: []string{"X"}},
		crm.InfluencerFilter{Name: "emma"}, crm.InfluencerFilter{Tags: []string{"vip"}})
	askList(t, tell, r.Cooperations(), crm.CooperationFilter{}, crm.CooperationFilter{Statuses: []crm.Status{crm.Signed}},
		crm.CooperationFilter{During: days("2026-05-02", "2026-05-03"), Archive: crm.ActiveOrNot}, crm.CooperationFilter{Name: "special "},
		crm.CooperationFilter{Tags: []string{"VIP"}}, crm.CooperationFilter{Platforms: []string{"X"},
			Archive: crm.ActiveOrNot}, crm.CooperationFilter{Platforms: []string{"insta"}, Tags: []string{"vip"}},
		crm.CooperationFilter{Cancelled: crm.NotCancelled}, crm.CooperationFilter{State: crm.Planned, On: day("2026-05-02")})
	return said
}

func askList[R crm.Record, F any](t *rapid.T, tell func(string, any, error), records crm.Records[R, F], filters ...F) {
	for n, f := range filters {
		count, err := records.Count(ctx, f)
		tell(fmt.Sprintf("count of %T %d", f, n), count, err)
		for _, o := range []crm.ListOptions{{Size: 2}, {Size: 1, Sort: crm.SortName, Desc: true}, {Size: 3, Sort: crm.SortStart}, {Size: 2, Sort: crm.SortChanged, Desc: true}, {Size: 2, Sort: crm.SortCost}, {Size: 1, Sort: crm.SortStatus}, {Size: 2, Sort: crm.SortInfluencer}, {Size: -1}, {Token: "x"}} {
			question := fmt.Sprintf("list of %T %d, %+v", f, n, o)
			all := []R{}
			for {
				page, err := records.List(ctx, f, o)
				all = append(all, page.Items...)
				tell(question, all, err)
				if len(page.Items) > max(o.Size, 0) {
					t.Fatalf("%s: %d in a page", question, len(page.Items))
				}
				if page.Next == "" || err != nil {
					break
				}
				o.Token = page.Next
			}
			ids := []crm.ID[R]{{9}}
			for _, r := range all {
				ids = append(ids, crm.ID[R](r.Ref().ID), crm.ID[R](r.Ref().ID))
				one, err := records.Get(ctx, crm.ID[R](r.Ref().ID))
				tell(r.Ref().String(), one, err)
			}
			some, err := records.GetAll(ctx, ids)
			tell("all of "+question, some, err)
		}
	}
}

func TestReportAsOf(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	seq := w.head().Seq
	before := must(w.crm.Report(ctx, w.ws, nil))(t)
	w.now = w.now.Add(48 * time.Hour)
	must(w.edit(w.deal.ID, "", func(c *crm.Cooperation) { c.Cost = eur(900000) }))(t)
	must(w.crm.Delete(ctx, w.ws, w.idea.At(), ""))(w)
	w.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: w.pam.ID, Cost: eur(1), Period: days("2026-07-01", ""),
		Rules: []discount.Rule{}})
	past := must(w.crm.ReportAsOf(ctx, w.ws, seq, nil))(t)
	if diff := cmp.Diff(asJSON(t, before), asJSON(t, past)); diff != "" {
		t.Errorf("(-then +rebuilt):\n%s", diff)
	}
	now := must(w.crm.ReportAsOf(ctx, w.ws, w.head().Seq, &crm.ReportOptions{Spread: budget.OnEnd}))(t)
	if got, want := now.Total.Allocated(), eur(900001); got != want {
		t.Errorf("today %s, not %s", got, want)
	}
	for name, empty := range map[string]*budget.Report{
		"as of seq 0":          must(w.crm.ReportAsOf(ctx, w.ws, 0, nil))(t),
		"before the beginning": must(w.crm.ReportAt(ctx, w.ws, time.Date(2020, 2, 3, 0, 0, 0, 0, time.UTC), nil))(t),
	} {
		if len(empty.Campaigns) != 0 || empty.Total.Allocated() != eur(0) {
			t.Errorf("%s: %d campaigns, %s", name, len(empty.Campaigns), empty.Total.Allocated())
		}
	}
	for _, at := range []time.Time{{}, time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)} {
		if _, err := w.crm.ReportAt(ctx, w.ws, at, nil); !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("at %s: %v", at, err)
		}
	}
	if _, err := w.crm.ReportAt(ctx, crm.WorkspaceID{9}, w.now, nil); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("another workspace: %v", err)
	}
}

// A report at a time has the day of that time, and the records of the last change before it.
func TestReportAt(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	made := w.now
	w.now = made.Add(24 * time.Hour)
	want := asJSON(t, must(w.crm.Report(ctx, w.ws, nil))(t))
	w.now = made.Add(48 * time.Hour)
	must(w.edit(w.deal.ID, "", func(c *crm.Cooperation) { c.Cost = eur(900000) }))(t)
	if diff := cmp.Diff(want, asJSON(t, must(w.crm.ReportAt(ctx, w.ws, made.Add(24*time.Hour), nil))(t))); diff != "" {
		t.Errorf("a day before the edit (-then +rebuilt):\n%s", diff)
	}
	if diff := cmp.Diff(asJSON(t, must(w.crm.Report(ctx, w.ws, nil))(t)), asJSON(t, must(w.crm.ReportAt(ctx, w.ws, w.now, nil))(t))); diff != "" {
		t.Errorf("now (-report +rebuilt):\n%s", diff)
	}
}

func asJSON(t tester, v any) string { return string(must(json.MarshalIndent(v, "", " "))(t)) }

func TestAsOfOutsideTheLog(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	never := func(context.Context, crm.Reader) error { t.Error("called"); return nil }
	for _, at := range []crm.Seq{-1, 2, 1 << 40} {
		if err := s.crm.AsOf(ctx, s.ws, at, never); !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("as of %d: %v", at, err)
		}
	}
	if err := s.crm.AsOf(ctx, crm.WorkspaceID{7}, 0, never); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("another workspace: %v", err)
	}
	boom := errors.New("boom")
	if err := s.crm.AsOf(ctx, s.ws, 1, func(context.Context, crm.Reader) error { return boom }); !errors.Is(err, boom) {
		t.Errorf("own error: %v", err)
	}
}

func TestSeqAt(t *testing.T) {
	t.Parallel()
	s := newShop(t) // seq 1, at start
	start := s.now
	for n := range 5 { // seqs 2 to 6, two of them at a time
		s.now = start.Add(time.Duration(n/2+1) * time.Hour)
		s.member(fmt.Sprint("Member ", n))
	}
	got := map[string]crm.Seq{}
	for name, at := range map[string]time.Time{
		"before": start.Add(-1), "start": start, "a moment later": start.Add(1), "first": start.Add(time.Hour),
		"another zone": start.Add(2 * time.Hour).In(time.FixedZone("far", 13*60*60)), "between": start.Add(150 * time.Minute),
		"last": start.Add(3 * time.Hour), "tomorrow": start.Add(24 * time.Hour), "zero": {},
	} {
		got[name] = must(s.crm.SeqAt(ctx, s.ws, at))(t)
	}
	want := map[string]crm.Seq{"before": 0, "start": 1, "a moment later": 1, "first": 3, "another zone": 5,
		"between": 5, "last": 6, "tomorrow": 6, "zero": 0}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
