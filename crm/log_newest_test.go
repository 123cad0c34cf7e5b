package crm_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// The history of a record is read from its end, page by page, today and as of any change.
func TestNewestChangesFirst(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m, other := s.member("Mira"), s.member("Ada")
	for _, name := range []string{"B", "C", "D", "E"} {
		m.Name, other.Name = name, "Ada "+name
		m = must(s.crm.UpdateMember(ctx, s.ws, m, ""))(t)
		other = must(s.crm.UpdateMember(ctx, s.ws, other, ""))(t)
	}
	want := must(s.crm.History(ctx, s.ws, m.Ref(), 0, 100))(t)
	slices.Reverse(want)
	pages := func(read func(f crm.ChangeFilter) ([]crm.Change, error)) (all []crm.Change) {
		f := crm.ChangeFilter{Record: m.Ref(), Newest: true}
		for range 10 {
			some := must(read(f))(t)
			if len(some) == 0 {
				break
			}
			all = append(all, some...)
			f.Before = some[len(some)-1].Seq
		}
		return all
	}
	got := pages(func(f crm.ChangeFilter) ([]crm.Change, error) { return s.crm.Log(ctx, s.ws, f, 2) })
	if diff := cmp.Diff(want, got); diff != "" || len(got) != 5 {
		t.Errorf("%d changes (-want +got):\n%s", len(got), diff)
	}
	for n := range want {
		s.ok(s.crm.AsOf(ctx, s.ws, want[n].Seq, func(ctx context.Context, r crm.Reader) error {
			got := pages(func(f crm.ChangeFilter) ([]crm.Change, error) { return r.Changes(ctx, f, 2) })
			if diff := cmp.Diff(want[n:], got); diff != "" {
				t.Errorf("as of %d (-want +got):\n%s", want[n].Seq, diff)
			}
			return nil
		}))
	}
	_, err := s.crm.Log(ctx, s.ws, crm.ChangeFilter{}, 0)
	wantField(t, err, crm.ErrInvalid, "limit")
}
