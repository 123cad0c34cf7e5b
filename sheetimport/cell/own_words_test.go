package cell_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/cell"
)

// TestStatusInTheWild has what people write around the words for a status, in sheets and in exports of other tools.
func TestStatusInTheWild(t *testing.T) {
	t.Parallel()
	const cancelled, unknown, ambiguous budget.Stage = "cancelled", "!unknown_status", "!ambiguous_status"
	for want, words := range map[budget.Stage]string{
		budget.Signed: "✅ Live|Signed ✓|signed & paid|🟢 Agreed|Won|Zusage|LIVE 🎉|3. Booked|[04] Signed|05 – Live|Posted / Paid|gebucht + bezahlt|" +
			"Confirmed!|Contract signed ✍️|Closed-Won|live_now|unterschrieben ✅|Vertrag unterschrieben & bezahlt|booked and confirmed|" +
			"gepostet und bezahlt|Payment pending|Rechnung erhalten|Product shipped|Zugesagt 👍|#signed|\u2705\uFE0F Done|Paket verschickt|Completed - paid|gebucht – bezahlt|Step 5: Live",
		budget.Negotiating: "03_Negotiating|Stage 3: Contract sent|Schritt 2 - angefragt|Phase 4) Offer sent|💬 Negotiating|In talks|Angefragt ✉️|2) Offer sent|waiting for signature|Proposal sent|Vertrag raus|im Austausch|Replied|Interested",
		budget.Draft:       "Reached out|📩 Outreach sent|New|Lead|Prospect|1. Shortlisted|angeschrieben|Neu|Wunschliste|Not contacted|to reach out|DM sent|TO DO|Todo",
		cancelled:          "❌ Declined|Lost|Closed-Lost|not interested|Absage|🔴 abgelehnt|kein Interesse|gecancelt|Passed|Entfällt|turned down|Angebot abgelehnt|Vertrag gekündigt|Offer declined|Contract cancelled",
		unknown:            "signed?|maybe signed|not signed|nicht gebucht|Stage B|🙂|🟢|signed or so|vielleicht gebucht|42",
		ambiguous: "in progress|WIP|🟡 On hold|Scheduled|no response|signed / cancelled|signed - cancelled|gebucht – abgesagt|contract sent → signed|booked (cancelled)|gebucht (abgesagt am 3.6.)|" +
			"signed (not yet)|zugesagt (mündlich)|signed (?)|Beendet|approved ✅",
	} {
		for word := range strings.SplitSeq(words, "|") {
			got, off, err := cell.ParseStatus(word)
			switch {
			case err != nil:
				got = budget.Stage("!" + cellCode(err))
			case off:
				got = cancelled
			}
			if got != want {
				t.Errorf("ParseStatus(%q) = %q, want %q", word, got, want)
			}
		}
	}
}

func TestStatusComment(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"signed (contract sent 12.5.)":       {"signed", "contract sent 12.5."},
		"✅ Booked [via agency]":              {"signed", "via agency"},
		"unterschrieben (Rechnung fehlt)":    {"signed", "Rechnung fehlt"},
		"booked (not paid yet)":              {"signed", "not paid yet"},
		"Live 01.06.":                        {"signed", "01.06."},
		"paid on 2026-06-12":                 {"signed", "on 2026-06-12"},
		"gepostet am 3. Juni":                {"signed", "am 3. Juni"},
		"abgesagt (war schon gebucht)":       {"", "war schon gebucht"},
		"in Verhandlung (2. Angebot raus)":   {"negotiating", "2. Angebot raus"},
		"contacted (12 May)":                 {"draft", "12 May"},
		"signed":                             {"signed", ""},
		"Vertrag unterschrieben seit 1.5.26": {"signed", "seit 1.5.26"},
	} {
		stage, _, note, err := cell.ParseStatusNote(text)
		if string(stage) != want[0] || note != want[1] || err != nil {
			t.Errorf("ParseStatusNote(%q) = %q, %q, %v; want %q", text, stage, note, err, want)
		}
	}
}

// A comment that says that it is not so yet, or no longer, takes the status back; one on what is owed after it does not.
func TestCommentsThatTakeAStatusBack(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"booked (tentative)": "ambiguous_status", "booked (option)": "ambiguous_status", "confirmed (to be signed)": "ambiguous_status",
		"signed (waiting for her signature)": "ambiguous_status", "signed (on hold)": "ambiguous_status", "signed (withdrew)": "ambiguous_status",
		"gebucht (abgesprungen)": "ambiguous_status", "gebucht (fällt aus)": "ambiguous_status",
		"zugesagt (vorbehaltlich Vertrag)":                 "ambiguous_status",
		"signed (contract not signed - waiting for draft)": "ambiguous_status", "signed (verbally - no post yet)": "ambiguous_status",
		"signed (no draft contract yet)": "ambiguous_status", "booked (backed out)": "ambiguous_status",
		"signed (lost)": "ambiguous_status", "signed (lost, 12.6.)": "ambiguous_status", "booked (Deal lost 12.6.)": "ambiguous_status",
		"gebucht (entfällt)": "ambiguous_status", "paid (no show)": "ambiguous_status", "in Verhandlung (raus)": "ambiguous_status",
		"signed (in negotiation)": "ambiguous_status", "gebucht (pausiert)": "ambiguous_status", "live (paused)": "",
		"signed ❌": "ambiguous_status", "❌ signed": "ambiguous_status", "✗ confirmed": "ambiguous_status", "gebucht 🚫": "ambiguous_status",
		"❌ declined": "", "❌ draft": "", "signed ✅": "", "live 🔴": "",
		"booked (Vertrag fehlt)": "ambiguous_status", "signed (signature missing)": "ambiguous_status", "confirmed (if budget)": "ambiguous_status",
		"signed (auf Eis)": "ambiguous_status", "gebucht (springt ab)": "ambiguous_status", "signed (replaced by Ben)": "ambiguous_status",
		"unterschrieben (Rechnung fehlt)": "", "signed (address missing)": "", "gebucht (Code fehlt)": "", "signed (reel replaced by story)": "",
		"signed (after negotiation)": "", "signed (lost parcel, sent again)": "",
		"negotiating (waiting for answer)": "", "in Verhandlung (Preis ausstehend)": "", "draft (on hold)": "", "signed (waiting for code)": "",
		"gebucht (Termin verschoben)": "", "live (reel dropped 3.6.)": "", "signed (pulled forward to May)": "",
		"signed (usage rights optional)": "",
		"signed (waiting for content)":   "", "signed (payment pending)": "", "gebucht (Rechnung folgt)": "", "booked (Story to be posted)": "",
		"cancelled (option for 2027)": "",
	} {
		_, _, err := cell.ParseStatus(text)
		bad, _ := errors.AsType[*cell.Error](err)
		if bad == nil {
			bad = &cell.Error{}
		}
		if bad.Code != want {
			t.Errorf("ParseStatus(%q) = %q, want %q", text, bad.Code, want)
		}
	}
	for text, want := range map[string]bool{"ABGESAGT!": true, "cancelled": true, "abgesagt": true,
		"cancel the order form": false, "": false, "lost luggage": false,
		"Deal cancelled": true, "ABGESAGT 12.11.": true, "Koop wurde abgesagt am 12.11.2026": true,
		"cancelled by the influencer (2026-11-12)": true,
		"leider storniert, per Mail":               true, "not cancelled": false, "cancelled one story, does the reel": false,
		"first date cancelled": false, "Termin abgesagt": false, "Zoom call cancelled": false, "cancelled subscription": false,
		"cancelled, then signed again": false, "Call cancelled": false, "Call am 12.11. abgesagt": false, "influencer cancelled the call": false,
		"last campaign cancelled": false, "last deal cancelled": false, "cancelled last minute": true, "telefonisch abgesagt": true} {
		if got := cell.SaysCancelled(text); got != want {
			t.Errorf("SaysCancelled(%q) = %v", text, got)
		}
	}
}

// TestTickedBoxes has what programs write for a box that is ticked or not.
func TestTickedBoxes(t *testing.T) {
	t.Parallel()
	for word := range strings.SplitSeq("checked|Checked|✓|✔|✔️|☑|☑️|✅|[x]|[X]|Yes ✅|ja!|TRUE|on|angehakt|ticked", "|") {
		if yes, err := cell.ParseYesNo(word); !yes || err != nil {
			t.Errorf("ParseYesNo(%q) = %v, %v; want yes", word, yes, err)
		}
	}
	for word := range strings.SplitSeq("unchecked|☐|✗|❌|✖️|[ ]|No ❌|nein.|FALSE|off|nicht angehakt", "|") {
		if yes, err := cell.ParseYesNo(word); yes || err != nil {
			t.Errorf("ParseYesNo(%q) = %v, %v; want no", word, yes, err)
		}
	}
	for word := range strings.SplitSeq("yes?|yes ❌|half|✓ ❌|vielleicht|12", "|") {
		if _, err := cell.ParseYesNo(word); cellCode(err) != "not_yes_or_no" {
			t.Errorf("ParseYesNo(%q): %v, want not_yes_or_no", word, err)
		}
	}
}

// TestPlatformAmongFormats has platforms between what is posted and how often.
func TestPlatformAmongFormats(t *testing.T) {
	t.Parallel()
	for want, words := range map[string]string{
		"instagram": "1x Reel + 3x Story IG|IG: 2 Reels, 1 Story|3 Stories (Instagram)|Insta-Story|igstory|instareels|2x IG Feedposts und 1 Story|" +
			"Instagram Carousel|IG Reel & Storyset|1 Beitrag Instagram|Reel (IG)",
		"tiktok":  "2 TikTok Videos|tiktok-video|1x TikTok + Link in Bio|TT Video x2",
		"youtube": "YT Integration|1 dedicated YouTube Video|ytshorts|YouTube longform",
	} {
		for word := range strings.SplitSeq(words, "|") {
			if got, known, err := cell.ParsePlatform(word); got != want || !known || err != nil {
				t.Errorf("ParsePlatform(%q) = %q, %v, %v; want %q", word, got, known, err, want)
			}
		}
	}
	for word := range strings.SplitSeq("1x IG Reel + 1x TikTok|IG Story und YT Short|TikTok & Insta Reel", "|") {
		if _, _, err := cell.ParsePlatform(word); cellCode(err) != "two_platforms" {
			t.Errorf("ParsePlatform(%q): %v, want two_platforms", word, err)
		}
	}
}
