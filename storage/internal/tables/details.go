package tables

import (
	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// Nested values of records in JSON. What is not set is left out, and a column of which nothing is set is empty: so
// it is for most records, and quick to read. UTM fields tell unset, which is left out, from set to "".

// details are the nested values of a cooperation.
func (e *encoder) details(c crm.Cooperation) string {
	text := nested(func(w *jsonWriter) {
		w.open('{')
		if !c.UTM.IsZero() {
			w.field("utm")
			writeParams(w, c.UTM)
		}
		if c.UTMOrigins != (crm.UTMOrigins{}) {
			w.field("utm_origins")
			w.open('{')
			for _, f := range utm.Fields() {
				if origin := c.UTMOrigins[f]; origin != (crm.Provenance{}) {
					w.field(f.String())
					writeProvenance(w, origin)
				}
			}
			w.close('}')
		}
		if len(c.Rules) > 0 {
			w.field("rules")
			writeRules(w, c.Rules)
		}
		if c.RulesOrigin != (crm.Provenance{}) {
			w.field("rules_origin")
			writeProvenance(w, c.RulesOrigin)
		}
		if len(c.Custom) > 0 {
			w.field("custom")
			w.texts(c.Custom)
		}
		w.optional("claims_until", e.date("claims_until", c.ClaimsUntil))
		w.close('}')
	})
	if text == "{}" {
		return ""
	}
	return text
}

// details reads the nested values of a cooperation.
func (d *decoder) details(column, text string, c *crm.Cooperation) {
	d.nested(column, text, func(r *jsonReader) {
		r.object(func(name string) {
			switch name {
			case "utm":
				c.UTM = readParams(r)
			case "utm_origins":
				r.object(func(name string) {
					f, err := utm.ParseField(name)
					if err != nil {
						r.bad(err)
						return
					}
					c.UTMOrigins[f] = readProvenance(r)
				})
			case "rules":
				c.Rules = readRules(r)
			case "rules_origin":
				c.RulesOrigin = readProvenance(r)
			case "custom":
				c.Custom = r.texts()
			case "claims_until":
				c.ClaimsUntil = r.date()
			default:
				r.unknown(name)
			}
		})
	})
	if c.Rules == nil {
		c.Rules = []discount.Rule{}
	}
	if c.Custom == nil {
		c.Custom = map[string]string{}
	}
}

func writeParams(w *jsonWriter, p utm.Params) {
	w.open('{')
	for _, f := range utm.Fields() {
		if text, set := p.Get(f).Get(); set {
			w.field(f.String())
			w.string(text)
		}
	}
	w.close('}')
}

func readParams(r *jsonReader) (p utm.Params) {
	r.object(func(name string) {
		f, err := utm.ParseField(name)
		if err != nil {
			r.bad(err)
			return
		}
		p = p.With(f, utm.Of(r.string()))
	})
	return p
}

func readTemplate(r *jsonReader) utm.Template {
	template, err := utm.ParseTemplate(readParams(r))
	r.bad(err)
	return template
}

func writeProvenance(w *jsonWriter, p crm.Provenance) {
	w.open('{')
	w.optional("provenance", string(p.Kind))
	w.optional("profile", p.Profile.String())
	w.optional("template", p.Template)
	w.close('}')
}

func readProvenance(r *jsonReader) (p crm.Provenance) {
	r.object(func(name string) {
		switch name {
		case "provenance":
			p.Kind = crm.ProvenanceKind(r.string())
		case "profile":
			p.Profile = readID[crm.Profile](r)
		case "template":
			p.Template = r.string()
		default:
			r.unknown(name)
		}
	})
	return p
}

func writeRules(w *jsonWriter, rules []discount.Rule) {
	w.open('[')
	for _, rule := range rules {
		w.next()
		w.open('{')
		w.field("match")
		w.string(string(rule.Match))
		w.field("pattern")
		w.string(rule.Pattern)
		if !rule.Benefit.IsZero() {
			w.field("benefit")
			w.open('{')
			w.optional("kind", string(rule.Benefit.Kind))
			if !rule.Benefit.Value.IsZero() {
				w.field("value")
				w.string(rule.Benefit.Value.String())
			}
			w.close('}')
		}
		w.close('}')
	}
	w.close(']')
}

func readRules(r *jsonReader) []discount.Rule {
	rules := []discount.Rule{}
	r.array(func() {
		var rule discount.Rule
		r.object(func(name string) {
			switch name {
			case "match":
				rule.Match = discount.Match(r.string())
			case "pattern":
				rule.Pattern = r.string()
			case "benefit":
				rule.Benefit = readBenefit(r)
			default:
				r.unknown(name)
			}
		})
		rules = append(rules, rule)
	})
	return rules
}

func readBenefit(r *jsonReader) (b discount.Benefit) {
	r.object(func(name string) {
		switch name {
		case "kind":
			b.Kind = discount.BenefitKind(r.string())
		case "value":
			n, err := decimal.NewFromString(r.string())
			r.bad(err)
			b.Value = n
		default:
			r.unknown(name)
		}
	})
	return b
}

// tags are an influencer's.
func (e *encoder) tags(tags []string) string {
	if len(tags) == 0 {
		return ""
	}
	return nested(func(w *jsonWriter) {
		w.open('[')
		for _, tag := range tags {
			w.next()
			w.string(tag)
		}
		w.close(']')
	})
}

func (d *decoder) tags(column, text string) []string {
	tags := []string{}
	d.nested(column, text, func(r *jsonReader) {
		r.array(func() { tags = append(tags, r.string()) })
	})
	return tags
}

// profiles are an influencer's.
func (e *encoder) profiles(profiles []crm.Profile) string {
	if len(profiles) == 0 {
		return ""
	}
	return nested(func(w *jsonWriter) {
		w.open('[')
		for _, p := range profiles {
			w.next()
			e.profile(w, p)
		}
		w.close(']')
	})
}

func (e *encoder) profile(w *jsonWriter, p crm.Profile) {
	w.open('{')
	w.optional("id", p.ID.String())
	w.optional("platform", p.Platform)
	w.optional("handle", p.Handle)
	w.optional("link", p.Link)
	if f := p.Followers; f != nil {
		w.field("followers")
		w.open('{')
		w.field("count")
		w.int(f.Count)
		w.optional("on", e.date("profiles.followers", f.On))
		w.close('}')
	}
	if params := p.UTM.Params(); !params.IsZero() {
		w.field("utm")
		writeParams(w, params)
	}
	if len(p.Rules) > 0 {
		w.field("rules")
		writeRules(w, p.Rules)
	}
	w.close('}')
}

func (d *decoder) profiles(column, text string) []crm.Profile {
	profiles := []crm.Profile{}
	d.nested(column, text, func(r *jsonReader) {
		r.array(func() { profiles = append(profiles, readProfile(r)) })
	})
	return profiles
}

func readProfile(r *jsonReader) crm.Profile {
	var p crm.Profile
	r.object(func(name string) {
		switch name {
		case "id":
			p.ID = readID[crm.Profile](r)
		case "platform":
			p.Platform = r.string()
		case "handle":
			p.Handle = r.string()
		case "link":
			p.Link = r.string()
		case "followers":
			p.Followers = readFollowers(r)
		case "utm":
			p.UTM = readTemplate(r)
		case "rules":
			p.Rules = readRules(r)
		default:
			r.unknown(name)
		}
	})
	if p.Rules == nil {
		p.Rules = []discount.Rule{}
	}
	return p
}

func readFollowers(r *jsonReader) *crm.Followers {
	f := &crm.Followers{}
	r.object(func(name string) {
		switch name {
		case "count":
			f.Count = r.int()
		case "on":
			f.On = r.date()
		default:
			r.unknown(name)
		}
	})
	return f
}

// texts are a map of a record, nil if the record has none.
func (e *encoder) texts(values map[string]string) string {
	if len(values) == 0 {
		return ""
	}
	return nested(func(w *jsonWriter) { w.texts(values) })
}

func (d *decoder) texts(column, text string) (values map[string]string) {
	d.nested(column, text, func(r *jsonReader) { values = r.texts() })
	if values == nil {
		values = map[string]string{}
	}
	return values
}
