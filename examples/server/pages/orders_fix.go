package pages

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/examples/server/mend"
)

// maxFixes bounds the changes of one form.
const maxFixes = 20

// fixForm is what the form of a fix sends: the changes, and the order that they are for or how much they are worth.
type fixForm struct {
	Cooperation string
	Fixes       []string // each as JSON
	Codes, Link string   // of the order, as they were typed
	At          string
	Orders      int
	Amounts     string
}

// newFixForm is the form for the fix of a finding. Asked is the form with the order that it is about; nil for those of a file.
func newFixForm(f attribution.Finding, asked *form) *fixForm {
	fix := &fixForm{Cooperation: f.Cooperation.String()}
	for _, one := range f.Fixes {
		doc, _ := json.Marshal(one) // cannot fail: it is made of texts
		fix.Fixes = append(fix.Fixes, string(doc))
	}
	if asked != nil {
		fix.Codes, fix.Link, fix.At = asked.Get("codes"), asked.Get("link"), asked.Get("at")
	}
	return fix
}

// one reports whether the fix is for one order, which the page can decide once more.
func (f *fixForm) one() bool { return f.Codes != "" || f.Link != "" }

// from is the page that the fix is from. The file of orders that it was found in is not kept.
func (f *fixForm) from(v *visit) string {
	if f.one() {
		return v.to("orders") + "?" + url.Values{"codes": {f.Codes}, "link": {f.Link}, "at": {f.At}}.Encode()
	}
	return v.to("orders")
}

// fixData is what the page shows that asks whether to fix.
type fixData struct {
	Fix       *fixForm
	Name      string
	Steps     []string
	Conflicts []crm.Conflict
	Earned    string // whom the order is credited to then
	Before    string // whom it is credited to now
	Problems  *form
}

// orderFix shows what a fix of a diagnosis does, or does it if the visitor has seen that.
func (v *visit) orderFix() (answer, error) {
	f := v.typed()
	fixes, form, err := readFixes(f)
	if err != nil {
		return nil, err
	}
	of, err := crm.ParseID[crm.Cooperation](form.Cooperation)
	if err != nil {
		return nil, err
	}
	apply := f.Get("apply") == "yes" && len(f.Problems) == 0
	service := v.crm
	if !apply {
		service = service.DryRun()
	}
	var mended mend.Mended
	var did crm.Done
	err = service.Noting(&did).Update(v.Context(), v.ws.ID, func(ctx context.Context, w *crm.Work) (err error) {
		mended, err = mend.Apply(ctx, w, fixes, of, v.say("found by checking an order"))
		return err
	})
	if apply && err == nil {
		to := form.from(v)
		if !form.one() {
			to += "?mended=file"
		}
		return done(to, did), nil
	}
	x, indexErr := v.pages.options.Indexes.Get(v.Context(), v.crm, v.ws.ID)
	if indexErr != nil {
		return nil, indexErr
	}
	d := fixData{Fix: form, Name: x.Name(crm.RefTo(of)), Problems: f, Conflicts: mended.Conflicts}
	for _, fix := range fixes {
		d.Steps = append(d.Steps, v.fixWords(x.Name(fix.Record), fix))
	}
	v.shows(form.from(v))
	page := view{page: "orders_fix", title: v.say("What the fix would do"), data: d}
	if stale(err) {
		f.wrong("", v.say("It was changed meanwhile; check the order again."))
		page.status = http.StatusPreconditionFailed
		return page, nil
	}
	if f.refused(v, err) || len(f.Problems) > 0 {
		for n := range f.Problems {
			f.Problems[n].Field = "" // the form has only what was found
		}
		return page.again(), nil
	}
	if err != nil {
		return nil, err
	}
	if form.one() {
		if d.Before, d.Earned, err = v.impact(x, mended, f); err != nil {
			return nil, err
		}
	}
	page.data = d
	return page, nil
}

// impact is whom the order of a form is credited to, before and after a fix.
func (v *visit) impact(x *attribution.Index, mended mend.Mended, f *form) (before, after string, err error) {
	o := v.typedOrder(f) // what cannot be read is left out: it was read when it was checked
	was, err := x.Decide(o)
	if err != nil {
		return "", "", err
	}
	free, err := v.pages.options.Indexes.Own(v.Context(), v.ws.ID)
	if err != nil {
		return "", "", err
	}
	defer free()
	then, err := x.With(mended.Records...)
	if err != nil {
		return "", "", err
	}
	is, err := then.Decide(o)
	return x.Name(crm.RefTo(was.Cooperation)), then.Name(crm.RefTo(is.Cooperation)), err
}

// readFixes reads what the form of a fix sends.
func readFixes(f *form) ([]attribution.Fix, *fixForm, error) {
	form := &fixForm{
		Cooperation: f.Get("cooperation"), Fixes: f.Values["fix"], Codes: f.Get("codes"), Link: f.Get("link"),
		At: f.Get("at"), Amounts: f.Get("amounts"),
	}
	form.Orders, _ = strconv.Atoi(f.Get("orders")) // what is none is not shown
	if n := len(form.Fixes); n == 0 || n > maxFixes {
		return nil, form, &crm.Error{Family: crm.ErrInvalid, Field: "fix", Value: strconv.Itoa(n)}
	}
	fixes := make([]attribution.Fix, len(form.Fixes))
	for n, doc := range form.Fixes {
		if err := json.Unmarshal([]byte(doc), &fixes[n]); err != nil {
			return nil, form, &crm.Error{Family: crm.ErrInvalid, Field: "fix", Value: crm.Shorten(doc)}
		}
	}
	return fixes, form, nil
}

// fixWords say a change: "Summer - Pam: End changes from 2026-06-30 to 2026-07-03".
func (v *visit) fixWords(name string, fix attribution.Fix) string {
	say := v.fieldWords(fix)
	if name == "" {
		return say
	}
	return name + ": " + say
}

func (v *visit) fieldWords(fix attribution.Fix) string {
	field, from, to := fix.Field, fix.From, fix.To
	switch field {
	case "cancellation":
		return v.say("the cancellation is taken back")
	case "archived_on":
		return v.say("it comes out of the archive")
	case "rules":
		if rule, err := discount.ParseRule(to); err == nil {
			to = v.face.ruleWords(rule)
		}
		return v.say("a discount rule is added: %s", to)
	case "ignored_codes":
		return v.say("%s is no longer ignored", from)
	case "period.start":
		field = "start"
	case "period.end":
		field = "end"
	}
	if name, ok := strings.CutPrefix(field, "utm."); ok && fix.Record.Kind == "" {
		return v.say("in the link, utm_%s should be %s and is %s", name, orNothing(to), orNothing(from))
	}
	label := v.face.FieldLabel(field)
	from, to = v.fixValue(field, from), v.fixValue(field, to)
	if from == "" {
		return v.say("%s becomes %s", label, to)
	}
	return v.say("%s changes from %s to %s", label, from, to)
}

// orNothing stands for a text that is not there.
func orNothing(s string) string { return cmp.Or(s, "–") }

// fixValue is a value of a field as people read it, with its day if it is one.
func (v *visit) fixValue(field, value string) string {
	if d, err := budget.ParseDate(value); err == nil {
		return v.face.Day(d)
	}
	return v.face.Value(field, value)
}
