package history

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// references are the fields that hold the id of a record.
var references = map[string]crm.Kind{"campaign": crm.KindCampaign, "influencer": crm.KindInfluencer, "responsible": crm.KindMember}

// field returns the phrases for one field.
func (d describer) field(record crm.Kind, f crm.FieldChange) []sentence.Sentence {
	wasUnset, isUnset := f.Before == nil, f.After == nil
	switch f.Field {
	case "status":
		from, knownFrom := decodeText(f.Before)
		to, knownTo := decodeText(f.After)
		if knownFrom && knownTo {
			return one("moved it from %s to %s", stage(from), stage(to))
		}
	case "archived_on":
		if isUnset {
			return one("took it out of the archive")
		}
		return one("archived it")
	case "claims_until":
		if until, ok := shown(f.After).(budget.Date); ok {
			return one("ended its codes and links on %s, as its campaign or influencer is archived", until)
		}
		return one("let its codes and links go on")
	case "cancellation":
		return []sentence.Sentence{cancellation(f)}
	case "last_touch":
		if string(f.After) == "true" {
			return one("switched last touch on")
		}
		return one("switched last touch off")
	case "notes":
		return changed(label(f.Field), "", "", wasUnset, isUnset)
	case "picture":
		if isUnset {
			return one("removed the picture")
		}
		return changed(label(f.Field), "", "", wasUnset, false)
	case "period":
		return changedParts(f, "", "start", "end")
	case "utm":
		return changedParts(f, "utm_", "source", "medium", "campaign", "term", "content")
	case "tags", "ignored_codes":
		return changedList(f)
	case "rules":
		was, is := patterns(f.Before), patterns(f.After)
		return change(label(f.Field), listed(was), listed(is), len(was) == 0, len(is) == 0)
	case "custom", "month_budgets":
		return changedKeys(f)
	case "profiles":
		return changedProfiles(f)
	case "sources":
		return changedSources(f)
	}
	if kind, ok := references[f.Field]; ok && record != kind {
		return changed(label(f.Field), d.name(kind, f.Before), d.name(kind, f.After), wasUnset, isUnset)
	}
	return changed(label(f.Field), value(f.Field, f.Before), value(f.Field, f.After), wasUnset, isUnset)
}

// stage is a status as a value of a sentence.
func stage(name string) any {
	if s := budget.Stage(name); s.Validate() == nil {
		return s
	}
	return oneLine(name)
}

// month is the key of a month's budget as a value of a sentence.
func month(key string) any {
	if m, err := budget.ParseMonth(key); err == nil {
		return m
	}
	return oneLine(key)
}

// one is a single phrase.
func one(format string, args ...any) []sentence.Sentence {
	return []sentence.Sentence{sentence.Of(format, args...)}
}

// changed is the phrase for a change from one value to another. An empty text is a value that is not shown.
func changed(what sentence.Sentence, from, to any, wasUnset, isUnset bool) []sentence.Sentence {
	return change(what, listed([]any{from}), listed([]any{to}), wasUnset, isUnset)
}

func change(what, from, to sentence.Sentence, wasUnset, isUnset bool) []sentence.Sentence {
	known, differs := from.String() != "", !from.Equal(to)
	switch {
	case isUnset && known:
		return one("cleared %s, which was %s", what, from)
	case isUnset:
		return one("cleared %s", what)
	case wasUnset && to.String() != "":
		return one("set %s to %s", what, to)
	case wasUnset:
		return one("set %s", what)
	case known && to.String() != "" && differs:
		return one("changed %s from %s to %s", what, from, to)
	case to.String() != "" && differs: // the former value is not known, such as the name of a deleted record
		return one("changed %s to %s", what, to)
	}
	return one("changed %s", what)
}

// listed joins at most five items with commas and counts the others: "a, b, c, d, e and 2 more".
func listed(items []any) sentence.Sentence {
	const most = 5
	if more := len(items) - most; more > 0 {
		return sentence.Of("%s and %d more", listed(items[:most]), more)
	}
	return sentence.Of(strings.TrimSuffix(strings.Repeat("%s, ", len(items)), ", "), items...)
}

// orElse returns the phrases or, if there are none, that the thing as a whole changed.
func orElse(phrases []sentence.Sentence, what sentence.Sentence) []sentence.Sentence {
	if len(phrases) == 0 {
		return one("changed %s", what)
	}
	return phrases
}

func changedSources(f crm.FieldChange) []sentence.Sentence {
	var was, is crm.DataSources
	phrases := []sentence.Sentence{}
	if decode(f.Before, &was) && decode(f.After, &is) {
		for _, s := range []struct {
			what    string
			was, is crm.DataSource
		}{{"the sheet", was.Sheet, is.Sheet}, {"the CRM", was.CRM, is.CRM}} {
			switch {
			case s.is.Connected && !s.was.Connected:
				phrases = append(phrases, sentence.Of("connected %s", sentence.Of(s.what)))
			case s.was.Connected && !s.is.Connected:
				phrases = append(phrases, sentence.Of("disconnected %s", sentence.Of(s.what)))
			case s.is.Link != s.was.Link:
				phrases = append(phrases, sentence.Of("changed the link of %s", sentence.Of(s.what)))
			}
		}
	}
	return orElse(phrases, label(f.Field))
}

func cancellation(f crm.FieldChange) sentence.Sentence {
	var c crm.Cancellation
	if f.After == nil {
		return sentence.Of("took the cancellation back")
	}
	if json.Unmarshal(f.After, &c) != nil || f.Before != nil {
		return sentence.Of("changed the cancellation")
	}
	phrase := sentence.Of("cancelled it")
	if !c.On.IsZero() {
		phrase = sentence.Of("cancelled it on %s", c.On)
	}
	if c.Fee.IsSet() {
		phrase = sentence.Of("%s with a fee of %s", phrase, c.Fee)
	}
	if reason := reasonText(c.Reason, nil); !reason.IsZero() {
		phrase = sentence.Of("%s, because: %s", phrase, reason)
	}
	return phrase
}

// changedParts describes each part of an object by itself.
func changedParts(f crm.FieldChange, prefix string, parts ...string) []sentence.Sentence {
	var before, after map[string]json.RawMessage
	phrases := []sentence.Sentence{}
	if decode(f.Before, &before) && decode(f.After, &after) {
		for _, part := range parts {
			phrases = append(phrases, changedPart(partLabel(prefix, part), before[part], after[part])...)
		}
	}
	return orElse(phrases, label(f.Field))
}

func partLabel(prefix, part string) sentence.Sentence {
	if prefix == "" {
		return label(part)
	}
	return sentence.Of("the %s", prefix+part)
}

// changedKeys describes each entry of a map by itself.
func changedKeys(f crm.FieldChange) []sentence.Sentence {
	var before, after map[string]json.RawMessage
	phrases := []sentence.Sentence{}
	if decode(f.Before, &before) && decode(f.After, &after) {
		keys := maps.Clone(before)
		if keys == nil {
			keys = map[string]json.RawMessage{}
		}
		maps.Copy(keys, after)
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			what := sentence.Of("the custom field %s", quoted(key))
			if f.Field == "month_budgets" {
				what = sentence.Of("the budget of %s", month(key))
			}
			phrases = append(phrases, changedPart(what, before[key], after[key])...)
		}
	}
	return orElse(phrases, label(f.Field))
}

func changedPart(what sentence.Sentence, from, to json.RawMessage) []sentence.Sentence {
	if string(from) == string(to) {
		return nil
	}
	return changed(what, shown(from), shown(to), len(from) == 0, len(to) == 0)
}

// changedList describes which texts were added to a list and removed from it.
func changedList(f crm.FieldChange) []sentence.Sentence {
	var before, after []string
	if !decode(f.Before, &before) || !decode(f.After, &after) {
		return orElse(nil, label(f.Field))
	}
	phrases := []sentence.Sentence{}
	for _, move := range []struct {
		verb         string // with the label and the items
		list, absent []string
	}{{"added %s %s", after, before}, {"removed %s %s", before, after}} {
		moved := []any{}
		for _, item := range move.list {
			if !slices.Contains(move.absent, item) {
				moved = append(moved, quoted(item))
			}
		}
		what := label(f.Field)
		if len(moved) == 1 {
			what = sentence.Of(listLabels[f.Field].item)
		}
		if len(moved) > 0 {
			phrases = append(phrases, sentence.Of(move.verb, what, listed(moved)))
		}
	}
	return orElse(phrases, sentence.Of(listLabels[f.Field].order))
}

// changedProfiles describes which profiles were added, removed and changed.
func changedProfiles(f crm.FieldChange) []sentence.Sentence {
	var before, after []profile
	if !decode(f.Before, &before) || !decode(f.After, &after) {
		return orElse(nil, label(f.Field))
	}
	phrases := []sentence.Sentence{}
	was, is := map[crm.ProfileID]profile{}, map[crm.ProfileID]bool{}
	for _, p := range before {
		was[p.ID] = p
	}
	for _, p := range after {
		is[p.ID] = true
		switch old, existed := was[p.ID]; {
		case !existed:
			phrases = append(phrases, sentence.Of("added the profile %s", p.String()))
		case old.String() != p.String():
			phrases = append(phrases, sentence.Of("changed the profile %s to %s", old.String(), p.String()))
		case old.raw != p.raw:
			phrases = append(phrases, sentence.Of("changed the profile %s", p.String()))
		}
	}
	for _, p := range before {
		if !is[p.ID] {
			phrases = append(phrases, sentence.Of("removed the profile %s", p.String()))
		}
	}
	return orElse(phrases, sentence.Of("the order of the profiles"))
}
