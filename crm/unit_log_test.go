package crm_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// What a unit of work says of its changes is what the log has of them afterwards, and in a dry run what it would have.
func TestWorkLog(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.campaign("Before")
	var said, tried []crm.Change
	work := func(into *[]crm.Change) func(context.Context, *crm.Work) error {
		return func(ctx context.Context, w *crm.Work) error {
			*into = nil
			none, err := w.Log(ctx, 0, 10)
			if err != nil || len(none) != 0 {
				t.Errorf("a unit that has done nothing has %d changes, %v", len(none), err)
			}
			for _, name := range []string{"Summer", "Autumn", "Winter"} {
				if _, err := w.CreateCampaign(ctx, crm.Campaign{Name: name}); err != nil {
					return err
				}
			}
			for after := crm.Seq(0); ; {
				some, err := w.Log(ctx, after, 2)
				if err != nil || len(some) == 0 {
					return err
				}
				*into = append(*into, some...)
				after = some[len(some)-1].Seq
			}
		}
	}
	if err := s.crm.DryRun().Update(ctx, s.ws, work(&tried)); err != nil {
		t.Fatal(err)
	}
	if len(tried) != 3 {
		t.Errorf("a dry run says %d changes, want 3", len(tried))
	}
	var done crm.Done
	if err := s.crm.Noting(&done).Update(ctx, s.ws, work(&said)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(must(s.crm.HistoryOf(ctx, s.ws, done.Unit, 0, 100))(t), said); diff != "" {
		t.Errorf("(-log +said):\n%s", diff)
	}
	err := s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
		_, err := w.Log(ctx, 0, 0)
		return err
	})
	if !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("a limit of 0: %v, want ErrInvalid", err)
	}
}

// A Service acts as whom it is told, and the one that it was made of does not.
func TestAs(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	var own, given crm.Done
	must(s.crm.Noting(&own).CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Summer"}))(t)
	must(s.crm.As("assistant (Mira)").Noting(&given).CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Autumn"}))(t)
	actor := func(of crm.Done) string { return must(s.crm.HistoryOf(ctx, s.ws, of.Unit, 0, 1))(t)[0].Actor }
	if got := actor(given); got != "assistant (Mira)" {
		t.Errorf("As: the log has %q", got)
	}
	if got := actor(own); got == actor(given) {
		t.Errorf("the Service itself acts as %q too", got)
	}
}
