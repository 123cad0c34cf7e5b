package main

import (
	"fmt"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
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

// inGerman is an error whose text is in German, as far as the catalogue has it.
type inGerman struct{ error }

func (e inGerman) Error() string { return crm.Explain(e.error, language.German) }

func (e inGerman) Unwrap() error { return e.error }

// said is an error in the language of the arguments. In English it has the details that only an operator needs.
func (a arguments) said(err error) error {
	if err == nil || a.lang != language.German {
		return err
	}
	return inGerman{err}
}
