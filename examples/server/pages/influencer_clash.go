package pages

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/utm"
)

// profileUnit is what the names begin with of what two can differ in about a profile; its id follows. The place of a profile in a
// form would be that of another one after somebody has removed a row.
const profileUnit = "profile."

// typedProfile is a profile in a form: its inputs by the names of their parts, such as handle and rules[0].pattern.
type typedProfile struct {
	N      int
	ID     string // empty for a new one
	Values url.Values
}

// typedProfiles are the profiles of a form, in their order: at most one more than an influencer may have, which is
// refused and not lost.
func typedProfiles(x url.Values) (all []typedProfile) {
	rows := map[int]url.Values{}
	for name, values := range x {
		n, rest, ok := numbered(name, "profiles")
		part, isPart := strings.CutPrefix(rest, ".")
		if !ok || !isPart {
			continue
		}
		if rows[n] == nil {
			rows[n] = url.Values{}
		}
		rows[n][part] = values
	}
	seen := map[string]bool{"": true}
	for _, n := range first(slices.Sorted(maps.Keys(rows)), crm.MaxProfiles+1) {
		p := typedProfile{N: n, Values: rows[n]}
		if id := strings.TrimSpace(rows[n].Get("id")); !seen[id] {
			p.ID, seen[id] = id, true
		}
		all = append(all, p)
	}
	return all
}

// setTypedProfiles puts profiles into a form, in place of those that it has.
func setTypedProfiles(x url.Values, all []typedProfile) {
	for name := range x {
		if strings.HasPrefix(name, "profiles[") {
			delete(x, name)
		}
	}
	for _, p := range all {
		for part, values := range p.Values {
			x[profileRow{N: p.N}.Name(part)] = values
		}
	}
}

// profileByID is the place of a profile in a list; -1 if it is not there.
func profileByID(all []typedProfile, id string) int {
	return slices.IndexFunc(all, func(p typedProfile) bool { return p.ID == id })
}

// profileLabels name what of a profile that both have two can differ in. The account is one thing, and so is a count
// with its day; of UTM fields each is one, as in a cooperation.
func (v *visit) profileLabels(id string, number int) (all []label) {
	add := func(l label, text string) {
		l.In, l.Text = profileUnit+id+".", v.say("Profile %d: %s", number, text)
		all = append(all, l)
	}
	account, counted := []string{"platform", "handle", "link"}, []string{"followers.count", "followers.on"}
	add(label{Name: "account", Of: account, Says: accountText}, v.PartLabel("platform")+", "+v.PartLabel("handle")+", "+v.PartLabel("link"))
	add(label{Name: "followers", Of: counted, Says: countText}, v.PartLabel("followers.count"))
	for _, field := range utm.Fields() {
		add(label{Name: "utm." + field.String()}, v.PartLabel("utm."+field.String()))
	}
	add(label{Name: "rules", Of: []string{"rules["}, Says: profileRules}, v.say("Discount codes"))
	return all
}

// profileLabel names a profile that only one of the two has.
func (v *visit) profileLabel(id string, number int) label {
	l := label{In: profileUnit, Name: id, Text: v.say("Profile"), Of: []string{""}, Says: profileText}
	if number > 0 {
		l.Text = v.say("Profile %d", number)
	}
	return l
}

func accountText(x url.Values) []string {
	text := strings.TrimSpace(x.Get("platform"))
	if handle := strings.TrimPrefix(strings.TrimSpace(x.Get("handle")), "@"); handle != "" {
		text += " @" + handle
	}
	return clean([]string{text + " " + strings.TrimSpace(x.Get("link"))})
}

func countText(x url.Values) []string {
	count, on := strings.TrimSpace(x.Get("followers.count")), strings.TrimSpace(x.Get("followers.on"))
	if on != "" {
		on = "(" + on + ")"
	}
	return clean([]string{count + " " + on})
}

// profileRules are the rules of a profile as texts, one for each, by which they are compared as one list: which of two lists a
// rule is missing in cannot be told from its place.
func profileRules(x url.Values) (all []string) {
	rules := map[int]bool{}
	for name := range x {
		if n, _, ok := numbered(name, "rules"); ok {
			rules[n] = true
		}
	}
	for _, n := range slices.Sorted(maps.Keys(rules)) {
		rule := func(part string) string { return strings.TrimSpace(x.Get(fmt.Sprintf("rules[%d].%s", n, part))) }
		if rule("pattern") == "" && rule("benefit.value") == "" {
			continue // a row that nobody has filled in
		}
		kind := string(benefitKind(rule("benefit.kind"), rule("benefit.value")))
		all = append(all, strings.TrimSpace(strings.Join([]string{rule("match"), rule("pattern"), kind, rule("benefit.value")}, " ")))
	}
	return all
}

// profileText is all that a profile has.
func profileText(x url.Values) []string {
	text := append(accountText(x), countText(x)...)
	for _, field := range utm.Fields() {
		if value := strings.TrimSpace(x.Get("utm." + field.String())); value != "" {
			text = append(text, field.Key()+"="+value)
		}
	}
	if text = append(text, profileRules(x)...); len(text) == 0 {
		return nil
	}
	return []string{strings.Join(text, " · ")}
}

// meetProfiles merges the profiles of a form with those that are stored, by their ids. Those that are stored come first, in their
// order.
func (v *visit) meetProfiles(f *form, was, stored url.Values) {
	mine, theirs, earlier := typedProfiles(f.Values), typedProfiles(stored), typedProfiles(was)
	before := func(id string) url.Values {
		if at := profileByID(earlier, id); at >= 0 {
			return earlier[at].Values
		}
		if was == nil {
			return nil
		}
		return url.Values{}
	}
	var merged []typedProfile
	only := func(p typedProfile, others url.Values) {
		f.Clashes = append(f.Clashes, merge(p.Values, before(p.ID), others, []label{v.profileLabel(p.ID, len(merged)+1)})...)
		if len(p.Values) > 0 {
			merged = append(merged, p)
		}
	}
	for _, p := range theirs {
		at := profileByID(mine, p.ID)
		if at < 0 {
			only(typedProfile{ID: p.ID, Values: url.Values{}}, p.Values)
			continue
		}
		f.Clashes = append(f.Clashes, merge(mine[at].Values, before(p.ID), p.Values, v.profileLabels(p.ID, len(merged)+1))...)
		merged = append(merged, mine[at])
	}
	for _, p := range mine {
		if p.ID != "" && profileByID(theirs, p.ID) < 0 {
			only(p, url.Values{})
		}
	}
	for _, p := range mine {
		if p.ID == "" {
			merged = append(merged, p)
		}
	}
	for n := range merged {
		merged[n].N = n
	}
	setTypedProfiles(f.Values, merged)
}

// chooseProfiles puts what the visitor has chosen about profiles into the form. The rows keep their numbers, which a button may
// name.
func (f *form) chooseProfiles() {
	taken := slices.DeleteFunc(f.taken(), func(name string) bool { return !strings.HasPrefix(name, profileUnit) })
	if len(taken) == 0 {
		return
	}
	all := typedProfiles(f.Values)
	for _, name := range taken {
		id, part, isPart := strings.Cut(strings.TrimPrefix(name, profileUnit), ".")
		in, at := profileUnit+id+".", profileByID(all, id)
		if !isPart {
			in, part = profileUnit, id
		}
		g, ok := f.offered(in, part)
		switch {
		case !ok || isPart && at < 0:
			continue
		case at < 0:
			all = append(all, typedProfile{ID: id, Values: url.Values{}})
			if at = len(all) - 1; at > 0 {
				all[at].N = all[at-1].N + 1
			}
		}
		g.put(all[at].Values)
	}
	setTypedProfiles(f.Values, all)
}

// keepProfiles is keep for profiles.
func (v *visit) keepProfiles(f *form) {
	here := map[string]bool{}
	for _, p := range typedProfiles(f.Values) {
		if here[p.ID] = true; p.ID != "" {
			f.keep(p.Values, append(v.profileLabels(p.ID, p.N+1), v.profileLabel(p.ID, p.N+1)))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(f.Values)) {
		id, ok := strings.CutPrefix(key, "take."+profileUnit)
		if ok && !here[id] && !strings.Contains(id, ".") {
			f.keep(url.Values{}, []label{v.profileLabel(id, 0)})
		}
	}
}

// influencerLabels name what of an influencer two can differ in, besides custom fields and profiles.
func (v *visit) influencerLabels() []label {
	return []label{
		{Name: "name", Text: v.say("Name")}, {Name: "phone", Text: v.say("Phone")}, {Name: "email", Text: v.say("Email")},
		{Name: "category", Text: v.say("Category")}, {Name: "responsible", Text: v.say("Responsible")}, {Name: "tags", Text: v.say("Tags")},
		{Name: "notes", Text: v.say("Notes")},
	}
}

// meetInfluencer shows what is typed beside what somebody else has saved meanwhile. The two are merged before the page
// is made, so that what it offers to choose from is of the form as it is shown.
func (v *visit) meetInfluencer(f *form) (answer, error) {
	stored, err := v.storedInfluencer()
	if err != nil {
		return nil, err
	}
	theirs := v.influencerValues(stored)
	erased, err := erasedSince(v, stored)
	if err != nil {
		return nil, err
	}
	if erased {
		a, err := v.influencerForm(&influencerData{Stored: stored, Form: &form{Values: theirs, Erased: true}})
		return a.meets(), err
	}
	var was url.Values
	if before, known := base(v, stored, func(ctx context.Context, r crm.Reader) (crm.Influencer, error) {
		return r.Influencers().Get(ctx, stored.ID)
	}); known {
		was = v.influencerValues(before)
	}
	f.Saver = v.savedSince(stored.Ref(), v.version(), stored.Version)
	f.meet(was, theirs, stored.Version, append(v.influencerLabels(), meetCustom(f.Values, theirs)...))
	v.meetProfiles(f, was, theirs)
	a, err := v.influencerForm(&influencerData{Stored: stored, Form: f})
	if err != nil {
		return nil, err
	}
	v.nameResponsibles(f, theirs)
	return a.meets(), nil
}

// influencerAgain shows a form after a button that changes its rows.
func (v *visit) influencerAgain(d *influencerData) (answer, error) {
	f := d.Form
	theirs := f.keep(f.Values, append(v.influencerLabels(), customLabels(f.Values)...))
	v.keepProfiles(f)
	a, err := v.influencerForm(d)
	if err != nil {
		return nil, err
	}
	if len(f.Clashes) > 0 {
		v.nameResponsibles(f, theirs)
	}
	return a, nil
}

// nameResponsibles keeps the names of responsible members, also of those who are not among those to choose from.
func (v *visit) nameResponsibles(f *form, theirs url.Values) {
	for _, text := range []string{f.Get("responsible"), theirs.Get("responsible")} {
		if id, err := crm.ParseID[crm.Member](text); err == nil {
			if name := v.names([]crm.Ref{crm.RefTo(id)})[crm.RefTo(id)]; name != "" {
				f.words["responsible "+text] = name
			}
		}
	}
}
