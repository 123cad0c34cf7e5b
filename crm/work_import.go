package crm

import "context"

// RecordImport keeps an account of an import that this unit of work does. It stands outside the
// change log.
func (w *Work) RecordImport(ctx context.Context, run ImportRun) (ImportRun, error) {
	run.ID = newID(w, run.ID)
	run.Version, run.At, run.Actor = 1, w.log.at, w.log.actor
	p := &problems{record: run.Ref()}
	p.name("source", &run.Source, "an import")
	if err := p.result(); err != nil {
		return ImportRun{}, err
	}
	run = Clone(run)
	return run, w.tx.Insert(ctx, run)
}
