package sidebyside_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

// An influencer with as many profiles as there may be is made, changed, found and undone like any
// other.
func TestManyProfiles(t *testing.T) {
	t.Parallel()
	for name, store := range stores(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openShop(t, store)
			agency := crm.Influencer{Name: "Agency"}
			for n := range crm.MaxProfiles {
				agency.Profiles = append(agency.Profiles, crm.Profile{Platform: "instagram", Handle: fmt.Sprint("talent", n)})
			}
			made, err := s.crm.CreateInfluencer(s.ctx, s.ws, agency)
			if err != nil {
				t.Fatal(err)
			}
			s.wantOwner("talent999", made.ID)

			changed := crm.Clone(made)
			changed.Profiles[999].Handle = "star"
			changed, err = s.crm.UpdateInfluencer(s.ctx, s.ws, changed, "")
			if err != nil {
				t.Fatal(err)
			}
			s.wantOwner("STAR", made.ID)
			s.wantOwner("talent999", crm.InfluencerID{})

			history, err := s.crm.History(s.ctx, s.ws, made.Ref(), 0, 10)
			if err != nil || len(history) != 2 {
				t.Fatalf("history: %d changes, error %v", len(history), err)
			}
			if _, err := s.crm.UndoUnit(s.ctx, s.ws, history[1].Unit, ""); err != nil {
				t.Fatal(err)
			}
			s.wantOwner("talent999", made.ID)

			agency.Profiles = append(agency.Profiles, crm.Profile{Platform: "tiktok"})
			_, err = s.crm.CreateInfluencer(s.ctx, s.ws, agency)
			wantRefusal(t, err, "profiles", "1001")
		})
	}
}

// wantOwner checks who has a handle; the zero id is nobody.
func (s *shop) wantOwner(handle string, want crm.InfluencerID) {
	s.Helper()
	page, err := s.crm.Influencers(s.ctx, s.ws, crm.InfluencerFilter{Platforms: []string{"instagram"}, Handle: handle}, crm.ListOptions{})
	var owner crm.InfluencerID
	if len(page.Items) > 0 {
		owner = page.Items[0].ID
	}
	if err != nil || owner != want || len(page.Items) > 1 {
		s.Errorf("@%s belongs to %d, the first is %s, want %s (error %v)", handle, len(page.Items), owner, want, err)
	}
}

// An influencer has at most a thousand tags; a workspace may have any number, and each finds its own.
func TestManyTags(t *testing.T) {
	t.Parallel()
	for name, store := range stores(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const all = 10_000
			s := openShop(t, store)
			made := map[string]crm.InfluencerID{} // by one tag of each
			s.update(func(ctx context.Context, w *crm.Work) error {
				for first := 0; first < all; first += crm.MaxTags {
					i, err := w.CreateInfluencer(ctx, crm.Influencer{Name: "Pam", Tags: numberedTags(first, crm.MaxTags)})
					if err != nil {
						return err
					}
					made[fmt.Sprint("TAG ", first+crm.MaxTags-1)] = i.ID
				}
				return nil
			})
			for tag, id := range made {
				page, err := s.crm.Influencers(s.ctx, s.ws, crm.InfluencerFilter{Tags: []string{tag}}, crm.ListOptions{})
				if err != nil || len(page.Items) != 1 || page.Items[0].ID != id {
					t.Errorf("%s finds %d, error %v", tag, len(page.Items), err)
				}
			}
			for _, n := range []int{crm.MaxTags + 1, all} {
				_, err := s.crm.CreateInfluencer(s.ctx, s.ws, crm.Influencer{Name: "Emma", Tags: numberedTags(0, n)})
				wantRefusal(t, err, "tags", fmt.Sprint(n))
			}
			results, err := s.crm.Tag(s.ctx, s.ws, crm.AnyVersion(made["TAG 999"]), []string{"one more"}, nil)
			if err != nil || len(results.Results) != 1 {
				t.Fatalf("%v, error %v", results, err)
			}
			wantRefusal(t, results.Results[0].Err, "tags", "1001")
		})
	}
}

// numberedTags are tags from a number on.
func numberedTags(from, n int) []string {
	tags := make([]string, n)
	for i := range tags {
		tags[i] = fmt.Sprint("tag ", from+i)
	}
	return tags
}
