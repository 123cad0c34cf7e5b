package utm_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/utm"
)

func TestMatches(t *testing.T) {
	t.Parallel()
	touch := set("instagram", "influencer", "summer sale", "emma", "-")
	tests := []struct {
		name          string
		p             utm.Params
		match, strict bool
	}{
		{"same", touch, true, true},
		{"fewer fields", set("-", "", "-", "emma", "-"), true, true},
		{"nothing", utm.Params{}, true, true},
		{"only spaces", set("-", "-", " ", "%20", "-"), true, true},
		{"a field the touchpoint does not have", set("-", "-", "-", "emma", "story"), false, false},
		{"another value", set("-", "-", "-", "emily", "-"), false, false},
		{"case", set("-", "-", "-", "EMMA", "-"), true, false},
		{"escaped", set("-", "-", "summer%20sale", "-", "-"), true, false},
		{"escaped twice", set("-", "-", "summer%2520sale", "-", "-"), false, false},
		{"plus", set("-", "-", "summer+sale", "-", "-"), false, false},
		{"space around", set("-", "-", "-", " emma\t", "-"), true, false},
		{"full width", set("-", "-", "-", "ｅｍｍａ", "-"), true, false},
	}
	for _, tt := range tests {
		if got := tt.p.Matches(touch, false); got != tt.match {
			t.Errorf("%s: Matches = %v", tt.name, got)
		}
		if got := tt.p.Matches(touch, true); got != tt.strict {
			t.Errorf("%s: Matches strictly = %v", tt.name, got)
		}
	}
}

func TestKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b string // values of a campaign
		same bool
	}{
		{"summer sale", "Summer%20Sale", true},
		{"straße", "STRASSE", true},
		{"Ä", "a\u0308", true},
		{"Ä", "%c3%84", true},
		{"100%", "100%", true},
		{"100% %41", "100% a", true},
		{"%zz", "%ZZ", true},
		{"%E4", "%e4", true}, // not UTF-8 when decoded, hence compared as text
		{"%E4", "ä", false},
		{"%E4%20", "%E4 ", false},
		{"\xe4", "\xe5", false},
		{"a&b", "a%26b", true},
		{"a&term=b", "a", false},
		{"a+b", "a b", false},
		{"", " ", true},
		{"\u00a0", "", true},
		{"a  b", "a b", false},
	}
	for _, tt := range tests {
		a, b := utm.Params{Campaign: utm.Of(tt.a)}, utm.Params{Campaign: utm.Of(tt.b)}
		if got := utm.Key(a) == utm.Key(b); got != tt.same {
			t.Errorf("%q and %q have the keys %s and %s", tt.a, tt.b, utm.Key(a), utm.Key(b))
		}
	}
	if got, want := utm.Key(set("Insta", "-", "Summer Sale", "", "a&b")), "source=insta&campaign=summer%20sale&content=a%26b"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := utm.Key(set("-", "", " ", "%20", "-")); got != "" {
		t.Errorf("a set of empty fields has the key %s", got)
	}
}

func TestKeyIsEqualWhereMatchesAgreesBothWays(t *testing.T) {
	t.Parallel()
	// Few short values, so that equal sets are common.
	value := rapid.SampledFrom([]utm.Value{{}, utm.Of(""), utm.Of(" "), utm.Of("a"), utm.Of("A"), utm.Of("%61"),
		utm.Of("b"), utm.Of("a&term=b"), utm.Of("%2561")})
	params := rapid.Custom(func(t *rapid.T) utm.Params {
		return utm.Params{Source: value.Draw(t, "source"), Campaign: value.Draw(t, "campaign"), Term: value.Draw(t, "term")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := params.Draw(t, "a"), params.Draw(t, "b")
		bothWays := a.Matches(b, false) && b.Matches(a, false)
		if sameKey := utm.Key(a) == utm.Key(b); sameKey != bothWays {
			t.Fatalf("keys %q, %q; matches both ways: %v", utm.Key(a), utm.Key(b), bothWays)
		}
	})
}

func TestComparisonIgnoresTheWriting(t *testing.T) {
	t.Parallel()
	text := rapid.Map(rapid.StringOfN(rapid.RuneFrom([]rune("abzäéσ夏 -_&=")), 0, 10, -1), utm.Of)
	rapid.Check(t, func(t *rapid.T) {
		var p, reworded utm.Params
		for _, f := range utm.Fields() {
			v := rapid.OneOf(rapid.Just(utm.Value{}), text).Draw(t, f.String())
			p = p.With(f, v)
			reworded = reworded.With(f, reword(t, v))
		}
		if utm.Key(p) != utm.Key(reworded) {
			t.Fatalf("keys %q and %q", utm.Key(p), utm.Key(reworded))
		}
		if !p.Matches(reworded, false) || !reworded.Matches(p, false) {
			t.Fatal("no match")
		}
		if p.Specificity() != reworded.Specificity() || p.Usable() != reworded.Usable() {
			t.Fatal("the writing changed how specific the set is")
		}
	})
}

func TestMatchesProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, touch := anyParams().Draw(t, "p"), anyParams().Draw(t, "touch")
		if !p.Matches(p, false) || !p.Matches(p, true) {
			t.Fatal("a set does not match itself")
		}
		if p.Matches(touch, true) && !p.Matches(touch, false) {
			t.Fatal("a strict match must be a match")
		}
		f := utm.Field(rapid.IntRange(0, utm.NumFields-1).Draw(t, "f"))
		if p.Matches(touch, false) && !p.With(f, utm.Value{}).Matches(touch, false) {
			t.Fatal("fewer fields must match more")
		}
		if (utm.Key(p) == "") != (p.Specificity() == 0) {
			t.Fatal("a set is empty or not")
		}
		if p.Usable() && p.Specificity() == 0 {
			t.Fatal("an empty set is not usable")
		}
	})
}

func TestUsableAndSpecificity(t *testing.T) {
	t.Parallel()
	tests := []struct {
		p           utm.Params
		usable      bool
		specificity int
	}{
		{utm.Params{}, false, 0},
		{set("a", "b", "-", "-", "-"), false, 2},
		{set("a", "b", "", " ", "%20"), false, 2},
		{set("-", "-", "c", "-", "-"), true, 1},
		{set("-", "-", "-", "d", "-"), true, 1},
		{set("-", "-", "-", "-", "e"), true, 1},
		{set("a", "b", "c", "d", "e"), true, 5},
	}
	for _, tt := range tests {
		if tt.p.Usable() != tt.usable || tt.p.Specificity() != tt.specificity {
			t.Errorf("%+v: usable %v, specificity %d", tt.p, tt.p.Usable(), tt.p.Specificity())
		}
	}
}

// Long sets have short keys, which still tell them apart.
func TestKeyIsBounded(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("木", utm.MaxValueLen)
	set := utm.Params{Source: utm.Of(long), Medium: utm.Of(long), Campaign: utm.Of(long), Term: utm.Of(long), Content: utm.Of(long)}
	other := set.With(utm.Content, utm.Of(strings.Repeat("木", utm.MaxValueLen-1)+"林"))
	a, b := utm.Key(set), utm.Key(other)
	if len(a) != utm.MaxKeyLen || len(b) != utm.MaxKeyLen || a == b || a != utm.Key(set.With(utm.Source, utm.Of(" "+long))) {
		t.Errorf("keys of %d and %d bytes, equal %v", len(a), len(b), a == b)
	}
}
