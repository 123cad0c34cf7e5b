package pages

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// profileRow is a profile in a form. Its inputs have the names that errors have: profiles[0].handle.
type profileRow struct {
	N     int
	Rules []profileRule
	form  *form
}

// profileRule is a discount rule of a profile in a form.
type profileRule struct {
	Profile, N int
	form       *form
}

// profileParts are the inputs of a profile besides its rules.
var profileParts = []string{
	"id", "platform", "handle", "link", "followers.count", "followers.on", "utm.source", "utm.medium", "utm.campaign", "utm.term", "utm.content",
}

var ruleParts = []string{"match", "pattern", "benefit.kind", "benefit.value"}

// Name is that of an input.
func (r profileRow) Name(part string) string { return fmt.Sprintf("profiles[%d].%s", r.N, part) }

// Form is the form that the row stands in.
func (r profileRow) Form() *form { return r.form }

// Number counts from 1.
func (r profileRow) Number() int { return r.N + 1 }

// Get is what an input holds.
func (r profileRow) Get(part string) string { return strings.TrimSpace(r.form.Get(r.Name(part))) }

// UTM are the five fields.
func (r profileRow) UTM() (parts []string) {
	for _, f := range utm.Fields() {
		parts = append(parts, "utm."+f.String())
	}
	return parts
}

// Defaults are what new cooperations on the profile start with, in short.
func (r profileRow) Defaults() string {
	var all []string
	for _, part := range r.UTM() {
		if value := r.Get(part); value != "" {
			all = append(all, strings.Replace(part, ".", "_", 1)+"="+value)
		}
	}
	for _, rule := range r.Rules {
		if code := rule.Get("pattern"); code != "" {
			all = append(all, code)
		}
	}
	return strings.Join(all, " · ")
}

// Opens tells whether the defaults are to be seen at once: if something is wrong with them, or the focus is there.
func (r profileRow) Opens(focus string) bool {
	for _, rule := range r.Rules {
		if rule.Name("pattern") == focus || len(rule.Problems()) > 0 {
			return true
		}
	}
	wrong := func(part string) bool { return r.form.Wrong(r.Name(part)) != "" }
	return focus == fmt.Sprintf("add-rule-%d", r.N) || slices.ContainsFunc(r.UTM(), wrong)
}

// Wrong is what is wrong with the profile apart from its inputs.
func (r profileRow) Wrong() string {
	if problem := r.form.Wrong(r.Name("followers")); problem != "" {
		return problem
	}
	return r.form.Wrong(fmt.Sprintf("profiles[%d]", r.N))
}

// Name is that of an input.
func (r profileRule) Name(part string) string {
	return fmt.Sprintf("profiles[%d].rules[%d].%s", r.Profile, r.N, part)
}

// Number counts from 1.
func (r profileRule) Number() int { return r.N + 1 }

// Get is what an input holds.
func (r profileRule) Get(part string) string { return strings.TrimSpace(r.form.Get(r.Name(part))) }

// Problems are what is wrong with the rule.
func (r profileRule) Problems() (all []string) {
	prefix := fmt.Sprintf("profiles[%d].rules[%d]", r.Profile, r.N)
	for _, p := range r.form.Problems {
		if strings.HasPrefix(p.Field, prefix) {
			all = append(all, p.Problem)
		}
	}
	return all
}

// numbersIn are the numbers n of inputs whose name begins with prefix[n], in order.
func (f *form) numbersIn(prefix string) (numbers []int) {
	for name := range f.Values {
		rest, ok := strings.CutPrefix(name, prefix+"[")
		digits, _, closed := strings.Cut(rest, "]")
		if n, err := strconv.Atoi(digits); ok && closed && err == nil && n >= 0 && !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers
}

// Profiles are the rows of profiles.
func (f *form) Profiles() (rows []profileRow) {
	for _, n := range f.numbersIn("profiles") {
		row := profileRow{N: n, form: f}
		for _, rule := range f.numbersIn(fmt.Sprintf("profiles[%d].rules", n)) {
			row.Rules = append(row.Rules, profileRule{n, rule, f})
		}
		rows = append(rows, row)
	}
	return rows
}

// renumberProfiles numbers the rows anew, from 0, without those that keep refuses, so that they are those of errors. There
// are at most as many as an influencer may have, and one more, which is refused and not lost.
func (f *form) renumberProfiles(keep func(profileRow) bool, keepRule func(profileRule) bool) {
	kept := url.Values{}
	n := 0
	for _, row := range f.Profiles() {
		if !keep(row) || n > crm.MaxProfiles {
			continue
		}
		to := profileRow{N: n}
		for _, part := range profileParts {
			kept[to.Name(part)] = f.Values[row.Name(part)]
		}
		r := 0
		for _, rule := range row.Rules {
			if keepRule(rule) && r <= crm.MaxRules {
				for _, part := range ruleParts {
					kept[profileRule{Profile: n, N: r}.Name(part)] = f.Values[rule.Name(part)]
				}
				r++
			}
		}
		n++
	}
	for name := range f.Values {
		if strings.HasPrefix(name, "profiles[") {
			delete(f.Values, name)
		}
	}
	for name, values := range kept {
		f.Values[name] = values
	}
}

// dropBlankProfiles leaves out the rows that nobody has filled in.
func (f *form) dropBlankProfiles() {
	filled := func(rule profileRule) bool { return rule.Get("pattern") != "" || rule.Get("benefit.value") != "" }
	f.renumberProfiles(func(row profileRow) bool {
		blank := !slices.ContainsFunc(profileParts, func(part string) bool { return row.Get(part) != "" })
		return !blank || slices.ContainsFunc(row.Rules, filled)
	}, filled)
}

// changeRows adds or removes a row, if the button that was pressed says so, such as "add-rule:1" or "remove-profile:0". The
// field that is new is to be focused.
func (f *form) changeRows(do string) (changed bool, focus string) {
	what, rest, _ := strings.Cut(do, ":")
	first, second, _ := strings.Cut(rest, ":")
	profile, _ := strconv.Atoi(first)
	rule, _ := strconv.Atoi(second)
	all, allRules := func(profileRow) bool { return true }, func(profileRule) bool { return true }
	next := func(numbers []int) int {
		if len(numbers) == 0 {
			return 0
		}
		return numbers[len(numbers)-1] + 1
	}
	switch what {
	case "add-profile":
		row := profileRow{N: next(f.numbersIn("profiles"))}
		f.Values.Set(row.Name("platform"), "")
		return true, row.Name("platform")
	case "remove-profile":
		f.renumberProfiles(func(row profileRow) bool { return row.N != profile }, allRules)
		return true, "add-profile"
	case "add-rule":
		row := profileRule{Profile: profile, N: next(f.numbersIn(fmt.Sprintf("profiles[%d].rules", profile)))}
		f.Values.Set(row.Name("pattern"), "")
		return true, row.Name("pattern")
	case "remove-rule":
		f.renumberProfiles(all, func(r profileRule) bool { return r.Profile != profile || r.N != rule })
		return true, fmt.Sprintf("add-rule-%d", profile)
	}
	return false, ""
}

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
		{Label: v.say("no benefit")}, {Value: string(discount.Percentage), Label: v.say("% off")},
		{Value: string(discount.Amount), Label: v.say("%s off", v.ws.Currency)},
		{Value: string(discount.FreeShipping), Label: v.say("free shipping")}, {Value: string(discount.None), Label: v.say("nothing")},
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
	set("tags", strings.Join(i.Tags, ", "))
	set("notes", i.Notes)
	v.setProfiles(x, i.Profiles)
	return x
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
			values["followers.count"] = v.face.number(p.Followers.Count)
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
			x.Set(to.Name("benefit.value"), v.face.typedDecimal(rule.Benefit.Value))
		}
	}
}

// influencerDoc is what is typed as the JSON of an influencer, for package wire. Stored is the influencer before; a follower
// count that differs from it and still has its day is of today.
func (v *visit) influencerDoc(f *form, stored crm.Influencer) ([]byte, error) {
	doc := map[string]any{"tags": tagsOf(f.Get("tags"))}
	for _, name := range []string{"name", "phone", "email", "category", "notes", "responsible"} {
		doc[name] = textOrNull(strings.ReplaceAll(f.Get(name), "\r\n", "\n"))
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
		}
		p["rules"] = v.rulesDoc(f, row)
		profiles = append(profiles, p)
	}
	doc["profiles"] = profiles
	return json.Marshal(doc)
}

func (v *visit) rulesDoc(f *form, row profileRow) []map[string]any {
	rules := []map[string]any{}
	for _, r := range row.Rules {
		rule := map[string]any{"match": r.Get("match"), "pattern": r.Get("pattern")}
		if kind := r.Get("benefit.kind"); kind != "" {
			benefit := map[string]any{"kind": kind}
			if kind == string(discount.Percentage) || kind == string(discount.Amount) {
				benefit["value"] = v.decimal(f, r.Name("benefit.value")).String()
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

// count reads a whole number that may be written in groups, as digits; empty for none.
func (v *visit) count(f *form, name string) string {
	text := strings.TrimSpace(f.Get(name))
	if text == "" {
		return ""
	}
	plain, _ := v.plain(text)
	if _, err := strconv.ParseInt(plain, 10, 64); err != nil {
		f.wrong(name, v.say("is no whole number; write it like %s", v.face.number(12500)))
		return ""
	}
	return plain
}

func textOrNull(text string) any {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return text
}

// mergeProblems puts what is wrong with an item of a list beside the one field in which the list is typed.
func (f *form) mergeProblems(names ...string) {
	for n, p := range f.Problems {
		for _, name := range names {
			if strings.HasPrefix(p.Field, name+"[") {
				f.Problems[n].Field = name
				if p.Value != "" {
					f.Problems[n].Problem = fmt.Sprintf("„%s“ %s", p.Value, p.Problem)
				}
			}
		}
	}
}
