package state_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
	"github.com/getklar/influencercrm/examples/server/state"
)

// A list of a workspace has views by name; one with the name of another takes its place.
func TestViews(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		db, ctx := testdb.Open(t, dsn).State, t.Context()
		north, south := crm.WorkspaceID(uuid.New()), crm.WorkspaceID(uuid.New())
		views := func(ws crm.WorkspaceID, list string) []state.View {
			t.Helper()
			all, err := db.Views(ctx, ws, list)
			done(t, err)
			return all
		}
		want := func(got []state.View, want ...state.View) {
			t.Helper()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		}
		tall, kim := state.View{Name: "Tall", Query: "tags=tall"}, state.View{Name: "Kim's", Query: "text=kim", Searches: true}
		for _, v := range []state.View{{Name: " TALL ", Query: "tags=x"}, tall, kim} {
			done(t, db.SaveView(ctx, north, "influencers", v))
		}
		done(t, db.SaveView(ctx, north, "campaigns", tall))
		done(t, db.SaveView(ctx, south, "influencers", kim))
		want(views(north, "influencers"), kim, tall)
		want(views(north, "campaigns"), tall)

		done(t, db.DeleteView(ctx, south, "influencers", "tall"))
		done(t, db.Forget(ctx, north.String(), time.UnixMicro(9)))
		want(views(north, "influencers"), tall)
		want(views(south, "influencers"), kim)
		done(t, db.DeleteView(ctx, north, "influencers", "tALL"))
		want(views(north, "influencers"))
		done(t, db.DropWorkspace(ctx, north.String()))
		want(views(north, "campaigns"))
		want(views(south, "influencers"), kim)
	})
}

func TestViewsAreBounded(t *testing.T) {
	t.Parallel()
	db, ctx := testdb.Open(t, testdb.File(t)).State, t.Context()
	ws := crm.WorkspaceID(uuid.New())
	for n := range state.MaxViews {
		done(t, db.SaveView(ctx, ws, "influencers", state.View{Name: fmt.Sprint(n)}))
	}
	done(t, db.SaveView(ctx, ws, "influencers", state.View{Name: "7", Query: "tags=x"}))
	for name, v := range map[string]state.View{
		"one too many": {Name: "more"}, "no name": {Name: " "}, "long name": {Name: strings.Repeat("ü", 101)}, "two lines": {Name: "a\nb"},
		"long query": {Name: "7", Query: strings.Repeat("x", state.MaxViewQuery+1)},
	} {
		err := db.SaveView(ctx, ws, "influencers", v)
		if fields := crm.FieldErrors(err); !errors.Is(err, crm.ErrInvalid) || len(fields) != 1 || fields[0].Field != "view" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
