package sqlstore

import (
	"context"
	"reflect"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/tables"
)

// queue keeps back writes on a database behind a network, until something is read that they change or the unit of work
// ends. Then they go together: see flush. Values are those at the time of the call, whatever the caller does with a
// record afterwards.
type queue struct {
	inserts map[crm.Kind][]addition
	updates []update
	log     [][]any          // rows
	size    int              // of all of them
	named   map[crm.Ref]bool // records to update, and what all records in the queue name
}

// addition is a record to insert.
type addition struct {
	record crm.Record
	sets   []tables.Rows
}

// update is a record to replace. Sets are those of derived rows that have changed.
type update struct {
	record crm.Record
	args   []any
	sets   []derivedRows
}

type derivedRows struct {
	tables.Derived
	rows tables.Rows
}

const (
	maxQueued = 5_000 // writes that are kept back
	fewRows   = 32    // that go by a statement each
)

// kindChange is the kind of the log's rows, which are no records.
const kindChange crm.Kind = "change"

// insertOrder is one in which records can be inserted: after those that they name.
var insertOrder = []crm.Kind{crm.KindMember, crm.KindCampaign, crm.KindInfluencer, crm.KindCooperation, crm.KindImportRun}

// queued reports whether the queue changes records of a kind.
func (q *queue) queued(kind crm.Kind) bool {
	return len(q.inserts[kind]) > 0 || q.updated(kind) || kind == kindChange && len(q.log) > 0
}

func (q *queue) updated(kind crm.Kind) bool {
	return slices.ContainsFunc(q.updates, func(u update) bool { return u.record.Ref().Kind == kind })
}

// precedes reports whether something in the queue has to be written before a record is inserted: one that names it or
// an update of it, which then are errors, or an update that may make its name or profiles free.
func (q *queue) precedes(r crm.Record) bool {
	kind := r.Ref().Kind
	return q.named[r.Ref()] || (kind == crm.KindCampaign || kind == crm.KindInfluencer) && q.updated(kind)
}

func (q *queue) insert(a addition) {
	if q.inserts == nil {
		q.inserts = map[crm.Kind][]addition{}
	}
	kind := a.record.Ref().Kind
	q.inserts[kind] = append(q.inserts[kind], a)
	q.nameReferences(a.record)
}

func (q *queue) update(u update) {
	q.updates = append(q.updates, u)
	q.nameReferences(u.record)
	q.named[u.record.Ref()] = true
}

func (q *queue) nameReferences(r crm.Record) {
	if q.named == nil {
		q.named = map[crm.Ref]bool{}
	}
	for _, ref := range tables.References(r) {
		q.named[ref.To] = true
	}
}

// kept is a record of which errors can be told later, whatever the caller does with it. Only those of profiles look
// into memory that is shared.
func kept(r crm.Record) crm.Record {
	if i, ok := r.(crm.Influencer); ok {
		i.Profiles = slices.Clone(i.Profiles)
		return i
	}
	return r
}

// queueInsert queues records.
func (w *writer) queueInsert(ctx context.Context, all []crm.Record) error {
	for _, r := range all {
		kind, err := w.insertable(r)
		if err != nil {
			return err
		}
		sets, err := kind.Rows(w.wsText, r)
		if err != nil {
			if failed := w.flush(ctx); failed != nil { // of a record before it
				return failed
			}
			return err
		}
		if w.queue.precedes(r) {
			if err := w.flush(ctx); err != nil {
				return err
			}
		}
		w.queue.insert(addition{kept(r), sets})
		if err := w.queuedOne(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) queueUpdate(ctx context.Context, u update) error {
	u.record = kept(u.record)
	w.queue.update(u)
	return w.queuedOne(ctx)
}

func (w *writer) queuedOne(ctx context.Context) error {
	if w.queue.size++; w.queue.size < maxQueued {
		return nil
	}
	return w.flush(ctx)
}

// settle writes the queue if it changes records of some kinds, or any if none is named.
func (w *writer) settle(ctx context.Context, kinds ...crm.Kind) error {
	w.settling.Lock()
	defer w.settling.Unlock()
	if w.queue.size == 0 || len(kinds) > 0 && !slices.ContainsFunc(kinds, w.queue.queued) {
		return nil
	}
	return w.unit.Write(ctx, func() error { return w.flush(ctx) })
}

// finish writes what is left at the end of a unit of work, and its key.
func (w *writer) finish(ctx context.Context) error {
	if err := w.unit.Usable(ctx); err != nil {
		return err
	}
	return w.unit.Write(ctx, func() error { return w.flush(ctx, w.unit.KeyQueries(w.queue.size > 0)...) })
}

// flush writes the queue, and runs the last queries after it. Inserts come first, then updates, then the log: what was
// queued can be written in this order. Few rows of a kind go by a statement each, all in one batch; many go in the
// fastest way there is.
func (w *writer) flush(ctx context.Context, last ...*dialect.Query) error {
	q := w.queue
	w.queue = queue{}
	b := batch{writer: w}
	for _, name := range insertOrder {
		added, kind := q.inserts[name], w.schema.Kind(name)
		if len(added) <= fewRows {
			b.insert(kind, added)
			continue
		}
		if err := b.send(ctx); err != nil {
			return err
		}
		if err := w.insertMany(ctx, kind, added); err != nil {
			return err
		}
	}
	if err := b.update(ctx, q.updates); err != nil {
		return err
	}
	if err := w.flushLog(ctx, &b, q.log); err != nil {
		return err
	}
	for _, query := range last {
		b.add(query, b.writes("recording the unit's key"))
	}
	return b.send(ctx)
}

func (w *writer) flushLog(ctx context.Context, b *batch, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	if len(rows) > fewRows {
		if err := b.send(ctx); err != nil {
			return err
		}
		if _, err := w.addRows(ctx, w.schema.Changes.Insert, rows); err != nil {
			return w.unit.Fail(ctx, "writing the log", err)
		}
		rows = nil
	}
	for _, row := range rows {
		b.add(&dialect.Query{Text: w.schema.Changes.Insert.One, Args: row}, b.writes("writing the log"))
	}
	b.add(&dialect.Query{Text: w.schema.Changes.Advance, Args: tables.AdvanceArgs(w.wsText, w.head)}, b.writes("writing the log"))
	return nil
}

// batch is queries that go together, each with what its result means.
type batch struct {
	*writer
	queries []*dialect.Query
	checks  []check
}

// check makes an error of the number of rows that a query changed, or of the driver's error.
type check func(ctx context.Context, count int64, err error) error

func (b *batch) add(q *dialect.Query, c check) {
	b.queries, b.checks = append(b.queries, q), append(b.checks, c)
}

// writes is the check of a query that cannot fail but by the database's own fault.
func (b *batch) writes(what string) check {
	return func(ctx context.Context, _ int64, err error) error { return b.unit.Fail(ctx, what, err) }
}

// send runs the queries and returns the first error.
func (b *batch) send(ctx context.Context) error {
	if len(b.queries) == 0 {
		return nil
	}
	queries, checks := b.queries, b.checks
	b.queries, b.checks = nil, nil
	done, failed := b.unit.Send(ctx, queries...)
	for n := range done {
		if err := checks[n](ctx, queries[n].Count, nil); err != nil {
			return err
		}
	}
	if failed != nil {
		return checks[done](ctx, 0, failed)
	}
	return nil
}

// insert adds the queries that insert records one by one.
func (b *batch) insert(kind *tables.Kind, added []addition) {
	for _, a := range added {
		b.add(&dialect.Query{Text: kind.Insert.One, Args: a.sets[0].Values[0]},
			func(ctx context.Context, count int64, err error) error {
				return b.inserted(ctx, kind, a.record, count, err)
			})
		for n, set := range a.sets[1:] {
			b.derived(kind, a.record, derivedRows{kind.Derived[n], set})
		}
	}
}

func (b *batch) derived(kind *tables.Kind, r crm.Record, set derivedRows) {
	for _, row := range set.rows.Values {
		b.add(&dialect.Query{Text: set.rows.Insert.One, Args: row}, func(ctx context.Context, count int64, err error) error {
			if err == nil && count == 0 && set.rows.Unique {
				return b.takenProfile(ctx, kind, r.(crm.Influencer), set.rows)
			}
			return b.unit.Fail(ctx, "writing the "+r.Ref().String(), err)
		})
	}
}

// update adds the queries that replace records. Derived rows of a record that is not there would be an error of the
// database that hides this one, so they come after the records have been replaced.
func (b *batch) update(ctx context.Context, all []update) error {
	derived := false
	for _, u := range all {
		kind := b.schema.KindOf(u.record)
		b.add(&dialect.Query{Text: kind.Update, Args: u.args},
			func(ctx context.Context, count int64, err error) error {
				return b.updated(ctx, kind, u.record, count, err)
			})
		derived = derived || len(u.sets) > 0
	}
	if !derived {
		return nil
	}
	if err := b.send(ctx); err != nil {
		return err
	}
	for _, u := range all {
		for _, set := range u.sets {
			b.add(&dialect.Query{Text: set.Remove, Args: []any{b.wsText, u.record.Ref().ID.String()}},
				b.writes("changing the "+u.record.Ref().String()))
			b.derived(b.schema.KindOf(u.record), u.record, set)
		}
	}
	return nil
}

// insertMany adds many records of one kind. If one of them cannot be added they go one by one, which finds it.
func (w *writer) insertMany(ctx context.Context, kind *tables.Kind, added []addition) error {
	for chunk := range slices.Chunk(added, maxRows) {
		kept, err := w.unit.Attempt(ctx, func() (keep bool, err error) { return w.insertTogether(ctx, chunk) })
		if err != nil {
			return err
		}
		if kept {
			continue
		}
		b := batch{writer: w}
		b.insert(kind, chunk)
		if err := b.send(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) insertTogether(ctx context.Context, added []addition) (done bool, err error) {
	for n := range added[0].sets {
		set := added[0].sets[n]
		var rows [][]any
		for _, a := range added {
			rows = append(rows, a.sets[n].Values...)
		}
		count, err := w.addRows(ctx, set.Insert, rows)
		if err == nil && (count == len(rows) || !set.Unique) {
			continue
		}
		// One by one finds the record. A database that copies rows to its nodes may not say what is wrong.
		if err == nil || w.unit.Is(dialect.Reference, err) || w.unit.Is(dialect.Unique, err) || w.unit.Is(dialect.Other, err) {
			return false, nil
		}
		return false, w.unit.Fail(ctx, "adding records", err)
	}
	return true, nil
}

// addRows adds rows in the fastest way there is, and returns how many of them had free keys. Where it copies, a key
// that is taken is an error.
func (w *writer) addRows(ctx context.Context, into tables.Insertion, rows [][]any) (added int, err error) {
	if len(rows) == 0 {
		return 0, nil
	}
	if sent, err := w.unit.Copy(ctx, into.Table, into.Columns, rows); sent {
		return len(rows), err
	}
	for chunk := range slices.Chunk(rows, maxRows) {
		args, err := tables.Columns(chunk)
		if err != nil {
			return added, err
		}
		var workspace string
		q := &dialect.Query{Text: into.Many, Args: args, Dest: []any{&workspace}}
		if _, err := w.unit.Send(ctx, q); err != nil {
			return added, err
		}
		added += int(q.Count)
	}
	return added, nil
}

// changed are the derived rows of a record that differ from those of the state before, which may be nil for unknown.
func (w *writer) changed(kind *tables.Kind, before crm.Record, now []tables.Rows) []derivedRows {
	var was []tables.Rows
	if before != nil && len(now) > 0 {
		was, _ = kind.DerivedRows(w.wsText, before) // what cannot be derived is not known
	}
	var sets []derivedRows
	for n, rows := range now {
		if was == nil || !reflect.DeepEqual(was[n].Values, rows.Values) {
			sets = append(sets, derivedRows{kind.Derived[n], rows})
		}
	}
	return sets
}

// insertable is how a record is inserted.
func (w *writer) insertable(r crm.Record) (*tables.Kind, error) {
	kind := w.schema.KindOf(r)
	if _, workspace := r.(crm.Workspace); workspace || kind == nil {
		return nil, unknown(r) // workspaces are made by CreateWorkspace
	}
	return kind, nil
}

// nameTaken is the error of a name that another record has.
func nameTaken(r crm.Record) error { return backend.Taken(r.Ref(), "name", nameOf(r)) }
