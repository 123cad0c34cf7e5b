package sqlite

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Records that are there before they have times get them from the log: of their last creation and of their last change.
func TestTimesComeFromTheLog(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store, db := unmigrated(t)
	provider, err := store.set.Provider(db)
	if err != nil {
		t.Fatal(err)
	}
	for version := int64(1); version < times; version++ {
		if _, err := provider.UpTo(ctx, version); err != nil {
			t.Fatal(err)
		}
		insertRows(t, db, version)
	}
	const log = `INSERT INTO crm_changes VALUES ('w', ?, 'u', ?, '', ?, ?, ?, '[]', '')`
	for n, c := range [][]any{
		{10, "member", "m", "create"}, {20, "member", "m", "delete"}, {30, "member", "m", "create"}, {40, "member", "m", "update"},
		{50, "campaign", "c", "create"}, {60, "campaign", "c", "erase"}, {70, "campaign", "i", "create"},
		{80, "influencer", "i", "create"}, {90, "workspace", "w", "update"},
	} {
		if _, err := db.ExecContext(ctx, log, append([]any{n + 2}, c...)...); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := provider.UpTo(ctx, times); err != nil {
		t.Fatal(err)
	}
	const never = -62135596800000000
	want := map[string][2]int64{
		"crm_workspaces": {0, 90}, "crm_members": {30, 40}, "crm_campaigns": {50, 60}, "crm_influencers": {80, 80},
		"crm_cooperations": {never, never}, // of which the log knows nothing
	}
	got := map[string][2]int64{}
	for table := range want {
		var at [2]int64
		if err := db.QueryRowContext(ctx, "SELECT created_at, changed_at FROM "+table).Scan(&at[0], &at[1]); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		got[table] = at
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
