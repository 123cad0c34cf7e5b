package transfer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// firstDifference compares the source with the copy, entry by entry.
func (t *target) firstDifference(ctx, inside context.Context, r crm.Reader) error {
	return t.store.View(ctx, t.workspace.ID, func(other context.Context, copied crm.Reader) error {
		var failed [2]error
		left, stop := iter.Pull(entries(inside, r, &failed[0]))
		defer stop()
		right, stopRight := iter.Pull(entries(other, copied, &failed[1]))
		defer stopRight()
		a, more := left()
		b, moreRight := right()
		first, second := newEncoder(false), newEncoder(false)
		for more || moreRight {
			if err := errors.Join(failed[:]...); err != nil {
				return err
			}
			order := a.place().compare(b.place())
			switch {
			case !moreRight || more && order < 0:
				return unequal(a, "", "", sentence.Of("is missing in the copy"))
			case !more || order > 0:
				return unequal(b, "", "", sentence.Of("is in the copy but not in the source"))
			}
			want, err := first.encode(a)
			if err != nil {
				return err
			}
			got, err := second.encode(b)
			if err != nil {
				return err
			}
			if !bytes.Equal(want, got) {
				return differs(a, want, got)
			}
			a, more = left()
			b, moreRight = right()
		}
		if err := errors.Join(failed[:]...); err != nil {
			return err
		}
		return t.disturbed(sentence.Of("has changed while it was compared"))
	})
}

// entries reads one by one. An error ends it and is kept.
func entries(ctx context.Context, r crm.Reader, failed *error) iter.Seq[entry] {
	return func(yield func(entry) bool) {
		errStopped := errors.New("stopped")
		err := walk(ctx, r, func(page []entry) error {
			for _, e := range page {
				if !yield(e) {
					return errStopped
				}
			}
			return nil
		})
		if !errors.Is(err, errStopped) {
			*failed = err
		}
	}
}

// differs is the error of an entry whose lines differ. It names the first field that does.
func differs(e entry, want, got []byte) error {
	left, right := fieldsOf(e, want), fieldsOf(e, got)
	names := slices.Sorted(maps.Keys(left))
	for name := range right {
		if _, both := left[name]; !both {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if !bytes.Equal(left[name], right[name]) {
			return unequal(e, name, string(right[name]), sentence.Of("is %q in the source", crm.Shorten(string(left[name]))))
		}
	}
	return unequal(e, "plan", "", sentence.Of("differs from that of the source"))
}

// fieldsOf are the fields on the first line of an entry.
func fieldsOf(e entry, lines []byte) map[string]json.RawMessage {
	var all map[string]map[string]json.RawMessage
	line, _, _ := bytes.Cut(lines, []byte("\n"))
	if err := json.Unmarshal(line, &all); err != nil {
		return nil
	}
	return all[partKeys[e.part]]
}

func unequal(e entry, field, value string, problem sentence.Sentence) error {
	if c, ok := e.value.(crm.Change); ok {
		problem = sentence.Of("change %d of the log: %s", c.Seq, problem)
	}
	return &crm.Error{Family: crm.ErrStorage, Record: e.ref(), Field: field, Value: crm.Shorten(value),
		Problem: sentence.Of("%s; the copy stays unfinished", problem)}
}
