package duplicates

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm"
)

// read collects the influencers among whom duplicates are looked for.
func (f *finder) read(ctx context.Context, r crm.Reader, o Options) error {
	if o.Of == nil {
		return f.readAll(ctx, r, o)
	}
	ws, err := r.Workspace(ctx)
	if err != nil {
		return err
	}
	of, err := crm.Normalize(*o.Of, ws.Currency)
	if len(of.Profiles) > crm.MaxProfiles {
		return err
	}
	f.addOnly(of)
	candidates, complete, err := sharers(ctx, r, of, o.Archive)
	switch {
	case err != nil:
		return err
	case !complete:
		return f.readAll(ctx, r, o)
	}
	for _, i := range candidates {
		if i.ID != o.Of.ID {
			f.add(i)
		}
	}
	return nil
}

// readAll reads all influencers.
func (f *finder) readAll(ctx context.Context, r crm.Reader, o Options) error {
	return crm.Each(ctx, r.Influencers(), crm.InfluencerFilter{Archive: o.Archive}, func(i crm.Influencer) error {
		if o.Of == nil || i.ID != o.Of.ID {
			f.add(i)
		}
		return nil
	})
}

// maxLookUps is up to how many identity keys influencers are looked up. One with more, of some hundred profiles, is compared
// with all.
const maxLookUps = 200

// sharers are the influencers that share an identity key with one. They are not complete if something that they share may
// have more sharers than were read, and yet count. That is so for handles only: many may have one that is similar, and few
// the very same. The other kinds of keys are evidence themselves, which crm.MaxSharers is too many for.
func sharers(ctx context.Context, r crm.Reader, of crm.Influencer, among crm.Archive) (found []crm.Influencer, complete bool, err error) {
	keys := crm.IdentityKeys(of)
	if len(keys) == 0 || len(keys) > maxLookUps {
		return nil, len(keys) == 0, nil
	}
	loaded, err := r.Load(ctx, crm.Need{Identities: keys, Archive: among})
	if err != nil {
		return nil, false, err
	}
	sharing := map[crm.IdentityKey]int{}
	for _, i := range loaded.Influencers {
		for _, key := range crm.IdentityKeys(i) {
			sharing[key]++
		}
	}
	return loaded.Influencers, !slices.ContainsFunc(keys, func(key crm.IdentityKey) bool {
		return key.Kind == crm.IdentityHandle && sharing[key] >= crm.MaxSharers
	}), nil
}
