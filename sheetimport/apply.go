package sheetimport

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// Apply carries out a plan. It makes the plan once more and refuses with [ErrPlanOutdated] unless the two are equal. A
// workspace that has had an import, which nobody has taken back, is refused with [ErrImported] unless Options.Reimport
// asks for it. The run is recorded beside the workspace's records.
//
// An import in one unit of work is all or nothing: on an error nothing is written, and the run is zero.
//
// Options.RowsPerUnit divides an import into several units of work of one run, so that others write in between.
// UndoImport takes all of them back together. Every piece looks at what others have written since the plan was made: a
// row whose cooperation, influencer, campaign or responsible member has changed is left, and nothing is overwritten. The
// account in the run has it as [Open] and says why; [crm.ImportRun].Counts counts it. Notices about conflicts are those
// of the plan. After an error the pieces before it stay. The run, which is returned with the error, counts as "open" the
// rows that are still to come, and has no account of the rows. To go on, import the sheet again: what is written is
// unchanged, and the rest becomes part of the same run, without Options.Reimport. If the run is undone meanwhile, or
// another import begins, the error is an ErrPlanOutdated.
func (i *Importer) Apply(ctx context.Context, plan *Plan) (crm.ImportRun, error) {
	if plan == nil || plan.sheet == nil {
		return crm.ImportRun{}, errNotPlanned
	}
	a := &application{Importer: i, plan: plan}
	err := a.prepare(ctx)
	if err == nil {
		err = a.write(ctx)
	}
	if err != nil {
		return a.run, fmt.Errorf("import of %s: %w", plan.Source, err)
	}
	return a.run, nil
}

// application is a plan that is being carried out.
type application struct {
	*Importer
	plan *Plan         // as it was shown
	made *Plan         // made again, with its writes
	run  crm.ImportRun // as far as it is stored
}

// prepare makes the plan again in a snapshot, so that this does not hold up other writers.
func (a *application) prepare(ctx context.Context) error {
	err := a.service.View(ctx, a.plan.workspace, a.makeAgain)
	if err != nil {
		return err
	}
	return a.check()
}

func (a *application) makeAgain(ctx context.Context, r crm.Reader) (err error) {
	a.made, err = a.Importer.plan(ctx, r, a.plan.workspace, a.plan.sheet, a.plan)
	return err
}

// check refuses a plan that is not what was shown, or may not be carried out.
func (a *application) check() (err error) {
	if !a.mayFollow(a.made.Imported) {
		return ErrImported
	}
	if a.made.digest, err = a.made.writes.digest(); err != nil {
		return err
	}
	if !a.plan.equal(a.made) {
		return ErrPlanOutdated
	}
	return nil
}

// mayFollow reports whether the import may come after an earlier one.
func (a *application) mayFollow(earlier *EarlierImport) bool {
	return earlier == nil || a.options.Reimport || earlier.goesOnWith(a.plan.Source)
}

// write writes the rows in as many units of work as the options ask for.
func (a *application) write(ctx context.Context) error {
	rows := a.made.writes.rows
	size := a.options.RowsPerUnit
	if size <= 0 && a.service.SharesWriter() {
		size = DefaultRowsPerUnit
	}
	if size <= 0 || len(rows) <= size {
		return a.writeWhole(ctx)
	}
	return newPieces(a).write(ctx, slices.Collect(slices.Chunk(rows, max(size, (len(rows)+maxPieces-1)/maxPieces))))
}

// writeWhole writes everything in one unit of work. The plan that was made in a snapshot holds if nothing has happened
// since; otherwise it is made again.
func (a *application) writeWhole(ctx context.Context) error {
	account, err := json.Marshal(a.plan)
	if err != nil {
		return fmt.Errorf("import run: %w", err)
	}
	attempt := 0
	return a.service.Update(ctx, a.plan.workspace, func(ctx context.Context, w *crm.Work) error {
		attempt++
		a.run = crm.ImportRun{}
		standing, err := standingRun(ctx, w)
		if err != nil {
			return err
		}
		head, err := w.Head(ctx)
		if err != nil {
			return err
		}
		if head.Seq != a.made.seen.head.Seq || !head.At.Equal(a.made.seen.head.At) || !a.made.sameImport(standing) {
			if err := a.makeAgain(ctx, w); err != nil {
				return err
			}
			if err := a.check(); err != nil {
				return err
			}
		}
		progress := Progress{Attempt: attempt, Total: a.made.writes.count()}
		if err := a.made.writes.write(ctx, w, a.report(&progress)); err != nil {
			return err
		}
		run, err := a.record(ctx, w, a.earlier(standing), countsOf(a.plan), account)
		if err == nil {
			a.run = run
		}
		return err
	})
}

// report counts a record that is written, and tells the host.
func (i *Importer) report(p *Progress) func() {
	return func() {
		if p.Done++; i.options.Progress != nil {
			i.options.Progress(*p)
		}
	}
}

// earlier is the run that the import goes on with; nil if it begins one.
func (a *application) earlier(standing *crm.ImportRun) *crm.ImportRun {
	if a.made.Imported.goesOnWith(a.plan.Source) {
		return standing
	}
	return nil
}

// record stores the run, or its next piece.
func (a *application) record(ctx context.Context, w *crm.Work, run *crm.ImportRun, n counts, account []byte) (crm.ImportRun, error) {
	if run == nil {
		return w.RecordImport(ctx, crm.ImportRun{Source: a.plan.Source, Counts: n.texts(), Plan: account})
	}
	next := *run
	next.Counts, next.Plan = n.texts(), account
	return w.ContinueImport(ctx, next)
}

// sameImport reports whether the import that stands is the one that the plan has seen, in the same state.
func (p *Plan) sameImport(standing *crm.ImportRun) bool {
	if standing == nil || p.Imported == nil {
		return standing == nil && p.Imported == nil
	}
	return standing.ID == p.Imported.ID && standing.Version == p.seen.standing
}

// counts are how many rows have which verdict.
type counts map[Verdict]int

func countsOf(p *Plan) counts { return maps.Clone(p.Counts) }

func (c counts) move(n int, from, to Verdict) {
	c[from] -= n
	c[to] += n
}

// texts are the counts that are not zero, as a run keeps them.
func (c counts) texts() map[string]int {
	m := map[string]int{}
	for verdict, n := range c {
		if n > 0 {
			m[string(verdict)] = n
		}
	}
	return m
}

const (
	// maxPieces bounds the units of work of one Apply, so that smaller pieces than make sense do not fill the run.
	maxPieces = 2_000
	// pause is for how long the writer is free between two pieces. Another process looks for it every 25 milliseconds.
	pause = 30 * time.Millisecond
)

// pieces is an import in several units of work.
type pieces struct {
	*application
	since       *meanwhile
	head        crm.Seq                              // of the log, as far as since has read it
	influencers map[crm.InfluencerID]*crm.Influencer // that the import writes
	written     map[crm.Ref]bool                     // records around cooperations
	left        map[int]string                       // rows that were left, by their index in Plan.Rows, and why
	counts      counts
	done        int // records
}

func newPieces(a *application) *pieces {
	p := &pieces{application: a, since: newMeanwhile(), head: a.made.seen.head.Seq, written: map[crm.Ref]bool{},
		influencers: map[crm.InfluencerID]*crm.Influencer{}, left: map[int]string{}, counts: countsOf(a.plan)}
	for _, list := range [][]crm.Influencer{a.made.writes.newInfluencers, a.made.writes.changedInfluencers} {
		for n := range list {
			p.influencers[list[n].ID] = &list[n]
		}
	}
	for _, r := range a.made.writes.rows {
		p.counts.move(1, r.verdict, Open)
	}
	return p
}

// unwritten is an influencer that the import has still to write; nil if it need not.
func (p *pieces) unwritten(id crm.InfluencerID) *crm.Influencer {
	if p.written[crm.RefTo(id)] {
		return nil
	}
	return p.influencers[id]
}

// write writes the pieces one after the other.
func (p *pieces) write(ctx context.Context, all [][]rowWrite) error {
	total := p.made.writes.count()
	for n, rows := range all {
		if err := p.writePiece(ctx, rows, total, n == len(all)-1); err != nil {
			return p.stopped(err)
		}
		if n == len(all)-1 {
			break
		}
		if err := p.between(ctx); err != nil {
			return p.stopped(err)
		}
	}
	return nil
}

// stopped adds to an error how far the import has come.
func (p *pieces) stopped(err error) error {
	if p.run.ID.IsZero() {
		return err
	}
	open := p.counts[Open]
	return fmt.Errorf("%w; %s done and %s left: import the sheet again to go on, or undo the import",
		err, texts.Counted(len(p.plan.Rows)-open, "row"), texts.Counted(open, "row"))
}

// writePiece writes rows in one unit of work. What it learns there counts once the unit is committed.
func (p *pieces) writePiece(ctx context.Context, rows []rowWrite, total int, last bool) error {
	var account []byte
	var err error
	if last { // made before the writer is taken, and again only if a row of this piece is left
		if account, err = p.account(nil); err != nil {
			return err
		}
	}
	var after pieces
	attempt := 0
	err = p.service.Update(ctx, p.plan.workspace, func(ctx context.Context, w *crm.Work) error {
		attempt++
		earlier, err := p.look(ctx, w)
		if err != nil {
			return err
		}
		after = pieces{application: &application{}, written: map[crm.Ref]bool{}, left: map[int]string{}, counts: maps.Clone(p.counts)}
		var good []rowWrite
		for _, r := range rows {
			if why := p.since.changed(&r, p.unwritten(r.influencer)); why != "" {
				after.left[r.index] = why
				continue
			}
			after.counts.move(1, Open, r.verdict)
			good = append(good, r)
		}
		writes := p.made.writes.needs(good, p.written)
		progress := Progress{Attempt: attempt, Done: p.done, Total: total}
		if err := writes.write(ctx, w, p.report(&progress)); err != nil {
			return err
		}
		for _, ref := range writes.refs() {
			after.written[ref] = true
		}
		after.done = progress.Done
		if last && (len(after.left) > 0 || p.since.erased) {
			if account, err = p.account(after.left); err != nil {
				return err
			}
		}
		head, err := w.Head(ctx)
		if err != nil {
			return err
		}
		after.head = head.Seq
		after.run, err = p.record(ctx, w, earlier, after.counts, account)
		return err
	})
	if err != nil {
		return err
	}
	p.run, p.head, p.counts, p.done = after.run, after.head, after.counts, after.done
	p.since.own[p.unit()] = true
	maps.Copy(p.written, after.written)
	maps.Copy(p.left, after.left)
	return nil
}

// unit is the unit of work of the last piece.
func (p *pieces) unit() uuid.UUID { return p.run.Units[len(p.run.Units)-1] }

// look looks at what others have written since the last piece. It returns the run to go on with, nil in the first piece.
func (p *pieces) look(ctx context.Context, w *crm.Work) (*crm.ImportRun, error) {
	standing, err := standingRun(ctx, w)
	if err != nil {
		return nil, err
	}
	workspace, err := w.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	begun, same := !p.run.ID.IsZero(), p.made.sameImport(standing)
	if begun {
		same = standing != nil && standing.ID == p.run.ID && standing.Version == p.run.Version
	}
	switch {
	case !same && !begun && standing != nil && !p.options.Reimport:
		return nil, ErrImported
	case !same:
		return nil, fmt.Errorf("%w: another import began, or one went on or was taken back", ErrPlanOutdated)
	case workspace.Currency != p.made.seen.currency:
		return nil, ErrPlanOutdated
	}
	if err := p.since.read(ctx, w, p.head); err != nil {
		return nil, err
	}
	if !begun {
		return p.earlier(standing), nil
	}
	return &p.run, nil
}

// between lets others write. If nobody has, the next piece need not read the log of the one before.
func (p *pieces) between(ctx context.Context) error {
	if p.service.SharesWriter() {
		timer := time.NewTimer(pause)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		}
	}
	return p.service.View(ctx, p.plan.workspace, func(ctx context.Context, r crm.Reader) error {
		head, err := r.Head(ctx)
		if err != nil || head.Seq == 0 {
			return err
		}
		changes, err := r.Changes(ctx, crm.ChangeFilter{After: head.Seq - 1}, 1)
		if err == nil && len(changes) == 1 && changes[0].Unit == p.unit() {
			p.head = head.Seq
		}
		return err
	})
}

// account says what became of each row, as JSON. Personal data that were erased while the import went on are not kept:
// there is no account then.
func (p *pieces) account(more map[int]string) ([]byte, error) {
	if p.since.erased {
		return nil, nil
	}
	account := *p.plan
	if len(p.left)+len(more) > 0 {
		account.Rows, account.Counts = slices.Clone(p.plan.Rows), maps.Clone(p.plan.Counts)
		for _, left := range []map[int]string{p.left, more} {
			for n, why := range left {
				leave(&account, n, why)
			}
		}
	}
	text, err := json.Marshal(&account)
	if err != nil {
		return nil, fmt.Errorf("import run: %w", err)
	}
	return text, nil
}

// leave makes a row one that was left.
func leave(p *Plan, n int, why string) {
	row := &p.Rows[n]
	if p.Counts[row.Verdict]--; p.Counts[row.Verdict] == 0 {
		delete(p.Counts, row.Verdict)
	}
	p.Counts[Open]++
	row.Verdict, row.Changes = Open, []Change{}
	row.Problems = append(slices.Clip(row.Problems), Remark{Code: "changed_meanwhile",
		Message: why + " while the import went on; nothing of the row is written; import the sheet again"})
}
