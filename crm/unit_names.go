package crm

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// nameKnowledge is what a unit of work knows of the names of cooperations. Names are folded.
type nameKnowledge struct {
	max       int                 // entries in all maps; when it is reached all are forgotten
	complete  map[CampaignID]bool // of which all names are known, as of one that this unit has made
	asked     map[NameProbe]bool  // by prefix, and whether all names were found
	questions map[CampaignID]int  // that were asked about a campaign
	of        map[CooperationID]nameBase
	bearers   map[nameBase]int // how many cooperations of those in of have a name
	next      map[nameBase]int // where to begin to look for a free number at the end of a name
}

// nameBase is a name in a campaign.
type nameBase struct {
	campaign CampaignID
	name     string
}

func newNameKnowledge(most int) nameKnowledge {
	return nameKnowledge{
		max: most, complete: map[CampaignID]bool{}, asked: map[NameProbe]bool{}, questions: map[CampaignID]int{},
		of: map[CooperationID]nameBase{}, bearers: map[nameBase]int{}, next: map[nameBase]int{},
	}
}

// makeRoom forgets everything if there is no room for more names, and the questions and numbers that come with them.
func (k *nameKnowledge) makeRoom(more int) {
	known := len(k.complete) + len(k.asked) + len(k.questions) + len(k.of) + len(k.bearers) + len(k.next)
	if known+more > k.max {
		*k = newNameKnowledge(k.max)
	}
}

// knows reports whether all names are known that a probe asks for.
func (k *nameKnowledge) knows(p NameProbe) bool { return k.asked[p] || k.complete[p.Campaign] }

// hasAsked reports whether there is nothing more to learn from a probe, though it may not have found all names.
func (k *nameKnowledge) hasAsked(p NameProbe) bool {
	_, asked := k.asked[p]
	return asked || k.complete[p.Campaign]
}

func (k *nameKnowledge) learn(p NameProbe, found Names) {
	k.makeRoom(len(found.Found))
	k.asked[p] = !found.More
	for _, name := range found.Found {
		k.add(nameBase{p.Campaign, name.Key}, name.ID)
	}
}

// learnAll adds all names of a campaign: those of n cooperations, which each lists.
func (k *nameKnowledge) learnAll(campaign CampaignID, n int, each func(func([]Cooperation) error) error) error {
	k.makeRoom(2 * n)
	err := each(func(page []Cooperation) error {
		for _, c := range page {
			k.add(nameBase{c.Campaign, Fold(c.Name)}, c.ID)
		}
		return nil
	})
	k.complete[campaign] = err == nil
	return err
}

func (k *nameKnowledge) add(name nameBase, id CooperationID) {
	if was, known := k.of[id]; known && was != name {
		k.remove(id)
	} else if known {
		return
	}
	k.of[id] = name
	k.bearers[name]++
}

func (k *nameKnowledge) remove(id CooperationID) {
	name, known := k.of[id]
	if !known {
		return
	}
	delete(k.of, id)
	if k.bearers[name]--; k.bearers[name] == 0 {
		delete(k.bearers, name)
	}
}

// replace takes the name of one state of a cooperation out and that of another in. Added says that there was none before.
func (k *nameKnowledge) replace(before, after Record, added bool) {
	was, replaced := before.(Cooperation)
	is, there := after.(Cooperation)
	if replaced && there && was.Campaign == is.Campaign && was.Name == is.Name {
		return
	}
	if !replaced && there && !added {
		if name, known := k.of[is.ID]; known {
			k.becomesFree(name)
		} else {
			clear(k.next)
		}
	}
	if replaced {
		k.becomesFree(nameBase{was.Campaign, Fold(was.Name)})
		k.remove(was.ID)
	}
	if there {
		k.makeRoom(1)
		k.add(nameBase{is.Campaign, Fold(is.Name)}, is.ID)
	}
}

// becomesFree is for a name that a cooperation has had. If it has a number, that is the next to look at.
func (k *nameKnowledge) becomesFree(name nameBase) {
	at := strings.LastIndex(name.name, " (")
	if at < 0 {
		return
	}
	base := nameBase{name.campaign, name.name[:at]}
	if n, ok := numberAtEnd(name.name, name.name[:at+len(" (")]); ok && n < k.next[base] {
		k.next[base] = n
	}
}

// has reports whether another cooperation of the campaign is known to have a name.
func (k *nameKnowledge) has(c Cooperation, name string) bool {
	base := nameBase{c.Campaign, Fold(name)}
	others := k.bearers[base]
	if own, known := k.of[c.ID]; known && own == base {
		others--
	}
	return others > 0
}

// freeName is the name that a cooperation gets if others of the campaign have the name that it should: with its start
// date, then with the first number that is free as well. Where there are more than MaxNames names that go on in brackets,
// and not all are read, it is any free number; see anyFree.
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
	base := nameBase{c.Campaign, Fold(name)}
	names.becomesFree(names.of[c.ID]) // for itself
	from := max(2, names.next[base])
	if !all && names.next[base] == 0 {
		if from, err = w.numberAfter(ctx, c, name); err != nil {
			return "", err
		}
	}
	search := firstFree
	if !all {
		search = anyFree // each look is a read of the store
	}
	n, err := search(from, func(n int) (bool, error) { return taken(numbered(name, n)) })
	if err != nil {
		return "", err
	}
	names.next[base] = n
	return numbered(name, n), nil
}

// firstFree returns the first number from one on that is free.
func firstFree(from int, taken func(int) (bool, error)) (int, error) {
	for n := from; ; n++ {
		if is, err := taken(n); err != nil || !is {
			return n, err
		}
	}
}

// anyFree returns a free number from one on, with few looks: the first one, or one after a number that is taken. Where
// the taken ones have no gaps that is the first free one too.
func anyFree(from int, taken func(int) (bool, error)) (int, error) {
	last, free := from-1, from // free when the first loop has ended, and last is taken
	for step := 1; ; step *= 2 {
		is, err := taken(free)
		if err != nil {
			return 0, err
		}
		if !is {
			break
		}
		last, free = free, free+step
	}
	for free-last > 1 {
		between := last + (free-last)/2
		is, err := taken(between)
		if err != nil {
			return 0, err
		}
		if is {
			last = between
		} else {
			free = between
		}
	}
	return free, nil
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
	all := CooperationFilter{Campaigns: []CampaignID{campaign}, Archive: ActiveOrNot}
	n, err := w.Cooperations().Count(ctx, all)
	if err != nil || n > min(manyNames*asked, names.max/4) {
		return errors.Join(err, w.cache.prepare(ctx, Need{Names: []NameProbe{probe}}))
	}
	return names.learnAll(campaign, n, func(fn func([]Cooperation) error) error {
		return EachPage(ctx, w.Cooperations(), all, MaxPageSize, fn)
	})
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
	same, err := w.Cooperations().List(ctx, CooperationFilter{Campaigns: []CampaignID{c.Campaign}, Name: name, Archive: ActiveOrNot},
		ListOptions{Size: 2})
	for _, other := range same.Items {
		if other.ID != c.ID {
			return true, err
		}
	}
	return false, err
}

// numberAfter is the first number that is not at the end of a name, if all names that go on with a bracket can be read.
// Otherwise it is one more than the highest number of those that can; whether that is free is not said, because longer
// names come before those with numbers.
func (w *Work) numberAfter(ctx context.Context, c Cooperation, name string) (int, error) {
	prefix := Fold(name + " (")
	found, err := w.cache.Tx.Load(ctx, Need{Names: []NameProbe{{Campaign: c.Campaign, Prefix: prefix}}})
	if err != nil {
		return 0, err
	}
	highest, numbers := 1, map[int]bool{}
	for _, other := range found.Names[0].Found {
		if n, ok := numberAtEnd(other.Key, prefix); ok && other.ID != c.ID {
			highest, numbers[n] = max(highest, n), true
		}
	}
	if found.Names[0].More {
		return highest + 1, nil
	}
	return firstFree(2, func(n int) (bool, error) { return numbers[n], nil })
}

// maxNumberDigits is how many digits the number at the end of a name has at most. Longer ones are somebody's own, such
// as a date with a time.
const maxNumberDigits = 9

// numberAtEnd is the number of a folded name that was made by numbered of a name, of which the prefix is made.
func numberAtEnd(name, prefix string) (int, bool) {
	digits, begins := strings.CutPrefix(name, prefix)
	digits, ends := strings.CutSuffix(digits, ")")
	if n, err := strconv.Atoi(digits); err == nil && begins && ends && len(digits) <= maxNumberDigits &&
		strconv.Itoa(n) == digits { // no sign, no zeros before it
		return n, true
	}
	return 0, false
}
