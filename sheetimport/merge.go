package sheetimport

import (
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// mergeResult is the result of comparing a row with what was imported before and what the CRM has now.
type mergeResult struct {
	take      []string // changed in the sheet only: the sheet's value goes in
	conflicts []string // changed in both, differently: the CRM's value stays
	agreed    []string // changed in both to the same: there is nothing to do but to remember it
}

// mergeThreeWays compares three states field by field. A blank of the sheet never overwrites. A value that only the
// CRM changed stays, without a notice.
//
// The base of the comparison is the last value on which sheet and CRM agreed, not the first one imported. It moves when
// a value is taken from the sheet, and when both have come to the same by themselves: otherwise a later change in the
// CRM alone, over a sheet that nobody touched, would look like a change on both sides. It does not move on a conflict,
// so that the conflict repeats until somebody settles it.
func mergeThreeWays(base, sheet, stored map[string]string) mergeResult {
	var m mergeResult
	for _, field := range fieldsOf(sheet) {
		was, now, is := base[field], sheet[field], stored[field]
		if field == string(column.Responsible) { // members are found by folded name
			was, now, is = crm.Fold(was), crm.Fold(now), crm.Fold(is)
		}
		switch {
		case now == was:
		case now == is:
			m.agreed = append(m.agreed, field)
		case is == was:
			m.take = append(m.take, field)
		default:
			m.conflicts = append(m.conflicts, field)
		}
	}
	return m
}
