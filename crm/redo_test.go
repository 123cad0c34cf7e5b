package crm_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
)

// Who redoes the changes of the log one after the other has the records that the store has.
func TestRedoIsTheStore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		n, mine, seen := 0, map[crm.Ref]crm.Record{}, crm.Seq(0)
		for range rapid.IntRange(1, 5).Draw(t, "units") {
			s.now = s.now.Add(time.Second)
			if rapid.IntRange(0, 3).Draw(t, "undo") == 0 {
				must(s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), ""))(t)
			}
			s.ok(s.work(func(w *crm.Work) error {
				for range rapid.IntRange(1, 5).Draw(t, "things") {
					n++
					if err := muddle(t, w, n); err != nil {
						return err
					}
				}
				return nil
			}))
			for _, c := range must(s.crm.Changes(ctx, s.ws, seen, crm.MaxPageSize))(t) {
				after, err := c.Redo(mine[c.Record])
				if err != nil {
					t.Fatalf("%d: %v", c.Seq, err)
				}
				if seen, mine[c.Record] = c.Seq, after; after == nil {
					delete(mine, c.Record)
				}
			}
			want := map[crm.Ref]crm.Record{}
			s.ok(s.crm.View(ctx, s.ws, func(_ context.Context, r crm.Reader) error {
				for _, record := range everyRecord(t, r) {
					want[record.Ref()] = record
				}
				return nil
			}))
			if diff := cmp.Diff(want, mine, values); diff != "" {
				t.Fatalf("at %d (-stored +redone):\n%s", seen, diff)
			}
		}
	})
}

func TestRedoRefuses(t *testing.T) {
	t.Parallel()
	here, other := crm.Campaign{ID: crm.CampaignID{15: 1}}, crm.Campaign{ID: crm.CampaignID{15: 2}}
	for _, test := range []struct {
		name   string
		change crm.Change
		before crm.Record
		want   error
	}{
		{"created, and there", crm.Change{Kind: crm.Created, Record: here.Ref()}, here, crm.ErrInvalid},
		{"updated, and not there", crm.Change{Kind: crm.Updated, Record: here.Ref()}, nil, crm.ErrInvalid},
		{"deleted, and not there", crm.Change{Kind: crm.Deleted, Record: here.Ref()}, nil, crm.ErrInvalid},
		{"another record", crm.Change{Kind: crm.Updated, Record: here.Ref()}, other, crm.ErrInvalid},
		{"erased", crm.Change{Kind: crm.Erased, Record: here.Ref()}, here, crm.ErrConflict},
		{"of no kind", crm.Change{Kind: crm.Created, Record: crm.Ref{Kind: "picture", ID: uuid.UUID{15: 1}}}, nil, crm.ErrInvalid},
	} {
		if after, err := test.change.Redo(test.before); !errors.Is(err, test.want) || after != nil {
			t.Errorf("%s: %v, %v; want %v", test.name, after, err, test.want)
		}
	}
}
