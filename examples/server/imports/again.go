package imports

import (
	"context"
	"encoding/json"
	"io"
	"slices"

	"github.com/google/uuid"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/state"
)

// Choices are what a plan was made with.
func (s *Service) Choices(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID) (Choices, error) {
	p, err := s.find(ctx, ws, id)
	if err != nil {
		return Choices{}, err
	}
	var r request
	err = json.Unmarshal([]byte(p.Request), &r)
	return r.Choices, err
}

// Again makes another plan of the files of a plan, with other choices, so that nobody has to upload them once more. A link
// cannot be changed: it stands for the files. The plan before goes, unless somebody has begun to carry it out. One that has been
// carried out has no files any more, and is a crm.ErrReferenced.
func (s *Service) Again(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID, c Choices, lang language.Tag) (Plan, error) {
	p, err := s.find(ctx, ws, id)
	if err != nil {
		return Plan{}, err
	}
	if p.State == state.Applied {
		return Plan{}, isApplied(id)
	}
	var r request
	if err := json.Unmarshal([]byte(p.Request), &r); err != nil {
		return Plan{}, err
	}
	r.Replaces = append(r.Replaces, p.ID)
	r.Replaces = r.Replaces[max(0, len(r.Replaces)-maxReplaced):]
	if c.Tab != r.Tab || c.IgnoreKept {
		r.First, r.Kept = "", nil // another sheet, which may have other headers
	}
	c.Link, r.Choices = r.Link, c
	key, err := s.keep(ctx, ws, r, room{true, p.ID}, func(key state.PlanKey) error {
		free, err := s.slots.Take(ctx, ws)
		if err != nil {
			return err
		}
		defer free()
		plan, err := s.makeKept(ctx, ws, &r, func(file int) io.Reader { return s.db.PlanFile(ctx, p.PlanKey, file) })
		if err != nil {
			return err
		}
		return s.replace(ctx, p.PlanKey, key, r, plan)
	})
	if err != nil {
		return Plan{}, err
	}
	if err := s.db.DeletePlanned(ctx, p.PlanKey); err != nil {
		return Plan{}, err
	}
	return s.Find(ctx, ws, uuid.MustParse(key.ID), lang)
}

// maxReplaced is how many plans before it a plan remembers.
const maxReplaced = 100

// Replacement is the plan that Again or Forget has made in place of one that is gone, or in place of those that followed it;
// uuid.Nil if there is none.
func (s *Service) Replacement(ctx context.Context, ws crm.WorkspaceID, gone uuid.UUID) (uuid.UUID, error) {
	plans, err := s.db.PlanRequests(ctx, ws.String(), s.now())
	if err != nil {
		return uuid.Nil, err
	}
	for _, p := range plans {
		var r request
		if err := json.Unmarshal([]byte(p.Request), &r); err != nil {
			return uuid.Nil, err
		}
		if slices.Contains(r.Replaces, gone.String()) {
			return uuid.Parse(p.ID)
		}
	}
	return uuid.Nil, nil
}
