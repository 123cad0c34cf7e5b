package crm

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/google/uuid"
)

// Service is the CRM: the rules of the domain over a Store. It is safe for concurrent use.
type Service struct {
	store     Store
	env       environment
	claims    *claimCache
	followers *waiters
	name      string // of Update and View for the tracer and the log; see Named
	dry       bool   // see DryRun
	joined    bool   // see Over
	noted     *Done  // see Noting
}

// Options are what a host gives to a Service. The zero value works. Calls of a Service that run at the same time call
// these functions at the same time.
type Options struct {
	// Now is the clock; nil means time.Now. It stamps changes and tells today's date.
	Now func() time.Time
	// NewID makes ids; nil means UUIDs of version 7.
	NewID func() uuid.UUID
	// Actor names who acts, from the context of a call, for the change log; nil means nobody.
	Actor func(context.Context) string
	// Logger logs units of work at debug level; nil means no logging.
	Logger *slog.Logger
	// MaxCachedClaims bounds the claims that are kept in memory, of all workspaces together; 0 means
	// DefaultMaxCachedClaims. A claim is a discount rule or UTM set of a cooperation and takes some 300 bytes, and where
	// rules of contains and ends_with are saved often, 16 to 32 more for each character of its code.
	MaxCachedClaims int
	// SheetLink checks the link of a sheet that a workspace is to have as its data source, so that a host refuses at once what it
	// cannot read; google.CheckLink does so for Google sheets. Nil takes any web link, and the id of a Google sheet. A link
	// that is stored already is not checked again.
	SheetLink func(link string) error
	// Trace is called for units of work, snapshots and reads; nil is none.
	Trace Tracer
}

// Tracer is called when a unit of work, a snapshot or a read begins. It returns the context to go on with, and a function that
// is called with the outcome when it has ended, also by a panic. That a dry run was taken back is no failure. A span of
// OpenTelemetry fits:
//
//	func(ctx context.Context, op crm.Operation) (context.Context, func(error)) {
//		ctx, span := tracer.Start(ctx, "crm."+op.Name, trace.WithAttributes(attribute.Stringer("crm.workspace", op.Workspace)))
//		return ctx, func(err error) {
//			if err != nil {
//				span.SetStatus(codes.Error, "failed")
//			}
//			span.End()
//		}
//	}
type Tracer func(context.Context, Operation) (context.Context, func(error))

// Operation is what a Tracer follows.
type Operation struct {
	Name      string // the call in words, "create cooperation"; of Update and View "update" and "view", or as in Named
	Workspace WorkspaceID
	Unit      uuid.UUID // of what writes or previews a write: as in the log
	Preview   bool      // by DryRun: writes nothing
}

// environment is Options with the defaults filled in.
type environment struct {
	now   func() time.Time
	newID func() uuid.UUID
	actor func(context.Context) string
	log   *slog.Logger
	trace Tracer

	sheetLink func(string) error

	maxClaims int
	remembers unitBounds
}

// timestamp is the time now as stores keep it.
func (e environment) timestamp() time.Time { return e.now().UTC().Truncate(time.Microsecond) }

// begin tells the tracer, if there is one, that an operation begins.
func (e environment) begin(ctx context.Context, op Operation) (context.Context, func(error)) {
	if e.trace == nil {
		return ctx, func(error) {}
	}
	return e.trace(ctx, op)
}

func (o *Options) environment() environment {
	e := environment{
		now:   time.Now,
		newID: func() uuid.UUID { return uuid.Must(uuid.NewV7()) }, // fails only without a source of randomness
		actor: func(context.Context) string { return "" },
		log:   slog.New(slog.DiscardHandler),

		sheetLink: anySheetLink,

		remembers: unitBounds{records: 20_000, names: 400_000, handles: 100_000},
	}
	if o == nil {
		return e
	}
	if o.Now != nil {
		e.now = o.Now
	}
	if o.NewID != nil {
		e.newID = o.NewID
	}
	if o.Actor != nil {
		e.actor = o.Actor
	}
	if o.SheetLink != nil {
		e.sheetLink = o.SheetLink
	}
	if o.Logger != nil {
		e.log = o.Logger
	}
	e.trace, e.maxClaims = o.Trace, o.MaxCachedClaims
	return e
}

// New returns a Service on a store. Nil options are the defaults.
func New(store Store, o *Options) *Service {
	mustBeGiven(store != nil, "New", "a Store")
	return (&Service{env: o.environment()}).WithStore(store)
}

// Over returns this Service on another view of the same data: on a store that is joined to a transaction of the host's.
// It has the same options and caches. A follower of the workspace sees the changes after the transaction is committed,
// at the latest after its interval.
func (s *Service) Over(store Store) *Service {
	mustBeGiven(store != nil, "Over", "a Store")
	over := *s
	over.store, over.joined = store, true
	return &over
}

// WithStore returns a Service with the same options on other data. The two share nothing else.
func (s *Service) WithStore(store Store) *Service {
	mustBeGiven(store != nil, "WithStore", "a Store")
	on := s.Over(store)
	on.claims, on.followers, on.joined = newClaimCache(s.env.maxClaims), &waiters{}, false
	return on
}

// Now is the time by the service's clock, Options.Now: for what a host does beside the service and dates as it does.
func (s *Service) Now() time.Time { return s.env.now() }

// Named returns this Service with a name for what its Update and View do, which tracer and logger are told: "import". Calls
// with a name of their own keep it.
func (s *Service) Named(operation string) *Service {
	named := *s
	named.name = operation
	return &named
}

// As returns this Service with an actor for the change log, in place of the one that Options.Actor names: for what a
// program does for a person, "assistant (Mira)".
func (s *Service) As(actor string) *Service {
	as := *s
	as.env.actor = func(context.Context) string { return actor }
	return &as
}

// Noting returns this Service with a place for the Done of each call that writes, for those whose result has none: creating
// and changing a member, a campaign, an influencer, the workspace or a picture, an Update of several, and what is built on
// them, such as package wire.
//
//	var done crm.Done
//	member, err := service.Noting(&done).CreateMember(ctx, ws, m)
//
// A call that fails leaves what was there before. Calls at the same time need a Noting each.
func (s *Service) Noting(done *Done) *Service {
	mustBeGiven(done != nil, "Noting", "a Done")
	noting := *s
	noting.noted = done
	return &noting
}

// DryRun returns this Service with writes that are taken back as soon as they have given their result: of everything, a
// save, a bulk operation, a merge, an undo, a whole Update. So a form shows what saving it would fill in, what it
// conflicts with and what is wrong, and a page asks "do you really want …?" with what would happen. The result, or the
// error, is that of the real call, of the state of that moment, save for Done, which is zero: there is nothing to undo.
// New records have ids that another call will not give them.
//
// Nothing is written, no seq is used up, followers hear of nothing, and tracer and logger are told that it is a preview.
// A dry run waits its turn among the workspace's writers and holds them up as the real call does. On a store that is
// joined to a transaction of the host's it sees what the transaction did before, and takes back its own part only.
func (s *Service) DryRun() *Service {
	dry := *s
	dry.dry = true
	return &dry
}

// View calls fn with one consistent snapshot of a workspace. See Store for what a callback may do.
func (s *Service) View(ctx context.Context, ws WorkspaceID, fn func(context.Context, Reader) error) error {
	mustBeGiven(fn != nil, "View", "a callback")
	return s.view(ctx, ws, cmp.Or(s.name, "view"), fn)
}

func (s *Service) view(ctx context.Context, ws WorkspaceID, name string, fn func(context.Context, Reader) error) (err error) {
	ctx, ended := s.env.begin(ctx, Operation{Name: name, Workspace: ws})
	err = errPanicked
	defer func() { ended(err) }()
	err = s.store.View(ctx, ws, fn)
	return err
}

// errPanicked is the outcome of an operation that neither returned a result nor an error.
var errPanicked = errors.New("the operation panicked, or ended its goroutine")

// Update calls fn with a unit of work on a workspace. It is the only way in which the domain writes: all of it or, if
// fn returns an error, nothing. fn may run a second time; see Store.
func (s *Service) Update(ctx context.Context, ws WorkspaceID, fn func(context.Context, *Work) error) error {
	mustBeGiven(fn != nil, "Update", "a callback")
	return s.update(ctx, Operation{Name: cmp.Or(s.name, "update"), Workspace: ws}, fn)
}

func (s *Service) update(ctx context.Context, op Operation, fn func(context.Context, *Work) error) (err error) {
	op.Unit, op.Preview = s.env.newID(), s.dry
	start := s.env.now()
	ctx, ended := s.env.begin(ctx, op)
	err = errPanicked
	defer func() {
		ended(err)
		s.env.log.DebugContext(ctx, "unit of work", "operation", op.Name, "preview", op.Preview, "workspace", op.Workspace.String(),
			"unit", op.Unit.String(), "took", s.env.now().Sub(start), "error", err)
	}()
	last, done, err := s.attempt(ctx, op, nil, fn)
	if errors.Is(err, errClaimsAhead) {
		var ahead *claimVersion
		if ahead, err = s.claimsAhead(ctx, op.Workspace); err == nil {
			last, done, err = s.attempt(ctx, op, ahead, fn)
		}
	}
	if err == nil && s.noted != nil {
		*s.noted = done
	}
	if err == nil && last != nil {
		last.storeClaims(false)
		s.followers.wake(op.Workspace)
	}
	return err
}

// attempt runs a unit of work. It returns the work that was written, nil for a dry run, and where the log has it. Without the
// claims that were read ahead it may end with errClaimsAhead.
func (s *Service) attempt(ctx context.Context, op Operation, ahead *claimVersion,
	fn func(context.Context, *Work) error) (last *Work, done Done, err error) {
	err = s.store.Update(ctx, op.Workspace, func(ctx context.Context, tx Tx) error {
		last = nil
		w, err := s.begin(ctx, tx, op.Unit)
		if err != nil {
			return err
		}
		w.ahead, w.mayLeave = ahead, ahead == nil && !s.joined
		if err = fn(ctx, w); err == nil {
			err = w.log.flush(ctx, tx)
		}
		if w.left {
			return errClaimsAhead // whatever fn has made of it
		}
		done = w.done()
		if err == nil && s.dry {
			err = endDryRun(ctx, tx)
		}
		if err != nil {
			w.storeClaims(true)
			return err
		}
		w.attachCachedClaims()
		last = w
		return nil
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return last, done, err
}

// update runs one operation as a unit of work of its own and returns its result.
func update[T any](ctx context.Context, s *Service, ws WorkspaceID, name string, op func(context.Context, *Work) (T, error)) (T, error) {
	var result T
	err := s.update(ctx, Operation{Name: name, Workspace: ws}, func(ctx context.Context, w *Work) (err error) {
		result, err = op(ctx, w)
		return err
	})
	return resultOf(result, err)
}

// errDryRun takes back a unit of work that did what it should.
var errDryRun = errors.New("a dry run writes nothing")

// endDryRun has the store send what it has kept back, so that its errors are those of the real call, and returns
// errDryRun.
func endDryRun(ctx context.Context, tx Tx) error {
	if _, err := tx.Head(ctx); err != nil {
		return err
	}
	return errDryRun
}

// read runs one read outside of units of work and returns its result.
func read[T any](ctx context.Context, s *Service, ws WorkspaceID, name string,
	op func(context.Context, Reader) (T, error)) (result T, err error) {
	ctx, ended := s.env.begin(ctx, Operation{Name: name, Workspace: ws})
	err = errPanicked
	defer func() { ended(err) }()
	result, err = op(ctx, s.store.Reader(ws))
	return resultOf(result, err)
}

// view runs reads in a snapshot of their own and returns their result.
func view[T any](ctx context.Context, s *Service, ws WorkspaceID, name string, op func(context.Context, Reader) (T, error)) (T, error) {
	var result T
	err := s.view(ctx, ws, name, func(ctx context.Context, r Reader) (err error) {
		result, err = op(ctx, r)
		return err
	})
	return resultOf(result, err)
}

// resultOf is a result, or an error and nothing else.
func resultOf[T any](result T, err error) (T, error) {
	if err != nil {
		var none T
		return none, err
	}
	return result, nil
}
