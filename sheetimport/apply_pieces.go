package sheetimport

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

const (
	// maxPieces bounds the units of work of one Apply, so that smaller pieces than make sense do not fill the run.
	maxPieces = 2_000
	// pause is for how long the writer is free between two pieces, at least. Another process looks for it every 25 milliseconds.
	pause = 30 * time.Millisecond
	// pauseShare is the part of a piece's time that the pause after it lasts, at least. Where pieces take long because the
	// machine is busy, others come to look for the writer more rarely too.
	pauseShare = 10
)

// pieces is an import in several units of work.
type pieces struct {
	*application
	since   *meanwhile
	head    crm.Seq // of the log, as far as since has read it
	writes  byRow
	written map[crm.Ref]bool          // records around cooperations
	left    map[int]sentence.Sentence // rows that were left, by their index in Plan.Rows, and why
	counts  counts
	done    int // records
}

func newPieces(a *application) *pieces {
	p := &pieces{application: a, since: newMeanwhile(), head: a.made.seen.head.Seq, writes: a.made.writes.byRow(),
		written: map[crm.Ref]bool{}, left: map[int]sentence.Sentence{}, counts: countsOf(a.plan)}
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
	return cmp.Or(p.writes.newInfluencers.find(crm.RefTo(id)), p.writes.changedInfluencers.find(crm.RefTo(id)))
}

// unwrittenCampaign is a campaign of the CRM that the import has still to fill for a row; nil if there is none.
func (p *pieces) unwrittenCampaign(r *rowWrite) *crm.Campaign {
	for _, id := range []crm.CampaignID{r.campaign, r.fills} {
		if c := p.writes.changedCampaigns.find(crm.RefTo(id)); c != nil && !p.written[c.Ref()] {
			return c
		}
	}
	return nil
}

// write writes the pieces one after the other.
func (p *pieces) write(ctx context.Context, all [][]rowWrite) error {
	total := p.made.writes.count()
	for n, rows := range all {
		began := time.Now()
		if err := p.tryPiece(ctx, rows, total, n == 0, n == len(all)-1); err != nil {
			return p.stopped(err)
		}
		if n == len(all)-1 {
			break
		}
		if err := p.between(ctx, time.Since(began)); err != nil {
			return p.stopped(err)
		}
	}
	return nil
}

// busyTries is how often a piece is tried while others keep the writer from it for longer than the store waits. An import
// that stopped half-way for their sake would have to be taken up by hand.
const busyTries = 12

func (p *pieces) tryPiece(ctx context.Context, rows []rowWrite, total int, first, last bool) error {
	for try := 1; ; try++ {
		err := p.writePiece(ctx, rows, total, first, last)
		// A piece that may be there is not written again: only who looks can tell.
		if !errors.Is(err, crm.ErrBusy) || errors.Is(err, crm.ErrUnknownOutcome) || try == busyTries || ctx.Err() != nil {
			return err
		}
	}
}

// stopped adds to an error how far the import has come.
func (p *pieces) stopped(err error) error {
	if p.run.ID.IsZero() {
		return err
	}
	open := p.counts[Open]
	return sentence.Errorf("%s; %s done and %s left: import the sheet again to go on, or undo the import",
		err, sentence.Of("%d rows", len(p.plan.Rows)-open), sentence.Of("%d rows", open))
}

// outcome is what a piece adds, once it is committed.
type outcome struct {
	run     crm.ImportRun
	head    crm.Seq // of the log, but for changes of the piece itself
	written []crm.Ref
	left    map[int]sentence.Sentence
	counts  counts
	done    int
}

// writePiece writes rows in one unit of work. The first piece brings what the tables of budgets say, all of it.
func (p *pieces) writePiece(ctx context.Context, rows []rowWrite, total int, first, last bool) error {
	tables := map[crm.Ref]bool{}
	if first {
		for id := range p.made.writes.ofTables {
			tables[crm.RefTo(id)] = true
		}
	}
	needs := func(rows []rowWrite) writes {
		w := p.writes.needs(rows, p.written, tables)
		if first {
			w.months = p.made.writes.months
		}
		return w
	}
	whole := needs(rows) // before the writer is taken, and again only if a row is left
	var account []byte
	var err error
	if last { // likewise
		if account, err = p.account(nil); err != nil {
			return err
		}
	}
	var out outcome
	attempt := 0
	err = p.service.Update(ctx, p.plan.workspace, func(ctx context.Context, w *crm.Work) error {
		attempt++
		earlier, err := p.look(ctx, w)
		if err != nil {
			return err
		}
		if first && p.since.refersToTables(&p.made.writes, p.plan.workspace) {
			return ErrPlanOutdated
		}
		out = outcome{left: map[int]sentence.Sentence{}, counts: maps.Clone(p.counts)}
		var good []rowWrite
		for _, r := range rows {
			if why := p.since.changed(&r, p.unwritten(r.influencer), p.unwrittenCampaign(&r)); !why.IsZero() {
				out.left[r.index] = why
				continue
			}
			out.counts.move(1, Open, r.verdict)
			good = append(good, r)
		}
		writes := whole
		if len(out.left) > 0 {
			writes = needs(good)
		}
		progress := Progress{Attempt: attempt, Done: p.done, Total: total}
		if err := writes.write(ctx, w, p.report(&progress)); err != nil {
			return err
		}
		out.written, out.done = writes.refs(), progress.Done
		if last && (len(out.left) > 0 || p.since.erased) {
			if account, err = p.account(out.left); err != nil {
				return err
			}
		}
		head, err := w.Head(ctx)
		if err != nil {
			return err
		}
		out.head = head.Seq
		out.run, err = p.record(ctx, w, earlier, out.counts, account)
		return err
	})
	if err != nil {
		return err
	}
	p.head, p.counts, p.done = out.head, out.counts, out.done
	p.committed(out.run)
	p.since.own[p.unit()] = true
	for _, ref := range out.written {
		p.written[ref] = true
	}
	maps.Copy(p.left, out.left)
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
		return nil, sentence.Errorf("%s: another import began, or one went on or was taken back", ErrPlanOutdated)
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

// between lets others write, after a piece that took so long. If nobody has, the next piece need not read the log of the one
// before.
func (p *pieces) between(ctx context.Context, piece time.Duration) error {
	if p.service.SharesWriter() {
		timer := time.NewTimer(max(pause, piece/pauseShare))
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		}
	}
	// Knowing the head saves reading the log again; the next piece goes without it if it cannot be had now.
	_ = p.service.View(ctx, p.plan.workspace, func(ctx context.Context, r crm.Reader) error {
		head, err := r.Head(ctx)
		if err == nil && head.Unit == p.unit() {
			p.head = head.Seq
		}
		return err
	})
	return ctx.Err()
}

// account says what became of each row, as JSON. Personal data that were erased while the import went on are not kept:
// there is no account then.
func (p *pieces) account(more map[int]sentence.Sentence) ([]byte, error) {
	if p.since.erased {
		return nil, nil
	}
	account := *p.plan
	if len(p.left)+len(more) > 0 {
		account.Rows, account.Counts = slices.Clone(p.plan.Rows), maps.Clone(p.plan.Counts)
		for _, left := range []map[int]sentence.Sentence{p.left, more} {
			for n, why := range left {
				leave(&account, n, why)
			}
		}
	}
	return accountOf(&account)
}

// leave makes a row one that was left.
func leave(p *Plan, n int, why sentence.Sentence) {
	row := &p.Rows[n]
	if p.Counts[row.Verdict]--; p.Counts[row.Verdict] == 0 {
		delete(p.Counts, row.Verdict)
	}
	p.Counts[Open]++
	row.Verdict, row.Changes = Open, []Change{}
	row.Problems = append(slices.Clip(row.Problems), Remark{Code: "changed_meanwhile",

		Message: sentence.Of("%s while the import went on; nothing of the row is written; import the sheet again", why)})
}
