package report_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/sheetimport/report"
)

// A plan is said in German where somebody asks for it: counts, notes, remarks with what is in them, statuses, CSV.
func TestGerman(t *testing.T) {
	t.Parallel()
	s := memoryShop(t)
	plan := s.plan("Name,Platform,Date,Fee,Status,Code,Budget\n" +
		"Ida,IG,2026-06-01,5,signed,,\n" +
		"Ida,IG,2026-06-01,6,signed,,\n" +
		"Mats,IG,2026-02-30,7,signed,,\n" +
		"Liv,TikTok,03/04/26,1.234,signed,,\n" +
		"Pam,IG,2026-06-02,barter,signed,PAM 10 20,\n" +
		"Total,,,18,,,\n" +
		",,,,,,\n" +
		"Kim,IG,2026-06-02,,signed,,7\n")
	var text strings.Builder
	if err := report.WriteText(&text, plan, &report.TextOptions{Lang: language.German}); err != nil {
		t.Fatal(err)
	}
	want := `plan.csv: 8 Zeilen
  angelegt           2, mit 1 Kampagne, 2 Influencern, 2 Profilen
  im Konflikt        1
  übersprungen       2
  abgelehnt          3
  Hinweis: Spalte G „Budget“ bleibt als eigenes Feld: die Überschrift hat zwei Bedeutungen: das Budget der Kampagne oder die Kosten der Kooperation
  Zeile 4 abgelehnt in C „Date“: „2026-02-30“ ist kein Datum: der Februar 2026 hat keinen Tag 30; schreiben wie 24.06.2026
  Zeile 5 abgelehnt in C „Date“: „03/04/26“ lässt sich auf zwei Arten lesen (2026-04-03 oder 2026-03-04); schreiben wie 2026-06-01, oder angeben, wie die ganze Tabelle Daten schreibt
  Zeile 5 abgelehnt in D „Fee“: „1.234“ lässt sich auf zwei Arten lesen (1234 oder 1.234); mit zwei Nachkommastellen schreiben, wie 1234.00, oder angeben, wie die ganze Tabelle Beträge schreibt
  Zeile 6 abgelehnt in F „Code“: „PAM 10 20“ ist ein Code mit Leerzeichen, oder es sind mehrere Codes (equals PAM 10 20 oder PAM, 10, 20); für den einen „ist gleich PAM 10 20“ schreiben, mehrere mit Kommas trennen und die Zelle leer lassen, wenn es keiner ist
  Zeile 3 im Konflikt in D „Fee“ „6“: Zeile 2 ist dieselbe Kooperation, dort steht hier 5,00 EUR; die falsche Zeile entfernen, oder ihnen verschiedene Daten oder UTM-Felder geben, wenn beide stimmen
  Zeilen 2, 9: die Zeile nennt keine Kampagne; sie kommt zu „June 2026“
  Zeile 7 übersprungen: eine Summenzeile, keine Kooperation
  Zeile 8 übersprungen: leer
  Zeile 9 in D „Fee“: die Zeile hat keine Kosten
`
	if diff := cmp.Diff(want, text.String()); diff != "" {
		t.Errorf("WriteText (-want +got):\n%s", diff)
	}

	statuses := report.StatusTexts(plan, language.MustParse("de-AT"))
	wantStatuses := map[int]string{
		2: `Importiert: die Zeile nennt keine Kampagne; sie kommt zu „June 2026“`,
		3: `Nicht importiert: Fee „6“: Zeile 2 ist dieselbe Kooperation, dort steht hier 5,00 EUR; ` +
			`die falsche Zeile entfernen, oder ihnen verschiedene Daten oder UTM-Felder geben, wenn beide stimmen`,
		4: `Nicht importiert: Date: „2026-02-30“ ist kein Datum: der Februar 2026 hat keinen Tag 30; schreiben wie 24.06.2026`,
		7: "Nicht importiert: eine Summenzeile, keine Kooperation",
		8: "",
		9: `Importiert: Fee: die Zeile hat keine Kosten · die Zeile nennt keine Kampagne; sie kommt zu „June 2026“`,
	}
	delete(statuses, 5) // said above
	delete(statuses, 6)
	if diff := cmp.Diff(wantStatuses, statuses); diff != "" {
		t.Errorf("StatusTexts (-want +got):\n%s", diff)
	}

	var csv strings.Builder
	if err := report.WriteCSV(&csv, plan, language.German); err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfterN(csv.String(), "\n", 3)
	wantLines := "Zeile,Ergebnis,siehe Zeile,Eintrag,Code,Spalte,Überschrift,Wert,Text,Datensatz,ID,Feld,von,auf,Tabelle\n" +
		`2,angelegt,,Hinweis,campaign_missing,,,,die Zeile nennt keine Kampagne; sie kommt zu „June 2026“,,,,,,plan.csv` + "\n"
	if diff := cmp.Diff(wantLines, strings.Join(lines[:2], "")); diff != "" {
		t.Errorf("WriteCSV (-want +got):\n%s", diff)
	}
}
