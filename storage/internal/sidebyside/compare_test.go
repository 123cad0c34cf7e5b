package sidebyside_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"reflect"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/soundness"
	"github.com/getklar/influencercrm/utm"
)

// exactly compares values down to nil and empty, but decimals by value; errors by what they say and
// what they are.
var exactly = cmp.Options{
	cmpopts.EquateComparable(budget.Date{}, budget.Month{}, budget.Money{}, utm.Params{}),
	cmp.Comparer(func(a, b json.RawMessage) bool { return bytes.Equal(a, b) }),
	cmp.Comparer(sameErrors),
}

func sameErrors(a, b error) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	for _, family := range []error{crm.ErrInvalid, crm.ErrNotFound, crm.ErrAlreadyExists, crm.ErrConflict, crm.ErrReferenced, crm.ErrStorage} {
		if errors.Is(a, family) != errors.Is(b, family) {
			return false
		}
	}
	return a.Error() == b.Error()
}

// same ends the test if two answers differ.
func (p *pair) same(what string, a, b any) {
	if reflect.DeepEqual(a, b) { // as strict, and much faster
		return
	}
	if d := cmp.Diff(a, b, exactly); d != "" {
		p.Fatalf("%s (-memory +sqlite):\n%s", what, d)
	}
}

// compare compares all that the two sides have to say about the present.
func (p *pair) compare() {
	err := p.a.crm.View(p.ctx, p.a.ws, func(ctx context.Context, a crm.Reader) error {
		if err := soundness.Check(ctx, a); err != nil {
			p.Fatalf("the workspace contradicts itself: %v", err)
		}
		return p.b.crm.View(p.ctx, p.b.ws, func(ctx context.Context, b crm.Reader) error {
			return p.compareReaders(ctx, a, b)
		})
	})
	if err != nil {
		p.Fatalf("%v", err)
	}
}

// comparePast compares what they have to say about some moment of the past.
func (p *pair) comparePast() {
	var head crm.Head
	err := p.a.crm.View(p.ctx, p.a.ws, func(ctx context.Context, r crm.Reader) (err error) {
		head, err = r.Head(ctx)
		return err
	})
	if err != nil {
		p.Fatalf("%v", err)
	}
	seq := crm.Seq(rapid.Int64Range(1, int64(head.Seq)).Draw(p.T, "as of"))
	err = p.a.crm.AsOf(p.ctx, p.a.ws, seq, func(ctx context.Context, a crm.Reader) error {
		return p.b.crm.AsOf(p.ctx, p.b.ws, seq, func(ctx context.Context, b crm.Reader) error {
			return p.compareReaders(ctx, a, b)
		})
	})
	if err != nil {
		p.Fatalf("%v", err)
	}
}

// compareReaders asks two readers the same questions.
func (p *pair) compareReaders(ctx context.Context, a, b crm.Reader) error {
	g, err := newGenerator(ctx, p.T, a)
	if err != nil {
		return err
	}
	ask := func(what string, question func(crm.Reader) (any, error)) {
		answer, err := question(a)
		other, errOther := question(b)
		p.same(what, outcome{what, answer, err}, outcome{what, other, errOther})
	}
	ask("workspace", func(r crm.Reader) (any, error) { return r.Workspace(ctx) })
	ask("head", func(r crm.Reader) (any, error) { return r.Head(ctx) })
	ask("log", func(r crm.Reader) (any, error) { return r.Changes(ctx, crm.ChangeFilter{}, crm.MaxPageSize) })
	of, claims, limit := g.changeFilter(), g.claimFilter(), rapid.IntRange(0, 5).Draw(p.T, "limit")
	ask("part of the log", func(r crm.Reader) (any, error) { return r.Changes(ctx, of, limit) })
	ask("sums of the plan", func(r crm.Reader) (any, error) {
		sums, kept, err := r.PlanSums(ctx, crm.PlanSumFilter{})
		return []any{sums, kept}, err
	})
	ask("days of campaigns", func(r crm.Reader) (any, error) {
		var ids []crm.CampaignID
		err := crm.Each(ctx, r.Campaigns(), crm.CampaignFilter{Archive: crm.ActiveOrNot}, func(c crm.Campaign) error {
			ids = append(ids, c.ID)
			return nil
		})
		spans, failed := r.PlanSpans(ctx, ids)
		return spans, errors.Join(err, failed)
	})
	ask("summary", func(r crm.Reader) (any, error) { return crm.ReadSummary(ctx, r, p.now, nil) })
	ask("claims", func(r crm.Reader) (any, error) { return r.Claims(ctx, crm.ClaimFilter{}) })
	ask("some claims", func(r crm.Reader) (any, error) { return r.Claims(ctx, claims) })
	for _, f := range []crm.CooperationFilter{cooperations.all, cooperations.filter(g)} {
		ask("sums", func(r crm.Reader) (any, error) { return r.Sums(ctx, f) })
		ask("facets", func(r crm.Reader) (any, error) { return r.Facets(ctx, f) })
	}
	for _, f := range []crm.InfluencerFilter{influencers.all, influencers.filter(g)} {
		ask("facets of influencers", func(r crm.Reader) (any, error) { return r.InfluencerFacets(ctx, f) })
	}
	ask("report", func(r crm.Reader) (any, error) { return reportOf(ctx, r, p) })
	askRecords(ctx, ask, g, members, g.members)
	askRecords(ctx, ask, g, campaigns, g.campaigns)
	askRecords(ctx, ask, g, influencers, g.influencers)
	ask("pictures", func(r crm.Reader) (any, error) {
		shown, err := pictures(ctx, r, g.influencers)
		if err != nil { // nothing of this test takes one away
			p.Fatalf("picture: %v", err)
		}
		return shown, nil
	})
	askRecords(ctx, ask, g, cooperations, g.cooperations)
	askRecords(ctx, ask, g, importRuns, g.importRuns)
	return nil
}

// reportOf is the planning report as JSON.
func reportOf(ctx context.Context, r crm.Reader, p *pair) (string, error) {
	plan, err := crm.ReadPlan(ctx, r, p.now, nil)
	if err != nil {
		return "", err
	}
	report, err := budget.New(plan)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(report)
	return string(text), err
}

// askRecords asks for the records of one kind: each order of the whole list, in pages of some size,
// and filtered; single ones; and how many there are.
func askRecords[R crm.Record, F any](ctx context.Context, ask func(string, func(crm.Reader) (any, error)), g generator, k kind[R, F], known []R) {
	name := string(k.name())
	list := func(f F, o crm.ListOptions) {
		ask("list of "+name+"s", func(r crm.Reader) (any, error) { return pages(ctx, k.records(r), f, o) })
	}
	for _, sort := range k.sorts {
		for _, desc := range []bool{false, true} {
			list(k.all, crm.ListOptions{Sort: sort, Desc: desc, Size: rapid.SampledFrom([]int{2, 5, crm.MaxPageSize}).Draw(g.T, "size")})
		}
	}
	var none F
	for _, f := range []F{none, k.filter(g), k.filter(g)} {
		list(f, g.listOptions(k.sorts))
		ask("count of "+name+"s", func(r crm.Reader) (any, error) { return k.records(r).Count(ctx, f) })
	}
	ids := []crm.ID[R]{pick(g, known), pick(g, known), pick(g, known)}
	ask("some "+name+"s", func(r crm.Reader) (any, error) { return k.records(r).GetAll(ctx, ids) })
	ask("one "+name, func(r crm.Reader) (any, error) { return k.records(r).Get(ctx, ids[0]) })
}

// pages reads a list to its end, page by page.
func pages[R crm.Record, F any](ctx context.Context, records crm.Records[R, F], f F, o crm.ListOptions) ([]crm.Page[R], error) {
	var all []crm.Page[R]
	for {
		page, err := records.List(ctx, f, o)
		if err != nil {
			return all, err
		}
		all = append(all, page)
		if o.Token = page.Next; o.Token == "" {
			return all, nil
		}
	}
}
