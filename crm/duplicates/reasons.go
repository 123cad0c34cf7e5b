package duplicates

import (
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
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
// 1 − (1−p₁/100)·(1−p₂/100)·…, and each kind counts once. Whatever two influencers share of it, they share an identity key:
// an account and a handle are found by the bare handle.
var evidence = [...]struct {
	kind    Kind
	points  int
	says    string
	of      func(identity) []string // the values of this kind that identify an influencer
	implies Kind                    // which says nothing new beside this one
}{
	{SameAccount, 95, "the same account", accountKeys, SameHandle},
	{SameLink, 85, "the same link", keysOf(crm.IdentityLink), ""},
	{SamePhone, 75, "the same phone number", keysOf(crm.IdentityPhone), ""},
	{SameEmail, 75, "the same email address", keysOf(crm.IdentityEmail), ""},
	{SameHandle, 60, "the same handle", handleKeys, SimilarHandle},
	{SimilarHandle, 45, "similar handles", keysOf(crm.IdentityHandle), ""},
	{SameName, 40, "the same name", keysOf(crm.IdentityName), SimilarName},
	{SimilarName, 25, "similar names", keysOf(crm.IdentityWords), ""},
}

// otherHandlePoints is small because a person may have two accounts on one platform.
const otherHandlePoints = -20

// identity is what identifies an influencer.
type identity struct {
	accounts []account.Account // platform and name of each profile that has a name
	keys     []crm.IdentityKey
}

func identityOf(i crm.Influencer) identity {
	is := identity{keys: crm.IdentityKeys(i)}
	for _, p := range i.Profiles {
		if name := p.Account().Name(); name != "" {
			is.accounts = append(is.accounts, account.Account{Platform: p.Platform, Handle: name})
		}
	}
	return is
}

// keysOf returns the texts of the identity keys of a kind.
func keysOf(kind crm.IdentityKind) func(identity) []string {
	return func(is identity) (texts []string) {
		for _, key := range is.keys {
			if key.Kind == kind {
				texts = append(texts, key.Text)
			}
		}
		return texts
	}
}

func accountKeys(is identity) (keys []string) {
	for _, a := range is.accounts {
		keys = append(keys, "@"+a.Handle+" on "+account.PlatformName(a.Platform))
	}
	return keys
}

func handleKeys(is identity) (keys []string) {
	for _, a := range is.accounts {
		keys = append(keys, a.Handle)
	}
	return keys
}
