package sqlite

import (
	"fmt"
	"os"

	"github.com/getklar/influencercrm/crm"
)

// watch returns a check that the file at a path is still the one that is open. What is written into a file that was
// deleted or replaced is lost without an error when its last connection is closed. Nil if there is no such file, as a
// vfs may have it.
func watch(path string) func() error {
	opened, err := os.Stat(path)
	if err != nil {
		return nil
	}
	return func() error {
		if now, err := os.Stat(path); err == nil && os.SameFile(opened, now) {
			return nil
		}
		return fmt.Errorf("%w: the file %q was deleted, moved or replaced while it was open; close the store, put the file back and open it again",
			crm.ErrStorage, path)
	}
}
