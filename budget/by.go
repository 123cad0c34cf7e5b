package budget

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// By returns a line for every value on an axis, with the items that have
// no value under "" at the end. They add up to TotalOf, except by tag: an item with
// several tags is in the line of each. An axis that does not exist has no lines.
//
// Campaigns and months are those of the report, quarters and years add up months, each with its
// budget; what is unscheduled has no month. The lines of other axes are in the order of their labels, and have no budgets.
//
// Platforms, categories and tags are compared as Plan.Fold folds them, so that
// "Beauty" and "beauty" are one line: its key is the folded text. Influencers and responsible
// members are ids, compared as they are. A line's label is that of Plan.Labels;
// without one it is the text as the item with the lowest ID has it, which is the
// one that was added first where ids grow with time.
func (r *Report) By(axis Axis) []Line {
	switch axis {
	case AxisCampaign:
		return slices.Clone(r.Campaigns)
	case AxisMonth:
		return r.andUnscheduled(slices.Clone(r.Months))
	case AxisQuarter:
		return r.andUnscheduled(r.Quarters())
	case AxisYear:
		return r.andUnscheduled(r.Years())
	}
	return r.byItems(axis)
}

// andUnscheduled adds what is unscheduled to months, if there is anything.
func (r *Report) andUnscheduled(months []Line) []Line {
	if r.Unscheduled.Count() > 0 {
		months = append(months, r.Unscheduled)
	}
	return months
}

// TotalOf returns the total of the lines of an axis.
func (r *Report) TotalOf(axis Axis) Line {
	switch axis {
	case AxisMonth, AxisQuarter, AxisYear:
		return r.MonthTotal
	}
	return r.Total
}

// byItems makes the lines of an axis whose values items have.
func (r *Report) byItems(axis Axis) []Line {
	b := r.ledgerOrEmpty()
	groups := axisGroups{axis: axis, fold: b.foldOf, keys: map[string]string{}, of: map[string]*axisGroup{}}
	var parts []part
	for i := range b.entries {
		if e := &b.entries[i]; e.counts {
			groups.minor, parts = b.amount(e, parts)
			groups.addItem(&b.items[i], e)
		}
	}
	lines := make([]Line, 0, len(groups.of))
	sortKeys := make(map[string]string, len(groups.of))
	for _, key := range slices.Sorted(maps.Keys(groups.of)) {
		g := groups.of[key]
		l := r.line(&g.tally, nil, Money{}, BudgetNone)
		l.Key, l.Label = key, g.text
		if label := b.label(axis, key, g.text); label != "" {
			l.Label = label
		}
		sortKeys[key] = b.foldOf(l.Label)
		lines = append(lines, l)
	}
	slices.SortStableFunc(lines, func(x, y Line) int {
		return cmp.Or(compareBool(x.Key == "", y.Key == ""), cmp.Compare(sortKeys[x.Key], sortKeys[y.Key]))
	})
	return lines
}

// label returns the label of a line on an axis. Labels are given by values as items
// have them, of which text is one.
func (b *ledger) label(axis Axis, key, text string) string {
	return cmp.Or(b.labels[axis][text], b.labels[axis][key])
}

// foldOf folds a text as the plan wants it.
func (b *ledger) foldOf(text string) string {
	if b.fold == nil {
		return foldText(text)
	}
	return b.fold(text)
}

func compareBool(x, y bool) int {
	switch {
	case x == y:
		return 0
	case y:
		return -1
	}
	return 1
}

// axisGroups are the items of a report by their values on an axis.
type axisGroups struct {
	axis Axis
	fold func(string) string
	keys map[string]string // by text, so that each is folded once
	of   map[string]*axisGroup

	minor int64 // of the item that is being added
}

type axisGroup struct {
	tally
	text string // as the item with the lowest ID has it
	item string // that item
}

func (g *axisGroups) addItem(it *Item, e *entry) {
	switch g.axis {
	case AxisInfluencer:
		g.add(it.Influencer, it.Influencer, it, e)
	case AxisPlatform:
		g.add(g.key(it.Platform), it.Platform, it, e)
	case AxisCategory:
		g.add(g.key(it.Category), it.Category, it, e)
	case AxisResponsible:
		g.add(it.Responsible, it.Responsible, it, e)
	case AxisTag:
		if len(it.Tags) == 0 {
			g.add("", "", it, e)
		}
		for n, tag := range it.Tags {
			key := g.key(tag)
			if !slices.ContainsFunc(it.Tags[:n], func(earlier string) bool { return g.key(earlier) == key }) {
				g.add(key, tag, it, e)
			}
		}
	}
}

func (g *axisGroups) add(key, text string, it *Item, e *entry) {
	group := g.of[key]
	if group == nil {
		group = &axisGroup{text: text, item: it.ID}
		g.of[key] = group
	} else if it.ID < group.item {
		group.text, group.item = text, it.ID
	}
	group.tally.add(e, g.minor)
}

func (g *axisGroups) key(text string) string {
	key, known := g.keys[text]
	if !known {
		key = g.fold(text)
		g.keys[text] = key
	}
	return key
}

// foldText is how values of an axis are compared if Plan.Fold does not say: NFKC,
// case folded, white space trimmed and collapsed.
func foldText(text string) string {
	text = norm.NFKC.String(cases.Fold().String(norm.NFKC.String(text)))
	return strings.Join(strings.Fields(text), " ")
}
