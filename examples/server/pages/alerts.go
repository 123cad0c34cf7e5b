package pages

import (
	"context"
	"html/template"
	"net/http"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/pages/words"
)

func (p *Pages) alerts(mux *http.ServeMux) {
	p.livePage(mux, "GET /w/{workspace}/alerts", (*visit).alertList)
}

// alertLinks is how many of its cooperations an alert names.
const alertLinks = 5

// alertRow is an alert in words, with links to what it is about.
type alertRow struct {
	Kind  budget.AlertKind
	Text  string
	Links []option // addresses and names
	Tips  []option // the cooperation with which the budget is exceeded
	More  int
	Items string // the address of a page with all of it
}

// alertList shows what somebody should look at in the plan, the most urgent first.
func (v *visit) alertList() (answer, error) {
	if err := v.takesOnly(); err != nil {
		return nil, err
	}
	content, err := v.kept(budget.Date{}, "alerts", v.writeAlerts)
	if err != nil {
		return nil, err
	}
	//nolint:gosec // html/template has written it
	return view{page: "alerts", title: v.say("Alerts"), data: template.HTML(content)}, nil
}

// writeAlerts writes the list. It is the same for all visitors with one language.
func (v *visit) writeAlerts(ctx context.Context) ([]byte, error) {
	found, err := v.crm.Alerts(ctx, v.ws.ID, &crm.AlertOptions{ReportOptions: crm.ReportOptions{Rates: v.pages.options.Rates}})
	if err != nil {
		return nil, err
	}
	var refs []crm.Ref
	for _, a := range found.Alerts {
		refs = append(refs, aboutAlert(a)...)
	}
	names, err := v.readNames(ctx, refs)
	if err != nil { // a list without names is not one to keep
		return nil, err
	}
	d := struct {
		Alerts []alertRow
		More   int
	}{More: found.Count - len(found.Alerts)}
	for _, a := range found.Alerts {
		row := alertRow{Kind: a.Kind, Text: words.Capital(a.Message.Spoken(v.face.Lang))}
		for _, ref := range aboutAlert(a) {
			if name := names[ref]; name != "" {
				link := option{Value: v.linkTo(ref), Label: name}
				if ref.Kind == crm.KindCooperation && (a.Kind == budget.AlertOver || a.Kind == budget.AlertAtRisk) {
					row.Tips = append(row.Tips, link)
				} else {
					row.Links = append(row.Links, link)
				}
			}
		}
		if row.More = a.Count - min(len(a.Cooperations), alertLinks); a.Kind == budget.AlertOver || a.Kind == budget.AlertAtRisk || row.More < 0 {
			row.More = 0
		}
		switch {
		case !a.Month.IsZero() && !a.Campaign.IsZero():
			row.Items = v.to("planning", "cooperations") + "?campaign=" + a.Campaign.String() + "&month=" + a.Month.String()
		case !a.Month.IsZero():
			row.Items = v.to("planning", "cooperations") + "?month=" + a.Month.String()
		case !a.Campaign.IsZero():
			row.Items = v.to("planning", "cooperations") + "?campaign=" + a.Campaign.String()
		}
		d.Alerts = append(d.Alerts, row)
	}
	content, err := v.fragment(fragment{"alerts", "alerts", d})
	return []byte(content), err
}

// aboutAlert are the records that an alert is about, as many as are shown.
func aboutAlert(a crm.Alert) []crm.Ref {
	var refs []crm.Ref
	if !a.Campaign.IsZero() {
		refs = append(refs, crm.RefTo(a.Campaign))
	}
	if !a.Influencer.IsZero() {
		refs = append(refs, crm.RefTo(a.Influencer))
	}
	for _, id := range a.Cooperations[:min(len(a.Cooperations), alertLinks)] {
		refs = append(refs, crm.RefTo(id))
	}
	return refs
}
