package render_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
)

func svg(t rapid.TB, p budget.Plan, o *render.SVGOptions) string {
	t.Helper()
	r, err := budget.New(p)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := render.SVG(&out, r, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// manyMonths is a plan of campaigns with budgets, one after the other, and one without.
func manyMonths(months, campaigns int) budget.Plan {
	p := budget.Plan{Currency: "EUR", Today: budget.MustParseDate("2026-11-28")}
	first := budget.MustParseMonth("2026-06")
	for c := range campaigns {
		start := first.Add(c * months / campaigns)
		id := fmt.Sprintf("c%02d", c)
		campaign := budget.Campaign{ID: id, Name: fmt.Sprintf("Campaign %d", c+1),
			Period: budget.Period{Start: start.First(), End: start.Add(months / 2).Last()}}
		if c%4 != 3 {
			campaign.Budget = eur(int64(1_000_000 + 137_501*c))
		}
		p.Campaigns = append(p.Campaigns, campaign)
		for n, stage := range []budget.Stage{budget.Signed, budget.Negotiating, budget.Draft} {
			p.Items = append(p.Items, budget.Item{
				ID: fmt.Sprintf("%s-%d", id, n), Campaign: id, Stage: stage, Cost: eur(int64(612_345 - 201_007*n + 90_000*c%700_000)),
				Period: budget.Period{Start: start.First(), End: start.Add(months/2 + n).Last()},
			})
		}
	}
	return p
}

// svgCases are reports that have one thing or another at its limits.
func svgCases() map[string]budget.Plan {
	long := strings.Repeat("A campaign with a name that goes on and on ", 20)
	names := plan()
	names.Campaigns[0].Name, names.Campaigns[1].Name = long, "حملة الصيف 2026 خصم"
	names.Campaigns[2].Name = "</title><script>alert(1)</script>\x00\x1b\ufffe\uffff\xff 👩‍👩‍👧‍👧🏳️‍🌈 'q\"&"
	noBudgets := manyMonths(7, 5)
	for n := range noBudgets.Campaigns {
		noBudgets.Campaigns[n].Budget = budget.Money{}
	}
	oneMonth := manyMonths(1, 1)
	for n := range oneMonth.Items {
		oneMonth.Items[n].Period = days("2026-06-03", "2026-06-04")
	}
	oneMonth.Campaigns[0].Period = days("2026-06-01", "2026-06-30")
	refunds := manyMonths(6, 3)
	for n := range refunds.Items {
		if n%3 != 1 {
			refunds.Items[n].Cost = eur(-123_456 * int64(n+1))
		}
	}
	large := manyMonths(3, 2)
	for n := range large.Items {
		large.Items[n].Cost = eur(budget.MaxMinor)
	}
	onlyRefund := manyMonths(1, 1)
	onlyRefund.Items = onlyRefund.Items[:1]
	onlyRefund.Items[0].Cost = eur(-1)
	zero := manyMonths(2, 2)
	zero.Campaigns[0].Budget, zero.Campaigns[1].Budget = eur(0), eur(0)
	for n := range zero.Items {
		zero.Items[n].Cost = eur(int64(n%2) * 100)
	}
	yen := manyMonths(4, 2)
	yen.Currency = "JPY"
	for n := range yen.Campaigns {
		yen.Campaigns[n].Budget = budget.FromMinor(90_000, "JPY")
	}
	for n := range yen.Items {
		yen.Items[n].Cost = budget.FromMinor(31_111, "JPY")
	}
	apart := manyMonths(1, 1)
	apart.Items[2].Period = days("2046-01-01", "2046-01-02")
	return map[string]budget.Plan{
		"plan": plan(), "empty": {Currency: "EUR"}, "no budgets": noBudgets, "one month": oneMonth, "year": manyMonths(12, 6),
		"36 months": manyMonths(24, 9), "100 months": manyMonths(90, 5), "many campaigns": manyMonths(14, 45), "names": names,
		"refunds": refunds, "only a refund": onlyRefund, "large amounts": large, "budgets of nothing": zero, "yen": yen, "years apart": apart,
		"a campaign alone": {Currency: "EUR", Campaigns: []budget.Campaign{{ID: "c", Name: "Sale", Budget: eur(100)}}},
	}
}

func TestSVG(t *testing.T) {
	t.Parallel()
	cases := svgCases()
	golden(t, "report.svg", svg(t, cases["plan"], nil))
	golden(t, "year.svg", svg(t, cases["year"], &render.SVGOptions{Theme: render.ThemeDark, ID: "2026/x", DecimalComma: true}))
	golden(t, "empty.svg", svg(t, cases["empty"], &render.SVGOptions{Theme: render.ThemeLight}))
}

// Whatever is in a report, its drawing is XML with nothing but shapes and texts, all of them inside of it.
func TestSVGHolds(t *testing.T) {
	t.Parallel()
	for name, p := range svgCases() {
		for _, theme := range []render.Theme{render.ThemeAuto, render.ThemeDark} {
			for _, chart := range append(render.Charts(), "") {
				o := &render.SVGOptions{Theme: theme}
				if chart != "" {
					o.Charts = []render.Chart{chart}
				}
				drawing := svg(t, p, o)
				if err := checkSVG(drawing); err != nil {
					t.Errorf("%s, %s %s: %v", name, theme, chart, err)
				}
				if drawing != svg(t, p, o) {
					t.Errorf("%s, %s %s: is drawn differently each time", name, theme, chart)
				}
			}
		}
	}
}

// The same of plans at random.
func TestSVGHoldsAtRandom(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := manyMonths(rapid.IntRange(1, 50).Draw(t, "months"), rapid.IntRange(1, 30).Draw(t, "campaigns"))
		amount := rapid.OneOf(rapid.Int64Range(-200_000, 2_000_000), rapid.Int64Range(-budget.MaxMinor, budget.MaxMinor), rapid.Just(int64(0)))
		for n := range p.Items {
			p.Items[n].Cost = eur(amount.Draw(t, "cost"))
		}
		for n := range p.Campaigns {
			p.Campaigns[n].Name = rapid.String().Draw(t, "name")
			if rapid.Bool().Draw(t, "has a budget") {
				p.Campaigns[n].Budget = eur(max(amount.Draw(t, "budget"), 0))
			}
		}
		o := &render.SVGOptions{
			Months: rapid.IntRange(0, 50).Draw(t, "shown months"), Width: rapid.IntRange(-1, 1_000).Draw(t, "width"), Campaigns: rapid.IntRange(0, 120).Draw(t, "shown campaigns"),
			Lang: rapid.SampledFrom([]language.Tag{language.English, language.German}).Draw(t, "language"),
		}
		if rapid.Bool().Draw(t, "alone") {
			o.Charts = []render.Chart{render.ChartMonths}
		}
		if rapid.Bool().Draw(t, "begins") {
			o.From = budget.MustParseMonth("2026-06").Add(rapid.IntRange(-50, 100).Draw(t, "from"))
		}
		if err := checkSVG(svg(t, p, o)); err != nil {
			t.Fatal(err)
		}
	})
}

// textsOf are the texts that a drawing shows, and how high its bars of a class are.
func textsOf(t *testing.T, drawing, class string) (shown []string, heights []string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(drawing))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return shown, heights
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		var e struct {
			Class  string `xml:"class,attr"`
			Height string `xml:"height,attr"`
			Text   string `xml:",chardata"`
		}
		switch element.Name.Local {
		case "text":
			if err := decoder.DecodeElement(&e, &element); err != nil {
				t.Fatal(err)
			}
			shown = append(shown, e.Text)
		case "rect":
			if err := decoder.DecodeElement(&e, &element); err != nil {
				t.Fatal(err)
			}
			if e.Class == class {
				heights = append(heights, e.Height)
			}
		}
	}
}

// The amounts of all months are shown to the cent, and so are those of cells; the descriptions have all figures of a line.
func TestSVGHasTheFigures(t *testing.T) {
	t.Parallel()
	for name, p := range svgCases() {
		if name == "100 months" || name == "years apart" || name == "large amounts" {
			continue // not all months have room
		}
		r, err := budget.New(p)
		if err != nil {
			t.Fatal(err)
		}
		drawing := svg(t, p, &render.SVGOptions{Charts: []render.Chart{render.ChartMonths}})
		shown, _ := textsOf(t, drawing, "")
		for _, l := range r.Months {
			if l.Count() > 0 && !slices.Contains(shown, render.Thousands(l.Allocated())) {
				t.Errorf("%s: %s comes to %s, which is not shown: %q", name, l.Label, l.Allocated(), shown)
			}
			for _, m := range []budget.Money{l.Signed, l.Negotiating, l.Draft, l.Forecast, l.Budget} {
				if !strings.Contains(drawing, " "+render.Thousands(m)) {
					t.Errorf("%s: the description of %s lacks %s", name, l.Label, m)
				}
			}
		}
	}
	year := svgCases()["year"]
	r, err := budget.New(year)
	if err != nil {
		t.Fatal(err)
	}
	shown, _ := textsOf(t,
		svg(t, year, &render.SVGOptions{Charts: []render.Chart{render.ChartYear},
			From: budget.MustParseMonth("2026-06")}), "")
	cells := 0
	for _, l := range r.Cells {
		if l.Month.Compare(budget.MustParseMonth("2027-05")) > 0 {
			continue
		}
		cells++
		if !slices.Contains(shown, render.Thousands(l.Allocated())) {
			t.Errorf("the cell of %s in %s lacks %s: %q", l.Label, l.Month, l.Allocated(), shown)
		}
	}
	if cells < 30 {
		t.Errorf("only %d cells", cells)
	}
}

// A bar is as high as its amounts are to the axis, and has a pixel of whatever is not nothing.
// Charts alone have no heading to see, and the title for screen readers.
func TestSVGChartsAlone(t *testing.T) {
	t.Parallel()
	whole := svg(t, manyMonths(12, 4), &render.SVGOptions{Charts: []render.Chart{render.ChartMonths}})
	alone := svg(t, manyMonths(12, 4), &render.SVGOptions{Charts: []render.Chart{render.ChartMonths}, ChartsAlone: true})
	for what, drawing := range map[string]string{"with its head": whole, "alone": alone} {
		if got, want := strings.Count(drawing, "Budget in EUR on 2026-11-28"), map[string]int{"with its head": 2, "alone": 1}[what]; got != want {
			t.Errorf("%s: the title stands %d times, want %d", what, got, want)
		}
	}
	if len(alone) >= len(whole) || !strings.Contains(alone, "December 2026") {
		t.Errorf("%d bytes alone, %d with the head", len(alone), len(whole))
	}
}

// The chart of months can be as narrow as a phone; signs that have no room beside each other stand in several lines. A
// drawing with other charts keeps its width.
func TestSVGNarrow(t *testing.T) {
	t.Parallel()
	months := []render.Chart{render.ChartMonths}
	for want, o := range map[string]*render.SVGOptions{
		`width="340"`: {Width: 340, Charts: months}, `width="320"`: {Width: 1, Charts: months}, `width="960"`: {Width: 5000, Charts: months},
		`width="960" `: {Width: 340},
	} {
		o.Months, o.Lang = 6, language.German
		for name, p := range svgCases() {
			drawing := svg(t, p, o)
			if err := checkSVG(drawing); err != nil {
				t.Errorf("%s, %d: %v", name, o.Width, err)
			}
			if head, _, _ := strings.Cut(drawing, ">"); !strings.Contains(head, strings.TrimSpace(want)) {
				t.Errorf("%s, %d: %s lacks %s", name, o.Width, head, want)
			}
		}
	}
}

func TestSVGBars(t *testing.T) {
	t.Parallel()
	p := budget.Plan{
		Currency:     "EUR",
		Campaigns:    []budget.Campaign{{ID: "c", Name: "Sale"}},
		MonthBudgets: map[budget.Month]budget.Money{budget.MustParseMonth("2026-06"): eur(10_000)},
	}
	for stage, minor := range map[budget.Stage]int64{budget.Signed: 5_000, budget.Negotiating: 2_499, budget.Draft: 1} {
		p.Items = append(p.Items, budget.Item{ID: string(stage), Campaign: "c", Stage: stage, Cost: eur(minor),
			Period: days("2026-06-01", "2026-06-02")})
	}
	drawing := svg(t, p, &render.SVGOptions{Charts: []render.Chart{render.ChartMonths}})
	for class, want := range map[string]string{"signed": "130", "negotiating": "64.9", "draft": "1"} {
		_, heights := textsOf(t, drawing, class)
		if len(heights) != 2 || heights[1] != want { // the first is that of the legend
			t.Errorf("%s is %v high, want %s", class, heights, want)
		}
	}
	line := regexp.MustCompile(`class="budget" d="M[\d.]+ ([\d.]+)H[\d.]+"`).FindAllStringSubmatch(drawing, -1) // first that of the legend
	top := regexp.MustCompile(`class="grid" d="M[\d.]+ ([\d.]+)H944"`).FindAllStringSubmatch(drawing, -1)
	if len(line) != 2 || line[1][1] != top[len(top)-1][1] {
		t.Errorf("the budget of 100.00 is at %v, and the axis has %v", line, top)
	}
}

// In a filtered report a bar has what else its budget is held against, so that it ends where the budget is used up.
func TestSVGOfFilteredReports(t *testing.T) {
	t.Parallel()
	p := budget.Plan{
		Currency:  "EUR",
		Campaigns: []budget.Campaign{{ID: "c", Name: "Sale", Budget: eur(10_000), Period: days("2026-06-01", "2026-06-30")}},
		Items: []budget.Item{
			{ID: "1", Campaign: "c", Stage: budget.Signed, Platform: "tiktok", Cost: eur(4_000), Period: days("2026-06-01", "2026-06-02")},
			{ID: "2", Campaign: "c", Stage: budget.Signed, Platform: "instagram", Cost: eur(5_000), Period: days("2026-06-01", "2026-06-02")},
		},
	}
	whole, err := budget.New(p)
	if err != nil {
		t.Fatal(err)
	}
	r, err := whole.Filter(budget.Filter{Platforms: []string{"TikTok"}})
	if err != nil {
		t.Fatal(err)
	}
	for chart, want := range map[render.Chart][]string{render.ChartMonths: {"104", "130"}, render.ChartCampaigns: {"14", "14"}} {
		var out strings.Builder
		if err := render.SVG(&out, r, &render.SVGOptions{Charts: []render.Chart{chart}}); err != nil {
			t.Fatal(err)
		}
		if err := checkSVG(out.String()); err != nil {
			t.Errorf("%s: %v", chart, err)
		}
		texts, signed := textsOf(t, out.String(), "signed")
		_, others := textsOf(t, out.String(), "others")
		if diff := cmp.Diff(want, []string{signed[1], others[1]}); diff != "" || !slices.Contains(texts, "not selected") {
			t.Errorf("%s: %q (-want +got):\n%s", chart, texts, diff)
		}
		if !strings.Contains(out.String(), "; 50.00 not selected; ok") {
			t.Errorf("%s does not describe what is not selected", chart)
		}
	}
}

// Of many campaigns the largest are drawn, and the sum of the others is told; of many months those from the report's on.
func TestSVGIsBounded(t *testing.T) {
	t.Parallel()
	p := svgCases()["many campaigns"]
	r, err := budget.New(p)
	if err != nil {
		t.Fatal(err)
	}
	shown, _ := textsOf(t, svg(t, p, &render.SVGOptions{Charts: []render.Chart{render.ChartCampaigns}, Campaigns: 3}), "")
	var names []string
	for _, text := range shown {
		if strings.HasPrefix(text, "Campaign ") {
			names = append(names, text)
		}
	}
	if got := strings.Join(names, ", "); got != "Campaign 42, Campaign 43, Campaign 45" {
		t.Errorf("drawn are %s", got)
	}
	rest := r.Total.Allocated()
	for _, l := range r.Campaigns {
		if slices.Contains(names, l.Label) {
			rest, _ = rest.Sub(l.Allocated())
		}
	}
	if want := "… and 42 more: " + render.Thousands(rest); !slices.Contains(shown, want) {
		t.Errorf("does not tell %q: %q", want, shown)
	}
	months, _ := textsOf(t, svg(t, svgCases()["100 months"], &render.SVGOptions{Charts: []render.Chart{render.ChartMonths}, Months: 5}), "")
	text := strings.Join(months, " ")
	for _, want := range []string{" Nov 2026 Dec Jan 2027 Feb Mar ", "Earlier: 5 months: ", "Later: 110 months: "} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q: %s", want, text)
		}
	}
	// A month alone says too on which side of the chart it is.
	months, _ = textsOf(t,
		svg(t, svgCases()["100 months"], &render.SVGOptions{Charts: []render.Chart{render.ChartMonths},
			From: budget.MustParseMonth("2026-07"), Months: 5}), "")
	if text := strings.Join(months, " "); !strings.Contains(text, "Earlier: June 2026: ") {
		t.Errorf("lacks the first month: %s", text)
	}
}

func TestSVGReportsWriteErrors(t *testing.T) {
	t.Parallel()
	r, err := budget.New(plan())
	if err != nil {
		t.Fatal(err)
	}
	if err := render.SVG(&broken{100}, r, nil); !errors.Is(err, errBroken) {
		t.Errorf("SVG: %v", err)
	}
}

var (
	svgElements = strings.Fields("svg title style defs pattern rect circle desc g path text")
	svgNumber   = regexp.MustCompile(`^-?\d+(\.\d)?$`)
	pathNumber  = regexp.MustCompile(`([MLHV ])(-?\d+(?:\.\d+)?)`)
)

// checkSVG returns what is wrong with a drawing.
func checkSVG(drawing string) error {
	var errs []error
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	_, style, _ := strings.Cut(drawing, "<style>")
	if style, _, _ = strings.Cut(style, "</style>"); strings.Contains(style, "//") || strings.Contains(style, "@import") {
		wrong("the style sheet names another host")
	}
	if strings.Contains(drawing, "ZgotmplZ") {
		wrong("html/template did not trust a value")
	}
	ids, refs := map[string]bool{}, []string{}
	images, height := 0, 0.0
	var heights []float64
	decoder := xml.NewDecoder(strings.NewReader(drawing))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("no XML: %w", err)
		}
		if end, ok := token.(xml.EndElement); ok && end.Name.Local == "svg" {
			heights = heights[:len(heights)-1]
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		name, attributes := element.Name.Local, map[string]string{}
		if !slices.Contains(svgElements, name) || element.Name.Space != "http://www.w3.org/2000/svg" {
			wrong("has an element %v", element.Name)
		}
		for _, a := range element.Attr {
			attributes[a.Name.Local] = a.Value
			if strings.Contains(a.Value, "//") && a.Name.Local != "xmlns" || strings.HasPrefix(a.Name.Local, "on") {
				wrong("%s has %s=%s", name, a.Name.Local, a.Value)
			}
			switch a.Name.Local {
			case "id":
				if ids[a.Value] {
					wrong("has %s twice", a.Value)
				}
				ids[a.Value] = true
			case "aria-labelledby", "aria-describedby":
				refs = append(refs, a.Value)
			case "x", "y", "width", "height":
				if !svgNumber.MatchString(a.Value) {
					wrong("%s has %s=%s", name, a.Name.Local, a.Value)
				}
			case "href", "src", "style":
				wrong("%s has %s", name, a.Name.Local)
			}
		}
		number := func(name string) float64 {
			n, _ := strconv.ParseFloat(attributes[name], 64)
			return n
		}
		if name == "svg" {
			height = number("height")
			heights = append(heights, height)
			if attributes["role"] == "img" {
				images++
			}
		}
		if attributes["class"] == "" && name != "g" && name != "text" {
			continue
		}
		inside := func(x, y float64) {
			if x < 0 || x > 960 || y < 0 || y > heights[len(heights)-1] {
				wrong("%s at %v, %v is outside: %v", name, x, y, attributes)
			}
		}
		switch name {
		case "rect":
			inside(number("x"), number("y"))
			inside(number("x")+number("width"), number("y")+number("height"))
		case "text":
			inside(number("x"), number("y"))
			if attributes["transform"] == "" && attributes["x"] == "" {
				wrong("a text is nowhere")
			}
		case "path":
			x, y := 0.0, 0.0
			for _, m := range pathNumber.FindAllStringSubmatch(attributes["d"], -1) {
				n, _ := strconv.ParseFloat(m[2], 64)
				if m[1] == " " || m[1] == "V" {
					y = n
				} else {
					x = n
				}
				if m[1] != "M" && m[1] != "L" {
					inside(x, y)
				}
			}
		}
	}
	for _, ref := range refs {
		if !ids[ref] {
			wrong("there is no %s", ref)
		}
	}
	for _, url := range regexp.MustCompile(`url\(#([^)]*)\)`).FindAllStringSubmatch(drawing, -1) {
		if !ids[url[1]] {
			wrong("there is no pattern %s", url[1])
		}
	}
	if images == 0 {
		wrong("no image for screen readers")
	}
	return errors.Join(errs...)
}
