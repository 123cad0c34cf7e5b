package crm_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

// FuzzPageToken: no text makes a list panic, and none is accepted but the tokens that PageOf made
// for this very list.
func FuzzPageToken(f *testing.F) {
	campaigns := []crm.Campaign{}
	for _, name := range []string{"Summer", "<Winter & Co>", "日本", ""} {
		campaigns = append(campaigns, crm.Campaign{ID: crm.CampaignID(countIDs()()), Name: name})
	}
	filters := []any{crm.CampaignFilter{}, crm.CampaignFilter{Text: "sale"}}
	orders := []crm.ListOptions{{Size: 1}, {Size: 1, Sort: crm.SortName}, {Size: 1, Sort: crm.SortName, Desc: true}}
	made := map[int][]string{} // by list
	for n, filter := range filters {
		for m, o := range orders {
			list := n*len(orders) + m
			for at := range campaigns[1:] {
				k := must(crm.NewKeyset[crm.Campaign](filter, o))(f)
				page := must(crm.PageOf(k, campaigns[at:at+2]))(f)
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
		k, err := crm.NewKeyset[crm.Campaign](filters[list/len(orders)], o)
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

func FuzzParseID(f *testing.F) {
	for _, seed := range []string{
		"", "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f", "018F8F5E-8A2B-7C3D-9E4F-5A6B7C8D9E0F", "018f8f5e8a2b7c3d9e4f5a6b7c8d9e0f",
		"{018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f}", "urn:uuid:018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f", "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0g",
		"00000000-0000-0000-0000-000000000000",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, err := crm.ParseID[crm.Campaign](text)
		if err != nil {
			if fields := crm.FieldErrors(err); len(fields) != 1 || !errors.Is(err, crm.ErrInvalid) || !id.IsZero() {
				t.Errorf("%s and the error %v", id, err)
			}
			return
		}
		if !strings.EqualFold(id.String(), text) {
			t.Errorf("%q is %q", text, id)
		}
		var again crm.CampaignID
		doc, err := json.Marshal(id)
		if err := errors.Join(err, json.Unmarshal(doc, &again)); err != nil || again != id {
			t.Errorf("%s becomes %s through JSON: %v", id, again, err)
		}
	})
}
