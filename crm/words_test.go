package crm_test

import (
	"errors"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// A field of a few words takes them as they are written, and refuses all others: in another case, with a space, or made up.
func TestWordsThatAreNone(t *testing.T) {
	t.Parallel()
	ofRule := func(match, kind string) []discount.Rule {
		return []discount.Rule{{Match: discount.Match(match), Pattern: "SUN", Benefit: discount.Benefit{Kind: discount.BenefitKind(kind)}}}
	}
	tests := []struct {
		field string
		good  string
		set   func(*crm.Cooperation, string)
	}{
		{"status", "negotiating", func(c *crm.Cooperation, word string) { c.Status = crm.Status(word) }},
		{"spread", "on_start", func(c *crm.Cooperation, word string) { c.Spread = budget.Spread(word) }},
		{"name_mode", "custom", func(c *crm.Cooperation, word string) { c.NameMode = crm.NameMode(word) }},
		{"rules[0].match", "starts_with", func(c *crm.Cooperation, word string) { c.Rules = ofRule(word, "none") }},
		{"rules[0].benefit.kind", "free_shipping", func(c *crm.Cooperation, word string) { c.Rules = ofRule("equals", word) }},
		{"utm_origins.term", "pending", func(c *crm.Cooperation, word string) {
			c.UTMOrigins[utm.Term].Kind = crm.ProvenanceKind(word)
		}},
		{"rules_origin", "inherited", func(c *crm.Cooperation, word string) { c.RulesOrigin.Kind = crm.ProvenanceKind(word) }},
	}
	for _, test := range tests {
		t.Run(test.field, func(t *testing.T) {
			t.Parallel()
			w := newTown(t)
			for word, good := range map[string]bool{test.good: true, upperFirst(test.good): false, test.good + " ": false, "done": false} {
				for name, save := range map[string]func() error{
					"create": func() error {
						c := crm.Cooperation{Campaign: w.summer.ID, Influencer: w.emma.ID}
						test.set(&c, word)
						return second(w.crm.DryRun().CreateCooperation(ctx, w.ws, c))
					},
					"update": func() error {
						c := w.idea
						test.set(&c, word)
						return second(w.crm.DryRun().UpdateCooperation(ctx, w.ws, c, ""))
					},
				} {
					err := save()
					if errs := crm.FieldErrors(err); !good && (len(errs) != 1 || errs[0].Field != test.field || !errors.Is(err, crm.ErrInvalid)) || good && err != nil {
						t.Errorf("%s with %q: %v", name, word, err)
					}
				}
			}
		})
	}
}

func upperFirst(word string) string { return string(word[0]-'a'+'A') + word[1:] }
