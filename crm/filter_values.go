package crm

import (
	"cmp"
	"slices"

	"github.com/getklar/influencercrm/crm/account"
)

// anyOf puts the values of a filter's field into the form in which they are compared: each once, sorted, and without
// blank ones. No values are nil, so that two filters that select the same are equal, and have the same page tokens.
func anyOf[T ~string](p *problems, field string, values []T, normal func(T) T) []T {
	if p.tooMany(field, len(values), MaxFilterValues, "values") {
		return nil
	}
	var kept []T
	for _, v := range values {
		if v = normal(v); v != "" {
			kept = append(kept, v)
		}
	}
	slices.Sort(kept)
	return slices.Compact(kept)
}

// anyID is anyOf for ids.
func anyID[R any](p *problems, field string, ids []ID[R]) []ID[R] {
	if p.tooMany(field, len(ids), MaxFilterValues, "values") {
		return nil
	}
	var kept []ID[R]
	for _, id := range ids {
		if !id.IsZero() {
			kept = append(kept, id)
		}
	}
	slices.SortFunc(kept, ID[R].Compare)
	return slices.Compact(kept)
}

func platformOf(typed string) string {
	platform, _ := account.ParsePlatform(typed)
	return platform
}

// wantsAny reports whether a field of a filter has no values or one of them is the given one.
func wantsAny[T cmp.Ordered](wanted []T, value T) bool {
	return len(wanted) == 0 || slices.Contains(wanted, value)
}

// wantsID is wantsAny for ids.
func wantsID[R any](wanted []ID[R], id ID[R]) bool {
	return len(wanted) == 0 || slices.Contains(wanted, id)
}

// wantsResponsible reports whether a filter selects a record with a responsible member, or with none.
func wantsResponsible(wanted []MemberID, unassigned bool, id MemberID) bool {
	if unassigned {
		return id.IsZero() || slices.Contains(wanted, id)
	}
	return wantsID(wanted, id)
}

// wantsTag reports whether one of a record's tags is wanted.
func wantsTag(wanted, tags []string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(tags, func(tag string) bool {
		return slices.Contains(wanted, Fold(tag))
	})
}
