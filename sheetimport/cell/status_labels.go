package cell

import (
	"errors"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// ParseStatusLabels reads the labels of a card, of which one is its status: "signed, instagram". The others are labels. It
// leaves a text refused as [ParseStatusNote] does, if another label takes the status back, or may say another one. Of a deal
// that fell through only platforms are labels, because what else is said may be what became of it instead.
func ParseStatusLabels(text string) (status string, labels []string, ok bool) {
	const most = 8
	_, _, _, err := ParseStatusNote(text)
	bad, unread := errors.AsType[*Error](err)
	if !unread || bad.Code != "unknown_status" || strings.Contains(text, "?") {
		return "", nil, false
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;|\n", r) })
	if len(parts) > most {
		return "", nil, false
	}
	for _, part := range parts {
		switch part = texts.Trim(part); {
		case part == "":
		case !statusWords[statusWord(part)].isNone():
			if status != "" {
				return "", nil, false
			}
			status = part
		default:
			labels = append(labels, part)
		}
	}
	s := statusWords[statusWord(status)]
	if s.isNone() || len(labels) == 0 || slices.ContainsFunc(labels, func(l string) bool { return !isLabelBeside(status, s, l) }) {
		return "", nil, false
	}
	return status, labels, true
}

func (s status) isNone() bool { return s == status{} }

// isLabelBeside reports whether a label says nothing of how far a deal is, and so nothing against its status.
func isLabelBeside(word string, s status, label string) bool {
	if _, known, err := ParsePlatform(label); err == nil && known {
		return true
	}
	return !s.cancelled && !takesBack(word, label, s) && !slices.ContainsFunc(strings.Fields(statusWord(label)), func(w string) bool {
		return doubts[w] || reserves[w] || open[w] || cancellations[w] || IsStatus(w)
	})
}
