package pages

import (
	"net/http"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/orderfile"
	"github.com/getklar/influencercrm/examples/server/pages/words"
	"github.com/getklar/influencercrm/utm"
)

func (p *Pages) orders(mux *http.ServeMux) {
	p.page(mux, "GET /w/{workspace}/orders", (*visit).orderCheck)
	p.takesFiles(mux, "POST /w/{workspace}/orders", access.Read, orderfile.MaxBytes+imports.FormOverhead, (*visit).orderUpload)
	p.page(mux, "POST /w/{workspace}/orders/fix", (*visit).orderFix)
}

// orderData is what the page for checking orders shows.
type orderData struct {
	Form  *form
	Order *orderAnswer // of one order; nil before somebody asks
	File  *orderTotals // of a file; nil without one
	MaxMB int
	// Mended tells that something was fixed that orders of a file had missed. The file is not kept.
	Mended bool
}

// orderAnswer is whom an order is credited to, and why nobody else.
type orderAnswer struct {
	attribution.Decision
	Rows     []candidateRow
	Findings []findingRow
	Doubts   bool // the findings say whom else an order that a visit credited may have been meant for
}

// candidateRow is a cooperation with a claim to an order.
type candidateRow struct {
	attribution.Candidate
	Name, Campaign, Claim, Why string
}

// findingRow is an explanation with what would credit the order.
type findingRow struct {
	Text, Name  string
	Cooperation crm.CooperationID
	Steps       []string // in words
	Fix         *fixForm // nil if it is nothing in the CRM that is wrong
	Orders      int
	Amounts     string
}

// orderCheck says whom an order is credited to that somebody has typed.
func (v *visit) orderCheck() (answer, error) {
	f := newForm(v.URL.Query())
	if f.Get("at") == "" {
		f.Values.Set("at", v.wallClock(v.crm.Now()))
	}
	d := orderData{Form: f, MaxMB: orderfile.MaxBytes >> 20, Mended: f.Get("mended") != ""}
	asked := strings.TrimSpace(f.Get("codes")) != "" || strings.TrimSpace(f.Get("link")) != ""
	if !asked && f.Values.Has("codes") { // the form was sent, empty
		f.wrong("codes", v.say("Type a code, or paste the link of the last visit."))
		return view{page: "orders", title: v.say("Check an order"), data: d}.again(), nil
	}
	if asked {
		order := v.typedOrder(f)
		if len(f.Problems) > 0 {
			return view{page: "orders", title: v.say("Check an order"), data: d}.again(), nil
		}
		x, err := v.pages.options.Indexes.Get(v.Context(), v.crm, v.ws.ID)
		if err != nil {
			return nil, err
		}
		d.Order, err = v.explain(x, order, f)
		if f.refused(v, err) {
			return view{page: "orders", title: v.say("Check an order"), data: d}.again(), nil
		}
		if err != nil {
			return nil, err
		}
	}
	return view{page: "orders", title: v.say("Check an order"), data: d}, nil
}

// clockLayout is how browsers send a day with a time.
const clockLayout = "2006-01-02T15:04"

func (v *visit) wallClock(t time.Time) string {
	if zone, err := v.ws.Location(); err == nil {
		t = t.In(zone)
	}
	return t.Format(clockLayout)
}

// typedOrder is the order of a form: a code a line, the link of its last visit, and when it was placed.
func (v *visit) typedOrder(f *form) attribution.Order {
	o := attribution.Order{ID: "1", At: v.crm.Now()}
	for code := range strings.Lines(f.Get("codes")) {
		if code = strings.TrimSpace(code); code != "" {
			o.Codes = append(o.Codes, code)
		}
	}
	if text := strings.TrimSpace(f.Get("at")); text != "" {
		zone, err := v.ws.Location()
		if err == nil {
			o.At, err = time.ParseInLocation(clockLayout, text, zone)
		}
		if err != nil {
			f.wrong("at", v.say("is no time; write it like %s", "2026-06-01T14:30"))
		}
	}
	if text := strings.TrimSpace(f.Get("link")); text != "" {
		params, err := utm.Parse(text)
		if err != nil {
			f.wrong("link", v.say("is no link; write it like %s", "https://shop.example/?utm_campaign=summer"))
		}
		o.Touchpoints = []attribution.Touchpoint{{UTM: params}}
	}
	return o
}

// explain decides an order and says why.
func (v *visit) explain(x *attribution.Index, o attribution.Order, asked *form) (*orderAnswer, error) {
	decision, err := x.Decide(o)
	if err != nil {
		return nil, err
	}
	a := &orderAnswer{Decision: decision}
	for _, c := range decision.Candidates {
		row := candidateRow{Candidate: c, Name: x.Name(crm.RefTo(c.Cooperation)),
			Campaign: x.Name(crm.RefTo(c.Campaign)), Why: c.Why().Spoken(v.face.Lang)}
		if row.Claim = v.face.ruleWords(c.Rule); c.By == attribution.ByUTM {
			row.Claim = utmWords(c.UTM)
		} else if why := c.WhyTheCode(); !why.IsZero() {
			row.Claim += " (" + why.Spoken(v.face.Lang) + ")"
		}
		a.Rows = append(a.Rows, row)
	}
	found, err := x.Nearest(v.Context(), o)
	if !decision.Cooperation.IsZero() && err == nil {
		a.Doubts = true
		found, err = x.Doubts(v.Context(), o)
	}
	for _, f := range found {
		a.Findings = append(a.Findings, v.findingRow(x, f, asked))
	}
	return a, err
}

// utmWords are the fields of a UTM set that are set.
func utmWords(p utm.Params) string {
	var all []string
	for _, f := range utm.Fields() {
		if value := p.Get(f).String(); value != "" {
			all = append(all, "utm_"+f.String()+"="+value)
		}
	}
	return strings.Join(all, " ")
}

// findingRow says an explanation, with a form that shows what its fix would do.
func (v *visit) findingRow(x *attribution.Index, f attribution.Finding, asked *form) findingRow {
	row := findingRow{Text: words.Capital(f.Text().Spoken(v.face.Lang)), Name: x.Name(crm.RefTo(f.Cooperation)), Cooperation: f.Cooperation}
	inCRM := len(f.Fixes) > 0
	for _, fix := range f.Fixes {
		row.Steps = append(row.Steps, v.fixWords(x.Name(fix.Record), fix))
		inCRM = inCRM && fix.Record.Kind != "" && fix.Field != "source"
	}
	if inCRM {
		row.Fix = newFixForm(f, asked)
	}
	return row
}
