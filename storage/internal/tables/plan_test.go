package tables

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

const (
	someID  = "019a0000-0000-7000-8000-000000000001"
	otherID = "019a0000-0000-7000-8000-000000000002"
)

// The columns of a plan hold several values each, of which some are empty and a name has blanks.
func TestPlanRow(t *testing.T) {
	t.Parallel()
	partners := NewPlanPartners()
	if _, err := partners.Add(&PlanPartnerRow{
		Named: otherID + " Ana de la Cruz", Category: "Home & Garden", Tags: `["vip"]`,
		Profiles: `[{"id":"` + someID + `","platform":"tiktok"}]`,
	}); err != nil {
		t.Fatal(err)
	}
	row := PlanCooperationRow{
		Named: strings.Join([]string{someID, otherID, otherID, someID, "", "June  – Ana de la Cruz"}, " "),
		Words: "signed  EUR", Days: "2026-06-01 ", CostMinor: 150_000,
		Cancellation: sql.NullString{String: "2026-05-20 negotiating EUR 5000", Valid: true},
	}
	got, err := row.PlanRow(partners)
	if err != nil {
		t.Fatal(err)
	}
	some, _ := crm.ParseID[crm.Cooperation](someID)
	other, _ := crm.ParseID[crm.Influencer](otherID)
	want := crm.PlanRow{
		Cooperation: some, Campaign: crm.CampaignID(other), Influencer: other, Profile: crm.ProfileID(some),
		Name: "June  – Ana de la Cruz", Status: crm.Signed, Period: budget.Period{Start: budget.MustParseDate("2026-06-01")},
		Cost: budget.FromMinor(150_000, "EUR"),
		Cancellation: &crm.Cancellation{
			On: budget.MustParseDate("2026-05-20"), Fee: budget.FromMinor(5_000, "EUR"), Status: crm.Negotiating,
		},
		InfluencerName: "Ana de la Cruz", Platform: "tiktok", Category: "Home & Garden", Tags: []string{"vip"},
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b budget.Money) bool { return a == b }),
		cmp.Comparer(func(a, b budget.Date) bool { return a == b })); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A row that this package has not written is refused by the column that is wrong.
func TestPlanRowUnreadable(t *testing.T) {
	t.Parallel()
	right := PlanCooperationRow{Named: strings.Join([]string{someID, otherID, otherID, "", "", "June"}, " "), Words: "draft by_day EUR", Days: " "}
	for column, change := range map[string]func(*PlanCooperationRow){
		"":             func(*PlanCooperationRow) {},
		"ids and name": func(row *PlanCooperationRow) { row.Named = someID + " " + otherID },
		"campaign_id":  func(row *PlanCooperationRow) { row.Named = strings.Replace(row.Named, otherID, "none", 1) },
		"words":        func(row *PlanCooperationRow) { row.Words = "draft" },
		"end_day":      func(row *PlanCooperationRow) { row.Days = "2026-06-01 soon" },
		"cancellation": func(row *PlanCooperationRow) {
			row.Cancellation = sql.NullString{String: "2026-06-01 draft", Valid: true}
		},
		"fee_minor": func(row *PlanCooperationRow) {
			row.Cancellation = sql.NullString{String: "2026-06-01 draft EUR much", Valid: true}
		},
	} {
		row := right
		change(&row)
		_, err := row.PlanRow(NewPlanPartners())
		switch {
		case column == "" && err != nil:
			t.Error(err)
		case column != "" && (err == nil || !strings.Contains(err.Error(), "column "+column+":")):
			t.Errorf("%s: %v", column, err)
		}
	}
}
