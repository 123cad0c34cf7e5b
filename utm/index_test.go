package utm_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/utm"
)

func TestIndex(t *testing.T) {
	t.Parallel()
	sets := []utm.Params{
		0: {Campaign: utm.Of("Summer Sale")},
		1: {Campaign: utm.Of("summer%20sale"), Term: utm.Of("pam")},
		2: {Source: utm.Of("instagram"), Medium: utm.Of("influencer")}, // not usable
		3: {Source: utm.Of("instagram"), Content: utm.Of("reel")},
		4: {Campaign: utm.Of("SUMMER SALE"), Term: utm.Of("")},
		5: {},
		6: {Campaign: utm.Of("Summer Sale"), Source: utm.Of("%20")},
	}
	touch := func(source, campaign, term, content string) utm.Params {
		return utm.Params{Source: utm.Of(source), Medium: utm.Of("influencer"), Campaign: utm.Of(campaign),
			Term: utm.Of(term), Content: utm.Of(content)}
	}
	for _, test := range []struct {
		touch  utm.Params
		strict bool
		want   []int
	}{
		{touch("instagram", "summer sale", "pam", "reel"), false, []int{0, 1, 3, 4, 6}},
		{touch("instagram", "Summer Sale", "emma", ""), false, []int{0, 4, 6}},
		{touch("tiktok", "Summer Sale", "PAM", "reel"), false, []int{0, 1, 4, 6}},
		{touch("instagram", "winter", "pam", ""), false, nil},
		{utm.Params{Campaign: utm.Of("Summer Sale")}, true, []int{0, 6}},
		{utm.Params{Campaign: utm.Of("SUMMER SALE"), Term: utm.Of("pam")}, true, []int{4}},
		{utm.Params{}, false, nil},
	} {
		got, more := utm.NewIndex(sets, test.strict).AppendMatches(nil, test.touch, len(sets))
		if diff := cmp.Diff(test.want, got); diff != "" || more {
			t.Errorf("%v, strict %t: more %t (-want +got):\n%s", test.touch, test.strict, more, diff)
		}
	}
	if got, more := utm.NewIndex(sets, false).AppendMatches([]int{9}, sets[0], 2); len(got) != 3 || !more {
		t.Errorf("with a limit of 2: %v, more %t", got, more)
	}
}

// An index finds what a look at each set finds.
func TestIndexIsTheScan(t *testing.T) {
	t.Parallel()
	value := rapid.Custom(func(t *rapid.T) utm.Value {
		if rapid.Bool().Draw(t, "unset") {
			return utm.Value{}
		}
		return utm.Of(rapid.SampledFrom([]string{"", " ", "a", "A", "%61", "b", "a b", "a%20b", "straße", "STRASSE",
			"%zz", "\xff"}).Draw(t, "value"))
	})
	params := rapid.Custom(func(t *rapid.T) (p utm.Params) {
		for _, f := range utm.Fields() {
			p = p.With(f, value.Draw(t, f.String()))
		}
		return p
	})
	rapid.Check(t, func(t *rapid.T) {
		sets, strict := rapid.SliceOfN(params, 0, 40).Draw(t, "sets"), rapid.Bool().Draw(t, "strict")
		x := utm.NewIndex(sets, strict)
		for _, touch := range append(rapid.SliceOfN(params, 1, 10).Draw(t, "touchpoints"), sets...) {
			var want []int
			for n, p := range sets {
				if p.Usable() && p.Matches(touch, strict) {
					want = append(want, n)
				}
			}
			got, _ := x.AppendMatches(nil, touch, len(sets))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%v (-scan +index):\n%s", touch, diff)
			}
		}
	})
}

func TestIndexDoesNotAllocate(t *testing.T) {
	touch := utm.Params{Source: utm.Of("instagram"), Medium: utm.Of("influencer"), Campaign: utm.Of("summer-sale"), Term: utm.Of("pam")}
	x := utm.NewIndex([]utm.Params{touch, {Campaign: touch.Campaign}}, false)
	buffer := make([]int, 0, 8)
	if n := testing.AllocsPerRun(100, func() { x.AppendMatches(buffer, touch, 8) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
