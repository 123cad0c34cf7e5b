package crm

import (
	"slices"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/utm"
	"golang.org/x/text/unicode/norm"
)

// DuplicateKind says what two influencers share, or what tells them apart.
type DuplicateKind string

// The kinds of reasons. Texts are compared folded.
const (
	SameAccount   DuplicateKind = "same_account"   // one handle on one platform, of one of them in a link or in a form
	SameLink      DuplicateKind = "same_link"      // of a profile, but for scheme, www, query and a slash at the end
	SamePhone     DuplicateKind = "same_phone"     // in the form E.164
	SameEmail     DuplicateKind = "same_email"     // address
	SameHandle    DuplicateKind = "same_handle"    // on two platforms
	SimilarHandle DuplicateKind = "similar_handle" // but for . _ - and ·, on any platforms
	SameName      DuplicateKind = "same_name"      // of the influencers
	SimilarName   DuplicateKind = "similar_name"   // but for the order of words, punctuation and accents
	OtherHandle   DuplicateKind = "other_handle"   // on one platform, which speaks against it
)

// DuplicateReason is one thing that speaks for two influencers being one person, or against it.
type DuplicateReason struct {
	Kind   DuplicateKind `json:"kind"`
	Value  string        `json:"value"`  // what they share, as it was compared
	Points int           `json:"points"` // percent of certainty that it gives by itself; negative if it speaks against it
}

// String reads "the same email address: kim@mail.example".
func (r DuplicateReason) String() string {
	says := "different handles"
	for _, e := range evidence {
		if e.kind == r.Kind {
			says = e.says
		}
	}
	return says + ": " + r.Value
}

// MaxSharing is how many influencers may share something before it counts for nothing.
const MaxSharing = 10

// evidence is what can speak for a pair, the strongest first. It is the only place that knows the
// points: a pair is certain to 1 − (1−p₁/100)·(1−p₂/100)·…, each kind counting once.
var evidence = [...]struct {
	kind   DuplicateKind
	points int
	says   string
	of     func(Influencer) []string // what identifies an influencer in this way
	weaker DuplicateKind             // says nothing new beside this one
}{
	{SameAccount, 95, "the same account", accountKeys, SameHandle},
	{SameLink, 85, "the same link", linkKeys, ""},
	{SamePhone, 75, "the same phone number", func(i Influencer) []string { return []string{i.PhoneE164} }, ""},
	{SameEmail, 75, "the same email address", func(i Influencer) []string { return []string{Fold(i.Email)} }, ""},
	{SameHandle, 60, "the same handle", handleKeys, SimilarHandle},
	{SimilarHandle, 45, "similar handles", bareHandleKeys, ""},
	{SameName, 40, "the same name", func(i Influencer) []string { return []string{Fold(i.Name)} }, SimilarName},
	{SimilarName, 25, "similar names", nameKeys, ""},
}

// otherHandlePoints are what different handles on one platform take off: a person may have two.
const otherHandlePoints = -20

func accountKeys(i Influencer) []string {
	keys := []string{}
	for _, p := range i.Profiles {
		if name := p.account().Name(); name != "" {
			keys = append(keys, "@"+name+" on "+account.PlatformName(p.Platform))
		}
	}
	return keys
}

func linkKeys(i Influencer) []string {
	keys := []string{}
	for _, p := range i.Profiles {
		keys = append(keys, account.LinkKey(p.Link))
	}
	return keys
}

func handleKeys(i Influencer) []string {
	keys := []string{}
	for _, p := range i.Profiles {
		keys = append(keys, p.account().Name())
	}
	return keys
}

func bareHandleKeys(i Influencer) []string {
	keys := handleKeys(i)
	for n, key := range keys {
		keys[n] = bareHandle(key)
	}
	return keys
}

// bareHandle is a handle without the characters that people leave out or mix up.
func bareHandle(handle string) string {
	bare := strings.Map(func(r rune) rune {
		if strings.ContainsRune("._-·", r) {
			return -1
		}
		return r
	}, handle)
	if bare == "" {
		return handle
	}
	return bare
}

// nameKeys are the words of a name in alphabetical order, without accents, which both "Müller" and
// "Muller" have, and with umlauts spelled out, as in "Mueller".
func nameKeys(i Influencer) []string {
	folded := Fold(i.Name)
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(folded))
	return []string{inOrder(plain), inOrder(utm.Slug(folded))}
}

func inOrder(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
	slices.Sort(words)
	return strings.Join(words, " ")
}
