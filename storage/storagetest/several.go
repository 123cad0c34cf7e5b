package storagetest

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
)

// What filters with several values mean, naively, and values for them.

// several draws one to four of some texts, as other people would type them, now and then with a blank one.
func (d draw) several(from []string) []string {
	all := []string{d.retyped(from)}
	for range d.IntN(4) {
		all = append(all, d.retyped(from))
	}
	if d.IntN(4) == 0 {
		all = append(all, " ")
	}
	return all
}

// severalIDs is several for ids, now and then with the zero one.
func severalIDs[R any](d draw, from []crm.ID[R]) []crm.ID[R] {
	all := append(some(d, from), pick(d, from))
	if d.IntN(4) == 0 {
		all = append(all, crm.ID[R]{})
	}
	return all
}

// among reports whether nothing is wanted, or one of the wanted values is the given one.
func among[T comparable](wanted []T, value T) bool {
	var unset T
	wanted = slices.DeleteFunc(slices.Clone(wanted), func(v T) bool { return v == unset })
	return len(wanted) == 0 || slices.Contains(wanted, value)
}

func assigned(wanted []crm.MemberID, unassigned bool, responsible crm.MemberID) bool {
	if !unassigned {
		return among(wanted, responsible)
	}
	return responsible.IsZero() || slices.Contains(wanted, responsible)
}

// foldedAny reports whether nothing is wanted, or one of some texts.
func foldedAny(wanted []string, texts ...string) bool {
	return blank(wanted...) || slices.ContainsFunc(wanted, func(w string) bool {
		return !blank(w) && slices.ContainsFunc(texts, func(text string) bool { return folded(w, text) })
	})
}

func onPlatform(wanted []string, platform string) bool {
	return blank(wanted...) || slices.ContainsFunc(wanted, func(w string) bool {
		parsed, _ := account.ParsePlatform(w)
		return parsed != "" && parsed == platform
	})
}

func blank(texts ...string) bool { return crm.Fold(strings.Join(texts, " ")) == "" }
