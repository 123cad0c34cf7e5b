package pages

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// RuleMatches are the ways in which a rule compares its code.
func (v *visit) RuleMatches() []option {
	return []option{
		{Value: string(discount.Equals), Label: v.say("equals")}, {Value: string(discount.Contains), Label: v.say("contains")},
		{Value: string(discount.StartsWith), Label: v.say("starts with")}, {Value: string(discount.EndsWith), Label: v.say("ends with")},
	}
}

// RuleBenefits are what a code can give.
func (v *visit) RuleBenefits() []option {
	return []option{
		{Value: string(discount.Percentage), Label: v.say("% off")}, {Value: string(discount.Amount), Label: v.say("%s off", v.ws.Currency)},
		{Value: string(discount.FreeShipping), Label: v.say("free shipping")}, {Value: string(discount.None), Label: v.say("nothing")},
		{Label: v.say("no benefit")},
	}
}

// influencerValues are the values of a form about an influencer.
func (v *visit) influencerValues(i crm.Influencer) url.Values {
	x := url.Values{}
	set := func(name, value string) {
		if value != "" {
			x.Set(name, value)
		}
	}
	set("version", strconv.FormatInt(i.Version, 10))
	set("name", i.Name)
	set("phone", i.Phone)
	set("email", i.Email)
	set("category", i.Category)
	if !i.Responsible.IsZero() {
		set("responsible", i.Responsible.String())
	}
	set("tags", tagsText(i.Tags))
	set("notes", i.Notes)
	setCustom(x, i.Custom)
	if manyCodes(i) == 0 {
		v.setProfiles(x, i.Profiles)
	}
	return x
}

// tagsText are tags as a field shows them.
func tagsText(tags []string) string { return strings.Join(tags, ", ") }

// storedProfiles are profiles as a form has them, by their ids.
func (v *visit) storedProfiles(i crm.Influencer) map[string]typedProfile {
	x, all := url.Values{}, map[string]typedProfile{}
	if manyCodes(i) == 0 {
		v.setProfiles(x, i.Profiles)
	}
	for _, p := range typedProfiles(x) {
		all[p.ID] = p
	}
	return all
}

// setProfiles sets the rows of profiles.
func (v *visit) setProfiles(x url.Values, profiles []crm.Profile) {
	for name := range x {
		if strings.HasPrefix(name, "profiles[") {
			delete(x, name)
		}
	}
	for n, p := range profiles {
		row := profileRow{N: n}
		fields := p.UTM.Params()
		values := map[string]string{
			"platform": account.PlatformName(p.Platform), "handle": p.Handle, "link": p.Link,
			"utm.source": fields.Source.String(), "utm.medium": fields.Medium.String(), "utm.campaign": fields.Campaign.String(),
			"utm.term": fields.Term.String(), "utm.content": fields.Content.String(),
		}
		if !p.ID.IsZero() {
			values["id"] = p.ID.String()
		}
		if p.Followers != nil {
			values["followers.count"] = v.face.Number(p.Followers.Count)
			if !p.Followers.On.IsZero() {
				values["followers.on"] = p.Followers.On.String()
			}
		}
		for part, value := range values {
			if value != "" || part == "platform" {
				x.Set(row.Name(part), value)
			}
		}
		for r, rule := range p.Rules {
			to := profileRule{Profile: n, N: r}
			x.Set(to.Name("match"), string(rule.Match))
			x.Set(to.Name("pattern"), rule.Pattern)
			x.Set(to.Name("benefit.kind"), string(rule.Benefit.Kind))
			x.Set(to.Name("benefit.value"), v.face.TypedDecimal(rule.Benefit.Value))
		}
	}
}

// influencerDoc is what is typed as the JSON of an influencer, for package wire. Stored is the influencer before; a follower
// count that differs from it and still has its day is of today.
func (v *visit) influencerDoc(f *form, stored crm.Influencer) ([]byte, error) {
	tags := tagsOf(f.Get("tags"), stored.Tags...)
	if f.Get("tags") == tagsText(stored.Tags) {
		tags = stored.Tags
	}
	doc := map[string]any{"tags": slices.Concat([]string{}, tags)}
	for _, name := range []string{"name", "phone", "email", "category", "notes", "responsible"} {
		doc[name] = textOrNull(strings.ReplaceAll(f.Get(name), "\r\n", "\n"))
	}
	custom := map[string]any{}
	for name, value := range v.readCustom(f, stored.Custom) {
		if custom[name] = value; value == "" && stored.ID.IsZero() {
			delete(custom, name)
		} else if value == "" {
			custom[name] = nil // which a merge patch takes away
		}
	}
	doc["custom"] = custom
	if manyCodes(stored) > 0 {
		return json.Marshal(doc) // which leaves the profiles as they are
	}
	profiles := []map[string]any{}
	for _, row := range f.Profiles() {
		p := map[string]any{}
		for _, part := range []string{"id", "platform", "handle", "link"} {
			p[part] = textOrNull(row.Get(part))
		}
		fields := map[string]any{}
		for _, field := range utm.Fields() {
			if value := f.Get(row.Name("utm." + field.String())); value != "" {
				fields[field.String()] = value
			}
		}
		p["utm"] = fields
		if count := v.count(f, row.Name("followers.count")); count != "" {
			on, err := v.readOn(row, count, stored)
			if err != nil {
				return nil, err
			}
			p["followers"] = map[string]any{"count": json.Number(count), "on": textOrNull(on)}
		} else if row.countMissing(stored) {
			f.wrong(row.Name("followers.count"), v.say("is missing; the day says nothing without it"))
		}
		p["rules"] = v.rulesDoc(f, row)
		profiles = append(profiles, p)
	}
	doc["profiles"] = profiles
	return json.Marshal(doc)
}

// benefitKind is the kind of benefit of a row of a form. A percentage without a value is none: it is the first choice
// of a new row, and nobody said how much.
func benefitKind(kind, value string) discount.BenefitKind {
	if kind == string(discount.Percentage) && strings.TrimSpace(value) == "" {
		return ""
	}
	return discount.BenefitKind(kind)
}

func (v *visit) rulesDoc(f *form, row profileRow) []map[string]any {
	rules := []map[string]any{}
	for _, r := range row.Rules {
		rule := map[string]any{"match": r.Get("match"), "pattern": r.Get("pattern")}
		kind, value := benefitKind(r.Get("benefit.kind"), r.Get("benefit.value")), v.decimal(f, r.Name("benefit.value"))
		valued := kind == discount.Percentage || kind == discount.Amount
		if kind != "" || !value.IsZero() {
			benefit := map[string]any{"kind": kind}
			if valued || !value.IsZero() { // that of another kind is refused, and not lost
				benefit["value"] = value.String()
			}
			rule["benefit"] = benefit
		}
		rules = append(rules, rule)
	}
	return rules
}

// readOn is the day on which the followers of a row were counted: today, if only the count has changed.
func (v *visit) readOn(row profileRow, count string, stored crm.Influencer) (string, error) {
	on := row.Get("followers.on")
	id, err := crm.ParseID[crm.Profile](row.Get("id"))
	before, had := stored.Profile(id)
	same := err == nil && had && before.Followers != nil && strconv.FormatInt(before.Followers.Count, 10) != count &&
		before.Followers.On.String() == on
	if on != "" && !same {
		return on, nil
	}
	if err == nil && had && before.Followers != nil && on == "" && strconv.FormatInt(before.Followers.Count, 10) == count {
		return "", nil // it had no day, and nothing is new
	}
	day, err := v.today()
	return day.String(), err
}

// countMissing reports whether a day was typed without how many followers there were on it. Who empties the count of a
// profile takes its day away with it.
func (r profileRow) countMissing(stored crm.Influencer) bool {
	on := r.Get("followers.on")
	if on == "" || r.Get("followers.count") != "" {
		return false
	}
	id, err := crm.ParseID[crm.Profile](r.Get("id"))
	before, had := stored.Profile(id)
	return err != nil || !had || before.Followers == nil || before.Followers.On.String() != on
}

// count reads a whole number that may be written in groups, as digits; empty for none.
func (v *visit) count(f *form, name string) string {
	text := strings.TrimSpace(f.Get(name))
	if text == "" {
		return ""
	}
	plain, _ := v.face.Plain(text)
	n, err := strconv.ParseInt(plain, 10, 64)
	if err != nil {
		f.wrong(name, v.say("is no whole number; write it like %s", v.face.Number(12500)))
		return ""
	}
	return strconv.FormatInt(n, 10) // without zeros before it, which JSON has not
}

func textOrNull(text string) any {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return text
}

// mergeProblems puts what is wrong with an item of a list beside the one field in which the list is typed.
func (f *form) mergeProblems(v *visit, names ...string) {
	for n, p := range f.Problems {
		for _, name := range names {
			if strings.HasPrefix(p.Field, name+"[") {
				f.Problems[n].Field = name
				if p.Value != "" {
					f.Problems[n].Problem = v.say("“%s” %s", p.Value, p.Problem)
				}
			}
		}
	}
}
