package pages

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/discount"
)

// maxLines is how many lines of the plan a form shows that it changes.
const maxLines = 12

// preview is what saving a form would do.
type preview struct {
	Conflicts []conflictLine
	More      int // conflicts that are not listed
	Possible  int
	Blocking  bool // one of them keeps it from being signed
	Standing  bool // or would, and it is signed all the same, as an import may be
	Notices   []string
	Wrong     []web.FieldError    // what keeps it from being saved
	Shown     bool                // there is something to be saved
	Looked    bool                // conflicts were looked for
	Compared  bool                // the plan was compared
	Lines     []budget.Difference // of the plan, that would differ
	MoreLines int
	Unpriced  bool // the cost is in a currency without a rate
}

// conflictLine is a conflict in words.
type conflictLine struct {
	crm.Conflict
	Text, Why string
}

// preview tells what saving would do, and with fill puts what the defaults give into the form. What could not be read
// of it is told first, unless the form tells it already.
func (v *visit) preview(f *form, c, stored crm.Cooperation, fill bool, unread []web.FieldError) (preview, error) {
	p := preview{}
	if len(f.Problems) == 0 {
		p.Wrong = slices.Clone(unread)
	}
	if !v.mayWrite || !stored.ArchivedOn.IsZero() {
		return p, nil
	}
	found, known, err := v.dryRun(f, &p, &c, stored, fill)
	if err != nil {
		return p, err
	}
	p.Shown, p.Looked = true, known
	if !known && !c.Influencer.IsZero() {
		asked := c
		if asked.Rules == nil {
			asked.Rules = stored.Rules
		}
		found, err = v.crm.ConflictsOf(v.Context(), v.ws.ID, asked)
		if err != nil && !errors.Is(err, crm.ErrInvalid) {
			return p, err
		}
		p.Looked = err == nil
	}
	if err := v.tell(&p, found, c.Rules); err != nil {
		return p, err
	}
	if p.Blocking && c.Status == crm.Signed && stored.Status == crm.Signed {
		before, err := v.crm.ConflictsOf(v.Context(), v.ws.ID, stored)
		if err != nil && !errors.Is(err, crm.ErrInvalid) {
			return p, err
		}
		p.Standing = slices.ContainsFunc(before.List, func(c crm.Conflict) bool { return c.Severity == discount.Blocking })
	}
	if len(unread) > 0 { // the plan would be compared with another form than that which was typed
		return p, nil
	}
	return p, v.compare(&p, c, stored)
}

// dryRun saves the form without an effect, as a draft, so that what keeps it from being signed hides nothing. It sets c to
// what would be saved. known is false where there is nothing to be asked, or it is refused.
func (v *visit) dryRun(f *form, p *preview, c *crm.Cooperation, stored crm.Cooperation, fill bool) (found crm.Conflicts, known bool, err error) {
	if !fill && v.Method != http.MethodPost || c.Campaign.IsZero() || c.Influencer.IsZero() {
		return found, false, nil
	}
	asked := *c
	if stored.Cancellation == nil {
		asked.Status = crm.Draft
	}
	var saved crm.Saved
	if stored.ID.IsZero() {
		asked.Version = 0
		saved, err = v.crm.DryRun().CreateCooperation(v.Context(), v.ws.ID, asked)
	} else {
		asked.Version = stored.Version
		saved, err = v.crm.DryRun().UpdateCooperation(v.Context(), v.ws.ID, asked, "preview")
	}
	if err != nil {
		if !errors.Is(err, crm.ErrInvalid) && !errors.Is(err, crm.ErrConflict) {
			return found, false, err
		}
		for _, e := range v.face.Problem(err).Errors {
			e.Value = sayable(e.Value)
			p.Wrong = append(p.Wrong, e)
		}
		return found, false, nil
	}
	for _, n := range saved.Notices {
		p.Notices = append(p.Notices, n.Message.Spoken(v.face.Lang))
	}
	status := c.Status
	*c = saved.Cooperation
	c.Status = status
	if fill {
		v.setDefaults(f.Values, *c)
	}
	return saved.Conflicts, true, nil
}

// tell puts conflicts of somebody with rules into words.
func (v *visit) tell(p *preview, found crm.Conflicts, own []discount.Rule) error {
	p.More, p.Possible = found.More, found.Possible
	rules, err := v.rulesOfOthers(found.List)
	if err != nil {
		return err
	}
	for _, c := range found.List {
		c.OtherRule = v.face.rule(c.OtherRule, rules[c.Other])
		c.Witness = asTyped(c.Witness, slices.Concat(own, rules[c.Other]))
		line := conflictLine{Conflict: c, Text: v.say("The code %s is also for %s", c.Witness, c.OtherName)}
		switch {
		case c.Kind == crm.ClaimUTM:
			line.Text = v.say("The same UTM fields are those of %s", c.OtherName)
		case c.Cause != "":
			line.Text = v.say("The code is one with that of %s in some shops", c.OtherName)
			line.Why = c.Why(v.ws.CodeComparison).Spoken(v.face.Lang)
		}
		p.Blocking = p.Blocking || c.Severity == discount.Blocking
		p.Conflicts = append(p.Conflicts, line)
	}
	return nil
}

// compare tells which lines of the plan would differ.
func (v *visit) compare(p *preview, c, stored crm.Cooperation) error {
	changes := planChanges(c, stored)
	if len(changes) == 0 || c.Campaign.IsZero() {
		return nil
	}
	if _, ok, err := c.Cost.In(v.ws.Currency, v.pages.options.Rates, c.Period.Start); c.Cost.IsSet() && (err != nil || !ok) {
		p.Unpriced = true
	}
	w, err := v.crm.WhatIf(v.Context(), v.ws.ID, [][]budget.Change{changes}, &crm.ReportOptions{Rates: v.pages.options.Rates})
	if errors.Is(err, crm.ErrInvalid) {
		return nil // what is wrong is told by the dry run, or when it is saved
	}
	if err != nil {
		return err
	}
	differs := w.Scenarios[0].Differs
	p.Compared = true
	p.Lines = append(p.Lines, differs.Campaigns...)
	p.Lines = append(p.Lines, differs.Months...)
	if len(p.Lines) > maxLines {
		p.Lines, p.MoreLines = p.Lines[:maxLines], len(p.Lines)-maxLines
	}
	return nil
}

// planChanges are the changes of the plan that saving a cooperation makes. One that is cancelled has no cost in it.
func planChanges(c, stored crm.Cooperation) (changes []budget.Change) {
	item := stored.ID.String()
	add := budget.Change{Op: budget.AddItem, Add: &budget.Item{
		ID: uuid.NewString(), Name: c.Name, Campaign: c.Campaign.String(), Influencer: c.Influencer.String(),
		Stage: c.Status, Cost: c.Cost, Period: c.Period, Spread: c.Spread,
	}}
	switch {
	case stored.Cancellation != nil:
		return nil
	case stored.ID.IsZero():
		return []budget.Change{add}
	case c.Spread != stored.Spread:
		return []budget.Change{{Op: budget.DropItem, Item: item}, add}
	}
	if c.Campaign != stored.Campaign {
		changes = append(changes, budget.Change{Op: budget.MoveItem, Item: item, Campaign: c.Campaign.String()})
	}
	if c.Cost != stored.Cost {
		changes = append(changes, budget.Change{Op: budget.RepriceItem, Item: item, Cost: c.Cost})
	}
	if c.Period != stored.Period {
		changes = append(changes, budget.Change{Op: budget.RedateItem, Item: item, Period: c.Period})
	}
	if c.Status != stored.Status {
		changes = append(changes, budget.Change{Op: budget.StageItem, Item: item, Stage: c.Status})
	}
	return changes
}

// words are what the values mean that are shown where two have saved: names behind ids, and words of the domain.
// Profiles are told beside the influencer whose they are.
func (d *cooperationData) words(v *visit, both ...url.Values) (map[string]string, error) {
	words := map[string]string{}
	for name, options := range map[string][]option{
		"campaign": d.Campaigns.Options, "influencer": d.Influencers.Options, "responsible": d.Members, "status": d.Statuses, "spread": d.Spreads,
	} {
		for _, o := range options {
			words[name+" "+o.Value] = o.Label
		}
	}
	words["last_touch yes"] = v.say("yes")
	kinds := map[string]crm.Kind{"campaign": crm.KindCampaign, "influencer": crm.KindInfluencer, "responsible": crm.KindMember}
	var refs []crm.Ref
	for _, x := range both {
		for name, kind := range kinds {
			if id, err := uuid.Parse(x.Get(name)); err == nil {
				refs = append(refs, crm.Ref{Kind: kind, ID: id})
			}
		}
		if x.Get("profile") == "" {
			continue
		}
		i, err := v.chosenInfluencer(newForm(x))
		if err != nil {
			return nil, err
		}
		for _, p := range i.Profiles {
			words["influencer "+p.ID.String()] = accountName(p)
		}
	}
	names := v.names(refs)
	for name, kind := range kinds {
		for _, r := range refs {
			if known := names[r]; r.Kind == kind && known != "" {
				words[name+" "+r.ID.String()] = known
			}
		}
	}
	return words, nil
}
