package pages

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/history"
)

// entry is a change of the log in words.
type entry struct {
	Change crm.Change
	Text   string // with the name of the record
	Name   string // of the record; empty if it has none any more
	Link   string // to the record's page; empty if there is none
}

// Unit is the unit of work, to take it back.
func (e entry) Unit() uuid.UUID { return e.Change.Unit }

// describe puts changes into words, with the names of all records that they speak of.
func (v *visit) describe(changes []crm.Change) []entry {
	var refs []crm.Ref
	reader := history.Reader{Names: func(r crm.Ref) string { refs = append(refs, r); return "" }}
	reader.Zone, _ = v.ws.Location() // without it in UTC: the time is right, and its hour is another one
	for _, c := range changes {
		refs = append(refs, c.Record)
		reader.Sentence(c)
	}
	names := v.names(refs)
	reader.Names = func(r crm.Ref) string { return names[r] }
	entries := make([]entry, len(changes))
	for n, c := range changes {
		e := entry{Change: c, Name: names[c.Record], Link: v.linkTo(c.Record)}
		e.Text = reader.Sentence(c).Spoken(v.face.Lang)
		said := c.Kind == crm.Created && strings.Contains(e.Text, e.Name) // by the sentence
		switch {
		case e.Name != "" && !said:
			e.Text = e.Name + ": " + e.Text
		case c.Actor == "": // else the sentence begins with a name, which stays as it is written
			e.Text = capitalised(e.Text)
		}
		entries[n] = e
	}
	return entries
}

// capitalised is a text that begins as a sentence does.
func capitalised(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// names are those of records. One that is gone has none, and neither have all if they cannot be read: a page without names
// is better than none.
func (v *visit) names(refs []crm.Ref) map[crm.Ref]string {
	m, err := v.readNames(v.Context(), refs)
	if err != nil {
		v.pages.options.Logger.WarnContext(v.Context(), "names of records", "error", err)
	}
	return m
}

// readNames is names with what went wrong, beside those that could be read.
func (v *visit) readNames(ctx context.Context, refs []crm.Ref) (m map[crm.Ref]string, errs error) {
	m = map[crm.Ref]string{}
	seen := map[crm.Ref]bool{{}: true}
	refs = slices.DeleteFunc(refs, func(r crm.Ref) bool {
		known := seen[r] || r.ID == uuid.Nil
		seen[r] = true
		return known
	})
	for some := range slices.Chunk(refs, crm.MaxNeed) {
		named, err := v.crm.Names(ctx, v.ws.ID, some)
		errs = errors.Join(errs, err)
		for _, n := range named {
			m[n.Ref] = n.Name
		}
	}
	return m, errs
}

// linkTo is the address of a record's page; empty if it has none.
func (v *visit) linkTo(r crm.Ref) string {
	switch r.Kind {
	case crm.KindCampaign:
		return v.to("campaigns", r.ID.String())
	case crm.KindInfluencer:
		return v.to("influencers", r.ID.String())
	case crm.KindCooperation:
		return v.to("cooperations", r.ID.String())
	case crm.KindMember:
		return v.to("members", r.ID.String())
	case crm.KindWorkspace:
		return v.to("settings")
	}
	return ""
}
