package pages

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/examples/server/refusal"
	"github.com/getklar/influencercrm/utm"
)

// How many profiles, with how many inputs, a page shows with all their fields. The others are in it as what they hold, so that
// nothing is lost when it is sent, and are opened by a button. A server reads at most 10,000 inputs.
const (
	profilesOpen = 50
	inputsOpen   = 5_000
	profilesSize = 2 << 20 // bytes of a form that are left for them
)

// maxCodes is how many codes on its profiles a person may have for the page to hold them all: each takes some 4 KB of
// memory while the form is saved. Of a person with more the page saves everything but the profiles, and says so.
const maxCodes = 50_000

// manyCodes is how many codes are on the profiles of an influencer with more than the page can hold; 0 for another one.
func manyCodes(i crm.Influencer) int {
	n := 0
	for _, p := range i.Profiles {
		n += len(p.Rules)
	}
	if n <= maxCodes {
		return 0
	}
	return n
}

// profileRow is a profile in a form. Its inputs have the names that errors have: profiles[0].handle.
type profileRow struct {
	N     int
	Rules []profileRule
	form  *form
	wrong problemsByField
}

// profileRule is a discount rule of a profile in a form.
type profileRule struct {
	Profile, N int
	form       *form
	wrong      problemsByField
}

// profileParts are the inputs of a profile besides its rules.
var profileParts = []string{
	"id", "platform", "handle", "link", "followers.count", "followers.on", "utm.source", "utm.medium", "utm.campaign",
	"utm.term", "utm.content",
}

var ruleParts = []string{"match", "pattern", "benefit.kind", "benefit.value"}

// problemsByField are what is wrong with the fields of a form. A form with many profiles asks thousands of times.
type problemsByField map[string][]string

func (f *form) problemsByField() problemsByField {
	m := problemsByField{}
	for _, p := range f.Problems {
		m[p.Field] = append(m[p.Field], p.Problem)
		if rule, rest, ok := strings.Cut(p.Field, ".rules["); ok { // what is wrong with a part is wrong with the rule
			n, part, _ := strings.Cut(rest, "]")
			if part != "" {
				name := rule + ".rules[" + n + "]"
				m[name] = append(m[name], p.Problem)
			}
		}
	}
	return m
}

// of is the first thing that is wrong with a field; empty for none.
func (m problemsByField) of(name string) string {
	if all := m[name]; len(all) > 0 {
		return all[0]
	}
	return ""
}

// Name is that of an input.
func (r profileRow) Name(part string) string { return "profiles[" + strconv.Itoa(r.N) + "]." + part }

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
	wrong := func(part string) bool { return r.WrongIn(part) != "" }
	return focus == fmt.Sprintf("add-rule-%d", r.N) || slices.ContainsFunc(r.UTM(), wrong)
}

// Wrong is what is wrong with the profile apart from its inputs.
func (r profileRow) Wrong() string {
	return cmp.Or(r.WrongIn("followers"), r.wrong.of(fmt.Sprintf("profiles[%d]", r.N)))
}

// WrongIn is what is wrong with an input.
func (r profileRow) WrongIn(part string) string { return r.wrong.of(r.Name(part)) }

// fold keeps what the inputs of the profile and its rules hold, by their names.
func (r profileRow) fold(kept map[string]string) {
	add := func(name string) {
		if value := r.form.Get(name); value != "" {
			kept[name] = value
		}
	}
	for _, part := range profileParts {
		add(r.Name(part))
	}
	for _, rule := range r.Rules {
		for _, part := range ruleParts {
			add(rule.Name(part))
		}
	}
}

// Name is that of an input.
func (r profileRule) Name(part string) string { return r.name() + "." + part }

func (r profileRule) name() string { return fmt.Sprintf("profiles[%d].rules[%d]", r.Profile, r.N) }

// Number counts from 1.
func (r profileRule) Number() int { return r.N + 1 }

// Get is what an input holds.
func (r profileRule) Get(part string) string { return strings.TrimSpace(r.form.Get(r.Name(part))) }

// Problems are what is wrong with the rule.
func (r profileRule) Problems() []string { return r.wrong[r.name()] }

// Wrong reports whether something is wrong with what the code gives, or else with the code.
func (r profileRule) Wrong(benefit bool) bool {
	given := len(r.wrong[r.Name("benefit.value")]) + len(r.wrong[r.Name("benefit.kind")])
	if benefit {
		return given > 0
	}
	return len(r.Problems()) > given
}

// numbered is the number in the brackets of a name that begins with prefix[number], and what stands behind them.
func numbered(name, prefix string) (n int, rest string, ok bool) {
	rest, ok = strings.CutPrefix(name, prefix+"[")
	digits, rest, closed := strings.Cut(rest, "]")
	n, err := strconv.Atoi(digits)
	return n, rest, ok && closed && err == nil && n >= 0
}

// Profiles are the rows of profiles, by their numbers: at most one more than an influencer may have, each with at most one rule
// more than a profile may have, so that too many are refused and a form is never worth more work than that.
func (f *form) Profiles() (rows []profileRow) {
	rules := map[int]map[int]bool{} // by profile; a profile without a rule has none
	for name := range f.Values {
		n, rest, ok := numbered(name, "profiles")
		if !ok {
			continue
		}
		if rules[n] == nil {
			rules[n] = map[int]bool{}
		}
		if rule, _, ok := numbered(rest, ".rules"); ok {
			rules[n][rule] = true
		}
	}
	wrong := f.problemsByField()
	for _, n := range first(slices.Sorted(maps.Keys(rules)), crm.MaxProfiles+1) {
		row := profileRow{N: n, form: f, wrong: wrong}
		for _, rule := range first(slices.Sorted(maps.Keys(rules[n])), crm.MaxRules+1) {
			row.Rules = append(row.Rules, profileRule{n, rule, f, wrong})
		}
		rows = append(rows, row)
	}
	return rows
}

// first are at most the first values of a list.
func first(all []int, most int) []int { return all[:min(len(all), most)] }

// profileWindow is which profiles a page shows with all their fields.
type profileWindow struct {
	Rows  []profileRow
	Here  profilePart
	Parts []profilePart // none if all profiles are open
}

// profilePart are profiles that are open together.
type profilePart struct {
	First, Last int // counted from 1
	Here        bool
}

// parts cuts profiles into those that are open together: at most profilesOpen, with at most inputsOpen inputs.
func parts(rows []profileRow) (all []profilePart) {
	inputs := 0
	for n, row := range rows {
		own := len(profileParts) + len(row.Rules)*len(ruleParts)
		inputs += own
		if last := len(all) - 1; last < 0 || n-all[last].First+1 >= profilesOpen || inputs > inputsOpen {
			all = append(all, profilePart{First: n + 1})
			inputs = own
		}
		all[len(all)-1].Last = n + 1
	}
	return all
}

// Window are the profiles of a form. Of more than are open together those are open that the form asks for, unless something is
// wrong elsewhere, or the focus is there.
func (f *form) Window(focus string) profileWindow {
	w := profileWindow{Rows: f.Profiles()}
	all := parts(w.Rows)
	if len(all) == 0 {
		return w
	}
	place, _ := strconv.Atoi(f.Get("shown")) // what is no number is the beginning
	at := slices.IndexFunc(w.Rows, func(r profileRow) bool {
		begins := fmt.Sprintf("profiles[%d].", r.N)
		return strings.HasPrefix(focus, begins) || focus == fmt.Sprintf("add-rule-%d", r.N)
	})
	if at < 0 {
		wrong := map[int]bool{}
		for _, p := range f.Problems {
			if n, _, ok := numbered(p.Field, "profiles"); ok {
				wrong[n] = true
			}
		}
		at = slices.IndexFunc(w.Rows, func(r profileRow) bool { return wrong[r.N] })
	}
	if at >= 0 {
		place = at
	}
	for n := range all {
		if n == 0 || place >= all[n].First-1 {
			w.Here = all[n]
		}
	}
	if len(all) > 1 {
		for n := range all {
			all[n].Here = all[n].First == w.Here.First
		}
		w.Parts = all
	}
	return w
}

// Open are the profiles with all their fields.
func (w profileWindow) Open() []profileRow { return w.Rows[max(w.Here.First-1, 0):w.Here.Last] }

// keptPart stands for all that a folded profile holds, with its id, where that is as it is stored.
const keptPart = "kept"

// Folded is what the profiles hold that are not open, as one value of the form: a form of thousands of inputs would be more than
// a server reads. Of those that are as they are stored it has only the ids, or the form would be longer than a server reads where
// there are many codes.
func (w profileWindow) Folded() (string, error) {
	kept := map[string]string{}
	for n, row := range w.Rows {
		if n+1 >= w.Here.First && n+1 <= w.Here.Last {
			continue
		}
		if id := row.Get("id"); id != "" && row.form.asStored(id, row) {
			kept[row.Name(keptPart)] = id
		} else {
			row.fold(kept)
		}
	}
	text, err := json.Marshal(kept)
	return string(text), err
}

// asStored reports whether the profile of a row holds what is stored.
func (f *form) asStored(id string, row profileRow) bool {
	stored, ok := f.profiles[id]
	if !ok {
		return false
	}
	holds := func(mine, theirs string) bool {
		return strings.TrimSpace(f.Get(mine)) == strings.TrimSpace(stored.Values.Get(theirs))
	}
	for _, part := range profileParts {
		if !holds(row.Name(part), part) {
			return false
		}
	}
	for n, rule := range row.Rules {
		for _, part := range ruleParts {
			if !holds(rule.Name(part), fmt.Sprintf("rules[%d].%s", n, part)) {
				return false
			}
		}
	}
	return !stored.Values.Has(fmt.Sprintf("rules[%d].pattern", len(row.Rules)))
}

// unfold puts what Folded has kept back into the form. Without it profiles would be lost, so what cannot be read is refused. A
// profile that was as it was stored is as it is stored now: nobody has typed anything about it, so that what somebody else has
// made of it meanwhile stands, and one that somebody else has removed is gone.
func (f *form) unfold() error {
	text := f.Get("folded")
	if text == "" {
		return nil
	}
	kept := map[string]string{}
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return refusal.Form(err)
	}
	unfolded := map[string]bool{} // each once, so that no form is worth more work than what is stored
	for name, value := range kept {
		n, part, ok := numbered(name, "profiles")
		switch {
		case !ok || f.Values.Has(name) || part == "."+keptPart && unfolded[value]:
		case part == "."+keptPart:
			unfolded[value] = true
			for part, values := range f.profiles[value].Values {
				if at := (profileRow{N: n}).Name(part); !f.Values.Has(at) {
					f.Values[at] = slices.Clone(values)
				}
			}
		default:
			f.Values.Set(name, value)
		}
	}
	f.Values.Del("folded")
	return nil
}

// Show is the value of the button that opens a part.
func (p profilePart) Show() string { return "show-profiles:" + strconv.Itoa(p.First-1) }

// renumberProfiles numbers the rows anew, from 0, without those that keep refuses, so that they are those of errors. There
// are at most as many as an influencer may have, and one more, which is refused and not lost.
func (f *form) renumberProfiles(keep func(profileRow) bool, keepRule func(profileRule) bool) {
	kept := url.Values{}
	n := 0
	for _, row := range f.Profiles() {
		if !keep(row) {
			continue
		}
		to := profileRow{N: n}
		for _, part := range profileParts {
			if values, ok := f.Values[row.Name(part)]; ok {
				kept[to.Name(part)] = values
			}
		}
		if !kept.Has(to.Name("platform")) {
			kept[to.Name("platform")] = []string{""} // or a profile without a value would be gone
		}
		r := 0
		for _, rule := range row.Rules {
			if keepRule(rule) {
				for _, part := range ruleParts {
					if values, ok := f.Values[rule.Name(part)]; ok {
						kept[profileRule{Profile: n, N: r}.Name(part)] = values
					}
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
	maps.Copy(f.Values, kept)
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
// field that is new is to be focused. A form without a button's value is to be saved; one with another value is refused.
func (f *form) changeRows(v *visit) (changed bool, focus string) {
	do := f.Get("do")
	if do == "" {
		return false, ""
	}
	what, rest, _ := strings.Cut(do, ":")
	numbers := map[string]int{"add-profile": 0, "show-profiles": 1, "remove-profile": 1, "add-rule": 1, "remove-rule": 2}
	at, err := placesIn(rest)
	if wanted, known := numbers[what]; !known || err != nil || len(at) != wanted {
		f.unknown(v, "do")
		return false, ""
	}
	all, allRules := func(profileRow) bool { return true }, func(profileRule) bool { return true }
	switch what {
	case "add-profile":
		f.renumberProfiles(all, allRules)
		n := len(f.Profiles())
		if n > crm.MaxProfiles { // the one too many is there already
			return true, "add-profile"
		}
		row := profileRow{N: n}
		f.Values.Set(row.Name("platform"), "")
		return true, row.Name("platform")
	case "show-profiles":
		f.Values.Set("shown", strconv.Itoa(at[0]))
		return true, ""
	case "remove-profile":
		f.renumberProfiles(func(row profileRow) bool { return row.N != at[0] }, allRules)
		return true, "add-profile"
	case "add-rule":
		return true, f.addRule(at[0])
	}
	f.renumberProfiles(all, func(r profileRule) bool { return r.Profile != at[0] || r.N != at[1] })
	return true, fmt.Sprintf("add-rule-%d", at[0])
}

// addRule adds a rule to the profile with a number, and tells what is to be focused.
func (f *form) addRule(profile int) (focus string) {
	for _, row := range f.Profiles() {
		if row.N != profile || len(row.Rules) > crm.MaxRules {
			continue
		}
		rule := profileRule{Profile: profile}
		if n := len(row.Rules); n > 0 {
			rule.N = row.Rules[n-1].N + 1
		}
		f.Values.Set(rule.Name("match"), string(discount.Equals))
		f.Values.Set(rule.Name("pattern"), "")
		f.Values.Set(rule.Name("benefit.kind"), string(discount.Percentage))
		return rule.Name("pattern")
	}
	return fmt.Sprintf("add-rule-%d", profile)
}

// placesIn are the numbers of rows in the value of a button, with colons between.
func placesIn(text string) (all []int, err error) {
	if text == "" {
		return nil, nil
	}
	for _, part := range strings.SplitN(text, ":", 3) {
		n, err := strconv.ParseUint(part, 10, 31)
		if err != nil {
			return nil, err
		}
		all = append(all, int(n))
	}
	return all, nil
}
