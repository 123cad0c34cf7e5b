package crm_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

func TestCheckFilter(t *testing.T) {
	t.Parallel()
	got, err := crm.CheckFilter(crm.InfluencerFilter{Name: " PAM  Reif", Platform: "Insta", Handle: "\u00a0", Archive: crm.ArchivedOnly})
	if diff := cmp.Diff(crm.InfluencerFilter{Name: "pam reif", Platform: "instagram", Archive: crm.ArchivedOnly}, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if again, err := crm.CheckFilter(got); err != nil || again != got {
		t.Errorf("checked again: %v, %v", again, err)
	}
	if _, err := crm.CheckFilter(crm.CooperationFilter{Status: "sold", Archive: "gone"}); !errors.Is(err, crm.ErrInvalid) || len(crm.FieldErrors(err)) != 2 {
		t.Errorf("unknown status and selection: %v", err)
	}
}
