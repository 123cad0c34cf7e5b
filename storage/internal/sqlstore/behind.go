package sqlstore

import "sync/atomic"

// behind does the writes of a unit of work on a local database in the order of the calls: the first ones at once, those of a
// large unit on a goroutine of its own, while the unit makes the next rows, which takes about as long as writing them. One
// goroutine at a time calls it, and whoever uses the unit's transaction himself waits first.
type behind struct {
	first int               // writes that are done as they come
	count int               // of all writes
	todo  chan func() error // nil while nothing goes on
	ended chan struct{}     // closed after the last of todo
	over  atomic.Bool       // what is not begun is left: a write has failed, or the unit

	// To be read after the end.
	err      error // of the write that failed
	panicked any   // by a write
}

const (
	atOnce    = 32  // writes of a unit that are done as they come
	maxBehind = 128 // writes that wait, with their rows
)

// add does a write, or has it done. The error may be that of an earlier write, and the write's own may come with a later call.
func (b *behind) add(write func() error) error {
	if b.count++; b.count <= b.first {
		return write()
	}
	if b.over.Load() {
		return b.wait()
	}
	if b.todo == nil {
		b.todo, b.ended = make(chan func() error, maxBehind), make(chan struct{})
		go b.run(b.todo, b.ended)
	}
	b.todo <- write
	return nil
}

func (b *behind) run(todo <-chan func() error, ended chan<- struct{}) {
	defer close(ended)
	for write := range todo {
		if !b.over.Load() {
			b.do(write)
		}
	}
}

// do does a write. What panics in it goes on where the unit waits, as if it had been done there.
func (b *behind) do(write func() error) {
	defer func() {
		if b.panicked = recover(); b.err != nil || b.panicked != nil {
			b.over.Store(true)
		}
	}()
	b.err = write()
}

// busy reports whether there may be writes that are not done.
func (b *behind) busy() bool { return b.todo != nil }

// wait returns after the last write, with the error of the one that failed.
func (b *behind) wait() error {
	if b.todo == nil {
		return b.err
	}
	close(b.todo)
	<-b.ended
	b.todo = nil
	if b.panicked != nil {
		panic(b.panicked)
	}
	return b.err
}

// stop ends with the unit of work. What is not begun is left, because the unit is done or has failed.
func (b *behind) stop() {
	b.over.Store(true)
	b.wait() //nolint:errcheck // the unit has failed already
}
