package crm

import (
	"context"

	"github.com/getklar/influencercrm/crm/account"
)

// autoName is "{campaign} - {influencer} - {platform}", without the third part if there is no profile.
func autoName(p references) string {
	name := p.campaign.Name + " - " + p.influencer.Name
	if p.profile.Platform != "" {
		name += " - " + account.PlatformName(p.profile.Platform)
	}
	return name
}

// setAutoName names a cooperation, unless a person did. An auto name that another cooperation of the campaign has gets
// the start date, then a number. Names are for people; they are never keys.
func (w *Work) setAutoName(ctx context.Context, c *Cooperation, p references) (err error) {
	if c.NameMode != NameCustom {
		c.Name, err = w.freeName(ctx, *c, p)
	}
	return err
}

// followCooperations makes the cooperations of a filter follow a change of their campaign or influencer: auto names are
// made again, and pending UTM fields are filled if they can be.
func (w *Work) followCooperations(ctx context.Context, f CooperationFilter, reason string) error {
	return EachPage(ctx, w.Cooperations(), f, MaxPageSize, func(page []Cooperation) error {
		if err := w.cache.prepare(ctx, namesNeed(page)); err != nil {
			return err
		}
		for _, c := range page {
			if err := w.followOne(ctx, c, w.setAutoName, reason); err != nil {
				return err
			}
		}
		return nil
	})
}

// namesNeed is what it takes to name cooperations.
func namesNeed(all []Cooperation) (n Need) {
	for _, c := range all {
		n.Refs = append(n.Refs, RefTo(c.Campaign), RefTo(c.Influencer))
		n.Names = append(n.Names, NameProbe{Campaign: c.Campaign, Influencer: c.Influencer})
	}
	return n
}

// followOne is followCooperations for one cooperation, with a function that sets its name if it is an automatic one.
func (w *Work) followOne(ctx context.Context, c Cooperation,
	name func(context.Context, *Cooperation, references) error, reason string) error {
	if c.NameMode != NameAuto && !c.hasPending() {
		return nil
	}
	p, err := w.references(ctx, c)
	if err != nil {
		return err
	}
	after := c
	if err := name(ctx, &after, p); err != nil {
		return err
	}
	after.fillPending(p)
	if after, err = replace(ctx, w, c, after, reason); err == nil {
		w.noteClaims(after)
	}
	return err
}

// nameMode returns the mode after an edit: auto if the name is empty, custom if it changed.
func nameMode(name, before string, mode NameMode) NameMode {
	switch {
	case name == "":
		return NameAuto
	case name != before:
		return NameCustom
	default:
		return mode
	}
}

// autoNameChanged reports whether an edit changed a part of the auto name. Otherwise the name stays, even if a shorter
// one has become free.
func autoNameChanged(before, after Cooperation) bool {
	return after.Campaign != before.Campaign || after.Influencer != before.Influencer ||
		after.Profile != before.Profile || after.Period.Start != before.Period.Start
}
