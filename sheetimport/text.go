package sheetimport

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// TextOptions are the choices of [WriteText].
type TextOptions struct {
	// Notices lists the notices of good rows too; otherwise they are only counted.
	Notices bool
	// MaxRows bounds the rows that are listed one by one; 0 means 50.
	MaxRows int
}

// WriteText writes a plan for people: a count of every verdict, what comes with the new cooperations, the notes about
// the sheet, and each row that is not simply taken over with the reasons. Nil options are the defaults.
func WriteText(w io.Writer, p *Plan, o *TextOptions) error {
	options := TextOptions{MaxRows: 50}
	if o != nil {
		options.Notices = o.Notices
		if o.MaxRows > 0 {
			options.MaxRows = o.MaxRows
		}
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
	listed, noticed := 0, 0
	for _, row := range p.Rows {
		attention := row.Verdict == Rejected || row.Verdict == Duplicate || row.Verdict == Conflict
		if len(row.Notices) > 0 && !attention && row.Verdict != Skipped {
			noticed++
		}
		if !attention && (len(row.Notices) == 0 || !options.Notices) {
			continue
		}
		if listed++; listed <= options.MaxRows {
			writeRow(b, row, options.Notices)
		}
	}
	if more := listed - options.MaxRows; more > 0 {
		fmt.Fprintf(b, "  … and %s\n", counted(more, "more row"))
	}
	if n := len(p.Gone); n > 0 {
		fmt.Fprintf(b, "  %s of earlier imports not in this sheet; nothing happens to them\n", counted(n, "cooperation"))
	}
	if noticed > 0 && !options.Notices {
		fmt.Fprintf(b, "  %d of the rows that came in have notices\n", noticed)
	}
	return b.Flush()
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

func writeRow(b *bufio.Writer, row PlannedRow, notices bool) {
	remarks := row.Problems
	if notices {
		remarks = append(append([]Remark{}, remarks...), row.Notices...)
	}
	if row.Verdict == Duplicate {
		fmt.Fprintf(b, "  row %d %s of row %d\n", row.Row, row.Verdict, row.Of)
	}
	for _, m := range remarks {
		where := ""
		if m.Column != "" {
			where = fmt.Sprintf(" in %s %q", m.Column, plain(m.Header))
			if m.Value != "" && !strings.HasPrefix(m.Message, `"`) {
				where += fmt.Sprintf(" %q", plain(m.Value))
			}
		}
		fmt.Fprintf(b, "  row %d %s%s: %s\n", row.Row, row.Verdict, where, plain(m.Message))
	}
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
