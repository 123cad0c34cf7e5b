package cell

import (
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// status is what a status word means.
type status struct {
	stage     budget.Stage
	cancelled bool
}

// statusWords are the words of both languages for each status, in the form of PlainWords.
var statusWords = indexStatuses([]struct {
	status
	en, de string
}{
	{status{stage: budget.Signed},
		`signed, booked, confirmed, contract signed, live, posted, published, done, completed, paid`,
		`unterschrieben, unterzeichnet, bestätigt, gebucht, zugesagt, vertrag unterzeichnet, vertrag unterschrieben,
			abgeschlossen, bezahlt, veröffentlicht`},
	{status{stage: budget.Negotiating},
		`negotiating, negotiation, in negotiation, in discussion, contract sent, offer sent, pending`,
		`in verhandlung, verhandlung, verhandelt, angefragt, angebot gesendet, angebot verschickt, vertrag verschickt,
			vertrag gesendet`},
	{status{stage: budget.Draft},
		`draft, planned, idea, to contact, contacted, shortlist, shortlisted`,
		`entwurf, geplant, idee, erstkontakt, vorgemerkt`},
	{status{cancelled: true},
		`cancelled, canceled, declined, rejected, ghosted`,
		`abgesagt, storniert, abgelehnt, verloren`},
})

func indexStatuses(rows []struct {
	status
	en, de string
}) map[string]status {
	index := map[string]status{}
	for _, r := range rows {
		for _, word := range texts.Phrases(r.en + "," + r.de) {
			index[word] = r.status
		}
	}
	return index
}

// ambiguousStatuses are words that different teams use for different stages.
var ambiguousStatuses = map[string][]string{
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

var wantStatus = sentence.Of("write draft, negotiating, signed or cancelled (Entwurf, in Verhandlung, unterschrieben, abgesagt)")

// ParseStatus reads the status of a cooperation in English or German. One that fell through is cancelled and has no
// stage. A blank cell is neither. A word that is not known is unknown_status, and one that teams use for two things is
// ambiguous_status: a cooperation counts for the budget or not, so it is never guessed.
func ParseStatus(text string) (st budget.Stage, cancelled bool, err error) {
	t, err := ParseText(text)
	if err != nil || IsBlank(t) {
		return "", false, err
	}
	word := texts.PlainWords(t)
	if s, ok := statusWords[word]; ok {
		return s.stage, s.cancelled, nil
	}
	if both, ok := ambiguousStatuses[word]; ok {
		return "", false, NewError("ambiguous_status", t, sentence.Of("can mean two things"), wantStatus, both...)
	}
	if found := statusesIn(t); len(found) > 1 {
		return "", false, NewError("ambiguous_status", t, sentence.Of("names more than one status"), wantStatus, found...)
	}
	return "", false, NewError("unknown_status", t, sentence.Of("is not a known status"), wantStatus)
}

// statusesIn returns the statuses that a list such as "signed / cancelled" names.
func statusesIn(t string) []string {
	var found []string
	seen := map[string]bool{}
	for _, part := range strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune("/,;+|&\n", r) }) {
		s, ok := statusWords[texts.PlainWords(part)]
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

// IsStatus reports whether a text is a word for a status, also one with two meanings.
func IsStatus(text string) bool {
	word := texts.PlainWords(text)
	_, known := statusWords[word]
	return known || ambiguousStatuses[word] != nil
}
