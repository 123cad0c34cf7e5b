package crm_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
)

// A unit that remembers little does what one does that remembers everything, in as many records as it takes to forget
// again and again.
func TestAUnitPastItsBoundsIsStillRight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		steps := rapid.SliceOfN(rapid.Custom(drawStep), 1, 40).Draw(t, "steps")
		before := rapid.IntRange(0, len(steps)).Draw(t, "steps in units of their own")
		want := retell(t, steps, before, func(s *crm.Service) *crm.Service { return s })
		for _, most := range [][3]int{{1, 1, 1}, {5, 25, 3}, {1000, 40, 1000}} {
			got := retell(t, steps, before, func(s *crm.Service) *crm.Service {
				return s.WithUnitBounds(most[0], most[1], most[2])
			})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("with bounds %v (-unbounded +bounded):\n%s", most, diff)
			}
		}
	})
}

// step is one operation: the numbers choose among what there is then.
type step struct {
	do      string
	a, b, n int
}

func drawStep(t *rapid.T) step {
	return step{
		rapid.SampledFrom([]string{
			"campaign", "influencer", "book", "book", "book", "name", "rename campaign", "rename influencer", "account",
			"delete", "clear the name", "archive",
		}).Draw(t, "do"),
		rapid.IntRange(0, 5).Draw(t, "a"), rapid.IntRange(0, 5).Draw(t, "b"), rapid.IntRange(1, 6).Draw(t, "n"),
	}
}

// retell does the first steps in units of their own and the others in one unit, and tells what came of each and of the
// names and accounts in the end.
func retell(t *rapid.T, steps []step, before int, bounded func(*crm.Service) *crm.Service) []string {
	s := newShop(t)
	s.crm = bounded(s.crm)
	told := []string{}
	for n := range before {
		told = append(told, fmt.Sprint(s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
			return steps[n].run(ctx, w)
		})))
	}
	s.ok(s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
		for _, step := range steps[before:] {
			err := step.run(ctx, w)
			if err != nil && len(crm.FieldErrors(err)) == 0 {
				return err
			}
			told = append(told, fmt.Sprint(err))
		}
		return nil
	}))
	s.ok(s.crm.View(ctx, s.ws, func(ctx context.Context, r crm.Reader) error {
		all := crm.CooperationFilter{Archive: crm.ActiveOrNot}
		err := crm.Each(ctx, r.Cooperations(), all, func(c crm.Cooperation) error {
			told = append(told, fmt.Sprintf("%s at version %d", c.Name, c.Version))
			return nil
		})
		if err != nil {
			return err
		}
		return crm.Each(ctx, r.Influencers(), crm.InfluencerFilter{Archive: crm.ActiveOrNot}, func(i crm.Influencer) error {
			told = append(told, fmt.Sprintf("%s at version %d: %+v", i.Name, i.Version, i.Profiles))
			return nil
		})
	}))
	return told
}

func (s step) run(ctx context.Context, w *crm.Work) error {
	campaign, err := pick(ctx, w.Campaigns(), crm.CampaignFilter{Archive: crm.ActiveOrNot}, s.a)
	if err != nil {
		return err
	}
	influencer, err := pick(ctx, w.Influencers(), crm.InfluencerFilter{Archive: crm.ActiveOrNot}, s.b)
	if err != nil {
		return err
	}
	booked, err := pick(ctx, w.Cooperations(), crm.CooperationFilter{Archive: crm.ActiveOrNot}, s.a+s.b)
	if err != nil {
		return err
	}
	switch s.do {
	case "campaign":
		_, err = w.CreateCampaign(ctx, crm.Campaign{Name: fmt.Sprintf("Summer %d", s.n)})
	case "influencer":
		_, err = w.CreateInfluencer(ctx, crm.Influencer{Name: fmt.Sprintf("Pam %d", s.a%2), Profiles: []crm.Profile{
			{Platform: "instagram", Handle: fmt.Sprintf("pam%d", s.n)}, {Platform: "tiktok", Handle: fmt.Sprintf("pam%d", s.a)},
		}})
	case "book":
		_, err = w.CreateCooperation(ctx, crm.Cooperation{Campaign: campaign.ID, Influencer: influencer.ID})
	case "name":
		booked.Name = fmt.Sprintf("%s - %s (%d)", campaign.Name, influencer.Name, s.n)
		_, err = w.UpdateCooperation(ctx, booked, "")
	case "clear the name":
		booked.Name = ""
		_, err = w.UpdateCooperation(ctx, booked, "")
	case "rename campaign":
		campaign.Name = fmt.Sprintf("Summer %d", s.n)
		_, err = w.UpdateCampaign(ctx, campaign, "")
	case "rename influencer":
		influencer.Name = fmt.Sprintf("Pam %d", s.n%2)
		_, err = w.UpdateInfluencer(ctx, influencer, "")
	case "account":
		if len(influencer.Profiles) > 0 {
			influencer.Profiles[0].Handle = fmt.Sprintf("pam%d", s.n)
		}
		_, err = w.UpdateInfluencer(ctx, influencer, "")
	case "delete":
		_, err = w.Delete(ctx, booked.At(), "")
	case "archive":
		_, err = w.Archive(ctx, booked.At(), "")
	}
	return err
}

// pick returns one of the records of a filter, or a zero one if there is none.
func pick[R crm.Record, F any](ctx context.Context, from crm.Records[R, F], f F, n int) (R, error) {
	page, err := from.List(ctx, f, crm.ListOptions{})
	if err != nil || len(page.Items) == 0 {
		var none R
		return none, err
	}
	return page.Items[n%len(page.Items)], nil
}
