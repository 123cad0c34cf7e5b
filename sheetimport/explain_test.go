package sheetimport_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// What keeps a sheet from being read has a code and is said in both languages, with what stands in it, and stays in its
// family.
func TestErrorsAreSaidInGerman(t *testing.T) {
	t.Parallel()
	read := func(text string) error {
		table, err := csvfile.New("plan.csv", strings.NewReader(text), &sheet.Limits{Rows: 2}).Read(t.Context())
		if err == nil {
			_, err = column.FindHeader(table, nil)
		}
		return err
	}
	for _, test := range []struct {
		err           error
		family        error
		code          string
		english, said string
	}{
		{read(" \n"), sheet.ErrUnreadable, "empty_sheet",
			`"plan.csv": the sheet cannot be read: it is empty; choose a file with a header row and at least one row below it`,
			`„plan.csv“: die Tabelle ist nicht lesbar: sie ist leer; eine Datei mit Überschriften und mindestens einer Zeile darunter wählen`},
		{read("%PDF-1.7"), sheet.ErrUnreadable, "not_csv",
			`"plan.csv": the sheet cannot be read: it is a PDF document, not a CSV file; open it in the spreadsheet program and save it as "CSV UTF-8"`,
			`„plan.csv“: die Tabelle ist nicht lesbar: die Datei ist keine CSV-Datei, sondern ein PDF-Dokument; im Tabellenprogramm öffnen und als „CSV UTF-8“ speichern`},
		{read("\x89PNG\r\n\x1a\n"), sheet.ErrUnreadable, "not_csv",
			`"plan.csv": the sheet cannot be read: it is a picture, not a CSV file; choose the sheet that it shows`,
			`„plan.csv“: die Tabelle ist nicht lesbar: die Datei ist keine CSV-Datei, sondern ein Bild; die Tabelle wählen, die es zeigt`},
		{read("Name,Platform\na,b\nc,d\n"), sheet.ErrTooLarge, "too_large",
			`"plan.csv": the sheet cannot be read: it is too large: it has more than 2 rows; split it into smaller files`,
			`„plan.csv“: die Tabelle ist nicht lesbar: sie ist zu groß: sie hat mehr als 2 Zeilen; in kleinere Dateien aufteilen`},
		{read("Colour,Size\nred,S\n"), column.ErrNoHeader, "no_header",
			`"plan.csv": the sheet cannot be read: no header row was found: none of the first 20 rows has a column for the influencer's name ("Influencer", "Creator", "Name") and one for the platform ("Platform", "Plattform", "Kanal"); row 1 has "Colour", "Size"; rename the columns, or add the missing ones`,
			`„plan.csv“: die Tabelle ist nicht lesbar: keine Zeile mit Überschriften gefunden: keine der ersten 20 Zeilen hat eine Spalte für den Namen des Influencers („Influencer“, „Creator“, „Name“) und eine für die Plattform („Platform“, „Plattform“, „Kanal“); Zeile 1 hat "Colour", "Size"; die Spalten umbenennen oder die fehlenden ergänzen`},
		{sheetimport.ErrImported, crm.ErrAlreadyExists, "imported_already",
			"already exists: the workspace has had its import of a sheet; ask for another with Options.Reimport (reimport=true over HTTP)",
			"gibt es schon: das CRM hatte schon seinen Import einer Tabelle; einen weiteren mit Options.Reimport verlangen (reimport=true über HTTP)"},
		{sheetimport.ErrReadOnly, crm.ErrInvalid, "pulled_read_only",
			"not valid: what is pulled from a sheet is read-only; change the sheet and pull it again",
			"nicht gültig: was aus einer Tabelle gelesen ist, lässt sich hier nicht ändern; die Tabelle ändern und neu lesen"},
	} {
		if !errors.Is(test.err, test.family) || crm.Code(test.err) != test.code {
			t.Errorf("%v is no %v, or has the code %q and not %q", test.err, test.family, crm.Code(test.err), test.code)
		}
		if test.err.Error() != test.english {
			t.Errorf("%s\nwant %s", test.err, test.english)
		}
		if said := crm.Explain(test.err, language.German); said != test.said {
			t.Errorf("%s\nwant %s", said, test.said)
		}
	}
}
