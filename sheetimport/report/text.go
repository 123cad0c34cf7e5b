package report

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// TextOptions are the choices of [WriteText].
type TextOptions struct {
	// Brief only counts the notices of good rows and leaves out why rows are skipped.
	Brief bool
	// MaxRows bounds the lines about rows, each of which is about one row or about rows of which the same is to be
	// said; 0 means 50.
	MaxRows int
	// Verdict, if set, lists all rows with this verdict, and no others; All lists every row. MaxRows then does not count.
	Verdict sheetimport.Verdict
	All     bool
	// Lang is the language; the zero value is English.
	Lang language.Tag
}

// WriteText writes a plan for people: a count of every verdict, what comes with the new cooperations, the notes about
// the sheet, each row that is not simply taken over with the reasons, and the notices of the others. Rejected rows come
// first, then conflicts, what is updated field by field, and repeated rows. Rows of which the same is to be said share a
// line. Nil options are the defaults.
//
// Of a row that does not come in, only what keeps it out is written, and of a repeated one in what it differs; its other
// notices stand in the plan.
func WriteText(w io.Writer, p *sheetimport.Plan, o *TextOptions) error {
	if w == nil || p == nil {
		panic("report: WriteText needs a writer and a Plan, and was given nil")
	}
	var options TextOptions
	if o != nil {
		options = *o
	}
	switch {
	case options.All || options.Verdict != "":
		options.MaxRows = math.MaxInt
	case options.MaxRows <= 0:
		options.MaxRows = 50
	}
	b := bufio.NewWriter(w)
	for _, part := range partsOf(p) {
		writePart(b, part, options)
	}
	return b.Flush()
}

// partsOf are the sheet and the tables of budgets, each as a plan of its own. A table can stand in the place of the sheet.
func partsOf(p *sheetimport.Plan) []*sheetimport.Plan {
	parts := []*sheetimport.Plan{p}
	if len(p.Budgets) > 0 && len(p.Columns) == 0 {
		parts = nil
	}
	for n, t := range p.Budgets {
		part := &sheetimport.Plan{Source: t.Source, Counts: t.Counts, Notes: t.Notes, Rows: t.Rows}
		if n == 0 && parts == nil {
			part.New, part.Filled, part.Notes = p.New, p.Filled, append(slices.Clone(p.Notes), t.Notes...)
		}
		parts = append(parts, part)
	}
	return parts
}

// writePart writes the account of one sheet or table.
func writePart(b *bufio.Writer, p *sheetimport.Plan, options TextOptions) {
	say := func(format string, args ...any) {
		fmt.Fprintf(b, "  %s\n", sentence.Of(format, args...).In(options.Lang))
	}
	fmt.Fprintf(b, "%s: %s\n", texts.Plain(p.Source), sentence.Of("%d rows", len(p.Rows)).In(options.Lang))
	writeCounts(b, p, options.Lang)
	if filled := filledRecords(p, options.Lang); filled != "" {
		say("filled in: %s", filled)
	}
	for _, note := range p.Notes {
		say("note: %s", texts.Plain(note.Text.In(options.Lang)))
	}
	for _, line := range valueLines(p, options.Lang) {
		fmt.Fprintf(b, "  %s\n", line)
	}
	problems, notices := remarkLines(p, options)
	if options.Brief {
		writeLines(b, problems, options.MaxRows, options.Lang)
	} else {
		writeLines(b, append(problems, notices...), options.MaxRows, options.Lang)
	}
	if n := p.GoneCount; n > 0 {
		say("%d cooperations of earlier imports not in this sheet; nothing happens to them", n)
	}
	if n := countNoticed(p); n > 0 && options.Brief {
		say("%d rows that came in have notices", n)
	}
}

// countNoticed counts the rows that come in and have notices.
func countNoticed(p *sheetimport.Plan) int {
	n := 0
	for _, row := range p.Rows {
		if comesIn(row) && len(row.Notices) > 0 {
			n++
		}
	}
	return n
}

// writeCounts writes how many rows have which verdict.
func writeCounts(b *bufio.Writer, p *sheetimport.Plan, lang language.Tag) {
	width := 0
	for _, v := range sheetimport.Verdicts() {
		width = max(width, utf8.RuneCountInString(v.Word().In(lang)))
	}
	for _, v := range sheetimport.Verdicts() {
		if n := p.Counts[v]; n > 0 {
			fmt.Fprintf(b, "  %-*s %6d%s\n", width+1, v.Word().In(lang), n, newRecords(p, v, lang))
		}
	}
}

// newRecords says what comes with the new cooperations.
func newRecords(p *sheetimport.Plan, v sheetimport.Verdict, lang language.Tag) string {
	if v != sheetimport.Created {
		return ""
	}
	with := counted(lang, number{p.New.Campaigns, "%d campaigns"}, number{p.New.Influencers, "%d influencers"},
		number{p.New.Profiles, "%d profiles"}, number{p.New.Members, "%d team members"})
	if with == "" {
		return ""
	}
	return sentence.Of(", with %s", with).In(lang)
}

// filledRecords says which records of the CRM get what they lack.
func filledRecords(p *sheetimport.Plan, lang language.Tag) string {
	return counted(lang, number{p.Filled.Campaigns, "%d campaigns"}, number{p.Filled.Influencers, "%d influencers"},
		number{p.Filled.Months, "%d budgets of months"})
}

// number is how many there are of what, if any.
type number struct {
	n    int
	what string
}

func counted(lang language.Tag, numbers ...number) string {
	var parts []string
	for _, each := range numbers {
		if each.n > 0 {
			parts = append(parts, sentence.Of(each.what, each.n).In(lang))
		}
	}
	return strings.Join(parts, ", ")
}
