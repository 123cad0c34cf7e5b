package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

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
}

// WriteText writes a plan for people: a count of every verdict, what comes with the new cooperations, the notes about
// the sheet, each row that is not simply taken over with the reasons, and the notices of the others. Rows of which the
// same is to be said share a line. Nil options are the defaults.
//
// Of a row that does not come in, only what keeps it out is written; its notices stand in the plan.
func WriteText(w io.Writer, p *sheetimport.Plan, o *TextOptions) error {
	var options TextOptions
	if o != nil {
		options = *o
	}
	if options.MaxRows <= 0 {
		options.MaxRows = 50
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%s: %s\n", texts.Plain(p.Source), texts.Counted(len(p.Rows), "row"))
	for _, v := range sheetimport.Verdicts() {
		if n := p.Counts[v]; n > 0 {
			fmt.Fprintf(b, "  %-10s %6d%s\n", v, n, newRecords(p, v))
		}
	}
	for _, note := range p.Notes {
		fmt.Fprintf(b, "  note: %s\n", texts.Plain(note.Text))
	}
	problems, notices := remarkLines(p)
	if options.Brief {
		writeLines(b, problems, options.MaxRows)
	} else {
		writeLines(b, append(problems, notices...), options.MaxRows)
	}
	if n := len(p.Gone); n > 0 {
		fmt.Fprintf(b, "  %s of earlier imports not in this sheet; nothing happens to them\n", texts.Counted(n, "cooperation"))
	}
	if n := countNoticed(p); n > 0 && options.Brief {
		has := "has"
		if n > 1 {
			has = "have"
		}
		fmt.Fprintf(b, "  %s that came in %s notices\n", texts.Counted(n, "row"), has)
	}
	return b.Flush()
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

// newRecords says what comes with the new cooperations.
func newRecords(p *sheetimport.Plan, v sheetimport.Verdict) string {
	if v != sheetimport.Created {
		return ""
	}
	var parts []string
	for _, each := range []struct {
		n    int
		what string
	}{{p.New.Campaigns, "campaign"}, {p.New.Influencers, "influencer"}, {p.New.Profiles, "profile"}, {p.New.Members, "team member"}} {
		if each.n > 0 {
			parts = append(parts, texts.Counted(each.n, each.what))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return ", with " + strings.Join(parts, ", ")
}
