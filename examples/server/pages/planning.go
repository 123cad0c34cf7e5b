package pages

import (
	"bytes"
	"context"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/reports"
)

func (p *Pages) planning(mux *http.ServeMux) {
	p.livePage(mux, "GET /w/{workspace}/planning", (*visit).plan)
	p.page(mux, "GET /w/{workspace}/planning.svg", (*visit).planChart)
	p.livePage(mux, "GET /w/{workspace}/planning/cooperations", (*visit).planItems)
	p.page(mux, "GET /w/{workspace}/planning/what-if", (*visit).whatIf)
	p.livePage(mux, "GET /w/{workspace}/planning/fits", (*visit).fits)
	p.livePage(mux, "GET /w/{workspace}/planning/accuracy", (*visit).accuracy)
	p.page(mux, "GET /w/{workspace}/planning/months", (*visit).monthBudgets)
	p.page(mux, "POST /w/{workspace}/planning/months", resaves((*visit).setMonthBudgets))
}

// planData is what the page of planning shows.
type planData struct {
	To       string // of the workspace's pages
	Report   *budget.Report
	Next     budget.Month
	NextLine *budget.Line // of the next month; nil if nothing is planned in it
	Upcoming budget.Upcoming
	Months   []budget.Line // those with lines of their own
	Past     []budget.Line // those before; folded unless they are asked for
	Archived int           // campaigns that are no longer to come, and not shown
	All      bool          // past months and past campaigns have lines too
	At       budget.Date   // the past day that is shown; zero for now
	Query    template.URL  // what the addresses of the page have besides, for its links: the past day
}

// plan is the page of the plan: the answer for the next month, and the months and campaigns with their budgets.
func (v *visit) plan() (answer, error) {
	q := v.URL.Query()
	today, err := v.today()
	if err != nil {
		return nil, err
	}
	typed := strings.TrimSpace(q.Get("at"))
	at, wrong := v.typedPastDay(typed, today)
	all := q.Get("show") == "all"
	write := func(ctx context.Context) ([]byte, error) {
		r, err := v.report(ctx, at)
		if err != nil {
			return nil, err
		}
		content, err := v.fragment(fragment{"planning", "plan", v.planOf(r, at, all)})
		return []byte(content), err
	}
	asked := "plan"
	if all {
		asked = "whole plan"
	}
	content, err := v.kept(at, asked, write)
	if err != nil {
		return nil, err
	}
	title, asOf := v.say("Planning"), template.URL("")
	if !at.IsZero() {
		end, err := v.endOf(at)
		if err != nil {
			return nil, err
		}
		asOf = template.URL("&at=" + url.QueryEscape(end.UTC().Format(time.RFC3339Nano))) //nolint:gosec // a time
		title = v.say("Planning as of %s", v.face.Day(at))
	}
	a := view{page: "planning", title: title, data: struct {
		Content template.HTML
		At      budget.Date
		Typed   string // what stands in the field for the day
		Wrong   string // why the plan of that day is not shown
		Today   budget.Date
		AsOf    template.URL // the end of that day, for the addresses of exports
		All     bool
	}{template.HTML(content), at, typed, wrong, today, asOf, all}} //nolint:gosec // html/template has written it
	if wrong != "" {
		return a.again(), nil
	}
	return a, nil
}

// firstReportYear is that of the first day of which there is a report; the next month has to have one before it.
const firstReportYear = budget.MinYear + 1

// typedPastDay reads the day whose plan is asked for, and says what is wrong with it. It is zero where there is none, and
// where something is wrong.
func (v *visit) typedPastDay(typed string, today budget.Date) (at budget.Date, wrong string) {
	if typed == "" {
		return at, ""
	}
	day, err := time.Parse(time.DateOnly, typed)
	if err == nil && day.Year() >= firstReportYear {
		if at = budget.DateOf(day); today.Before(at) {
			return budget.Date{}, v.say("This day is still to come; choose today at the latest.")
		}
		return at, ""
	}
	return at, v.say("There is no plan of that; choose a day from the year %s on, today at the latest.", strconv.Itoa(firstReportYear))
}

// report is the plan at the end of a day, or as it stands.
func (v *visit) report(ctx context.Context, at budget.Date) (*budget.Report, error) {
	o := &crm.ReportOptions{Rates: v.pages.options.Rates}
	if at.IsZero() {
		return v.crm.Report(ctx, v.ws.ID, o)
	}
	end, err := v.endOf(at)
	if err != nil {
		return nil, err
	}
	return v.crm.ReportAt(ctx, v.ws.ID, end, o)
}

// endOf is the last moment of a day in the workspace's zone that the log can tell.
func (v *visit) endOf(day budget.Date) (time.Time, error) {
	zone, err := v.ws.Location()
	if err != nil {
		return time.Time{}, err
	}
	next := day.AddDays(1)
	return time.Date(next.Year(), next.Month().TimeMonth(), next.Day(), 0, 0, 0, 0, zone).Add(-time.Microsecond), nil
}

// kept is a part of a page about the plan, which is made once for all who ask for the same while nothing changes. That of a
// past day is made each time, and so is every one where rates may have changed.
func (v *visit) kept(at budget.Date, asked string, write func(context.Context) ([]byte, error)) ([]byte, error) {
	if !at.IsZero() || v.pages.options.Rates != nil {
		free, err := v.pages.options.Reports.Take(v.Context(), v.ws.ID)
		if err != nil {
			return nil, err
		}
		defer free()
		return write(v.Context())
	}
	key := reports.Key{Workspace: v.ws.ID, Asked: "page: " + asked + " in " + v.face.Lang.String()}
	return v.pages.options.Reports.Get(v.Context(), v.crm, key, write)
}

// summary are the lines of the plan as it stands, which pages of campaigns share as long as nothing changes. It must not be
// changed.
func (v *visit) summary() (*budget.Summary, error) {
	o := &crm.ReportOptions{Rates: v.pages.options.Rates}
	produce := func(ctx context.Context) (*budget.Summary, error) { return v.crm.Summary(ctx, v.ws.ID, o) }
	if v.pages.options.Rates != nil { // which may have changed
		return produce(v.Context())
	}
	const line = 512 // bytes of one, about
	size := func(s *budget.Summary) int { return line * (len(s.Campaigns) + len(s.Months) + len(s.Cells)) }
	return reports.Kept(v.Context(), v.pages.options.Reports, v.crm, reports.Key{Workspace: v.ws.ID, Asked: "summary"}, size, produce)
}

func (v *visit) planOf(r *budget.Report, at budget.Date, all bool) planData {
	d := planData{
		To: v.to(""), Report: r, Next: r.Today.Month().Next(), Upcoming: r.Upcoming(r.Today), All: all, At: at,
	}
	if i := slices.IndexFunc(r.Months, func(l budget.Line) bool { return l.Month == d.Next }); i >= 0 {
		d.NextLine = &r.Months[i]
	}
	for _, l := range r.Months {
		if l.Month.Compare(r.Today.Month()) < 0 {
			d.Past = append(d.Past, l)
		} else {
			d.Months = append(d.Months, l)
		}
	}
	if all {
		d.Months, d.Past = r.Months, nil
		d.Upcoming.Campaigns = r.Campaigns
	}
	d.Archived = len(r.Campaigns) - len(d.Upcoming.Campaigns)
	if !at.IsZero() {
		d.Query = template.URL("&at=" + at.String()) //nolint:gosec // a day
	}
	return d
}

// hasOpen tells whether a line has a budget of which something is left, and something that could be signed.
func hasOpen(l budget.Line) bool {
	return l.Budget.IsSet() && l.RemainingAfterSigned().Sign() > 0 && l.Allocated().Minor() > l.Signed.Minor()
}

// HasOpen tells whether something could be signed in the next month, of the plan as it stands.
func (d planData) HasOpen() bool {
	return d.At.IsZero() && d.NextLine != nil && hasOpen(*d.NextLine)
}

// PastLine is the sum of the months that are folded.
func (d planData) PastLine() budget.Line {
	if len(d.Past) == 0 {
		return budget.Line{}
	}
	l, _ := d.Report.Between(d.Past[0].Month, d.Past[len(d.Past)-1].Month)
	return l
}

// OtherTotal is what the budgets of the campaigns come to, where those of the months come to something else: people who
// add up the campaigns miss it in the table of months. It is nil where the two agree, and where there is only one of
// them.
func (d planData) OtherTotal() *budget.Money {
	months, campaigns := d.Report.MonthTotal.Budget, d.Report.Total.Budget
	if !months.IsSet() || !campaigns.IsSet() || months == campaigns {
		return nil
	}
	return &campaigns
}

// narrowChart is how wide the chart of months is on a phone, in pixels.
const narrowChart = 340

// planChart is the picture of the plan by month, or of its campaigns.
func (v *visit) planChart() (answer, error) {
	q := v.URL.Query()
	at, err := v.pastDay()
	if err != nil {
		return nil, err
	}
	chart := render.Chart(q.Get("chart"))
	if !slices.Contains(render.Charts(), chart) {
		chart = render.ChartMonths
	}
	o := render.SVGOptions{Charts: []render.Chart{chart}, Months: 12, ChartsAlone: true, Lang: v.face.Lang}
	asked := "chart of " + string(chart)
	if q.Has("narrow") {
		o.Months, o.Width, asked = 6, narrowChart, "narrow "+asked
	}
	drawn, err := v.kept(at, asked, func(ctx context.Context) ([]byte, error) {
		r, err := v.report(ctx, at)
		if err != nil {
			return nil, err
		}
		var out bytes.Buffer
		err = render.SVG(&out, r, &o)
		return out.Bytes(), err
	})
	return picture{"image/svg+xml", drawn}, err
}

// picture is a file that a page shows.
type picture struct {
	media string
	body  []byte
}

func (a picture) write(w http.ResponseWriter, v *visit) {
	if a.media == "image/svg+xml" {
		// A drawing has its styles inside; nothing else may do anything in it.
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
		sendText(w, v.Request, http.StatusOK, a.media, a.body)
		return
	}
	w.Header().Set("Content-Type", a.media)
	_, _ = w.Write(a.body)
}
