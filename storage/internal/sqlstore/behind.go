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
	err   error             // the first one of todo, to be read after the end
	leave atomic.Bool       // what is not begun
}

const (
	atOnce    = 32  // writes of a unit that are done as they come
	maxBehind = 128 // writes that wait, with their rows
)

// add does a write, or has it done. An error may be that of an earlier write, or come with wait.
func (b *behind) add(write func() error) error {
	if b.count++; b.count <= b.first {
		return write()
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
		if b.err == nil && !b.leave.Load() {
			b.err = write()
		}
	}
}

// busy reports whether there may be writes that are not done.
func (b *behind) busy() bool { return b.todo != nil }

// wait returns after the last write, with the error of the first one that failed.
func (b *behind) wait() error {
	if b.todo == nil {
		return nil
	}
	close(b.todo)
	<-b.ended
	b.todo = nil
	return b.err
}

// stop ends with the unit of work. What is not begun is left, because the unit is done or has failed.
func (b *behind) stop() {
	b.leave.Store(true)
	b.wait() //nolint:errcheck // the unit has failed already
}
