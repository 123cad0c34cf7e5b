package sqlstore

import (
	"context"
	"slices"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/tables"
)

// Load implements crm.Reader.
func (r *reader) Load(ctx context.Context, n crm.Need) (crm.Loaded, error) {
	if err := r.unit.Usable(ctx); err != nil {
		return crm.Loaded{}, err
	}
	if err := n.Check(); err != nil {
		return crm.Loaded{}, err
	}
	if err := r.ready(ctx, kindsOf(n)...); err != nil {
		return crm.Loaded{}, err
	}
	l := load{reader: r, ctx: ctx}
	l.result = crm.Loaded{
		Members: []crm.Member{}, Campaigns: []crm.Campaign{}, Influencers: []crm.Influencer{}, Cooperations: []crm.Cooperation{},
		Names: make([]crm.Names, len(n.Names)), Owners: make([]crm.InfluencerID, len(n.Handles)),
	}
	ids := idsByKind(n.Refs)
	cooperations := ids[crm.KindCooperation]
	read(&l, r.schema.Members, &l.result.Members, ids[crm.KindMember], nil)
	imported := chunks(n.ImportKeys, func(keys []string) sq.SelectBuilder { return r.schema.Imported(r.wsText, keys) })
	read(&l, r.schema.Cooperations, &l.result.Cooperations, cooperations, imported)
	var campaigns, influencers []sq.SelectBuilder // of the parents, and by name or link
	if n.Parents {
		for chunk := range slices.Chunk(cooperations, maxIDs) {
			of := tables.Padded(chunk)
			campaigns = append(campaigns, r.schema.Campaigns.OfCooperations(r.schema, r.wsText, "campaign_id", of))
			influencers = append(influencers, r.schema.Influencers.OfCooperations(r.schema, r.wsText, "influencer_id", of))
		}
		campaigns = append(campaigns, chunks(n.ImportKeys, func(keys []string) sq.SelectBuilder {
			return r.schema.Campaigns.OfImported(r.schema, r.wsText, "campaign_id", keys)
		})...)
		influencers = append(influencers, chunks(n.ImportKeys, func(keys []string) sq.SelectBuilder {
			return r.schema.Influencers.OfImported(r.schema, r.wsText, "influencer_id", keys)
		})...)
	}
	campaigns = append(campaigns, chunks(backend.Folded(n.CampaignNames), func(names []string) sq.SelectBuilder {
		return r.schema.Campaigns.Named(r.wsText, names)
	})...)
	influencers = append(influencers, chunks(backend.Folded(n.InfluencerNames), func(names []string) sq.SelectBuilder {
		return r.schema.Influencers.Named(r.wsText, names)
	})...)
	influencers = append(influencers, chunks(tables.LinkKeys(n.Links), func(keys []string) sq.SelectBuilder {
		return r.schema.Linked(r.wsText, keys)
	})...)
	read(&l, r.schema.Campaigns, &l.result.Campaigns, ids[crm.KindCampaign], campaigns)
	read(&l, r.schema.Influencers, &l.result.Influencers, ids[crm.KindInfluencer], influencers)
	for at, probe := range n.Names {
		l.names(probe, &l.result.Names[at])
	}
	l.owners(n.Handles)
	takeSharers, err := l.sharers(n)
	if err != nil {
		return crm.Loaded{}, err
	}
	if !r.opened && r.store.dialect.Remote && len(n.Refs) == 0 && len(l.queries) > 0 {
		l.lookForWorkspace()
	}
	if err := l.run(); err != nil {
		return crm.Loaded{}, err
	}
	takeSharers()
	backend.SortLoaded(&l.result, n)
	return l.result, nil
}

// load is the queries of one Load.
type load struct {
	*reader
	ctx     context.Context
	queries []*dialect.Query
	result  crm.Loaded
	err     error // of a statement that could not be built
}

func (l *load) add(q sq.Sqlizer, dest []any, row func() error) {
	text, args, err := compile(l.store.dialect, q)
	if err != nil && l.err == nil {
		l.err = err
	}
	l.addText(text, args, dest, row)
}

func (l *load) addText(text string, args []any, dest []any, row func() error) {
	l.queries = append(l.queries, &dialect.Query{Text: text, Args: args, Dest: dest, Row: row})
}

func (l *load) run() error {
	if l.err != nil || len(l.queries) == 0 {
		return l.err
	}
	_, err := l.unit.Together(l.ctx, l.queries...)
	if l.err != nil { // of a row
		return l.err
	}
	return l.unit.Fail(l.ctx, "reading records", err)
}

// read adds the queries for records by their ids, and those that others name.
func read[R crm.Record, W, F any](l *load, t *tables.Table[R, W, F], into *[]R, ids []string, named []sq.SelectBuilder) {
	row := t.Row()
	seen := map[crm.Ref]bool{}
	keep := func() error {
		record, err := row.Record()
		if err != nil {
			l.err = l.unit.Unreadable(l.ctx, record.Ref(), err)
			return l.err
		}
		if !seen[record.Ref()] {
			seen[record.Ref()] = true
			*into = append(*into, record)
		}
		return nil
	}
	for _, q := range named {
		l.add(q, row.Dest, keep)
	}
	for chunk := range slices.Chunk(ids, maxIDs) {
		if len(chunk) == 1 { // by the statement that is prepared already
			l.addText(t.Get, t.Key(l.wsText, chunk[0]), row.Dest, keep)
		} else {
			l.add(t.ByID(l.wsText, tables.Padded(chunk)), row.Dest, keep)
		}
	}
}

// chunks are the queries for texts, so many at a time as one statement takes. Blank texts find nothing.
func chunks(texts []string, query func([]string) sq.SelectBuilder) []sq.SelectBuilder {
	texts = slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return text == "" })
	slices.Sort(texts)
	var all []sq.SelectBuilder
	for chunk := range slices.Chunk(slices.Compact(texts), maxIDs) {
		all = append(all, query(tables.Padded(chunk)))
	}
	return all
}

func (l *load) names(p crm.NameProbe, into *crm.Names) {
	into.Found = []crm.NameKey{}
	var row tables.NameRow
	text, args := l.schema.NameProbes.Find(l.wsText, p)
	l.addText(text, args, row.Dest(), func() error {
		key, err := row.NameKey()
		if err != nil {
			l.err = l.unit.Unreadable(l.ctx, crm.RefTo(key.ID), err)
			return l.err
		}
		if into.More = len(into.Found) == crm.MaxNames; !into.More {
			into.Found = append(into.Found, key)
		}
		return nil
	})
}

// owners adds the queries for the owners of accounts. Where queries go together there is one for each account. One for
// all of them PostgreSQL would answer, in a table without statistics, as during a first import, by reading all accounts
// of the workspace and comparing each with the whole list.
func (l *load) owners(wanted []crm.Handle) {
	at := map[crm.Handle][]int{}
	var different []crm.Handle
	for n, h := range wanted {
		if h.Handle = crm.Fold(h.Handle); h.Handle == "" {
			continue
		}
		if at[h] == nil {
			different = append(different, h)
		}
		at[h] = append(at[h], n)
	}
	var row tables.OwnerRow
	found := func() error {
		handle, owner, err := row.Owner()
		if err != nil {
			l.err = l.unit.Unreadable(l.ctx, crm.RefTo(owner), err)
			return l.err
		}
		for _, n := range at[handle] {
			l.result.Owners[n] = owner
		}
		return nil
	}
	if l.store.dialect.Batch != nil || len(different) == 1 {
		for _, h := range different {
			l.addText(l.schema.Owners.One, []any{l.wsText, h.Platform, h.Handle}, row.Dest(), found)
		}
		return
	}
	var platforms, handles []string
	for _, h := range different {
		platforms, handles = append(platforms, h.Platform), append(handles, h.Handle)
	}
	slices.Sort(platforms)
	platforms = tables.Padded(slices.Compact(platforms))
	for chunk := range slices.Chunk(handles, maxIDs) {
		l.add(l.schema.Owners.Some(l.wsText, platforms, tables.Padded(chunk)), row.Dest(), found)
	}
}

// lookForWorkspace adds the question whether the workspace exists. Most new names and handles are nobody's, and would be followed
// by it; among the other queries it takes no round trip of its own.
func (l *load) lookForWorkspace() {
	var row tables.HeadRow
	l.addText(l.schema.Changes.Head, []any{l.wsText}, row.Dest(), func() error {
		l.exists = true
		return nil
	})
}

// kindsOf are the kinds of records that a need looks at.
func kindsOf(n crm.Need) []crm.Kind {
	var kinds []crm.Kind
	for _, ref := range n.Refs {
		if !slices.Contains(kinds, ref.Kind) {
			kinds = append(kinds, ref.Kind)
		}
	}
	if n.Parents || len(n.Names) > 0 {
		kinds = append(kinds, crm.KindCampaign, crm.KindInfluencer)
	}
	if len(n.Names) > 0 {
		kinds = append(kinds, crm.KindCooperation)
	}
	if len(n.Handles)+len(n.InfluencerNames)+len(n.Links)+len(n.Identities) > 0 {
		kinds = append(kinds, crm.KindInfluencer)
	}
	if len(n.CampaignNames) > 0 {
		kinds = append(kinds, crm.KindCampaign)
	}
	if len(n.ImportKeys) > 0 {
		kinds = append(kinds, crm.KindCooperation)
	}
	return kinds
}

// idsByKind are the ids of records, each once.
func idsByKind(refs []crm.Ref) map[crm.Kind][]string {
	ids := map[crm.Kind][]string{}
	seen := map[crm.Ref]bool{}
	for _, ref := range refs {
		if !seen[ref] {
			seen[ref] = true
			ids[ref.Kind] = append(ids[ref.Kind], ref.ID.String())
		}
	}
	return ids
}
