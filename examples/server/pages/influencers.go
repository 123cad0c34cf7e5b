package pages

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/wire"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/reports"
	"github.com/getklar/influencercrm/examples/server/state"
)

func (p *Pages) influencers(mux *http.ServeMux) {
	const all, one = "/w/{workspace}/influencers", "/w/{workspace}/influencers/{influencer}"
	p.livePage(mux, "GET "+all, (*visit).influencers)
	p.page(mux, "POST "+all+"/bulk", (*visit).changeInfluencers)
	p.page(mux, "POST "+all+"/views", (*visit).saveView)
	p.page(mux, "POST "+all+"/views/delete", (*visit).deleteView)
	p.page(mux, "GET "+all+"/duplicates", (*visit).duplicates)
	p.pageFor(mux, "GET "+all+"/new", access.Write, (*visit).newInfluencer)
	p.bounded(mux, "POST "+all+"/new", access.Write, record, (*visit).createInfluencer)
	p.livePage(mux, "GET "+one, toRemaining((*visit).influencer))
	p.bounded(mux, "POST "+one, access.Write, record, resaves((*visit).saveInfluencer))
	p.takesFiles(mux, "POST "+one+"/picture", access.Write, maxUpload+drained, toRemaining((*visit).setPicture))
	p.page(mux, "POST "+one+"/picture/remove", toRemaining((*visit).removePicture))
	p.page(mux, "POST "+one+"/archive", toRemaining((*visit).archiveInfluencer))
	p.page(mux, "POST "+one+"/restore", toRemaining((*visit).restoreInfluencer))
	p.page(mux, "POST "+one+"/delete", toRemaining((*visit).deleteInfluencer))
	p.page(mux, "GET "+one+"/duplicates", toRemaining((*visit).duplicatesOf))
	p.page(mux, "GET "+one+"/merge", (*visit).mergePreview)
	p.page(mux, "POST "+one+"/merge", (*visit).merge)
	p.page(mux, "GET "+one+"/erase", toRemaining((*visit).erasePreview))
	p.page(mux, "POST "+one+"/erase", toRemaining((*visit).eraseInfluencer))
	p.page(mux, "GET /w/{workspace}/pictures/{picture}", (*visit).picture)
}

// influencerQuery is what the address of the list asks for.
type influencerQuery struct {
	crm.InfluencerFilter
	Sort  crm.Sort `json:"sort,omitzero"`
	Token string   `json:"token,omitzero"`
}

// options are those of the list: by name, unless the address says otherwise.
func (q influencerQuery) options() crm.ListOptions {
	o := crm.ListOptions{Size: pageSize, Token: q.Token, Sort: q.Sort, WithNames: true}
	switch q.Sort {
	case "":
		o.Sort = crm.SortName
	case crm.SortChanged:
		o.Desc = true
	case newestFirst:
		o.Sort, o.Desc = crm.SortCreated, true
	}
	return o
}

// newestFirst is the order in which influencers were made, backwards, which has no name in the library's lists.
const newestFirst crm.Sort = "newest"

// influencersData is what the list shows.
type influencersData struct {
	Page     crm.Page[crm.Influencer]
	Count    int
	Form     *form // the filter
	Facets   crm.InfluencerFacets
	Team     []option
	TeamHint string
	Views    []state.View
	Keeps    bool   // whether views are kept
	Query    string // of the filter, in one order
	View     string // the name of the view that is shown; empty for none
	Next     string
	Erased   bool
	Problem  string // why a view was not saved
	Typed    string // the name of the view that was refused
	Replace  string // the name of the view that is replaced if it is saved once more
}

// influencers lists influencers.
func (v *visit) influencers() (answer, error) {
	if err := v.takes(func(name string) bool { return wire.HasParameter[influencerQuery](name) || name == "erased" }); err != nil {
		return nil, err
	}
	d, err := v.listInfluencers(v.URL.Query())
	return view{page: "influencers", title: v.say("Influencers"), data: d}, err
}

func (v *visit) listInfluencers(q url.Values) (d influencersData, err error) {
	asked, err := wire.Query[influencerQuery](listed(q))
	if err != nil {
		return d, err
	}
	d = influencersData{Form: newForm(q), Query: filterOf(q).Encode(), Erased: q.Get("erased") != ""}
	if d.Page, err = v.crm.Influencers(v.Context(), v.ws.ID, asked.InfluencerFilter, asked.options()); err != nil {
		return d, err
	}
	if d.Count, err = v.crm.CountInfluencers(v.Context(), v.ws.ID, asked.InfluencerFilter); err != nil {
		return d, err
	}
	if d.Facets, err = v.influencerFacets(); err != nil {
		return d, err
	}
	if d.Team, d.TeamHint, err = v.memberOptions(""); err != nil {
		return d, err
	}
	if d.Page.Next != "" {
		next := listed(q)
		next.Set("token", d.Page.Next)
		d.Next = v.to("influencers") + "?" + next.Encode()
	}
	if db := v.pages.options.State; db != nil {
		d.Keeps = true
		d.Views, err = db.Views(v.Context(), v.ws.ID, influencerList)
		if at := slices.IndexFunc(d.Views, func(w state.View) bool { return w.Query == d.Query }); at >= 0 {
			d.View = d.Views[at].Name
		}
	}
	return d, err
}

// listed are the parameters of an address that the list knows, without those that are blank.
func listed(q url.Values) url.Values {
	kept := url.Values{}
	for name, values := range q {
		values = slices.DeleteFunc(slices.Clone(values), func(s string) bool { return strings.TrimSpace(s) == "" })
		if len(values) > 0 && wire.HasParameter[influencerQuery](name) {
			kept[name] = values
		}
	}
	return kept
}

// filterOf are the parameters that make a view: all but the place in the list.
func filterOf(q url.Values) url.Values {
	kept := listed(q)
	kept.Del("token")
	return kept
}

// influencerFacets count the influencers by tag, category, platform and responsible member. They are read once for all who
// ask while nothing changes.
func (v *visit) influencerFacets() (facets crm.InfluencerFacets, err error) {
	kept, err := v.pages.options.Reports.Get(v.Context(), v.crm, reports.Key{Workspace: v.ws.ID, Asked: "facets of influencers"},
		func(ctx context.Context) ([]byte, error) {
			read, err := v.crm.InfluencerFacets(ctx, v.ws.ID, crm.InfluencerFilter{})
			if err != nil {
				return nil, err
			}
			return json.Marshal(read)
		})
	if err == nil {
		err = json.Unmarshal(kept, &facets)
	}
	return facets, err
}

// facetOptions are the values of a facet to choose from, after one for all of them.
func facetOptions(all string, f crm.Facet) []option {
	options := []option{{Label: all}}
	for _, value := range f.Values {
		options = append(options, option{Value: value.Value, Label: value.Label})
	}
	return options
}

// FacetHint is what stands beside a list of a facet that has not all values.
func (v *visit) FacetHint(f crm.Facet) string { return v.listHint(len(f.Values), f.More) }

// ViewLink is the address of a view. A template would escape a query that it puts into an address.
func (v *visit) ViewLink(w state.View) string { return v.to("influencers") + "?" + w.Query }

// Categories and the others are what the filters offer.
func (d influencersData) Categories(all string) []option {
	return facetOptions(all, d.Facets.Categories)
}

// Tags are the tags to choose from.
func (d influencersData) Tags(all string) []option { return facetOptions(all, d.Facets.Tags) }

// Platforms are the platforms to choose from.
func (d influencersData) Platforms(all string) []option { return facetOptions(all, d.Facets.Platforms) }

// Responsibles are the members to choose from.
func (d influencersData) Responsibles(all string) []option {
	return facetOptions(all, d.Facets.Responsibles)
}

// Orders are the orders of the list.
func (v *visit) Orders() []option {
	return []option{{Label: v.say("By name")}, {Value: string(crm.SortChanged), Label: v.say("Changed last")},
		{Value: string(newestFirst), Label: v.say("Newest first")}}
}

// Archives are the choices of what is archived.
func (v *visit) Archives() []option {
	return []option{{Label: v.say("Not archived")}, {Value: string(crm.ArchivedOnly), Label: v.say("Archived")},
		{Value: string(crm.ActiveOrNot), Label: v.say("All")}}
}

// avatar is the picture of an influencer, or the first letter of the name in its place.
type avatar struct {
	Link, Letter string
}

// Avatar is the picture of an influencer.
func (v *visit) Avatar(i crm.Influencer) avatar {
	a := avatar{}
	for _, r := range i.Name {
		a.Letter = strings.ToUpper(string(r))
		break
	}
	if !i.Picture.IsZero() {
		a.Link = v.to("pictures", i.Picture.String())
	}
	return a
}

// followers is how many followers the profiles of an influencer have together.
func followers(i crm.Influencer) (sum int64) {
	for _, p := range i.Profiles {
		if p.Followers != nil {
			sum += p.Followers.Count
		}
	}
	return sum
}

// accountName is a profile as people know it.
func accountName(p crm.Profile) string {
	name := account.PlatformName(p.Platform)
	if p.Handle != "" {
		name += " @" + p.Handle
	}
	return name
}
