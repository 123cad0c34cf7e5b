package pages

import (
	"net/http"
	"net/url"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
)

func (p *Pages) campaigns(mux *http.ServeMux) {
	p.livePage(mux, "GET /w/{workspace}/campaigns", (*visit).campaigns)
	p.pageFor(mux, "GET /w/{workspace}/campaigns/new", access.Write, (*visit).newCampaign)
	p.page(mux, "POST /w/{workspace}/campaigns/new", (*visit).createCampaign)
	p.livePage(mux, "GET /w/{workspace}/campaigns/{id}", (*visit).board)
	p.page(mux, "POST /w/{workspace}/campaigns/{id}/move", (*visit).moveCard)
	p.livePage(mux, "GET /w/{workspace}/campaigns/{id}/table", (*visit).campaignTable)
	p.livePage(mux, "GET /w/{workspace}/campaigns/{id}/timeline", (*visit).timeline)
	p.bounded(mux, "GET /w/{workspace}/campaigns/{id}/edit", access.Write, lively, (*visit).editCampaign)
	p.page(mux, "POST /w/{workspace}/campaigns/{id}/edit", resaves((*visit).saveCampaign))
	p.page(mux, "POST /w/{workspace}/campaigns/{id}/clone", (*visit).cloneCampaign)
	p.page(mux, "POST /w/{workspace}/campaigns/{id}/archive", (*visit).archiveCampaign)
	p.page(mux, "POST /w/{workspace}/campaigns/{id}/restore", (*visit).restoreCampaign)
	p.page(mux, "POST /w/{workspace}/campaigns/{id}/delete", (*visit).deleteCampaign)
}

// campaignHead is what all pages of a campaign begin with.
type campaignHead struct {
	Campaign crm.Campaign
	Line     budget.Line // of the plan
	Tabs     []section
}

// storedCampaign is the one that the address names.
func (v *visit) storedCampaign() (crm.Campaign, error) {
	id, err := id[crm.Campaign](v, "id")
	if err != nil {
		return crm.Campaign{}, err
	}
	return v.crm.Campaign(v.Context(), v.ws.ID, id)
}

// campaignHead reads the campaign of the address and its line of the plan. The tab is a part of the address, empty for the
// first one.
func (v *visit) campaignHead(tab string) (h campaignHead, err error) {
	if h.Campaign, err = v.storedCampaign(); err != nil {
		return h, err
	}
	lines, err := v.campaignLines(h.Campaign)
	if err != nil {
		return h, err
	}
	h.Line = lines[h.Campaign.ID.String()]
	id := h.Campaign.ID.String()
	h.Tabs = []section{
		{Label: v.say("Board"), Link: v.to("campaigns", id), Here: tab == ""},
		{Label: v.say("Table"), Link: v.to("campaigns", id, "table"), Here: tab == "table"},
		{Label: v.say("Timeline"), Link: v.to("campaigns", id, "timeline"), Here: tab == "timeline"},
	}
	if v.mayWrite {
		h.Tabs = append(h.Tabs, section{Label: v.say("Edit"), Link: v.to("campaigns", id, "edit"), Here: tab == "edit"})
	}
	return h, nil
}

// campaignLines are the lines of campaigns in the plan, by their ids. One that the plan does not have is empty.
func (v *visit) campaignLines(all ...crm.Campaign) (map[string]budget.Line, error) {
	lines := map[string]budget.Line{}
	for _, c := range all {
		lines[c.ID.String()] = budget.Line{Key: c.ID.String(), Label: c.Name, Health: budget.NoBudget}
	}
	if len(all) == 0 {
		return lines, nil
	}
	summary, err := v.summary()
	if err != nil {
		return nil, err
	}
	for _, l := range summary.Campaigns {
		if _, wanted := lines[l.Key]; wanted {
			lines[l.Key] = l
		}
	}
	return lines, nil
}

// tableData is what the table of a campaign shows.
type tableData struct {
	campaignHead
	List *cooperationList
}

// campaignTable lists the cooperations of a campaign, archived ones too.
func (v *visit) campaignTable() (answer, error) {
	if err := v.takesOnly(cooperationOrder...); err != nil {
		return nil, err
	}
	h, err := v.campaignHead("table")
	if err != nil {
		return nil, err
	}
	id := h.Campaign.ID.String()
	list, err := v.listCooperations(v.to("campaigns", id, "table"),
		newForm(url.Values{"campaign": {id}, "archive": {string(crm.ActiveOrNot)}}), true)
	return view{page: "campaign_table", title: h.Campaign.Name, data: tableData{h, list}}, err
}
