package imports

import (
	"context"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/state"
)

// Job is how far a plan is carried out, in whatever process.
func (s *Service) Job(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID) (Job, error) {
	if _, err := s.crm.Workspace(ctx, ws); err != nil { // its plans may outlive it by a day
		return Job{}, err
	}
	key := keyOf(ws, id)
	jobs, err := s.db.PlanJobs(ctx, []state.PlanKey{key}, s.now())
	if err != nil {
		return Job{}, err
	}
	job, found := jobs[key]
	if !found {
		return Job{}, NoPlan(id)
	}
	return s.jobOf(key, job)
}

// Follow calls a function with the job of a plan unless the caller knows it, after a revision, and then with each that tells
// something new, in whatever process, until one is over. It ends with ctx, and with an error of the function.
func (s *Service) Follow(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID, after int64, tell func(Job) error) error {
	key := keyOf(ws, id)
	defer s.watcher.enter(key)()
	job, err := s.Job(ctx, ws, id)
	for err == nil {
		if job.revision != after || job.Over() {
			if err := tell(job); err != nil || job.Over() {
				return err
			}
		}
		after = job.revision
		job, err = s.next(ctx, key, after)
	}
	return err
}

// next waits until a job has told something new after a revision.
func (s *Service) next(ctx context.Context, key state.PlanKey, after int64) (Job, error) {
	for {
		if r := s.running(key); r != nil {
			job, changed := r.look()
			if job.revision > after {
				return job, nil
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return job, ctx.Err()
			}
			continue
		}
		stored, found, err := s.watcher.next(ctx, key)
		if err != nil {
			return Job{}, err
		}
		if !found {
			return Job{}, NoPlan(uuid.MustParse(key.ID))
		}
		if job, err := s.storedJob(key, stored); err != nil || job.revision > after { // it may have been read before this process told more
			return job, err
		}
	}
}

// End waits until a job is over; after ctx has ended it returns the job as it was, with the error of ctx.
func (s *Service) End(ctx context.Context, ws crm.WorkspaceID, job Job) (Job, error) {
	if job.Over() {
		return job, nil
	}
	err := s.Follow(ctx, ws, job.Plan, job.revision, func(next Job) error {
		job = next
		return nil
	})
	return job, err
}

// Cancel stops the import of a plan, in whatever process, and returns the job, which may go on for a moment. What is not under
// way is left as it is.
func (s *Service) Cancel(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID) (Job, error) {
	job, err := s.Job(ctx, ws, id)
	if err != nil {
		return Job{}, err
	}
	key := keyOf(ws, id)
	if r := s.running(key); r != nil {
		r.cancel(errCancelled)
	} else if err := s.db.CancelPlan(ctx, key); err != nil {
		return Job{}, err
	}
	return job, nil
}
