package cell_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/cell"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	const unknown, dayFirst, monthFirst = cell.OrderUnknown, cell.DayFirst, cell.MonthFirst
	tests := []struct {
		in    string
		order cell.DateOrder
		want  string
	}{
		{"", unknown, ""}, {" \u00A0\u200B", unknown, ""}, {"-", unknown, ""}, {"n/a", unknown, ""}, {`\N`, unknown, ""},
		// As written, whatever the time and its zone.
		{"2026-06-01", unknown, "2026-06-01"},
		{"\u00A02026-06-01\uFEFF", unknown, "2026-06-01"},
		{"2026-06-01 00:00:00", unknown, "2026-06-01"},
		{"2026-06-01T23:30:00-07:00", unknown, "2026-06-01"},
		{"2026-06-01T23:30:00.000Z", unknown, "2026-06-01"},
		{"20260601", unknown, "2026-06-01"}, {"14112026", unknown, "2026-11-14"}, {"11142026", unknown, "2026-11-14"},
		{"04122026", unknown, "!ambiguous_date 2026-12-04 2026-04-12"}, {"04122026", cell.DayFirst, "2026-12-04"},
		{"31022026", unknown, "!not_a_date"},
		{"12345678", unknown, "!not_a_date"}, {"20261301", unknown, "!not_a_date"},
		{"2026/6/1", unknown, "2026-06-01"},
		{"01.06.2026 14:30", unknown, "2026-06-01"},
		{"6/30/2026 2:30 PM", unknown, "2026-06-30"},
		// Dots are day first; a month's name leaves no doubt.
		{"1.6.2026", unknown, "2026-06-01"}, {"01.06.26", monthFirst, "2026-06-01"}, {"1. 6. 2026", unknown, "2026-06-01"},
		{"1. Juni 2026", unknown, "2026-06-01"}, {"5. Sept. 2026", unknown, "2026-09-05"}, {"1 June 2026", unknown, "2026-06-01"},
		{"Jun 1, 2026", unknown, "2026-06-01"}, {"June 1st 2026", unknown, "2026-06-01"}, {"3rd of", unknown, "!not_a_date"},
		{"1-Jun-26", unknown, "2026-06-01"}, {"3. März 2026", unknown, "2026-03-03"}, {"2026-Jun-01", unknown, "2026-06-01"},
		// Only one reading.
		{"13/04/2026", unknown, "2026-04-13"}, {"04/13/2026", unknown, "2026-04-13"}, {"12/31/26", unknown, "2026-12-31"},
		{"05/05/2026", unknown, "2026-05-05"}, {"13-04-2026", unknown, "2026-04-13"}, {"04/13/2026", dayFirst, "2026-04-13"},
		// Two readings, unless the column decides.
		{"03/04/2026", unknown, "!ambiguous_date 2026-04-03 2026-03-04"},
		{"03/04/26", unknown, "!ambiguous_date 2026-04-03 2026-03-04"},
		{"01/02/03", unknown, "!ambiguous_date 2003-02-01 2003-01-02"},
		{"03-04-2026", unknown, "!ambiguous_date 2026-04-03 2026-03-04"},
		{"03/04/26 10:00", unknown, "!ambiguous_date 2026-04-03 2026-03-04"},
		{"03/04/2026", dayFirst, "2026-04-03"}, {"03/04/2026", monthFirst, "2026-03-04"},
		// No day of the calendar; nothing rolls over.
		{"2026-13-01", unknown, "!not_a_date"}, {"31.02.2026", unknown, "!not_a_date"}, {"31/06/2026", unknown, "!not_a_date"},
		{"1026-06-01", unknown, "!not_a_date"}, {"2026-02-29", unknown, "!not_a_date"}, {"20261301", unknown, "!not_a_date"},
		{"30. Februar 2026", unknown, "!not_a_date"}, {"13/13/2026", unknown, "!not_a_date"}, {"1.1.70", unknown, "!not_a_date"},
		// No date at all, or more than one.
		{"1.6.", unknown, "!not_a_date"}, {"1. Juni", unknown, "!not_a_date"}, {"June", unknown, "!not_a_date"},
		{"June 2026", unknown, "!not_a_date"}, {"KW 23", unknown, "!not_a_date"}, {"ASAP", unknown, "!not_a_date"},
		{"tbd", unknown, "!not_a_date"}, {"01.06.2026 - 05.06.2026", unknown, "!not_a_date"}, {"1.-5. Juni 2026", unknown, "!not_a_date"},
		{"1. Juni - 5. Juli 2026", unknown, "!not_a_date"}, {"2026", unknown, "!not_a_date"}, {"2026-06", unknown, "!not_a_date"},
		{"46174", unknown, "!not_a_date 2026-06-01"}, {"#REF!", unknown, "!formula_error"}, {"2026-06-01 25:00", unknown, "!not_a_date"},
	}
	for _, tt := range tests {
		d, err := cell.ParseDate(tt.in, tt.order)
		got := d.String()
		if err != nil {
			got = cellFailure(err)
		}
		if got != tt.want {
			t.Errorf("ParseDate(%q, %s) = %q (%v), want %q", tt.in, tt.order, got, err, tt.want)
		}
	}
}

func TestParseDateErrorsSaySomething(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"31.02.2026": `"31.02.2026" is not a date: February 2026 has no day 31; write it like 2026-06-01`,
		"2026-13-01": `"2026-13-01" is not a date: there is no month 13; write it like 2026-06-01`,
		"1026-06-01": `"1026-06-01" has the year 1026, which cannot be right; write it like 2026-06-01`,
		"03/04/26":   `"03/04/26" can be read in two ways (2026-04-03 or 2026-03-04); write it like 2026-06-01, or say how the whole sheet writes dates`,
		"KW 23":      `"KW 23" is a calendar week, not a date; write it like 2026-06-01`,
		"1.6.":       `"1.6." is not a whole date: it needs a day, a month and a year; write it like 2026-06-01`,
		"46174":      `"46174" looks like the number by which a spreadsheet stores a date (2026-06-01); write it like 2026-06-01`,
	} {
		_, err := cell.ParseDate(in, cell.OrderUnknown)
		if err == nil {
			t.Errorf("ParseDate(%q): no error", in)
			continue
		}
		if diff := cmp.Diff(want, err.Error()); diff != "" {
			t.Errorf("ParseDate(%q) (-want +got):\n%s", in, diff)
		}
	}
}

func TestDateOrderOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		column, proof string
		want          cell.DateOrder
	}{
		{"", "", cell.OrderUnknown},
		{"03/04/26|05/05/2026|", "", cell.OrderUnknown},
		{"03/04/26|13/04/2026|28/04/2026", "13/04/2026", cell.DayFirst},
		{"03/04/26|04/13/2026 10:00", "04/13/2026 10:00", cell.MonthFirst},
		{"13/04/2026|04/13/2026", "13/04/2026 04/13/2026", cell.OrderUnknown},
		{"13/04/2026|04/13/2026|14/04/2026", "13/04/2026 04/13/2026", cell.OrderUnknown},
		{"13.04.2026|2026-06-01|1. Juni 2026|x", "", cell.OrderUnknown},
		{"31/02/2026", "", cell.OrderUnknown},
	}
	for _, tt := range tests {
		got, proofs := cell.DateOrderOf(strings.Split(tt.column, "|"))
		proof := strings.Join(proofs, " ")
		if got != tt.want || proof != tt.proof {
			t.Errorf("DateOrderOf(%q) = %s, %q; want %s, %q", tt.column, got, proof, tt.want, tt.proof)
		}
	}
}

// Every date survives every unambiguous way to write it.
func TestParseDateRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := budget.MustParseDate("2000-01-01").AddDays(rapid.IntRange(0, 25_000).Draw(t, "day"))
		y, m, day := d.Year(), d.Month().TimeMonth(), d.Day()
		for _, text := range []string{
			d.String(), d.String() + " 00:00:00", strings.ReplaceAll(d.String(), "-", ""),
			fmt.Sprintf("%d.%d.%d", day, int(m), y), fmt.Sprintf("%02d.%02d.%d", day, int(m), y),
			fmt.Sprintf("%d. %s %d", day, m, y), fmt.Sprintf("%s %d, %d", m, day, y),
		} {
			got, err := cell.ParseDate(text, cell.OrderUnknown)
			if err != nil || got != d {
				t.Fatalf("ParseDate(%q) = %s, %v; want %s", text, got, err, d)
			}
		}
		for order, text := range map[cell.DateOrder]string{
			cell.DayFirst: fmt.Sprintf("%d/%d/%d", day, int(m), y), cell.MonthFirst: fmt.Sprintf("%d/%d/%d", int(m), day, y),
		} {
			if got, err := cell.ParseDate(text, order); err != nil || got != d {
				t.Fatalf("ParseDate(%q, %s) = %s, %v; want %s", text, order, got, err, d)
			}
		}
	})
}
