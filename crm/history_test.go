package crm_test

import (
	"errors"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/history"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

func TestHistoryOfAUnit(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.summer.Name = "Sommer"
	must(w.crm.UpdateCampaign(ctx, w.ws, w.summer, "German"))(t)
	said := []string{}
	for _, c := range must(w.crm.HistoryOf(ctx, w.ws, w.lastUnit(), 0, 2))(t) {
		said = append(said, history.Describe(c, nil))
	}
	want := []string{
		`mira@shop.example changed the name from "Summer Sale" to "Sommer" (reason: German)`,
		`mira@shop.example changed the name from "Summer Sale - Pam - Instagram" to "Sommer - Pam - Instagram" (reason: German)`,
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := w.crm.HistoryOf(ctx, w.ws, uuid.Nil, 0, 1); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("no unit: %v", err)
	}
}
