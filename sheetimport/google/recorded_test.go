package google_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/google"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// answers is a transport that gives these bodies, one after the other and the last one for ever.
type answers struct {
	bodies [][]byte
	urls   []string
}

func (a *answers) RoundTrip(r *http.Request) (*http.Response, error) {
	body := a.bodies[min(len(a.urls), len(a.bodies)-1)]
	a.urls = append(a.urls, r.URL.String())
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), Request: r}, nil
}

// TestRecordedAnswers reads bodies in the form of the API, and asks nobody but Google's address for them.
func TestRecordedAnswers(t *testing.T) {
	t.Parallel()
	a := &answers{bodies: [][]byte{recorded(t, "document.json"), recorded(t, "grid.json")}}
	s, err := google.Open("https://docs.google.com/spreadsheets/d/"+documentID+"/edit?gid=1386834576#gid=1386834576",
		&google.Options{APIKey: apiKey, HTTPClient: &http.Client{Transport: a}})
	if err != nil {
		t.Fatal(err)
	}
	table, err := s.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	raw := func(text string, kind sheet.RawKind, value string) sheet.Cell {
		return sheet.Cell{Text: text, Raw: &sheet.RawValue{Kind: kind, Value: value}}
	}
	merged := func(row int32, c sheet.Cell) sheet.Cell {
		c.Merged, c.MergedRow = true, row
		return c
	}
	title := sheet.Cell{Text: "Sommerplan", Merged: true, MergedAcross: true, MergedRow: 1}
	blank := sheet.Cell{}
	want := &sheet.Table{Name: documentID + "#gid=1386834576", Tab: "Plan", Locale: "de-DE", Zone: "Europe/Berlin", Grid: true, Rows: []sheet.Row{
		{Number: 1, Cells: []sheet.Cell{{Text: "Sommerplan"}, title, title, title, title}},
		{Number: 2, Cells: cells("Kampagne", "Influencer", "Plattform", "Startdatum", "Honorar")},
		{Number: 3, Cells: []sheet.Cell{raw("Juni 2026", sheet.RawDate, "2026-06-01"), {Text: "Ida Castell"}, {Text: "Instagram"},
			raw("01.06.2026", sheet.RawDate, "2026-06-01"), raw("1.200,00 €", sheet.RawNumber, "1200")}},
		{Number: 4, Cells: []sheet.Cell{merged(3, raw("Juni 2026", sheet.RawDate, "2026-06-01")), {Text: "Mats Lang"}, {Text: "TikTok"},
			raw("#REF!", sheet.RawError, "#REF!"), raw("850,50 €", sheet.RawNumber, "850.5")}, Hidden: true},
		{Number: 5, Cells: []sheet.Cell{blank, blank, blank, blank, blank}},
		{Number: 6, Cells: []sheet.Cell{{Text: "Juli 2026"}, {Text: "Lea Voss"}, {Text: "YouTube"}, blank, blank}},
	}}
	if diff := cmp.Diff(want, table); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	const base = "https://sheets.googleapis.com/v4/spreadsheets/" + documentID + "?fields="
	wantURLs := []string{
		base +
			"properties%28locale%2CtimeZone%29%2Csheets%28properties%28sheetId%2Ctitle%2CsheetType%2Chidden%2CgridProperties%28rowCount%2CcolumnCount%29%29%2Cmerges%29&prettyPrint=false",
		base +
			"sheets%28data%28startRow%2CrowData%28values%28formattedValue%2Chyperlink%2CeffectiveValue%28numberValue%2CboolValue%2CerrorValue%28type%29%29%2CeffectiveFormat%28numberFormat%28type%2Cpattern%29%2CtextFormat%28strikethrough%29%29%29%29%2CrowMetadata%28hiddenByUser%2ChiddenByFilter%29%29%29&prettyPrint=false&ranges=%27Plan%27%211%3A1000",
	}
	if diff := cmp.Diff(wantURLs, a.urls); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

// FuzzAnswer reads whatever comes as the cells of a sheet: never a panic, never more than the limits.
func FuzzAnswer(f *testing.F) {
	f.Add(recorded(f, "document.json"), recorded(f, "grid.json"))
	f.Add(recorded(f, "document.json"),
		[]byte(`{"sheets":[{"data":[{"rowData":[{},{"values":[]},{"values":null},{"values":[{}]}],"rowMetadata":[{}]}]}]}`))
	f.Add([]byte(`{"sheets":[{"properties":{"title":"a","gridProperties":{"rowCount":2147483647,"columnCount":-1}},"merges":[{"startRowIndex":-1,"endRowIndex":9999999}]}]}`), []byte(`{}`))
	f.Add([]byte(`{"sheets":[{"properties":{"gridProperties":{"rowCount":2,"columnCount":2}},"merges":[{"endRowIndex":999999999,"endColumnIndex":999999999}]}]}`),
		[]byte(`{"sheets":[{"data":[{"rowData":[{"values":[{"formattedValue":"x","effectiveValue":{"numberValue":1e400},"effectiveFormat":{"numberFormat":{"type":"DATE"}}}]}]}]}]}`))
	f.Add(recorded(f, "truncated.json"), recorded(f, "sign_in.html"))
	f.Fuzz(func(t *testing.T, document, grid []byte) {
		limits := &sheet.Limits{Bytes: 1 << 16, Rows: 100, Columns: 20, CellLen: 50}
		s, err := google.Open(documentID, &google.Options{APIKey: apiKey, Limits: limits,
			HTTPClient: &http.Client{Transport: &answers{bodies: [][]byte{document, grid}}}})
		if err != nil {
			t.Fatal(err)
		}
		table, err := s.Read(t.Context())
		if err != nil {
			if !errors.Is(err, sheet.ErrUnreadable) {
				t.Fatalf("err = %v, want ErrUnreadable", err)
			}
			return
		}
		if len(table.Rows) > limits.Rows {
			t.Fatalf("%d rows", len(table.Rows))
		}
		for i, r := range table.Rows {
			if r.Number != i+1 || len(r.Cells) > limits.Columns || r.Err != nil && r.Cells != nil {
				t.Fatalf("row %d: %+v", i+1, r)
			}
		}
	})
}

// FuzzLink: a link is a sheet of Google's or an error that says what would be right, and reading it asks no one.
func FuzzLink(f *testing.F) {
	for _, link := range []string{"", documentID, "https://docs.google.com/spreadsheets/d/" + documentID +
		"/edit?gid=1#gid=1", "docs.google.com/a/x/spreadsheets/u/0/d/",
		"https://docs.google.com/spreadsheets/d/e/2PACX-1v/pub", "http://[::1]/", "//docs.google.com:443/spreadsheets/d/x#gid=%zz"} {
		f.Add(link)
	}
	f.Fuzz(func(t *testing.T, link string) {
		a := &answers{bodies: [][]byte{nil}}
		s, err := google.Open(link, &google.Options{APIKey: apiKey, HTTPClient: &http.Client{Transport: a}})
		if err != nil {
			if !errors.Is(err, crm.ErrInvalid) {
				t.Fatalf("err = %v, want ErrInvalid", err)
			}
			return
		}
		// Its name is an id, which is a link for itself and leads to the same place.
		id, _, _ := bytes.Cut([]byte(s.Name()), []byte("#"))
		if again, err := google.Open(string(id), &google.Options{APIKey: apiKey}); err != nil || again.Name() != string(id) {
			t.Fatalf("%q is %q, which is %v, %v", link, s.Name(), again, err)
		}
		_, err = s.Read(t.Context())
		if !errors.Is(err, sheet.ErrUnreadable) || len(a.urls) != 1 || !bytes.HasPrefix([]byte(a.urls[0]), []byte("https://sheets.googleapis.com/v4/spreadsheets/"+string(id)+"?")) {
			t.Fatalf("%q asks %q, %v", link, a.urls, err)
		}
	})
}
