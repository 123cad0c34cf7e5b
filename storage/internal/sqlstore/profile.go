package sqlstore

import (
	"context"
	"fmt"

	"github.com/getklar/influencercrm/crm"
)

// The columns of the tables by which influencers are found. Platform and folded handle are unique
// in a workspace where a handle is set.
var (
	profileColumns = []string{"workspace_id", "influencer_id", "place", "platform", "handle_key", "link_key"}
	tagColumns     = []string{"workspace_id", "tag_key", "influencer_id"}
)

// setProfiles writes the rows by which an influencer is found, of which there are none.
func (w *writer) setProfiles(ctx context.Context, i crm.Influencer) error {
	s, id := w.store.schema, idText(i.ID)
	for n, p := range i.Profiles {
		added, err := w.exec(ctx, s.profiles.insert, w.wsText, id, n, p.Platform, crm.Fold(p.Handle), crm.Fold(p.Link))
		if err != nil {
			return w.fail(ctx, "writing the profiles of an influencer", err)
		}
		if added == 0 {
			return crm.Taken(i.Ref(), fmt.Sprintf("profiles[%d].handle", n), p.Handle)
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
