package sheetimport

import "github.com/getklar/influencercrm/crm"

// merge is the outcome of holding a row against what was imported before and what the CRM has now.
type merge struct {
	take    []string // changed in the sheet only: the sheet's value goes in
	clashes []string // changed in both, differently: the CRM's value stays
}

// mergeValues compares three states field by field. What the sheet leaves blank never overwrites. What only the CRM
// changed stays, silently: there the CRM is right.
func mergeValues(imported, sheet, stored map[string]string) merge {
	var m merge
	for _, field := range fieldsOf(sheet) {
		was, now, is := imported[field], sheet[field], stored[field]
		if field == string(FieldResponsible) { // members are found by folded name
			was, now, is = crm.Fold(was), crm.Fold(now), crm.Fold(is)
		}
		switch {
		case now == was || now == is:
		case is == was:
			m.take = append(m.take, field)
		default:
			m.clashes = append(m.clashes, field)
		}
	}
	return m
}
