package history

import (
	"encoding/json"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/internal/text"
)

// shown returns a text, number or amount of money as it is shown, and "" for everything else.
func shown(raw json.RawMessage) string {
	var decoded any
	if len(raw) == 0 || json.Unmarshal(raw, &decoded) != nil {
		return ""
	}
	switch v := decoded.(type) {
	case string:
		if _, err := budget.ParseDate(v); err == nil {
			return v
		}
		if _, err := crm.ParseID[crm.Change](v); err == nil {
			return "" // an id means nothing to people
		}
		return quoted(v)
	case float64, bool:
		return oneLine(string(raw)) // as logged: the decoded number may have lost digits
	case map[string]any:
		var m budget.Money
		if json.Unmarshal(raw, &m) == nil && m.IsSet() {
			return m.String()
		}
	}
	return ""
}

// name returns the quoted name of the record that an id refers to, "" if it is not known.
func (d describer) name(kind crm.Kind, raw json.RawMessage) string {
	var id crm.ID[crm.Change]
	if raw == nil || json.Unmarshal(raw, &id) != nil || id.IsZero() || d.names == nil {
		return ""
	}
	if name := d.names(crm.Ref{Kind: kind, ID: id.UUID()}); name != "" {
		return quoted(name)
	}
	return ""
}

// patterns lists the patterns of discount rules; nil if there are none or they cannot be read.
func patterns(raw json.RawMessage) []string {
	var rules []struct{ Match, Pattern string }
	if json.Unmarshal(raw, &rules) != nil {
		return nil
	}
	all := []string{}
	for _, r := range rules {
		all = append(all, strings.ReplaceAll(oneLine(r.Match), "_", " ")+" "+oneLine(r.Pattern))
	}
	return all
}

// profile is the part of a profile that identifies it. Nothing else is decoded: a few bytes of a discount rule can
// stand for a number with a billion digits.
type profile struct {
	ID       crm.ProfileID `json:"id"`
	Platform string        `json:"platform"`
	Handle   string        `json:"handle"`
	raw      string
}

func (p *profile) UnmarshalJSON(data []byte) error {
	type plain profile
	p.raw = string(data)
	return json.Unmarshal(data, (*plain)(p))
}

func (p profile) String() string {
	name := oneLine(account.PlatformName(p.Platform))
	if p.Handle != "" {
		name += " @" + oneLine(p.Handle)
	}
	return name
}

// decode reads a logged value and reports whether it could be read. A value that is not set leaves v as it is.
func decode(raw json.RawMessage, v any) bool { return len(raw) == 0 || json.Unmarshal(raw, v) == nil }

// decodeText reads a logged text; ok is false if it is not set or is not a text.
func decodeText(raw json.RawMessage) (s string, ok bool) {
	ok = len(raw) > 0 && json.Unmarshal(raw, &s) == nil
	return s, ok
}

// oneLine puts a text on one line and shortens it.
func oneLine(s string) string {
	return text.Shorten(strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if text.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))), " "))
}

func quoted(s string) string { return `"` + oneLine(s) + `"` }
