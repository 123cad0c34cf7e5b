package assistant_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/api"
)

// Whatever is proposed, what is applied is what was shown, in one unit, and undoing it leaves the records as they were.
func TestShownIsDone(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := s.connect(s.options(api.Write))
	applications := 0
	rapid.Check(t, func(rt *rapid.T) {
		steps := rapid.SliceOfN(rapid.Custom(s.drawStep), 1, 4).Draw(rt, "steps")
		records := s.records()
		proposed := s.ask(c, "propose_change", args{"steps": steps, "reason": "agreed"})
		if proposed.refused {
			return // such as two changes of one record
		}
		applied := s.ask(c, "apply_proposal", args{"proposal": proposed.at("proposal"), "digest": proposed.at("digest")})
		if applied.refused {
			rt.Fatal(applied.text)
		}
		applications++
		unit := applied.id(s.T, "unit")
		made := must(s.crm.HistoryOf(s.Context(), s.ws.ID, unit, 0, 100))(s.T)
		if diff := cmp.Diff(summed(proposed.at("changes").([]any)), summedLog(made)); diff != "" {
			rt.Fatalf("(-shown +made):\n%s", diff)
		}
		if r := s.ask(c, "undo_unit", args{"unit": unit.String(), "reason": "again"}); r.refused {
			rt.Fatal(r.text)
		}
		if diff := cmp.Diff(records, s.records()); diff != "" {
			rt.Fatalf("after undo (-before +after):\n%s", diff)
		}
	})
	if applications == 0 {
		t.Error("nothing that was drawn could be applied")
	}
	t.Logf("%d applied", applications)
}

// records are the names, statuses and so on of all records, without what each write moves.
func (s *shop) records() []map[string]any {
	var all []map[string]any
	add := func(records any) {
		var some []map[string]any
		if err := json.Unmarshal(must(json.Marshal(records))(s.T), &some); err != nil {
			s.Fatal(err)
		}
		for _, r := range some {
			delete(r, "version")
			delete(r, "changed_at")
			all = append(all, r)
		}
	}
	ctx, ws, o := s.Context(), s.ws.ID, crm.ListOptions{Size: crm.MaxPageSize}
	add(must(s.crm.Campaigns(ctx, ws, crm.CampaignFilter{Archive: crm.ActiveOrNot}, o))(s.T).Items)
	add(must(s.crm.Influencers(ctx, ws, crm.InfluencerFilter{Archive: crm.ActiveOrNot}, o))(s.T).Items)
	add(must(s.crm.Cooperations(ctx, ws, crm.CooperationFilter{Archive: crm.ActiveOrNot}, o))(s.T).Items)
	return all
}

// drawStep draws a step on one of the shop's records, or a new one, with the version that is stored.
func (s *shop) drawStep(t *rapid.T) args {
	ctx, ws := s.Context(), s.ws.ID
	word := rapid.StringMatching(`[A-Z][a-z]{2,8}`)
	switch rapid.SampledFrom([]string{"campaign", "influencer", "cooperation", "rename", "status", "archive", "cancel"}).Draw(t, "what") {
	case "campaign":
		return args{"op": "create", "kind": "campaign", "fields": args{"name": word.Draw(t, "name")}}
	case "influencer":
		return args{"op": "create", "kind": "influencer", "fields": args{
			"name": word.Draw(t, "name"), "profiles": []args{{"platform": "instagram", "handle": word.Draw(t, "handle")}},
		}}
	case "cooperation":
		return args{"op": "create", "kind": "cooperation", "fields": args{"campaign": s.summer.ID.String(), "influencer": s.emma.ID.String()}}
	case "rename":
		stored := must(s.crm.Campaign(ctx, ws, s.summer.ID))(s.T)
		return args{"op": "change", "kind": "campaign", "id": stored.ID.String(), "version": stored.Version,
			"fields": args{"name": word.Draw(t, "name")}}
	case "status":
		stored := must(s.crm.Cooperation(ctx, ws, s.idea.ID))(s.T)
		return args{"op": "change", "kind": "cooperation", "id": stored.ID.String(), "version": stored.Version, "fields": args{
			"status": rapid.SampledFrom([]string{"draft", "negotiating", "signed"}).Draw(t, "status"), "notes": word.Draw(t, "notes"),
		}}
	case "archive":
		stored := must(s.crm.Influencer(ctx, ws, s.pam.ID))(s.T)
		return args{"op": "archive", "kind": "influencer", "id": stored.ID.String(), "version": stored.Version}
	default:
		stored := must(s.crm.Cooperation(ctx, ws, s.deal.ID))(s.T)
		return args{"op": "cancel", "kind": "cooperation", "id": stored.ID.String(), "version": stored.Version,
			"fields": args{"on": "2026-06-02"}}
	}
}
