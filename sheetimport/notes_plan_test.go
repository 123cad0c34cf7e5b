package sheetimport_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

func TestNotesAboutTheWholeSheet(t *testing.T) {
	t.Parallel()
	const (
		signed     = "the sheet has no column for the status; its rows count as signed"
		noStart    = `no column for the posting date was found; the cooperations are not scheduled and their codes match nothing yet; if there is one, call it "Posting date"`
		noTracking = `no column for discount codes and none for UTM fields or links with them was found; the cooperations earn no orders; ` +
			`if there is one, call it "Discount code" or "Tracking link"`
		noCost = `no column for the cost was found; the cooperations come in without one; if there is one, call it "Fixed costs"`
	)
	for _, c := range []struct {
		name    string
		options *sheetimport.Options
		csv     string
		want    []string
	}{
		{"all is understood", nil, "Name,Platform,Date,Fee,Status,Code\nIda,IG,2026-06-01,1,signed,IDA10\n", nil},
		{"the status that the caller chose", &sheetimport.Options{Status: crm.Draft}, "Name,Platform,Date,Fee,Code\nIda,IG,2026-06-01,1,IDA10\n",
			[]string{"the sheet has no column for the status; its rows count as draft"}},
		{"Klar's status is not the deal's", nil,
			"Influencer/Affiliate Name,Platform,Posting Date,Fixed Costs,Add Attribution Last Touch,Status,Code\nIda,IG,2026-06-01,1,no,imported,IDA10\n",
			[]string{`the sheet has no column for the status of the deal (F "Status" is what an import wrote); its rows count as signed`}},
		{"no dates and no cost", nil, "Name,Platform\nIda,IG\n", []string{noStart, noCost, noTracking, signed}},
		{"only an end", nil, "Name,Platform,End date,Fee,Status,Code\nIda,IG,2026-06-01,1,signed,IDA10\n",
			[]string{`no column for the posting date was found; the codes of the cooperations match nothing yet; if there is one, call it "Posting date"`}},
		{"custom fields with data", nil, "Name,Platform,Date,Fee,Status,Country,Mood,Language,Code\nIda,IG,2026-06-01,1,signed,DE,,de,IDA10\n",
			[]string{`kept as custom fields: F "Country", H "Language"`}},
		{"a column with a note of its own is not named again", nil,
			"Name,Platform,Date,Fee,Status,Budget,Code\nIda,IG,2026-06-01,1,signed,9,IDA10\n",
			[]string{`column F "Budget" is kept as a custom field: the header can mean the budget of the campaign or the cost of the cooperation`}},
		{"columns without a header", nil, "Name,,Platform,Date,,,Fee,Status,Code\nIda,x,IG,2026-06-01,,y,1,signed,IDA10\n",
			[]string{"columns B, F have no header; what stands in them is left out"}},
		{"one column without a header", nil, "Name,,Platform,Date,Fee,Status,Code\nIda,x,IG,2026-06-01,1,signed,IDA10\n",
			[]string{"column B has no header; what stands in it is left out"}},
		{"nothing below the header", nil, "\nName,Platform,Mood\n", []string{"there are no rows below the header in row 2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, n := range memoryShop(t, c.options).plan(c.csv).Notes {
				got = append(got, n.Text.String())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestManyCustomColumnsAreNamedInPart(t *testing.T) {
	t.Parallel()
	head, row := "Name,Platform,Code,Fee,Date,Status", "Ida,IG,IDA10,1,2026-06-01,signed"
	for n := range 45 {
		head += fmt.Sprintf(",Extra %d", n)
		row += ",x"
	}
	notes := memoryShop(t, nil).plan(head + "\n" + row + "\n").Notes
	if len(notes) != 1 || !strings.HasSuffix(notes[0].Text.String(), `AT "Extra 39", and 5 more`) {
		t.Errorf("notes %v; want one with 40 names", notes)
	}
}

// A sheet by which no order finds a cooperation says so once. A column for any of what an order has is enough, be it blank.
func TestNoTrackingColumn(t *testing.T) {
	t.Parallel()
	for header, told := range map[string]bool{
		"": true, ",Profile link": true, ",Discount %": true, ",Colour": true, ",Rabatt": true, ",Notizen": true,
		",Discount code": false, ",Rabattcode": false, ",Gutschein": false, ",Code": false, ",utm_term": false,
		",UTM Begriff": false, ",utm_source": false,
		",Tracking link": false, ",Trackinglink": false, ",Affiliate link": false,
	} {
		plan := memoryShop(t, nil).plan("Influencer,Platform,Posting date,Fee,Deal status" + header +
			"\nIda,IG,2026-06-01,1,signed\nMats,IG,2026-06-01,1,signed\n")
		var english, german []string
		for _, n := range plan.Notes {
			if n.Code == "no_tracking_column" {
				english, german = append(english, n.Text.String()), append(german, n.Text.In(language.German))
			}
		}
		var want, wantGerman []string
		if told {
			want = []string{`no column for discount codes and none for UTM fields or links with them was found; the cooperations earn no orders; ` +
				`if there is one, call it "Discount code" or "Tracking link"`}
			wantGerman = []string{`keine Spalte für Rabattcodes und keine für UTM-Felder oder Links damit gefunden; die Kooperationen verdienen keine Bestellungen; ` +
				`falls es eine gibt, sie „Rabattcode“ oder „Trackinglink“ nennen`}
		}
		if diff := cmp.Diff([][]string{want, wantGerman}, [][]string{english, german}); diff != "" {
			t.Errorf("%q (-want +got):\n%s", header, diff)
		}
	}
}

func TestASignOfSeveralCurrencies(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, csv string
		want      string
	}{
		{"in the cell", "Name,Platform,Fee\nIda,IG,kr 500\n", "2 rejected !ambiguous_currency@C"},
		{"settled by the row", "Name,Platform,Fee,Currency\nIda,IG,kr 500,SEK\n", "500.00 SEK"},
		{"settled by the header", "Name,Platform,Fee (NOK)\nIda,IG,kr 500\n", "500.00 NOK"},
		{"settled by the cell", "Name,Platform,Fee\nIda,IG,¥7700 JPY\n", "7700 JPY"},
		{"in the header", "Name,Platform,Fee (kr)\nIda,IG,500\n", "2 rejected !ambiguous_currency@C"},
		{"in the header, settled by the cell", "Name,Platform,Fee (kr)\nIda,IG,500 SEK\n", "500.00 SEK"},
		{"in the currency column", "Name,Platform,Fee,Currency\nIda,IG,500,¥\n", "2 rejected !ambiguous_currency@D"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			plan := s.bring(c.csv)
			got := account(plan)[0]
			if coops := s.contents().Cooperations; len(coops) > 0 {
				got = coops[0].Cost.String()
			}
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestAnErrorNamesTheFile(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	_, err := s.importer().Plan(s.ctx, s.ws, csvfile.New("shopping.csv", strings.NewReader("what,where\nmilk,shop\n"), nil))
	const want = `"shopping.csv": the sheet cannot be read: no header row was found: none of the first 20 rows has a column for ` +
		`the influencer's name ("Influencer", "Creator", "Name") and one for the platform ("Platform", "Plattform", "Kanal"); ` +
		`row 1 has "what", "where"; rename the columns, or add the missing ones`
	if !errors.Is(err, column.ErrNoHeader) || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

// A sheet whose status stands in a column that no field has is told so: its rows count as signed.
func TestLikelyStatusColumns(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Name,Platform,Signed?\nIda,IG,TRUE\nMats,IG,FALSE\n":                              `column C "Signed?" may say it`,
		"Name,Platform,Gebucht\nIda,IG,ja\nMats,IG,nein\nPam,IG,\n":                        `column C "Gebucht" may say it`,
		"Name,Platform,Bestätigt?\nIda,IG,x\nMats,IG,\n":                                   `column C "Bestätigt?" may say it`,
		"Name,Platform,Ergebnis\nIda,IG,gebucht\nMats,IG,in Verhandlung\n":                 `column C "Ergebnis" may say it`,
		"Name,Platform,Stand\nIda,IG,gebucht\nMats,IG,in Arbeit\n":                         `column C "Stand" may say it`,
		"Name,Platform,Stand\nIda,IG,gebucht\nMats,IG,abgesagt\nPam,IG,Chef\n":             `column C "Stand" may say it`,
		"Name,Platform,Progress\nIda,IG,live\nMats,IG,on hold\nPam,IG,Stage X\n":           `column C "Progress" may say it`,
		"Name,Platform,Signed?\nIda,IG,yes\nMats,IG,no\nPam,IG,not sure\n":                 `column C "Signed?" may say it`,
		"Name,Platform,Type\nIda,IG,new\nMats,IG,new\nPam,IG,returning\n":                  "",
		"Name,Platform,Content\nIda,IG,live\nMats,IG,Reel\nPam,IG,planned\nEva,IG,Story\n": "",
		"Name,Platform,Newsletter\nIda,IG,ja\nMats,IG,nein\n":                              "",
		"Name,Platform,Booked\nIda,IG,2026-05-01\n":                                        "",
		"Name,Platform,Stand\nIda,IG,gebucht\nMats,IG,wartet auf die Ware\n":               "",
		"Name,Platform,Format\nIda,IG,Live\n":                                              "",
		"Name,Platform,Signed?\nIda,IG,\n":                                                 "",
	} {
		plan := memoryShop(t, nil).plan(text)
		i := slices.IndexFunc(plan.Notes, func(n sheet.Note) bool { return n.Code == "no_status_column" })
		if i < 0 {
			t.Errorf("%q: no note: %v", text, plan.Notes)
			continue
		}
		got := plan.Notes[i].Text.String()
		if strings.Contains(got, "may say it") != (want != "") || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
