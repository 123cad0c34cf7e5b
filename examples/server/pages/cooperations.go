package pages

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
)

func (p *Pages) cooperations(mux *http.ServeMux) {
	p.livePage(mux, "GET /w/{workspace}/cooperations", (*visit).cooperations)
	p.page(mux, "POST /w/{workspace}/cooperations/bulk", (*visit).changeCooperations)
}

// cooperationList is a page of a list of cooperations, with what all of them come to.
type cooperationList struct {
	at     string     // the address of the list, without its query
	query  url.Values // of the list, without the page
	filter url.Values // of the page of all cooperations, for the same list
	sort   crm.Sort
	desc   bool
	Page   crm.Page[crm.Cooperation]
	Totals crm.Totals
	First  bool
	// InCampaign tells that all are of one campaign, which need not be named.
	InCampaign bool
	Columns    []sortColumn
}

// columns are those of the list, with the links that sort it.
func (l *cooperationList) columns(v *visit) []sortColumn {
	all := []sortColumn{
		{Sort: crm.SortName, Label: v.say("Cooperation")}, {Sort: crm.SortInfluencer, Label: v.say("Influencer")},
		{Label: v.say("Campaign")}, {Sort: crm.SortStatus, Label: v.say("Status")}, {Sort: crm.SortStart, Label: v.say("Dates")},
		{Sort: crm.SortCost, Label: v.say("Cost"), Number: true}, {Label: v.say("Responsible")},
	}
	if l.InCampaign {
		all = append(all[:2], all[3:]...)
	}
	for n := range all {
		c := &all[n]
		if c.Sort == crm.SortCreated {
			continue
		}
		q := cloneQuery(l.query)
		q.Set("sort", string(c.Sort))
		q.Del("desc")
		if l.sort == c.Sort {
			c.Order = "ascending"
			if l.desc {
				c.Order = "descending"
			} else {
				q.Set("desc", "true")
			}
		}
		c.Link = l.at + "?" + q.Encode()
	}
	return all
}

// sortColumn is a column of a table that can be sorted.
type sortColumn struct {
	Sort   crm.Sort
	Label  string
	Link   string // sorts by it; empty if nothing does
	Order  string // as aria-sort has it; empty if the table is sorted by another one
	Number bool
}

// Next is the address of the next page; empty on the last.
func (l *cooperationList) Next() string {
	if l.Page.Next == "" {
		return ""
	}
	q := cloneQuery(l.query)
	q.Set("page", l.Page.Next)
	return l.at + "?" + q.Encode()
}

// Start is the address of the first page.
func (l *cooperationList) Start() string { return l.at + "?" + l.query.Encode() }

// Here is the address of the list itself, to come back to it.
func (l *cooperationList) Here() string { return l.Start() }

// Filter is what selects the list, as the page of all cooperations has it in its address.
func (l *cooperationList) Filter() string { return l.filter.Encode() }

// Selecting are the statuses with what a filter for one more would show.
func (l *cooperationList) Selecting() []statusSum {
	var all []statusSum
	for _, s := range crm.Statuses() {
		x := statusSum{Status: s}
		switch s {
		case crm.Draft:
			x.Count, x.Sum = l.Totals.Counts.Draft, l.Totals.Amounts.Draft
		case crm.Negotiating:
			x.Count, x.Sum = l.Totals.Counts.Negotiating, l.Totals.Amounts.Negotiating
		case crm.Signed:
			x.Count, x.Sum = l.Totals.Counts.Signed, l.Totals.Amounts.Signed
		}
		all = append(all, x)
	}
	return all
}

// statusSum is how many cooperations have a status, and what they cost.
type statusSum struct {
	Status crm.Status
	Count  int
	Sum    budget.Money
}

func cloneQuery(q url.Values) url.Values {
	c := url.Values{}
	for name, values := range q {
		if len(values) > 0 && values[0] != "" && name != "page" && !slices.Contains(toasts, name) {
			c[name] = values
		}
	}
	return c
}

// listCooperations reads a page of what a filter selects, as the address wants it sorted.
func (v *visit) listCooperations(at string, f *form, inCampaign bool) (*cooperationList, error) {
	q := v.URL.Query()
	l := &cooperationList{at: at, query: cloneQuery(q), filter: url.Values{}, sort: crm.Sort(q.Get("sort")),
		desc: q.Get("desc") == "true", First: q.Get("page") == ""}
	l.InCampaign = inCampaign
	if q.Get("sort") == "" {
		l.sort = crm.SortStart
	}
	for name, values := range f.Values {
		if isCooperationFilter(name) && f.Get(name) != "" {
			l.filter[name] = values
		}
	}
	l.Columns = l.columns(v)
	filter := v.cooperationFilter(f)
	if len(f.Problems) > 0 {
		return l, nil // a list of everything would look like the one that was asked for
	}
	var err error
	if l.Totals, err = v.crm.Totals(v.Context(), v.ws.ID, filter); err != nil {
		return nil, err
	}
	l.Page, err = v.crm.Cooperations(v.Context(), v.ws.ID, filter,
		crm.ListOptions{Size: pageSize, Token: q.Get("page"), Sort: l.sort, Desc: l.desc, WithNames: true})
	return l, err
}

// cooperationsData is what the page of all cooperations shows.
type cooperationsData struct {
	*form
	List                       *cooperationList
	Campaigns                  []option
	Statuses                   []option
	Cancelleds                 []option
	Platforms                  []option
	Members                    []option
	Archives                   []option
	Filtered                   bool
	CampaignsHint, MembersHint string
	Of                         *option // the influencer whose they are; nil without one
}

// Form is that of the filter.
func (d *cooperationsData) Form() *form { return d.form }

// unassigned is the choice of a filter for what nobody is responsible for.
const unassigned = "none"

func (v *visit) cooperations() (answer, error) {
	if err := v.takes(func(name string) bool { return isCooperationFilter(name) || slices.Contains(cooperationOrder, name) }); err != nil {
		return nil, err
	}
	f := newForm(v.URL.Query())
	d := &cooperationsData{form: f}
	to, err := v.remainingInFilter()
	if err != nil || to != "" {
		return to, err
	}
	if d.List, err = v.listCooperations(v.to("cooperations"), f, false); err != nil {
		return nil, err
	}
	d.Filtered = len(d.List.filter) > 0
	if id, err := crm.ParseID[crm.Influencer](f.Get("influencer")); err == nil {
		ref := crm.RefTo(id)
		d.Of = &option{Value: v.linkTo(ref), Label: v.names([]crm.Ref{ref})[ref]}
	}
	a := view{page: "cooperations", title: v.say("Cooperations"), data: d}
	if len(f.Problems) > 0 {
		a = a.again()
	}
	return a, v.filterChoices(d)
}

// cooperationOrder are the parameters of an address that say which part of a list of cooperations is shown.
var cooperationOrder = []string{"sort", "desc", "page"}

// isCooperationFilter reports whether a parameter of an address is one of the filter.
func isCooperationFilter(name string) bool {
	return slices.Contains([]string{"text", "campaign", "influencer", "status", "platform", "month", "responsible",
		"archive", "cancelled"}, name)
}

// cooperationFilter reads the filter of an address.
func (v *visit) cooperationFilter(f *form) crm.CooperationFilter {
	filter := crm.CooperationFilter{Text: f.Get("text"), Archive: crm.Archive(f.Get("archive")), Cancelled: crm.Cancelled(f.Get("cancelled"))}
	if id := typedID[crm.Campaign](v, f, "campaign"); !id.IsZero() {
		filter.Campaigns = []crm.CampaignID{id}
	}
	if id := typedID[crm.Influencer](v, f, "influencer"); !id.IsZero() {
		filter.Influencers = []crm.InfluencerID{id}
	}
	if s := f.Get("status"); s != "" {
		filter.Statuses = []crm.Status{crm.Status(s)}
	}
	if p := f.Get("platform"); p != "" {
		filter.Platforms = []string{p}
	}
	if text := f.Get("month"); text != "" {
		m, err := budget.ParseMonth(text)
		if err != nil {
			f.wrong("month", v.say("is no month; write it like %s", "2026-06"))
		} else {
			filter.During = budget.Period{Start: m.First(), End: m.Last()}
		}
	}
	if f.Get("responsible") == unassigned {
		filter.Unassigned = true
	} else if id := typedID[crm.Member](v, f, "responsible"); !id.IsZero() {
		filter.Responsibles = []crm.MemberID{id}
	}
	return filter
}

// filterChoices reads what the boxes of the filter offer.
func (v *visit) filterChoices(d *cooperationsData) error {
	campaigns, more, err := whole(func(o crm.ListOptions) (crm.Page[crm.Campaign], error) {
		return v.crm.Campaigns(v.Context(), v.ws.ID, crm.CampaignFilter{}, o)
	})
	if err != nil {
		return err
	}
	d.CampaignsHint = v.listHint(len(campaigns), more)
	for _, c := range campaigns {
		d.Campaigns = append(d.Campaigns, option{Value: c.ID.String(), Label: c.Name})
	}
	v.face.byLabel(d.Campaigns)
	all := option{Value: "", Label: v.say("All")}
	d.Campaigns = v.withChosen(choices{Options: d.Campaigns}, d.Get("campaign"), crm.KindCampaign).Options
	d.Campaigns[0] = all
	d.Statuses = append([]option{all}, v.statusOptions()...)
	d.Cancelleds = []option{
		all, {Value: string(crm.NotCancelled), Label: v.say("Not cancelled")}, {Value: string(crm.CancelledOnly), Label: v.say("Only cancelled")},
	}
	d.Platforms = []option{all}
	known := d.Get("platform") == ""
	for _, p := range account.Platforms() {
		d.Platforms = append(d.Platforms, option{Value: p.ID, Label: p.Name})
		known = known || p.ID == d.Get("platform")
	}
	if !known {
		d.Platforms = append(d.Platforms, option{Value: d.Get("platform"), Label: account.PlatformName(d.Get("platform"))})
	}
	chosen := d.Get("responsible")
	if chosen == unassigned {
		chosen = ""
	}
	members, hint, err := v.memberOptions(chosen)
	if err != nil {
		return err
	}
	d.MembersHint = hint
	members[0] = option{Value: unassigned, Label: v.say("Nobody")}
	d.Members = append([]option{all}, members...)
	d.Archives = []option{
		{Value: "", Label: v.say("Not archived")}, {Value: string(crm.ArchivedOnly), Label: v.say("Archived")},
		{Value: string(crm.ActiveOrNot), Label: v.say("All")},
	}
	return nil
}
