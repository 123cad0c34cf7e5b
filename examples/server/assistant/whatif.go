package assistant

import (
	"fmt"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

// maxSteps is how many changes one what-if and one proposal have.
const maxSteps = 50

// supposed is what differs in a plan with changes that nobody has saved.
type supposed struct {
	Now       figures      `json:"now"`
	Then      figures      `json:"then"`
	Campaigns []difference `json:"campaigns"`
	Months    []difference `json:"months"`
	More      int          `json:"more,omitzero"` // lines that differ and are not listed
}

type difference struct {
	Now  figures `json:"now"`
	Then figures `json:"then"`
}

func whatIf() (tool, error) {
	type asked struct {
		place
		Changes []budget.Change `json:"changes" jsonschema:"Made one after the other. By op: add needs add (with an id of your own and the id of a campaign); drop, move (to campaign), reprice (to cost), redate (to period), stage (to stage) and cancel (on, fee) need item, the id of a cooperation; budget and dates need campaign, month_budget needs month."`
		planning
	}
	return reading("what_if", "What if?",
		"Says how the plan would stand after some changes, and what would differ from now. Nothing is saved.",
		func(c *call[asked]) (answer, error) {
			if n := len(c.args.Changes); n == 0 || n > maxSteps {
				return answer{}, refusal.Invalid("changes", fmt.Sprint(n), sentence.Of("must be 1 to %d changes", maxSteps))
			}
			tried, err := c.crm.WhatIf(c.ctx, c.ws, [][]budget.Change{c.args.Changes}, c.args.options(c.options.Rates))
			if err != nil {
				return answer{}, err
			}
			then, differs := tried.Scenarios[0].Report, tried.Scenarios[0].Differs
			s := supposed{Now: figuresOf(tried.Now.Total), Then: figuresOf(then.Total)}
			var moreMonths int
			s.Campaigns, s.More = differences(differs.Campaigns)
			s.Months, moreMonths = differences(differs.Months)
			s.More += moreMonths
			return answer{supposedInWords(tried.Now.Total, then.Total, differs), s}, nil
		})
}

func supposedInWords(now, then budget.Line, differs budget.Comparison) string {
	if differs.Same() {
		return "Nothing would differ."
	}
	words := fmt.Sprintf("Allocated would be %s in place of %s, signed %s in place of %s.",
		then.Allocated(), now.Allocated(), then.Signed, now.Signed)
	if then.Budget.IsSet() {
		words += fmt.Sprintf(" Of the campaigns' budgets of %s, %s would be left after what is signed and %s after everything.",
			then.Budget, then.RemainingAfterSigned(), then.RemainingAfterAllocated())
	}
	return words + fmt.Sprintf(" %s and %s would differ.", counted(len(differs.Campaigns), "campaign"), counted(len(differs.Months), "month"))
}

func differences(all []budget.Difference) (some []difference, more int) {
	some = []difference{}
	for _, d := range all[:min(len(all), defaultListed)] {
		now, then := figuresOf(d.Before), figuresOf(d.After)
		now.Key, then.Key, now.Name, then.Name = d.Key, d.Key, d.Label, d.Label
		some = append(some, difference{now, then})
	}
	return some, len(all) - len(some)
}
