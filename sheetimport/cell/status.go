package cell

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// status is what a status word means.
type status struct {
	stage     budget.Stage
	cancelled bool
}

// name is the status as a word.
func (s status) name() string {
	if s.cancelled {
		return "cancelled"
	}
	return string(s.stage)
}

var wantStatus = sentence.Of("write draft, negotiating, signed or cancelled (Entwurf, in Verhandlung, unterschrieben, abgesagt), " +
	"or say once, in a mapping of values, what the word means")

// ParseStatus reads the status of a cooperation in English or German. One that fell through is cancelled and has no
// stage. A blank cell is neither. A word that is not known is unknown_status, and one that teams use for two things is
// ambiguous_status: a cooperation counts for the budget or not, so it is never guessed. See [ParseStatusNote].
func ParseStatus(text string) (st budget.Stage, cancelled bool, err error) {
	st, cancelled, _, err = ParseStatusNote(text)
	return st, cancelled, err
}

// ParseStatusNote reads a status as [ParseStatus] does, with what people write around the word: signs such as emoji, a number
// before it, and several words that mean the same ("signed & paid") do not count. A comment in brackets or a day after a
// known word, as in "signed (contract sent 12.5.)", is the note, unless it takes back what the word says.
func ParseStatusNote(text string) (st budget.Stage, cancelled bool, note string, err error) {
	t, err := ParseText(text)
	if err != nil || IsBlank(t) {
		return "", false, "", err
	}
	if s, ok := statusWords[texts.PlainWords(t)]; ok {
		return s.stage, s.cancelled, "", nil
	}
	word, note := cutComment(t)
	s, both := lookUpStatus(word)
	switch {
	case len(both) == 0 && s == (status{}):
		return "", false, "", NewError("unknown_status", t, sentence.Of("is not a known status"), wantStatus)
	case ambiguousStatuses[statusWord(word)] != nil:
		return "", false, "", NewError("ambiguous_status", t, sentence.Of("can mean two things"), wantStatus, both...)
	case len(both) > 0:
		return "", false, "", NewError("ambiguous_status", t, sentence.Of("names more than one status"), wantStatus, both...)
	case note != "" && takesBack(word, note, s), s.stage == budget.Signed && strings.ContainsAny(t, crosses):
		return "", false, "", NewError("ambiguous_status", t,
			sentence.Of("says one thing and takes it back in the comment"), wantStatus)
	}
	return s.stage, s.cancelled, note, nil
}

// crosses are signs for no, of which people put one beside what is not so, or is so no more: "❌ signed".
const crosses = "❌❎✖✗✘🚫⛔"

// lookUpStatus finds the status of a text without its comment, or the statuses between which it leaves the choice.
func lookUpStatus(t string) (s status, both []string) {
	word := statusWord(t)
	if s, ok := statusWords[word]; ok {
		return s, nil
	}
	if both := ambiguousStatuses[word]; both != nil {
		return status{}, both
	}
	var names []string
	for _, part := range statusParts(t) {
		found, ok := statusWords[statusWord(part)]
		if !ok {
			return status{}, severalStatuses(t)
		}
		if s = found; !slices.Contains(names, s.name()) {
			names = append(names, s.name())
		}
	}
	if len(names) == 1 {
		return s, nil
	}
	return status{}, names
}

// severalStatuses returns the statuses of a list such as "signed / cancelled / ?" that names more than one.
func severalStatuses(t string) []string {
	var names []string
	for _, part := range statusParts(t) {
		if s, ok := statusWords[statusWord(part)]; ok && !slices.Contains(names, s.name()) {
			names = append(names, s.name())
		}
	}
	if len(names) < 2 {
		return nil
	}
	return names
}

var statusJoin = regexp.MustCompile(`(?i)[/,;+|&>\n→➜]+|\s+[–—-]\s+|\s+(?:and|und|bzw\.?|or|oder)\s+`)

// statusParts splits a list of statuses.
func statusParts(t string) []string {
	return slices.DeleteFunc(statusJoin.Split(t, -1), func(p string) bool { return statusWord(p) == "" })
}

// stepNumber is the number of a step before its name: "3. Contract sent", "[04] Live", "03_Live", "Stage 2: Offer sent".
var stepNumber = regexp.MustCompile(`^(?:(?i:stage|step|phase|schritt|stufe)\s*\d{1,2}\s*[.):–—_-]|[\[(#]?\d{1,2}[\])]?\s*[.):–—_-]?)\s*(\pL)`)

// statusWord brings the words of a status into the form of statusWords: without signs and without the number of a step. A
// question mark stays, because it doubts the word.
func statusWord(t string) string {
	t = strings.Map(func(r rune) rune {
		if r == '?' || r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsMark(r) && r < 0xFE00 || unicode.IsDigit(r) {
			return r
		}
		if strings.ContainsRune("[](){}#.:)", r) {
			return r
		}
		return ' '
	}, t)
	t = strings.TrimSpace(t)
	if m := stepNumber.FindStringSubmatchIndex(t); m != nil {
		t = t[m[2]:]
	}
	return texts.PlainWords(strings.Trim(t, " .:#-_[](){}"))
}

var (
	commentAtEnd = regexp.MustCompile(`(?s)^([^()\[\]]*\pL[^()\[\]]*)[(\[](.*)[)\]]\s*\PL*$`)
	// dayAtEnd is a day after the word: "live 1.6.", "paid on 2026-06-12", "gepostet am 3. Juni".
	dayAtEnd = regexp.MustCompile(`(?i)^(.*?\pL)[\s,:–—-]+((?:(?:on|since|from|until|till|by|am|seit|ab|bis|vom|zum)\s+)?` +
		`(?:\d{1,2}[./]\d{1,2}[./]?(?:\d{2,4})?|\d{4}-\d{2}-\d{2}|\d{1,2}\.?\s*\pL{3,9}\.?(?:\s+\d{4})?|\pL{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?))$`)
)

// cutComment takes a comment from the end of a status.
func cutComment(t string) (word, comment string) {
	if m := commentAtEnd.FindStringSubmatch(t); m != nil {
		return strings.TrimSpace(m[1]), strings.TrimSpace(m[2])
	}
	if m := dayAtEnd.FindStringSubmatch(t); m != nil {
		if s, both := lookUpStatus(m[1]); s != (status{}) || both != nil {
			return m[1], m[2]
		}
	}
	return t, ""
}

// doubts are words with which a comment takes a status back.
var doubts = texts.Set(`not no nicht noch kein keine never nie maybe vielleicht evtl eventuell unsure unsicher unclear unklar tbc tbd
	almost fast bald soon verbally mündlich unconfirmed unbestätigt`)

// Words that take back that something is signed: reserves are about the deal, and what is open may as well be about what is owed
// after it.
var (
	reserves = texts.Set(`tentative tentatively provisional provisionally unsigned vorläufig vorbehaltlich vorbehalt if subject falls wenn sofern`)
	open     = texts.Set(`pending waiting awaiting hold missing wartet warten ausstehend fehlt fehlen`)
	// unsettled are whole comments on a deal that is not signed any more, or not yet.
	unsettled = indexPhrases(`negotiating, in negotiation, in negotiations, under negotiation, in talks, in discussion, waitlist, waitlisted, on waitlist,
		waiting list, on the waiting list, paused, stalled, on ice, in verhandlung, in verhandlungen, in abstimmung, warteliste, auf warteliste, auf der warteliste,
		pausiert, zurückgestellt, ruht, auf eis`)
	// done are beyond any signature.
	done = texts.Set(`live posted published online done completed complete paid gepostet veröffentlicht bezahlt erledigt`)
)

// notDone are words beside those of done that say that it is still to come, or not so in full: "noch nicht bezahlt", "to be
// posted", "partially paid", "paid back".
var notDone = texts.Set(`not nicht noch never nie to be wird yet soon bald before vor no kein keine keiner longer mehr back zurück
	half halb partly partially teilweise teils anteilig`)

// IsDoneStatus reports whether a status says that a deal is done with: "paid", "live", "gepostet". "50% paid" does not.
func IsDoneStatus(text string) bool {
	if strings.Contains(text, "%") {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc(words, func(w string) bool { return done[w] }) &&
		!slices.ContainsFunc(words, func(w string) bool { return notDone[w] })
}

// toBe are the beginnings of what is still to be done: "to be signed", "zu unterschreiben".
var toBe = regexp.MustCompile(`(?i)\b(?:to be signed|to sign|zu unterschreiben|vertrag folgt|contract to follow)\b|^\s*(?:auf )?option\s*$`)

// takesBack reports whether a comment doubts the status before it. That nothing is paid, sent or posted yet takes nothing back.
func takesBack(word, comment string, s status) bool {
	words := strings.FieldsFunc(strings.ToLower(comment), func(r rune) bool { return !unicode.IsLetter(r) })
	has := func(set map[string]bool) bool {
		return slices.ContainsFunc(words, func(w string) bool { return set[w] })
	}
	switch {
	case strings.Contains(comment, "?"):
		return true
	case s.cancelled:
		return false
	case has(cancellations), fellThrough.MatchString(comment), namesCancelled(comment), has(doubts) && !has(payment):
		return true
	}
	if s.stage != budget.Signed || done[statusWord(word)] {
		return false
	}
	return has(reserves) || unsettled[statusWord(comment)] || toBe.MatchString(comment) || has(open) && !has(payment) && !has(owed)
}

// namesCancelled reports whether a comment, or a part of it as in "lost, 12.6.", is as a whole a status of a deal that fell
// through. Among other words such a word may be about something else, as in "reel dropped 3.6.".
func namesCancelled(comment string) bool {
	word, _ := cutComment(comment)
	return slices.ContainsFunc(append(statusParts(comment), word), func(part string) bool {
		return statusWords[statusWord(part)].cancelled
	})
}

// cancellations are words of comments that say that the deal fell through, and so is what fellThrough finds.
var (
	cancellations = texts.Set(`cancelled canceled cancel abgesagt storniert absage abgelehnt declined rejected zurückgezogen withdrawn withdrew
	abgesprungen ausgestiegen geplatzt gekündigt terminated ghosted`)
	fellThrough = regexp.MustCompile(`(?i)\b(?:backed|pulled|dropped|wants) out\b|\bfällt aus\b|\bspringt ab\b|^(?:replaced by|ersetzt durch)\b`)
)

// payment are words of comments about money, which is owed for what is signed.
var payment = texts.Set(`paid payment invoice bezahlt zahlung rechnung überwiesen überweisung abgerechnet`)

// owed are words of comments about what else follows after a deal was signed.
var owed = texts.Set(`content post posting video reel story stories product produkt package paket ware shipping delivery versand briefing brief draft script
	entwurf skript freigabe approval assets insights code tracking link numbers stats statistics statistik report auswertung feedback
	sample samples muster mail email address adresse form date termin whitelisting usage`)

// SaysCancelled reports whether a remark beside a name, or a note, says that the deal fell through, and nothing else but when and
// by whom: "ABGESAGT!", "Deal cancelled", "abgesagt am 12.11.". In "cancelled one story, does the reel" it goes on.
func SaysCancelled(remark string) bool {
	word := statusWord(strings.Trim(remark, "!?. "))
	if statusWords[word].cancelled && cancellations[strings.Fields(word + " .")[0]] {
		return true
	}
	words := slices.DeleteFunc(strings.FieldsFunc(byPhone.ReplaceAllString(strings.ToLower(remark), " "),
		unicode.IsSpace), func(w string) bool {
		if dayBeside.MatchString(w) {
			return true
		}
		w = strings.Trim(w, "!?.,:;()–—-")
		return w == "" || besideCancelled[w]
	})
	return len(words) == 1 && cancellations[strings.Trim(words[0], "!?.,:;()")]
}

// IsCancelledStatus reports whether a text as a whole is a status of a deal that fell through: "no deal", "kein Interesse".
func IsCancelledStatus(text string) bool {
	return statusWords[statusWord(strings.Trim(text, "!?. "))].cancelled && !strings.Contains(text, "?")
}

// byPhone is how somebody cancelled: a call that is cancelled is no deal.
var byPhone = regexp.MustCompile(`\b(?:per|via|by|am)\s+(?:e-?mail|mail|phone|telefon|call|dm|whatsapp)\b|\btelefonisch\b|\blast[ -]minute\b`)

// dayBeside is the day of a cancellation: "12.11.", "2026-11-12".
var dayBeside = regexp.MustCompile(`^\(?\d{1,4}[./-]\d{1,2}(?:[./-]\d{0,4})?[).,:]*$`)

// besideCancelled are words beside one for a cancellation that change nothing of it.
var besideCancelled = texts.Set(`deal kooperation koop cooperation collab collaboration partnership zusammenarbeit
	was has been is wurde ist hat leider sadly unfortunately the die der das by from von vom durch seitens influencer creator agency agentur management brand
	she he they sie er haben on am at since seit kurzfristig completely komplett`)

// IsStatus reports whether a text is a word for a status, also one with two meanings.
func IsStatus(text string) bool {
	word := texts.PlainWords(text)
	_, known := statusWords[word]
	return known || ambiguousStatuses[word] != nil
}
