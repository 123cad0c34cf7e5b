package crm_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// Alerts name the records, and read in English and German.
func TestAlerts(t *testing.T) {
	t.Parallel()
	s := newShop(t) // on 20 May 2026
	summer := must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Summer", Budget: eur(100_00),
		Period: days("2026-05-01", "2026-05-31")}))(t)
	fair, pam := s.campaign("Fair"), s.influencer("Pam")
	deal := s.book(crm.Cooperation{Campaign: summer.ID, Influencer: pam.ID, Status: crm.Signed, Cost: eur(150_00),
		Period: days("2026-05-18", "")})
	talk := s.book(crm.Cooperation{Campaign: fair.ID, Influencer: pam.ID, Status: crm.Negotiating, Cost: eur(1_00),
		Period: days("2026-05-24", "")})
	late := s.book(crm.Cooperation{Campaign: summer.ID, Influencer: pam.ID, Period: days("2026-05-19", "")})
	idea := s.book(crm.Cooperation{Campaign: fair.ID, Influencer: pam.ID, Cost: eur(2_50)})
	bare := s.load(crm.Cooperation{Campaign: fair.ID, Influencer: s.influencer("Zoe").ID, Status: crm.Signed, Rules: nil})

	got := must(s.crm.Alerts(ctx, s.ws, nil))(t)
	type row struct {
		Kind            budget.AlertKind
		Campaign        crm.CampaignID
		Influencer      crm.InfluencerID
		Cooperations    []crm.CooperationID
		English, German string
	}
	var rows []row
	for _, a := range got.Alerts {
		rows = append(rows, row{a.Kind, a.Campaign, a.Influencer, a.Cooperations, a.Message.String(), a.Message.In(language.German)})
		if a.Message.Code() != string(a.Kind) {
			t.Errorf("the code of %s is %q", a.Kind, a.Message.Code())
		}
	}
	want := []row{
		{"over", crm.CampaignID{}, crm.InfluencerID{}, []crm.CooperationID{deal.ID}, "2026-05 is over its budget by 50.00 EUR",
			"Mai 2026 überzieht sein Budget um 50,00 EUR"},
		{"over", summer.ID, crm.InfluencerID{}, []crm.CooperationID{deal.ID}, `campaign "Summer" is over its budget by 50.00 EUR`,
			`die Kampagne „Summer“ überzieht ihr Budget um 50,00 EUR`},
		{"signed_undated", fair.ID, crm.InfluencerID{}, []crm.CooperationID{bare.ID}, `signed without a start date in campaign "Fair": 1`,
			`unterschrieben ohne Beginn in der Kampagne „Fair“: 1`},
		{"signed_no_cost", fair.ID, crm.InfluencerID{}, []crm.CooperationID{bare.ID}, `signed without a cost in campaign "Fair": 1`,
			`unterschrieben ohne Kosten in der Kampagne „Fair“: 1`},
		{"draft_started", summer.ID, crm.InfluencerID{}, []crm.CooperationID{late.ID}, `drafts whose start has passed in campaign "Summer": 1`,
			`Entwürfe, deren Beginn vorbei ist, in der Kampagne „Summer“: 1`},
		{"double_booked", crm.CampaignID{}, pam.ID, []crm.CooperationID{deal.ID, talk.ID},
			`"Pam" starts for several campaigns in the week of 2026-05-18: 2`,
			`„Pam“ beginnt in der Woche vom 18.05.2026 für mehrere Kampagnen: 2`},
		{"ends_soon", summer.ID, crm.InfluencerID{}, []crm.CooperationID{late.ID}, `campaign "Summer" ends on 2026-05-31 and has drafts: 1`,
			`die Kampagne „Summer“ endet am 31.05.2026 und hat Entwürfe: 1`},
		{"undated_cost", fair.ID, crm.InfluencerID{}, []crm.CooperationID{idea.ID},
			`in campaign "Fair" 2.50 EUR are planned without dates, and are in no month`,
			`in der Kampagne „Fair“ sind 2,50 EUR ohne Datum verplant und stehen in keinem Monat`},
	}
	if diff := cmp.Diff(want, rows); diff != "" || got.Count != len(rows) {
		t.Errorf("%d alerts (-want +got):\n%s", got.Count, diff)
	}
	few := must(s.crm.Alerts(ctx, s.ws, &crm.AlertOptions{
		ReportOptions: crm.ReportOptions{Filter: budget.Filter{Campaigns: []string{fair.ID.String()}}},
		AlertOptions:  budget.AlertOptions{Limit: 1},
	}))(t)
	if len(few.Alerts) != 1 || few.Count != 3 || few.Alerts[0].Kind != budget.AlertSignedNoDate {
		t.Errorf("of one campaign: %+v", few)
	}
	if _, err := s.crm.Alerts(ctx, crm.WorkspaceID{9}, nil); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("of no workspace: %v", err)
	}
}

func TestAlertsRefuse(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for field, o := range map[string]budget.AlertOptions{"within": {Within: -1}, "limit": {Limit: -1}} {
		_, err := s.crm.Alerts(ctx, s.ws, &crm.AlertOptions{AlertOptions: o})
		wantField(t, err, crm.ErrInvalid, field)
	}
}
