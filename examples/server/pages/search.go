package pages

import (
	"net/http"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/getklar/influencercrm/crm"
)

func (p *Pages) search(mux *http.ServeMux) {
	p.page(mux, "GET /w/{workspace}/search", (*visit).search)
}

// perKind is how many records of each kind a search finds.
const perKind = 8

// hit is something that a search has found: a record, a page, or something to do.
type hit struct {
	Kind, Name, Link, Icon string
}

// search finds records by their text, and pages and what can be done by their words. With ?part=1 it answers with the list
// alone, for the palette.
func (v *visit) search() (answer, error) {
	q := v.URL.Query()
	text := strings.TrimSpace(q.Get("q"))
	hits := v.places(text)
	if text != "" {
		records, err := v.recordsWith(text)
		if err != nil {
			return nil, err
		}
		hits = append(records, hits...)
	}
	data := struct {
		Text string
		Hits []hit
	}{text, hits}
	if q.Get("part") != "" {
		return fragment{"search", "hits", data}, nil
	}
	return view{page: "search", title: v.say("Search"), data: data}, nil
}

// places are the pages, and what can be done, whose words have a text.
func (v *visit) places(text string) []hit {
	var all []hit
	if v.mayWrite {
		all = []hit{
			{v.say("Do"), v.say("New cooperation"), v.to("cooperations", "new"), "cooperations"},
			{v.say("Do"), v.say("New campaign"), v.to("campaigns", "new"), "campaigns"},
			{v.say("Do"), v.say("New influencer"), v.to("influencers", "new"), "influencers"},
		}
		if v.HasImports() {
			all = append(all, hit{v.say("Do"), v.say("Import a sheet"), v.to("import"), "import"})
		}
	}
	for _, s := range v.Sections() {
		all = append(all, hit{v.say("Page"), s.Label, s.Link, s.Page})
	}
	var found []hit
	for _, h := range all {
		if strings.Contains(folded(h.Name), folded(text)) {
			found = append(found, h)
		}
	}
	return found
}

func folded(text string) string { return strings.ToLower(norm.NFKC.String(text)) }

// recordsWith are the records with a text: campaigns, influencers, cooperations.
func (v *visit) recordsWith(text string) (hits []hit, err error) {
	o := crm.ListOptions{Size: perKind, Sort: crm.SortName}
	campaigns, err := v.crm.Campaigns(v.Context(), v.ws.ID, crm.CampaignFilter{Text: text}, o)
	if err != nil {
		return nil, err
	}
	for _, c := range campaigns.Items {
		hits = append(hits, hit{v.say("Campaign"), c.Name, v.linkTo(c.Ref()), "campaigns"})
	}
	influencers, err := v.crm.Influencers(v.Context(), v.ws.ID, crm.InfluencerFilter{Text: text}, o)
	if err != nil {
		return nil, err
	}
	for _, i := range influencers.Items {
		hits = append(hits, hit{v.say("Influencer"), i.Name, v.linkTo(i.Ref()), "influencers"})
	}
	deals, err := v.crm.Cooperations(v.Context(), v.ws.ID, crm.CooperationFilter{Text: text}, o)
	if err != nil {
		return nil, err
	}
	for _, c := range deals.Items {
		hits = append(hits, hit{v.say("Cooperation"), c.Name, v.linkTo(c.Ref()), "cooperations"})
	}
	return hits, nil
}
