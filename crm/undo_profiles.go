package crm

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/internal/fieldpath"
)

// gained tells who got which profile since the beginning of the unit that is undone, as the log has
// it. It is read when it is first asked for.
type gained struct {
	by map[ProfileID][]InfluencerID
}

// profileIsFree refuses a profile that somebody else has by now. A profile with a handle may have
// another one there, so it is found by its id.
func (u *undo) profileIsFree(ctx context.Context, i Influencer, n int) error {
	if u.gained.by == nil {
		if err := u.readGained(ctx); err != nil {
			return err
		}
	}
	p := i.Profiles[n]
	holders, err := u.Influencers().GetAll(ctx, u.gained.by[p.ID])
	for _, other := range holders {
		if _, has := other.Profile(p.ID); has && other.ID != i.ID && err == nil {
			err = &Error{Family: ErrAlreadyExists, Record: i.Ref(), Field: fieldpath.Index("profiles", n, ""), Value: strings.TrimSpace(account.PlatformName(p.Platform) + " " + p.Handle),
				Problem: "this profile belongs to \"" + Shorten(other.Name) + "\" by now"}
		}
	}
	return err
}

func (u *undo) readGained(ctx context.Context) error {
	u.gained.by = map[ProfileID][]InfluencerID{}
	return eachChange(ctx, u, ChangeFilter{After: u.before}, func(c Change) error {
		for _, f := range c.Fields {
			if c.Record.Kind != KindInfluencer || f.Field != "profiles" || f.After == nil {
				continue
			}
			var had, has []struct {
				ID ProfileID `json:"id"`
			}
			if !decodeField(f.Before, &had) || json.Unmarshal(f.After, &has) != nil {
				continue // of another version of this program, and no profile that could be restored
			}
			before := map[ProfileID]bool{}
			for _, p := range had {
				before[p.ID] = true
			}
			for _, p := range has {
				if !before[p.ID] {
					u.gained.by[p.ID] = append(u.gained.by[p.ID], InfluencerID(c.Record.ID))
				}
			}
		}
		return nil
	})
}
