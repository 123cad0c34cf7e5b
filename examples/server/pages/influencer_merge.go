package pages

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/duplicates"
)

// duplicatesData is what the page of likely duplicates shows.
type duplicatesData struct {
	Of    crm.Influencer // whose they are; zero for all
	Pairs []duplicatePair
	More  bool
}

// duplicatePair is two influencers that are probably one.
type duplicatePair struct {
	A, B    duplicateSide
	Score   int
	Reasons []string
}

// duplicateSide is one of a pair, with what tells it from another one of the same name.
type duplicateSide struct {
	crm.Person
	Accounts string
	Deals    int // all cooperations, also archived ones
}

// duplicates lists the influencers that are probably one person.
func (v *visit) duplicates() (answer, error) {
	d := duplicatesData{}
	return view{page: "influencer_duplicates", title: v.say("Likely duplicates"), data: &d}, v.findDuplicates(&d)
}

// duplicatesOf lists those of one influencer.
func (v *visit) duplicatesOf() (answer, error) {
	i, err := v.storedInfluencer()
	if err != nil {
		return nil, err
	}
	d := duplicatesData{Of: i}
	return view{page: "influencer_duplicates", title: v.say("Likely duplicates of %s", i.Name), data: &d}, v.findDuplicates(&d)
}

func (v *visit) findDuplicates(d *duplicatesData) error {
	o := duplicates.Options{Limit: pageSize + 1}
	if !d.Of.ID.IsZero() {
		o.Of = &d.Of
	}
	return v.crm.View(v.Context(), v.ws.ID, func(ctx context.Context, r crm.Reader) error {
		found, err := duplicates.Find(ctx, r, o)
		if err != nil {
			return err
		}
		if d.More = len(found) > pageSize; d.More {
			found = found[:pageSize]
		}
		sides, err := duplicateSides(ctx, r, found)
		if err != nil {
			return err
		}
		d.Pairs = nil
		for _, p := range found {
			pair := duplicatePair{A: sides[p.A.ID], B: sides[p.B.ID], Score: p.Score}
			for _, reason := range p.Reasons {
				pair.Reasons = append(pair.Reasons, reason.In(v.face.Lang))
			}
			d.Pairs = append(d.Pairs, pair)
		}
		return nil
	})
}

// duplicateSides are the influencers of pairs, with their accounts and how many cooperations they have.
func duplicateSides(ctx context.Context, r crm.Reader, pairs []duplicates.Pair) (map[crm.InfluencerID]duplicateSide, error) {
	sides := map[crm.InfluencerID]duplicateSide{}
	for _, p := range pairs {
		sides[p.A.ID], sides[p.B.ID] = duplicateSide{Person: p.A}, duplicateSide{Person: p.B}
	}
	for some := range slices.Chunk(slices.Collect(maps.Keys(sides)), crm.MaxNeed) {
		found, err := r.Influencers().GetAll(ctx, some)
		if err != nil {
			return nil, err
		}
		for _, i := range found {
			side := sides[i.ID]
			side.Accounts = accountsOf(i)
			side.Deals, err = r.Cooperations().Count(ctx, crm.CooperationFilter{Influencers: []crm.InfluencerID{i.ID}, Archive: crm.ActiveOrNot})
			if err != nil {
				return nil, err
			}
			sides[i.ID] = side
		}
	}
	return sides, nil
}

// accountsOf are the accounts of an influencer, else what else tells who it is.
func accountsOf(i crm.Influencer) string {
	var accounts []string
	for _, p := range i.Profiles {
		accounts = append(accounts, accountName(p))
	}
	return cmp.Or(strings.Join(accounts, ", "), i.Email, i.Phone)
}

// mergeData is what the preview of a merge shows.
type mergeData struct {
	Into, From crm.Influencer
	// IntoName and FromName tell the two apart, also where they have one name.
	IntoName, FromName string
	Merged             crm.Merged
	Fields             []mergeField
	Filled             []string
	Moved              []string // profiles that move as they are
	United             []string // and those that are united with one of the same account
	Problem            string
	Stale              bool
}

// mergeField is a field of which both have a value.
type mergeField struct {
	Field, Label, Into, From string
	TakeFrom                 bool
}

// mergePreview shows what one influencer would be if another became a part of it: that of ?from=.
func (v *visit) mergePreview() (answer, error) {
	into, from, err := v.mergedOnes(v.URL.Query().Get("from"))
	if err != nil {
		return v.mergeRemaining(v.URL.Query().Get("from"), err)
	}
	return v.showMerge(&mergeData{Into: into, From: from}, nil)
}

// mergedOnes are the influencer of the path, and the other one.
func (v *visit) mergedOnes(other string) (into, from crm.Influencer, err error) {
	if into, err = v.storedInfluencer(); err != nil {
		return into, from, err
	}
	id, err := crm.ParseID[crm.Influencer](other)
	if err != nil {
		return into, from, noSuch(crm.KindInfluencer, other)
	}
	from, err = v.crm.Influencer(v.Context(), v.ws.ID, id)
	return into, from, err
}

// toldApart are the names of two influencers, with their accounts, email or phone behind them if the names are the same.
func toldApart(a, b crm.Influencer) (nameA, nameB string) {
	if crm.Fold(a.Name) != crm.Fold(b.Name) {
		return a.Name, b.Name
	}
	detail := func(i crm.Influencer) string {
		if text := accountsOf(i); text != "" {
			return i.Name + " (" + text + ")"
		}
		return i.Name
	}
	return detail(a), detail(b)
}

// showMerge carries the merge out as a dry run, with what comes from the other one, and shows what it did.
func (v *visit) showMerge(d *mergeData, take []string) (view, error) {
	d.IntoName, d.FromName = toldApart(d.Into, d.From)
	a := view{page: "influencer_merge", title: v.say("Merge %s and %s", d.IntoName, d.FromName), data: d}
	// What is taken decides nothing but which value is kept, so the preview shows both sides of each field.
	merged, err := v.crm.DryRun().MergeInfluencers(v.Context(), v.ws.ID, d.Into.At(), d.From.At(), crm.MergeOptions{}, "")
	f := newForm(nil)
	if f.refused(v, err) {
		d.Problem = f.Problems[0].Problem
		return a, nil
	}
	if err != nil {
		return a, err
	}
	d.Merged = merged
	taken := map[string]bool{}
	for _, field := range take {
		taken[field] = true
	}
	for _, x := range merged.Differences {
		d.Fields = append(d.Fields, mergeField{x.Field, v.fieldLabel(x.Field), x.Kept, x.Left, taken[x.Field]})
	}
	for _, field := range merged.Filled {
		d.Filled = append(d.Filled, v.fieldLabel(field))
	}
	for _, p := range merged.Profiles {
		name := accountName(crm.Profile{Platform: p.Platform, Handle: p.Handle})
		if p.Into.IsZero() {
			d.Moved = append(d.Moved, name)
		} else {
			d.United = append(d.United, name)
		}
	}
	return a, nil
}

// fieldLabel is the name of a field of an influencer for people.
func (v *visit) fieldLabel(field string) string {
	switch field {
	case "name":
		return v.say("Name")
	case "phone":
		return v.say("Phone")
	case "email":
		return v.say("Email")
	case "category":
		return v.say("Category")
	case "responsible":
		return v.say("Responsible")
	case "tags":
		return v.say("Tags")
	case "notes":
		return v.say("Notes")
	case "profiles":
		return v.say("Profiles")
	}
	return v.profileFieldLabel(field)
}

// merge makes one influencer of two.
func (v *visit) merge() (answer, error) {
	f := v.typed()
	into, from, err := v.mergedOnes(f.Get("from"))
	if err != nil {
		a, err := v.mergedAlready(into.ID, f.Get("from"), err)
		if err != nil {
			return v.mergeRemaining(f.Get("from"), err)
		}
		return a, nil
	}
	var take []string
	for name, values := range f.Values {
		if field, ok := cutTake(name); ok && len(values) == 1 && values[0] == "from" {
			take = append(take, field)
		}
	}
	version, _ := strconv.ParseInt(f.Get("from_version"), 10, 64)
	var merged crm.Merged
	if len(f.Problems) == 0 {
		merged, err = v.crm.MergeInfluencers(v.Context(), v.ws.ID, into.Ref().At(v.version()), from.Ref().At(version),
			crm.MergeOptions{Take: take}, "")
	}
	d := &mergeData{Into: into, From: from}
	switch {
	case stale(err):
		d.Stale = true
		a, err := v.showMerge(d, take)
		a.status = http.StatusPreconditionFailed
		return a, err
	case f.refused(v, err) || len(f.Problems) > 0:
		a, err := v.showMerge(d, take)
		d.Problem = f.Problems[0].Problem
		return a.again(), err
	case err != nil:
		return nil, err
	}
	return done(v.linkTo(merged.Influencer.Ref()), merged.Done), nil
}

// profileFieldLabel is the name of a field inside a profile, or of a field of one's own.
func (v *visit) profileFieldLabel(field string) string {
	if own, ok := strings.CutPrefix(field, "custom."); ok {
		return own
	}
	var n int
	rest, isProfile := strings.CutPrefix(field, "profiles[")
	digits, part, closed := strings.Cut(rest, "].")
	if _, err := fmt.Sscan(digits, &n); !isProfile || !closed || err != nil {
		return field
	}
	switch part {
	case "followers":
		part = "followers.count"
	case "rules":
		return v.say("Profile %d: %s", n+1, v.say("Discount codes"))
	}
	return v.say("Profile %d: %s", n+1, v.PartLabel(part))
}

// cutTake is the field that a radio button of a merge is about.
func cutTake(name string) (string, bool) { return strings.CutPrefix(name, "value.") }
