package assistant

import "github.com/getklar/influencercrm/budget"

// figures are a line of the plan, with amounts as people write them: "5000.00 EUR".
type figures struct {
	Key             string        `json:"key,omitzero"` // the id of a campaign, or a month
	Name            string        `json:"name,omitzero"`
	Signed          string        `json:"signed"`
	Negotiating     string        `json:"negotiating"`
	Draft           string        `json:"draft"`
	Allocated       string        `json:"allocated"`
	Budget          string        `json:"budget,omitzero"`
	LeftAfterSigned string        `json:"left_after_signed,omitzero"`
	LeftAfterAll    string        `json:"left_after_all,omitzero"`
	Unbudgeted      string        `json:"unbudgeted,omitzero"` // the part of allocated that no budget is for
	Health          budget.Health `json:"health"`
	Cooperations    budget.Counts `json:"cooperations"`
}

func figuresOf(l budget.Line) figures {
	f := figures{
		Key: l.Key, Name: l.Label, Health: l.Health, Cooperations: l.Counts,
		Signed: l.Signed.String(), Negotiating: l.Negotiating.String(), Draft: l.Draft.String(), Allocated: l.Allocated().String(),
	}
	if l.Budget.IsSet() {
		f.Budget, f.LeftAfterSigned, f.LeftAfterAll = l.Budget.String(), l.RemainingAfterSigned().String(), l.RemainingAfterAllocated().String()
		if l.Unbudgeted().Sign() != 0 {
			f.Unbudgeted = l.Unbudgeted().String()
		}
	}
	return f
}

// lines are the figures of the first lines, and how many there are more.
func lines(all []budget.Line, limit int) (some []figures, more int) {
	some = []figures{}
	for _, l := range all[:min(limit, len(all))] {
		some = append(some, figuresOf(l))
	}
	return some, len(all) - len(some)
}
