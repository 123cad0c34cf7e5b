package pages

import (
	"errors"
	"slices"
	"strings"

	"golang.org/x/text/collate"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// Bounds of lists to choose from: of those with a search, and of those without one, which say so where they end.
const (
	maxListed = 50
	maxWhole  = 2_000
)

// whole reads the records of a list without a search, and tells whether there are others than these.
func whole[R any](list func(crm.ListOptions) (crm.Page[R], error)) (all []R, more bool, err error) {
	o := crm.ListOptions{Size: crm.MaxPageSize, Sort: crm.SortName}
	for {
		page, err := list(o)
		if err != nil {
			return nil, false, err
		}
		all = append(all, page.Items...)
		if page.Next == "" || len(all) >= maxWhole {
			return all, page.Next != "", nil
		}
		o.Token = page.Next
	}
}

// listHint is what stands beside a list that has only the first records; empty for one that has them all.
func (v *visit) listHint(n int, more bool) string {
	if !more {
		return ""
	}
	return v.say("Only the first %d are listed.", n)
}

// choices are records to choose from.
type choices struct {
	Options []option
	More    bool   // there are others than these
	Kept    string // the chosen one, where the text does not find it
}

// chosenInfluencer is the influencer of a form with the profiles; the zero one if none is chosen or there is no such.
func (v *visit) chosenInfluencer(f *form) (crm.Influencer, error) {
	id, err := crm.ParseID[crm.Influencer](f.Get("influencer"))
	if err != nil {
		return crm.Influencer{}, nil //nolint:nilerr // saving says so
	}
	i, err := v.crm.Influencer(v.Context(), v.ws.ID, id)
	if errors.Is(err, crm.ErrNotFound) {
		return crm.Influencer{}, nil // saving says so
	}
	return i, err
}

// settleProfile chooses the profile anew where another influencer was chosen: the only one that there is, or none.
func (f *form) settleProfile(i crm.Influencer) {
	if f.Get("profile_of") == f.Get("influencer") {
		return
	}
	f.Values.Set("profile_of", f.Get("influencer"))
	chosen, err := crm.ParseID[crm.Profile](f.Get("profile"))
	if _, has := i.Profile(chosen); err == nil && has {
		return
	}
	f.Values.Set("profile", "")
	if len(i.Profiles) == 1 {
		f.Values.Set("profile", i.Profiles[0].ID.String())
	}
}

// choose reads what the boxes of a form offer.
func (v *visit) choose(d *cooperationData, influencer crm.Influencer) (err error) {
	f := d.form
	if d.Campaigns, err = v.campaignChoices(f.Get("find.campaign"), f.Get("campaign")); err != nil {
		return err
	}
	if d.Influencers, err = v.influencerChoices(f.Get("find.influencer"), f.Get("influencer")); err != nil {
		return err
	}
	d.Profiles = []option{{Value: "", Label: v.say("No profile")}}
	for _, p := range influencer.Profiles {
		d.Profiles = append(d.Profiles, option{Value: p.ID.String(), Label: accountName(p)})
	}
	if d.Members, d.MembersHint, err = v.memberOptions(f.Get("responsible")); err != nil {
		return err
	}
	d.Statuses = v.statusOptions()
	d.Spreads = []option{
		{Value: "", Label: v.say("As the report does")}, {Value: string(budget.ByDay), Label: v.say("Evenly by day")},
		{Value: string(budget.OnStart), Label: v.say("All on the first day")}, {Value: string(budget.OnEnd), Label: v.say("All on the last day")},
	}
	d.Matches = []option{
		{Value: string(discount.Equals), Label: v.say("equals")}, {Value: string(discount.StartsWith), Label: v.say("starts with")},
		{Value: string(discount.EndsWith), Label: v.say("ends with")}, {Value: string(discount.Contains), Label: v.say("contains")},
	}
	d.Benefits = []option{
		{Value: string(discount.Percentage), Label: v.say("% off")}, {Value: string(discount.Amount), Label: v.say("%s off", v.ws.Currency)},
		{Value: string(discount.FreeShipping), Label: v.say("free shipping")}, {Value: "", Label: v.say("no benefit")},
	}
	d.Rules = ruleRows(f.Values)
	for n := range d.Rules {
		if d.Rules[n].Kind == string(discount.None) {
			d.Rules[n].Kind = ""
		}
	}
	d.Rules = append(d.Rules, blankRows(len(d.Rules), spareRules)...)
	return nil
}

func (v *visit) statusOptions() (all []option) {
	for _, s := range crm.Statuses() {
		all = append(all, option{Value: string(s), Label: v.face.Status(s)})
	}
	return all
}

// campaignChoices are the campaigns that a text finds, with the chosen one.
func (v *visit) campaignChoices(text, chosen string) (choices, error) {
	page, err := v.crm.Campaigns(v.Context(), v.ws.ID, crm.CampaignFilter{Text: text}, crm.ListOptions{Size: maxListed, Sort: crm.SortName})
	if err != nil {
		return choices{}, err
	}
	c := choices{More: page.Next != ""}
	for _, x := range page.Items {
		c.Options = append(c.Options, option{Value: x.ID.String(), Label: x.Name})
	}
	v.face.byLabel(c.Options)
	return v.withChosen(c, chosen, crm.KindCampaign), nil
}

// influencerChoices are the influencers that a text finds, with the chosen one.
func (v *visit) influencerChoices(text, chosen string) (choices, error) {
	page, err := v.crm.Influencers(v.Context(), v.ws.ID, crm.InfluencerFilter{Text: text},
		crm.ListOptions{Size: maxListed, Sort: crm.SortName})
	if err != nil {
		return choices{}, err
	}
	c := choices{More: page.Next != ""}
	for _, x := range page.Items {
		name := x.Name
		if len(x.Profiles) > 0 {
			name += " · " + accountName(x.Profiles[0])
		}
		c.Options = append(c.Options, option{Value: x.ID.String(), Label: name})
	}
	v.face.byLabel(c.Options)
	return v.withChosen(c, chosen, crm.KindInfluencer), nil
}

// withChosen puts an empty choice and the chosen record first, so that a search never takes a choice away.
func (v *visit) withChosen(c choices, chosen string, kind crm.Kind) choices {
	first := []option{{Value: "", Label: v.say("Choose one")}}
	known := chosen == ""
	for _, o := range c.Options {
		known = known || o.Value == chosen
	}
	if id, err := crm.ParseID[crm.Ref](chosen); err == nil && !known {
		ref := crm.Ref{Kind: kind, ID: id.UUID()}
		if name := v.names([]crm.Ref{ref})[ref]; name != "" {
			first = append(first, option{Value: chosen, Label: name})
			c.Kept = chosen
		}
	}
	c.Options = append(first, c.Options...)
	return c
}

// memberOptions are the members to choose from, after nobody, and a hint for the list.
func (v *visit) memberOptions(chosen string) (all []option, hint string, err error) {
	members, more, err := whole(func(o crm.ListOptions) (crm.Page[crm.Member], error) {
		return v.crm.Members(v.Context(), v.ws.ID, crm.MemberFilter{}, o)
	})
	if err != nil {
		return nil, "", err
	}
	var c choices
	for _, m := range members {
		c.Options = append(c.Options, option{Value: m.ID.String(), Label: m.Name})
	}
	v.face.byLabel(c.Options)
	c = v.withChosen(c, chosen, crm.KindMember)
	c.Options[0].Label = v.say("Nobody")
	return c.Options, v.listHint(len(members), more), nil
}

// byLabel sorts options as the reader's language sorts words: Ö is no letter behind Z.
func (f *face) byLabel(all []option) {
	c := collate.New(f.Lang)
	slices.SortStableFunc(all, func(a, b option) int { return c.CompareString(a.Label, b.Label) })
}

// cooperationChoices are the options of a box that a text finds, for a script.
func (v *visit) cooperationChoices() (answer, error) {
	q := v.URL.Query()
	find := v.influencerChoices
	if q.Get("kind") == "campaign" {
		find = v.campaignChoices
	}
	c, err := find(q.Get("text"), q.Get("chosen"))
	if err != nil {
		return nil, err
	}
	for n := range c.Options {
		c.Options[n].Selected = c.Options[n].Value == q.Get("chosen")
	}
	return fragment{"cooperation", "options", c}, nil
}

// inheritedField is a UTM field with where its value is from.
type inheritedField struct {
	Name, Label string
	From        string // in words
	Back        bool   // it can go back to the default
	Given       bool
}

// inherited says of each field with a default where it is from.
func (v *visit) inherited(d *cooperationData, influencer crm.Influencer) {
	for _, f := range utm.Fields() {
		name := "utm." + f.String()
		from := d.from(name, d.Get(name))
		x := inheritedField{Name: name, Label: f.Key(), Given: from == fromPerson, Back: from == fromPerson, From: v.fromWords(from)}
		if origin := d.Stored.UTMOrigins[f]; from == fromPending && origin.Kind == crm.Pending {
			x.From = v.say("Waits for what fills %s", origin.Template)
		}
		d.UTM = append(d.UTM, x)
	}
	from := d.from("rules", joinRules(d.Values))
	d.RulesFrom, d.RulesBack = v.fromWords(from), from == fromPerson
	if from == "" && len(influencer.Profiles) > 0 {
		d.RulesFrom = v.say("No default")
	}
	d.NameFrom = v.say("Made of campaign, influencer and platform. Empty it to have that again.")
	if name := d.Get("name"); name != "" && d.from("name", name) == fromPerson {
		d.NameFrom = v.say("Given here. Empty it to have it made of campaign, influencer and platform.")
	}
}

// from is where the value of a field is from; a person has given what is not as it was filled in.
func (f *form) from(name, now string) string {
	if strings.TrimSpace(now) != strings.TrimSpace(f.Get("was."+name)) {
		return fromPerson
	}
	return f.Get("from." + name)
}

func (v *visit) fromWords(from string) string {
	switch from {
	case fromProfile:
		return v.say("From the profile")
	case fromWorkspace:
		return v.say("From the template of the CRM")
	case fromPending:
		return v.say("Waits for what is not known yet")
	case fromPerson:
		return v.say("Given here")
	}
	return v.say("No default")
}
