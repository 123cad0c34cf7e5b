package pages

import (
	"net/url"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// fitsData is what the page of what still fits into a budget shows.
type fitsData struct {
	crm.Fits
	Of       string // the campaign, the month, or both
	Campaign crm.CampaignID
	Month    budget.Month
	Form     *form
	Orders   []option
	Items    string // the address of all cooperations of the cell
	More     int    // those that fit and are not listed
}

// Over is by how much what is signed is over the budget.
func (d fitsData) Over() budget.Money { return budget.FromMinor(-d.Left.Minor(), d.Left.Currency()) }

// maxFits is how many cooperations that fit are listed; the addresses of what-if pages hold as many.
const maxFits = 100

// fits shows which drafts and negotiations can still be signed within what is left of a budget: that of ?campaign=, of
// ?month= or of both; without either that of the next month.
func (v *visit) fits() (answer, error) {
	if err := v.takesOnly("campaign", "month", "order"); err != nil {
		return nil, err
	}
	q := v.URL.Query()
	campaign, err := asked(q, "campaign", crm.ParseID[crm.Campaign])
	if err != nil {
		return nil, err
	}
	month, err := asked(q, "month", budget.ParseMonth)
	if err != nil {
		return nil, err
	}
	order, err := asked(q, "order", budget.ParseFitOrder)
	if err != nil {
		return nil, err
	}
	if campaign.IsZero() && month.IsZero() {
		today, err := v.today()
		if err != nil {
			return nil, err
		}
		month = today.Month().Next()
	}
	free, err := v.pages.options.Reports.Take(v.Context(), v.ws.ID)
	if err != nil {
		return nil, err
	}
	defer free()
	d := fitsData{Campaign: campaign, Month: month, Form: newForm(url.Values{"order": {string(order)}}), Orders: v.fitOrders()}
	d.Fits, err = v.crm.Fits(v.Context(), v.ws.ID, campaign, month, order, &crm.ReportOptions{Rates: v.pages.options.Rates})
	if err != nil {
		return nil, err
	}
	if d.More = max(0, len(d.Shares)-maxFits); d.More > 0 {
		d.Shares = d.Shares[:maxFits]
	}
	if d.Of, err = v.nameOfCell(campaign, month); err != nil {
		return nil, err
	}
	d.Items = v.to("planning", "cooperations") + "?" + cellQuery(campaign, month).Encode()
	return view{page: "planning_fits", title: v.say("What still fits: %s", d.Of), data: d}, nil
}

// cellQuery names a campaign, a month or both in an address.
func cellQuery(campaign crm.CampaignID, month budget.Month) url.Values {
	q := url.Values{}
	if !campaign.IsZero() {
		q.Set("campaign", campaign.String())
	}
	if !month.IsZero() {
		q.Set("month", month.String())
	}
	return q
}

// nameOfCell is what a campaign, a month or both are called.
func (v *visit) nameOfCell(campaign crm.CampaignID, month budget.Month) (string, error) {
	if campaign.IsZero() {
		return v.face.Month(month), nil
	}
	c, err := v.crm.Campaign(v.Context(), v.ws.ID, campaign)
	if err != nil || month.IsZero() {
		return c.Name, err
	}
	return c.Name + ", " + v.face.Month(month), nil
}

// fitOrders are the orders in which cooperations can be taken.
func (v *visit) fitOrders() []option {
	return []option{
		{Value: "", Label: v.say("by their start")},
		{Value: string(budget.FitsSurest), Label: v.say("the surest first")},
		{Value: string(budget.FitsCheapest), Label: v.say("the cheapest first")},
		{Value: string(budget.FitsDearest), Label: v.say("the dearest first")},
	}
}
