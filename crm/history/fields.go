package history

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/internal/text"
)

// labels are words for fields whose JSON name is not what people call them.
var labels = map[string]string{
	"archived_on":   "day of archiving",
	"custom":        "custom fields",
	"forecast":      "forecast weights",
	"imported":      "values of its row in the sheet",
	"last_touch":    "last touch",
	"name_mode":     "way it is named",
	"phone_e164":    "international form of the phone number",
	"responsible":   "responsible member",
	"rules":         "discount rules",
	"rules_origin":  "origin of the discount rules",
	"sources":       "data sources",
	"utm":           "UTM parameters",
	"utm_origins":   "origins of the UTM parameters",
	"month_budgets": "month budgets",
}

func label(field string) string {
	if l, ok := labels[field]; ok {
		return l
	}
	return oneLine(strings.ReplaceAll(field, "_", " "))
}

// references are the fields that hold the id of a record.
var references = map[string]crm.Kind{"campaign": crm.KindCampaign, "influencer": crm.KindInfluencer, "responsible": crm.KindMember}

// field returns the phrases for one field.
func (d describer) field(record crm.Kind, f crm.FieldChange) []string {
	wasUnset, isUnset := f.Before == nil, f.After == nil
	switch f.Field {
	case "status":
		from, knownFrom := decodeText(f.Before)
		to, knownTo := decodeText(f.After)
		if knownFrom && knownTo {
			return []string{"moved it from " + oneLine(from) + " to " + oneLine(to)}
		}
	case "archived_on":
		if isUnset {
			return []string{"took it out of the archive"}
		}
		return []string{"archived it"}
	case "claims_until":
		if until, ok := decodeText(f.After); ok {
			return []string{"ended its codes and links on " + oneLine(until) + ", as its campaign or influencer is archived"}
		}
		return []string{"let its codes and links go on"}
	case "cancellation":
		return []string{cancellation(f)}
	case "last_touch":
		if string(f.After) == "true" {
			return []string{"switched last touch on"}
		}
		return []string{"switched last touch off"}
	case "notes":
		return []string{changed("notes", "", "", wasUnset, isUnset)}
	case "picture":
		if isUnset {
			return []string{"removed the picture"}
		}
		return []string{changed("picture", "", "", wasUnset, false)}
	case "period":
		return changedParts(f, "", "start", "end")
	case "utm":
		return changedParts(f, "utm_", "source", "medium", "campaign", "term", "content")
	case "tags", "ignored_codes":
		return changedList(f)
	case "rules":
		was, is := patterns(f.Before), patterns(f.After)
		return []string{changed(label(f.Field), was, is, was == "", is == "")}
	case "custom", "month_budgets":
		return changedKeys(f)
	case "profiles":
		return changedProfiles(f)
	case "sources":
		return changedSources(f)
	}
	if kind, ok := references[f.Field]; ok && record != kind {
		return []string{changed(label(f.Field), d.name(kind, f.Before), d.name(kind, f.After), wasUnset, isUnset)}
	}
	return []string{changed(label(f.Field), shown(f.Before), shown(f.After), wasUnset, isUnset)}
}

// changed is the phrase for a change from one value to another. An empty text is a value that is not shown.
func changed(what, from, to string, wasUnset, isUnset bool) string {
	switch {
	case isUnset && from != "":
		return "cleared the " + what + ", which was " + from
	case isUnset:
		return "cleared the " + what
	case wasUnset && to != "":
		return "set the " + what + " to " + to
	case wasUnset:
		return "set the " + what
	case from != "" && to != "" && from != to:
		return "changed the " + what + " from " + from + " to " + to
	case to != "" && from != to: // the former value is not known, such as the name of a deleted record
		return "changed the " + what + " to " + to
	}
	return "changed the " + what
}

// orElse returns the phrases or, if there are none, that the thing as a whole changed.
func orElse(phrases []string, what string) []string {
	if len(phrases) == 0 {
		return []string{"changed the " + what}
	}
	return phrases
}

func changedSources(f crm.FieldChange) []string {
	var was, is crm.DataSources
	phrases := []string{}
	if decode(f.Before, &was) && decode(f.After, &is) {
		for _, s := range []struct {
			what    string
			was, is crm.DataSource
		}{{"sheet", was.Sheet, is.Sheet}, {"CRM", was.CRM, is.CRM}} {
			switch {
			case s.is.Connected && !s.was.Connected:
				phrases = append(phrases, "connected the "+s.what)
			case s.was.Connected && !s.is.Connected:
				phrases = append(phrases, "disconnected the "+s.what)
			case s.is.Link != s.was.Link:
				phrases = append(phrases, "changed the link of the "+s.what)
			}
		}
	}
	return orElse(phrases, label(f.Field))
}

func cancellation(f crm.FieldChange) string {
	var c crm.Cancellation
	if f.After == nil {
		return "took the cancellation back"
	}
	if json.Unmarshal(f.After, &c) != nil || f.Before != nil {
		return "changed the cancellation"
	}
	phrase := "cancelled it"
	if !c.On.IsZero() {
		phrase += " on " + c.On.String()
	}
	if c.Fee.IsSet() {
		phrase += " with a fee of " + c.Fee.String()
	}
	if reason := oneLine(c.Reason); reason != "" {
		phrase += ", because: " + reason
	}
	return phrase
}

// changedParts describes each part of an object by itself.
func changedParts(f crm.FieldChange, prefix string, parts ...string) []string {
	var before, after map[string]json.RawMessage
	phrases := []string{}
	if decode(f.Before, &before) && decode(f.After, &after) {
		for _, part := range parts {
			phrases = append(phrases, changedPart(prefix+part, before[part], after[part])...)
		}
	}
	return orElse(phrases, label(f.Field))
}

// changedKeys describes each entry of a map by itself.
func changedKeys(f crm.FieldChange) []string {
	var before, after map[string]json.RawMessage
	phrases := []string{}
	if decode(f.Before, &before) && decode(f.After, &after) {
		keys := maps.Clone(before)
		if keys == nil {
			keys = map[string]json.RawMessage{}
		}
		maps.Copy(keys, after)
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			what := "custom field " + quoted(key)
			if f.Field == "month_budgets" {
				what = "budget of " + oneLine(key)
			}
			phrases = append(phrases, changedPart(what, before[key], after[key])...)
		}
	}
	return orElse(phrases, label(f.Field))
}

func changedPart(what string, from, to json.RawMessage) []string {
	if string(from) == string(to) {
		return nil
	}
	return []string{changed(what, shown(from), shown(to), len(from) == 0, len(to) == 0)}
}

// changedList describes which texts were added to a list and removed from it.
func changedList(f crm.FieldChange) []string {
	var before, after []string
	if !decode(f.Before, &before) || !decode(f.After, &after) {
		return orElse(nil, label(f.Field))
	}
	phrases := []string{}
	for _, move := range []struct {
		verb         string
		list, absent []string
	}{{"added", after, before}, {"removed", before, after}} {
		moved := []string{}
		for _, item := range move.list {
			if !slices.Contains(move.absent, item) {
				moved = append(moved, quoted(item))
			}
		}
		what := label(f.Field)
		if len(moved) == 1 {
			what = strings.TrimSuffix(what, "s")
		}
		if len(moved) > 0 {
			phrases = append(phrases, move.verb+" the "+what+" "+text.List(moved))
		}
	}
	return orElse(phrases, "order of the "+label(f.Field))
}

// changedProfiles describes which profiles were added, removed and changed.
func changedProfiles(f crm.FieldChange) []string {
	var before, after []profile
	if !decode(f.Before, &before) || !decode(f.After, &after) {
		return orElse(nil, label(f.Field))
	}
	phrases := []string{}
	was, is := map[crm.ProfileID]profile{}, map[crm.ProfileID]bool{}
	for _, p := range before {
		was[p.ID] = p
	}
	for _, p := range after {
		is[p.ID] = true
		switch old, existed := was[p.ID]; {
		case !existed:
			phrases = append(phrases, "added the profile "+p.String())
		case old.String() != p.String():
			phrases = append(phrases, "changed the profile "+old.String()+" to "+p.String())
		case old.raw != p.raw:
			phrases = append(phrases, "changed the profile "+p.String())
		}
	}
	for _, p := range before {
		if !is[p.ID] {
			phrases = append(phrases, "removed the profile "+p.String())
		}
	}
	return orElse(phrases, "order of the profiles")
}
