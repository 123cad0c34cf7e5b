package sqlstore

import (
	"context"
	"errors"
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
	writes  []write // in the order of the calls
	inserts map[crm.Kind][]addition
	updates []update
	deletes []deletion
	log     [][]any          // rows
	size    int              // of all of them
	named   map[crm.Ref]bool // records to update, and what all records in the queue name
}

// write is an addition, an update or a deletion, done at once.
type write func(context.Context, *writer) error

// addition is a record to insert.
type addition struct {
	kind   *tables.Kind
	record crm.Record
	sets   []tables.Rows
}

// update is a record to replace. Sets are those of derived rows that have changed.
type update struct {
	kind   *tables.Kind
	record crm.Record
	args   []any
	sets   []derivedRows
}

// deletion is a record to delete.
type deletion struct {
	kind   *tables.Kind
	record crm.Record
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
	return len(q.inserts[kind]) > 0 || q.updated(kind) || kind == kindChange && len(q.log) > 0 ||
		slices.ContainsFunc(q.deletes, func(d deletion) bool { return d.record.Ref().Kind == kind })
}

func (q *queue) updated(kind crm.Kind) bool {
	return slices.ContainsFunc(q.updates, func(u update) bool { return u.record.Ref().Kind == kind })
}

// precedes reports whether something in the queue has to be written before a record is inserted: one that names it or
// an update of it, which then are errors, an update that may make its name or profiles free, or a deletion, which the
// queue writes last.
func (q *queue) precedes(r crm.Record) bool {
	kind := r.Ref().Kind
	return len(q.deletes) > 0 || q.named[r.Ref()] || (kind == crm.KindCampaign || kind == crm.KindInfluencer) && q.updated(kind)
}

func (q *queue) insert(a addition) {
	if q.inserts == nil {
		q.inserts = map[crm.Kind][]addition{}
	}
	kind := a.record.Ref().Kind
	q.inserts[kind] = append(q.inserts[kind], a)
	q.writes = append(q.writes, func(ctx context.Context, w *writer) error { return w.insertNow(ctx, a) })
	q.nameReferences(a.record)
}

func (q *queue) update(u update) {
	q.updates = append(q.updates, u)
	q.writes = append(q.writes, func(ctx context.Context, w *writer) error { return w.updateNow(ctx, u) })
	q.nameReferences(u.record)
	q.named[u.record.Ref()] = true
}

func (q *queue) delete(d deletion) {
	q.deletes = append(q.deletes, d)
	q.writes = append(q.writes, func(ctx context.Context, w *writer) error { return w.deleteNow(ctx, d) })
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
		w.queue.insert(addition{kind, kept(r), sets})
		if err := w.queuedOne(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) queueUpdate(ctx context.Context, u update) error {
	if len(w.queue.deletes) > 0 {
		if err := w.flush(ctx); err != nil {
			return err
		}
	}
	w.queue.update(u)
	return w.queuedOne(ctx)
}

func (w *writer) queueDelete(ctx context.Context, d deletion) error {
	w.queue.delete(d)
	return w.queuedOne(ctx)
}

func (w *writer) queuedOne(ctx context.Context) error {
	if w.queue.size++; w.queue.size < maxQueued {
		return nil
	}
	return w.flush(ctx)
}

// settle waits for the writes behind, and writes the queue if it changes records of some kinds, or any if none is named.
func (w *writer) settle(ctx context.Context, kinds ...crm.Kind) error {
	if w.behind.busy() {
		return w.unit.Write(ctx, w.behind.wait)
	}
	if w.queue.size == 0 || len(kinds) > 0 && !slices.ContainsFunc(kinds, w.queue.queued) {
		return nil
	}
	return w.unit.Write(ctx, func() error { return w.flush(ctx) })
}

// finish writes what is left at the end of a unit of work, with what it changes of the sums of the plan, and the key of one
// that has logged nothing. One that has written influencers where identity keys are not kept makes them.
func (w *writer) finish(ctx context.Context) error {
	if err := w.unit.Usable(ctx); err != nil {
		return err
	}
	return w.unit.Write(ctx, func() error {
		if w.identifies && !w.identified {
			if err := w.identify(ctx); err != nil {
				return err
			}
		}
		last, err := w.finishPlan(ctx)
		if err != nil {
			return err
		}
		writes := w.queue.size+len(last) > 0
		return w.flush(ctx, append(last, w.unit.KeyQueries(writes, w.entry)...)...)
	})
}

// flush writes the queue, and runs the last queries after it: all together. If the database refuses something it is taken
// back, and the records are written one by one in the order of the calls. That finds the first one that cannot be
// written, as if nothing had been kept back.
func (w *writer) flush(ctx context.Context, last ...*dialect.Query) error {
	if err := w.behind.wait(); err != nil {
		return err
	}
	q := w.queue
	w.queue = queue{}
	b := batch{writer: w}
	refused, err := w.flushTogether(ctx, &b, q, last)
	if err != nil || refused == nil {
		return err
	}
	if len(q.writes) == 0 {
		return w.unit.Fail(ctx, "writing the log", refused)
	}
	if only := w.lone(q); only != nil {
		return only.refusal(ctx, b.logged(), refused)
	}
	if _, err := w.unit.Exec(ctx, "ROLLBACK TO SAVEPOINT "+beforeQueue); err != nil {
		return w.unit.Fail(ctx, "taking back writes", err)
	}
	for _, write := range q.writes {
		if err := write(ctx, w); err != nil {
			return err
		}
	}
	return w.flushAfter(ctx, q.log, last)
}

// flushAfter writes the log of records that have been written, and runs the last queries.
func (w *writer) flushAfter(ctx context.Context, log [][]any, last []*dialect.Query) error {
	b := batch{writer: w}
	refused, err := w.addLog(ctx, &b, log)
	if err == nil && refused == nil {
		b.queries = append(b.queries, last...)
		refused, err = b.send(ctx)
	}
	if err != nil {
		return err
	}
	return w.unit.Fail(ctx, "writing the log", refused)
}

// beforeQueue is the savepoint before the writes of a queue. Each flush releases that of the one before, so that they do
// not pile up.
const beforeQueue = "crm_queue"

// flushTogether writes a queue: inserts first, then updates, deletions, the log; what was queued can be written in this order.
// Few records of a kind go by a statement each, all in one batch; many go in the fastest way there is. Refused is why the
// database does not take something: a key that is taken, a reference to nothing, a version that is not there.
func (w *writer) flushTogether(
	ctx context.Context, b *batch, q queue, last []*dialect.Query,
) (refused, err error) {
	if len(q.writes) > 0 && w.lone(q) == nil {
		if w.saved {
			b.add("RELEASE SAVEPOINT " + beforeQueue)
		}
		b.add("SAVEPOINT " + beforeQueue)
		w.saved = true
	}
	for _, name := range insertOrder {
		added := q.inserts[name]
		if len(added) <= fewRows {
			b.insert(added)
			continue
		}
		if refused, err := b.send(ctx); refused != nil || err != nil {
			return refused, err
		}
		for chunk := range slices.Chunk(added, maxRows) {
			if refused, err := w.insertMany(ctx, chunk); refused != nil || err != nil {
				return refused, err
			}
		}
	}
	for _, u := range q.updates {
		b.addCounted(u.kind.Update, u.args)
	}
	for _, u := range q.updates {
		for _, set := range u.sets {
			b.add(set.Remove, w.wsText, u.record.Ref().ID.String())
			b.addRows(set.rows)
		}
	}
	for _, d := range q.deletes {
		for _, derived := range d.kind.Derived {
			b.add(derived.Remove, w.wsText, d.record.Ref().ID.String())
		}
		b.addCounted(d.kind.Delete, []any{w.wsText, d.record.Ref().ID.String(), d.record.Revision()})
	}
	b.records = len(b.queries)
	if refused, err := w.addLog(ctx, b, q.log); refused != nil || err != nil {
		return refused, err
	}
	b.queries = append(b.queries, last...)
	return b.send(ctx)
}

// addLog adds the rows of the log to a batch, or writes them if they are many.
func (w *writer) addLog(ctx context.Context, b *batch, rows [][]any) (refused, err error) {
	if len(rows) == 0 {
		return nil, nil
	}
	if len(rows) > fewRows {
		if refused, err := b.send(ctx); refused != nil || err != nil {
			return refused, err
		}
		if _, err := w.addMany(ctx, w.schema.Changes.Insert, rows); err != nil {
			return nil, w.unit.Fail(ctx, "writing the log", err)
		}
		rows = nil
	}
	for _, row := range rows {
		b.add(w.schema.Changes.Insert.One, row...)
	}
	b.add(w.schema.Changes.Advance, tables.AdvanceArgs(w.wsText, w.head)...)
	return nil, nil
}

// batch is queries that go together.
type batch struct {
	*writer
	queries []*dialect.Query
	counted []*dialect.Query // those that change one row each
	records int              // how many of the last queries write records; those after them write the log
	failed  int              // which of them was an error of the database
}

// logged reports whether the database has refused a query that writes the log.
func (b *batch) logged() bool { return b.failed >= b.records }

func (b *batch) add(text string, args ...any) {
	b.queries = append(b.queries, &dialect.Query{Text: text, Args: args})
}

// addCounted adds a query that changes one row.
func (b *batch) addCounted(text string, args []any) {
	b.add(text, args...)
	b.counted = append(b.counted, b.queries[len(b.queries)-1])
}

// addRows adds the queries that insert rows one by one.
func (b *batch) addRows(rows tables.Rows) {
	for _, row := range rows.Values {
		if rows.Unique {
			b.addCounted(rows.Insert.One, row)
		} else {
			b.add(rows.Insert.One, row...)
		}
	}
}

func (b *batch) insert(added []addition) {
	for _, a := range added {
		for _, set := range a.sets {
			b.addRows(set)
		}
	}
}

// errMissed is the refusal of a query that should have changed a row and has changed none.
var errMissed = errors.New("a row was not changed")

// send runs the queries.
func (b *batch) send(ctx context.Context) (refused, err error) {
	if len(b.queries) == 0 {
		return nil, nil
	}
	queries, counted := b.queries, b.counted
	b.queries, b.counted = nil, nil
	if done, err := b.unit.Send(ctx, queries...); err != nil {
		if b.failed = done; b.refuses(err) {
			return err, nil
		}
		return nil, b.unit.Fail(ctx, "writing records", err)
	}
	for _, q := range counted {
		if q.Count == 0 {
			return errMissed, nil
		}
	}
	return nil, nil
}

// refuses reports whether a database refuses a record, and has not failed itself.
func (w *writer) refuses(err error) bool {
	return w.unit.Is(dialect.Unique, err) || w.unit.Is(dialect.Reference, err)
}

// insertMany adds many records of one kind.
func (w *writer) insertMany(ctx context.Context, added []addition) (refused, err error) {
	for n := range added[0].sets {
		set := added[0].sets[n]
		var rows [][]any
		for _, a := range added {
			rows = append(rows, a.sets[n].Values...)
		}
		count, err := w.addMany(ctx, set.Insert, rows)
		switch {
		// A database that copies rows to its nodes may not say what is wrong with one.
		case err != nil && (w.refuses(err) || w.unit.Is(dialect.Other, err)):
			return err, nil
		case err != nil:
			return nil, w.unit.Fail(ctx, "adding records", err)
		case set.Unique && count < len(rows):
			return errMissed, nil
		}
	}
	return nil, nil
}

// addMany adds rows in the fastest way there is, and returns how many of them had free keys. Where it copies, a key that
// is taken is an error.
func (w *writer) addMany(ctx context.Context, into tables.Insertion, rows [][]any) (added int, err error) {
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
