package duplicates_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/duplicates"
)

// reads counts what a Reader is asked for.
type reads struct {
	crm.Reader
	loads, lists int
}

func (r *reads) Load(ctx context.Context, n crm.Need) (crm.Loaded, error) {
	r.loads++
	return r.Reader.Load(ctx, n)
}

func (r *reads) Influencers() crm.Records[crm.Influencer, crm.InfluencerFilter] {
	r.lists++
	return r.Reader.Influencers()
}

// Whoever is alike is looked up, unless it is found so only by comparing with all.
func TestFindLooksUp(t *testing.T) {
	t.Parallel()
	profiles := func(n int) (all []crm.Profile) {
		for p := range n {
			all = append(all, crm.Profile{Platform: "instagram", Handle: fmt.Sprint("pam", p)})
		}
		return all
	}
	// Many have a similar handle, and only one of them has this account.
	crowd := func(t tester) *shop {
		s := newShop(t)
		for n := range crm.MaxSharers + 5 {
			must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{
				Name: fmt.Sprint("Somebody ", n), Profiles: []crm.Profile{{Platform: fmt.Sprint("p", n), Handle: "Pam.Lee"}},
			}))(s)
		}
		must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{
			Name: "P. Lee", Profiles: []crm.Profile{{Platform: "instagram", Handle: "pam_lee"}},
		}))(s)
		return s
	}
	// Everybody is called Unknown, and one has the phone number too.
	nameless := func(t tester) *shop {
		s := newShop(t)
		for range 2 * crm.MaxSharers {
			s.influencer("Unknown")
		}
		must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Unknown", Phone: "+49 170 1234567"}))(s)
		return s
	}
	for name, test := range map[string]struct {
		shop  func(tester) *shop
		of    crm.Influencer
		want  [][]string
		loads int
		lists int
	}{
		"what identifies nobody": {shop: newShop, of: crm.Influencer{}, want: [][]string{}},
		"what too many share": {shop: nameless, of: crm.Influencer{Name: "unknown", Phone: "+49 170 1234567"}, loads: 1,
			want: [][]string{{"75 unknown ~ Unknown", "+75 the same phone number: +491701234567"}}},
		"an account among similar handles": {shop: crowd, loads: 1, lists: 1,
			of:   crm.Influencer{Name: "Pam", Profiles: []crm.Profile{{Platform: "instagram", Link: "https://www.instagram.com/pam_lee/"}}},
			want: [][]string{{"95 Pam ~ P. Lee", "+95 the same account: @pam_lee on Instagram"}}},
		"few profiles": {shop: crowd, of: crm.Influencer{Name: "Pam", Profiles: profiles(3)}, loads: 1, want: [][]string{}},
		"many profiles": {shop: crowd, of: crm.Influencer{Name: "P Lee", Profiles: profiles(crm.MaxProfiles)}, lists: 1,
			want: [][]string{}}, // a name with another handle
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := test.shop(t)
			s.ok(s.crm.View(ctx, s.ws, func(ctx context.Context, r crm.Reader) error {
				counted := &reads{Reader: r}
				found, err := duplicates.Find(ctx, counted, duplicates.Options{Of: &test.of})
				if d := cmp.Diff(test.want, told(found)); d != "" {
					t.Errorf("(-want +got):\n%s", d)
				}
				if counted.loads != test.loads || counted.lists != test.lists {
					t.Errorf("%d look-ups and %d lists, want %d and %d", counted.loads, counted.lists, test.loads, test.lists)
				}
				return err
			}))
		})
	}
}
