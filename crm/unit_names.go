package crm

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// nameKnowledge is what a unit of work knows of the names of cooperations. Names are folded.
type nameKnowledge struct {
	complete  map[CampaignID]bool // of which all names are known, as of one that this unit has made
	asked     map[NameProbe]bool  // by prefix, and whether all names were found
	questions map[CampaignID]int  // that were asked about a campaign
	taken     map[nameBase][]CooperationID
	last      map[nameBase]int // the last number that was added to a name
}

// maxKnownNames is how many names a unit of work knows. When it is reached all are forgotten.
const maxKnownNames = 200_000

// nameBase is a name in a campaign.
type nameBase struct {
	campaign CampaignID
	name     string
}

func newNameKnowledge() nameKnowledge {
	return nameKnowledge{
		complete: map[CampaignID]bool{}, asked: map[NameProbe]bool{}, questions: map[CampaignID]int{},
		taken: map[nameBase][]CooperationID{}, last: map[nameBase]int{},
	}
}

func (k *nameKnowledge) knows(p NameProbe) bool {
	_, asked := k.asked[p]
	return asked || k.complete[p.Campaign]
}

func (k *nameKnowledge) learn(p NameProbe, found Names) {
	k.asked[p] = !found.More
	for _, name := range found.Found {
		k.add(p.Campaign, name.Key, name.ID)
	}
}

func (k *nameKnowledge) add(campaign CampaignID, name string, id CooperationID) {
	key := nameBase{campaign, name}
	if ids := k.taken[key]; !slices.Contains(ids, id) {
		k.taken[key] = append(ids, id)
	}
}

// replace takes the name of one state of a cooperation out and that of another in. If the former state is not known
// nothing is known any more.
func (k *nameKnowledge) replace(before, after Record) {
	was, replaced := before.(Cooperation)
	is, there := after.(Cooperation)
	if replaced {
		key := nameBase{was.Campaign, Fold(was.Name)}
		k.taken[key] = slices.DeleteFunc(k.taken[key], func(id CooperationID) bool { return id == was.ID })
	}
	switch {
	case there && !replaced && is.Version > 1, len(k.taken) >= maxKnownNames:
		*k = newNameKnowledge()
	case there:
		k.add(is.Campaign, Fold(is.Name), is.ID)
	}
}

// forgetNumbers is for when names become free, so that smaller numbers may be free too.
func (k *nameKnowledge) forgetNumbers() { clear(k.last) }

// has reports whether another cooperation of the campaign is known to have a name.
func (k *nameKnowledge) has(c Cooperation, name string) bool {
	return slices.ContainsFunc(k.taken[nameBase{c.Campaign, Fold(name)}], func(id CooperationID) bool { return id != c.ID })
}

// freeName is the name that a cooperation gets if others of the campaign have the name that it should: with its start
// date, then with the first number that is free as well.
func (w *Work) freeName(ctx context.Context, c Cooperation, p references) (string, error) {
	name, names := autoName(p), &w.cache.names
	if err := w.learnNames(ctx, c.Campaign, p); err != nil {
		return "", err
	}
	all := w.knowsNames(c, p)
	taken := func(name string) (bool, error) {
		if all || names.has(c, name) {
			return names.has(c, name), nil
		}
		return w.nameIsTaken(ctx, c, name)
	}
	is, err := taken(name)
	if is && err == nil && !c.Period.Start.IsZero() {
		name += " - " + c.Period.Start.String()
		is, err = taken(name)
	}
	if err != nil || !is {
		return name, err
	}
	base := nameBase{c.Campaign, name}
	n := max(2, names.last[base]+1)
	if !all && names.last[base] == 0 {
		if n, err = w.numberAfter(ctx, c.Campaign, name); err != nil {
			return "", err
		}
	}
	for names.has(c, numbered(name, n)) {
		n++
	}
	names.last[base] = n
	return numbered(name, n), nil
}

// learnNames finds out which names are taken that an auto name of a cooperation could be. A unit that names many
// cooperations of a campaign reads all names of it, once they are few beside those that it has asked about.
func (w *Work) learnNames(ctx context.Context, campaign CampaignID, p references) error {
	names, probe := &w.cache.names, p.nameProbe(campaign)
	if names.knows(probe) {
		return nil
	}
	asked := names.questions[campaign] + 1
	names.questions[campaign] = asked
	if asked < manyNames || asked&(asked-1) != 0 { // each time twice as many
		return w.cache.prepare(ctx, Need{Names: []NameProbe{probe}})
	}
	all := CooperationFilter{Campaign: campaign, Archive: ActiveOrNot}
	n, err := w.Cooperations().Count(ctx, all)
	if err != nil || n > manyNames*asked {
		return errors.Join(err, w.cache.prepare(ctx, Need{Names: []NameProbe{probe}}))
	}
	err = EachPage(ctx, w.Cooperations(), all, MaxPageSize, func(page []Cooperation) error {
		for _, other := range page {
			names.add(other.Campaign, Fold(other.Name), other.ID)
		}
		return nil
	})
	names.complete[campaign] = err == nil
	return err
}

// manyNames is how often a unit of work asks about names of a campaign before it may read all of them, and how many
// more there may be.
const manyNames = 16

// knowsNames reports whether all names are known that an auto name of a cooperation could be taken by.
func (w *Work) knowsNames(c Cooperation, p references) bool {
	if w.cache.names.complete[c.Campaign] {
		return true
	}
	// Folding a whole name could differ from folding its parts, of which the prefix is made.
	probe := p.nameProbe(c.Campaign)
	return w.cache.names.asked[probe] && strings.HasPrefix(Fold(autoName(p)), probe.Prefix)
}

// nameProbe asks for the names that auto names of a campaign and an influencer could be taken by.
func (p references) nameProbe(campaign CampaignID) NameProbe {
	return NameProbe{Campaign: campaign, Prefix: namePrefix(p.campaign.Name, p.influencer.Name)}
}

// namePrefix is how the folded auto names of a campaign and an influencer begin.
func namePrefix(campaign, influencer string) string { return Fold(campaign) + " - " + Fold(influencer) }

func numbered(name string, n int) string { return fmt.Sprintf("%s (%d)", name, n) }

func (w *Work) nameIsTaken(ctx context.Context, c Cooperation, name string) (bool, error) {
	same, err := w.Cooperations().List(ctx, CooperationFilter{Campaign: c.Campaign, Name: name, Archive: ActiveOrNot},
		ListOptions{Size: 2})
	for _, other := range same.Items {
		if other.ID != c.ID {
			return true, err
		}
	}
	return false, err
}

// numberAfter is one more than the highest number at the end of a name, which many have.
func (w *Work) numberAfter(ctx context.Context, campaign CampaignID, name string) (int, error) {
	prefix := Fold(name) + " ("
	found, err := w.cache.Tx.Load(ctx, Need{Names: []NameProbe{{Campaign: campaign, Prefix: prefix}}})
	if err != nil {
		return 0, err
	}
	highest := 1
	for _, other := range found.Names[0].Found {
		digits, ended := strings.CutSuffix(strings.TrimPrefix(other.Key, prefix), ")")
		if n, err := strconv.Atoi(digits); err == nil && ended {
			highest = max(highest, n)
		}
	}
	return highest + 1, nil
}
