package crm_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

func ExampleStatuses() {
	fmt.Println(crm.Statuses())
	// Output: [draft negotiating signed]
}

func TestStatusesAreAllStages(t *testing.T) {
	t.Parallel()
	stages := budget.Stages()
	slices.Reverse(stages)
	if all := crm.Statuses(); !slices.Equal(all, stages) {
		t.Errorf("%v, want %v", all, stages)
	}
}
