//go:build unix

package sqlite_test

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// TestMain runs the tests or, in a process that they have started, its task.
func TestMain(m *testing.M) {
	if text := os.Getenv(taskVariable); text != "" {
		fmt.Fprintln(os.Stderr, runTask(text))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// runTask returns only if something is wrong.
func runTask(text string) error {
	go func() { // nobody is there any more
		io.Copy(io.Discard, os.Stdin)
		os.Exit(1)
	}()
	var t task
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		return err
	}
	ctx := context.Background()
	switch t.Job {
	case jobOpen:
		fmt.Println("opening")
		if _, err := sqlite.Open(ctx, t.Path, nil); err != nil {
			return err
		}
		fmt.Println("open")
		select {}
	case jobWrite:
		return writeForever(ctx, t)
	}
	return fmt.Errorf("there is no job %q", t.Job)
}

// ack is what the program prints after a unit of work: it has been told that this is stored.
type ack struct {
	Unit    unitName `json:"unit"`
	Seq     crm.Seq  `json:"seq"` // of the unit's last change
	Records []acked  `json:"records"`
}

// acked is the state of one record after a unit.
type acked struct {
	ID      crm.CooperationID `json:"id"`
	Version int64             `json:"version"`
	Sum     string            `json:"sum"` // see contentSum
}

func parseAcks(t *testing.T, lines [][]byte) []ack {
	t.Helper()
	acks := make([]ack, len(lines))
	for n, line := range lines {
		if err := json.Unmarshal(line, &acks[n]); err != nil {
			t.Fatalf("line %q: %v", line, err)
		}
	}
	return acks
}

// unitName numbers a unit of work and says how many changes make it whole. The units carry it
// through the log as their actor.
type unitName struct{ Round, N, Changes int }

const unitFormat = "round %d, unit %d of %d changes"

func (u unitName) String() string { return fmt.Sprintf(unitFormat, u.Round, u.N, u.Changes) }

func parseUnitName(text string) (unitName, error) {
	var u unitName
	_, err := fmt.Sscanf(text, unitFormat, &u.Round, &u.N, &u.Changes)
	return u, err
}

// writer is the program that books and edits cooperations.
type writer struct {
	*rand.Rand
	service *crm.Service
	round   int
	ids     uint32
	unit    unitName          // the one at work
	known   []crm.Cooperation // as they are stored
}

func writeForever(ctx context.Context, t task) error {
	store, err := sqlite.Open(ctx, t.Path, nil)
	if err != nil {
		return err
	}
	w := &writer{Rand: rand.New(rand.NewPCG(uint64(t.Round), 1)), round: t.Round}
	w.service = crm.New(store, &crm.Options{
		Now:   w.now,
		NewID: w.newID,
		Actor: func(context.Context) string { return w.unit.String() },
	})
	err = w.service.View(ctx, shop(1).ID, func(ctx context.Context, r crm.Reader) error {
		w.known, err = everyOne(ctx, r.Cooperations(), crm.CooperationFilter{Archive: crm.ActiveOrNot})
		return err
	})
	if err != nil {
		return err
	}
	output := json.NewEncoder(os.Stdout) // one write a line, as soon as it is there
	for n := 0; ; n++ {
		a, err := w.write(ctx, n)
		if err != nil {
			return err
		}
		if err := output.Encode(a); err != nil {
			return err
		}
	}
}

// now is a clock that ticks once an id, so that all runs of a round write the same.
func (w *writer) now() time.Time {
	return time.Unix(1_780_000_000, 0).Add(time.Duration(w.round)*time.Hour + time.Duration(w.ids)*time.Millisecond)
}

func (w *writer) newID() uuid.UUID {
	w.ids++
	u := uuid.UUID{0: 2, 1: byte(w.round), 6: 0x70, 8: 0x80}
	binary.BigEndian.PutUint32(u[12:], w.ids)
	return u
}

// write does the nth unit of work: most add one cooperation, every third edits one that is there,
// and every tenth adds fifty and edits some.
func (w *writer) write(ctx context.Context, n int) (ack, error) {
	creates, updates := 1, 0
	switch {
	case n%10 == 3: // early, so that slow machines come to it too
		creates, updates = 50, 5
	case n%3 == 2:
		creates, updates = 0, 1
	}
	old := w.Perm(len(w.known))[:min(updates, len(w.known))]
	w.unit = unitName{w.round, n, creates + len(old)}
	given := make([]crm.Cooperation, 0, w.unit.Changes)
	for _, k := range old {
		given = append(given, w.edited(w.known[k]))
	}
	for range creates {
		given = append(given, w.booking())
	}

	saved := make([]crm.Cooperation, len(given))
	err := w.service.Update(ctx, shop(1).ID, func(ctx context.Context, work *crm.Work) error {
		for k, c := range given {
			save := work.CreateCooperation
			if k < len(old) {
				save = func(ctx context.Context, c crm.Cooperation) (crm.Saved, error) {
					return work.UpdateCooperation(ctx, c, "")
				}
			}
			s, err := save(ctx, c)
			if err != nil {
				return err
			}
			saved[k] = s.Cooperation
		}
		return nil
	})
	if err != nil {
		return ack{}, err
	}
	for k, at := range old {
		w.known[at] = saved[k]
	}
	w.known = append(w.known, saved[len(old):]...)
	return w.acknowledge(ctx, saved)
}

func (w *writer) acknowledge(ctx context.Context, saved []crm.Cooperation) (ack, error) {
	a := ack{Unit: w.unit}
	for _, c := range saved {
		fields, err := contentOf(c)
		if err != nil {
			return a, err
		}
		a.Records = append(a.Records, acked{c.ID, c.Version, contentSum(fields)})
	}
	err := w.service.View(ctx, shop(1).ID, func(ctx context.Context, r crm.Reader) error {
		head, err := r.Head(ctx)
		a.Seq = head.Seq
		return err
	})
	return a, err
}
