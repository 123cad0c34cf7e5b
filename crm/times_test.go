package crm_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// A record was made and last changed when the log says so, whatever a caller gives, also by units that change it because
// another one changes, and by undos.
func TestTimesFollowFromTheLog(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	given := crm.Times{CreatedAt: time.Unix(1, 0), ChangedAt: time.Unix(2, 0)}
	start := s.now
	at := func(hour int) time.Time { return start.Add(time.Duration(hour) * time.Hour) }
	next := func() { s.now = s.now.Add(time.Hour) }
	campaign := must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Summer", Times: given}))(t)
	i := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Pam"}))(t)
	deal := must(s.crm.CreateCooperation(ctx, s.ws, crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Times: given}))(t).Cooperation
	check := func(what string, r crm.Record, created, changed int) {
		t.Helper()
		if diff := cmp.Diff(crm.Times{CreatedAt: at(created), ChangedAt: at(changed)}, r.Written()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	check("a new campaign", campaign, 0, 0)
	check("a new cooperation", deal, 0, 0)

	next()
	campaign.Name, campaign.Times = "Autumn", given
	campaign = must(s.crm.UpdateCampaign(ctx, s.ws, campaign, ""))(t)
	renamed := s.lastUnit()
	check("an updated campaign", campaign, 0, 1)
	check("the stored one", must(s.crm.Campaign(ctx, s.ws, campaign.ID))(t), 0, 1)
	check("a cooperation that is named after it", s.cooperation(deal.ID), 0, 1)
	check("an influencer that has nothing to do with it", must(s.crm.Influencer(ctx, s.ws, i.ID))(t), 0, 0)

	next()
	check("an update that changes nothing", must(s.crm.UpdateCampaign(ctx, s.ws, campaign, ""))(t), 0, 1)
	must(s.crm.UndoUnit(ctx, s.ws, renamed, ""))(t)
	check("what was undone", must(s.crm.Campaign(ctx, s.ws, campaign.ID))(t), 0, 2)

	next()
	must(s.crm.Delete(ctx, s.ws, s.cooperation(deal.ID).At(), ""))(t)
	deleted := s.lastUnit()
	next()
	must(s.crm.UndoUnit(ctx, s.ws, deleted, ""))(t)
	check("what was created again", s.cooperation(deal.ID), 4, 4)

	for _, c := range s.changes() {
		for _, f := range c.Fields {
			if f.Field == "created_at" || f.Field == "changed_at" {
				t.Errorf("the log has the field %s of %s", f.Field, c.Record)
			}
		}
	}
	doc := map[string]any{}
	s.ok(json.Unmarshal(must(json.Marshal(s.cooperation(deal.ID)))(t), &doc))
	if doc["created_at"] != "2026-05-20T14:00:00Z" || doc["changed_at"] != doc["created_at"] {
		t.Errorf("times in JSON: %v, %v", doc["created_at"], doc["changed_at"])
	}
}
