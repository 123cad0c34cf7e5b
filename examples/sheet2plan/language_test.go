package main

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestGerman runs plans, imports, exports and undos with -lang de.
func TestGerman(t *testing.T) {
	t.Parallel()
	open := write(t,
		"Name,Platform,Date,Fee\nIda,IG,03/04/26,100\nMats,IG,2026-05-01,1.234\nPam,IG,2026-05-01,1500 USD\nLiv,IG,2026-05-01,2500\n")
	db := filepath.Join(t.TempDir(), "crm.db")
	out := func(args ...string) string {
		said, _ := runOnce(t, append([]string{"-lang", "de", "-db", db}, args...)...)
		return said
	}
	plan, imported := out("-plan", open), out("-export", filepath.Join(t.TempDir(), "x.csv"), open)
	for _, test := range []struct {
		said string
		want []string
	}{
		{plan, []string{"sheet.csv: 4 Zeilen\n  angelegt           2", "  abgelehnt          2",
			"  Tipp: 1 Zeile wurde wegen eines Datums mit zwei Lesarten abgelehnt; noch einmal mit -dates day",
			"  Tipp: 1 Zeile wurde wegen eines Betrags mit zwei Lesarten abgelehnt; noch einmal mit -decimals comma",
			"Das ist nur der Plan: nichts wurde geschrieben."}},
		{imported, []string{"Budget in EUR am ", "Prognose 2.500,00\nKeine Kampagne und kein Monat hat ein Budget.\n",
			": nichts geplant\n\n█ unterschrieben  ▓ in Verhandlung  ░ Entwurf\n",
			"\nMonat ", "\nMai 2026 ", "\nKampagne ", "\nSumme ", "Keine Kampagne und kein Monat hat ein Budget.",
			"Ohne Wechselkurs, gezählt, aber in keinem Betrag (1):\n",
			": 1.500,00 USD am 01.05.2026\n", "Tipp: 1 Kostenangabe hat eine andere Währung", "x.csv: 2 Kooperationen\n"}},
		{out("-undo"), []string{"der Import von sheet.csv vom ",
			" ist zurückgenommen\n  entfernt: 2 Kooperationen, 2 Influencer, 1 Kampagne\n"}},
	} {
		for _, text := range test.want {
			if !strings.Contains(test.said, text) {
				t.Errorf("lacks %q:\n%s", text, test.said)
			}
		}
		if english := regexp.MustCompile(`\b(the|rows?|hint|Month|Total|created)\b`).FindString(test.said); english != "" {
			t.Errorf("says %q in\n%s", english, test.said)
		}
	}

	notes := write(t, "Einkauf\nMilch\n")
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"-lang", "de", notes}, "die Tabelle ist nicht lesbar: keine Zeile mit Überschriften gefunden"},
		{[]string{"-lang", "fr", notes}, "write de or en"},
	} {
		var stdout bytes.Buffer
		err := run(t.Context(), test.args, &stdout, &bytes.Buffer{})
		if err == nil || !strings.Contains(err.Error(), test.want) || stdout.Len() > 0 {
			t.Errorf("%q: %v, want an error with %q, and no output", test.args, err, test.want)
		}
	}
}
