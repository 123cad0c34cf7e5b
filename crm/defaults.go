package crm

import (
	"fmt"

	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// inheritUTM fills the UTM fields that want it: from the profile's default if it has the field,
// else from the workspace's template. A field whose template names something that is not known yet
// stays empty and pending.
func inheritUTM(c *Cooperation, from parties, workspace utm.Template, wants func(utm.Field) bool) {
	vars := from.vars(c.Period.Start)
	for _, f := range utm.Fields() {
		if !wants(f) {
			continue
		}
		template, origin := from.profile.UTM, Origin{Provenance: Inherited, Profile: from.profile.ID}
		if !template.Params().Get(f).IsSet() {
			template, origin = workspace, Origin{Provenance: Inherited}
		}
		if !template.Params().Get(f).IsSet() {
			c.UTM, c.UTMOrigins[f] = c.UTM.With(f, utm.Value{}), Origin{}
			continue
		}
		expanded, _ := template.Expand(vars)
		value := expanded.Get(f)
		if !value.IsSet() {
			origin.Provenance = Pending
		}
		c.UTM, c.UTMOrigins[f] = c.UTM.With(f, value), origin
	}
}

// inheritRules copies the profile's default rules.
func inheritRules(c *Cooperation, profile Profile) {
	c.Rules, c.RulesOrigin = cloneSlice(profile.Rules), Origin{}
	if len(c.Rules) > 0 {
		c.RulesOrigin = Origin{Provenance: Inherited, Profile: profile.ID}
	}
}

// preset gives a new cooperation what it inherits. Only fields that the caller left unset are
// filled: an unset UTM value, nil rules. An explicitly empty one is an override.
func preset(c *Cooperation, given Cooperation, from parties, workspace utm.Template) {
	c.UTMOrigins, c.RulesOrigin = UTMOrigins{}, Origin{}
	for _, f := range utm.Fields() {
		if given.UTM.Get(f).IsSet() {
			c.UTMOrigins[f] = Origin{Provenance: Overridden}
		}
	}
	inheritUTM(c, from, workspace, func(f utm.Field) bool { return !given.UTM.Get(f).IsSet() })
	if given.Rules == nil {
		inheritRules(c, from.profile)
	} else {
		c.RulesOrigin = Origin{Provenance: Overridden}
	}
	if c.Responsible.IsZero() {
		c.Responsible = from.influencer.Responsible
	}
}

// refill brings the origins of an edited cooperation up to date: what the edit changed is
// overridden; a new profile, or another influencer, fills all other fields again; a pending field
// fills as soon as everything is known. Nothing else moves, whatever has become of the defaults.
func refill(before Cooperation, c *Cooperation, from parties, workspace utm.Template) {
	c.UTMOrigins, c.RulesOrigin = before.UTMOrigins, before.RulesOrigin
	for _, f := range utm.Fields() {
		if c.UTM.Get(f) != before.UTM.Get(f) {
			c.UTMOrigins[f] = Origin{Provenance: Overridden}
		}
	}
	if !sameRules(before.Rules, c.Rules) {
		c.RulesOrigin = Origin{Provenance: Overridden}
	}
	moved := c.Profile != before.Profile || c.Influencer != before.Influencer
	inheritUTM(c, from, workspace, func(f utm.Field) bool {
		switch c.UTMOrigins[f].Provenance {
		case Overridden:
			return false
		case Pending:
			return true
		default:
			return moved
		}
	})
	if moved && c.RulesOrigin.Provenance != Overridden {
		inheritRules(c, from.profile)
	}
}

func sameRules(a, b []discount.Rule) bool {
	if len(a) != len(b) {
		return false
	}
	for n := range a {
		if !a[n].Equal(b[n]) {
			return false
		}
	}
	return true
}

// overrideAll marks everything as given, which is what an import does.
func overrideAll(c *Cooperation) {
	for _, f := range utm.Fields() {
		c.UTMOrigins[f] = Origin{Provenance: Overridden}
	}
	c.RulesOrigin = Origin{Provenance: Overridden}
}

// pendingNotices tells which fields wait for what.
func pendingNotices(c Cooperation) []Notice {
	notices := []Notice{}
	for _, f := range utm.Fields() {
		if c.UTMOrigins[f].Provenance == Pending {
			notices = append(notices, Notice{Field: "utm." + f.String(),
				Message: fmt.Sprintf("%s stays empty until the profile or the start date that its template asks for is set", f.Key())})
		}
	}
	return notices
}
