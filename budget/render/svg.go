package render

import (
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
)

// Chart is one of the charts of SVG.
type Chart string

// The charts.
const (
	ChartMonths    Chart = "months"    // bars by month, stacked by stage, with the budgets as a line
	ChartCampaigns Chart = "campaigns" // a bar for each campaign, against its budget where it has one
	ChartYear      Chart = "year"      // twelve months of each campaign as a heat map
)

// Charts returns all charts in the order in which SVG draws them.
func Charts() []Chart { return []Chart{ChartMonths, ChartCampaigns, ChartYear} }

// Theme says which colours a chart has.
type Theme string

// The themes.
const (
	ThemeAuto  Theme = "" // as the reader's system asks for
	ThemeLight Theme = "light"
	ThemeDark  Theme = "dark"
)

// SVGOptions are the choices for SVG.
type SVGOptions struct {
	// Charts are what to draw, in this order; nil is all. One that does not exist is left out.
	Charts []Chart

	// Theme is light or dark for all readers; any other follows the reader's system.
	Theme Theme

	// From is the month with which a chart begins where it has not room for all of them: the month of the report's
	// day without it. Months is how many the chart of months has room for, 36 if it is 0 and at most that.
	// Where fewer are left after From, the ones before it fill the room.
	From   budget.Month
	Months int

	// Campaigns is how many campaigns have a bar or a row: the largest by budget or cost. 20 if it is 0, and at most 100.
	Campaigns int

	// Width is how wide the chart of months is where it is the only one, in pixels: 960 if it is 0, at most that, and at
	// least 320, for a phone. All others are 960 wide.
	Width int

	// ChartsAlone leaves out what stands above the charts, the title of the report and its next month, for a page that
	// says that itself. Screen readers still get the title.
	ChartsAlone bool

	// ID is what the ids in the drawing begin with, for a page that has several of them. It is "budget" without
	// one; what is no ASCII letter, digit, - or _ is left out.
	ID string

	// Lang, Say and DecimalComma are those of TextOptions.
	Lang         language.Tag
	Say          func(format string, args ...any) string
	DecimalComma bool
}

const (
	maxChartMonths        = 36
	defaultChartCampaigns = 20
	maxChartCampaigns     = 100
)

//go:embed svg.tmpl
var svgSource string

// svgTemplate is parsed at its first use, because most programs draw nothing.
var svgTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("svg").Parse(svgSource))
})

// SVG draws a report as one picture with its charts below each other: standing alone as a file, or as it is inside
// an HTML page. It has no script and asks no other host for anything. Nil options are the defaults.
//
// Stages differ by pattern as well as by colour, and what is over or at risk has a mark of its own. Amounts in
// labels are exact; where a label has no room, its amounts are in the tooltip of the bar and in the description for
// screen readers. One and the same report is always drawn in the same bytes.
//
// An amount below zero, such as a refund, is drawn below the axis, or left of it.
func SVG(w io.Writer, r *budget.Report, o *SVGOptions) error {
	if w == nil || r == nil {
		panic("render: SVG needs a writer and a Report, and was given nil")
	}
	var options SVGOptions
	if o != nil {
		options = *o
	}
	s := &sketch{
		speech: newSpeech(options.Lang, options.Say, options.DecimalComma), r: r, from: options.From,
		width: sheetWidth, size: maxChartMonths, campaigns: defaultChartCampaigns,
	}
	if options.Months > 0 {
		s.size = min(options.Months, maxChartMonths)
	}
	if options.Campaigns > 0 {
		s.campaigns = min(options.Campaigns, maxChartCampaigns)
	}
	if options.Charts == nil {
		options.Charts = Charts()
	}
	if options.Width > 0 && slices.Equal(options.Charts, []Chart{ChartMonths}) {
		s.width = max(px(min(options.Width, int(sheetWidth/pixel)))*pixel, narrowest)
	}
	id := idOf(options.ID)
	p := picture{ID: id, Title: s.title(r), Width: s.width, Style: styleOf(id, options.Theme)}
	if s.lang != language.Und {
		p.Lang = s.lang.String()
	}
	if !options.ChartsAlone {
		p.Head, p.Height = s.head()
	}
	for _, chart := range options.Charts {
		if d, known := s.chart(chart); known {
			d.Y = p.Height
			p.Height += d.Height
			p.Charts = append(p.Charts, d)
		}
	}
	return svgTemplate().Execute(w, p)
}

// idOf returns an id that means nothing else in a selector.
func idOf(id string) string {
	id = strings.Map(func(r rune) rune {
		if strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", r) {
			return r
		}
		return -1
	}, id)
	switch {
	case id == "":
		return "budget"
	case strings.ContainsRune("0123456789-", rune(id[0])):
		return "budget-" + id
	}
	return id
}

// picture is what the template draws.
type picture struct {
	ID, Title     string
	Lang          string // for screen readers
	Width, Height px
	Style         template.CSS
	Head          []shape
	Charts        []drawing
}

// sketch draws the charts of a report.
type sketch struct {
	speech
	r         *budget.Report
	from      budget.Month
	width     px
	size      int // most months of the chart of months
	campaigns int // most campaigns of a chart
}

func (s *sketch) chart(chart Chart) (d drawing, known bool) {
	switch chart {
	case ChartMonths:
		return s.months(), true
	case ChartCampaigns:
		return s.campaignBars(), true
	case ChartYear:
		return s.year(), true
	}
	return drawing{}, false
}

// head is the title, how much has a budget, and how the next month stands.
func (s *sketch) head() ([]shape, px) {
	d := drawing{Width: s.width, y: 14 * pixel}
	d.write("title", 20, s.title(s.r))
	if covered := s.covered(s.r); covered != "" {
		d.write("", 13, covered)
	}
	if next := s.next(s.r); next != "" {
		d.write("", 13, next)
	}
	var shapes []shape
	for _, g := range d.Groups {
		shapes = append(shapes, g.Shapes...)
	}
	return shapes, d.y
}
