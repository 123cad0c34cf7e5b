package duplicates

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/utm"
)

// Kind is what two influencers share, or what tells them apart.
type Kind string

// The kinds of reasons. Texts are compared folded.
const (
	SameAccount   Kind = "same_account"   // one handle on one platform, which for one of them may come from its link
	SameLink      Kind = "same_link"      // of a profile, apart from scheme, www, query and trailing slash
	SamePhone     Kind = "same_phone"     // in E.164 form
	SameEmail     Kind = "same_email"     // address
	SameHandle    Kind = "same_handle"    // on two platforms
	SimilarHandle Kind = "similar_handle" // apart from . _ - and ·, on any platforms
	SameName      Kind = "same_name"      // of the influencers
	SimilarName   Kind = "similar_name"   // apart from the order of words, punctuation and accents
	OtherHandle   Kind = "other_handle"   // on one platform, which is evidence against it
)

// Reason is one piece of evidence for or against two influencers being one person.
type Reason struct {
	Kind   Kind   `json:"kind"`
	Value  string `json:"value"`  // what they share, as it was compared
	Points int    `json:"points"` // percent of certainty that it gives by itself; negative if it is evidence against it
}

// String reads "the same email address: kim@mail.example".
func (r Reason) String() string { return r.Sentence().String() }

// In is String in a language; see [sentence.Sentence.In].
func (r Reason) In(lang language.Tag) string { return r.Sentence().In(lang) }

// Sentence is String as a sentence. Its code is that of the kind.
func (r Reason) Sentence() sentence.Sentence {
	says := "different handles"
	for _, e := range evidence {
		if e.kind == r.Kind {
			says = e.says
		}
	}
	return sentence.Of("%s: %s", sentence.Of(says), r.Value)
}

// MaxSharing is how many influencers may share something for it to count as evidence.
const MaxSharing = 10

// evidence lists the kinds of evidence for a pair, the strongest first. A pair is certain to
// 1 − (1−p₁/100)·(1−p₂/100)·…, and each kind counts once.
var evidence = [...]struct {
	kind    Kind
	points  int
	says    string
	of      func(crm.Influencer) []string // the values of this kind that identify an influencer
	implies Kind                          // which says nothing new beside this one
}{
	{SameAccount, 95, "the same account", accountKeys, SameHandle},
	{SameLink, 85, "the same link", linkKeys, ""},
	{SamePhone, 75, "the same phone number", func(i crm.Influencer) []string { return []string{i.PhoneE164} }, ""},
	{SameEmail, 75, "the same email address", func(i crm.Influencer) []string { return []string{crm.Fold(i.Email)} }, ""},
	{SameHandle, 60, "the same handle", handleKeys, SimilarHandle},
	{SimilarHandle, 45, "similar handles", bareHandleKeys, ""},
	{SameName, 40, "the same name", func(i crm.Influencer) []string { return []string{crm.Fold(i.Name)} }, SimilarName},
	{SimilarName, 25, "similar names", nameKeys, ""},
}

// otherHandlePoints is small because a person may have two accounts on one platform.
const otherHandlePoints = -20

func accountKeys(i crm.Influencer) []string {
	keys := []string{}
	for _, p := range i.Profiles {
		if name := p.Account().Name(); name != "" {
			keys = append(keys, "@"+name+" on "+account.PlatformName(p.Platform))
		}
	}
	return keys
}

func linkKeys(i crm.Influencer) []string {
	keys := []string{}
	for _, p := range i.Profiles {
		keys = append(keys, account.LinkKey(p.Link))
	}
	return keys
}

func handleKeys(i crm.Influencer) []string {
	keys := []string{}
	for _, p := range i.Profiles {
		keys = append(keys, p.Account().Name())
	}
	return keys
}

func bareHandleKeys(i crm.Influencer) []string {
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

// nameKeys returns the words of a name in alphabetical order, once without accents, so that "Müller" is "Muller", and once
// with umlauts spelled out, so that it is "Mueller".
func nameKeys(i crm.Influencer) []string {
	folded := crm.Fold(i.Name)
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(folded))
	return []string{sortWords(plain), sortWords(utm.Slug(folded))}
}

func sortWords(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
	slices.Sort(words)
	return strings.Join(words, " ")
}
