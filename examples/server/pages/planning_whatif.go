package pages

import (
	"context"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// maxChoices is how many cooperations a visitor can choose from.
const maxChoices = 200

// whatIfData is what the page of "what if these sign" shows.
type whatIfData struct {
	Open    []crm.Cooperation // drafts and negotiations to choose from, those first that are chosen and not among the first
	First   int               // how many are listed for their start
	Names   *crm.PageNames
	More    bool
	Chosen  map[string]bool
	Outcome *budget.Comparison // nil while nothing is chosen
	Already int                // how many of the chosen ones are signed, which changes nothing
	Left    int                // how many of the chosen ones cannot sign, because they are cancelled or not there
}

// whatIf shows the plan as it would be if some cooperations were signed. Nothing is saved.
func (v *visit) whatIf() (answer, error) {
	d := whatIfData{Chosen: map[string]bool{}}
	signed, err := v.whatIfSigned(&d)
	if err != nil {
		return nil, err
	}
	page, err := v.crm.Cooperations(v.Context(), v.ws.ID, crm.CooperationFilter{
		Statuses: []crm.Status{crm.Negotiating, crm.Draft}, Cancelled: crm.NotCancelled, HasAmount: true,
	}, crm.ListOptions{Size: maxChoices, Sort: crm.SortStart, WithNames: true})
	if err != nil {
		return nil, err
	}
	d.Open, d.Names, d.First, d.More = page.Items, page.Names, len(page.Items), page.Next != ""
	if err := v.listChosen(&d, signed); err != nil {
		return nil, err
	}
	var changes []budget.Change
	for _, c := range signed {
		if c.Status == crm.Signed {
			d.Already++
			continue
		}
		changes = append(changes, budget.Change{Op: budget.StageItem, Item: c.ID.String(), Stage: budget.Signed})
	}
	if len(changes) > 0 {
		free, err := v.pages.options.Reports.Take(v.Context(), v.ws.ID)
		if err != nil {
			return nil, err
		}
		defer free()
		w, err := v.crm.WhatIf(v.Context(), v.ws.ID, [][]budget.Change{changes}, &crm.ReportOptions{Rates: v.pages.options.Rates})
		if err != nil {
			return nil, err
		}
		d.Outcome = &w.Scenarios[0].Differs
	}
	return view{page: "planning_whatif", title: v.say("What if these sign?"), data: d}, nil
}

// listChosen puts what is chosen and not in the list before it: another page may have led here, and who chooses one
// more would lose what does not stand there.
func (v *visit) listChosen(d *whatIfData, signed []crm.Cooperation) error {
	listed := map[crm.CooperationID]bool{}
	for _, c := range d.Open {
		listed[c.ID] = true
	}
	others := slices.DeleteFunc(slices.Clone(signed), func(c crm.Cooperation) bool { return listed[c.ID] || c.Status == crm.Signed })
	if len(others) == 0 {
		return nil
	}
	return v.crm.View(v.Context(), v.ws.ID, func(ctx context.Context, r crm.Reader) error {
		names, err := crm.NamesOf(ctx, r, others)
		if err != nil {
			return err
		}
		maps.Copy(d.Names.Campaigns, names.Campaigns)
		d.Open = append(others, d.Open...)
		return nil
	})
}

// whatIfSigned are the cooperations that the address chooses. An address may be older than the plan: what cannot
// sign any more is counted and left out, and the rest is shown.
func (v *visit) whatIfSigned(d *whatIfData) (signed []crm.Cooperation, err error) {
	var asked []crm.CooperationID
	for _, text := range v.URL.Query()["sign"] {
		id, err := crm.ParseID[crm.Cooperation](text)
		switch {
		case err != nil:
			d.Left++
		case !d.Chosen[id.String()]:
			d.Chosen[id.String()] = true
			asked = append(asked, id)
		}
	}
	for some := range slices.Chunk(asked, crm.MaxNeed) {
		var found []crm.Cooperation
		err := v.crm.View(v.Context(), v.ws.ID, func(ctx context.Context, r crm.Reader) (err error) {
			found, err = r.Cooperations().GetAll(ctx, some)
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			if c.Cancellation == nil {
				signed = append(signed, c)
			}
		}
	}
	d.Left += len(asked) - len(signed)
	return signed, nil
}
