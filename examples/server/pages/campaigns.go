package pages

import (
	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// campaignsData is what the list of campaigns shows.
type campaignsData struct {
	*form
	Page     crm.Page[crm.Campaign]
	Lines    map[string]budget.Line // of the plan, by the ids of the campaigns
	Next     string
	First    bool
	Filtered bool
	Archives []option
	Sorts    []option
}

// Form is that of the filter.
func (d *campaignsData) Form() *form { return d.form }

// Line is that of a campaign in the plan.
func (d *campaignsData) Line(c crm.Campaign) budget.Line { return d.Lines[c.ID.String()] }

// campaigns lists campaigns with their budgets.
func (v *visit) campaigns() (answer, error) {
	if err := v.takesOnly("text", "archive", "sort", "page"); err != nil {
		return nil, err
	}
	q := v.URL.Query()
	d := &campaignsData{form: newForm(q), First: q.Get("page") == "", Filtered: q.Get("text") != "" || q.Get("archive") != ""}
	filter := crm.CampaignFilter{Text: q.Get("text"), Archive: crm.Archive(q.Get("archive"))}
	o := crm.ListOptions{Size: pageSize, Token: q.Get("page"), Sort: crm.SortStart, Desc: true}
	switch sort := q.Get("sort"); sort {
	case "":
	case "name":
		o.Sort, o.Desc = crm.SortName, false
	default:
		return nil, notForThisAddress("sort", sort)
	}
	var err error
	if d.Page, err = v.crm.Campaigns(v.Context(), v.ws.ID, filter, o); err != nil {
		return nil, err
	}
	if d.Lines, err = v.campaignLines(d.Page.Items...); err != nil {
		return nil, err
	}
	if d.Page.Next != "" {
		next := cloneQuery(q)
		next.Set("page", d.Page.Next)
		d.Next = v.to("campaigns") + "?" + next.Encode()
	}
	d.Archives = []option{
		{Value: "", Label: v.say("Not archived")}, {Value: string(crm.ArchivedOnly), Label: v.say("Archived")},
		{Value: string(crm.ActiveOrNot), Label: v.say("All")},
	}
	d.Sorts = []option{{Value: "", Label: v.say("The newest first")}, {Value: "name", Label: v.say("By name")}}
	return view{page: "campaigns", title: v.say("Campaigns"), data: d}, nil
}
