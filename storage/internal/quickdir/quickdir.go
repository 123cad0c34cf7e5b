// Package quickdir gives tests folders whose files are made, synced and removed quickly: in memory where the machine
// offers that. It is for tests whose subject is not what a disk keeps.
//
// A database in a file syncs it at each commit, and on a disk that is most of what a test of a store waits for.
package quickdir

import (
	"os"
	"testing"
)

// New returns a new folder, which goes with the test.
func New(t testing.TB) string {
	t.Helper()
	folder, err := os.MkdirTemp(Parent(), "crm-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	return folder
}
