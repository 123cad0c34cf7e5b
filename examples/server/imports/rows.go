package imports

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"slices"

	"github.com/google/uuid"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/paging"
	"github.com/getklar/influencercrm/examples/server/state"
	"github.com/getklar/influencercrm/sheetimport"
)

// RowFilter selects rows of a plan.
type RowFilter struct {
	// Verdict is that of the rows; all if it is not given.
	Verdict sheetimport.Verdict `json:"verdict,omitzero"`
	// Part is 0 for the sheet, 1 for the first table of budgets, and so on.
	Part int `json:"part,omitzero"`
	paging.Options
}

// rowID stands for the position of a row in tokens, which are made of ids.
func rowID(position int) (id uuid.UUID) {
	binary.BigEndian.PutUint32(id[12:], uint32(position)) //nolint:gosec // the rows of a sheet are counted in an int32
	return id
}

func positionOf(id uuid.UUID) int { return int(binary.BigEndian.Uint32(id[12:])) }

// rowsTogether is how many rows are in memory as JSON at once, when they are stored or read.
const rowsTogether = 1_000

// keepRows stores the rows of a plan, and of its tables of budgets, in both languages.
func (s *Service) keepRows(ctx context.Context, key state.PlanKey, english, german *sheetimport.Plan) error {
	position := 0
	var some []state.PlanRow
	for part, rows := range rowsOf(english) {
		translated := rowsOf(german)[part]
		for n, row := range rows {
			doc, err := json.Marshal(row)
			if err != nil {
				return err
			}
			other, err := json.Marshal(translated[n])
			if err != nil {
				return err
			}
			position++
			kept := state.PlanRow{Position: position, Part: part, Verdict: string(row.Verdict), English: string(doc)}
			if string(other) != string(doc) {
				kept.German = string(other)
			}
			if some = append(some, kept); len(some) == rowsTogether {
				if err := s.db.AddPlanRows(ctx, key, some, s.now(), s.fits); err != nil {
					return err
				}
				some = some[:0]
			}
		}
	}
	return s.db.AddPlanRows(ctx, key, some, s.now(), s.fits)
}

// rowsOf are the rows of all parts of a plan.
func rowsOf(p *sheetimport.Plan) [][]sheetimport.PlannedRow {
	all := [][]sheetimport.PlannedRow{p.Rows}
	for _, t := range p.Budgets {
		all = append(all, t.Rows)
	}
	return all
}

// Rows reads a page of the rows of a plan, in order.
func (s *Service) Rows(
	ctx context.Context, ws crm.WorkspaceID, id uuid.UUID, f RowFilter, lang language.Tag,
) (page crm.Page[sheetimport.PlannedRow], err error) {
	k, err := f.Keyset("rows", id, f.Part, f.Verdict)
	switch {
	case err != nil:
		return page, err
	case f.Verdict != "" && !slices.Contains(sheetimport.Verdicts(), f.Verdict):
		return page, NoVerdict(string(f.Verdict))
	}
	p, err := s.find(ctx, ws, id)
	if err != nil {
		return page, err
	}
	plan, err := planIn(p, lang)
	switch {
	case err != nil:
		return page, err
	case f.Part < 0 || f.Part > len(plan.Budgets):
		return page, NoPart(f.Part, len(plan.Budgets))
	}
	kept, err := s.db.PlanRows(ctx, p.PlanKey, f.Part, string(f.Verdict), positionOf(k.After), k.Size+1)
	if err != nil {
		return page, err
	}
	some := paging.PageOf(k, kept, func(r state.PlanRow) uuid.UUID { return rowID(r.Position) })
	page.Next = some.Next
	page.Items, err = rowsIn(some.Items, lang)
	return page, err
}

func rowsIn(kept []state.PlanRow, lang language.Tag) ([]sheetimport.PlannedRow, error) {
	rows := make([]sheetimport.PlannedRow, len(kept))
	for n, row := range kept {
		doc := row.English
		if isGerman(lang) && row.German != "" {
			doc = row.German
		}
		if err := json.Unmarshal([]byte(doc), &rows[n]); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// Whole reads a plan with all its rows, for a report. Who calls it has one of the Slots until that is written.
func (s *Service) Whole(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID, lang language.Tag) (*sheetimport.Plan, error) {
	p, err := s.find(ctx, ws, id)
	if err != nil {
		return nil, err
	}
	plan, err := planIn(p, lang)
	if err != nil {
		return nil, err
	}
	parts := []*[]sheetimport.PlannedRow{&plan.Rows}
	for n := range plan.Budgets {
		parts = append(parts, &plan.Budgets[n].Rows)
	}
	for part, to := range parts {
		*to = []sheetimport.PlannedRow{}
		for after := 0; ; {
			kept, err := s.db.PlanRows(ctx, p.PlanKey, part, "", after, rowsTogether)
			if err != nil {
				return nil, err
			}
			rows, err := rowsIn(kept, lang)
			if err != nil {
				return nil, err
			}
			if *to = append(*to, rows...); len(kept) < rowsTogether {
				break
			}
			after = kept[len(kept)-1].Position
		}
	}
	return plan, nil
}
