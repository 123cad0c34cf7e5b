package crm_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// Every call says where the log has what it did, so that an Undo button needs no guess.
func TestDone(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	want := func(what string, got crm.Done) {
		t.Helper()
		if diff := cmp.Diff(w.lastDone(), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	saved := must(w.crm.CreateCooperation(ctx, w.ws, crm.Cooperation{Campaign: w.summer.ID, Influencer: w.emma.ID}))(t)
	want("create", saved.Done)
	c := saved.Cooperation
	c.Notes = "soon"
	saved = must(w.crm.UpdateCooperation(ctx, w.ws, c, ""))(t)
	want("update", saved.Done)
	same := must(w.crm.UpdateCooperation(ctx, w.ws, saved.Cooperation, ""))(t)
	if same.Seq != saved.Seq {
		t.Errorf("an update that changed nothing: seq %d, was %d", same.Seq, saved.Seq)
	}
	for what, got := range map[string]crm.Done{
		"an update":  same.Done,
		"a status":   must(w.crm.SetStatus(ctx, w.ws, crm.AnyVersion(c.ID), saved.Cooperation.Status, ""))(t).Done,
		"a tag":      must(w.crm.Tag(ctx, w.ws, crm.AnyVersion(w.emma.ID), nil, []string{"nobody has it"}))(t).Done,
		"defaults":   must(w.crm.ReapplyDefaults(ctx, w.ws, crm.AnyVersion(c.ID), crm.Reapply{}, ""))(t).Done,
		"an archive": must(w.crm.ArchiveAll(ctx, w.ws, []crm.At{crm.RefTo(crm.CooperationID(nobody)).At(0)}, ""))(t).Done,
	} {
		if diff := cmp.Diff(crm.Done{Seq: saved.Seq}, got); diff != "" {
			t.Errorf("%s that changed nothing (-want +got):\n%s", what, diff)
		}
	}
	want("status", must(w.crm.SetStatus(ctx, w.ws, crm.AnyVersion(c.ID), crm.Negotiating, ""))(t).Done)
	want("tag", must(w.crm.Tag(ctx, w.ws, crm.AnyVersion(w.emma.ID), []string{"new"}, nil))(t).Done)
	cloned := must(w.crm.CloneCampaign(ctx, w.ws, w.summer.ID, crm.CloneOptions{Name: "Again"}))(t)
	want("clone", cloned.Done)
	archived := must(w.crm.ArchiveAll(ctx, w.ws, []crm.At{cloned.Campaign.At(), saved.Cooperation.Ref().At(0)}, ""))(t)
	want("archive", archived.Done)
	if preview := must(w.crm.DryRun().UndoUnit(ctx, w.ws, archived.Unit, ""))(t); preview.Done != (crm.Done{}) {
		t.Errorf("a preview of an undo did %+v", preview.Done)
	}
	undone := must(w.crm.UndoUnit(ctx, w.ws, archived.Unit, ""))(t)
	want("undo", undone.Done)
	want("undo of the undo", must(w.crm.UndoUnit(ctx, w.ws, undone.Unit, ""))(t).Done)
	emma := must(w.crm.Influencer(ctx, w.ws, w.emma.ID))(t)
	other := must(w.crm.CreateInfluencer(ctx, w.ws, crm.Influencer{Name: "Emma again"}))(t)
	if preview := must(w.crm.DryRun().MergeInfluencers(ctx, w.ws, emma.At(), other.At(), crm.MergeOptions{}, ""))(t); preview.Done != (crm.Done{}) {
		t.Errorf("a preview of a merge did %+v", preview.Done)
	}
	merged := must(w.crm.MergeInfluencers(ctx, w.ws, emma.At(), other.At(), crm.MergeOptions{}, ""))(t)
	want("merge", merged.Done)
	want("erase", must(w.crm.Erase(ctx, w.ws, merged.Influencer.ID, merged.Influencer.Version, ""))(t).Done)
}

// The outcome of a bulk operation as a page gets it: a mark at each record that stayed as it was, and no unit to take back if
// all of them did.
func TestBulkAsJSON(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	done := must(w.crm.SetStatus(ctx, w.ws, crm.AnyVersion(w.deal.ID, crm.CooperationID(nobody)), crm.Signed, ""))(t)
	text := must(json.Marshal(done))(t)
	got, want := map[string]any{}, map[string]any{
		"seq": float64(done.Seq),
		"results": []any{
			map[string]any{"record": decodedJSON(t, w.deal.Ref())},
			map[string]any{"record": decodedJSON(t, done.Results[1].Ref), "errors": []any{map[string]any{
				"record": decodedJSON(t, done.Results[1].Ref), "field": "id", "value": nobody.String(),
				"problem": "there is no such cooperation in this workspace",
				"code":    "not_in_workspace", "params": []any{"cooperation"},
			}}},
		},
	}
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func decodedJSON(t *testing.T, v any) (decoded any) {
	t.Helper()
	if err := json.Unmarshal(must(json.Marshal(v))(t), &decoded); err != nil {
		t.Fatal(err)
	}
	return decoded
}
