package crm

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
)

// FollowerHistory returns how many followers a profile had over time: the counts that were entered for it, by the day
// on which they were read, one a day, oldest first. It is read from the log, so a count that was corrected on the same
// day appears as corrected, and the counts of a merged duplicate begin with the merge. A count without a day counts as
// read on the day of its change, in the workspace's time zone.
//
// A profile that the influencer never had is an ErrNotFound; one that was removed keeps its history.
func (s *Service) FollowerHistory(ctx context.Context, ws WorkspaceID, influencer InfluencerID,
	profile ProfileID) ([]Followers, error) {
	return view(ctx, s, ws, "read follower history", func(ctx context.Context, r Reader) ([]Followers, error) {
		return followerHistory(ctx, r, influencer, profile)
	})
}

func followerHistory(ctx context.Context, r Reader, influencer InfluencerID, profile ProfileID) ([]Followers, error) {
	ws, err := r.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	zone, err := ws.Location()
	if err != nil {
		return nil, err
	}
	known, last := false, Followers{}
	counts := map[budget.Date]Followers{}
	err = eachChange(ctx, r, ChangeFilter{Record: RefTo(influencer)}, func(c Change) error {
		now, had, err := followersIn(c, profile)
		known = known || had
		if err != nil || now == nil || *now == last {
			return err
		}
		if last = *now; now.On.IsZero() {
			now.On = budget.DateOf(c.At.In(zone))
		}
		counts[now.On] = *now
		return nil
	})
	if err == nil && !known {
		err = &Error{Family: ErrNotFound, Record: RefTo(influencer), Field: "profile", Value: profile.String(),
			Problem: sentence.Of("the influencer never had this profile")}
	}
	if err != nil {
		return nil, err
	}
	history := slices.AppendSeq([]Followers{}, maps.Values(counts))
	slices.SortFunc(history, func(a, b Followers) int { return a.On.Compare(b.On) })
	return history, nil
}

// followersIn returns the follower count of a profile after a change, nil if there is none, and whether the change has
// the profile.
func followersIn(c Change, profile ProfileID) (now *Followers, known bool, err error) {
	at := slices.IndexFunc(c.Fields, func(f FieldChange) bool { return f.Field == "profiles" })
	if at < 0 || c.Fields[at].After == nil {
		return nil, false, nil
	}
	var profiles []struct {
		ID        ProfileID  `json:"id"`
		Followers *Followers `json:"followers"`
	}
	if err := json.Unmarshal(c.Fields[at].After, &profiles); err != nil {
		return nil, false, unreadable(c.Record, err)
	}
	for _, p := range profiles {
		if p.ID == profile {
			return p.Followers, true, nil
		}
	}
	return nil, false, nil
}
