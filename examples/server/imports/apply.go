package imports

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"github.com/google/uuid"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/refusal"
	"github.com/getklar/influencercrm/examples/server/state"
	"github.com/getklar/influencercrm/sheetimport"
)

// ApplyOptions say how a plan is carried out.
type ApplyOptions struct {
	// Digest is that of the plan as it was shown.
	Digest string `json:"digest"`
	// Reimport allows another import after the first one.
	Reimport bool `json:"reimport,omitzero"`
	// RowsPerUnit divides the import into units of work of so many rows, so that others write in between; 0 leaves it to the
	// database.
	RowsPerUnit int `json:"rows_per_unit,omitzero"`
}

// Apply begins to carry out a plan, and returns its job. A plan that somebody carries out, or has carried out, is not begun
// again: everybody gets the one job. The import goes on when ctx has ended; its values stay, for who acts.
func (s *Service) Apply(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID, o ApplyOptions) (Job, error) {
	p, err := s.find(ctx, ws, id)
	switch {
	case err != nil:
		return Job{}, err
	case s.isClosed():
		return Job{}, errEnding
	case o.Digest != p.Digest:
		return Job{}, refusal.Invalid("digest", o.Digest, sentence.Of("is not the digest of this plan; look at the plan, and send its digest"))
	case o.RowsPerUnit < 0:
		return Job{}, refusal.Invalid("rows_per_unit", fmt.Sprint(o.RowsPerUnit),
			sentence.Of("must not be negative; leave it out for what suits the database"))
	case p.State == state.Applied || s.running(p.PlanKey) != nil:
		return s.jobOf(p.PlanKey, p.PlanJob)
	}
	// A client that goes from here on must not leave a plan that is claimed and not begun.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), claimTime)
	defer cancel()
	keep, err := s.toKeep(p)
	if err != nil {
		return Job{}, err
	}
	won, err := s.db.ClaimPlan(ctx, p.PlanKey, s.owner, s.now(), s.heardOf(), keep)
	if err != nil {
		return Job{}, err
	}
	claimed, err := s.find(ctx, ws, id)
	switch {
	case err != nil && won:
		p.Revision++ // as claiming did
		s.giveBack(p, err)
		return Job{}, err
	case err != nil:
		return Job{}, err
	case !won:
		return s.jobOf(claimed.PlanKey, claimed.PlanJob)
	}
	if claimed.Run != "" && s.isUndone(ctx, ws, claimed.Run) {
		claimed.Run = ""
	}
	job, err := s.begin(ctx, ws, claimed, o)
	if err != nil {
		s.giveBack(claimed, err)
	}
	return job, err
}

// toKeep are the choices of a plan that the next plan of a sheet with the same headers is to begin with.
func (s *Service) toKeep(p state.Plan) (state.KeepChoices, error) {
	var r request
	if err := json.Unmarshal([]byte(p.Request), &r); err != nil {
		return state.KeepChoices{}, err
	}
	plan, err := planIn(p, language.English)
	if err != nil {
		return state.KeepChoices{}, err
	}
	keep, err := r.keeps(plan.HeaderKey)
	if size := len(keep.Choices) + len(keep.Names); size > state.MaxImportChoicesSize {
		s.options.Logger.Warn("the choices of an import are too many to be kept for the next one", "workspace", p.Workspace, "bytes", size)
	}
	return keep, err
}

// claimTime bounds what is asked of the database between the claim of a plan and its begin.
const claimTime = 10 * time.Second

// giveBack ends a plan that was claimed and cannot be begun, so that others need not wait until its owner is taken for dead.
func (s *Service) giveBack(p state.Plan, why error) {
	job := p.PlanJob
	job.State, job.Revision = state.Failed, job.Revision+1
	fail(&job, why)
	ctx, cancel := context.WithTimeout(context.Background(), claimTime)
	defer cancel()
	if err := s.db.EndPlan(ctx, p.PlanKey, s.owner, job); err != nil {
		s.options.Logger.Warn("a plan that is not begun is not given back", "workspace", p.Workspace, "plan", p.ID, "error", err)
	}
}

// isUndone reports whether the run of an import that was stopped has been taken back.
func (s *Service) isUndone(ctx context.Context, ws crm.WorkspaceID, run string) bool {
	id, err := crm.ParseID[crm.ImportRun](run)
	if err != nil {
		return false
	}
	r, err := s.crm.ImportRun(ctx, ws, id)
	return err == nil && !r.UndoneAt.IsZero()
}

func (s *Service) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// begin carries out a plan that is ours, unless the server ends.
func (s *Service) begin(ctx context.Context, ws crm.WorkspaceID, p state.Plan, o ApplyOptions) (Job, error) {
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	r := &running{key: p.PlanKey, cancel: cancel, job: p.PlanJob, changed: make(chan struct{}), ended: make(chan struct{})}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		cancel(errClosed)
		return Job{}, errEnding
	}
	s.jobs[p.PlanKey] = r
	unlink := context.AfterFunc(s.alive, func() { cancel(errClosed) })
	s.work.Go(func() {
		defer cancel(nil)
		defer unlink()
		s.run(ctx, ws, p, o, r)
	})
	job, _ := r.look()
	return job, nil
}

// running is a job of this process.
type running struct {
	key     state.PlanKey
	cancel  context.CancelCauseFunc
	ended   chan struct{} // closed when all is stored
	telling sync.Mutex    // held while others are told, so that nothing older is told after

	mu      sync.Mutex
	job     state.PlanJob
	changed chan struct{} // closed when the job tells something new
	told    time.Time
}

// running is the job of a plan in this process; nil if there is none.
func (s *Service) running(key state.PlanKey) *running {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.jobs[key]
}

// look returns the job as it is, and what is closed when it tells something new.
func (r *running) look() (Job, <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	job, _ := toJob(r.key.ID, r.job) // cannot fail: it is what this process has written
	return job, r.changed
}

// progress takes how far the import is.
func (r *running) progress(p sheetimport.Progress) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.job.Attempt, r.job.Done, r.job.Total = p.Attempt, p.Done, p.Total
	if now := time.Now(); now.Sub(r.told) > quiet {
		r.told = now
		r.tell()
	}
}

// committed takes the run of which a part is written.
func (r *running) committed(run crm.ImportRun) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.job.Run = run.ID.String()
	r.tell()
}

func (r *running) tell() {
	r.job.Revision++
	close(r.changed)
	r.changed = make(chan struct{})
}

// run carries out a plan from the start to what it says in the end.
func (s *Service) run(ctx context.Context, ws crm.WorkspaceID, p state.Plan, o ApplyOptions, r *running) {
	beats, still := context.WithCancel(ctx)
	var heart sync.WaitGroup
	heart.Go(func() { s.beat(beats, r) })
	run, fresh, err := s.carryOut(ctx, ws, p, o, r)
	still()
	heart.Wait()
	s.end(ctx, p, r, run, fresh, err)
}

// beat tells the others that the job goes on, and hears from them whether it shall.
func (s *Service) beat(ctx context.Context, r *running) {
	every := time.NewTicker(beat)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		s.heard(ctx, r)
	}
}

// heard tells the others once.
func (s *Service) heard(ctx context.Context, r *running) {
	r.telling.Lock()
	defer r.telling.Unlock()
	r.mu.Lock()
	job := r.job
	r.mu.Unlock()
	switch owned, cancel, err := s.db.BeatPlan(ctx, r.key, s.owner, s.now(), job); {
	case err != nil: // the database is busy or away, and the import will find out
	case !owned:
		r.cancel(errLost)
	case cancel:
		r.cancel(errCancelled)
	}
}

// carryOut applies a plan, or makes a fresh one in place of one that is outdated.
func (s *Service) carryOut(
	ctx context.Context, ws crm.WorkspaceID, p state.Plan, o ApplyOptions, r *running,
) (run crm.ImportRun, fresh string, err error) {
	defer func() { // nobody stands above this goroutine to keep the server up
		if failure := recover(); failure != nil {
			err = fmt.Errorf("%w: the import panicked: %v\n%s", crm.ErrStorage, failure, debug.Stack())
		}
	}()
	done, err := s.writers.Take(ctx, ws)
	if err != nil {
		return run, "", err
	}
	defer done()
	free, err := s.slots.Take(ctx, ws)
	if err != nil {
		return run, "", err
	}
	defer free()
	var asked request
	if err := json.Unmarshal([]byte(p.Request), &asked); err != nil {
		return run, "", err
	}
	options, err := asked.Options()
	if err != nil {
		return run, "", err
	}
	options.Reimport, options.RowsPerUnit, options.Progress = o.Reimport, o.RowsPerUnit, r.progress
	options.Committed = func(run crm.ImportRun) { // a server that is killed has told which run is left of it
		r.committed(run)
		s.heard(ctx, r)
	}
	open := func(file int) io.Reader { return s.db.PlanFile(ctx, p.PlanKey, file) }
	source, budgets, err := s.sources(asked, open)
	if err != nil {
		return run, "", err
	}
	run, err = sheetimport.New(s.crm, &options).ApplyFile(ctx, ws, source, p.Digest, budgets...)
	if errors.Is(err, sheetimport.ErrPlanOutdated) {
		fresh = s.fresh(ctx, ws, p, asked, open)
	}
	return run, fresh, told(err, asked.partOf(err), source.Name())
}

// fresh makes a plan in place of one that is outdated, of the same files, and with the same end, so that what was erased while
// they were imported is kept no longer in it. It is empty if that cannot be: the client has still its file.
func (s *Service) fresh(ctx context.Context, ws crm.WorkspaceID, p state.Plan, asked request, open func(int) io.Reader) string {
	key, err := s.keep(ctx, ws, asked, room{}, func(key state.PlanKey) error {
		plan, err := s.make(ctx, ws, asked, open)
		if err != nil {
			return err
		}
		return s.replace(ctx, p.PlanKey, key, asked, plan)
	})
	if err != nil {
		return ""
	}
	return key.ID
}

// replace stores a plan of the files of another one, with the same end.
func (s *Service) replace(ctx context.Context, before, key state.PlanKey, r request, plan *sheetimport.Plan) error {
	if err := s.db.CopyPlanFiles(ctx, before, key); err != nil {
		return err
	}
	old, found, err := s.db.Plan(ctx, before, s.now()) // who is erased from here on removes the plan that replaces it
	if err == nil && !found {
		err = NoPlan(uuid.MustParse(before.ID))
	}
	if err != nil {
		return err
	}
	return s.finish(ctx, key, r, plan, old.ExpiresAt)
}

// end stores how a job has ended, and tells who follows it.
func (s *Service) end(ctx context.Context, p state.Plan, r *running, run crm.ImportRun, fresh string, err error) {
	r.mu.Lock()
	job := r.job
	r.mu.Unlock()
	job.Revision++
	job.Fresh = fresh
	if !run.ID.IsZero() {
		job.Run = run.ID.String()
	}
	err = endedBy(ctx, job.Run != "", err)
	switch {
	case err == nil:
		job.State, job.Done = state.Applied, job.Total
	case errors.Is(err, errStopped), errors.Is(err, errHalf):
		job.State = state.Cancelled
		fail(&job, err)
	default:
		job.State = state.Failed
		fail(&job, err)
		if problem := problemOf(err, language.English); problem.Status == http.StatusInternalServerError {
			s.options.Logger.Error("an import failed", "workspace", p.Workspace, "plan", p.ID, "error", err)
		}
	}
	if err := s.store(p.PlanKey, job); err != nil {
		s.options.Logger.Error("how an import ended is not stored", "workspace", p.Workspace, "plan", p.ID, "state", job.State, "error", err)
	}
	r.mu.Lock()
	r.job = job
	close(r.changed)
	r.changed = make(chan struct{})
	r.mu.Unlock()
	s.mu.Lock()
	delete(s.jobs, p.PlanKey)
	s.mu.Unlock()
	close(r.ended)
}

// store stores how a job has ended. It tries for a while: what it does not store others take for an import that was broken off.
func (s *Service) store(key state.PlanKey, job state.PlanJob) (err error) {
	const tries, pause = 10, 500 * time.Millisecond
	for n := range tries {
		if n > 0 {
			time.Sleep(pause)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		err = s.db.EndPlan(ctx, key, s.owner, job)
		if cancel(); err == nil {
			return nil
		}
	}
	return err
}
