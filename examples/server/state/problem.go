package state

import (
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// planGone is a plan that was removed while it was made, by Forget or DropWorkspace.
func planGone() error {
	return &crm.Error{Family: crm.ErrBusy, Field: "plan",
		Problem: sentence.Of("was removed while it was made: a person was erased, or the workspace is gone; upload the sheet again")}
}
