package budget

import (
	"slices"
)

// Filter selects a part of a report. Of each field that has values an item has to have one, "" standing for none
// given; fields without values select everything.
type Filter struct {
	Campaigns    []string `json:"campaigns,omitzero"` // ids
	Influencers  []string `json:"influencers,omitzero"`
	Responsibles []string `json:"responsibles,omitzero"`
	Platforms    []string `json:"platforms,omitzero"` // these are compared without regard to case
	Categories   []string `json:"categories,omitzero"`
	Tags         []string `json:"tags,omitzero"`
	Stages       []Stage  `json:"stages,omitzero"`

	// From and To are the first and the last month; the zero Month leaves an end open. What is unscheduled is in no
	// month, so that either of them leaves it out.
	From Month `json:"from,omitzero"`
	To   Month `json:"to,omitzero"`
}

// Filter returns the part of a report that a filter selects. A line has the amounts, counts and forecast of what is
// selected, and the budget, health and tipping item that it has for all it covers: the rest of that is Line.Others, so
// that what is left of a budget is left of it indeed.
//
//   - Other campaigns than Campaigns names have no line. A month whose budget is made of campaigns' budgets has those of
//     the campaigns named; a month with a budget of its own has it whole, and other campaigns' spend in Others.
//   - With From or To a campaign has what falls into these months, of its costs and of its budget. If any of its budget
//     does, it is for all of these costs, also for those in months that the budget has no part in.
//   - Where anything else selects, lines in which nothing is selected are left out, and totals are those of the lines
//     that are left.
//
// It filters the whole plan, also if the report is filtered itself. An unknown stage is ErrStage, a To before From
// ErrMonth, a report without items ErrPlan.
func (r *Report) Filter(f Filter) (*Report, error) {
	for _, stage := range f.Stages {
		if err := stage.Validate(); err != nil {
			return nil, err
		}
	}
	if !f.From.IsZero() && !f.To.IsZero() && f.To.Compare(f.From) < 0 {
		return nil, wrong(ErrMonth, "the range from %s to %s, want it the other way round", f.From, f.To)
	}
	if r.full != nil {
		r = r.full
	}
	if r.ledger == nil || r.ledger.entries == nil {
		return nil, wrong(ErrPlan, "the report has no items to select from, want one that New made")
	}
	s := newSelection(r, f)
	s.sum()
	return s.report(), nil
}

// IsZero reports whether the filter selects everything.
func (f Filter) IsZero() bool { return len(f.Campaigns) == 0 && f.months().isAll() && !f.narrow() }

// OnlyCampaigns reports whether the filter selects campaigns and nothing else.
func (f Filter) OnlyCampaigns() bool {
	return len(f.Campaigns) > 0 && f.months().isAll() && !f.narrow()
}

// monthRange is some months in a row; the zero Month leaves an end open.
type monthRange struct{ from, to Month }

func (f *Filter) months() monthRange { return monthRange{f.From, f.To} }

// isAll reports whether all months are in the range, and what is unscheduled.
func (m monthRange) isAll() bool { return m == monthRange{} }

func (m monthRange) has(month Month) bool {
	return m.isAll() || !month.IsZero() && month.Compare(m.from) >= 0 && (m.to.IsZero() || month.Compare(m.to) <= 0)
}

// narrow reports whether the filter selects items by more than their campaign.
func (f *Filter) narrow() bool {
	return len(f.Influencers)+len(f.Responsibles)+len(f.Platforms)+len(f.Categories)+len(f.Tags)+len(f.Stages) > 0
}

// matcher is a filter whose values are looked up, because both they and the items may be many. Texts are folded, each once.
type matcher struct {
	Filter
	influencers, responsibles   oneOf[string]
	platforms, categories, tags oneOf[string] // folded
	stages                      oneOf[Stage]
	fold                        func(string) string
	folded                      map[string]string
}

func newMatcher(f Filter, fold func(string) string) *matcher {
	m := &matcher{
		Filter: f, influencers: newOneOf(f.Influencers), responsibles: newOneOf(f.Responsibles), stages: newOneOf(f.Stages),
		fold: fold, folded: map[string]string{},
	}
	m.platforms, m.categories, m.tags = m.foldedOf(f.Platforms), m.foldedOf(f.Categories), m.foldedOf(f.Tags)
	return m
}

func (m *matcher) foldedOf(texts []string) oneOf[string] {
	keys := make([]string, len(texts))
	for n, text := range texts {
		keys[n] = m.key(text)
	}
	return newOneOf(keys)
}

func (m *matcher) key(text string) string {
	key, known := m.folded[text]
	if !known {
		key = m.fold(text)
		m.folded[text] = key
	}
	return key
}

// selects reports whether an item of a campaign that is shown is selected.
func (m *matcher) selects(it *Item) bool {
	return m.influencers.has(it.Influencer) && m.responsibles.has(it.Responsible) &&
		(m.platforms == nil || m.platforms.has(m.key(it.Platform))) &&
		(m.categories == nil || m.categories.has(m.key(it.Category))) &&
		m.stages.has(it.Stage) && m.selectsTags(it.Tags)
}

func (m *matcher) selectsTags(tags []string) bool {
	if m.tags == nil {
		return true
	}
	if len(tags) == 0 {
		return m.tags.has("")
	}
	return slices.ContainsFunc(tags, func(tag string) bool { return m.tags.has(m.key(tag)) })
}

// oneOf are the values of a field of a filter; nil selects everything.
type oneOf[T comparable] map[T]struct{}

func newOneOf[T comparable](values []T) oneOf[T] {
	if len(values) == 0 {
		return nil
	}
	wanted := make(oneOf[T], len(values))
	for _, v := range values {
		wanted[v] = struct{}{}
	}
	return wanted
}

func (o oneOf[T]) has(value T) bool {
	if o == nil {
		return true
	}
	_, wanted := o[value]
	return wanted
}
