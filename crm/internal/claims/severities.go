package claims

import (
	"context"
	"iter"
	"sync"
	"sync/atomic"

	"github.com/tidwall/btree"

	"github.com/getklar/influencercrm/discount"
)

// Severities are the worst severities of the cooperations that have a blocking, certain or loose conflict.
type Severities struct {
	copying sync.Mutex
	worst   *btree.BTreeG[severityOf]
	counts  [discount.Blocking + 1]int // of cooperations by their worst severity
}

type severityOf struct {
	cooperation ID
	worst       discount.Severity
}

func newSeverities() *Severities {
	return &Severities{worst: newTree(func(a, b severityOf) int { return a.cooperation.Compare(b.cooperation) })}
}

func (s *Severities) copy() *Severities {
	s.copying.Lock()
	defer s.copying.Unlock()
	return &Severities{worst: s.worst.Copy(), counts: s.counts}
}

func (s *Severities) set(id ID, worst discount.Severity) {
	if before, had := s.worst.Delete(severityOf{cooperation: id}); had {
		s.counts[before.worst]--
	}
	if worst == discount.NoConflict {
		return
	}
	s.counts[worst]++
	s.worst.Set(severityOf{id, worst})
}

// Of returns the worst severity of a cooperation, NoConflict if it has no blocking, certain or loose conflict.
func (s *Severities) Of(cooperation ID) discount.Severity {
	found, _ := s.worst.Get(severityOf{cooperation: cooperation})
	return found.worst
}

// Len counts the cooperations whose worst severity is this one or a worse one.
func (s *Severities) Len(least discount.Severity) (n int) {
	for _, count := range s.counts[least:] {
		n += count
	}
	return n
}

// All yields the cooperations with their worst severities, by id.
func (s *Severities) All() iter.Seq2[ID, discount.Severity] {
	return func(yield func(ID, discount.Severity) bool) {
		s.worst.Scan(func(found severityOf) bool { return yield(found.cooperation, found.worst) })
	}
}

// derivation says how the severities of a version follow from those of the version that it was copied from, so that
// they need not all be found again. Nothing is derived before somebody asks.
type derivation struct {
	busy    chan struct{} // holds a value while somebody derives
	known   atomic.Pointer[Severities]
	from    atomic.Pointer[derivation] // nil for the first version, and once known
	changes []change                   // since from; they do not change once the version is copied
	total   int                        // of all changes back to the first version or to one that was known
}

// change is a cooperation whose claims were others before.
type change struct {
	cooperation ID
	before      []claim
}

func newDerivation(from *derivation) *derivation {
	d := &derivation{busy: make(chan struct{}, 1)}
	if from != nil {
		d.from.Store(from)
		if from.known.Load() == nil {
			d.total = from.total
		}
	}
	return d
}

// minChanges is how many changes are worth going through however small an index is.
const minChanges = 1_000

// changed notes a change. When so much of the index has changed that finding all severities takes as long, it forgets
// where they came from, and with it all earlier versions.
func (d *derivation) changed(cooperation ID, before []claim, size int) {
	if d.total++; d.total > minChanges+size/4 {
		d.from.Store(nil)
		d.changes = nil
		return
	}
	if d.from.Load() != nil {
		d.changes = append(d.changes, change{cooperation, before})
	}
}

// lock waits until nobody else derives.
func (d *derivation) lock(ctx context.Context) (unlock func(), err error) {
	select {
	case d.busy <- struct{}{}:
		return func() { <-d.busy }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Severities returns the worst severity of each cooperation of this version. Who asks first finds them: all of them, or
// if those of an earlier version are known or being found, those that may have changed since.
func (x *Index) Severities(ctx context.Context) (*Severities, error) {
	d := x.severities
	if known := d.known.Load(); known != nil {
		return known, nil
	}
	unlock, err := d.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if known := d.known.Load(); known != nil {
		return known, nil
	}
	base, changes, err := d.earlier(ctx)
	if err != nil {
		return nil, err
	}
	var found *Severities
	if base != nil {
		found, err = x.severitiesAfter(ctx, base, changes)
	}
	if err == nil && found == nil {
		found, err = x.allSeverities(ctx)
	}
	if err != nil {
		return nil, err
	}
	d.known.Store(found)
	d.from.Store(nil)
	return found, nil
}

// earlier returns the severities of the latest earlier version of which they are known, nil if there is none, and what
// has changed since.
func (d *derivation) earlier(ctx context.Context) (base *Severities, changes []change, err error) {
	for {
		changes = append(changes, d.changes...)
		from := d.from.Load()
		if from == nil {
			return d.known.Load(), changes, nil // it may have become known just now
		}
		if d = from; len(d.busy) > 0 {
			unlock, err := d.lock(ctx)
			if err != nil {
				return nil, nil, err
			}
			unlock()
		}
		if known := d.known.Load(); known != nil {
			return known, changes, nil
		}
	}
}

// severitiesAfter returns the severities after changes, or nil if it would take longer than finding all.
//
// A cooperation that did not change can only have got better if its worst conflict was with claims that have gone, and
// only worse by conflicts with the claims of those that did change.
func (x *Index) severitiesAfter(ctx context.Context, base *Severities, changes []change) (*Severities, error) {
	changed, again := map[ID]bool{}, map[ID]bool{}
	for _, c := range changes {
		changed[c.cooperation] = true
	}
	looks, most := 0, minChanges+x.size // finding all looks about once at each entry
	for _, c := range changes {
		gone := owned{c.cooperation, c.before}
		for n := range gone.claims {
			e := gone.entry(n)
			if !e.valid() {
				continue
			}
			for h := range x.conflictsOf(&e) {
				if id := h.other.cooperation; !changed[id] && base.Of(id) == h.severity {
					again[id] = true
				}
				if looks++; looks > most {
					return nil, nil
				}
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	found := base.copy()
	for id := range changed {
		again[id] = true
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, e := range x.Entries(id) {
			if !e.valid() {
				continue
			}
			for h := range x.conflictsOf(&e) {
				if found.Of(h.other.cooperation) < h.severity {
					found.set(h.other.cooperation, h.severity)
				}
				if looks++; looks > most {
					return nil, nil // many new claims to what many claim already
				}
			}
		}
	}
	for id := range again {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		o, _ := x.owned.Get(owned{cooperation: id})
		found.set(id, x.worst(o))
	}
	return found, nil
}

func (x *Index) allSeverities(ctx context.Context) (found *Severities, err error) {
	found = newSeverities()
	x.owned.Scan(func(o owned) bool {
		if worst := x.worst(o); worst > discount.NoConflict {
			found.set(o.cooperation, worst)
		}
		err = ctx.Err()
		return err == nil
	})
	return found, err
}

// worst returns the worst severity of a cooperation. It stops at the first conflict of an entry.
func (x *Index) worst(o owned) (worst discount.Severity) {
	for n := range o.claims {
		mine := o.entry(n)
		if worst == discount.Blocking || worst == discount.Certain && mine.Kind != Equals || !mine.valid() {
			continue
		}
		for h := range x.conflictsOf(&mine) {
			worst = max(worst, h.severity)
			break
		}
	}
	return worst
}
