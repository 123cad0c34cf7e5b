package sqlstore

import (
	"context"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/tables"
	"github.com/getklar/influencercrm/storage/internal/unit"
)

// reader reads one workspace, in a unit of work or directly. It implements crm.Reader.
type reader struct {
	unit   *unit.Session
	store  *Store
	schema *tables.Schema
	ws     crm.WorkspaceID
	wsText string // its form in columns

	exists bool // a direct reader has seen that the workspace exists

	// What a unit of work began with. A direct reader has none of it.
	opened     bool
	head       crm.Head
	workspace  crm.Workspace                            // not for sharing
	upToDate   bool                                     // what is derived of cooperations: their claims, the sums of the plan
	identified bool                                     // identity keys of influencers are kept
	derived    []crm.Claim                              // where that is not so, once they were asked for; of a View only
	settled    func(context.Context, ...crm.Kind) error // writes what is kept back of the records of some kinds
	summed     func(context.Context) error              // writes what is kept back of the sums of the plan
}

var _ crm.Reader = (*reader)(nil)

func (s *Store) reader(u *unit.Session, ws crm.WorkspaceID) *reader {
	return &reader{unit: u, store: s, schema: s.schema, ws: ws, wsText: tables.IDText(ws)}
}

// opening is how a unit of work begins: it reads the workspace's row.
type opening struct {
	row   *tables.OpenRow
	query *dialect.Query
}

func (s *Store) opening(ws crm.WorkspaceID, text string) opening {
	row := s.schema.OpenRow()
	return opening{row, &dialect.Query{Text: text, Args: []any{tables.IDText(ws)}, Dest: row.Dest}}
}

// open takes over what a unit of work began with.
func (r *reader) open(ctx context.Context, o opening) (err error) {
	if o.query.Count == 0 {
		return crm.RefTo(r.ws).NotFound()
	}
	if r.workspace, err = o.row.Record(); err == nil {
		r.head, err = o.row.Head()
	}
	if err != nil {
		return r.unit.Unreadable(ctx, crm.RefTo(r.ws), err)
	}
	r.upToDate, r.identified = o.row.UpToDate(), o.row.Identified()
	r.opened = true
	return nil
}

// ready comes before a read of records of some kinds.
func (r *reader) ready(ctx context.Context, kinds ...crm.Kind) error {
	if err := r.unit.Usable(ctx); err != nil || r.settled == nil {
		return err
	}
	return r.settled(ctx, kinds...)
}

// Workspace implements crm.Reader.
func (r *reader) Workspace(ctx context.Context) (crm.Workspace, error) {
	if r.opened {
		return crm.Clone(r.workspace), r.unit.Usable(ctx)
	}
	return recordsOf(r, r.schema.Workspaces).Get(ctx, r.ws)
}

// Members implements crm.Reader.
func (r *reader) Members() crm.Records[crm.Member, crm.MemberFilter] {
	return recordsOf(r, r.schema.Members)
}

// Campaigns implements crm.Reader.
func (r *reader) Campaigns() crm.Records[crm.Campaign, crm.CampaignFilter] {
	return recordsOf(r, r.schema.Campaigns)
}

// Influencers implements crm.Reader.
func (r *reader) Influencers() crm.Records[crm.Influencer, crm.InfluencerFilter] {
	return recordsOf(r, r.schema.Influencers)
}

// Cooperations implements crm.Reader.
func (r *reader) Cooperations() crm.Records[crm.Cooperation, crm.CooperationFilter] {
	return recordsOf(r, r.schema.Cooperations)
}

// ImportRuns implements crm.Reader.
func (r *reader) ImportRuns() crm.Records[crm.ImportRun, crm.ImportRunFilter] {
	return recordsOf(r, r.schema.ImportRuns)
}

// Picture implements crm.Reader.
func (r *reader) Picture(ctx context.Context, id crm.PictureID) (crm.Picture, error) {
	ref := crm.Picture{ID: id}.Ref()
	if err := r.ready(ctx, ref.Kind); err != nil {
		return crm.Picture{}, err
	}
	var row tables.PictureRow
	found, err := r.unit.Get(ctx, row.Dest(), r.schema.Pictures.Get, r.wsText, tables.IDText(id))
	switch {
	case err != nil:
		return crm.Picture{}, r.unit.Fail(ctx, "reading the "+ref.String(), err)
	case !found:
		return crm.Picture{}, ref.NotFound()
	}
	p, err := row.Picture(id)
	if err != nil {
		return crm.Picture{}, r.unit.Unreadable(ctx, ref, err)
	}
	return p, nil
}

// PictureIDs implements crm.Reader.
func (r *reader) PictureIDs(ctx context.Context, after crm.PictureID, limit int) ([]crm.PictureID, error) {
	if err := r.ready(ctx, crm.Picture{}.Ref().Kind); err != nil {
		return nil, err
	}
	if err := crm.CheckLimit(limit); err != nil {
		return nil, err
	}
	ids := []crm.PictureID{}
	var text string
	query := r.schema.Pictures.IDs(r.wsText, after, limit)
	err := r.each(ctx, "reading the ids of pictures", []any{&text}, query, func() error {
		id, err := tables.PictureID(text)
		if err != nil {
			return r.unit.Unreadable(ctx, crm.Picture{}.Ref(), err)
		}
		ids = append(ids, id)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return ids, nil
}

// Changes implements crm.Reader.
func (r *reader) Changes(ctx context.Context, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	if err := r.ready(ctx, kindChange); err != nil {
		return nil, err
	}
	if err := f.Check(limit); err != nil {
		return nil, err
	}
	changes := []crm.Change{}
	var row tables.ChangeRow
	err := r.each(ctx, "reading changes", row.Dest(), r.schema.Changes.List(r.wsText, f, limit), func() error {
		change, err := row.Change()
		if err != nil {
			return r.unit.Unreadable(ctx, change.Record, err)
		}
		changes = append(changes, change)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return changes, nil
}

// Head implements crm.Reader.
func (r *reader) Head(ctx context.Context) (crm.Head, error) {
	if err := r.unit.Usable(ctx); err != nil {
		return crm.Head{}, err
	}
	if r.opened {
		return r.head, nil
	}
	return r.readHead(ctx)
}
