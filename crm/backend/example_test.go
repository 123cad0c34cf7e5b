package backend_test

import (
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

// The list of a store: check the options, find one record more than the page holds, and make the page.
func Example() {
	stored := []crm.Campaign{{ID: crm.CampaignID{15: 1}, Name: "Spring"}, {ID: crm.CampaignID{15: 2}, Name: "Summer"},
		{ID: crm.CampaignID{15: 3}, Name: "Autumn"}}

	ws := crm.WorkspaceID{15: 9} // whose records they are
	list := func(f crm.CampaignFilter, o crm.ListOptions) (crm.Page[crm.Campaign], error) {
		keyset, err := backend.NewKeyset[crm.Campaign](ws, f, o)
		if err != nil {
			return crm.Page[crm.Campaign]{}, err
		}
		return backend.PageAmong(keyset, stored) // a database finds them by ORDER BY and LIMIT, and PageOf makes the page
	}

	o := crm.ListOptions{Size: 2, Sort: crm.SortName}
	for {
		page, err := list(crm.CampaignFilter{}, o)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, c := range page.Items {
			fmt.Println(c.Name)
		}
		if o.Token = page.Next; o.Token == "" {
			return
		}
		fmt.Println("next page")
	}
	// Output:
	// Autumn
	// Spring
	// next page
	// Summer
}
