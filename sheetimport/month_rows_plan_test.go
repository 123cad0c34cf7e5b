package sheetimport_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport"
)

// In a column of months one cell that is none leaves its own row without a time, and no other. Columns with the day,
// the year or the end of a row are read together with it.
func TestRowsOfMonths(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, header string
		cells        []string
		want         []string // the period of each cooperation, with the codes of what is said about it
		note         string
	}{
		{"a quarter", "Month", []string{"June 2026", "July 2026", "Q2 2025"},
			[]string{"2026-06-01 2026-06-30", "2026-07-01 2026-07-31", "- - no_month"}, "months"},
		{"a month without a year", "Monat", []string{"Juni 2026", "Juli 2026", "August"},
			[]string{"2026-06-01 2026-06-30", "2026-07-01 2026-07-31", "- - no_month"}, "months"},
		{"most without a year", "Monat", []string{"Juni 2026", "Juli", "August"},
			[]string{"2026-06-01 2026-06-30", "- - no_month", "- - no_month"}, "months"},
		{"to be defined", "Month", []string{"June 2026", "TBD", "July 2026"},
			[]string{"2026-06-01 2026-06-30", "- - no_dates", "2026-07-01 2026-07-31"}, "months"},
		{"a word", "Posting month", []string{"06/2026", "07/2026", "always on"},
			[]string{"2026-06-01 2026-06-30", "2026-07-01 2026-07-31", "- - no_month"}, "months"},
		{"a day", "Monat", []string{"Juni 2026", "Juli 2026", "15. August 2026"},
			[]string{"2026-06-01 2026-06-30", "2026-07-01 2026-07-31", "2026-08-15 -"}, "months"},

		{"days", "Month,Day", []string{"June 2026,12", "June 2026,26", "July 2026,3rd", "July 2026,"},
			[]string{"2026-06-12 -", "2026-06-26 -", "2026-07-03 -", "2026-07-01 2026-07-31"}, "months"},
		{"Tage", "Tag,Monat", []string{"12.,Juni 2026", "Mo 29.,Juni 2026", "3,Juli 2026"},
			[]string{"2026-06-12 -", "2026-06-29 -", "2026-07-03 -"}, "months"},
		{"no such day", "Month,Day", []string{"June 2026,30", "June 2026,31", "June 2026,26", "June 2026,40", "June 2026,"},
			[]string{"2026-06-30 -", "2026-06-01 2026-06-30 no_day_of_month", "2026-06-26 -", "2026-06-01 2026-06-30 no_day_of_month",
				"2026-06-01 2026-06-30"}, "months"},
		{"weekdays are no days", "Month,Day", []string{"June 2026,Monday", "July 2026,Friday"},
			[]string{"2026-06-01 2026-06-30", "2026-07-01 2026-07-31"}, "months"},
		{"how many days", "Month,Days", []string{"June 2026,3", "July 2026,5"},
			[]string{"2026-06-01 2026-06-30", "2026-07-01 2026-07-31"}, "months"},
		{"tags are no days", "Month,Tag", []string{"June 2026,vip", "July 2026,12"},
			[]string{"2026-06-01 2026-06-30", "2026-07-01 2026-07-31"}, "months"},

		{"years", "Month,Year", []string{"June,2026", "July,2026", "8,2026"},
			[]string{"2026-06-01 2026-06-30", "2026-07-01 2026-07-31", "2026-08-01 2026-08-31"}, "months"},
		{"Jahre und Tage", "Jahr,Monat,Tag", []string{"2026,6,12", "2026,6,26", "2027,Januar,"},
			[]string{"2026-06-12 -", "2026-06-26 -", "2027-01-01 2027-01-31"}, "months"},
		{"a year is missing", "Month,Year", []string{"June,2026", "July,2026", "August,"},
			[]string{"2026-06-01 2026-06-30", "2026-07-01 2026-07-31", "- - no_month"}, "months"},

		{"ends", "Month,End date", []string{"June 2026,2026-06-14", "July 2026,", "August 2026,open end"},
			[]string{"2026-06-01 2026-06-14", "2026-07-01 2026-07-31", "2026-08-01 - open_end"}, "months"},
		{"days and ends", "Month,Day,End", []string{"June 2026,12,2026-06-20", "June 2026,,2026-06-20", "July 2026,3,"},
			[]string{"2026-06-12 2026-06-20", "2026-06-01 2026-06-20", "2026-07-03 -"}, "months"},
		{"ends before", "Monat,Ende", []string{"Juni 2026,14.06.2026", "August 2026,31.07.2026"},
			[]string{"2026-06-01 2026-06-14", "- 2026-07-31 ends_before_month"}, "months"},

		{"instead of days", "Posting date", []string{"June 2026", "July 2026", "2026-08-12"},
			[]string{"2026-06-01 2026-06-30", "2026-07-01 2026-07-31", "2026-08-12 -"}, "months"},
		{"instead of days in German", "Datum", []string{"Juni 2026", "07/2026"},
			[]string{"2026-06-01 2026-06-30", "2026-07-01 2026-07-31"}, "months"},
		{"first days are days", "Posting date", []string{"2026-06-01", "01.07.2026"}, []string{"2026-06-01 -", "2026-07-01 -"}, ""},
		{"days are days beside months", "Posting date,Month", []string{"2026-06-10,June 2026", ",July 2026", ",August 2026"},
			[]string{"2026-06-10 -", "- - no_dates", "- - no_dates"}, ""},
	} {
		s := memoryShop(t, nil)
		var text strings.Builder
		fmt.Fprintf(&text, "Influencer,Handle,Platform,Fee,Campaign,%s\n", test.header)
		for _, c := range test.cells {
			fmt.Fprintf(&text, "Ida,@ida,IG,100,Sun,%s\n", c)
		}
		plan := s.bring(text.String())
		var got []string
		for n, c := range s.contents().Cooperations {
			line := day(c.Period.Start.String()) + " " + day(c.Period.End.String())
			for _, m := range plan.Rows[n].Notices {
				if slices.Contains([]string{"no_month", "no_dates", "no_start", "no_day_of_month", "ends_before_month", "open_end"}, m.Code) {
					line += " " + m.Code
				}
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: (-want +got):\n%s", test.name, diff)
		}
		told := ""
		for _, n := range plan.Notes {
			if n.Code == "months" {
				told = n.Code
			}
		}
		if told != test.note {
			t.Errorf("%s: the note %q, want %q", test.name, told, test.note)
		}
		s.options.Mapping = plan.Mapping // as a host keeps it
		again := s.plan(text.String())
		if again.Counts[sheetimport.Unchanged] != len(test.cells) {
			t.Errorf("%s: a second import: %v", test.name, again.Counts)
		}
	}
}

// day is a day, or a dash for none.
func day(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// A row without a day whose week or quarter has changed is the cooperation that it was, and no second one.
func TestWeekChanges(t *testing.T) {
	t.Parallel()
	const headers = "Influencer,Platform,Week,Campaign,Fee,Code\n"
	for _, test := range []struct {
		name, before, after string
		want                []string
	}{
		{"another week", "Ana,IG,KW 23,Sun,100,A10\n", "Ana,IG,KW 24,Sun,100,A10\n", []string{"updated"}},
		{"a week at last", "Ana,IG,,Sun,100,A10\n", "Ana,IG,KW 24,Sun,100,A10\n", []string{"updated"}},
		{"one of two", "Ana,IG,KW 23,Sun,100,A10\nAna,IG,KW 24,Sun,100,A10\n",
			"Ana,IG,KW 23,Sun,100,A10\nAna,IG,KW 25,Sun,100,A10\n", []string{"unchanged", "updated"}},
		{"one more", "Ana,IG,KW 23,Sun,100,A10\n", "Ana,IG,KW 23,Sun,100,A10\nAna,IG,KW 24,Sun,100,A10\n", []string{"unchanged", "created"}},
		{"another code", "Ana,IG,KW 23,Sun,100,A10\n", "Ana,IG,KW 24,Sun,100,A11\n", []string{"created"}},
		{"both of two", "Ana,IG,KW 23,Sun,100,A10\nAna,IG,KW 24,Sun,100,A10\n",
			"Ana,IG,KW 25,Sun,100,A10\nAna,IG,KW 26,Sun,100,A10\n", []string{"created", "created"}},
	} {
		s := memoryShop(t, nil)
		s.bring(headers + test.before)
		if diff := cmp.Diff(test.want, told(s.plan(headers+test.after))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// A column that says when, and whose cells are no days, tells the rows of one influencer apart.
func TestRowsOfPeriods(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		header string
		cells  [3]string
	}{
		{"Quarter", [3]string{"Q3 2026", "Q4 2026", "Q1 2027"}},
		{"Zeitraum", [3]string{"1. Hälfte Juni 2026", "2. Hälfte Juni 2026", "Mitte Juli"}},
		{"Wann", [3]string{"Anfang Juni", "Mitte Juni", "Ende Juni"}},
		{"Halbjahr", [3]string{"H1 2026", "H2 2026", "H1 2027"}},
		{"Welle", [3]string{"1", "2", "3"}},
	} {
		text := "Influencer;Plattform;" + test.header + ";Honorar\n"
		for _, c := range test.cells {
			text += "Ana;Instagram;" + c + ";1.000,00 €\n"
		}
		got := planWords(memoryShop(t, nil).plan(text), nil)
		if diff := cmp.Diff([]string{"created", "created", "created"}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.header, diff)
		}
	}
}

// What is a month in another column, such as the campaign of an always-on programme in the first one, ends no row.
func TestMonthsThatEndNothing(t *testing.T) {
	t.Parallel()
	const header = "Campaign,Influencer,Platform,Posting date,Fee\n"
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"a day", header + "June 2026,Ana,Instagram,12.06.2026,100.00\nJuly 2026,Ben,Instagram,July 2026,100.00\nJuly 2026,Ida,Instagram,July 2026,100.00\n",
			[]string{"created 2026-06-12", "created 2026-07-31 2026-07-01", "created 2026-07-31 2026-07-01"}},
		{"no day", header + "June 2026,Ana,Instagram,,100.00\nJuly 2026,Ben,Instagram,July 2026,100.00\nJuly 2026,Ida,Instagram,July 2026,100.00\n",
			[]string{"created no_dates", "created 2026-07-31 2026-07-01", "created 2026-07-31 2026-07-01"}},
		{"an end", "Campaign,Influencer,Platform,Month,End\nJune 2026,Ana,Instagram,June 2026,July 2026\n", []string{"created 2026-07-31 2026-06-01 end_of_month"}},
	} {
		got := planWords(memoryShop(t, nil).plan(test.text), []string{"start", "end"}, "no_dates", "end_of_month")
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
