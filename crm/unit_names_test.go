package crm_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// Names in brackets that are longer than those with numbers come first where a unit asks for a hundred of them.
func TestANumberIsFreeBesideManyNamesInBrackets(t *testing.T) {
	t.Parallel()
	bracket := func(format string, from, to int) (names []string) {
		for n := from; n <= to; n++ {
			names = append(names, fmt.Sprintf("Summer - Pam (%s)", fmt.Sprintf(format, n)))
		}
		return names
	}
	tests := map[string]struct {
		names []string
		want  []string
	}{
		"few, with a gap":      {append(bracket("%d", 2, 3), bracket("%d", 5, 60)...), []string{"4", "61", "62"}},
		"many numbers":         {bracket("%d", 2, 150), []string{"151", "152", "153"}},
		"many drafts":          {bracket("draft number %d", 1, 150), []string{"2", "3", "4"}},
		"drafts and a number":  {append(bracket("draft number %d", 1, 150), bracket("%d", 2, 2)...), []string{"3", "4", "5"}},
		"drafts and many":      {append(bracket("draft number %d", 1, 150), bracket("%d", 2, 12)...), []string{"13", "14", "15"}},
		"dates with a time":    {bracket("202606010900%02d", 1, 5), []string{"2", "3", "4"}},
		"as large as a number": {[]string{"Summer - Pam (9223372036854775807)"}, []string{"2", "3", "4"}},
		"signs, zeros":         {[]string{"Summer - Pam (+2)", "Summer - Pam (02)", "Summer - Pam (-7)"}, []string{"2", "3", "4"}},
		"the largest, and many": {
			append(bracket("%d", 999_999_850, 999_999_999), bracket("10000000%02d", 0, 1)...),
			[]string{"1000000002", "1000000003", "1000000004"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			summer, pam := s.campaign("Summer"), s.influencer("Pam")
			auto := crm.Cooperation{Campaign: summer.ID, Influencer: pam.ID}
			s.book(auto)
			s.ok(s.work(func(w *crm.Work) error {
				for _, name := range test.names {
					c := auto
					c.Name = name
					if _, err := w.CreateCooperation(ctx, c); err != nil {
						return err
					}
				}
				return nil
			}))
			got := []string{s.book(auto).Name}
			s.ok(s.work(func(w *crm.Work) error {
				for range 2 {
					saved, err := w.CreateCooperation(ctx, auto)
					if err != nil {
						return err
					}
					got = append(got, saved.Cooperation.Name)
				}
				return nil
			}))
			want := []string{}
			for _, n := range test.want {
				want = append(want, "Summer - Pam ("+n+")")
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A unit that names many cooperations of two who have more names than one question finds soon reads all names, once.
func TestAUnitReadsAllNamesWhereThereAreMany(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	summer, pam := s.campaign("Summer"), s.influencer("Pam")
	book := func(n int) func() {
		return func() {
			s.ok(s.work(func(w *crm.Work) error {
				for range n {
					if _, err := w.CreateCooperation(ctx, crm.Cooperation{Campaign: summer.ID, Influencer: pam.ID}); err != nil {
						return err
					}
				}
				return nil
			}))
		}
	}
	book(2 * crm.MaxNames)()
	counted := s.watchReads()
	if all, by := counted.during(book(500)); all > 60 { // a few each for the first 31, then none
		t.Errorf("500 more cooperations took %d reads, %v", all, by)
	}
	names := map[string]bool{}
	s.ok(s.crm.View(ctx, s.ws, func(ctx context.Context, r crm.Reader) error {
		return crm.Each(ctx, r.Cooperations(), crm.CooperationFilter{}, func(c crm.Cooperation) error {
			names[c.Name] = true
			return nil
		})
	}))
	for n := range 2*crm.MaxNames + 500 {
		if name := fmt.Sprintf("Summer - Pam (%d)", n); n > 1 && !names[name] {
			t.Errorf("there is no %s", name)
		}
	}
}
