package crm

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/internal/text"
)

// labels are the words for fields whose JSON name is not one that people use.
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
	return shortLine(strings.ReplaceAll(field, "_", " "))
}

// references are the fields that hold the id of a record.
var references = map[string]Kind{"campaign": KindCampaign, "influencer": KindInfluencer, "responsible": KindMember}

// field has the phrases for one field.
func (d describer) field(kind Kind, f FieldChange) []string {
	before, after := string(f.Before), string(f.After)
	switch f.Field {
	case "status":
		from, knownFrom := textIn(f.Before)
		to, knownTo := textIn(f.After)
		if knownFrom && knownTo {
			return []string{"moved it from " + shortLine(from) + " to " + shortLine(to)}
		}
	case "archived_on":
		if f.After != nil {
			return []string{"archived it"}
		}
		return []string{"took it out of the archive"}
	case "cancellation":
		return []string{cancelling(f)}
	case "last_touch":
		if after == "true" {
			return []string{"switched last touch on"}
		}
		return []string{"switched last touch off"}
	case "notes":
		return []string{changedTo("notes", "", "", before == "", after == "")}
	case "picture":
		if f.After == nil {
			return []string{"removed the picture"}
		}
		return []string{changedTo("picture", "", "", f.Before == nil, false)}
	case "period":
		return partly(f, "start", "end")
	case "utm":
		return partly(f, "source", "medium", "campaign", "term", "content")
	case "tags", "ignored_codes":
		return listed(f)
	case "rules":
		was, is := ruleTexts(f.Before), ruleTexts(f.After)
		return []string{changedTo(label(f.Field), was, is, was == "", is == "")}
	case "custom", "month_budgets":
		return keyed(f)
	case "profiles":
		return profiles(f)
	case "sources":
		return sources(f)
	}
	if of, ok := references[f.Field]; ok && kind != of {
		return []string{changedTo(label(f.Field), d.named(of, f.Before), d.named(of, f.After), f.Before == nil, f.After == nil)}
	}
	return []string{changedTo(label(f.Field), value(f.Before), value(f.After), f.Before == nil, f.After == nil)}
}

// changedTo says how a thing came from one value to another; "" is a value that is not shown.
func changedTo(what, from, to string, wasUnset, isUnset bool) string {
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
	case to != "" && from != to: // what it was is not known, such as the name of a record that is gone
		return "changed the " + what + " to " + to
	}
	return "changed the " + what
}

// sources says which data sources were connected and disconnected.
func sources(f FieldChange) []string {
	var was, is DataSources
	phrases := []string{}
	if read(f.Before, &was) && read(f.After, &is) {
		for _, s := range []struct {
			what    string
			was, is DataSource
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
	if len(phrases) == 0 {
		return []string{"changed the data sources"}
	}
	return phrases
}

func cancelling(f FieldChange) string {
	var c Cancellation
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
	if reason := shortLine(c.Reason); reason != "" {
		phrase += ", because: " + reason
	}
	return phrase
}

// partly describes a field that has parts with names, each of them by itself.
func partly(f FieldChange, parts ...string) []string {
	var before, after map[string]json.RawMessage
	if !read(f.Before, &before) || !read(f.After, &after) {
		return []string{"changed the " + label(f.Field)}
	}
	told := []string{}
	for _, part := range parts {
		what := part
		if f.Field == "utm" {
			what = "utm_" + part
		}
		if from, to := before[part], after[part]; string(from) != string(to) {
			told = append(told, changedTo(what, value(from), value(to), len(from) == 0, len(to) == 0))
		}
	}
	if len(told) == 0 {
		told = []string{"changed the " + label(f.Field)}
	}
	return told
}

// listed describes what was added to a list of texts and taken from it.
func listed(f FieldChange) []string {
	var before, after []string
	if !read(f.Before, &before) || !read(f.After, &after) {
		return []string{"changed the " + label(f.Field)}
	}
	told := []string{}
	for _, move := range []struct {
		verb   string
		of, in []string
	}{{"added", after, before}, {"removed", before, after}} {
		moved := []string{}
		for _, text := range move.of {
			if !slices.Contains(move.in, text) {
				moved = append(moved, quoted(text))
			}
		}
		if len(moved) > 0 {
			told = append(told, move.verb+" the "+singular(f.Field, len(moved))+" "+text.List(moved))
		}
	}
	if len(told) == 0 {
		told = []string{"changed the order of the " + label(f.Field)}
	}
	return told
}

func singular(field string, n int) string {
	if l := label(field); n != 1 {
		return l
	}
	return strings.TrimSuffix(label(field), "s")
}

// keyed describes a field that holds values by key.
func keyed(f FieldChange) []string {
	var before, after map[string]json.RawMessage
	if !read(f.Before, &before) || !read(f.After, &after) {
		return []string{"changed the " + label(f.Field)}
	}
	keys := map[string]bool{}
	for key := range before {
		keys[key] = true
	}
	for key := range after {
		keys[key] = true
	}
	told := []string{}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		what := quoted(key)
		if f.Field == "month_budgets" {
			what = "budget of " + shortLine(key)
		} else {
			what = "custom field " + what
		}
		if from, to := before[key], after[key]; string(from) != string(to) {
			told = append(told, changedTo(what, value(from), value(to), len(from) == 0, len(to) == 0))
		}
	}
	if len(told) == 0 {
		told = []string{"changed the " + label(f.Field)}
	}
	return told
}

// loggedProfile is the part of a profile that identifies it. Nothing else is decoded: a few bytes of a discount rule can
// stand for a number with a billion digits.
type loggedProfile struct {
	ID       ProfileID `json:"id"`
	Platform string    `json:"platform"`
	Handle   string    `json:"handle"`
	raw      string
}

func (a *loggedProfile) UnmarshalJSON(data []byte) error {
	type plain loggedProfile
	a.raw = string(data)
	return json.Unmarshal(data, (*plain)(a))
}

func (a loggedProfile) String() string {
	name := shortLine(account.PlatformName(a.Platform))
	if a.Handle != "" {
		name += " @" + shortLine(a.Handle)
	}
	return name
}

// profiles describes which accounts came, went and changed.
func profiles(f FieldChange) []string {
	var before, after []loggedProfile
	if !read(f.Before, &before) || !read(f.After, &after) {
		return []string{"changed the profiles"}
	}
	told := []string{}
	was, is := map[ProfileID]loggedProfile{}, map[ProfileID]bool{}
	for _, a := range before {
		was[a.ID] = a
	}
	for _, a := range after {
		is[a.ID] = true
		switch old, there := was[a.ID]; {
		case !there:
			told = append(told, "added the profile "+a.String())
		case old.String() != a.String():
			told = append(told, "changed the profile "+old.String()+" to "+a.String())
		case old.raw != a.raw:
			told = append(told, "changed the profile "+a.String())
		}
	}
	for _, a := range before {
		if !is[a.ID] {
			told = append(told, "removed the profile "+a.String())
		}
	}
	if len(told) == 0 {
		told = []string{"changed the order of the profiles"}
	}
	return told
}

// ruleTexts shows the patterns of discount rules; "" for none and for what cannot be read.
func ruleTexts(raw json.RawMessage) string {
	var rules []struct{ Match, Pattern string }
	if json.Unmarshal(raw, &rules) != nil {
		return ""
	}
	shown := []string{}
	for _, r := range rules {
		shown = append(shown, strings.ReplaceAll(shortLine(r.Match), "_", " ")+" "+shortLine(r.Pattern))
	}
	return text.List(shown)
}

// named shows the record that an id names.
func (d describer) named(kind Kind, raw json.RawMessage) string {
	var id ID[Change]
	if raw == nil || json.Unmarshal(raw, &id) != nil || id.IsZero() {
		return ""
	}
	if d.names != nil {
		if name := d.names(Ref{Kind: kind, ID: id.UUID()}); name != "" {
			return quoted(name)
		}
	}
	return ""
}

// value shows texts, numbers and amounts of money; "" for everything else.
func value(raw json.RawMessage) string {
	var decoded any
	if len(raw) == 0 || json.Unmarshal(raw, &decoded) != nil {
		return ""
	}
	switch v := decoded.(type) {
	case string:
		if _, err := budget.ParseDate(v); err == nil {
			return v
		}
		if _, err := ParseID[Change](v); err == nil {
			return "" // nobody knows it by that
		}
		return quoted(v)
	case float64, bool: // only the kind of value counts: what is shown is the text as logged
		return shortLine(string(raw))
	case map[string]any:
		var m budget.Money
		if json.Unmarshal(raw, &m) == nil && m.IsSet() {
			return m.String()
		}
	}
	return ""
}

// read reads JSON, of which nothing at all is an empty value.
func read(raw json.RawMessage, v any) bool { return len(raw) == 0 || json.Unmarshal(raw, v) == nil }

func textIn(raw json.RawMessage) (string, bool) {
	var text string
	return text, len(raw) > 0 && json.Unmarshal(raw, &text) == nil
}

func first(a, b json.RawMessage) json.RawMessage {
	if a != nil {
		return a
	}
	return b
}

// shortLine is a text on one line, shortened.
func shortLine(s string) string {
	return text.Shorten(strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if text.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))), " "))
}

func quoted(text string) string { return `"` + shortLine(text) + `"` }
