package soundness_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/soundness"
	"github.com/getklar/influencercrm/utm"
)

// Check finds what was written past the Service.
func TestCheck(t *testing.T) {
	t.Parallel()
	first := func(ctx context.Context, tx crm.Tx) (crm.Cooperation, error) {
		page, err := tx.Cooperations().List(ctx, crm.CooperationFilter{}, crm.ListOptions{})
		return page.Items[0], err
	}
	for _, test := range []struct {
		name  string
		write func(context.Context, crm.Tx) error
		want  string
	}{
		{"nothing", func(context.Context, crm.Tx) error { return nil }, ""},
		{"a record without its change", func(ctx context.Context, tx crm.Tx) error {
			return tx.Insert(ctx, crm.Member{ID: crm.MemberID{1}, Version: 1, Name: "Mira"})
		}, "records (-log +stored)"},
		{"a change without its record", func(ctx context.Context, tx crm.Tx) error {
			c := crm.Change{At: time.Unix(2e9, 0), Record: crm.RefTo(crm.MemberID{1}), Kind: crm.Updated,
				Fields: []crm.FieldChange{{Field: "name", Before: json.RawMessage(`"Mira"`)}}}
			return tx.Append(ctx, []crm.Change{c})
		}, `was "", the log says "\"Mira\""`},
		{"a step back in time", func(ctx context.Context, tx crm.Tx) error {
			return tx.Append(ctx, []crm.Change{{Record: crm.RefTo(crm.MemberID{1}), Kind: crm.Created}})
		}, "the one before of"},
		{"a wrong automatic name", func(ctx context.Context, tx crm.Tx) error {
			c, err := first(ctx, tx)
			if c.Name = "Summer - Emma"; err != nil {
				return err
			}
			return tx.Update(ctx, nil, c)
		}, `which is not made of "Summer - Pam"`},
		{"one automatic name for two", func(ctx context.Context, tx crm.Tx) error {
			c, err := first(ctx, tx)
			if c.ID = (crm.CooperationID{1}); err != nil {
				return err
			}
			return tx.Insert(ctx, c)
		}, "are both called"},
		{"the profile of somebody else", func(ctx context.Context, tx crm.Tx) error {
			c, err := first(ctx, tx)
			if c.Profile = (crm.ProfileID{1}); err != nil {
				return err
			}
			return tx.Update(ctx, nil, c)
		}, "has no profile"},
		{"a pending field that lacks nothing", func(ctx context.Context, tx crm.Tx) error {
			c, err := first(ctx, tx)
			c.UTM.Term, c.UTMOrigins[utm.Term] = utm.Value{}, crm.Provenance{Kind: crm.Pending, Template: "{influencer}"}
			if err != nil {
				return err
			}
			return tx.Update(ctx, nil, c)
		}, "utm_term is pending"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			ctx, store := t.Context(), memory.New(nil)
			ws, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR"})
			if err != nil {
				t.Fatal(err)
			}
			err = crm.New(store, nil).Update(ctx, ws.ID, func(ctx context.Context, w *crm.Work) error {
				summer, err := w.CreateCampaign(ctx, crm.Campaign{Name: "Summer"})
				if err != nil {
					return err
				}
				pam, err := w.CreateInfluencer(ctx, crm.Influencer{Name: "Pam"})
				if err != nil {
					return err
				}
				_, err = w.CreateCooperation(ctx, crm.Cooperation{Campaign: summer.ID, Influencer: pam.ID})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := store.Update(ctx, ws.ID, test.write); err != nil {
				t.Fatal(err)
			}
			err = store.View(ctx, ws.ID, soundness.Check)
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}
