package claims_test

import (
	"fmt"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/internal/claims"
	"github.com/getklar/influencercrm/discount"
)

// Pam has the code EMMA10 in June. Emma is about to get every code that begins with EMMA.
func Example() {
	june := budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")}
	pam := claims.Entry{Cooperation: claims.ID{1}, Influencer: claims.ID{1}, Days: june, Kind: claims.Equals, Key: "emma10"}
	emma := claims.Entry{Cooperation: claims.ID{2}, Influencer: claims.ID{2}, Kind: claims.StartsWith, Key: "emma"}
	emma.Days.Start = budget.MustParseDate("2026-06-15")

	index := claims.New([]claims.Entry{pam}, discount.Exact)
	found := index.Conflicts([]claims.Entry{emma}, 10)
	for _, c := range found.Worst {
		fmt.Println(c.Severity, c.Witness(), c.Days.Start, c.Days.End)
	}

	index.Replace(emma.Cooperation, []claims.Entry{emma})
	for _, e := range index.Satisfied("EMMA10") {
		fmt.Println(e.Rule(), e.Days.Start)
	}
	// Output:
	// certain emma10 2026-06-15 2026-06-30
	// equals emma10 2026-06-01
	// starts with emma 2026-06-15
}
