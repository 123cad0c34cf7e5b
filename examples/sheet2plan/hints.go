package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// hintOptions names the options that decide what the sheet leaves open, if rows were rejected for that.
func hintOptions(out *bytes.Buffer, plan *sheetimport.Plan, a arguments) {
	rejected := map[string]int{}
	rows := plan.Rows
	for _, t := range plan.Budgets {
		rows = slices.Concat(rows, t.Rows)
	}
	for _, row := range rows {
		if row.Verdict != sheetimport.Rejected {
			continue
		}
		for _, code := range []string{"ambiguous_date", "ambiguous_amount", "unknown_status", "ambiguous_status"} {
			if slices.ContainsFunc(row.Problems, func(m sheetimport.Remark) bool { return m.Code == code }) {
				rejected[code]++
			}
		}
	}
	if n := rejected["ambiguous_date"]; n > 0 {
		out.WriteString(a.say("  hint: %s; run again with -dates day if 03/04/26 is in April, or with -dates month if it is in March\n",
			a.counted(n, "row was rejected for a date with two readings", "rows were rejected for dates with two readings")))
	}
	if n := rejected["ambiguous_amount"]; n > 0 {
		out.WriteString(a.say("  hint: %s; run again with -decimals comma if the sheet writes 1.234,50, or with -decimals point if it writes 1,234.50\n",
			a.counted(n, "row was rejected for an amount with two readings", "rows were rejected for amounts with two readings")))
	}
	if n := rejected["unknown_status"] + rejected["ambiguous_status"]; n > 0 {
		out.WriteString(a.say("  hint: %s; run again with -value \"status:WORD=signed\", or =negotiating, =draft or =cancelled, once for each word\n",
			a.counted(n, "row was rejected for its status", "rows were rejected for their status")))
	}
	for _, v := range unused(a.values, plan) {
		out.WriteString(a.say("  hint: -value %q changes nothing, because no cell says that\n",
			fmt.Sprintf("%s:%s=%s", v.Field, v.Value, v.Meaning)))
	}
	if slices.ContainsFunc(plan.Notes, func(n sheet.Note) bool { return n.Code == "campaign_groups" }) {
		out.WriteString(a.say("  hint: run again with -fill-down if a row without a campaign belongs to the one above it\n"))
	}
}

// unused are the words of the options that stand in no cell. A plan lists a hundred values of a field; of one with as
// many nothing is said.
func unused(words column.ValueMapping, plan *sheetimport.Plan) []column.MappedValue {
	var listed column.ValueMapping
	counts := map[column.Field]int{}
	for _, v := range plan.Values {
		counts[v.Field]++
		listed = append(listed, column.MappedValue{Field: v.Field, Value: v.Value})
	}
	seen := listed.Meanings()
	return slices.DeleteFunc(slices.Clone(words), func(v column.MappedValue) bool {
		_, used := seen.Of(v.Field, v.Value)
		return used || counts[v.Field] >= sheetimport.MaxPlannedValues
	})
}

// hintUnpriced says what to do about costs in other currencies than the report's.
func hintUnpriced(out *bytes.Buffer, r *budget.Report, a arguments) {
	if len(r.Unpriced) == 0 {
		return
	}
	currencies := map[budget.Currency]bool{}
	for _, u := range r.Unpriced {
		currencies[u.Cost.Currency()] = true
	}
	var options []string
	for _, c := range slices.Sorted(maps.Keys(currencies)) {
		options = append(options, "-currency "+string(c))
	}
	out.WriteString(a.say("\nhint: %s; %s with a new database plans in that currency; to count them here, write them in the currency of the plan\n",
		a.counted(len(r.Unpriced), "cost is in another currency and in no amount above", "costs are in other currencies and in no amount above"),
		strings.Join(options, a.say(" or "))))
}
