package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/getklar/influencercrm/crm"
)

// measurements are what was seen of the clients' work.
type measurements struct {
	mu     sync.Mutex
	took   map[string][]time.Duration // of operations that went well, by name
	failed map[string]int             // by what went wrong
	others error                      // that no caller has to expect
	lasted time.Duration
}

// expected is what a caller has to expect of a store under load.
var expected = map[string]error{"busy": crm.ErrBusy, "conflict": crm.ErrConflict}

func (r *measurements) note(name string, took time.Duration, err error) {
	if err == nil {
		r.took[name] = append(r.took[name], took)
		return
	}
	for what, family := range expected {
		if errors.Is(err, family) {
			r.failed[what]++
			return
		}
	}
	r.failed["other"]++
	if r.others == nil {
		r.others = fmt.Errorf("%s: %w", name, err)
	}
}

// add puts the measurements of a client into that of all.
func (r *measurements) add(other *measurements) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for name, took := range other.took {
		r.took[name] = append(r.took[name], took...)
	}
	for what, n := range other.failed {
		r.failed[what] += n
	}
	r.others = errors.Join(r.others, other.others)
}

func (r *measurements) unexpected() error { return r.others }

// print writes a line an operation: how many a second, and how long half and 99 of a hundred took at most.
func (r *measurements) print(out io.Writer, p plan) error {
	var rows, failed strings.Builder
	total := 0
	for _, op := range operations {
		took := r.took[op.name]
		if len(took) == 0 {
			continue
		}
		total += len(took)
		slices.Sort(took)
		fmt.Fprintf(&rows, "%s\t%d\t%.0f\t%s\t%s\t\n", op.name, len(took), float64(len(took))/r.lasted.Seconds(),
			short(took[len(took)/2]), short(took[len(took)*99/100]))
	}
	for _, what := range slices.Sorted(maps.Keys(r.failed)) {
		fmt.Fprintf(&failed, "%d failed: %s\n", r.failed[what], what)
	}
	_, err := fmt.Fprintf(out, "%d workspaces with %d cooperations each, %d clients, %s\n", p.workspaces,
		p.cooperations, p.clients, r.lasted.Round(time.Millisecond))
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, tableErr := fmt.Fprintf(table, "operation\tdone\ta second\tp50\tp99\t\n%sall\t%d\t%.0f\t\t\t\n", rows.String(),
		total, float64(total)/r.lasted.Seconds())
	err = errors.Join(err, tableErr, table.Flush())
	_, failedErr := io.WriteString(out, failed.String())
	return errors.Join(err, failedErr)
}

func short(d time.Duration) time.Duration { return d.Round(10 * time.Microsecond) }
