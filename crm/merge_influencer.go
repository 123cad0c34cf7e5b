package crm

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm/sentence"
)

// influencerMerge is the merge of two influencers, before anything is written.
type influencerMerge struct {
	into        Influencer // with what it gets
	from        Influencer
	take        map[string]bool
	fields      []string // that can be taken
	filled      []string
	differences []Difference
	profiles    []MovedProfile
}

// mergeFields merges two influencers and checks the result.
func (w *Work) mergeFields(ctx context.Context, into, from Influencer, o MergeOptions) (*influencerMerge, error) {
	m := &influencerMerge{into: Clone(into), from: from, take: map[string]bool{}, filled: []string{},
		differences: []Difference{}, profiles: []MovedProfile{}}
	for _, field := range o.Take {
		m.take[field] = true
	}
	m.mergeText("name", &m.into.Name, from.Name)
	mergeField(m, "phone", &m.into.Phone, from.Phone, into.Phone, from.Phone, into.PhoneE164 == from.PhoneE164)
	m.mergeText("email", &m.into.Email, from.Email)
	m.mergeText("category", &m.into.Category, from.Category)
	if err := m.mergeResponsible(ctx, w); err != nil {
		return nil, err
	}
	m.into.Tags = retag(into.Tags, from.Tags, nil)
	m.addFilled("tags", len(m.into.Tags) > len(into.Tags))
	m.mergeNotes()
	m.mergeCustom()
	m.mergeProfiles()
	p := newProblems(into)
	m.checkTake(p)
	for _, list := range []struct {
		field   string
		n, most int
		what    string
	}{
		{"notes", utf8.RuneCountInString(m.into.Notes), MaxNotes, "characters of notes"},
		{"tags", len(m.into.Tags), MaxTags, "tags"},
		{"custom", len(m.into.Custom), MaxCustomFields, "custom fields"},
		{"profiles", len(m.into.Profiles), MaxProfiles, "profiles"},
	} {
		if list.n > list.most {
			p.addf(list.field, strconv.Itoa(list.n),
				"the two have %d %s together; at most %d are allowed, so remove some first", list.n,
				sentence.Of(list.what), list.most)
		}
	}
	if err := p.result(); err != nil {
		return nil, err
	}
	if err := m.into.normalize(w.workspace.Currency); err != nil {
		return nil, err
	}
	return m, w.checkResponsible(ctx, into.Ref(), into.Responsible, m.into.Responsible)
}

// mergeField merges one field: into's value stays unless it has none or Take names the field. The texts are the values
// as people see them, "" for none.
func mergeField[T any](m *influencerMerge, field string, into *T, from T, intos, froms string, same bool) {
	m.fields = append(m.fields, field)
	wanted := m.take[field]
	switch {
	case froms == "" || same && (!wanted || intos == froms):
	case intos == "":
		*into = from
		m.addFilled(field, true)
	case wanted:
		*into = from
		m.addDifference(field, froms, intos)
	default:
		m.addDifference(field, intos, froms)
	}
}

// mergeText merges a text that is compared folded.
func (m *influencerMerge) mergeText(field string, into *string, from string) {
	mergeField(m, field, into, from, *into, from, Fold(*into) == Fold(from))
}

func (m *influencerMerge) addDifference(field, kept, left string) {
	m.differences = append(m.differences, Difference{Field: field, Kept: Shorten(kept), Left: Shorten(left)})
}

func (m *influencerMerge) addFilled(field string, added bool) {
	if added {
		m.filled = append(m.filled, field)
	}
}

// mergeResponsible merges the responsible member. An archived one is not taken over.
func (m *influencerMerge) mergeResponsible(ctx context.Context, w *Work) error {
	members, err := w.Members().GetAll(ctx, []MemberID{m.into.Responsible, m.from.Responsible})
	if err != nil {
		return err
	}
	of := map[MemberID]Member{}
	for _, m := range members {
		of[m.ID] = m
	}
	from := of[m.from.Responsible]
	if m.into.Responsible.IsZero() && !from.ArchivedOn.IsZero() && !m.take["responsible"] {
		m.fields = append(m.fields, "responsible")
		m.addDifference("responsible", "", from.Name)
		return nil
	}
	mergeField(m, "responsible", &m.into.Responsible, from.ID, of[m.into.Responsible].Name, from.Name,
		m.into.Responsible == from.ID)
	return nil
}

func (m *influencerMerge) mergeNotes() {
	into, from := m.into.Notes, m.from.Notes
	switch {
	case from == "" || Fold(into) == Fold(from):
		return
	case into == "":
		m.into.Notes = from
	default:
		m.into.Notes = into + "\n\n" + from
	}
	m.addFilled("notes", true)
}

func (m *influencerMerge) mergeCustom() {
	names := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(m.into.Custom)) {
		names[Fold(name)] = name
	}
	for _, name := range slices.Sorted(maps.Keys(m.from.Custom)) {
		mine, known := names[Fold(name)]
		if _, exactly := m.into.Custom[name]; exactly || !known {
			mine = name
		}
		value := m.into.Custom[mine]
		m.mergeText("custom."+mine, &value, m.from.Custom[name])
		m.into.Custom[mine] = value
	}
}

// checkTake refuses fields in Take that do not exist.
func (m *influencerMerge) checkTake(p *problems) {
	known := map[string]bool{}
	for _, field := range m.fields {
		known[field] = true
	}
	for _, field := range slices.Sorted(maps.Keys(m.take)) {
		if known[field] {
			continue
		}
		const most = 20
		names := strings.Join(m.fields[:min(len(m.fields), most)], ", ")
		if more := len(m.fields) - most; more > 0 {
			names += fmt.Sprintf(" and %d more", more)
		}
		p.addf("take", field, "is no field that can be taken; here those are %s", names)
		return
	}
}
