package sheetimport

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/crm"
)

// Apply carries out a plan. If the workspace has changed since it was made it is made once more, and refused with
// [ErrPlanOutdated] unless the two are equal. A workspace that has had an import, which nobody has taken back, is refused
// with [ErrImported] unless Options.Reimport asks for it. The run is recorded beside the workspace's records.
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
	if plan == nil || plan.input.isZero() {
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
	made *Plan         // the same, or made again in a later state of the workspace
	run  crm.ImportRun // as far as it is stored
}

// prepare makes the plan again if the workspace has changed, in a snapshot, so that this does not hold up other writers.
func (a *application) prepare(ctx context.Context) error {
	a.made = a.plan
	err := a.service.View(ctx, a.plan.workspace, func(ctx context.Context, r crm.Reader) error {
		standing, err := standingRun(ctx, r)
		if err != nil {
			return err
		}
		_, err = a.renew(ctx, r, standing)
		return err
	})
	if err != nil {
		return err
	}
	return a.check()
}

// renew makes the plan again if it is not of the state that r shows, and reports whether it did.
func (a *application) renew(ctx context.Context, r crm.Reader, standing *crm.ImportRun) (bool, error) {
	head, err := r.Head(ctx)
	if err != nil {
		return false, err
	}
	if head.Seq == a.made.seen.head.Seq && head.Unit == a.made.seen.head.Unit && a.made.sameImport(standing) {
		return false, nil
	}
	a.made, err = a.Importer.plan(ctx, r, a.plan.workspace, a.plan.input, a.plan)
	return true, err
}

// check refuses a plan that is not what was shown, or may not be carried out.
func (a *application) check() error {
	if !a.mayFollow(a.made.Imported) {
		return ErrImported
	}
	if a.plan.Digest != a.made.Digest {
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
	account, err := accountOf(a.plan)
	if err != nil {
		return err
	}
	var run crm.ImportRun
	attempt := 0
	err = a.service.Update(ctx, a.plan.workspace, func(ctx context.Context, w *crm.Work) error {
		attempt++
		standing, err := standingRun(ctx, w)
		if err != nil {
			return err
		}
		if again, err := a.renew(ctx, w, standing); err != nil {
			return err
		} else if again {
			if err := a.check(); err != nil {
				return err
			}
		}
		progress := Progress{Attempt: attempt, Total: a.made.writes.count()}
		if err := a.made.writes.write(ctx, w, a.report(&progress)); err != nil {
			return err
		}
		run, err = a.record(ctx, w, a.earlier(standing), countsOf(a.plan), account)
		return err
	})
	if err == nil {
		a.committed(run)
	}
	return err
}

// committed takes the run as a unit of work has stored it, and tells the host.
func (a *application) committed(run crm.ImportRun) {
	if a.run = run; a.options.Committed != nil {
		a.options.Committed(run)
	}
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
func (a *application) record(
	ctx context.Context, w *crm.Work, run *crm.ImportRun, n counts, account []byte,
) (crm.ImportRun, error) {
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
