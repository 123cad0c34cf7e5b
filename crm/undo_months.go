package crm

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
)

// The budgets of months are one field of the workspace, which different people edit month by month. An undo looks at each month
// alone, under a name like "month_budgets.2026-06", so that an edit of one month does not keep the others.
const (
	monthsField = "month_budgets"
	monthPrefix = monthsField + "."
)

// byMonth puts a change of each month in the place of that of all budgets of months.
func byMonth(fields []FieldChange) []FieldChange {
	at := slices.IndexFunc(fields, func(f FieldChange) bool { return f.Field == monthsField })
	if at < 0 {
		return fields
	}
	var before, after map[string]json.RawMessage
	if !decodeField(fields[at].Before, &before) || !decodeField(fields[at].After, &after) {
		return fields
	}
	months := maps.Clone(before)
	if months == nil {
		months = map[string]json.RawMessage{}
	}
	maps.Copy(months, after)
	single := slices.Clone(fields[:at])
	for _, month := range slices.Sorted(maps.Keys(months)) {
		if !bytes.Equal(before[month], after[month]) {
			single = append(single, FieldChange{Field: monthPrefix + month, Before: before[month], After: after[month]})
		}
	}
	return append(single, fields[at+1:]...)
}

// patchByMonth is patch with values of single months among the fields.
func patchByMonth(r Record, values map[string]json.RawMessage) (Record, error) {
	whole, single := map[string]json.RawMessage{}, map[string]json.RawMessage{}
	for name, value := range values {
		if month, ok := strings.CutPrefix(name, monthPrefix); ok {
			single[month] = value
		} else {
			whole[name] = value
		}
	}
	if len(single) == 0 {
		return patch(r, values)
	}
	fields, err := fieldsOf(r)
	if err != nil {
		return nil, err
	}
	months := map[string]json.RawMessage{}
	if !decodeField(fields[monthsField], &months) {
		return patch(r, values)
	}
	overlay(months, single)
	if whole[monthsField], err = json.Marshal(months); err != nil {
		return nil, unreadable(r.Ref(), err)
	}
	return patch(r, whole)
}

// keepMonths drops the months among some fields from a net change, because they stay as they are, and returns them and the other
// fields.
func (net *netChange) keepMonths(fields []string) (months, others []string) {
	for _, name := range fields {
		if month, ok := strings.CutPrefix(name, monthPrefix); ok {
			net.forget(name)
			months = append(months, month)
		} else {
			others = append(others, name)
		}
	}
	return months, others
}

// monthsStay says why the budgets of months stay as they are.
func monthsStay(months []string) sentence.Sentence {
	slices.Sort(months)
	return sentence.Of("the budgets of these months changed since: %s", monthNames(slices.Compact(months)))
}

// monthNames lists the first months of some, by their keys.
func monthNames(keys []string) sentence.Sentence {
	const most = 5
	more := len(keys) - most
	keys = keys[:min(len(keys), most)]
	names := make([]any, len(keys))
	for n, key := range keys {
		names[n] = key
		if m, err := budget.ParseMonth(key); err == nil {
			names[n] = m
		}
	}
	list := sentence.Of(strings.TrimSuffix(strings.Repeat("%s, ", len(names)), ", "), names...)
	if more > 0 {
		return sentence.Of("%s and %d more", list, more)
	}
	return list
}
