package crm

import (
	"slices"

	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/utm"
)

// hasPending reports whether a UTM field waits for a part of its template.
func (c Cooperation) hasPending() bool {
	return slices.ContainsFunc(c.UTMOrigins[:], func(o Provenance) bool { return o.Kind == Pending })
}

// fillPending fills the pending fields of which all parts are known by now, from the templates that they wait with.
func (c *Cooperation) fillPending(from references) {
	templates, origins := utm.Params{}, c.UTMOrigins
	for _, f := range utm.Fields() {
		if origins[f].Kind == Pending {
			templates, origins[f].Kind = templates.With(f, utm.Of(origins[f].Template)), Inherited
		}
	}
	c.fillUTM(templates, origins, from, func(f utm.Field) bool { return c.UTMOrigins[f].Kind == Pending })
}

// fillsPending reports whether a change of an influencer can fill pending fields of cooperations: a name, platform or
// handle can be in a link now and could not before.
func fillsPending(before, after Influencer) bool {
	if becomesSlug(before.Name, after.Name) {
		return true
	}
	for _, p := range after.Profiles {
		was, had := before.Profile(p.ID)
		if had && (becomesSlug(was.Handle, p.Handle) ||
			becomesSlug(account.PlatformName(was.Platform), account.PlatformName(p.Platform))) {
			return true
		}
	}
	return false
}

func becomesSlug(before, after string) bool {
	return before != after && utm.Slug(before) == "" && utm.Slug(after) != ""
}

// pendingNotices lists what each pending field waits for, or why it cannot be filled.
func pendingNotices(c Cooperation, from references) []Notice {
	notices := []Notice{}
	vars := from.vars(c.Period.Start)
	for _, f := range utm.Fields() {
		origin := c.UTMOrigins[f]
		if origin.Kind != Pending {
			continue
		}
		template := utm.MustParseTemplate(utm.Params{}.With(f, utm.Of(origin.Template)))
		for _, placeholder := range template.Lacks(f, vars) {
			message := sentence.Of("%s stays empty until %s", f.Key(), c.missingFor(placeholder))
			if name := vars.Get(placeholder); name != "" {
				message = sentence.Of("%s stays empty, because the %s %q has no letter or digit for a link; change it or enter %s by hand",
					f.Key(), sentence.Of(placeholder), Shorten(name), f.Key())
			}
			notice := newNotice("utm."+f.String(), message)
			if !slices.ContainsFunc(notices, notice.equal) {
				notices = append(notices, notice)
			}
		}
	}
	return notices
}

// missingFor is what has to happen until a placeholder has a name.
func (c Cooperation) missingFor(placeholder string) sentence.Sentence {
	switch {
	case placeholder == "month":
		return sentence.Of("the cooperation has a start date")
	case c.Profile.IsZero():
		return sentence.Of("the cooperation has a profile")
	case placeholder == "platform":
		return sentence.Of("its profile has a platform")
	}
	return sentence.Of("its profile has a handle")
}

// profileNotices tells that a new cooperation without a profile gets nothing of those that its influencer has: its orders may
// carry their codes, and would not be credited to it.
func profileNotices(given Cooperation, of Influencer) []Notice {
	if !given.Profile.IsZero() {
		return nil
	}
	lacks := slices.ContainsFunc(of.Profiles, func(p Profile) bool {
		return given.Rules == nil && len(p.Rules) > 0 || p.UTM != (utm.Template{})
	})
	if !lacks {
		return nil
	}
	return []Notice{newNotice("profile", sentence.Of(
		"no profile is chosen, so no codes and UTM fields come from those of %q; choose the one that it is about", Shorten(of.Name)))}
}
