package imports

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/slots"
	"github.com/getklar/influencercrm/examples/server/state"
	"github.com/getklar/influencercrm/sheetimport/google"
)

// Options are the settings of a Service; the zero value works.
type Options struct {
	// MaxUpload bounds the files of one plan together, in bytes; 0 is 50 MiB.
	MaxUpload int64
	// MaxKept bounds the plans of a workspace, with their files and rows, in bytes; 0 is ten times MaxUpload.
	MaxKept int64
	// MaxPlans bounds the plans of a workspace; 0 is 100.
	MaxPlans int64
	// AtOnce is how many sheets are read or imported at the same time, because each is in memory as a whole; 0 is 4.
	AtOnce int
	// Google says who reads Google sheets; nil refuses their links.
	Google *google.Options
	// Now is the clock; nil is that of the CRM's service.
	Now func() time.Time
	// Logger gets errors on the side of the server; nil is slog.Default().
	Logger *slog.Logger
}

// Lifetime is how long a plan can be applied.
const Lifetime = 24 * time.Hour

const (
	beat  = 500 * time.Millisecond // how often an owner is heard of
	look  = 200 * time.Millisecond // how often jobs of other processes are looked at
	clean = 15 * time.Minute       // how often plans that have expired are removed
)

// Service plans and applies imports. It is safe for concurrent use.
type Service struct {
	crm     *crm.Service
	db      *state.DB
	options Options
	slots   *slots.Slots // of sheets in memory
	writers *slots.Each  // of imports: those of one workspace wait for each other anyway, and then without a sheet in memory
	owner   string       // this process
	watcher *watcher

	mu     sync.Mutex
	jobs   map[state.PlanKey]*running
	closed bool
	stop   context.CancelCauseFunc // ends all jobs
	alive  context.Context         //nolint:containedctx // that of the jobs, which outlive requests
	work   sync.WaitGroup
}

// New makes a Service on the server's own tables. Close ends it.
func New(service *crm.Service, db *state.DB, o *Options) *Service {
	s := &Service{crm: service, db: db, owner: uuid.NewString(), jobs: map[state.PlanKey]*running{}}
	if o != nil {
		s.options = *o
	}
	s.options.MaxUpload = cmp.Or(s.options.MaxUpload, 50<<20)
	s.options.MaxKept = cmp.Or(s.options.MaxKept, 10*s.options.MaxUpload)
	s.options.MaxPlans = cmp.Or(s.options.MaxPlans, 100)
	s.options.AtOnce = cmp.Or(s.options.AtOnce, 4)
	s.options.Logger = cmp.Or(s.options.Logger, slog.Default())
	if s.options.Now == nil {
		s.options.Now = service.Now
	}
	s.watcher = newWatcher(func(ctx context.Context, keys []state.PlanKey) (map[state.PlanKey]state.PlanJob, error) {
		return db.PlanJobs(ctx, keys, s.now())
	})
	s.slots, s.writers = slots.New(s.options.AtOnce), slots.NewEach(1)
	s.alive, s.stop = context.WithCancelCause(context.Background())
	s.work.Go(s.expire)
	return s
}

// errClosed ends jobs when the server does.
var errClosed = errors.New("the server ends")

// Close waits for the imports that are under way until ctx ends, and then stops them: what they have not written they can
// write after a restart.
func (s *Service) Close(ctx context.Context) error {
	s.mu.Lock()
	s.closed = true
	jobs := make([]*running, 0, len(s.jobs))
	for _, j := range s.jobs {
		jobs = append(jobs, j)
	}
	s.mu.Unlock()
	var err error
	for _, j := range jobs {
		select {
		case <-j.ended:
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	s.stop(errClosed)
	s.work.Wait()
	return err
}

// expire removes plans that have expired, at the start and from time to time.
func (s *Service) expire() {
	every := time.NewTicker(clean)
	defer every.Stop()
	for {
		if _, err := s.Expire(s.alive); err != nil && s.alive.Err() == nil {
			s.options.Logger.Warn("plans of imports that have expired are still there", "error", err)
		}
		select {
		case <-every.C:
		case <-s.alive.Done():
			return
		}
	}
}

// Expire removes the plans that have expired, and returns how many.
func (s *Service) Expire(ctx context.Context) (int64, error) {
	return s.db.ExpirePlans(ctx, s.now(), s.heardOf())
}

// Slots are those of the sheets that are in memory, for others who read sheets too.
func (s *Service) Slots() *slots.Slots { return s.slots }

// MaxUpload bounds the files of one plan together, in bytes.
func (s *Service) MaxUpload() int64 { return s.options.MaxUpload }

func (s *Service) now() int64 { return s.options.Now().UnixMicro() }

// heardOf is the time since which an owner must have been heard of.
func (s *Service) heardOf() int64 { return s.options.Now().Add(-state.Silence).UnixMicro() }
