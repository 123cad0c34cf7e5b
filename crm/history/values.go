package history

import (
	"encoding/json"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/internal/text"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
)

// shown returns a text, number, day or amount of money as a value of a sentence, and "" for everything else.
func shown(raw json.RawMessage) any {
	var decoded any
	if len(raw) == 0 || json.Unmarshal(raw, &decoded) != nil {
		return ""
	}
	switch v := decoded.(type) {
	case string:
		if day, err := budget.ParseDate(v); err == nil {
			return day
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
			return m
		}
	}
	return ""
}

// choices are the words for the values of fields that hold one of a few, as pages offer them.
var choices = map[string]map[string]sentence.Sentence{
	"status": {
		string(budget.Draft):       sentence.StageWord(budget.Draft),
		string(budget.Negotiating): sentence.StageWord(budget.Negotiating),
		string(budget.Signed):      sentence.StageWord(budget.Signed),
	},
	"spread": {
		string(budget.ByDay): sentence.Of("Evenly by day"), string(budget.OnStart): sentence.Of("All on the first day"),
		string(budget.OnEnd): sentence.Of("All on the last day"),
	},
	"code_comparison": {
		string(discount.Exact):       sentence.Of("Exactly"),
		string(discount.Accents):     sentence.Of("Without regard to accents (MySQL, MariaDB: Shopware, PrestaShop …)"),
		string(discount.WooCommerce): sentence.Of("As WooCommerce does"),
		string(discount.General):     sentence.Of("As Magento does (general_ci)"),
	},
	"name_mode": {string(crm.NameAuto): sentence.Of("automatic"), string(crm.NameCustom): sentence.Of("your own")},
}

// value returns what a field holds as a value of a sentence.
func value(field string, raw json.RawMessage) any {
	if name, ok := decodeText(raw); ok {
		if word, ok := choices[field][name]; ok {
			return sentence.Of("%q", word)
		}
	}
	return shown(raw)
}

// name returns the quoted name of the record that an id refers to, "" if it is not known.
func (d describer) name(kind crm.Kind, raw json.RawMessage) any {
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
func patterns(raw json.RawMessage) []any {
	var rules []struct {
		Match   discount.Match
		Pattern string
	}
	if json.Unmarshal(raw, &rules) != nil {
		return nil
	}
	all := []any{}
	for _, r := range rules {
		all = append(all, sentence.Of("%s %s", sentence.MatchWord(discount.Match(oneLine(string(r.Match)))), oneLine(r.Pattern)))
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

func quoted(s string) sentence.Quoted { return sentence.Quoted(oneLine(s)) }
