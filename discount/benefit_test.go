package discount_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/discount"
)

func benefit(kind discount.BenefitKind, value string) discount.Benefit {
	return discount.Benefit{Kind: kind, Value: decimal.RequireFromString(value)}
}

// enormous returns a benefit whose value would fill the memory if it were
// written out.
func enormous(kind discount.BenefitKind) discount.Benefit {
	return discount.Benefit{Kind: kind, Value: decimal.New(1, 2_000_000_000)}
}

func TestBenefitValidate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		benefit discount.Benefit
		field   string // "" for a valid benefit
		problem string
	}{
		{"zero value", discount.Benefit{}, "", ""},
		{"none", discount.Benefit{Kind: discount.None}, "", ""},
		{"free shipping", discount.Benefit{Kind: discount.FreeShipping}, "", ""},
		{"percentage", benefit(discount.Percentage, "12.5"), "", ""},
		{"all of it", benefit(discount.Percentage, "100"), "", ""},
		{"smallest", benefit(discount.Amount, "0.0001"), "", ""},
		{"largest", benefit(discount.Amount, "10000000000000"), "", ""},
		{"zeros behind the fourth decimal", benefit(discount.Amount, "1.500000"), "", ""},
		{"exponent", benefit(discount.Amount, "1e13"), "", ""},
		{"zero percent", benefit(discount.Percentage, "0"), "benefit.value", "more than 0"},
		{"percentage without value", discount.Benefit{Kind: discount.Percentage}, "benefit.value", "more than 0"},
		{"more than all", benefit(discount.Percentage, "100.0001"), "benefit.value", "at most 100 percent"},
		{"negative", benefit(discount.Amount, "-5"), "benefit.value", "more than 0"},
		{"too large", benefit(discount.Amount, "10000000000000.0001"), "benefit.value", "at most 10000000000000"},
		{"too fine", benefit(discount.Amount, "1.00001"), "benefit.value", "4 decimals"},
		{"enormous", enormous(discount.Amount), "benefit.value", "at most"},
		{"minute", discount.Benefit{Kind: discount.Percentage, Value: decimal.New(1, -2_000_000_000)}, "benefit.value", "at most"},
		{"free shipping with a value", benefit(discount.FreeShipping, "5"), "benefit.value", "left out"},
		{"none with a value", enormous(discount.None), "benefit.value", "left out"},
		{"value without kind", benefit("", "5"), "benefit.value", "left out"},
		{"unknown kind", benefit("gift", "5"), "benefit.kind", "use percentage, amount"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			err := test.benefit.Validate()
			if test.field == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			checkRuleError(t, err, test.field, test.problem)
		})
	}
}

func TestBenefitEqual(t *testing.T) {
	t.Parallel()
	huge := enormous(discount.Amount)
	tests := []struct {
		name string
		a, b discount.Benefit
		want bool
	}{
		{"same number written differently", benefit(discount.Amount, "10"), benefit(discount.Amount, "10.00"), true},
		{"zero value and none", discount.Benefit{}, discount.Benefit{Kind: discount.None}, true},
		{"another value", benefit(discount.Amount, "10"), benefit(discount.Amount, "11"), false},
		{"another kind", benefit(discount.Amount, "10"), benefit(discount.Percentage, "10"), false},
		{"enormous and itself", huge, huge, true},
		{"enormous and small", huge, benefit(discount.Amount, "1"), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := test.a.Equal(test.b); got != test.want {
				t.Errorf("a.Equal(b) = %t", got)
			}
			if got := test.b.Equal(test.a); got != test.want {
				t.Errorf("b.Equal(a) = %t", got)
			}
		})
	}
}

func TestBenefitString(t *testing.T) {
	t.Parallel()
	tests := []struct {
		benefit discount.Benefit
		want    string
	}{
		{benefit(discount.Percentage, "15"), "15 % off"},
		{benefit(discount.Percentage, "12.50"), "12.5 % off"},
		{benefit(discount.Amount, "10.00"), "10 off"},
		{enormous(discount.Amount), "a number of too many digits off"},
		{discount.Benefit{Kind: discount.FreeShipping}, "free shipping"},
		{discount.Benefit{Kind: discount.None}, ""},
		{discount.Benefit{}, ""},
		{discount.Benefit{Kind: "gift"}, "gift"},
	}
	for _, test := range tests {
		if got := test.benefit.String(); got != test.want {
			t.Errorf("String() = %q, want %q", got, test.want)
		}
	}
}

func TestRuleJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		rule discount.Rule
		want string
	}{
		{"without benefit", discount.Rule{Match: discount.Equals, Pattern: "CR9"},
			`{"match":"equals","pattern":"CR9"}`},
		{"of kind none", discount.Rule{Match: discount.Equals, Pattern: "CR9", Benefit: discount.Benefit{Kind: discount.None}},
			`{"match":"equals","pattern":"CR9"}`},
		{"with a value", discount.Rule{Match: discount.StartsWith, Pattern: "PAM", Benefit: benefit(discount.Amount, "10.5")},
			`{"match":"starts_with","pattern":"PAM","benefit":{"kind":"amount","value":"10.5"}}`},
		{"without value", discount.Rule{Match: discount.EndsWith, Pattern: "PAM", Benefit: discount.Benefit{Kind: discount.FreeShipping}},
			`{"match":"ends_with","pattern":"PAM","benefit":{"kind":"free_shipping"}}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			text, err := json.Marshal(test.rule)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(text)); diff != "" {
				t.Errorf("JSON (-want +got):\n%s", diff)
			}
			var back discount.Rule
			if err := json.Unmarshal(text, &back); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.rule, back); diff != "" {
				t.Errorf("read back (-want +got):\n%s", diff)
			}
		})
	}
}
