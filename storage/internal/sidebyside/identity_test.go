package sidebyside_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/duplicates"
	"github.com/getklar/influencercrm/storage/soundness"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// In every store the duplicates of one, which are looked up, are the pairs of all that it is in.
func TestDuplicatesOfAllAndOfEach(t *testing.T) {
	t.Parallel()
	for name, store := range stores(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) { duplicatesOfEach(t, store) })
		})
	}
}

func duplicatesOfEach(t *rapid.T, store storagetest.Backend) {
	ctx, service := context.Background(), crm.New(store, nil)
	ws, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR"})
	must(t, err)
	people := rapid.IntRange(0, 40).Draw(t, "people")
	must(t, service.Update(ctx, ws.ID, func(ctx context.Context, w *crm.Work) error {
		for n := range people {
			_, _ = w.CreateInfluencer(ctx, somebody(t, n)) // unless the handle is taken
		}
		return nil
	}))
	all := influencersOf(t, service, ws.ID)
	must(t, service.Update(ctx, ws.ID, func(ctx context.Context, w *crm.Work) error {
		for n, i := range all {
			var err error
			switch rapid.IntRange(0, 9).Draw(t, "edit") {
			case 0:
				err = deleted(ctx, w, i.At())
			case 1:
				_, err = w.Archive(ctx, i.At(), "")
			case 2:
				changed := somebody(t, n)
				changed.ID, changed.Version = i.ID, i.Version
				_, _ = w.UpdateInfluencer(ctx, changed, "")
			}
			if err != nil {
				return err
			}
		}
		return nil
	}))
	among := rapid.SampledFrom([]crm.Archive{crm.ActiveOnly, crm.ArchivedOnly, crm.ActiveOrNot}).Draw(t, "archive")
	must(t, service.View(ctx, ws.ID, func(ctx context.Context, r crm.Reader) error { return sameDuplicates(ctx, t, r, among) }))
}

func deleted(ctx context.Context, w *crm.Work, at crm.At) error {
	_, err := w.Delete(ctx, at, "")
	return err
}

func must(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func influencersOf(t *rapid.T, s *crm.Service, ws crm.WorkspaceID) (all []crm.Influencer) {
	t.Helper()
	must(t, s.View(context.Background(), ws, func(ctx context.Context, r crm.Reader) error {
		return crm.Each(ctx, r.Influencers(), crm.InfluencerFilter{}, func(i crm.Influencer) error {
			all = append(all, i)
			return nil
		})
	}))
	return all
}

// somebody is an influencer who shares much with others.
func somebody(t *rapid.T, n int) crm.Influencer {
	i := crm.Influencer{
		Name: rapid.SampledFrom([]string{"Pam", "PAM", "Pam Müller", "Mueller, Pam", "Muller Pam", "Zoë", "🌸",
			fmt.Sprint("N ", n)}).Draw(t, "name"),
		Email: rapid.SampledFrom([]string{"", "", "a@mail.example", "A@mail.example", fmt.Sprintf("%d@mail.example", n)}).Draw(t, "email"),
		Phone: rapid.SampledFrom([]string{"", "", "+49 170 1234567", "+491701234567"}).Draw(t, "phone"),
	}
	for range rapid.IntRange(0, 2).Draw(t, "profiles") {
		i.Profiles = append(i.Profiles, crm.Profile{
			Platform: rapid.SampledFrom([]string{"instagram", "tiktok", fmt.Sprint("p", n)}).Draw(t, "platform"),
			Handle:   rapid.SampledFrom([]string{"", "", "pam", "p.am", "_", fmt.Sprint("h", n)}).Draw(t, "handle"),
			Link: rapid.SampledFrom([]string{
				"", "", "https://pam.example", "http://www.pam.example/", "https://www.instagram.com/p_am", "https://tiktok.com/@pam",
				"https://www.facebook.com/profile.php?id=%00", "https://%ff.example", "https://www.instagram.com/%00/",
			}).Draw(t, "link"),
		})
	}
	return i
}

// sameDuplicates compares the pairs of all with those of each influencer.
func sameDuplicates(ctx context.Context, t *rapid.T, r crm.Reader, among crm.Archive) error {
	pairs, err := duplicates.Find(ctx, r, duplicates.Options{Limit: crm.MaxPageSize, Archive: among})
	if err != nil {
		return err
	}
	want, got := map[string]int{}, map[string]int{}
	for _, p := range pairs {
		want[shared(p)] += 2
	}
	err = crm.Each(ctx, r.Influencers(), crm.InfluencerFilter{Archive: among}, func(i crm.Influencer) error {
		found, err := duplicates.Find(ctx, r, duplicates.Options{Of: &i, Limit: crm.MaxPageSize, Archive: among})
		for _, p := range found {
			if p.A.ID != i.ID {
				t.Errorf("%v is a pair of %v", p, i.ID)
			}
			got[shared(p)]++
		}
		return err
	})
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("pairs of influencers of %q, each twice (-of all +of each):\n%s", among, d)
	}
	return err
}

// shared is a pair in words, whichever of the two it begins with.
func shared(p duplicates.Pair) string {
	two := []string{p.A.ID.String(), p.B.ID.String()}
	slices.Sort(two)
	text := fmt.Sprint(two, p.Score)
	for _, r := range p.Reasons {
		if r.Kind == duplicates.OtherHandle { // which names one of them first
			r.Value = ""
		}
		text += fmt.Sprint("; ", r)
	}
	return text
}

// A database of an earlier version has no identity keys, and the next write of an influencer makes them. Meanwhile the check
// of a form compares it with all.
func TestIdentityKeysOfAnEarlierVersion(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(p *planShop) {
		var pams []crm.Influencer
		p.update(func(ctx context.Context, w *crm.Work) error {
			for n := range 12 {
				i, err := w.CreateInfluencer(ctx, crm.Influencer{
					Name: fmt.Sprintf("Müller %d, Pam", n/2), Email: fmt.Sprintf("%d@mail.example", n/3),
					Profiles: []crm.Profile{{Platform: fmt.Sprint("p", n), Handle: fmt.Sprint("p.am", n/4),
						Link: fmt.Sprintf("https://pam.example/%d", n/5)}},
				})
				if err != nil {
					return err
				}
				pams = append(pams, i)
			}
			return nil
		})
		found := func() (all []duplicates.Pair) {
			p.Helper()
			p.view(func(ctx context.Context, r crm.Reader) error {
				for _, i := range pams {
					found, err := duplicates.Find(ctx, r, duplicates.Options{Of: &i})
					if err != nil {
						return err
					}
					all = append(all, found...)
				}
				return nil
			})
			return all
		}
		want := found()
		if len(want) < 12 {
			t.Errorf("there are %d pairs", len(want))
		}
		same := func(what string, kept bool) {
			p.Helper()
			if d := cmp.Diff(want, found()); d != "" {
				p.Errorf("%s (-want +got):\n%s", what, d)
			}
			var is bool
			if err := p.db.QueryRowContext(p.ctx, "SELECT identity_seq = seq FROM crm_workspaces").Scan(&is); err != nil || is != kept {
				p.Errorf("%s: keys are kept: %v, %v; want %v", what, is, err, kept)
			}
		}
		same("at first", true)
		lose := func() {
			p.past("UPDATE crm_influencers SET email_key = '', words_key = 'other', spelled_key = ''")
			p.past("UPDATE crm_influencer_profiles SET bare_handle_key = '', page_key = 'other'")
		}
		lose() // as the migration leaves them
		p.view(func(ctx context.Context, r crm.Reader) error {
			if err := soundness.Check(ctx, r); err == nil || !strings.Contains(err.Error(), "influencers who share") {
				p.Errorf("without keys it is %v", err)
			}
			return nil
		})
		p.past("UPDATE crm_workspaces SET identity_seq = -1")
		same("of an earlier version", false)
		p.edit("another record")
		same("after a write of something else", false)
		p.pam.Notes = "the first write"
		var err error
		if p.pam, err = p.crm.UpdateInfluencer(p.ctx, p.ws, p.pam, ""); err != nil {
			p.Fatal(err)
		}
		same("after a write of an influencer", true)
		p.view(soundness.Check)

		lose() // as a program of an earlier version does that runs on
		p.past("UPDATE crm_workspaces SET seq = seq + 1")
		same("after a write of an earlier program", false)
		p.update(func(ctx context.Context, w *crm.Work) error {
			_, err := w.CreateInfluencer(ctx, crm.Influencer{Name: "Zoe"})
			return err
		})
		same("after a write of this program", true)

		lose()
		p.past("UPDATE crm_workspaces SET identity_seq = -1")
		if _, err := p.crm.RepairSummary(p.ctx, p.ws); err != nil {
			p.Fatal(err)
		}
		same("after the repair", true)
	})
}
