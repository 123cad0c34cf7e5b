package crm_test

import (
	"testing"
)

// Undo says who has changed what stays, and how it is called.
func TestUndoSaysWhoChangedWhatStays(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign := s.campaign("Summer")
	unit := s.lastUnit()
	campaign.Name = "Summer Sale"
	campaign = must(s.crm.UpdateCampaign(as("mira"), s.ws, campaign, ""))(t)
	campaign.Notes = "call them"
	must(s.crm.UpdateCampaign(as("jan"), s.ws, campaign, ""))(t)
	kept := must(s.crm.UndoUnit(ctx, s.ws, unit, ""))(t).Kept
	if len(kept) != 1 || kept[0].Name != "Summer Sale" || kept[0].By != "jan" || !kept[0].At.Equal(s.now) {
		t.Errorf("kept %+v, want Summer Sale, last changed by jan", kept)
	}
}
