package pages

import (
	"cmp"
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// campaignData is what the form of a campaign shows.
type campaignData struct {
	*form
	campaignHead
	Clone *form // the form of a copy
	Used  bool  // it has cooperations, archived ones among them, and cannot be deleted
}

// Form is the main form, for templates.
func (d *campaignData) Form() *form { return d.form }

func (v *visit) newCampaign() (answer, error) {
	return view{page: "campaign_new", title: v.say("New campaign"), data: &campaignData{form: newForm(url.Values{})}}, nil
}

func (v *visit) createCampaign() (answer, error) {
	f := v.typed()
	c := v.readCampaign(f, crm.Campaign{ID: crm.CampaignID(v.once)})
	made := c.Ref()
	var of crm.Done
	err := v.deletedSince(f, made)
	if err == nil && len(f.Problems) == 0 {
		c, err = v.crm.Noting(&of).CreateCampaign(v.Context(), v.ws.ID, c)
	}
	if v.repeated(err, made) {
		return redirect(v.linkTo(made) + "?already=1"), nil
	}
	if len(f.Problems) > 0 || f.refused(v, err) {
		return view{page: "campaign_new", title: v.say("New campaign"), data: &campaignData{form: f}}.again(), nil
	}
	if err != nil {
		return nil, err
	}
	return done(v.to("campaigns", c.ID.String()), of), nil
}

// readCampaign reads the form of a campaign over a stored one.
func (v *visit) readCampaign(f *form, c crm.Campaign) crm.Campaign {
	c.Version = v.version()
	c.Name = f.Get("name")
	c.Budget = v.amount(f, "budget", v.ws.Currency)
	c.RevenueTarget = v.amount(f, "revenue_target", v.ws.Currency)
	c.Period = v.period(f, "period.start", "period.end")
	c.Notes = strings.ReplaceAll(f.Get("notes"), "\r\n", "\n")
	return c
}

// campaignValues are the values of the form of a campaign.
func (v *visit) campaignValues(c crm.Campaign) url.Values {
	return url.Values{
		"version": {strconv.FormatInt(c.Version, 10)}, "name": {c.Name}, "budget": {v.face.TypedAmount(c.Budget)},
		"revenue_target": {v.face.TypedAmount(c.RevenueTarget)}, "period.start": {c.Period.Start.String()},
		"period.end": {c.Period.End.String()}, "notes": {c.Notes},
	}
}

// campaignLabels name what of a campaign two can differ in. Budget and target mean something without each other.
func (v *visit) campaignLabels() []label {
	return []label{
		{Name: "name", Text: v.say("Name")}, {Name: "budget", Text: v.say("Budget")}, {Name: "revenue_target", Text: v.say("Revenue target")},
		v.periodLabel(), {Name: "notes", Text: v.say("Notes")},
	}
}

// campaignForm is the page of the form of a stored campaign. A nil form is that of what is stored.
func (v *visit) campaignForm(f, clone *form) (view, error) {
	h, err := v.campaignHead("edit")
	if err != nil {
		return view{}, err
	}
	if f == nil {
		f = newForm(v.campaignValues(h.Campaign))
	}
	if clone == nil {
		clone = newForm(url.Values{"start": {h.Campaign.Period.Start.String()}, "cooperations": {"yes"}})
		clone.Values.Set("clone_name", v.say("%s (copy)", h.Campaign.Name))
		if h.Campaign.Period.Start.IsZero() {
			clone.Values.Del("start")
		}
	}
	booked, err := v.crm.Cooperations(v.Context(), v.ws.ID,
		crm.CooperationFilter{Campaigns: []crm.CampaignID{h.Campaign.ID}, Archive: crm.ActiveOrNot}, crm.ListOptions{Size: 1})
	if err != nil {
		return view{}, err
	}
	v.shows(v.to("campaigns", h.Campaign.ID.String(), "edit"))
	d := &campaignData{form: f, campaignHead: h, Clone: clone, Used: len(booked.Items) > 0}
	return view{page: "campaign_edit", title: h.Campaign.Name, data: d}, nil
}

func (v *visit) editCampaign() (answer, error) {
	page, err := v.campaignForm(nil, nil)
	if err == nil {
		v.isForm(page.data.(*campaignData).Campaign.Version)
	}
	return page, err
}

func (v *visit) saveCampaign() (answer, error) {
	stored, err := v.storedCampaign()
	if err != nil {
		return nil, err
	}
	f := v.typed()
	c := v.readCampaign(f, stored)
	var of crm.Done
	if len(f.Problems) == 0 {
		var saved crm.Campaign
		saved, err = v.crm.Noting(&of).UpdateCampaign(v.Context(), v.ws.ID, c, "")
		if err == nil {
			v.savedAs(saved, of)
			return done(v.to("campaigns", stored.ID.String()), of), nil
		}
	}
	if stale(err) {
		a, err := v.campaignForm(f, nil)
		if err != nil {
			return nil, err
		}
		now := a.data.(*campaignData).Campaign
		var was url.Values
		if before, known := base(v, now, func(ctx context.Context, r crm.Reader) (crm.Campaign, error) { return r.Campaigns().Get(ctx, now.ID) }); known {
			was = v.campaignValues(before)
		}
		f.Saver = v.savedSince(now.Ref(), v.version(), now.Version)
		return a.meet(f, was, v.campaignValues(now), now.Version, v.campaignLabels()), nil
	}
	if err != nil && !f.refused(v, err) {
		return nil, err
	}
	a, err := v.campaignForm(f, nil)
	return a.again(), err
}

// cloneCampaign makes a copy of a campaign, and lists what it does not have.
func (v *visit) cloneCampaign() (answer, error) {
	stored, err := v.storedCampaign()
	if err != nil {
		return nil, err
	}
	f := v.typed()
	o := crm.CloneOptions{Name: f.Get("clone_name"), Start: v.date(f, "start"), Days: v.whole(f, "days"),
		Cooperations: f.Get("cooperations") != ""}
	if o.Days != 0 && o.Start == stored.Period.Start {
		o.Start = budget.Date{} // the form has the campaign's own start at first, and days are what was typed
	}
	var made crm.Cloned
	if len(f.Problems) == 0 {
		made, err = v.crm.CloneCampaign(v.Context(), v.ws.ID, stored.ID, o)
	}
	if f.refused(v, err) {
		for n := range f.Problems { // the copy's name has a field of its own
			if f.Problems[n].Field == "name" {
				f.Problems[n].Field = "clone_name"
			}
		}
	} else if err != nil {
		return nil, err
	}
	if len(f.Problems) > 0 {
		a, err := v.campaignForm(nil, f)
		return a.again(), err
	}
	to := done(v.to("campaigns", made.Campaign.ID.String()), made.Done)
	if len(made.LeftOut) == 0 {
		return to, nil
	}
	v.shows(v.linkTo(made.Campaign.Ref()))
	return view{page: "campaign_cloned", title: made.Campaign.Name, data: struct {
		crm.Cloned
		To string
	}{made, string(to)}}, nil
}

// actOnCampaign does something to the campaign of the path, and leads to a page; empty for its own.
func (v *visit) actOnCampaign(do doing, to string) (answer, error) {
	stored, err := v.storedCampaign()
	if err != nil {
		return nil, err
	}
	return v.act(stored.Ref(), do, cmp.Or(to, v.linkTo(stored.Ref())), func(problem string) (view, error) {
		stored, err := v.storedCampaign()
		if err != nil {
			return view{}, err
		}
		f := newForm(v.campaignValues(stored))
		f.wrong("", problem)
		return v.campaignForm(f, nil)
	})
}

func (v *visit) archiveCampaign() (answer, error) { return v.actOnCampaign(v.archive, "") }
func (v *visit) restoreCampaign() (answer, error) { return v.actOnCampaign(v.restore, "") }
func (v *visit) deleteCampaign() (answer, error) {
	a, err := v.actOnCampaign(v.remove, v.to("campaigns"))
	of, _ := id[crm.Campaign](v, "id") // the zero one is of no record
	return v.deletedAlready(a, err, crm.RefTo(of), v.to("campaigns"))
}
