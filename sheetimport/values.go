package sheetimport

import (
	"maps"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/utm"
)

// customPrefix stands before the names of custom fields among values.
const customPrefix = "custom."

// values are what a row says about its cooperation, by field, as texts that can be compared with those of an earlier
// import and of the CRM. A blank field is left out.
func (e *entry) values() map[string]string { return e.said().values(e.cooperation()) }

// storedValues are the same of a cooperation in the CRM.
func storedValues(c crm.Cooperation, platform, responsible string) map[string]string {
	return said{platform: platform, responsible: responsible}.values(c)
}

// said is what a row says about its cooperation that the cooperation itself does not hold.
type said struct {
	platform, responsible string
	cancellation          *crm.Cancellation // as the row has it; nil if it does not cancel
	context               string            // the digest of what is around it; "" if nothing is
}

func (e *entry) said() said {
	s := said{platform: e.platform, responsible: e.responsible}
	if e.cancelled {
		cancellation := e.cancellation
		s.cancellation = &cancellation
	}
	return s
}

// values are those of a cooperation of which this is said.
func (s said) values(c crm.Cooperation) map[string]string {
	if s.cancellation != nil {
		c.Cancellation = s.cancellation
	}
	v := termsOf(c)
	v[string(column.Platform)] = s.platform
	v[string(column.Responsible)] = s.responsible
	maps.DeleteFunc(v, func(_, text string) bool { return text == "" })
	return v
}

// remembered is what a cooperation keeps of its row, to compare a later sheet with.
func (s said) remembered(c crm.Cooperation) map[string]string {
	values := s.values(c)
	if s.context != "" {
		values[contextKey] = s.context
	}
	return values
}

// termsOf are the values that a cooperation holds itself.
func termsOf(c crm.Cooperation) map[string]string {
	v := map[string]string{
		string(column.Status):     string(c.Status),
		string(column.Start):      c.Period.Start.String(),
		string(column.End):        c.Period.End.String(),
		string(column.Cost):       c.Cost.String(),
		string(column.Code):       rulesText(c.Rules),
		string(column.Percentage): benefitText(c.Rules),
		string(column.LastTouch):  "no",
		string(column.Notes):      crm.Clean(c.Notes),
	}
	if c.LastTouch {
		v[string(column.LastTouch)] = "yes"
	}
	if c.Cancellation != nil {
		v[string(column.Status)] = "cancelled"
		v[string(column.CancelledOn)] = c.Cancellation.On.String()
		v[string(column.CancellationFee)] = c.Cancellation.Fee.String()
		v[string(column.CancellationReason)] = crm.Clean(c.Cancellation.Reason)
	}
	for _, f := range utm.Fields() {
		v[f.Key()] = c.UTM.Get(f).String()
	}
	for name, text := range c.Custom {
		v[customPrefix+crm.Clean(name)] = crm.Clean(text)
	}
	return v
}

func rulesText(rules []discount.Rule) string {
	texts := make([]string, len(rules))
	for n, r := range rules {
		texts[n] = crm.Clean(r.String())
	}
	return strings.Join(texts, ", ")
}

// benefitText says what the codes take off, once if it is the same for all of them.
func benefitText(rules []discount.Rule) string {
	texts := make([]string, len(rules))
	for n, r := range rules {
		texts[n] = r.Benefit.String()
	}
	if len(slices.Compact(slices.Clone(texts))) == 1 {
		return texts[0]
	}
	var named []string // which code has which
	for n, r := range rules {
		if texts[n] != "" {
			named = append(named, r.String()+" "+texts[n])
		}
	}
	return strings.Join(named, ", ")
}

// takeField copies one field of a row into a cooperation. Platform and responsible member are records of their own and
// are not copied here.
func takeField(c *crm.Cooperation, from crm.Cooperation, field string) {
	switch f := column.Field(field); f {
	case column.Status:
		c.Status, c.Cancellation = from.Status, from.Cancellation
	case column.CancelledOn, column.CancellationFee, column.CancellationReason:
		takeCancellation(c.Cancellation, from.Cancellation, f)
	case column.Start:
		c.Period.Start = from.Period.Start
	case column.End:
		c.Period.End = from.Period.End
	case column.Cost:
		c.Cost = from.Cost
	case column.Code:
		c.Rules = withBenefits(from.Rules, c.Rules)
	case column.Percentage:
		c.Rules = withBenefits(c.Rules, from.Rules)
		if benefit, one := oneBenefit(from.Rules); one { // also of codes that somebody has renamed in the CRM
			for n := range c.Rules {
				c.Rules[n].Benefit = benefit
			}
		}
	case column.LastTouch:
		c.LastTouch = from.LastTouch
	case column.Notes:
		c.Notes = from.Notes
	default:
		if name, custom := strings.CutPrefix(field, customPrefix); custom {
			c.Custom = maps.Clone(c.Custom)
			c.Custom[name] = from.Custom[name]
			return
		}
		if u, err := utm.ParseField(field); err == nil {
			c.UTM = c.UTM.With(u, from.UTM.Get(u))
		}
	}
}

// oneBenefit returns what all of some rules give, if that is the same.
func oneBenefit(rules []discount.Rule) (b discount.Benefit, one bool) {
	for n, rule := range rules {
		if n > 0 && benefitText(rules[n:n+1]) != benefitText(rules[:1]) {
			return discount.Benefit{}, false
		}
		b, one = rule.Benefit, true
	}
	return b, one
}

// takeCancellation copies one field of a cancellation, unless somebody has reinstated the cooperation.
func takeCancellation(c, from *crm.Cancellation, f column.Field) {
	switch {
	case c == nil:
	case f == column.CancelledOn:
		c.On = from.On
	case f == column.CancellationFee:
		c.Fee = from.Fee
	default:
		c.Reason = from.Reason
	}
}

// withBenefits gives the rules that were there before what they take off.
func withBenefits(rules, before []discount.Rule) []discount.Rule {
	rules = slices.Clone(rules)
	for n, r := range rules {
		same := func(o discount.Rule) bool { return o.Match == r.Match && o.Key() == r.Key() }
		if at := slices.IndexFunc(before, same); at >= 0 {
			rules[n].Benefit = before[at].Benefit
		}
	}
	return rules
}

// fieldsOf lists the fields of some values, in order.
func fieldsOf(all ...map[string]string) []string {
	names := map[string]bool{}
	for _, v := range all {
		for name := range v {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}
