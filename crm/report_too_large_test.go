package crm_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// Amounts of which each is allowed, and that are too much together, are an error about the input for whatever reads the plan.
func TestPlanWhoseSumIsTooLarge(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	most := budget.FromMinor(budget.MaxMinor, "EUR")
	var first crm.CampaignID
	s.ok(s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
		for n := range 4_700 { // with a budget and a target each, which is more than int64 has
			c, err := w.CreateCampaign(ctx, crm.Campaign{Name: fmt.Sprint("Campaign ", n), Budget: most, RevenueTarget: most})
			if err != nil {
				return err
			}
			first = c.ID
		}
		return nil
	}))
	_, report := s.crm.Report(ctx, s.ws, nil)
	_, asOf := s.crm.ReportAsOf(ctx, s.ws, s.head().Seq, nil)
	_, summary := s.crm.Summary(ctx, s.ws, nil)
	_, whatIf := s.crm.WhatIf(ctx, s.ws, nil, nil)
	_, fits := s.crm.Fits(ctx, s.ws, first, budget.Month{}, "", nil)
	_, alerts := s.crm.Alerts(ctx, s.ws, nil)
	for name, err := range map[string]error{
		"report": report, "as of": asOf, "summary": summary, "what if": whatIf, "fits": fits, "alerts": alerts,
	} {
		if !errors.Is(err, crm.ErrInvalid) || crm.Code(err) != "sum_too_large" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
