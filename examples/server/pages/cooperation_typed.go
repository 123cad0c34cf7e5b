package pages

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/utm"
)

// A field that has a default is sent with two more: was.NAME, which the page has filled in, and from.NAME, where that came
// from. Who leaves the field as it was leaves it to the default; who empties it wants it empty.

// Where the value of a field is from, in from.NAME.
const (
	fromProfile   = "profile"
	fromWorkspace = "workspace"
	fromPending   = "pending"
	fromPerson    = "overridden"
)

func originOf(p crm.Provenance) string {
	switch {
	case p.Kind == crm.Overridden:
		return fromPerson
	case p.Kind == crm.Pending:
		return fromPending
	case p.Kind == crm.Inherited && p.Profile.IsZero():
		return fromWorkspace
	case p.Kind == crm.Inherited:
		return fromProfile
	}
	return ""
}

// cooperationValues are the values of the form of a cooperation.
func (v *visit) cooperationValues(c crm.Cooperation) url.Values {
	x := url.Values{}
	x.Set("version", strconv.FormatInt(c.Version, 10))
	x.Set("campaign", c.Campaign.String())
	x.Set("influencer", c.Influencer.String())
	x.Set("profile", c.Profile.String())
	x.Set("profile_of", c.Influencer.String())
	x.Set("status", string(c.Status))
	x.Set("period.start", c.Period.Start.String())
	x.Set("period.end", c.Period.End.String())
	x.Set("cost", v.face.TypedAmount(c.Cost))
	x.Set("currency", string(v.ws.Currency))
	if c.Cost.IsSet() {
		x.Set("currency", string(c.Cost.Currency()))
	}
	x.Set("spread", string(c.Spread))
	if c.LastTouch {
		x.Set("last_touch", "yes")
	}
	x.Set("notes", c.Notes)
	setCustom(x, c.Custom)
	v.setDefaults(x, c)
	return x
}

// setDefaults sets the values of the fields that have defaults.
func (v *visit) setDefaults(x url.Values, c crm.Cooperation) {
	set := func(name, value, from string) {
		x.Set(name, value)
		x.Set("was."+name, value)
		x.Set("from."+name, from)
	}
	named := ""
	if c.NameMode == crm.NameCustom {
		named = fromPerson
	}
	set("name", c.Name, named)
	set("responsible", c.Responsible.String(), "")
	for _, f := range utm.Fields() {
		set("utm."+f.String(), c.UTM.Get(f).String(), originOf(c.UTMOrigins[f]))
	}
	v.setRules(x, c.Rules)
	x.Set("was.rules", joinRules(x))
	x.Set("from.rules", originOf(c.RulesOrigin))
}

// untouched reports whether a field is as the page has filled it in from a default. Outer blanks, which a UTM field may
// have, make no difference.
func (f *form) untouched(name, now string) bool {
	return f.Get("from."+name) != fromPerson && strings.TrimSpace(now) == strings.TrimSpace(f.Get("was."+name))
}

// backToDefault leaves a field to its default.
func (f *form) backToDefault(name string) {
	f.Values.Set("from."+name, "")
	f.Values.Set("was."+name, "")
	if name == "rules" {
		f.clearRules()
	} else {
		f.Values.Set(name, "")
	}
}

// agreeWith takes over where the values of fields are from, for those that are as somebody else has saved them.
func (f *form) agreeWith(stored url.Values) {
	for name := range stored {
		field, ok := strings.CutPrefix(name, "from.")
		now, theirs := clean(f.Values[field]), clean(stored[field])
		if field == "rules" {
			now, theirs = rulesText(f.Values), rulesText(stored)
		}
		if ok && slices.Equal(now, theirs) {
			f.Values.Set(name, stored.Get(name))
			f.Values.Set("was."+field, stored.Get("was."+field))
		}
	}
}

// typedCooperation reads a form for saving.
func (v *visit) typedCooperation(f *form, stored crm.Cooperation) (crm.Cooperation, error) {
	influencer, err := v.chosenInfluencer(f)
	if err != nil {
		return crm.Cooperation{}, err
	}
	f.compactRules()
	f.settleProfile(influencer)
	return v.readCooperation(f, stored), nil
}

// readCooperation reads the fields of a form over a stored cooperation, and marks what it cannot read.
func (v *visit) readCooperation(f *form, stored crm.Cooperation) crm.Cooperation {
	c := crm.Clone(stored)
	c.Version = 0
	if n, err := strconv.ParseInt(f.Get("version"), 10, 64); err == nil {
		c.Version = n
	}
	c.Campaign = typedID[crm.Campaign](v, f, "campaign")
	c.Influencer = typedID[crm.Influencer](v, f, "influencer")
	if profile := f.Get("profile"); profile == "" {
		c.Profile = crm.ProfileID{}
	} else if id, err := crm.ParseID[crm.Profile](profile); err == nil {
		c.Profile = id
	}
	c.Status = crm.Status(f.Get("status"))
	if stored.Cancellation != nil {
		c.Status = stored.Status // it keeps it until it is reinstated
	}
	c.Period = v.period(f, "period.start", "period.end")
	currency, err := budget.ParseCurrency(f.Get("currency"))
	if err != nil {
		f.wrong("currency", v.say("is no currency; write its three letters, like %s", v.ws.Currency))
		currency = v.ws.Currency
	}
	c.Cost = v.amount(f, "cost", currency)
	c.Spread = budget.Spread(f.Get("spread"))
	c.LastTouch = f.Get("last_touch") != ""
	c.Notes = strings.ReplaceAll(f.Get("notes"), "\r\n", "\n")
	c.Custom = v.readCustom(f, stored.Custom)
	v.readDefaults(f, &c, stored)
	return c
}

// readDefaults reads the fields that have defaults. One that is left to the default is not set, or as it is stored.
func (v *visit) readDefaults(f *form, c *crm.Cooperation, stored crm.Cooperation) {
	isNew := stored.ID.IsZero()
	c.Name = f.Get("name")
	if f.untouched("name", c.Name) {
		c.Name = ""
		if stored.NameMode == crm.NameAuto {
			c.Name = stored.Name // it is made anew if what it is made of changes
		}
	}
	c.Responsible = typedID[crm.Member](v, f, "responsible")
	if isNew && f.untouched("responsible", f.Get("responsible")) {
		c.Responsible = crm.MemberID{}
	}
	for _, field := range utm.Fields() {
		name := "utm." + field.String()
		text := strings.TrimSpace(f.Get(name))
		left, was := f.untouched(name, text), stored.UTM.Get(field)
		overridden := stored.UTMOrigins[field].Kind == crm.Overridden
		switch {
		case left && (isNew || overridden):
			c.UTM = c.UTM.With(field, utm.Value{})
		case left || !isNew && text == strings.TrimSpace(was.String()) && f.Get("from."+name) == originOf(stored.UTMOrigins[field]):
			c.UTM = c.UTM.With(field, was)
		default:
			c.UTM = c.UTM.With(field, utm.Of(text))
		}
	}
	rules := v.readRules(f)
	switch left := f.untouched("rules", joinRules(f.Values)); {
	case left && (isNew || stored.RulesOrigin.Kind == crm.Overridden):
		c.Rules = nil
	case left:
		c.Rules = stored.Rules
	default:
		c.Rules = rules
	}
}

// cooperationLabels name what of a cooperation two who save it can differ in. The UTM fields are five: each has a
// default of its own, and means something without the others.
func (v *visit) cooperationLabels() []label {
	inherits := func(name, text string) label { // where a value is from goes with it
		return label{Name: name, Text: text, Of: []string{name, "was." + name, "from." + name}}
	}
	return []label{
		{Name: "campaign", Text: v.say("Campaign")},
		{
			Name: "influencer", Text: v.say("Influencer"),
			Of:   []string{"influencer", "profile", "profile_of"}, // a profile is one of its influencer's
			Says: func(x url.Values) []string { return clean([]string{x.Get("influencer"), x.Get("profile")}) },
		},
		inherits("name", v.say("Name")),
		{Name: "status", Text: v.say("Status")},
		v.periodLabel(),
		{Name: "cost", Text: v.say("Cost"), Of: []string{"cost", "currency"}, Says: costText},
		{Name: "spread", Text: v.say("Spread of the cost")},
		inherits("utm.source", "utm_source"),
		inherits("utm.medium", "utm_medium"),
		inherits("utm.campaign", "utm_campaign"),
		inherits("utm.term", "utm_term"),
		inherits("utm.content", "utm_content"),
		{Name: "rules", Text: v.say("Discount codes"), Of: []string{"rules[", "was.rules", "from.rules"}, Says: rulesText},
		{Name: "last_touch", Text: v.say("Last touch")},
		inherits("responsible", v.say("Responsible")),
		{Name: "notes", Text: v.say("Notes")},
	}
}

// costText is a cost with its currency, which says nothing where there is no cost.
func costText(x url.Values) []string {
	cost := strings.TrimSpace(x.Get("cost"))
	if cost == "" {
		return nil
	}
	return []string{cost + " " + strings.ToUpper(strings.TrimSpace(x.Get("currency")))}
}
