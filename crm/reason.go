package crm

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm/sentence"
)

// ImportReason is the reason of the changes that an import makes.
const ImportReason = "import"

// CancelledInSheet is the reason of a cancellation that a sheet gives no reason for.
const CancelledInSheet = "cancelled in the sheet"

const (
	undoPrefix = "undo of a change on "
	undoTime   = "2006-01-02 15:04"
)

// undoReason is the reason of an undo for which none was given.
func undoReason(first Change) string {
	reason := undoPrefix + first.At.UTC().Format(undoTime+" MST")
	if first.Actor != "" {
		reason += " by " + Shorten(Clean(strings.ToValidUTF8(first.Actor, "\uFFFD")))
	}
	return reason
}

// MayUndo reports whether a change may be that of an undo, without a reason of its own, which took an earlier change of
// the same record back. The reason of an undo names the minute and the actor, so it says the same of all that one did
// in a minute; an undo only deletes what was created, and creates what was deleted.
func (c Change) MayUndo(earlier Change) bool {
	return c.Reason == undoReason(earlier) && c.Seq > earlier.Seq && c.Unit != earlier.Unit && c.Record == earlier.Record &&
		(c.Kind == Deleted) == (earlier.Kind == Created) && (c.Kind == Created) == (earlier.Kind == Deleted)
}

// undoOf takes a reason apart that undoReason has made, or a person alike. A regular expression for it would cost every
// program that starts 4 MiB.
func undoOf(reason string) (at time.Time, actor string, ok bool) {
	rest, ok := strings.CutPrefix(reason, undoPrefix)
	stamp, actor, named := strings.Cut(rest, " UTC by ")
	layout := undoTime
	if !named {
		layout += " UTC"
	}
	at, err := time.Parse(layout, stamp)
	return at, actor, ok && err == nil && named == (actor != "")
}

// mergeReason is the reason of a merge for which none was given.
func mergeReason(kept, gone string) string {
	return fmt.Sprintf("%q and %q are one", Shorten(kept), Shorten(gone))
}

// ReasonText returns a reason that this library has given as a sentence in all languages of the catalogue: that of an
// import, an undo, a merge and a cancellation in a sheet. ok is false for one that a person gave. Times are in the zone;
// without one they are in UTC and say so.
func ReasonText(reason string, zone *time.Location) (text sentence.Sentence, ok bool) {
	switch reason {
	case ImportReason:
		return sentence.Of("import"), true
	case CancelledInSheet:
		return sentence.Of("cancelled in the sheet"), true
	}
	if at, actor, ok := undoOf(reason); ok {
		if zone != nil {
			at = at.In(zone)
		}
		if actor == "" {
			return sentence.Of("undo of a change on %s", sentence.Moment(at)), true
		}
		return sentence.Of("undo of a change on %s by %s", sentence.Moment(at), actor), true
	}
	if kept, rest, ok := cutQuoted(reason); ok {
		if gone, end, ok := cutQuoted(strings.TrimPrefix(rest, " and ")); ok && end == " are one" && strings.HasPrefix(rest, " and ") {
			return sentence.Of("%q and %q are one", Shorten(kept), Shorten(gone)), true
		}
	}
	return sentence.Sentence{}, false
}

// cutQuoted takes a text as %q writes it from the beginning of another one.
func cutQuoted(s string) (text, rest string, ok bool) {
	quoted, err := strconv.QuotedPrefix(s)
	if err != nil || quoted[0] != '"' {
		return "", s, false
	}
	text, err = strconv.Unquote(quoted)
	return text, s[len(quoted):], err == nil
}
