package backend_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

// FuzzPageToken: no text makes a list panic, and none is accepted but the tokens that PageOf made
// for this very list.
func FuzzPageToken(f *testing.F) {
	campaigns := []crm.Campaign{}
	for _, name := range []string{"Summer", "<Winter & Co>", "日本", ""} {
		campaigns = append(campaigns, crm.Campaign{ID: crm.CampaignID{15: 1}, Name: name})
	}
	filters := []any{crm.CampaignFilter{}, crm.CampaignFilter{Text: "sale"}}
	orders := []crm.ListOptions{{Size: 1}, {Size: 1, Sort: crm.SortName}, {Size: 1, Sort: crm.SortName, Desc: true}}
	made := map[int][]string{} // by list
	for n, filter := range filters {
		for m, o := range orders {
			list := n*len(orders) + m
			for at := range campaigns[1:] {
				k := must(backend.NewKeyset[crm.Campaign](crm.WorkspaceID{15: 1}, filter, o))
				page := must(backend.PageOf(k, campaigns[at:at+2]))
				made[list] = append(made[list], page.Next)
				f.Add(page.Next, uint8(list))
				f.Add(page.Next, uint8(list+1))
				f.Add(page.Next+"=", uint8(list))
				f.Add(page.Next[:len(page.Next)-1], uint8(list))
			}
		}
	}
	f.Add("bnVsbA", uint8(0)) // null
	f.Add("e30", uint8(0))    // {}
	f.Fuzz(func(t *testing.T, token string, which uint8) {
		list := int(which) % (len(filters) * len(orders))
		o := orders[list%len(orders)]
		o.Token = token
		k, err := backend.NewKeyset[crm.Campaign](crm.WorkspaceID{15: 1}, filters[list/len(orders)], o)
		switch {
		case token == "" || slices.Contains(made[list], token):
			if err != nil || (k.After == nil) != (token == "") {
				t.Errorf("its own token is refused: %v", err)
			}
		case err == nil:
			t.Errorf("accepted as %+v", k.After)
		case !errors.Is(err, crm.ErrInvalid) || k.After != nil:
			t.Errorf("refused with %v, at %v", err, k.After)
		}
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
