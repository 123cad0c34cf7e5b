package sqlstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

// The columns of the tables by which influencers are found. A profile's id is unique in a workspace
// where it has one, and so are platform and folded handle where a handle is set.
var (
	profileColumns = []string{"workspace_id", "influencer_id", "place", "profile_id", "platform", "handle_key", "link_key"}
	tagColumns     = []string{"workspace_id", "tag_key", "influencer_id"}
)

// maxLinkKey is the length in bytes up to which a link stands in the index as it is. PostgreSQL indexes no
// more than 2,700.
const maxLinkKey = 1_000

// linkKey is what a folded link is found by. Of a very long one it is the beginning and a hash of the whole.
func linkKey(link string) string {
	if len(link) <= maxLinkKey {
		return link
	}
	sum := sha256.Sum256([]byte(link))
	end := " " + hex.EncodeToString(sum[:]) // no link has a blank
	cut := maxLinkKey - len(end)
	for !utf8.RuneStart(link[cut]) {
		cut--
	}
	return link[:cut] + end
}

// profileRows are the rows by which an influencer is found.
func (w *writer) profileRows(i crm.Influencer) ([]rowSet, error) {
	s, id := w.store.schema, idText(i.ID)
	profiles, tags := rowSet{into: s.profiles.insert, whole: true}, rowSet{into: s.tags.insert}
	for n, p := range i.Profiles {
		profiles.rows = append(profiles.rows, []any{w.wsText, id, n, refText(p.ID), p.Platform, crm.Fold(p.Handle), linkKey(crm.Fold(p.Link))})
	}
	for _, tag := range i.Tags {
		// Two spellings of one tag are one row: the second insert changes nothing.
		tags.rows = append(tags.rows, []any{w.wsText, crm.Fold(tag), id})
	}
	return []rowSet{profiles, tags}, nil
}

// setProfiles writes the rows by which an influencer is found, of which there are none.
func (w *writer) setProfiles(ctx context.Context, i crm.Influencer) error {
	sets, err := w.profileRows(i)
	if err != nil {
		return err
	}
	for _, set := range sets {
		added, err := w.add(ctx, set.into, set.rows)
		if err != nil {
			return w.fail(ctx, "writing the profiles and tags of an influencer", err)
		}
		if set.whole && added < len(set.rows) {
			return w.takenProfile(ctx, i, set)
		}
	}
	return nil
}

// takenProfile finds the first profile of an influencer that is taken, by adding them again one by one,
// and tells its id from its handle.
func (w *writer) takenProfile(ctx context.Context, i crm.Influencer, profiles rowSet) error {
	s := w.store.schema
	if err := w.clear(ctx, i, s.profiles); err != nil {
		return err
	}
	for n, p := range i.Profiles {
		added, err := w.add(ctx, profiles.into, profiles.rows[n:n+1])
		if err != nil {
			return w.fail(ctx, "writing the profiles of an influencer", err)
		}
		if added > 0 {
			continue
		}
		var same int
		if _, err := w.get(ctx, &same, s.profileExists, w.wsText, refText(p.ID)); err != nil {
			return w.fail(ctx, "looking for a profile", err)
		}
		if same > 0 {
			return backend.Taken(i.Ref(), "profiles.id", p.ID.String())
		}
		return backend.Taken(i.Ref(), "profiles.handle", p.Handle)
	}
	return nil // whoever had it is gone
}
