package pages

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/crm/wire"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/utm"
)

func (p *Pages) settings(mux *http.ServeMux) {
	const all = "/w/{workspace}/settings"
	p.livePage(mux, "GET "+all, (*visit).settings)
	p.page(mux, "POST "+all, resaves((*visit).saveSettings))
	p.page(mux, "POST "+all+"/budget", (*visit).saveMonthBudget)
	p.page(mux, "POST "+all+"/sources", (*visit).changeSource)
	p.pageFor(mux, "GET "+all+"/tokens", access.Admin, (*visit).tokens)
	p.pageFor(mux, "POST "+all+"/tokens", access.Admin, (*visit).createToken)
	p.pageFor(mux, "POST "+all+"/tokens/revoke", access.Admin, (*visit).revokeToken)
	p.pageFor(mux, "GET "+all+"/delete", access.Admin, (*visit).deletionPreview)
	deletion := ordinary
	deletion.gone = true
	p.bounded(mux, "POST "+all+"/delete", access.Admin, deletion, (*visit).deleteWorkspace)
}

// settingsData is what the page of settings shows.
type settingsData struct {
	Form    *form // of the settings
	Budget  *form // of a month budget
	Source  *form // of the data sources
	Budgets []monthBudget
	Ignored []ignoredCode // those that are somebody's own
	Zones   []string
	Tokens  bool // whether the visitor may see those of the server
}

type monthBudget struct {
	Month  budget.Month
	Amount budget.Money
}

// settings are those of the workspace.
func (v *visit) settings() (answer, error) {
	v.isForm(v.ws.Version)
	owned, err := v.ownedIgnored()
	return v.settingsPage(&settingsData{Ignored: owned}), err
}

// settingsPage is the page of settings, with forms of what is stored where none is given.
func (v *visit) settingsPage(d *settingsData) view {
	v.shows(v.to("settings"))
	for _, f := range []**form{&d.Budget, &d.Source} {
		if *f == nil {
			*f = newForm(url.Values{"link": {v.ws.Sources.Sheet.Link}})
		}
	}
	if d.Form == nil {
		d.Form = newForm(v.settingsValues(v.ws))
	}
	for _, m := range slices.SortedFunc(maps.Keys(v.ws.MonthBudgets), budget.Month.Compare) {
		d.Budgets = append(d.Budgets, monthBudget{m, v.ws.MonthBudgets[m]})
	}
	d.Zones = zones
	d.Tokens = v.mayTokens() == nil
	return view{page: "settings", title: v.say("Settings"), data: d}
}

// zones are time zones that the field for one suggests; it takes every IANA name.
var zones = []string{
	"Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/London", "Europe/Paris", "Europe/Madrid", "Europe/Rome",
	"Europe/Amsterdam", "Europe/Copenhagen", "Europe/Stockholm", "Europe/Warsaw", "America/New_York", "America/Los_Angeles", "UTC",
}

// Comparisons are the ways in which shops compare codes.
func (v *visit) Comparisons() []option {
	return []option{
		{Value: string(discount.Exact), Label: v.say("Exactly")},
		{Value: string(discount.Accents), Label: v.say("Without regard to accents (MySQL, MariaDB: Shopware, PrestaShop …)")},
		{Value: string(discount.WooCommerce), Label: v.say("As WooCommerce does")},
		{Value: string(discount.General), Label: v.say("As Magento does (general_ci)")},
	}
}

// settingsValues are the values of a form about the settings of a workspace.
func (v *visit) settingsValues(w crm.Workspace) url.Values {
	x := url.Values{
		"version": {strconv.FormatInt(w.Version, 10)}, "name": {w.Name}, "currency": {string(w.Currency)}, "time_zone": {w.TimeZone},
		"ignored_codes": {strings.Join(w.IgnoredCodes, "\n")}, "tail_days": {strconv.Itoa(w.TailDays)},
		"code_comparison":      {string(w.CodeComparison)},
		"forecast.negotiating": {v.face.Percent(w.Forecast.Negotiating)}, "forecast.draft": {v.face.Percent(w.Forecast.Draft)},
	}
	fields := w.UTM.Params()
	for n, value := range []utm.Value{fields.Source, fields.Medium, fields.Campaign, fields.Term, fields.Content} {
		x.Set("utm."+utm.Fields()[n].String(), value.String())
	}
	return x
}

// settingsDoc is what is typed as a patch of the workspace.
func (v *visit) settingsDoc(f *form) ([]byte, error) {
	fields := map[string]any{}
	for _, field := range utm.Fields() {
		fields[field.String()] = textOrNull(f.Get("utm." + field.String()))
	}
	codes := []string{}
	for line := range strings.Lines(f.Get("ignored_codes")) {
		if line = strings.TrimSpace(line); line != "" {
			codes = append(codes, line)
		}
	}
	return json.Marshal(map[string]any{
		"name": f.Get("name"), "currency": f.Get("currency"), "time_zone": f.Get("time_zone"), "utm": fields, "ignored_codes": codes,
		"tail_days": v.whole(f, "tail_days"), "code_comparison": f.Get("code_comparison"),
		"forecast": map[string]any{"negotiating": v.weight(f, "forecast.negotiating"), "draft": v.weight(f, "forecast.draft")},
	})
}

// SettingLabel is what a field of the settings is called.
func (v *visit) SettingLabel(name string) string { return v.face.settingLabel(name) }

func (f *face) settingLabel(name string) string {
	switch name {
	case "name":
		return f.Say("Name")
	case "currency":
		return f.Say("Currency")
	case "time_zone":
		return f.Say("Time zone")
	case "ignored_codes":
		return f.Say("Codes that credit nobody")
	case "tail_days":
		return f.Say("Days that codes go on after the end")
	case "code_comparison":
		return f.Say("How the shop compares codes")
	case "forecast.negotiating":
		return f.Say("Of what is in negotiation, in percent")
	case "forecast.draft":
		return f.Say("Of drafts, in percent")
	}
	return settingName(name)
}

// settingName is a field of the settings that is called as in links.
func settingName(name string) string { return strings.Replace(name, ".", "_", 1) }

func (v *visit) saveSettings() (answer, error) {
	f := v.typed()
	doc, err := v.settingsDoc(f)
	if err != nil {
		return nil, err
	}
	var did crm.Done
	var saved crm.Workspace
	if len(f.Problems) == 0 {
		saved, err = wire.EditWorkspace(v.Context(), v.crm.Noting(&did), v.ws.ID, wire.Edit{Version: v.version(), Doc: doc})
	}
	if stale(err) {
		if v.ws, err = v.crm.Workspace(v.Context(), v.ws.ID); err != nil {
			return nil, err
		}
		theirs := v.settingsValues(v.ws)
		var labels []label // each field means something without the others: the two weights are of two stages
		for _, name := range slices.Sorted(maps.Keys(theirs)) {
			if name != "version" {
				labels = append(labels, label{Name: name, Text: v.SettingLabel(name)})
			}
		}
		var was url.Values
		if before, known := base(v, v.ws, func(ctx context.Context, r crm.Reader) (crm.Workspace, error) { return r.Workspace(ctx) }); known {
			was = v.settingsValues(before)
		}
		f.Saver = v.savedSince(v.ws.Ref(), v.version(), v.ws.Version)
		return v.settingsPage(&settingsData{Form: f}).meet(f, was, theirs, v.ws.Version, labels), nil
	}
	if f.refused(v, err) || len(f.Problems) > 0 {
		f.mergeProblems(v, "ignored_codes")
		f.placeCurrency(v)
		return v.settingsPage(&settingsData{Form: f}).again(), nil
	}
	if err != nil {
		return nil, err
	}
	v.savedAs(saved, did)
	return done(v.to("settings"), did), nil
}

// placeCurrency puts what is wrong with the budgets of months in another currency beside the field for the currency,
// once: those budgets are in forms of their own, and nobody has typed in them.
func (f *form) placeCurrency(v *visit) {
	isBudget := func(p web.FieldError) bool { return strings.HasPrefix(p.Field, "month_budgets") }
	if !slices.ContainsFunc(f.Problems, isBudget) {
		return
	}
	f.Problems = slices.DeleteFunc(f.Problems, isBudget)
	if f.Wrong("currency") == "" {
		f.wrong("currency", v.say("cannot change while months have budgets; remove those below first"))
	}
}

// saveMonthBudget sets or removes the budget of one month.
func (v *visit) saveMonthBudget() (answer, error) {
	f := v.typed()
	month, err := budget.ParseMonth(strings.TrimSpace(f.Get("month")))
	if err != nil {
		f.wrong("month", v.say("is no month; write it like %s", "2026-06"))
	}
	// The form for any month knows the budget of none, until it has asked about one.
	known := f.Values.Has("was") && (!f.Values.Has("was_of") || f.Get("was_of") == month.String())
	if !known {
		if f.Get("take.amount") == "theirs" { // it was chosen for another month
			f.Values.Del("amount")
		}
		f.Values.Del("was")
		f.Values.Del("take.amount")
	}
	c := budgetChange{Month: month, Was: v.amount(f, "was", v.ws.Currency), To: v.amount(f, "amount", v.ws.Currency)}
	switch do := f.Get("do"); {
	case do == "remove":
		c.To = budget.Money{}
		f.Values.Set("amount", "")
	case do != "":
		f.unknown(v, "do")
	case !c.To.IsSet() && f.Wrong("amount") == "" && !f.Values.Has("take.amount"): // a meeting may leave the month without one
		f.wrong("amount", v.say("A month budget needs its amount."))
	}
	var did crm.Done
	if len(f.Problems) == 0 {
		var met []budget.Month
		did, met, err = v.setBudgets([]budgetChange{c})
		if len(met) > 0 {
			now := url.Values{"amount": {v.face.TypedAmount(v.ws.MonthBudgets[month])}}
			f.Values.Set("was", now.Get("amount"))
			f.Values.Set("was_of", month.String())
			a := v.settingsPage(&settingsData{Budget: f})
			if !known {
				f.Asked = v.say("%s has a budget of %s already.", v.face.Month(month), v.face.Amount(v.ws.MonthBudgets[month]))
				return a.meet(f, nil, now, v.ws.Version, []label{{Name: "amount", Text: v.face.Month(month)}}).again(), nil
			}
			return a.meet(f, nil, now, v.ws.Version, []label{{Name: "amount", Text: v.face.Month(month)}}), nil
		}
		if f.refused(v, err) {
			for n := range f.Problems {
				f.Problems[n].Field = "amount"
			}
		} else if err != nil {
			return nil, err
		}
	}
	if len(f.Problems) > 0 {
		return v.settingsPage(&settingsData{Budget: f}).again(), nil
	}
	return done(v.to("settings"), did), nil
}

// changeSource connects or disconnects a data source. Who has not seen the link of the sheet as it is changes nothing.
func (v *visit) changeSource() (answer, error) {
	f := v.typed()
	name, link := crm.SourceName(f.Get("source")), crm.Clean(f.Get("link"))
	connect := f.Get("do") == "connect"
	switch {
	case !connect && f.Get("do") != "disconnect":
		f.unknown(v, "do")
	case connect && name == crm.SheetSource && link == "":
		f.wrong("link", v.say("is missing; write the link of the sheet"))
	}
	var did crm.Done
	var err error
	if len(f.Problems) == 0 {
		err = v.crm.Noting(&did).Named(f.Get("do")+" source").Update(v.Context(), v.ws.ID, func(ctx context.Context, w *crm.Work) error {
			ws, err := w.Workspace(ctx)
			if err != nil {
				return err
			}
			if now := ws.Sources.Sheet.Link; name == crm.SheetSource && now != f.Get("was") && (!connect || now != link) {
				return ws.Ref().Stale(v.ws.Version-1, ws.Version) // another link was saved since the page was shown
			}
			if connect {
				_, err = w.ConnectSource(ctx, name, link, "")
			} else {
				_, err = w.DisconnectSource(ctx, name, "")
			}
			return err
		})
	}
	if stale(err) {
		return v.staleSource(f, connect)
	}
	if f.refused(v, err) || len(f.Problems) > 0 {
		for n := range f.Problems {
			f.Problems[n].Field = "link"
		}
		return v.settingsPage(&settingsData{Source: f}).again(), nil
	}
	if err != nil {
		return nil, err
	}
	return done(v.to("settings"), did), nil
}

// staleSource shows the link that somebody has typed to connect it, and says which one somebody else has saved meanwhile.
func (v *visit) staleSource(f *form, connect bool) (answer, error) {
	var err error
	if v.ws, err = v.crm.Workspace(v.Context(), v.ws.ID); err != nil {
		return nil, err
	}
	now := v.ws.Sources.Sheet.Link
	if connect {
		f.wrong("link", v.say("Somebody else has saved %s meanwhile. Save again to have yours.", now))
	} else {
		f.Values.Set("link", now)
		f.wrong("link", v.say("Somebody else has saved this link meanwhile. Disconnect again if it is to go too."))
	}
	a := v.settingsPage(&settingsData{Source: f})
	a.status = http.StatusPreconditionFailed
	return a, nil
}
