package postgres_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Records that are there before they have times get them from the log: of their last creation and of their last change.
func TestTimesComeFromTheLog(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store, db := unmigrated(t, nil)
	steps, err := store.Steps()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := steps.UpTo(ctx, times-1); err != nil {
		t.Fatal(err)
	}
	for version := range int64(times) {
		insertRows(t, db, version)
	}
	for n, c := range []struct {
		at    int
		kind  string
		id    byte
		event string
	}{
		{10, "member", 'm', "create"}, {20, "member", 'm', "delete"}, {30, "member", 'm', "create"}, {40, "member", 'm', "update"},
		{50, "campaign", 'c', "create"}, {60, "campaign", 'c', "erase"}, {70, "campaign", 'i', "create"},
		{80, "influencer", 'i', "create"}, {90, "workspace", 'w', "update"},
	} {
		log := fmt.Sprintf("INSERT INTO crm_changes VALUES (%s, %d, %s, %d, '', '%s', %s, '%s', '[]', '')",
			uid('w'), n+2, uid('u'), c.at, c.kind, uid(c.id), c.event)
		if _, err := db.ExecContext(ctx, log); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := steps.UpTo(ctx, times); err != nil {
		t.Fatal(err)
	}
	const never = "-62135596800000000"
	want := map[string]string{
		"crm_workspaces": "0 90", "crm_members": "30 40", "crm_campaigns": "50 60", "crm_influencers": "80 80",
		"crm_cooperations": never + " " + never, // of which the log knows nothing
	}
	got := map[string]string{}
	for table := range want {
		got[table] = column(t, db, "SELECT created_at || ' ' || changed_at FROM "+table)[0]
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
