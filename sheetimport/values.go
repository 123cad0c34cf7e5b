package sheetimport

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// customPrefix stands before the names of custom fields among values.
const customPrefix = "custom."

// values are what a row says about its cooperation, by field, as texts that can be compared: those of an earlier import
// with those of today's sheet and today's CRM. A blank field is left out.
func (d *deal) values() map[string]string {
	v := termsOf(d.cooperation())
	if d.cancelled {
		describeCancellation(v, d.cancellation)
	}
	v[string(FieldPlatform)] = d.platform
	v[string(FieldResponsible)] = d.responsible
	maps.DeleteFunc(v, func(_, text string) bool { return text == "" })
	return v
}

// storedValues are the same of a cooperation in the CRM.
func storedValues(c crm.Cooperation, platform, responsible string) map[string]string {
	v := termsOf(c)
	v[string(FieldPlatform)] = platform
	v[string(FieldResponsible)] = responsible
	maps.DeleteFunc(v, func(_, text string) bool { return text == "" })
	return v
}

// termsOf are the values that a cooperation holds itself.
func termsOf(c crm.Cooperation) map[string]string {
	v := map[string]string{
		string(FieldStatus):     string(c.Status),
		string(FieldStart):      c.Period.Start.String(),
		string(FieldEnd):        c.Period.End.String(),
		string(FieldCost):       c.Cost.String(),
		string(FieldCode):       rulesText(c.Rules),
		string(FieldPercentage): benefitText(c.Rules),
		string(FieldLastTouch):  "no",
		string(FieldNotes):      crm.Clean(c.Notes),
	}
	if c.LastTouch {
		v[string(FieldLastTouch)] = "yes"
	}
	if c.Cancellation != nil {
		describeCancellation(v, *c.Cancellation)
	}
	for _, f := range utm.Fields() {
		v[f.Key()] = c.UTM.Get(f).String()
	}
	for name, text := range c.Custom {
		v[customPrefix+crm.Clean(name)] = crm.Clean(text)
	}
	return v
}

func describeCancellation(v map[string]string, c crm.Cancellation) {
	v[string(FieldStatus)] = "cancelled"
	v[string(FieldCancelledOn)] = c.On.String()
	v[string(FieldCancellationFee)] = c.Fee.String()
	v[string(FieldCancellationReason)] = crm.Clean(c.Reason)
}

func rulesText(rules []discount.Rule) string {
	texts := make([]string, len(rules))
	for n, r := range rules {
		texts[n] = crm.Clean(r.String())
	}
	return strings.Join(texts, ", ")
}

// benefitText says what the codes take off: once if it is the same for all, as a sheet has it.
func benefitText(rules []discount.Rule) string {
	texts := make([]string, len(rules))
	for n, r := range rules {
		texts[n] = r.Benefit.String()
	}
	if len(slices.Compact(slices.Clone(texts))) == 1 {
		return texts[0]
	}
	return strings.Trim(strings.Join(texts, ", "), ", ")
}

// take copies one field of a row into a cooperation. Platform and responsible member are records of their own and are
// not copied here.
func take(c *crm.Cooperation, from crm.Cooperation, field string) {
	switch f := Field(field); f {
	case FieldStatus:
		c.Status, c.Cancellation = from.Status, from.Cancellation
	case FieldCancelledOn, FieldCancellationFee, FieldCancellationReason:
		takeCancellation(c.Cancellation, from.Cancellation, f)
	case FieldStart:
		c.Period.Start = from.Period.Start
	case FieldEnd:
		c.Period.End = from.Period.End
	case FieldCost:
		c.Cost = from.Cost
	case FieldCode:
		c.Rules = withBenefits(from.Rules, c.Rules)
	case FieldPercentage:
		c.Rules = slices.Clone(c.Rules)
		for n := range c.Rules {
			c.Rules[n].Benefit = from.Rules[0].Benefit
		}
	case FieldLastTouch:
		c.LastTouch = from.LastTouch
	case FieldNotes:
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

// takeCancellation copies one field of a cancellation, unless a person has taken the cancellation itself back.
func takeCancellation(c, from *crm.Cancellation, f Field) {
	switch {
	case c == nil:
	case f == FieldCancelledOn:
		c.On = from.On
	case f == FieldCancellationFee:
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

func itoa(n int) string { return strconv.Itoa(n) }
