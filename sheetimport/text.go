package sheetimport

import (
	"bufio"
	"fmt"
	"io"
	"strings"
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
func WriteText(w io.Writer, p *Plan, o *TextOptions) error {
	var options TextOptions
	if o != nil {
		options = *o
	}
	if options.MaxRows <= 0 {
		options.MaxRows = 50
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%s: %s\n", plain(p.Source), counted(len(p.Rows), "row"))
	for _, v := range Verdicts() {
		if n := p.Counts[v]; n > 0 {
			fmt.Fprintf(b, "  %-10s %6d%s\n", v, n, p.beside(v))
		}
	}
	for _, note := range p.Notes {
		fmt.Fprintf(b, "  note: %s\n", plain(note.Text))
	}
	problems, notices := p.remarkLines()
	if options.Brief {
		writeLines(b, problems, options.MaxRows)
	} else {
		writeLines(b, append(problems, notices...), options.MaxRows)
	}
	if n := len(p.Gone); n > 0 {
		fmt.Fprintf(b, "  %s of earlier imports not in this sheet; nothing happens to them\n", counted(n, "cooperation"))
	}
	if n := p.noticed(); n > 0 && options.Brief {
		has := "has"
		if n > 1 {
			has = "have"
		}
		fmt.Fprintf(b, "  %s that came in %s notices\n", counted(n, "row"), has)
	}
	return b.Flush()
}

// noticed counts the rows that come in and have notices.
func (p *Plan) noticed() int {
	n := 0
	for _, row := range p.Rows {
		if row.comesIn() && len(row.Notices) > 0 {
			n++
		}
	}
	return n
}

// counted reads "1 row" or "2 rows".
func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// beside says what comes with the new cooperations.
func (p *Plan) beside(v Verdict) string {
	if v != Created {
		return ""
	}
	var parts []string
	for _, each := range []struct {
		n    int
		what string
	}{{p.New.Campaigns, "campaign"}, {p.New.Influencers, "influencer"}, {p.New.Profiles, "profile"}, {p.New.Members, "team member"}} {
		if each.n > 0 {
			parts = append(parts, counted(each.n, each.what))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return ", with " + strings.Join(parts, ", ")
}

// plain makes a text from a sheet fit for a terminal: control characters are shown, not sent.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7F && r < 0xA0 {
			return '\uFFFD'
		}
		return r
	}, s)
}
