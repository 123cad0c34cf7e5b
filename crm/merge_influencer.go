package crm

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// influencerMerge is one influencer made of two, field by field, before anything is written.
type influencerMerge struct {
	into        Influencer // with what it gets
	from        Influencer
	take        map[string]bool
	fields      []string // that can be taken
	filled      []string
	differences []Difference
	profiles    []MovedProfile
}

// fuse makes one influencer of two and checks it.
func (w *Work) fuse(ctx context.Context, into, from Influencer, o MergeOptions) (*influencerMerge, error) {
	f := &influencerMerge{into: Clone(into), from: from, take: map[string]bool{}, filled: []string{}, differences: []Difference{}, profiles: []MovedProfile{}}
	for _, field := range o.Take {
		f.take[field] = true
	}
	f.text("name", &f.into.Name, from.Name)
	settle(f, "phone", &f.into.Phone, from.Phone, into.Phone, from.Phone, into.PhoneE164 == from.PhoneE164)
	f.text("email", &f.into.Email, from.Email)
	f.text("category", &f.into.Category, from.Category)
	if err := f.responsible(ctx, w); err != nil {
		return nil, err
	}
	f.into.Tags = retag(into.Tags, from.Tags, nil)
	f.addedTo("tags", len(f.into.Tags) > len(into.Tags))
	f.notes()
	f.custom()
	f.unite()
	p := newProblems(into)
	f.checkTake(p)
	for _, list := range []struct {
		field   string
		n, most int
		what    string
	}{
		{"notes", utf8.RuneCountInString(f.into.Notes), MaxNotes, "characters of notes"},
		{"tags", len(f.into.Tags), MaxTags, "tags"},
		{"custom", len(f.into.Custom), MaxCustomFields, "custom fields"},
		{"profiles", len(f.into.Profiles), MaxProfiles, "profiles"},
	} {
		if list.n > list.most {
			p.addf(list.field, strconv.Itoa(list.n), "the two have %d %s together; at most %d are allowed, so remove some first", list.n, list.what, list.most)
		}
	}
	if err := p.result(); err != nil {
		return nil, err
	}
	if err := f.into.normalize(w.workspace.Currency); err != nil {
		return nil, err
	}
	return f, w.checkResponsible(ctx, into.Ref(), into.Responsible, f.into.Responsible)
}

// settle decides between the values of one field: into's stays unless it has none, or from's was
// asked for. The texts are the values as they are shown, "" for none.
func settle[T any](f *influencerMerge, field string, into *T, from T, intos, froms string, same bool) {
	f.fields = append(f.fields, field)
	wanted := f.take[field]
	switch {
	case froms == "" || same && (!wanted || intos == froms):
	case intos == "":
		*into = from
		f.addedTo(field, true)
	case wanted:
		*into = from
		f.differ(field, froms, intos)
	default:
		f.differ(field, intos, froms)
	}
}

// text settles a text that is compared folded.
func (f *influencerMerge) text(field string, into *string, from string) {
	settle(f, field, into, from, *into, from, Fold(*into) == Fold(from))
}

func (f *influencerMerge) differ(field, kept, left string) {
	f.differences = append(f.differences, Difference{Field: field, Kept: Shorten(kept), Left: Shorten(left)})
}

func (f *influencerMerge) addedTo(field string, added bool) {
	if added {
		f.filled = append(f.filled, field)
	}
}

// responsible settles who is responsible. A member who has left takes nobody over.
func (f *influencerMerge) responsible(ctx context.Context, w *Work) error {
	members, err := w.Members().GetAll(ctx, []MemberID{f.into.Responsible, f.from.Responsible})
	if err != nil {
		return err
	}
	of := map[MemberID]Member{}
	for _, m := range members {
		of[m.ID] = m
	}
	from := of[f.from.Responsible]
	if f.into.Responsible.IsZero() && !from.ArchivedOn.IsZero() && !f.take["responsible"] {
		f.fields = append(f.fields, "responsible")
		f.differ("responsible", "", from.Name)
		return nil
	}
	settle(f, "responsible", &f.into.Responsible, from.ID, of[f.into.Responsible].Name, from.Name, f.into.Responsible == from.ID)
	return nil
}

func (f *influencerMerge) notes() {
	into, from := f.into.Notes, f.from.Notes
	switch {
	case from == "" || Fold(into) == Fold(from):
		return
	case into == "":
		f.into.Notes = from
	default:
		f.into.Notes = into + "\n\n" + from
	}
	f.addedTo("notes", true)
}

func (f *influencerMerge) custom() {
	names := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(f.into.Custom)) {
		names[Fold(name)] = name
	}
	for _, name := range slices.Sorted(maps.Keys(f.from.Custom)) {
		mine, known := names[Fold(name)]
		if _, exactly := f.into.Custom[name]; exactly || !known {
			mine = name
		}
		value := f.into.Custom[mine]
		f.text("custom."+mine, &value, f.from.Custom[name])
		f.into.Custom[mine] = value
	}
}

// checkTake refuses to take a field that there is not.
func (f *influencerMerge) checkTake(p *problems) {
	known := map[string]bool{}
	for _, field := range f.fields {
		known[field] = true
	}
	for _, field := range slices.Sorted(maps.Keys(f.take)) {
		if known[field] {
			continue
		}
		const most = 20
		names := strings.Join(f.fields[:min(len(f.fields), most)], ", ")
		if more := len(f.fields) - most; more > 0 {
			names += fmt.Sprintf(" and %d more", more)
		}
		p.addf("take", field, "is no field that can be taken; here those are %s", names)
		return
	}
}
