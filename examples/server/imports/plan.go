package imports

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"github.com/google/uuid"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/refusal"
	"github.com/getklar/influencercrm/examples/server/state"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// Plan is what an import would do, without its rows.
type Plan struct {
	ID        uuid.UUID `json:"id"`
	CreatedAt time.Time `json:"created_at"`
	ExpiresAt time.Time `json:"expires_at"` // after which it is gone
	// Digest names the plan: the sheet, the options, and what becomes of each row. To apply the plan is to send it back.
	Digest string `json:"digest"`
	Source string `json:"source"`
	// Counts are how many rows have which verdict; they add up to the rows below the header.
	Counts  map[sheetimport.Verdict]int `json:"counts"`
	Columns []sheetimport.PlannedColumn `json:"columns"`
	// HeaderKey is the same for all sheets with these headers; a mapping can be kept under it.
	HeaderKey string         `json:"header_key"`
	Mapping   column.Mapping `json:"mapping"` // what the columns were taken for, to be changed for another plan
	// Values are the words that were taken for statuses, platforms, yes or no, and persons.
	Values []sheetimport.PlannedValue `json:"values"`
	// ProposedValues are what the words that are not known may mean, to be confirmed or changed for another plan.
	ProposedValues column.ValueMapping        `json:"proposed_values"`
	Notes          []sheet.Note               `json:"notes"` // about the sheet as a whole
	Imported       *sheetimport.EarlierImport `json:"imported,omitzero"`
	Budgets        []Table                    `json:"budgets"` // the tables of budgets that come with the sheet
	New            sheetimport.NewRecords     `json:"new"`
	Filled         sheetimport.FilledRecords  `json:"filled"`
	Gone           []sheetimport.Gone         `json:"gone"` // cooperations of earlier imports that the sheet no longer has; they stay
	GoneCount      int                        `json:"gone_count"`
	Job            Job                        `json:"job"`
	// Kept tells that the plan began with choices of an earlier import of a sheet with the same headers: its mapping, its words,
	// dates, decimals, status and fill-down. They go by DELETE /imports/choices/{header_key}, and ignore_kept leaves them aside.
	Kept *Kept `json:"kept,omitzero"`
}

// Table is the account of a table of budgets, without its rows.
type Table struct {
	Source  string                      `json:"source"`
	Of      column.BudgetTable          `json:"of"`
	Counts  map[sheetimport.Verdict]int `json:"counts"`
	Columns []sheetimport.PlannedColumn `json:"columns"`
	Notes   []sheet.Note                `json:"notes"`
}

// Plan makes a plan of an upload and keeps it. A sheet that cannot be read is a crm.ErrInvalid.
func (s *Service) Plan(ctx context.Context, ws crm.WorkspaceID, u Upload, lang language.Tag) (Plan, error) {
	r, err := u.request()
	if err != nil {
		return Plan{}, err
	}
	if r.Size > s.options.MaxUpload {
		return Plan{},
			refusal.Invalid("file", "", sentence.Of("is too large; the files of a plan have at most %d bytes together",
				s.options.MaxUpload))
	}
	files := u.files()
	key, err := s.keep(ctx, ws, r, room{u.MakeRoom, ""}, func(key state.PlanKey) error {
		free, err := s.slots.Take(ctx, ws)
		if err != nil {
			return err
		}
		defer free()
		plan, err := s.makeKept(ctx, ws, &r, func(n int) io.Reader { return files[n].rewound() })
		if err != nil {
			return err
		}
		for n, f := range files {
			if err := s.db.AddPlanFile(ctx, key, n, f.rewound()); err != nil {
				return err
			}
		}
		return s.finish(ctx, key, r, plan, s.options.Now().Add(Lifetime).UnixMicro())
	})
	if err != nil {
		return Plan{}, err
	}
	return s.Find(ctx, ws, uuid.MustParse(key.ID), lang)
}

// rewound is the content from its start: a tab of a workbook is read after another one.
func (f File) rewound() io.Reader {
	return io.NewSectionReader(readerAt{f.Content}, 0, f.Size)
}

// readerAt reads what can be sought in. Its readers are used one after the other.
type readerAt struct{ io.ReadSeeker }

// ReadAt implements io.ReaderAt.
func (r readerAt) ReadAt(p []byte, at int64) (int, error) {
	if _, err := r.Seek(at, io.SeekStart); err != nil {
		return 0, err
	}
	return io.ReadFull(r.ReadSeeker, p)
}

// fits refuses plans for which there is no room in their workspace.
func (s *Service) fits(kept state.PlanSizes) error {
	switch {
	case kept.Plans > s.options.MaxPlans:
		return refusal.Invalid("file", "",
			sentence.Of("is one too many; a workspace keeps at most %d plans of imports; delete some",
				s.options.MaxPlans))
	case kept.Bytes > s.options.MaxKept:
		return refusal.Invalid("file", "",
			sentence.Of("is too large beside the plans that are kept; the plans of a workspace have at most %d bytes together, "+
				"with their files and rows; delete some plans", s.options.MaxKept))
	}
	return nil
}

// make makes the plan of a request.
func (s *Service) make(ctx context.Context, ws crm.WorkspaceID, r request, open func(int) io.Reader) (*sheetimport.Plan, error) {
	options, err := r.Options()
	if err != nil {
		return nil, err
	}
	source, budgets, err := s.sources(r, open)
	if err != nil {
		return nil, err
	}
	plan, err := sheetimport.New(s.crm, &options).Plan(ctx, ws, source, budgets...)
	return plan, told(err, r.partOf(err), source.Name())
}

// makingTime is how long a plan may take to be made, after which the place that it has is free.
const makingTime = 15 * time.Minute

// keep keeps a place for a plan, and has it filled: so plans that are made at the same time do not come to more than there may
// be, and who is erased meanwhile is in none of them, because that removes the place.
func (s *Service) keep(ctx context.Context, ws crm.WorkspaceID, r request, more room, fill func(state.PlanKey) error) (state.PlanKey, error) {
	key := keyOf(ws, uuid.Must(uuid.NewV7()))
	doc, err := json.Marshal(r)
	if err != nil {
		return key, err
	}
	full := false
	fits := func(kept state.PlanSizes) error {
		err := s.fits(kept)
		full = err != nil
		return err
	}
	for {
		err = s.db.AddPlan(ctx, state.Plan{
			PlanKey: key, Request: string(doc), Bytes: r.Size, CreatedAt: s.now(), ExpiresAt: s.options.Now().Add(makingTime).UnixMicro(),
		}, s.now(), fits)
		if err == nil || !full || !more.make || r.Size > s.options.MaxKept {
			break
		}
		gone, failed := s.db.DeleteOldestPlan(ctx, key.Workspace, more.but)
		if err = errors.Join(err, failed); !gone {
			break
		}
	}
	if err != nil {
		return key, err
	}
	if err = fill(key); err != nil { // what is half stored must not wait until it expires
		_, gone := s.db.DeletePlan(context.WithoutCancel(ctx), key, s.heardOf())
		err = errors.Join(err, gone)
	}
	return key, err
}

// room says whether the oldest plans that nobody has begun to carry out make room for another one, but for one of them.
type room struct {
	make bool
	but  string // its id
}

// finish stores what a plan says, in both languages, what it was made of and when it expires.
func (s *Service) finish(ctx context.Context, key state.PlanKey, r request, plan *sheetimport.Plan, expires int64) error {
	german := plan.In(language.German)
	if err := s.keepRows(ctx, key, plan, german); err != nil {
		return err
	}
	doc, err := json.Marshal(r)
	if err != nil {
		return err
	}
	p := state.Plan{PlanKey: key, Request: string(doc), Digest: plan.Digest, ExpiresAt: expires}
	if p.English, err = withoutRows(plan); err != nil {
		return err
	}
	if p.German, err = withoutRows(german); err != nil {
		return err
	}
	return s.db.FinishPlan(ctx, p, s.now(), s.fits)
}

// withoutRows is a plan as JSON, without its rows.
func withoutRows(p *sheetimport.Plan) (string, error) {
	short := *p
	short.Rows, short.Budgets = nil, make([]sheetimport.PlannedTable, len(p.Budgets))
	for n, t := range p.Budgets {
		t.Rows = nil
		short.Budgets[n] = t
	}
	doc, err := json.Marshal(short)
	return string(doc), err
}

func keyOf(ws crm.WorkspaceID, id uuid.UUID) state.PlanKey {
	return state.PlanKey{Workspace: ws.String(), ID: id.String()}
}

// find reads a plan.
func (s *Service) find(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID) (state.Plan, error) {
	if _, err := s.crm.Workspace(ctx, ws); err != nil { // its plans may outlive it by a day
		return state.Plan{}, err
	}
	p, found, err := s.db.Plan(ctx, keyOf(ws, id), s.now())
	if err == nil && !found {
		err = NoPlan(id)
	}
	return p, err
}

// Find reads a plan in a language, English or German.
func (s *Service) Find(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID, lang language.Tag) (Plan, error) {
	p, err := s.find(ctx, ws, id)
	if err != nil {
		return Plan{}, err
	}
	plan, err := planIn(p, lang)
	if err != nil {
		return Plan{}, err
	}
	job, err := s.jobOf(p.PlanKey, p.PlanJob)
	if err != nil {
		return Plan{}, err
	}
	var r request
	if err := json.Unmarshal([]byte(p.Request), &r); err != nil {
		return Plan{}, err
	}
	shown := Plan{
		ID: id, CreatedAt: time.UnixMicro(p.CreatedAt).UTC(), ExpiresAt: time.UnixMicro(p.ExpiresAt).UTC(),
		Digest: plan.Digest, Source: plan.Source, Counts: plan.Counts, Columns: plan.Columns, HeaderKey: plan.HeaderKey, Mapping: plan.Mapping,
		Values: plan.Values, ProposedValues: plan.ProposedValues(), Notes: plan.Notes, Imported: plan.Imported, Budgets: []Table{},
		New: plan.New, Filled: plan.Filled, Gone: plan.Gone, GoneCount: plan.GoneCount, Job: job.In(lang),
	}
	if r.Kept != nil {
		shown.Kept = &r.Kept.Kept
	}
	if shown.ProposedValues == nil {
		shown.ProposedValues = column.ValueMapping{}
	}
	for _, t := range plan.Budgets {
		shown.Budgets = append(shown.Budgets, Table{t.Source, t.Of, t.Counts, t.Columns, t.Notes})
	}
	return shown, nil
}

// planIn is a stored plan, without its rows.
func planIn(p state.Plan, lang language.Tag) (*sheetimport.Plan, error) {
	doc := p.English
	if isGerman(lang) {
		doc = p.German
	}
	var plan sheetimport.Plan
	return &plan, json.Unmarshal([]byte(doc), &plan)
}

func isGerman(lang language.Tag) bool {
	base, _ := lang.Base()
	return base.String() == "de"
}

// Delete removes a plan and its files. One that is being carried out is a crm.ErrReferenced.
func (s *Service) Delete(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID) error {
	p, err := s.find(ctx, ws, id)
	if err != nil {
		return err
	}
	if s.running(p.PlanKey) != nil {
		return beingApplied(id)
	}
	gone, err := s.db.DeletePlan(ctx, p.PlanKey, s.heardOf())
	if err == nil && !gone {
		return beingApplied(id)
	}
	return err
}
