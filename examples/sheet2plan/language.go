package main

import (
	"fmt"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/sentence"
)

// languages are the choices of -lang.
var languages = map[string]language.Tag{"en": language.English, "de": language.German}

// ownGerman are the texts of this program in German; the catalogue of package sentence has those of the library.
var ownGerman = map[string]string{
	"the import of %s at %s is taken back\n": "der Import von %s vom %s ist zurückgenommen\n",
	"  gone: %s\n":                           "  entfernt: %s\n",
	"  as before: %s\n":                      "  wie zuvor: %s\n",
	"  it had changed nothing; -undo again takes the import before it back\n": "  er hatte nichts geändert; noch einmal -undo nimmt den davor zurück\n",
	"  the %s %s stays: %s%s\n":        "  %[2]s bleibt (%[1]s): %[3]s%[4]s\n",
	"budgets of months":                "Monatsbudgets",
	"  budgets of months stay: %s%s\n": "  Monatsbudgets bleiben: %s%s\n",
	", on %s":                          ", am %s", ", by %s on %s": ", durch %s am %s",
	"  note: %s\n":           "  Hinweis: %s\n",
	"%s: the report of %s\n": "%s: der Bericht vom %s\n",
	"  This is the plan only: nothing was written. Run it without -plan to import the sheet.\n": "  Das ist nur der Plan: nichts wurde " +
		"geschrieben. Ohne -plan wird die Tabelle importiert.\n",
	"  Nothing changed.\n": "  Nichts hat sich geändert.\n",
	"  hint: %s; run again with -dates day if 03/04/26 is in April, or with -dates month if it is in March\n": "  Tipp: %s; noch einmal " +
		"mit -dates day, wenn 03/04/26 im April liegt, oder mit -dates month, wenn es im März liegt\n",
	"  hint: %s; run again with -decimals comma if the sheet writes 1.234,50, or with -decimals point if it writes 1,234.50\n": "  Tipp: " +
		"%s; noch einmal mit -decimals comma, wenn die Tabelle 1.234,50 schreibt, oder mit -decimals point, wenn sie 1,234.50 schreibt\n",
	"  hint: %s; run again with -value \"status:WORD=signed\", or =negotiating, =draft or =cancelled, once for each word\n": "  Tipp: %s; " +
		"noch einmal mit -value \"status:WORT=signed\", oder =negotiating, =draft oder =cancelled, einmal für jedes Wort\n",
	"  hint: run again with -fill-down if a row without a campaign belongs to the one above it\n": "  Tipp: noch einmal mit -fill-down, " +
		"wenn eine Zeile ohne Kampagne zu der darüber gehört\n",
	"row was rejected for its status":                      "Zeile wurde wegen ihres Status abgelehnt",
	"rows were rejected for their status":                  "Zeilen wurden wegen ihres Status abgelehnt",
	"row was rejected for a date with two readings":        "Zeile wurde wegen eines Datums mit zwei Lesarten abgelehnt",
	"rows were rejected for dates with two readings":       "Zeilen wurden wegen Daten mit zwei Lesarten abgelehnt",
	"row was rejected for an amount with two readings":     "Zeile wurde wegen eines Betrags mit zwei Lesarten abgelehnt",
	"rows were rejected for amounts with two readings":     "Zeilen wurden wegen Beträgen mit zwei Lesarten abgelehnt",
	"cost is in another currency and in no amount above":   "Kostenangabe hat eine andere Währung und steht in keinem Betrag oben",
	"costs are in other currencies and in no amount above": "Kostenangaben haben andere Währungen und stehen in keinem Betrag oben",
	" or ": " oder ",
	"\nhint: %s; %s with a new database plans in that currency; to count them here, write them in the currency of the plan\n": "\nTipp: " +
		"%s; %s mit einer neuen Datenbank plant in dieser Währung; damit sie hier zählen, in der Währung des Plans schreiben\n",
	"the sheet is imported, but its status column is not written: %v": "die Tabelle ist importiert, aber ihre Statusspalte nicht geschrieben: %v",

	// Refusals. Where an error follows, it is said in German as well.
	"options come first, and then the sheet: sheet2plan %s %s":                                                      "Optionen stehen vor der Tabelle: sheet2plan %s %s",
	"-undo takes an import back from the file that keeps it; name it with -db":                                      "-undo nimmt einen Import in der Datei zurück, in der er steht; sie mit -db nennen",
	"-undo and -plan do not go together":                                                                            "-undo und -plan passen nicht zusammen",
	"-status tells in the sheet what an import has done; it goes with neither -undo nor -plan":                      "-status sagt in der Tabelle, was ein Import getan hat; es passt weder zu -undo noch zu -plan",
	"-status is for an import that is kept; name its file with -db":                                                 "-status ist für einen Import, der bleibt; seine Datei mit -db nennen",
	"-status writes into a Google sheet; give its link":                                                             "-status schreibt in eine Google-Tabelle; ihren Link angeben",
	"-budget, -target and -month-budget write; they go with neither -undo nor -plan":                                "-budget, -target und -month-budget schreiben; sie passen weder zu -undo noch zu -plan",
	"-width %d is no number of columns":                                                                             "-width %d ist keine Anzahl von Spalten",
	"-budget-tab is a tab of the sheet's file; name the file":                                                       "-budget-tab ist ein Blatt der Datei mit der Tabelle; die Datei nennen",
	"-budget-tab names one tab; give it once for each":                                                              "-budget-tab nennt ein Blatt; es für jedes einmal angeben",
	"-undo reads no sheet; leave %s out":                                                                            "-undo liest keine Tabelle; %s weglassen",
	"-month-budget: %w":                                                                                             "-month-budget: %w",
	"%s %s=%s: %w":                                                                                                  "%s %s=%s: %w",
	"%s: there is no campaign %q; there are %s":                                                                     "%s: es gibt keine Kampagne „%s“, sondern %s",
	"has more decimals than %s; write it like %s":                                                                   "hat mehr Nachkommastellen als %s; schreiben wie %s",
	"the database %q cannot be read: %w":                                                                            "die Datenbank „%s“ ist nicht lesbar: %w",
	"the database is in %s, not %s; leave -currency out or take another file":                                       "die Datenbank ist in %s, nicht in %s; -currency weglassen oder eine andere Datei nehmen",
	"the database has several workspaces (%s%s), and nothing says which one the sheet is for; take a file with one": "die Datenbank hat mehrere Arbeitsbereiche (%s%s), und nichts sagt, für welchen die Tabelle ist; eine Datei mit einem nehmen",
	" and more":                            " und weitere",
	"%s goes with neither -undo nor -plan": "%s passt weder zu -undo noch zu -plan",
	"%s and %s both write %q; choose another name for one of them":               "%s und %s schreiben beide in „%s“; für eine davon einen anderen Namen wählen",
	"-db %q is the file of the records; choose another name for what is written": "-db „%s“ ist die Datei der Datensätze; für das, was geschrieben wird, einen anderen Namen wählen",
	"%s %q must end in %s":                                   "%s „%s“ muss auf %s enden",
	"there is no folder %q for %s":                           "es gibt keinen Ordner „%s“ für %s",
	"there is a file %q already; choose another name for %s": "es gibt schon eine Datei „%s“; einen anderen Namen für %s wählen",
	"the export": "den Export", "the report": "den Bericht",
	"there is no database %q, and so nothing to export: %w":           "es gibt keine Datenbank „%s“ und so nichts zu exportieren: %w",
	"there is no database %q, and so nothing to take back: %w":        "es gibt keine Datenbank „%s“ und so nichts zurückzunehmen: %w",
	"there is no import to take back":                                 "es gibt keinen Import, der sich zurücknehmen ließe",
	"%q cannot be written: %w":                                        "„%s“ lässt sich nicht schreiben: %w",
	"there is no file %q; check its name and its folder":              "es gibt keine Datei „%s“; Namen und Ordner prüfen",
	"%q is a folder; name the file in it":                             "„%s“ ist ein Ordner; die Datei darin nennen",
	"you may not read %q; ask its owner, or make a copy of your own":  "„%s“ darf nicht gelesen werden; den Besitzer fragen oder eine eigene Kopie anlegen",
	"%q cannot be opened: %w":                                         "„%s“ lässt sich nicht öffnen: %w",
	"the key of the service account, named by %s, cannot be read: %w": "der Schlüssel des Dienstkontos, den %s nennt, ist nicht lesbar: %w",
	"to read a Google sheet, set %s to the key file of a service account with which it is shared, or %s to an API key if anyone may see it": "um eine Google-Tabelle zu lesen, in %s die Schlüsseldatei eines Dienstkontos angeben, für das sie freigegeben ist, oder in %s einen API-Schlüssel, wenn alle sie sehen dürfen",
}

// say is a text in the language of the arguments: a format in English, and its values.
func (a arguments) say(format string, args ...any) string {
	german, ok := ownGerman[format]
	switch {
	case !ok:
		return sentence.Of(format, args...).In(a.lang)
	case a.lang == language.German:
		format = german
	}
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// counted is a number with the word for what it counts.
func (a arguments) counted(n int, one, several string) string {
	if n == 1 {
		return "1 " + a.say(one)
	}
	return fmt.Sprintf("%d %s", n, a.say(several))
}

// said is an error in the language of the arguments. In English it has the details that only an operator needs.
func (a arguments) said(err error) error {
	if err == nil || a.lang != language.German {
		return err
	}
	return inGerman{err}
}
