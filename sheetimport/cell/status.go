package cell

import (
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// Status is what a status word means.
type Status struct {
	stage     budget.Stage
	cancelled bool
}

// StatusWords are the words of both languages for each status, in the form of PlainWords.
var StatusWords = indexStatuses([]struct {
	Status
	en, de string
}{
	{Status{stage: budget.Signed},
		`signed, booked, confirmed, contract signed, live, posted, published, done, completed, paid`,
		`unterschrieben, unterzeichnet, bestätigt, gebucht, zugesagt, vertrag unterzeichnet, vertrag unterschrieben,
			abgeschlossen, bezahlt, veröffentlicht`},
	{Status{stage: budget.Negotiating},
		`negotiating, negotiation, in negotiation, in discussion, contract sent, offer sent, pending`,
		`in verhandlung, verhandlung, verhandelt, angefragt, angebot gesendet, angebot verschickt, vertrag verschickt,
			vertrag gesendet`},
	{Status{stage: budget.Draft},
		`draft, planned, idea, to contact, contacted, shortlist, shortlisted`,
		`entwurf, geplant, idee, erstkontakt, vorgemerkt`},
	{Status{cancelled: true},
		`cancelled, canceled, declined, rejected, ghosted`,
		`abgesagt, storniert, abgelehnt, verloren`},
})

func indexStatuses(rows []struct {
	Status
	en, de string
}) map[string]Status {
	index := map[string]Status{}
	for _, r := range rows {
		for _, word := range texts.Phrases(r.en + "," + r.de) {
			index[word] = r.Status
		}
	}
	return index
}

// AmbiguousStatuses are words that different teams use for different stages.
var AmbiguousStatuses = map[string][]string{
	"contract": {"negotiating", "signed"},
	"vertrag":  {"negotiating", "signed"},
	"open":     {"draft", "negotiating"},
	"offen":    {"draft", "negotiating"},
	"on hold":  {"negotiating", "cancelled"},
	"pausiert": {"negotiating", "cancelled"},
	"approved": {"negotiating", "signed"},
	"accepted": {"negotiating", "signed"},
	"closed":   {"signed", "cancelled"},
}

const wantStatus = "write draft, negotiating, signed or cancelled (Entwurf, in Verhandlung, unterschrieben, abgesagt)"

// ParseStatus reads the status of a deal in English or German. A deal that fell through is cancelled and has no stage.
// A blank cell is neither. A word that is not known is unknown_status, and one that teams use for two things is
// ambiguous_status: a deal counts for the budget or not, so it is never guessed.
func ParseStatus(text string) (st budget.Stage, cancelled bool, err error) {
	t, err := ParseText(text)
	if err != nil || IsBlank(t) {
		return "", false, err
	}
	word := texts.PlainWords(t)
	if s, ok := StatusWords[word]; ok {
		return s.stage, s.cancelled, nil
	}
	if both, ok := AmbiguousStatuses[word]; ok {
		return "", false, NewError("ambiguous_status", t, "can mean two things", wantStatus, both...)
	}
	if found := statusesIn(t); len(found) > 1 {
		return "", false, NewError("ambiguous_status", t, "names more than one status", wantStatus, found...)
	}
	return "", false, NewError("unknown_status", t, "is not a known status", wantStatus)
}

// statusesIn returns the statuses that a list such as "signed / cancelled" names.
func statusesIn(t string) []string {
	var found []string
	seen := map[string]bool{}
	for _, part := range strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune("/,;+|&\n", r) }) {
		s, ok := StatusWords[texts.PlainWords(part)]
		if !ok {
			continue
		}
		name := string(s.stage)
		if s.cancelled {
			name = "cancelled"
		}
		if !seen[name] {
			seen[name] = true
			found = append(found, name)
		}
	}
	return found
}
