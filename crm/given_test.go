package crm_test

import (
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

func TestNilIsAMistakeOfTheProgram(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for call, with := range map[string]func(){
		"New":       func() { crm.New(nil, nil) },
		"NewAdmin":  func() { crm.NewAdmin(nil, nil) },
		"Over":      func() { s.crm.Over(nil) },
		"WithStore": func() { s.crm.WithStore(nil) },
		"View":      func() { _ = s.crm.View(ctx, s.ws, nil) },
		"Update":    func() { _ = s.crm.Update(ctx, s.ws, nil) },
		"AsOf":      func() { _ = s.crm.AsOf(ctx, s.ws, 0, nil) },
		"Each": func() {
			_ = crm.Each[crm.Campaign](ctx, nil, crm.CampaignFilter{}, func(crm.Campaign) error { return nil })
		},
		"EachPage":    func() { _ = crm.EachPage[crm.Campaign](ctx, nil, crm.CampaignFilter{}, 1, nil) },
		"ReadPlan":    func() { _, _ = crm.ReadPlan(ctx, nil, s.now, nil) },
		"ReadSummary": func() { _, _ = crm.ReadSummary(ctx, nil, s.now, nil) },
		"NamesOf":     func() { _, _ = crm.NamesOf[crm.Campaign](ctx, nil, nil) },
		"SumsOf":      func() { _, _ = crm.SumsOf(nil) },
		"FacetsOf":    func() { _, _ = crm.FacetsOf(nil) },
		"Check":       func() { _ = crm.Check(nil, "EUR") },
		"Normalize":   func() { _, _ = crm.Normalize[crm.Record](nil, "EUR") },
		"Follow":      func() { _ = s.crm.Follow(ctx, s.ws, 0, nil, nil) },
	} {
		func() {
			defer func() {
				if said, _ := recover().(string); !strings.HasPrefix(said, "crm: "+call+" needs ") {
					t.Errorf("%s: panicked with %q", call, said)
				}
			}()
			with()
		}()
	}
	if got := s.campaign("Summer"); got.Version != 1 {
		t.Error("the service does not work any more")
	}
}
