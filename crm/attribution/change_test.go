package attribution_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/memory"
)

// brand is a workspace in a store, with a clock of its own.
type brand struct {
	*rapid.T
	svc *crm.Service
	ws  crm.WorkspaceID
	now time.Time
	n   int
}

func newBrand(t *rapid.T) *brand {
	b := &brand{T: t, now: at("06-01T10:00")}
	store, options := memory.New(nil), &crm.Options{Now: func() time.Time { return b.now }}
	b.svc = crm.New(store, options)
	b.ws = must(crm.NewAdmin(store, options).CreateWorkspace(t.Context(), crm.Workspace{Name: "Shop", Currency: "EUR",
		TimeZone: "Europe/Berlin"})).ID
	return b
}

func (b *brand) snapshot() (s attribution.Snapshot) {
	err := b.svc.View(b.Context(), b.ws, func(ctx context.Context, r crm.Reader) (err error) {
		s, err = attribution.ReadSnapshot(ctx, r)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func someCodes() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"=PAM10", "=PAM15", "=EMMA10", "^PAM", "$10", "*AM1", "*PAM", "=NEWS10"})
}

func (b *brand) terms(c crm.Cooperation) crm.Cooperation {
	drawn := deal(fmt.Sprintf("A %s %s %s %s utm:term=%s",
		rapid.SampledFrom([]string{"draft", "signed", "signed", "negotiating"}).Draw(b.T, "status"),
		rapid.SampledFrom([]string{"06-01..06-30", "06-10..06-20", "05-01..", "07-01..07-31"}).Draw(b.T, "days"),
		someCodes().Draw(b.T, "code"), someCodes().Draw(b.T, "other code"),
		rapid.SampledFrom([]string{"pam", "emma", "pan"}).Draw(b.T, "term")))
	c.Status, c.Period, c.Rules, c.UTM = drawn.Status, drawn.Period, drawn.Rules, drawn.UTM
	c.Cost, c.LastTouch = budget.FromMinor(rapid.Int64Range(0, 500).Draw(b.T, "cost"), "EUR"), rapid.Bool().Draw(b.T, "last touch")
	return c
}

// change does one thing in the workspace, if it may.
func (b *brand) change() {
	b.n++
	b.now = b.now.Add(time.Minute)
	s, ctx := b.snapshot(), b.Context()
	var err error
	switch do := rapid.IntRange(0, 13).Draw(b.T, "do"); {
	case do == 0 || len(s.Campaigns) == 0:
		_, err = b.svc.CreateCampaign(ctx, b.ws, crm.Campaign{Name: fmt.Sprint("Campaign ", b.n), RevenueTarget: budget.FromMinor(90_000, "EUR")})
	case do == 1 || len(s.Influencers) == 0:
		_, err = b.svc.CreateInfluencer(ctx, b.ws, crm.Influencer{Name: fmt.Sprint("Person ", b.n),
			Profiles: []crm.Profile{{Platform: "tiktok"}}})
	case do < 6 || len(s.Cooperations) == 0:
		i := rapid.SampledFrom(s.Influencers).Draw(b.T, "influencer")
		_, err = b.svc.CreateCooperation(ctx, b.ws, b.terms(crm.Cooperation{
			Campaign: rapid.SampledFrom(s.Campaigns).Draw(b.T, "campaign").ID, Influencer: i.ID, Profile: i.Profiles[0].ID,
		}))
	case do < 9:
		_, err = b.svc.UpdateCooperation(ctx, b.ws, b.terms(rapid.SampledFrom(s.Cooperations).Draw(b.T, "edited")), "because")
	case do == 9:
		c := rapid.SampledFrom(s.Campaigns).Draw(b.T, "renamed")
		c.Name += "!"
		_, err = b.svc.UpdateCampaign(ctx, b.ws, c, "")
	case do == 10:
		i := crm.Clone(rapid.SampledFrom(s.Influencers).Draw(b.T, "moved"))
		i.Profiles[0].Platform = rapid.SampledFrom([]string{"tiktok", "instagram"}).Draw(b.T, "platform")
		_, err = b.svc.UpdateInfluencer(ctx, b.ws, i, "")
	case do == 11:
		owners := []crm.At{s.Campaigns[0].At(), s.Influencers[0].At(), s.Cooperations[0].At()}
		_, err = b.svc.Archive(ctx, b.ws, rapid.SampledFrom(owners).Draw(b.T, "archived"), "because")
	case do == 12:
		_, err = b.svc.Delete(ctx, b.ws, rapid.SampledFrom(s.Cooperations).Draw(b.T, "deleted").At(), "because")
	default:
		ws := s.Workspace
		ws.TailDays = rapid.IntRange(0, 2).Draw(b.T, "tail days")
		ws.CodeComparison = rapid.SampledFrom(discount.Comparisons()).Draw(b.T, "comparison")
		ws.IgnoredCodes = rapid.SampledFrom([][]string{{}, {"NEWS10"}, {"PAM15"}}).Draw(b.T, "ignored")
		_, err = b.svc.UpdateWorkspace(ctx, b.ws, ws, "")
	}
	for _, family := range []error{nil, crm.ErrInvalid, crm.ErrReferenced, crm.ErrAlreadyExists} {
		if errors.Is(err, family) {
			return
		}
	}
	b.Fatal(err)
}

// said is all that an index says of some orders.
func said(t *rapid.T, x *attribution.Index, s attribution.Snapshot) (all []any) {
	totals := must(attribution.NewTotals(x, nil))
	for _, code := range []string{"PAM10", "PAM15", "emma10", "NEWS10", "PMA10", "PAM10-DE", "EMMA1O", "PÄM10"} {
		for _, day := range []string{"06-15", "07-02"} {
			o := order(day + "T12:00 " + code + " @" + day + "T11:00 term=pam @" + day + "T10:00 term=pem")
			d := must(x.Decide(o))
			all = append(all, d, must(x.Diagnose(t.Context(), o)))
			if err := totals.Add(o, d); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, axis := range attribution.Axes() {
		all = append(all, totals.Lines(axis))
	}
	for _, c := range s.Cooperations {
		all = append(all, x.Name(c.Ref()), x.Name(crm.RefTo(c.Campaign)), x.Name(crm.RefTo(c.Influencer)))
	}
	return append(all, x.Workspace(), x.Seq(), x.Len())
}

func sameIndex(t *rapid.T, how string, s attribution.Snapshot, got *attribution.Index) {
	t.Helper()
	fresh := must(attribution.NewIndex(s, nil))
	if diff := cmp.Diff(said(t, fresh, s), said(t, got, s), cmp.AllowUnexported(budget.Money{}), cmp.Comparer(sameDate)); diff != "" {
		t.Fatalf("%s (-made anew +changed):\n%s", how, diff)
	}
}

func sameDate(a, b budget.Date) bool { return a == b }

// However an index came to its records, it says what one says that is made of them anew.
func TestChangedIndexIsOneMadeAnew(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := newBrand(t)
		for range rapid.IntRange(0, 8).Draw(t, "before") {
			b.change()
		}
		x := must(attribution.NewIndex(b.snapshot(), nil))
		for range rapid.IntRange(1, 2).Draw(t, "steps") {
			for range rapid.IntRange(1, 5).Draw(t, "changes") {
				b.change()
			}
			now := b.snapshot()
			y, err := x.Apply(must(b.svc.Changes(t.Context(), b.ws, x.Seq(), crm.MaxPageSize)))
			if err != nil {
				t.Fatal(err)
			}
			sameIndex(t, "applied", now, y)
			sameIndex(t, "refreshed", now, b.refreshed(x))
			if b.refreshed(y) != y {
				t.Fatal("an index that is up to date was made again")
			}
			if len(now.Cooperations) > 0 {
				b.tryWith(y, now)
			}
			sameIndex(t, "left as it was", now, y)
			x = y
		}
		past := rapid.IntRange(1, int(x.Seq())).Draw(t, "past")
		var then attribution.Snapshot
		err := b.svc.AsOf(t.Context(), b.ws, crm.Seq(past), func(ctx context.Context, r crm.Reader) (err error) {
			then, err = attribution.ReadSnapshot(ctx, r)
			return err
		})
		if err != nil || then.Seq != crm.Seq(past) {
			t.Fatalf("as of %d: %d, %v", past, then.Seq, err)
		}
		up, err := must(attribution.NewIndex(then, nil)).Apply(must(b.svc.Changes(t.Context(), b.ws, then.Seq, crm.MaxPageSize)))
		if err != nil {
			t.Fatal(err)
		}
		sameIndex(t, "from the past", b.snapshot(), up)
	})
}

func (b *brand) refreshed(x *attribution.Index) (y *attribution.Index) {
	err := b.svc.View(b.Context(), b.ws, func(ctx context.Context, r crm.Reader) (err error) {
		y, err = x.Refresh(ctx, r)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return y
}

// tryWith holds an index with a changed and a new cooperation to one that is made of them.
func (b *brand) tryWith(x *attribution.Index, s attribution.Snapshot) {
	s.Cooperations = slices.Clone(s.Cooperations)
	n := rapid.IntRange(0, len(s.Cooperations)-1).Draw(b.T, "tried")
	s.Cooperations[n] = b.terms(s.Cooperations[n])
	fresh := b.terms(s.Cooperations[n])
	fresh.ID = crm.CooperationID{15: 200}
	s.Cooperations = append(s.Cooperations, fresh)
	s.Workspace.TailDays = rapid.IntRange(0, 2).Draw(b.T, "tried tail days")
	s.Workspace.CodeComparison = rapid.SampledFrom(discount.Comparisons()).Draw(b.T, "tried comparison")
	sameIndex(b.T, "tried", s, must(x.With(s.Cooperations[n], fresh, s.Workspace, crm.Member{})))
}

func TestApplyRefuses(t *testing.T) {
	t.Parallel()
	s := snapshot(crm.Workspace{}, []string{"A 06-01..06-30 =PAM10"})
	s.Seq = 7
	x := must(attribution.NewIndex(s, nil))
	ref := s.Cooperations[0].Ref()
	for _, test := range []struct {
		name string
		c    crm.Change
		want string
	}{
		{"a gap", crm.Change{Seq: 9, Kind: crm.Updated, Record: ref},
			`cooperation seq "9": does not go on from 7, with which the index ends; refresh it`},
		{"erased", crm.Change{Seq: 8, Kind: crm.Erased, Record: ref},
			`cooperation: personal data was erased; read the record again`},
		{"known", crm.Change{Seq: 7, Kind: crm.Erased, Record: ref}, ""},
		{"a member", crm.Change{Seq: 8, Kind: crm.Erased, Record: crm.Ref{Kind: crm.KindMember, ID: ref.ID}}, ""},
	} {
		_, err := x.Apply([]crm.Change{test.c})
		if got := fmt.Sprint(err); err != nil && got != test.want || err == nil && test.want != "" {
			t.Errorf("%s: %v\nwant %s", test.name, err, test.want)
		}
	}
	if _, err := x.With(crm.Workspace{ID: crm.WorkspaceID{15: 9}, TimeZone: "Europe/Berlin"}); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("another workspace: %v", err)
	}
}

// A host keeps its index by the log, in place of reading all records again.
func ExampleIndex_Apply() {
	s := attribution.Snapshot{
		Workspace: crm.Workspace{TimeZone: "Europe/Berlin"}, Seq: 1,
		Cooperations: []crm.Cooperation{{
			ID: crm.CooperationID{15: 1}, Name: "Summer - Pam", Status: crm.Signed, Version: 1,
			Period: budget.Period{Start: budget.MustParseDate("2026-06-01")},
			Rules:  []discount.Rule{{Match: discount.Equals, Pattern: "PAM10"}},
		}},
	}
	before, err := attribution.NewIndex(s, nil)
	if err != nil {
		panic(err)
	}
	after, err := before.Apply([]crm.Change{{
		Seq: 2, Kind: crm.Updated, Record: s.Cooperations[0].Ref(),
		Fields: []crm.FieldChange{{Field: "status", Before: []byte(`"signed"`), After: []byte(`"draft"`)}},
	}})
	if err != nil {
		panic(err)
	}
	order := attribution.Order{ID: "1001", At: time.Date(2026, 6, 10, 12, 0, 0, 0, time.UTC), Codes: []string{"PAM10"}}
	for _, x := range []*attribution.Index{before, after} {
		d, err := x.Decide(order)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%d: %q\n", x.Seq(), d.Candidates[0].Lost)
	}
	// Output:
	// 1: ""
	// 2: "not_signed"
}
