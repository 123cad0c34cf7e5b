package pages

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
)

func (p *Pages) cooperation(mux *http.ServeMux) {
	p.pageFor(mux, "GET /w/{workspace}/cooperations/new", access.Write, (*visit).newCooperation)
	p.bounded(mux, "POST /w/{workspace}/cooperations/new", access.Write, record, (*visit).createCooperation)
	p.page(mux, "GET /w/{workspace}/cooperations/choices", (*visit).cooperationChoices)
	p.livePage(mux, "GET /w/{workspace}/cooperations/{id}", (*visit).cooperation)
	p.bounded(mux, "POST /w/{workspace}/cooperations/{id}", access.Write, record, resaves((*visit).saveCooperation))
	p.page(mux, "GET /w/{workspace}/cooperations/{id}/qr", (*visit).cooperationQR)
	p.page(mux, "POST /w/{workspace}/cooperations/{id}/cancel", (*visit).cancelCooperation)
	p.page(mux, "POST /w/{workspace}/cooperations/{id}/reinstate", (*visit).reinstateCooperation)
	p.page(mux, "POST /w/{workspace}/cooperations/{id}/archive", (*visit).archiveCooperation)
	p.page(mux, "POST /w/{workspace}/cooperations/{id}/restore", (*visit).restoreCooperation)
	p.page(mux, "POST /w/{workspace}/cooperations/{id}/delete", (*visit).deleteCooperation)
}

// historySize is how many changes a page of a record lists.
const historySize = 10

// cooperationData is what the page of a cooperation shows.
type cooperationData struct {
	*form
	Stored      crm.Cooperation // the zero one for a new one
	Names       *crm.PageNames
	Campaigns   choices
	Influencers choices
	Profiles    []option
	Members     []option
	MembersHint string
	Statuses    []option
	Spreads     []option
	UTM         []inheritedField
	NameFrom    string // how the name is made, in words
	RulesFrom   string // where the rules are from, in words
	RulesBack   bool   // they can go back to the default
	Rules       []ruleRow
	Matches     []option
	Benefits    []option
	Preview     preview
	Link        *postLink // nil for a new one
	// CancelsLater tells that it is cancelled on a day that is still to come.
	CancelsLater bool
	FeeCurrency  budget.Currency
	Action       *form // what is typed in the forms beside the main one
	History      []entry
}

// Form is the main one, for templates.
func (d *cooperationData) Form() *form { return d.form }

// New reports whether the cooperation is not stored yet.
func (d *cooperationData) New() bool { return d.Stored.ID.IsZero() }

// newCooperation is the form of a new cooperation. The address may say campaign, influencer and profile.
func (v *visit) newCooperation() (answer, error) {
	values := v.cooperationValues(crm.Cooperation{Status: crm.Draft})
	q := v.URL.Query()
	for _, name := range []string{"campaign", "influencer", "profile", "period.start"} {
		values.Set(name, q.Get(name))
	}
	if q.Get("profile") != "" {
		values.Set("profile_of", q.Get("influencer"))
	}
	values.Set("back", q.Get("back"))
	f := newForm(values)
	v.chooseRemaining(f)
	return v.cooperationPage(f, crm.Cooperation{}, values.Get("campaign") != "" && values.Get("influencer") != "")
}

func (v *visit) createCooperation() (answer, error) {
	f := v.typed()
	v.chooseRemaining(f)
	if f.Get("do") != "" {
		return v.cooperationAgain(f, crm.Cooperation{})
	}
	c, err := v.typedCooperation(f, crm.Cooperation{})
	if err != nil {
		return nil, err
	}
	c.ID = crm.CooperationID(v.once)
	if err := v.deletedSince(f, c.Ref()); err != nil {
		return nil, err
	}
	if len(f.Problems) == 0 {
		saved, err := v.crm.CreateCooperation(v.Context(), v.ws.ID, c)
		if err == nil {
			return done(v.back(v.to("cooperations", saved.Cooperation.ID.String())), saved.Done), nil
		}
		if v.repeated(err, c.Ref()) {
			return redirect(v.linkTo(c.Ref()) + "?already=1"), nil
		}
		if !f.refused(v, err) {
			return nil, err
		}
	}
	return v.refusedCooperation(f, crm.Cooperation{})
}

// storedCooperation is the one that the address names.
func (v *visit) storedCooperation() (crm.Cooperation, error) {
	id, err := id[crm.Cooperation](v, "id")
	if err != nil {
		return crm.Cooperation{}, err
	}
	return v.crm.Cooperation(v.Context(), v.ws.ID, id)
}

// cooperation is the form of a cooperation that there is.
func (v *visit) cooperation() (answer, error) {
	stored, err := v.storedCooperation()
	if err != nil {
		return nil, err
	}
	v.isForm(stored.Version)
	return v.cooperationPage(newForm(v.cooperationValues(stored)), stored, false)
}

func (v *visit) saveCooperation() (answer, error) {
	stored, err := v.storedCooperation()
	if err != nil {
		return nil, err
	}
	f := v.typed()
	if v.resaved {
		f.knowCustom(stored.Custom)
	}
	v.chooseRemaining(f)
	if f.Get("do") != "" {
		return v.cooperationAgain(f, stored)
	}
	c, err := v.typedCooperation(f, stored)
	if err != nil {
		return nil, err
	}
	if len(f.Problems) == 0 && c.Version == stored.Version {
		saved, err := v.crm.UpdateCooperation(v.Context(), v.ws.ID, c, f.Get("reason"))
		switch {
		case err == nil:
			v.savedAs(saved.Cooperation, saved.Done)
			return done(v.to("cooperations", c.ID.String()), saved.Done), nil
		case stale(err): // saved by somebody else since it was read above
			return v.staleCooperation(f)
		case !f.refused(v, err):
			return nil, err
		}
	}
	if c.Version != stored.Version {
		return v.staleCooperation(f)
	}
	return v.refusedCooperation(f, stored)
}

// staleCooperation shows what somebody has typed beside what is stored by now. The two are merged before the page is
// made, so that what it offers, and what it says that saving does, is of the form as it is shown.
func (v *visit) staleCooperation(f *form) (answer, error) {
	stored, err := v.storedCooperation()
	if err != nil {
		return nil, err
	}
	theirs := v.cooperationValues(stored)
	erased, err := erasedSince(v, stored)
	if err != nil {
		return nil, err
	}
	if erased {
		a, err := v.cooperationPage(&form{Values: theirs, Erased: true}, stored, false)
		return a.meets(), err
	}
	var was url.Values
	if before, known := base(v, stored, func(ctx context.Context, r crm.Reader) (crm.Cooperation, error) {
		return r.Cooperations().Get(ctx, stored.ID)
	}); known {
		was = v.cooperationValues(before)
	}
	f.Saver = v.savedSince(stored.Ref(), v.version(), stored.Version)
	f.meet(was, theirs, stored.Version, append(v.cooperationLabels(), meetCustom(f.Values, theirs)...))
	f.agreeWith(theirs)
	a, err := v.cooperationPage(f, stored, false)
	if err != nil {
		return nil, err
	}
	f.words, err = a.data.(*cooperationData).words(v, f.Values, theirs)
	return a.meets(), err
}

// refusedCooperation shows a form with what is wrong in it.
func (v *visit) refusedCooperation(f *form, stored crm.Cooperation) (answer, error) {
	f.placeCustom()
	a, err := v.cooperationPage(f, stored, false)
	return a.again(), err
}

// cooperationAgain shows a form again after another button than that which saves: with what the defaults fill in, or more
// rows. A script asks for parts of it while somebody types.
func (v *visit) cooperationAgain(f *form, stored crm.Cooperation) (answer, error) {
	do := f.Get("do")
	f.Values.Del("do")
	if row, ok := strings.CutPrefix(do, "drop."); ok {
		f.dropRule(row)
	}
	if name, ok := strings.CutPrefix(do, "back."); ok {
		f.backToDefault(name)
	}
	a, err := v.cooperationPage(f, stored, do != "rows" && do != "find")
	if err != nil {
		return nil, err
	}
	d := a.data.(*cooperationData)
	theirs := f.keep(f.Values, append(v.cooperationLabels(), customLabels(f.Values)...))
	if len(f.Clashes) > 0 {
		if f.words, err = d.words(v, f.Values, theirs); err != nil {
			return nil, err
		}
	}
	if do == "rows" {
		d.Rules = append(d.Rules, blankRows(len(d.Rules), moreRules)...)
	}
	if v.URL.Query().Get("part") == "form" {
		return fragment{"cooperation", "parts", d}, nil
	}
	return a, nil
}

// cooperationPage is the page of a form. With fill, what it leaves to the defaults is filled in.
func (v *visit) cooperationPage(f *form, stored crm.Cooperation, fill bool) (view, error) {
	if stored.ID.IsZero() {
		v.shows(v.to("cooperations", "new"))
	} else {
		v.shows(v.linkTo(stored.Ref()))
	}
	d := &cooperationData{form: f, Stored: stored, FeeCurrency: v.feeCurrency(stored), Action: newForm(map[string][]string{})}
	influencer, err := v.chosenInfluencer(f)
	if err != nil {
		return view{}, err
	}
	f.compactRules()
	f.settleProfile(influencer)
	read := &form{Values: f.Values} // what is wrong is told at the top when it is saved, and else beside what it does
	typed := v.readCooperation(read, stored)
	if v.Method != http.MethodPost {
		read.Problems = nil
	}
	if d.Preview, err = v.preview(f, typed, stored, fill, read.Problems); err != nil {
		return view{}, err
	}
	if err := v.choose(d, influencer); err != nil {
		return view{}, err
	}
	v.inherited(d, influencer)
	title := v.say("New cooperation")
	if !d.New() {
		title = stored.Name
		if err := v.besideCooperation(d); err != nil {
			return view{}, err
		}
	}
	return view{page: "cooperation", title: title, data: d}, nil
}

// besideCooperation reads what stands beside the form of a stored cooperation: its link and its history.
func (v *visit) besideCooperation(d *cooperationData) error {
	var err error
	if d.Link, err = v.postLink(d.Stored); err != nil {
		return err
	}
	changes, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Record: d.Stored.Ref(), Newest: true}, historySize)
	if err != nil {
		return err
	}
	d.History = v.describe(changes)
	if c := d.Stored.Cancellation; c != nil {
		today, err := v.today()
		if err != nil {
			return err
		}
		d.CancelsLater = today.Before(c.On)
	}
	refs := []crm.Ref{crm.RefTo(d.Stored.Campaign), crm.RefTo(d.Stored.Influencer)}
	names := v.names(refs)
	d.Names = crm.NewPageNames()
	d.Names.Campaigns[d.Stored.Campaign] = names[refs[0]]
	d.Names.Influencers[d.Stored.Influencer] = names[refs[1]]
	return nil
}
