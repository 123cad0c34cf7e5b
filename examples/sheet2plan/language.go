package main

import (
	"fmt"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/sentence"
)

// languages are the choices of -lang.
var languages = map[string]language.Tag{"en": language.English, "de": language.German}

// ownTexts are the texts of this program in German; the catalogue of package sentence has those of the library.
var ownTexts = []sentence.Entry{
	{English: "the import of %s at %s is taken back\n", German: "der Import von %s vom %s ist zurückgenommen\n"},
	{English: "  gone: %s\n", German: "  entfernt: %s\n"},
	{English: "  as before: %s\n", German: "  wie zuvor: %s\n"},
	{English: "  it had changed nothing; -undo again takes the import before it back\n",
		German: "  er hatte nichts geändert; noch einmal -undo nimmt den davor zurück\n"},
	{English: "  the %s %s stays: %s%s\n", German: "  %[2]s bleibt (%[1]s): %[3]s%[4]s\n"},
	{English: "budgets of months", German: "Monatsbudgets"},
	{English: "  budgets of months stay: %s%s\n", German: "  Monatsbudgets bleiben: %s%s\n"},
	{English: ", on %s", German: ", am %s"},
	{English: ", by %s on %s", German: ", durch %s am %s"},
	{English: "  note: %s\n", German: "  Hinweis: %s\n"},
	{English: "%s: the report of %s\n", German: "%s: der Bericht vom %s\n"},
	{English: "  This is the plan only: nothing was written. Run it without -plan to import the sheet.\n",
		German: "  Das ist nur der Plan: nichts wurde geschrieben. Ohne -plan wird die Tabelle importiert.\n"},
	{English: "  Nothing changed.\n", German: "  Nichts hat sich geändert.\n"},
	{English: "  hint: %s; run again with -dates day if 03/04/26 is in April, or with -dates month if it is in March\n",
		German: "  Tipp: %s; noch einmal mit -dates day, wenn 03/04/26 im April liegt, oder mit -dates month, wenn es im März liegt\n"},
	{English: "  hint: %s; run again with -decimals comma if the sheet writes 1.234,50, or with -decimals point if it writes 1,234.50\n",
		German: "  Tipp: %s; noch einmal mit -decimals comma, wenn die Tabelle 1.234,50 schreibt, oder mit -decimals point, wenn " +
			"sie 1,234.50 schreibt\n"},
	{English: "  hint: %s; run again with -value \"status:WORD=signed\", or =negotiating, =draft or =cancelled, once for each word\n",
		German: "  Tipp: %s; noch einmal mit -value \"status:WORT=signed\", oder =negotiating, =draft oder =cancelled, einmal für " +
			"jedes Wort\n"},
	{English: "  hint: run again with -fill-down if a row without a campaign belongs to the one above it\n",
		German: "  Tipp: noch einmal mit -fill-down, wenn eine Zeile ohne Kampagne zu der darüber gehört\n"},
	{English: "  hint: -value %q changes nothing, because no cell says that\n",
		German: "  Tipp: -value %q ändert nichts, weil keine Zelle das sagt\n"},
	{English: "row was rejected for its status", German: "Zeile wurde wegen ihres Status abgelehnt"},
	{English: "rows were rejected for their status", German: "Zeilen wurden wegen ihres Status abgelehnt"},
	{English: "row was rejected for a date with two readings", German: "Zeile wurde wegen eines Datums mit zwei Lesarten abgelehnt"},
	{English: "rows were rejected for dates with two readings", German: "Zeilen wurden wegen Daten mit zwei Lesarten abgelehnt"},
	{English: "row was rejected for an amount with two readings", German: "Zeile wurde wegen eines Betrags mit zwei Lesarten abgelehnt"},
	{English: "rows were rejected for amounts with two readings", German: "Zeilen wurden wegen Beträgen mit zwei Lesarten abgelehnt"},
	{English: "cost is in another currency and in no amount above",
		German: "Kostenangabe hat eine andere Währung und steht in keinem Betrag oben"},
	{English: "costs are in other currencies and in no amount above",
		German: "Kostenangaben haben andere Währungen und stehen in keinem Betrag oben"},
	{English: " or ", German: " oder "},
	{English: "\nhint: %s; %s with a new database plans in that currency; to count them here, write them in the currency of the plan\n",
		German: "\nTipp: %s; %s mit einer neuen Datenbank plant in dieser Währung; damit sie hier zählen, in der Währung des " +
			"Plans schreiben\n"},
	{English: "the sheet is imported, but its status column is not written: %v",
		German: "die Tabelle ist importiert, aber ihre Statusspalte nicht geschrieben: %v"},

	// Refusals. Where an error follows, it is said in German as well.
	{English: "options come first, and then the sheet: sheet2plan %s %s", German: "Optionen stehen vor der Tabelle: sheet2plan %s %s"},
	{English: "-undo takes an import back from the file that keeps it; name it with -db",
		German: "-undo nimmt einen Import in der Datei zurück, in der er steht; sie mit -db nennen"},
	{English: "-undo and -plan do not go together", German: "-undo und -plan passen nicht zusammen"},
	{English: "-status tells in the sheet what an import has done; it goes with neither -undo nor -plan",
		German: "-status sagt in der Tabelle, was ein Import getan hat; es passt weder zu -undo noch zu -plan"},
	{English: "-status is for an import that is kept; name its file with -db",
		German: "-status ist für einen Import, der bleibt; seine Datei mit -db nennen"},
	{English: "-status writes into a Google sheet; give its link", German: "-status schreibt in eine Google-Tabelle; ihren Link angeben"},
	{English: "-budget, -target and -month-budget write; they go with neither -undo nor -plan",
		German: "-budget, -target und -month-budget schreiben; sie passen weder zu -undo noch zu -plan"},
	{English: "-width %d is no number of columns", German: "-width %d ist keine Anzahl von Spalten"},
	{English: "-budget-tab is a tab of the sheet's file; name the file",
		German: "-budget-tab ist ein Blatt der Datei mit der Tabelle; die Datei nennen"},
	{English: "-budget-tab names one tab; give it once for each", German: "-budget-tab nennt ein Blatt; es für jedes einmal angeben"},
	{English: "-undo reads no sheet; leave %s out", German: "-undo liest keine Tabelle; %s weglassen"},
	{English: "-month-budget: %w", German: "-month-budget: %w"},
	{English: "%s %s=%s: %w", German: "%s %s=%s: %w"},
	{English: "%s: there is no campaign %q; there are %s", German: "%s: es gibt keine Kampagne „%s“, sondern %s"},
	{English: "has more decimals than %s; write it like %s", German: "hat mehr Nachkommastellen als %s; schreiben wie %s"},
	{English: "the database %q cannot be read: %w", German: "die Datenbank „%s“ ist nicht lesbar: %w"},
	{English: "the database is in %s, not %s; leave -currency out or take another file",
		German: "die Datenbank ist in %s, nicht in %s; -currency weglassen oder eine andere Datei nehmen"},
	{English: "the database has several workspaces (%s%s), and nothing says which one the sheet is for; take a file with one",
		German: "die Datenbank hat mehrere Arbeitsbereiche (%s%s), und nichts sagt, für welchen die Tabelle ist; eine Datei mit " +
			"einem nehmen"},
	{English: " and more", German: " und weitere"},
	{English: "%s goes with neither -undo nor -plan", German: "%s passt weder zu -undo noch zu -plan"},
	{English: "%s and %s both write %q; choose another name for one of them",
		German: "%s und %s schreiben beide in „%s“; für eine davon einen anderen Namen wählen"},
	{English: "-db %q is the file of the records; choose another name for what is written",
		German: "-db „%s“ ist die Datei der Datensätze; für das, was geschrieben wird, einen anderen Namen wählen"},
	{English: "%s %q must end in %s", German: "%s „%s“ muss auf %s enden"},
	{English: "there is no folder %q for %s", German: "es gibt keinen Ordner „%s“ für %s"},
	{English: "there is a file %q already; choose another name for %s",
		German: "es gibt schon eine Datei „%s“; einen anderen Namen für %s wählen"},
	{English: "the export", German: "den Export"},
	{English: "the report", German: "den Bericht"},
	{English: "there is no database %q, and so nothing to export: %w",
		German: "es gibt keine Datenbank „%s“ und so nichts zu exportieren: %w"},
	{English: "there is no database %q, and so nothing to take back: %w",
		German: "es gibt keine Datenbank „%s“ und so nichts zurückzunehmen: %w"},
	{English: "there is no import to take back", German: "es gibt keinen Import, der sich zurücknehmen ließe"},
	{English: "%q cannot be written: %w", German: "„%s“ lässt sich nicht schreiben: %w"},
	{English: "there is no file %q; check its name and its folder", German: "es gibt keine Datei „%s“; Namen und Ordner prüfen"},
	{English: "%q is a folder; name the file in it", German: "„%s“ ist ein Ordner; die Datei darin nennen"},
	{English: "you may not read %q; ask its owner, or make a copy of your own",
		German: "„%s“ darf nicht gelesen werden; den Besitzer fragen oder eine eigene Kopie anlegen"},
	{English: "%q cannot be opened: %w", German: "„%s“ lässt sich nicht öffnen: %w"},
	{English: "the key of the service account, named by %s, cannot be read: %w",
		German: "der Schlüssel des Dienstkontos, den %s nennt, ist nicht lesbar: %w"},
	{English: "to read a Google sheet, set %s to the key file of a service account with which it is shared, or %s to an API key if " +
		"anyone may see it",
		German: "um eine Google-Tabelle zu lesen, in %s die Schlüsseldatei eines Dienstkontos angeben, für das sie freigegeben " +
			"ist, oder in %s einen API-Schlüssel, wenn alle sie sehen dürfen"},
}

// ownGerman are ownTexts by their English.
var ownGerman = func() map[string]string {
	all := map[string]string{}
	for _, t := range ownTexts {
		all[t.English] = t.German
	}
	return all
}()

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
