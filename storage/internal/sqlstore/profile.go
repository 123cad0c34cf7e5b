package sqlstore

import (
	"context"

	"github.com/getklar/influencercrm/crm"
)

// The columns of the tables by which influencers are found. A profile's id is unique in a workspace
// where it has one, and so are platform and folded handle where a handle is set.
var (
	profileColumns = []string{"workspace_id", "influencer_id", "place", "profile_id", "platform", "handle_key", "link_key"}
	tagColumns     = []string{"workspace_id", "tag_key", "influencer_id"}
)

// setProfiles writes the rows by which an influencer is found, of which there are none.
func (w *writer) setProfiles(ctx context.Context, i crm.Influencer) error {
	s, id := w.store.schema, idText(i.ID)
	for n, p := range i.Profiles {
		added, err := w.exec(ctx, s.profiles.insert, w.wsText, id, n, refText(p.ID), p.Platform, crm.Fold(p.Handle), crm.Fold(p.Link))
		if err != nil {
			return w.fail(ctx, "writing the profiles of an influencer", err)
		}
		if added == 0 {
			return w.takenProfile(ctx, i, p)
		}
	}
	for _, tag := range i.Tags {
		// Two spellings of one tag are one row: the second insert changes nothing.
		if _, err := w.exec(ctx, s.tags.insert, w.wsText, crm.Fold(tag), id); err != nil {
			return w.fail(ctx, "writing the tags of an influencer", err)
		}
	}
	return nil
}

// takenProfile tells a profile's id that is taken from a handle.
func (w *writer) takenProfile(ctx context.Context, i crm.Influencer, p crm.Profile) error {
	var n int
	if _, err := w.get(ctx, &n, w.store.schema.profileExists, w.wsText, refText(p.ID)); err != nil {
		return w.fail(ctx, "looking for a profile", err)
	}
	if n > 0 {
		return crm.Taken(i.Ref(), "profiles.id", p.ID.String())
	}
	return crm.Taken(i.Ref(), "profiles.handle", p.Handle)
}
