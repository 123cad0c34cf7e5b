package crm

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/google/uuid"
)

// netChange is the net effect of units of work on one record. Mostly it is one unit; an import in pieces has several.
type netChange struct {
	record  Ref
	last    Seq       // of their last change of the record
	unit    uuid.UUID // that made it
	existed bool      // the record was there before the units
	exists  bool      // and after them
	// version is that of a created record after the units' changes, if nobody else has changed it, and that at which the
	// units deleted one; 0 if the log does not say.
	version int64
	// between are the fields that somebody else changed after one of the units and before another one changed them too.
	between []string
	// before and after are the fields that the units changed; nil is unset. For a deleted record before has every field.
	// For a created one both are empty, because its id is enough to delete it.
	before, after map[string]json.RawMessage
	// follows is true if the unit changed only the auto name of a cooperation, because a part of the name changed. It
	// is undone only together with that part.
	follows bool
	erased  bool // the unit took personal data out of the record
	// mergedInto is whose part the influencer was before the units and after them; see mergedIntoField.
	mergedInto FieldChange
}

// netChangesOf reads the net changes of units of work, newest first, and their first change, which is zero if the log
// has none of them.
func netChangesOf(ctx context.Context, r Reader, units []uuid.UUID) ([]*netChange, Change, error) {
	var first Change
	of := map[Ref]*netChange{}
	add := func(c Change) error {
		if first.Seq == 0 {
			first = c
			first.Fields = nil
		}
		net := of[c.Record]
		if net == nil {
			net = &netChange{
				record: c.Record, existed: c.Kind != Created,
				before: map[string]json.RawMessage{}, after: map[string]json.RawMessage{},
			}
			of[c.Record] = net
		}
		net.add(c)
		return nil
	}
	for _, unit := range units {
		if err := eachChange(ctx, r, ChangeFilter{Unit: unit}, add); err != nil {
			return nil, first, err
		}
	}
	all := slices.SortedFunc(maps.Values(of), func(a, b *netChange) int { return -cmp.Compare(a.last, b.last) })
	return slices.DeleteFunc(all, (*netChange).isNothing), first, nil
}

func (net *netChange) add(c Change) {
	sameUnit, isFirst := net.unit == c.Unit, net.last == 0
	net.last, net.unit, net.exists = c.Seq, c.Unit, c.Kind != Deleted
	net.erased = net.erased || c.Kind == Erased
	if c.Kind == Created || c.Kind == Deleted {
		net.version = c.Version()
	} else {
		net.version++
	}
	for _, f := range c.Fields {
		if f.Field == mergedIntoField {
			if net.mergedInto.After = f.After; isFirst {
				net.mergedInto.Before = f.Before
			}
		}
	}
	if !net.existed {
		return
	}
	fields := c.Fields
	if c.Record.Kind == KindWorkspace {
		fields = byMonth(fields)
	}
	for _, f := range fields {
		if f.Field == "claims_until" && c.Kind == Updated || isOfLog(f.Field) {
			continue // it follows from the campaign and influencer, or from the log
		}
		switch left, known := net.after[f.Field]; {
		case !known:
			net.before[f.Field] = f.Before
		case !sameUnit && !bytes.Equal(left, f.Before):
			net.between = append(net.between, f.Field)
		}
		net.after[f.Field] = f.After
	}
}

// isNothing reports whether the unit left the record as it was. Fields that it changed and changed back are dropped.
func (net *netChange) isNothing() bool {
	if len(net.between) > 0 {
		return false
	}
	if !net.existed || !net.exists || net.erased {
		return net.existed == net.exists && !net.erased
	}
	for name, before := range net.before {
		if bytes.Equal(before, net.after[name]) {
			net.forget(name)
		}
	}
	return len(net.before) == 0
}

// forget drops a field.
func (net *netChange) forget(name string) {
	delete(net.before, name)
	delete(net.after, name)
}

// isAutoNaming reports whether the unit changed nothing of a cooperation but its auto name.
func (net *netChange) isAutoNaming(now Record) bool {
	c, ok := now.(Cooperation)
	_, named := net.before["name"]
	return ok && c.NameMode == NameAuto && named && len(net.before) == 1
}

// changesInfluencer reports whether the unit gave a cooperation to another influencer.
func (net *netChange) changesInfluencer() bool {
	return net.existed && net.exists && net.record.Kind == KindCooperation && net.before["influencer"] != nil
}

// references are the records that the former state names and the present one may not.
func (net *netChange) references() (refs []Ref) {
	for field, kind := range map[string]Kind{
		"campaign": KindCampaign, "influencer": KindInfluencer, "responsible": KindMember,
	} {
		var id ID[Ref]
		if decodeField(net.before[field], &id) && !id.IsZero() {
			refs = append(refs, Ref{kind, id.UUID()})
		}
	}
	return refs
}

// touched says why a record cannot be undone because of what happened since, if anything does. An auto name that has
// changed again is dropped from the net change.
func (u *undo) touched(ctx context.Context, net *netChange) (why sentence.Sentence, err error) {
	now, err := find(ctx, u, net.record)
	switch {
	case err != nil:
		return sentence.Sentence{}, err
	case net.erased:
		return sentence.Of("personal data were erased from it, which cannot be taken back"), nil
	case !net.exists && now != nil:
		return sentence.Of("it was created again since"), nil
	case !net.exists:
		if erased, err := u.isErasedPart(ctx, net); err != nil || !erased {
			return sentence.Sentence{}, err
		}
		return sentence.Of("personal data were erased from it, which cannot be taken back"), nil
	case now == nil:
		return sentence.Of("it was deleted since"), nil
	case !net.existed && now.Revision() != net.version:
		if same, err := u.cameBack(ctx, net, now); err != nil || same {
			return sentence.Sentence{}, err
		}
		return sentence.Of("it was changed since"), nil
	case !net.existed:
		return u.touchedMerge(ctx, net)
	}
	return u.touchedFields(ctx, net, now)
}

// isErasedPart reports whether the unit merged an influencer into another one, and both are erased since as one person.
func (u *undo) isErasedPart(ctx context.Context, net *netChange) (bool, error) {
	var into InfluencerID
	var name string
	if !decodeField(net.mergedInto.After, &into) || into.IsZero() || !decodeField(net.before["name"], &name) || name != erasedName {
		return false, nil
	}
	now, err := find(ctx, u, RefTo(into))
	// nil: it became a part of somebody itself. By the name, because new data of the one bring nothing of the other back.
	return err == nil && (now == nil || nameOf(now) == erasedName), err
}

// touchedMerge says why an influencer who came back from a merge does not become a part of the other one again, if that one
// could not take what a part of it was: then this one would be deleted, and nobody would have got anything.
func (u *undo) touchedMerge(ctx context.Context, net *netChange) (why sentence.Sentence, err error) {
	var into InfluencerID
	if !decodeField(net.mergedInto.Before, &into) || into.IsZero() {
		return sentence.Sentence{}, nil
	}
	changed := false
	err = eachChange(ctx, u, ChangeFilter{Record: RefTo(into), After: u.end}, func(c Change) error {
		changed = changed || c.Seq <= u.head
		return nil
	})
	if err != nil || !changed {
		return sentence.Sentence{}, err
	}
	now, err := find(ctx, u, RefTo(into))
	switch {
	case err != nil:
		return sentence.Sentence{}, err
	case now == nil:
		return sentence.Of("the influencer of whom it would be a part again was deleted since"), nil
	case IsErased(now):
		return sentence.Of("the influencer of whom it would be a part again was erased since"), nil
	}
	return sentence.Of("the influencer of whom it would be a part again, %q, changed since; merge them anew", Shorten(nameOf(now))), nil
}

// touchedFields is touched for a record that there was before the unit and is now.
func (u *undo) touchedFields(ctx context.Context, net *netChange, now Record) (why sentence.Sentence, err error) {
	months, between := net.keepMonths(net.between)
	if len(between) > 0 {
		return sentence.Of("its %s changed between two parts of it", fieldNames(between)), nil
	}
	net.follows = net.isAutoNaming(now)
	left, err := patchByMonth(now, net.after)
	if isRefusal(err) {
		return problemsIn(err), nil
	} else if err != nil {
		return sentence.Sentence{}, err
	}
	since, err := diff(left, now)
	if err != nil {
		return sentence.Sentence{}, err
	}
	if net.record.Kind == KindWorkspace {
		since = byMonth(since)
	}
	names := []string{}
	for _, f := range since {
		if c, ok := now.(Cooperation); ok && f.Field == "name" && c.NameMode == NameAuto && net.before["name_mode"] == nil {
			net.forget("name")
			continue
		}
		names = append(names, f.Field)
	}
	changed, names := net.keepMonths(names)
	if months = append(months, changed...); len(months) > 0 {
		if len(net.before) == 0 {
			return monthsStay(months), nil
		}
		u.partly[net.record] = monthsStay(months)
	}
	switch {
	case len(names) > 0:
		return sentence.Of("its %s changed since", fieldNames(names)), nil
	case net.before["archived_on"] == nil && net.after["archived_on"] == nil && !archivedOn(now).IsZero() && !net.follows:
		if since, err := u.archivedSince(ctx, net.record, net.last); err != nil || since {
			return sentence.Of("it was archived since; restore it first"), err
		}
	}
	return sentence.Sentence{}, nil
}

// fieldNames lists fields for people.
func fieldNames(fields []string) sentence.Sentence {
	if slices.Contains(fields, "phone") { // of which the other form is made
		fields = slices.DeleteFunc(slices.Clone(fields), func(field string) bool { return field == "phone_e164" })
	}
	names := make([]any, len(fields))
	for n, field := range fields {
		names[n] = sentence.Of(cmp.Or(fieldWords[field], strings.ReplaceAll(field, "_", " ")))
	}
	return sentence.Of(strings.TrimSuffix(strings.Repeat("%s, ", len(names)), ", "), names...)
}

// fieldWords are what fields are called in a list of them, in the catalogue of sentences. Those that are missing are called by
// their names in JSON.
var fieldWords = map[string]string{
	"archived_on": "archived on", "budget": "budget", "campaign": "campaign", "cancellation": "cancellation", "category": "category",
	"claims_until": "claims until", "code_comparison": "code comparison", "cost": "cost", "currency": "currency", "custom": "custom fields",
	"email": "email", "end": "end", "forecast": "forecast", "ignored_codes": "ignored codes", "influencer": "influencer",
	"last_touch": "last touch", "name": "name", "name_mode": "name mode", "notes": "notes", "period": "period", "phone": "phone",
	"picture": "picture", "profile": "profile", "profiles": "profiles", "responsible": "responsible", "revenue_target": "revenue target",
	"rules": "discount rules", "rules_origin": "rules origin", "sources": "sources", "spread": "spread", "start": "start", "status": "status",
	"tags": "tags", "tail_days": "tail days", "time_zone": "time zone", "utm": "UTM parameters", "utm_origins": "UTM origins",
	"imported": "imported", "phone_e164": "phone e164",
}
