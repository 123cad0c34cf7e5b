package crm_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/soundness"
)

// An undo gives nothing back to an influencer or member who was archived since, by whatever call, nor to one who was archived
// before already and is erased now.
func TestUndoGivesNothingBackToTheErased(t *testing.T) {
	t.Parallel()
	const (
		archivedInfluencer = `influencer "Ann": is archived and takes no new cooperations; restore it first`
		erasedInfluencer   = `influencer "Erased person": is archived and takes no new cooperations; restore it first`
		archivedMember     = `responsible "Mia": is archived; choose a member who is still in the team`
		erasedMember       = `responsible "Erased person": is archived; choose a member who is still in the team`
		archivedSince      = "it was archived since; restore it first"
	)
	type world struct {
		*shop
		ann, bob crm.Influencer
		mia, leo crm.Member
		deal     crm.Cooperation
	}
	archive := func(w *world, r crm.At) { must(w.crm.Archive(ctx, w.ws, r, ""))(w) }
	archiveBoth := func(w *world) {
		archive(w, w.stored(w.ann.ID).At())
		archive(w, w.mia.At())
	}
	eraseBoth := func(w *world) {
		w.erase(w.ann.ID)
		mia := must(w.crm.Member(ctx, w.ws, w.mia.ID))(w)
		must(w.crm.EraseMember(ctx, w.ws, mia.ID, mia.Version, ""))(w)
	}
	nothing := func(*world) {}
	moves := func(w *world) {
		must(w.edit(w.deal.ID, "", func(c *crm.Cooperation) { c.Influencer = w.bob.ID }))(w)
	}
	hands := func(w *world) {
		must(w.edit(w.deal.ID, "", func(c *crm.Cooperation) { c.Responsible = w.leo.ID }))(w)
	}
	deletes := func(w *world) { must(w.crm.Delete(ctx, w.ws, w.cooperation(w.deal.ID).At(), ""))(w) }
	changes := func(w *world) {
		w.ann.Category = "Fitness"
		w.ann = must(w.crm.UpdateInfluencer(ctx, w.ws, w.ann, ""))(w)
	}
	for name, test := range map[string]struct {
		before, do, since func(*world)
		kept              string // "": it goes back
	}{
		"moved":                              {nothing, moves, nothing, ""},
		"moved, archived":                    {nothing, moves, archiveBoth, archivedInfluencer},
		"moved, erased":                      {nothing, moves, eraseBoth, erasedInfluencer},
		"moved from an archived":             {archiveBoth, moves, nothing, ""},
		"moved from an archived, erased":     {archiveBoth, moves, eraseBoth, erasedInfluencer},
		"deleted, archived":                  {nothing, deletes, archiveBoth, archivedInfluencer},
		"deleted, erased":                    {nothing, deletes, eraseBoth, erasedInfluencer},
		"changed, archived":                  {nothing, changes, archiveBoth, archivedSince},
		"changed, erased":                    {nothing, changes, eraseBoth, archivedSince},
		"handed over, archived":              {nothing, hands, func(w *world) { archive(w, w.mia.At()) }, archivedMember},
		"handed over, erased":                {nothing, hands, eraseBoth, erasedMember},
		"handed over by an archived, erased": {func(w *world) { archive(w, w.mia.At()) }, hands, eraseBoth, erasedMember},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			w := &world{shop: s, ann: s.influencer("Ann"), bob: s.influencer("Bob"), mia: s.member("Mia"), leo: s.member("Leo")}
			w.deal = s.book(crm.Cooperation{Campaign: s.campaign("Summer").ID, Influencer: w.ann.ID, Responsible: w.mia.ID})
			test.before(w)
			test.do(w)
			unit := s.lastUnit()
			test.since(w)
			kept := []string{}
			for _, k := range must(s.crm.UndoUnit(ctx, s.ws, unit, ""))(t).Kept {
				kept = append(kept, k.Why.String())
			}
			want := []string{test.kept}
			if test.kept == "" {
				want = []string{}
			}
			if diff := cmp.Diff(want, kept); diff != "" {
				t.Errorf("kept (-want +got):\n%s", diff)
			}
			s.ok(s.crm.View(ctx, s.ws, soundness.Check))
		})
	}
}

// Who was merged into a person who is erased since does not come back.
func TestUndoOfAMergeAfterAnErasure(t *testing.T) {
	t.Parallel()
	w := newTwins(t)
	w.merge(w.pam.ID, w.other.ID)
	merge := w.lastUnit()
	w.erase(w.pam.ID)
	before := w.states()
	done := must(w.crm.UndoUnit(ctx, w.ws, merge, ""))(t)
	if diff := cmp.Diff(before, w.states()); diff != "" || len(done.Restored)+len(done.Recreated) > 0 {
		t.Errorf("done %+v (-before +after):\n%s", done, diff)
	}
	for _, k := range done.Kept {
		if k.Record == w.other.Ref() && k.Code != "kept_erased" {
			t.Errorf("kept because %s", k.Why)
		}
	}
}

// Whoever came back from a merge stays if the other one cannot take the part any more: it would be gone, and nobody
// would have it.
func TestUndoOfAnUnmergeLosesNobody(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(*shop, crm.Influencer){
		"erased": func(s *shop, into crm.Influencer) { s.erase(into.ID) },
		"changed": func(s *shop, into crm.Influencer) {
			into.Category = "Food"
			must(s.crm.UpdateInfluencer(ctx, s.ws, into, ""))(s)
		},
		"deleted": func(s *shop, into crm.Influencer) { must(s.crm.Delete(ctx, s.ws, into.At(), ""))(s) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			one, two := s.influencer("Yara One"), s.influencer("Yara Two")
			s.merge(one.ID, two.ID)
			s.undo()
			unmerge := s.lastUnit()
			do(s, s.stored(one.ID))
			done := must(s.crm.UndoUnit(ctx, s.ws, unmerge, ""))(t)
			if got := s.stored(two.ID); got.Name != "Yara Two" || len(done.Deleted) > 0 {
				t.Errorf("%q is left: %+v", got.Name, done)
			}
		})
	}
	s := newShop(t)
	one, two := s.influencer("Yara One"), s.influencer("Yara Two")
	s.merge(one.ID, two.ID)
	s.undo()
	if done := s.undo(); len(done.Kept) > 0 { // at once, it is the merge again
		t.Errorf("kept %+v", done.Kept)
	}
	if _, err := s.crm.Influencer(ctx, s.ws, two.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("she is there: %v", err)
	}
}

// An erased person comes back from a merge, and from the bin, as erased as before.
func TestUndoBringsBackWhoWasErasedBefore(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(*shop, crm.Influencer){
		"deleted": func(s *shop, erased crm.Influencer) { must(s.crm.Delete(ctx, s.ws, erased.At(), ""))(s) },
		"merged":  func(s *shop, erased crm.Influencer) { s.merge(s.influencer("Pam").ID, erased.ID) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			erased := s.erase(s.influencer("Ann").ID).Influencer
			do(s, erased)
			if kept := s.undo().Kept; len(kept) > 0 {
				t.Errorf("kept %+v", kept)
			}
			if got := s.stored(erased.ID); got.Name != erased.Name || got.ArchivedOn != erased.ArchivedOn {
				t.Errorf("it came back as %q, archived on %s", got.Name, got.ArchivedOn)
			}
		})
	}
}
