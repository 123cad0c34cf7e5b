package pages

import (
	"net/url"
	"slices"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/state"
)

// influencerList is the list of influencers, as views are kept for it.
const influencerList = "influencers"

// saveView keeps the filter of the list under a name, for the team.
func (v *visit) saveView() (answer, error) {
	f := v.typed()
	asked, err := url.ParseQuery(f.Get("query"))
	if err != nil {
		f.unknown(v, "query")
	}
	query := filterOf(asked)
	name, replace := crm.Clean(f.Get("view")), ""
	switch n := utf8.RuneCountInString(name); {
	case v.pages.options.State == nil:
		return nil, crm.Ref{Kind: crm.KindWorkspace, ID: v.ws.ID.UUID()}.NotFound()
	case len(f.Problems) > 0: // said above
	case n < 1 || n > state.MaxViewName:
		f.wrong("view", v.say("A view needs a name of at most %d characters.", state.MaxViewName))
	default:
		replaces, err := v.replacesView(f, name, query.Encode())
		if err != nil {
			return nil, err
		}
		if replaces {
			replace = name
			f.wrong("view", v.say("The team has another view of this name. Save again to replace it."))
			break
		}
		err = v.pages.options.State.SaveView(v.Context(), v.ws.ID, influencerList,
			state.View{Name: name, Query: query.Encode(), Searches: query.Get("text") != ""})
		if !f.refused(v, err) && err != nil {
			return nil, err
		}
	}
	if len(f.Problems) == 0 {
		return redirect(v.to("influencers") + "?" + query.Encode()), nil
	}
	v.shows(v.to("influencers") + "?" + query.Encode())
	d, err := v.listInfluencers(query)
	d.Problem, d.Typed, d.Replace = f.Problems[0].Problem, name, replace
	return view{page: "influencers", title: v.say("Influencers"), data: d}.again(), err
}

// replacesView reports whether a view of the team would be replaced by one with another filter, which the visitor has
// not been asked about yet.
func (v *visit) replacesView(f *form, name, query string) (bool, error) {
	views, err := v.pages.options.State.Views(v.Context(), v.ws.ID, influencerList)
	return crm.Fold(f.Get("replace")) != crm.Fold(name) && slices.ContainsFunc(views, func(w state.View) bool {
		return crm.Fold(w.Name) == crm.Fold(name) && w.Query != query
	}), err
}

// deleteView removes a view.
func (v *visit) deleteView() (answer, error) {
	if v.pages.options.State != nil {
		if err := v.pages.options.State.DeleteView(v.Context(), v.ws.ID, influencerList, v.PostForm.Get("view")); err != nil {
			return nil, err
		}
	}
	return redirect(v.back(v.to("influencers"))), nil
}
