package imports

import (
	"context"
	"io"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
)

// Look makes the plan of a CSV text and keeps nothing of it. As in Plan, it begins with the choices that are kept for
// its headers, if there are any: Kept then says so.
func (s *Service) Look(ctx context.Context, ws crm.WorkspaceID, name, csv string, c Choices) (*sheetimport.Plan, *Kept, error) {
	free, err := s.slots.Take(ctx, ws)
	if err != nil {
		return nil, nil, err
	}
	defer free()
	r := request{Choices: c, Name: plainName(name)}
	plan, err := s.makeKept(ctx, ws, &r, func(int) io.Reader { return strings.NewReader(csv) })
	if err != nil || r.Kept == nil {
		return plan, nil, err
	}
	return plan, &r.Kept.Kept, nil
}
