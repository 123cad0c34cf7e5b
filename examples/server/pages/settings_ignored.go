package pages

import (
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
)

// maxIgnored is how many ignored codes the page of settings looks at.
const maxIgnored = 200

// ignoredCode is an ignored code that somebody's cooperation is to be credited by, now or later.
type ignoredCode struct{ Code, Name, Link string }

// ownedIgnored are the ignored codes that are somebody's own, and whose orders nobody gets. A code that only a rule for a part of
// it takes is often ignored for that very reason, so it is none of them.
func (v *visit) ownedIgnored() (all []ignoredCode, err error) {
	if len(v.ws.IgnoredCodes) == 0 {
		return nil, nil
	}
	x, err := v.pages.options.Indexes.Get(v.Context(), v.crm, v.ws.ID)
	if err != nil {
		return nil, err
	}
	today, err := v.today()
	if err != nil {
		return nil, err
	}
	for _, code := range v.ws.IgnoredCodes[:min(len(v.ws.IgnoredCodes), maxIgnored)] {
		for _, t := range x.Ledger(code).Tenures {
			over := !t.Days.End.IsZero() && t.Days.End.Before(today)
			if t.Rule.Match == discount.Equals && t.Lost != attribution.Cancelled && t.Lost != attribution.Archived && !over {
				ref := crm.RefTo(t.Cooperation)
				all = append(all, ignoredCode{code, x.Name(ref), v.linkTo(ref)})
				break
			}
		}
	}
	return all, nil
}
