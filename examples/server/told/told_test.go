package told_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/told"
	"github.com/getklar/influencercrm/storage/memory"
)

// An update names its record, which its own words call "it"; a record that is gone has no name any more.
func TestUpdatesNameTheirRecord(t *testing.T) {
	t.Parallel()
	store := memory.New(nil)
	service := crm.New(store, nil).As("Mira")
	w, err := crm.NewAdmin(store, nil).CreateWorkspace(t.Context(), crm.Workspace{Name: "Shop", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	kept, err := service.CreateCampaign(t.Context(), w.ID, crm.Campaign{Name: "Summer", Budget: budget.FromMinor(10_000, "EUR")})
	if err != nil {
		t.Fatal(err)
	}
	kept.Budget = budget.FromMinor(12_000, "EUR")
	if _, err := service.UpdateCampaign(t.Context(), w.ID, kept, ""); err != nil {
		t.Fatal(err)
	}
	gone, err := service.CreateCampaign(t.Context(), w.ID, crm.Campaign{Name: "Autumn"})
	if err != nil {
		t.Fatal(err)
	}
	gone.Notes = "none"
	if gone, err = service.UpdateCampaign(t.Context(), w.ID, gone, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := service.Delete(t.Context(), w.ID, gone.At(), ""); err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[language.Tag][]string{
		language.English: {
			`Mira created the campaign "Summer"`, `Summer: Mira changed the budget from 100.00 EUR to 120.00 EUR`,
			`Mira created the campaign "Autumn"`, `Mira set the notes`, `Mira deleted the campaign "Autumn"`,
		},
		language.German: {
			`Mira hat die Kampagne „Summer“ angelegt`, `Summer: Mira hat das Budget von 100,00 EUR auf 120,00 EUR geändert`,
			`Mira hat die Kampagne „Autumn“ angelegt`, `Mira hat die Notizen gesetzt`, `Mira hat die Kampagne „Autumn“ gelöscht`,
		},
	} {
		all, err := service.Changes(t.Context(), w.ID, 1, 10)
		if err != nil {
			t.Fatal(err)
		}
		said, err := told.Changes(t.Context(), service, w.ID, lang, all)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range said {
			got = append(got, c.Sentence)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
}
