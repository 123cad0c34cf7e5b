package crm

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/utm"
)

// IdentityKey is something by which two influencers may turn out to be one person: what both have is compared equal. See
// package duplicates, which weighs what they share.
type IdentityKey struct {
	Kind IdentityKind
	Text string // in the form in which it is compared; never blank
}

// IdentityKind is what an IdentityKey is a text of.
type IdentityKind string

// The kinds of identity keys.
const (
	IdentityHandle IdentityKind = "handle" // of a profile, which may come from its link; see account.BareHandle
	IdentityLink   IdentityKind = "link"   // of a profile; see account.LinkKey
	IdentityPhone  IdentityKind = "phone"  // in E.164 form
	IdentityEmail  IdentityKind = "email"  // address, folded
	IdentityName   IdentityKind = "name"   // folded
	IdentityWords  IdentityKind = "words"  // of the name in alphabetical order, without accents, and with umlauts spelled out
)

// MaxSharers is how many influencers are found by one identity key at most; see Need. What more of them share says nothing
// about who they are.
const MaxSharers = 24

// IdentityKeys returns the identity keys of an influencer, each once, in the order of kinds and texts.
func IdentityKeys(i Influencer) []IdentityKey {
	keys := make([]IdentityKey, 0, 5+2*len(i.Profiles))
	add := func(kind IdentityKind, text string) {
		if text != "" {
			keys = append(keys, IdentityKey{kind, text})
		}
	}
	for _, p := range i.Profiles {
		add(IdentityHandle, account.BareHandle(p.Account().Name()))
		add(IdentityLink, account.LinkKey(p.Link))
	}
	name := Fold(i.Name)
	if i.Name == erasedName { // which says nothing about who it was
		name = ""
	}
	add(IdentityPhone, i.PhoneE164)
	add(IdentityEmail, Fold(i.Email))
	add(IdentityName, name)
	add(IdentityWords, sortedWords(withoutAccents(name))) // so that "Müller" is "Muller"
	add(IdentityWords, sortedWords(utm.Slug(name)))       // so that it is "Mueller"
	slices.SortFunc(keys, IdentityKey.compare)
	return slices.Compact(keys)
}

func (k IdentityKey) compare(o IdentityKey) int {
	return cmp.Or(cmp.Compare(k.Kind, o.Kind), cmp.Compare(k.Text, o.Text))
}

func withoutAccents(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(text))
}

func sortedWords(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
	slices.Sort(words)
	return strings.Join(words, " ")
}

// Sharing returns those of some influencers, in any order, that the identity keys of a need ask for, by id. It is for
// stores that read too many of them.
func (n Need) Sharing(among []Influencer) []Influencer {
	left := make(map[IdentityKey]int, len(n.Identities))
	for _, key := range n.Identities {
		left[key] = MaxSharers
	}
	among = slices.Clone(among)
	slices.SortFunc(among, func(a, b Influencer) int { return a.ID.Compare(b.ID) })
	return slices.DeleteFunc(among, func(i Influencer) bool {
		wanted := false
		if !n.Archive.Selects(i.ArchivedOn) {
			return true
		}
		for _, key := range IdentityKeys(i) {
			if left[key] > 0 {
				left[key]--
				wanted = true
			}
		}
		return !wanted
	})
}

// SharersIn looks through influencers for those that the identity keys of a need ask for, by id. It is for stores that
// have no other way.
func (n Need) SharersIn(ctx context.Context, all Records[Influencer, InfluencerFilter]) ([]Influencer, error) {
	found := []Influencer{}
	for o := (ListOptions{Size: MaxPageSize}); ; {
		page, err := all.List(ctx, InfluencerFilter{Archive: n.Archive}, o)
		if err != nil {
			return nil, err
		}
		found = n.Sharing(append(found, page.Items...))
		if o.Token = page.Next; o.Token == "" {
			return found, nil
		}
	}
}
