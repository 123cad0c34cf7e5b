package crm_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// axisLines shows the lines of an axis: "label count".
func axisLines(r *budget.Report, axis budget.Axis) []string {
	lines := []string{}
	for _, l := range r.By(axis) {
		lines = append(lines, fmt.Sprint(l.Label, " ", l.Count()))
	}
	return lines
}

// The axes of the report show names and not ids, and one line for one name however it was typed. So do those of the past.
func TestAxesOfTheReport(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign, leo, anna, mira := s.campaign("Summer"), s.member("Leo"), s.member("Anna"), s.member("Mira")
	create := func(i crm.Influencer, responsible crm.MemberID) crm.Influencer {
		i = must(s.crm.CreateInfluencer(ctx, s.ws, i))(t)
		c := crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Responsible: responsible}
		if len(i.Profiles) > 0 {
			c.Profile = i.Profiles[0].ID
		}
		s.book(c)
		return i
	}
	pam := create(crm.Influencer{Name: "Pam", Category: "Beauty", Tags: []string{"VIP"}, Profiles: instagram("pam")}, leo.ID)
	create(crm.Influencer{Name: "emma", Category: "beauty", Tags: []string{"vip", "new"}, Profiles: instagram("emma")}, anna.ID)
	create(crm.Influencer{Name: "Emma", Category: "BEAUTY "}, leo.ID)
	create(crm.Influencer{Name: "Zoe", Category: "Food"}, crm.MemberID{})
	must(s.crm.Archive(ctx, s.ws, leo.At(), ""))(t)

	want := map[budget.Axis][]string{
		budget.AxisInfluencer:  {"emma 1", "Emma 1", "Pam 1", "Zoe 1"}, // two people of one name are two
		budget.AxisCategory:    {"Beauty 3", "Food 1"},
		budget.AxisTag:         {"new 1", "VIP 2", " 2"},
		budget.AxisPlatform:    {"Instagram 2", " 2"},
		budget.AxisResponsible: {"Anna 1", "Leo 2", " 1"},
	}
	report := must(s.crm.Report(ctx, s.ws, nil))(t)
	for axis := range want {
		if diff := cmp.Diff(want[axis], axisLines(report, axis)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", axis, diff)
		}
	}
	if line := report.By(budget.AxisResponsible)[0]; line.Key != anna.ID.String() {
		t.Errorf("the key of Anna is %s", line.Key)
	}

	// Then as now, with the names of then.
	seq := s.head().Seq
	pam.Name, pam.Category = "Pamela", "Sports"
	must(s.crm.UpdateInfluencer(ctx, s.ws, pam, ""))(t)
	mira.Name = "Mira M."
	must(s.crm.UpdateMember(ctx, s.ws, mira, ""))(t)
	anna.Name = "Anna B."
	must(s.crm.UpdateMember(ctx, s.ws, anna, ""))(t)
	past := must(s.crm.ReportAsOf(ctx, s.ws, seq, nil))(t)
	for axis := range want {
		if diff := cmp.Diff(want[axis], axisLines(past, axis)); diff != "" {
			t.Errorf("%s in the past (-want +got):\n%s", axis, diff)
		}
	}
	report = must(s.crm.Report(ctx, s.ws, nil))(t)
	if diff := cmp.Diff([]string{"beauty 2", "Food 1", "Sports 1"}, axisLines(report, budget.AxisCategory)); diff != "" {
		t.Errorf("categories afterwards (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Anna B. 1", "Leo 2", " 1"}, axisLines(report, budget.AxisResponsible)); diff != "" {
		t.Errorf("responsible afterwards (-want +got):\n%s", diff)
	}
}

// The report folds as filters do, so that a line's key selects what is in the line.
func TestAxesFoldAsFiltersDo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		campaign := s.campaign("Summer")
		for n := range rapid.IntRange(1, 6).Draw(t, "influencers") {
			tags := rapid.SliceOfN(rapid.SampledFrom([]string{"vip", "VIP", "v\u200bip", "ＶＩＰ", "é", "E\u0301", "ﬁt",
				"FIT", "a  b", "A b"}), 0, 3).Draw(t, "tags")
			i := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: fmt.Sprint(n), Tags: tags}))(t)
			s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID})
		}
		for _, line := range must(s.crm.Report(ctx, s.ws, nil))(t).By(budget.AxisTag) {
			if line.Key == "" {
				continue
			}
			n := must(s.crm.CountCooperations(ctx, s.ws, crm.CooperationFilter{Tags: []string{line.Key}}))(t)
			if n != line.Count() || crm.Fold(line.Label) != line.Key {
				t.Fatalf("%d in the line %q of %q, the filter selects %d", line.Count(), line.Key, line.Label, n)
			}
		}
	})
}
