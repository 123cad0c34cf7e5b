package crm

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// cooperationFields is sortedFields for a cooperation, byte for byte what encoding/json writes. Cooperations are the records
// that are written most, and encoding/json takes ten times as long, mostly for the types that write themselves.
func cooperationFields(c Cooperation) ([]field, error) {
	w := fieldWriter{text: make([]byte, 0, 1024), fields: make([]field, 0, 20)}
	w.day("archived_on", c.ArchivedOn)
	w.string("campaign", c.Campaign.String())
	if c.Cancellation != nil {
		w.any("cancellation", c.Cancellation)
	}
	w.day("claims_until", c.ClaimsUntil)
	if c.Cost != (budget.Money{}) {
		w.any("cost", c.Cost)
	}
	if len(c.Custom) == 0 && c.Custom != nil {
		w.raw("custom", "{}")
	} else {
		w.any("custom", c.Custom)
	}
	if c.Imported != nil {
		w.any("imported", c.Imported)
	}
	w.string("influencer", c.Influencer.String())
	if c.LastTouch {
		w.raw("last_touch", "true")
	}
	w.string("name", c.Name)
	w.string("name_mode", string(c.NameMode))
	w.optional("notes", c.Notes)
	w.period(c.Period)
	w.optional("profile", c.Profile.String())
	w.optional("responsible", c.Responsible.String())
	if c.Rules == nil || slices.ContainsFunc(c.Rules, func(r discount.Rule) bool { return !r.Benefit.IsZero() }) {
		w.any("rules", c.Rules)
	} else {
		w.rules(c.Rules)
	}
	if c.RulesOrigin != (Provenance{}) {
		w.begin("rules_origin")
		w.provenance(c.RulesOrigin)
		w.end()
	}
	w.optional("spread", string(c.Spread))
	w.string("status", string(c.Status))
	w.utm(c.UTM)
	w.origins(c.UTMOrigins)
	return w.fields, w.err
}

// fieldWriter writes fields one after the other, in the order of their names. Their values are parts of one text.
type fieldWriter struct {
	text   []byte
	name   string // of the field that has begun
	from   int    // where its value begins
	fields []field
	err    error
}

func (w *fieldWriter) begin(name string) { w.name, w.from = name, len(w.text) }

func (w *fieldWriter) end() {
	w.fields = append(w.fields, field{w.name, w.text[w.from:len(w.text):len(w.text)]})
}

func (w *fieldWriter) raw(name, value string) {
	w.begin(name)
	w.text = append(w.text, value...)
	w.end()
}

func (w *fieldWriter) string(name, s string) {
	w.begin(name)
	w.quote(s)
	w.end()
}

// optional writes a text unless it is empty.
func (w *fieldWriter) optional(name, s string) {
	if s != "" {
		w.string(name, s)
	}
}

// any leaves a value to encoding/json.
func (w *fieldWriter) any(name string, v any) {
	text, err := json.Marshal(v)
	if err != nil && w.err == nil {
		w.err = err
	}
	w.begin(name)
	w.text = append(w.text, text...)
	w.end()
}

// day writes a date unless there is none.
func (w *fieldWriter) day(name string, d budget.Date) {
	if !d.IsZero() {
		w.begin(name)
		w.date(d)
		w.end()
	}
}

func (w *fieldWriter) date(d budget.Date) {
	text, err := d.MarshalText()
	if err != nil && w.err == nil {
		w.err = err
	}
	w.quote(string(text))
}

func (w *fieldWriter) period(p budget.Period) {
	if p.IsZero() {
		return
	}
	w.begin("period")
	w.text = append(w.text, '{')
	if !p.Start.IsZero() {
		w.key("start")
		w.date(p.Start)
	}
	if !p.End.IsZero() {
		w.key("end")
		w.date(p.End)
	}
	w.text = append(w.text, '}')
	w.end()
}

func (w *fieldWriter) rules(rules []discount.Rule) {
	w.begin("rules")
	w.text = append(w.text, '[')
	for n, rule := range rules {
		if n > 0 {
			w.text = append(w.text, ',')
		}
		w.text = append(w.text, `{"match":`...)
		w.quote(string(rule.Match))
		w.text = append(w.text, `,"pattern":`...)
		w.quote(rule.Pattern)
		w.text = append(w.text, '}')
	}
	w.text = append(w.text, ']')
	w.end()
}

func (w *fieldWriter) utm(p utm.Params) {
	if p.IsZero() {
		return
	}
	w.begin("utm")
	w.text = append(w.text, '{')
	for _, f := range utm.Fields() {
		if text, set := p.Get(f).Get(); set {
			w.key(f.String())
			w.quote(text)
		}
	}
	w.text = append(w.text, '}')
	w.end()
}

// fieldsByName are those of utm in the order of a JSON object that is made of a map.
var fieldsByName = [utm.NumFields]utm.Field{utm.Campaign, utm.Content, utm.Medium, utm.Source, utm.Term}

func (w *fieldWriter) origins(o UTMOrigins) {
	if o == (UTMOrigins{}) {
		return
	}
	w.begin("utm_origins")
	w.text = append(w.text, '{')
	for _, f := range fieldsByName {
		if o[f] != (Provenance{}) {
			w.key(f.String())
			w.provenance(o[f])
		}
	}
	w.text = append(w.text, '}')
	w.end()
}

func (w *fieldWriter) provenance(p Provenance) {
	w.text = append(w.text, '{')
	w.key("provenance")
	w.quote(string(p.Kind))
	if !p.Profile.IsZero() {
		w.key("profile")
		w.quote(p.Profile.String())
	}
	if p.Template != "" {
		w.key("template")
		w.quote(p.Template)
	}
	w.text = append(w.text, '}')
}

// key begins a field of the object that is being written.
func (w *fieldWriter) key(name string) {
	if w.text[len(w.text)-1] != '{' {
		w.text = append(w.text, ',')
	}
	w.quote(name)
	w.text = append(w.text, ':')
}

// quote writes a text. What encoding/json escapes is left to it: in texts for web pages that is more than JSON asks for.
func (w *fieldWriter) quote(s string) {
	if strings.ContainsFunc(s, escaped) || !utf8.ValidString(s) {
		text, _ := json.Marshal(s) // no text fails
		w.text = append(w.text, text...)
		return
	}
	w.text = append(w.text, '"')
	w.text = append(w.text, s...)
	w.text = append(w.text, '"')
}

func escaped(r rune) bool {
	switch r {
	case '"', '\\', '<', '>', '&', '\u2028', '\u2029':
		return true
	}
	return r < ' '
}
