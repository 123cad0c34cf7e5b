package crm

import (
	"context"
	"fmt"

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
func (w *Work) setAutoName(ctx context.Context, c *Cooperation, p references) error {
	if c.NameMode == NameCustom {
		return nil
	}
	name := autoName(p)
	free, err := w.nameIsFree(ctx, *c, name)
	if err == nil && !free && !c.Period.Start.IsZero() {
		name += " - " + c.Period.Start.String()
		free, err = w.nameIsFree(ctx, *c, name)
	}
	if err == nil && !free {
		name, err = w.numberedName(ctx, *c, name)
	}
	c.Name = name
	return err
}

// numberedName finds a number that makes a name free, the next one where the numbers so far have no gap. It begins at
// the last one that this unit of work gave, and doubles and then halves its steps, because a campaign may hold
// thousands of one name.
func (w *Work) numberedName(ctx context.Context, c Cooperation, base string) (string, error) {
	numbered := func(n int) string { return fmt.Sprintf("%s (%d)", base, n) }
	of := nameBase{c.Campaign, base}
	taken := max(1, w.numbers[of])
	open := taken + 1
	for step := 1; ; {
		free, err := w.nameIsFree(ctx, c, numbered(open))
		if err != nil {
			return base, err
		}
		if free {
			break
		}
		step *= 2
		taken, open = open, open+step
	}
	for open-taken > 1 {
		middle := (taken + open) / 2
		free, err := w.nameIsFree(ctx, c, numbered(middle))
		if err != nil {
			return base, err
		}
		if free {
			open = middle
		} else {
			taken = middle
		}
	}
	if w.numbers == nil {
		w.numbers = map[nameBase]int{}
	}
	w.numbers[of] = open
	return numbered(open), nil
}

// nameBase is a name without its number, in a campaign.
type nameBase struct {
	campaign CampaignID
	name     string
}

func (w *Work) nameIsFree(ctx context.Context, c Cooperation, name string) (bool, error) {
	same, err := w.Cooperations().List(ctx, CooperationFilter{Campaign: c.Campaign, Name: name, Archive: ActiveOrNot},
		ListOptions{Size: 2})
	for _, other := range same.Items {
		if other.ID != c.ID {
			return false, err
		}
	}
	return true, err
}

// renameCooperations names the auto-named cooperations of a filter again, after a part of their names has changed.
func (w *Work) renameCooperations(ctx context.Context, f CooperationFilter, reason string) error {
	w.numbers = nil // names become free, so smaller numbers may be free too
	return EachPage(ctx, w.Cooperations(), f, MaxPageSize, func(page []Cooperation) error {
		var refs []Ref
		for _, c := range page {
			refs = append(refs, RefTo(c.Campaign), RefTo(c.Influencer))
		}
		return w.withPreloaded(ctx, refs, func() error {
			for _, c := range page {
				if err := w.renameOne(ctx, c, reason); err != nil {
					return err
				}
			}
			return nil
		})
	})
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
