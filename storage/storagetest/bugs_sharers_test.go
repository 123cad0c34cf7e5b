package storagetest_test

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// sharerBugs break look-ups by identity keys.
func sharerBugs() []bug {
	const (
		byKey   = "Load: finds the influencers that have an identity key, those that Archive selects, by id"
		cut     = "Load: finds the first MaxSharers by id that Archive selects of each identity key"
		current = "Load: identity keys are those of the records as they are, in the unit of work that writes them too"
	)
	spelt := func(spoil func(*crm.Need)) func(wholeStore) wholeStore {
		return onLoads(func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
			if len(n.Identities) > 0 {
				n.Identities = slices.Clone(n.Identities)
				spoil(&n)
			}
			return r.Load(ctx, n)
		})
	}
	without := func(kind crm.IdentityKind) func(*crm.Need) {
		return func(n *crm.Need) {
			n.Identities = slices.DeleteFunc(n.Identities, func(k crm.IdentityKey) bool { return k.Kind == kind })
		}
	}
	var all []bug
	for _, kind := range []crm.IdentityKind{
		crm.IdentityHandle, crm.IdentityLink, crm.IdentityPhone, crm.IdentityEmail, crm.IdentityName, crm.IdentityWords,
	} {
		all = append(all, bug{name: "knows nobody by " + string(kind), category: storagetest.Loading, subtest: byKey,
			spoil: spelt(without(kind))})
	}
	return append(all,
		bug{name: "knows a name by one spelling only", category: storagetest.Loading, subtest: byKey, spoil: spelt(func(n *crm.Need) {
			words := 0
			n.Identities = slices.DeleteFunc(n.Identities, func(k crm.IdentityKey) bool {
				if k.Kind == crm.IdentityWords {
					words++
				}
				return k.Kind == crm.IdentityWords && words > 1
			})
		})},
		bug{name: "shares with the archived too", category: storagetest.Loading, subtest: byKey,
			spoil: spelt(func(n *crm.Need) { n.Archive = crm.ActiveOrNot })},
		bug{name: "knows all who share", category: storagetest.Loading, subtest: cut,
			spoil: onLoads(func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
				l, err := r.Load(ctx, n)
				if err != nil || len(l.Influencers) < crm.MaxSharers {
					return l, err
				}
				l.Influencers = nil
				wanted := map[crm.IdentityKey]bool{}
				for _, key := range n.Identities {
					wanted[key] = true
				}
				err = crm.Each(ctx, r.Influencers(), crm.InfluencerFilter{Archive: n.Archive}, func(i crm.Influencer) error {
					if slices.ContainsFunc(crm.IdentityKeys(i), func(key crm.IdentityKey) bool { return wanted[key] }) {
						l.Influencers = append(l.Influencers, i)
					}
					return nil
				})
				return l, err
			})},
		bug{name: "cuts who shares before it selects", category: storagetest.Loading, subtest: cut,
			spoil: onLoads(func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
				among := n.Archive
				if len(n.Identities) > 0 && n.Check() == nil {
					n.Archive = crm.ActiveOrNot
				}
				l, err := r.Load(ctx, n)
				if len(n.Identities) > 0 && len(n.Refs) == 0 {
					l.Influencers = slices.DeleteFunc(l.Influencers, func(i crm.Influencer) bool { return !among.Selects(i.ArchivedOn) })
				}
				return l, err
			})},
		bug{name: "does not find whoever is renamed", category: storagetest.Loading, subtest: current, spoil: staleKeys})
}

// staleKeys is a store that finds an influencer by the name of its first version.
func staleKeys(b wholeStore) wholeStore {
	names := map[crm.InfluencerID]string{}
	return onReads(func(r crm.Reader) crm.Reader {
		return loads{r, func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
			l, err := r.Load(ctx, n)
			if len(n.Identities) == 0 {
				return l, err
			}
			l.Influencers = slices.DeleteFunc(l.Influencers, func(i crm.Influencer) bool {
				if _, known := names[i.ID]; !known {
					names[i.ID] = i.Name
				}
				return names[i.ID] != i.Name
			})
			return l, err
		}}
	})(b)
}
