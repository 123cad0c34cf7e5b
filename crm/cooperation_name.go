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

// renameCooperations names the auto-named cooperations of a filter again, after a part of their names has changed.
func (w *Work) renameCooperations(ctx context.Context, f CooperationFilter, reason string) error {
	return EachPage(ctx, w.Cooperations(), f, MaxPageSize, func(page []Cooperation) error {
		if err := w.cache.prepare(ctx, namesNeed(page)); err != nil {
			return err
		}
		for _, c := range page {
			if err := w.renameOne(ctx, c, reason); err != nil {
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

func (w *Work) renameOne(ctx context.Context, c Cooperation, reason string) error {
	if c.NameMode != NameAuto {
		return nil
	}
	p, err := w.references(ctx, c)
	if err != nil {
		return err
	}
	after := c
	if err := w.setAutoName(ctx, &after, p); err != nil {
		return err
	}
	_, err = replace(ctx, w, c, after, reason)
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
