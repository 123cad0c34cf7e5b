package storagetest

import (
	"reflect"
	"slices"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"pgregory.net/rapid"
)

// The samples have to keep up with crm: a field that nobody sets is a field that nobody tests.

// paperShop is a shop for samples that no store will see.
func paperShop() *shop {
	s := &shop{model: map[crm.Ref]crm.Record{}}
	for range 2 {
		s.members = append(s.members, crm.MemberID(s.newID()))
		s.campaigns = append(s.campaigns, crm.CampaignID(s.newID()))
		s.influencers = append(s.influencers, crm.InfluencerID(s.newID()))
	}
	return s
}

// unset lists the exported fields of a value, with all that is in it, that are zero.
func unset(path string, v reflect.Value) []string {
	if v.IsZero() {
		return []string{path}
	}
	var found []string
	switch v.Kind() {
	case reflect.Pointer:
		return unset(path, v.Elem())
	case reflect.Slice:
		return unset(path+"[0]", v.Index(0))
	case reflect.Struct:
		for n := range v.NumField() {
			if f := v.Type().Field(n); f.IsExported() {
				found = append(found, unset(path+"."+f.Name, v.Field(n))...)
			}
		}
	}
	return found
}

// mayBeZero are fields that may be zero: parts of values that have checks of their own.
var mayBeZero = []string{
	".IgnoredCodes[0]", // the empty text
	".UTM.Source", ".UTM.Medium", ".UTM.Campaign", ".UTM.Term", ".UTM.Content",
}

func TestFullSamples(t *testing.T) {
	s := paperShop()
	full := []crm.Record{fullWorkspace(crm.WorkspaceID(number(0, 1)))}
	for _, k := range kinds {
		full = append(full, k.full(s))
	}
	for _, r := range full {
		for _, field := range unset("", reflect.ValueOf(r)) {
			if !slices.Contains(mayBeZero, field) {
				t.Errorf("the full %s does not set %s", r.Ref().Kind, field)
			}
		}
	}
}

func TestEditedSamples(t *testing.T) {
	s := paperShop()
	for _, k := range kinds {
		for n := range 20 {
			before := k.full(s)
			if n > 0 {
				before = k.sample(s, n)
			}
			after := k.edited(s, before)
			was, is := reflect.ValueOf(before), reflect.ValueOf(after)
			for f := range was.NumField() {
				name := was.Type().Field(f).Name
				same := reflect.DeepEqual(was.Field(f).Interface(), is.Field(f).Interface())
				if identity := name == "ID" || name == "Version"; same != identity && (n == 0 || identity) {
					t.Errorf("%s of the edited %s: %v before, %v after", name, k.name, was.Field(f), is.Field(f))
				}
			}
		}
	}
}

func TestFilterSamples(t *testing.T) {
	for _, k := range kinds {
		s := paperShop()
		for n := range 20 {
			r := k.sample(s, n)
			s.model[r.Ref()] = r
		}
		all := reflect.ValueOf(k.all)
		seen := map[string]bool{}
		for field := range k.fields {
			for n := range 20 {
				f := reflect.ValueOf(k.filter(newDraw(s, n), field))
				for i := range f.NumField() {
					if !reflect.DeepEqual(f.Field(i).Interface(), all.Field(i).Interface()) {
						seen[f.Type().Field(i).Name] = true
					}
				}
			}
		}
		if len(seen) != all.NumField() {
			t.Errorf("of a filter of %ss the suite tries only %v", k.name, seen)
		}
	}
}

// A checked filter stays as it is, so that a store may check one that it was given checked.
func TestCheckedFilters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := func(field string) string {
			return rapid.OneOf(rapid.String(), rapid.SampledFrom(words), rapid.SampledFrom(links)).Draw(t, field)
		}
		texts := func(field string) []string {
			return rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.SampledFrom(words)), 0, 5).Draw(t, field)
		}
		stays(t, crm.MemberFilter{Name: text("name"), Text: text("text")})
		stays(t, crm.CampaignFilter{Name: text("name"), Text: text("text"), HasAmount: true, State: crm.Planned, Upcoming: true, On: day0})
		stays(t, crm.CooperationFilter{Name: text("name"), Text: text("text"), ImportKey: text("key"),
			ImportSource: text("source"), Statuses: []crm.Status{crm.Draft},
			Platforms: texts("platforms"), Categories: texts("categories"), Tags: texts("tags"),
			Influencers: []crm.InfluencerID{{2}, {}, {1}, {2}}, Cancelled: crm.NotCancelled, State: crm.Running, On: day0})
		stays(t, crm.InfluencerFilter{Name: text("name"), Text: text("text"), Platforms: texts("platforms"), Handle: text("handle"),
			Link: text("link"), Categories: texts("categories"), Tags: texts("tags"), Archive: crm.ActiveOrNot})
		stays(t, crm.ImportRunFilter{Source: text("source")})
	})
}

func stays[F any](t *rapid.T, f F) {
	once, err := crm.CheckFilter(f)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := crm.CheckFilter(once); err != nil || !reflect.DeepEqual(again, once) {
		t.Errorf("%+v checked twice is %+v, %v", once, again, err)
	}
}

func TestScribble(t *testing.T) {
	for _, k := range kinds {
		r := k.full(paperShop())
		copied := crm.Clone(r)
		scribble(r)
		if shares := k.name != crm.KindMember && k.name != crm.KindCampaign; shares == (difference(copied, r) == "") {
			t.Errorf("%s: scribbling on shared memory changed it: %t, want %t", k.name, !shares, shares)
		}
	}
}
