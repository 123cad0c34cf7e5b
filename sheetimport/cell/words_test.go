package cell_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/cell"
)

func TestParseText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		" Ida\u00A0": "Ida", "\uFEFF\u200BIda\u200D": "Ida", "👩\u200D🎤": "👩\u200D🎤", "": "", "\u202F": "",
		"@ida": "@ida", "+49 170 1": "+49 170 1", "-": "-", "=1+1": "=1+1", "#ad": "#ad", "Err": "Err", "Lisa": "Lisa",
	} {
		if got, err := cell.ParseText(in); got != want || err != nil {
			t.Errorf("ParseText(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for in := range strings.SplitSeq("#REF!|#N/A|#VALUE!|#DIV/0!|#NAME?|#ERROR!|#error!|Loading...|loading…|#WERT!|#BEZUG!|#NV|####|Err:502", "|") {
		if _, err := cell.ParseText(in); cellCode(err) != "formula_error" {
			t.Errorf("ParseText(%q): %v, want formula_error", in, err)
		}
	}
	if _, err := cell.ParseText("a\xFFb"); cellCode(err) != "bad_encoding" {
		t.Errorf("ParseText of broken UTF-8: %v, want bad_encoding", err)
	}
	_, err := cell.ParseYesNo(strings.Repeat("ä", 200))
	if got := len([]rune(err.Error())); got > 150 {
		t.Errorf("the message has %d characters; a long value should be shortened: %v", got, err)
	}
}

func TestParseYesNo(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"yes y true TRUE 1 x X ja Ja wahr j": true,
		"no n false FALSE 0 nein falsch - ":  false,
	} {
		for _, in := range strings.Split(text, " ") {
			if got, err := cell.ParseYesNo(in); got != want || err != nil {
				t.Errorf("ParseYesNo(%q) = %v, %v; want %v", in, got, err, want)
			}
		}
	}
	for _, in := range []string{"maybe", "?", "yes / no", "2"} {
		if _, err := cell.ParseYesNo(in); cellCode(err) != "not_yes_or_no" {
			t.Errorf("ParseYesNo(%q): %v, want not_yes_or_no", in, err)
		}
	}
	if _, err := cell.ParseYesNo("#REF!"); cellCode(err) != "formula_error" {
		t.Errorf("ParseYesNo(#REF!): %v, want formula_error", err)
	}
}

func TestParseStatus(t *testing.T) {
	t.Parallel()
	for stage, words := range map[budget.Stage]string{
		budget.Signed: "signed|Booked|confirmed|contract signed|live|posted|done|completed|paid|unterschrieben|unterzeichnet|bestätigt|" +
			"gebucht|zugesagt|Vertrag unterzeichnet|abgeschlossen|bezahlt",
		budget.Negotiating: "negotiating|in discussion|contract sent|Contract_Sent|offer sent|pending|in Verhandlung|verhandelt|angefragt|Angebot gesendet",
		budget.Draft:       "draft|planned|idea|to contact|contacted|shortlist|Entwurf|geplant|Idee|Erstkontakt|vorgemerkt|\u00A0DRAFT ",
		"":                 "|-| ",
	} {
		for word := range strings.SplitSeq(words, "|") {
			if got, cancelled, err := cell.ParseStatus(word); got != stage || cancelled || err != nil {
				t.Errorf("ParseStatus(%q) = %q, %v, %v; want %q", word, got, cancelled, err, stage)
			}
		}
	}
	for word := range strings.SplitSeq("cancelled|canceled|declined|rejected|ghosted|abgesagt|Storniert|abgelehnt|verloren", "|") {
		if got, cancelled, err := cell.ParseStatus(word); got != "" || !cancelled || err != nil {
			t.Errorf("ParseStatus(%q) = %q, %v, %v; want cancelled", word, got, cancelled, err)
		}
	}
	for word, want := range map[string]string{
		"imported":            "!unknown_status",
		"vielleicht":          "!unknown_status",
		"Vertrag":             "!ambiguous_status negotiating signed",
		"signed / abgesagt":   "!ambiguous_status signed cancelled",
		"gebucht, vielleicht": "!unknown_status",
		"#REF!":               "!formula_error",
	} {
		if _, _, err := cell.ParseStatus(word); err == nil || cellFailure(err) != want {
			t.Errorf("ParseStatus(%q): %v, want %s", word, err, want)
		}
	}
}

func TestParsePlatform(t *testing.T) {
	t.Parallel()
	known := map[string]string{
		"instagram": "IG|Insta|Instagram|Instagram Story/Reels|instagram reel|IG Story + Reel|INSTAGRAM\u00A0",
		"tiktok":    "TikTok|tik tok|TT|tiktok video",
		"youtube":   "YT|YouTube|YouTube Shorts|You Tube",
		"twitch":    "Twitch|Twitch Stream", "blog": "Blog|Website|Blog / Website", "podcast": "Podcast", "facebook": "FB|Facebook",
		"x": "X|Twitter|X (Twitter)|x/twitter", "pinterest": "Pinterest", "snapchat": "Snapchat", "linkedin": "LinkedIn|linked in",
		"threads": "Threads", "newsletter": "Newsletter",
	}
	for want, texts := range known {
		for in := range strings.SplitSeq(texts, "|") {
			if got, ok, err := cell.ParsePlatform(in); got != want || !ok || err != nil {
				t.Errorf("ParsePlatform(%q) = %q, %v, %v; want %q", in, got, ok, err, want)
			}
		}
	}
	for in, want := range map[string]string{"OnlyBeauty": "OnlyBeauty", " Lemon8 ": "Lemon8", "Instagram UK": "Instagram UK", "Event + Messe": "Event + Messe", "": "", "-": "", "Story": "Story"} {
		if got, ok, err := cell.ParsePlatform(in); got != want || ok || err != nil {
			t.Errorf("ParsePlatform(%q) = %q, %v, %v; want %q, unknown", in, got, ok, err, want)
		}
	}
	for in, want := range map[string]string{
		"IG + TikTok": "!two_platforms instagram tiktok", "Instagram/YouTube": "!two_platforms instagram youtube",
		"Insta und Lemon8": "!two_platforms instagram", "#N/A": "!formula_error",
	} {
		if _, _, err := cell.ParsePlatform(in); err == nil || cellFailure(err) != want {
			t.Errorf("ParsePlatform(%q): %v, want %s", in, err, want)
		}
	}
}

func TestParseHandle(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", "-": "", "@pamreif": "pamreif", "Pam_Reif.1": "Pam_Reif.1", "ida·castell": "ida·castell",
		"https://www.instagram.com/pamreif/":              "pamreif",
		"instagram.com/pamreif?hl=de":                     "pamreif",
		"https://www.tiktok.com/@pamreif":                 "pamreif",
		"https://www.youtube.com/c/PamelaRf1/videos":      "PamelaRf1",
		"https://youtube.com/@PamelaRf1/shorts":           "PamelaRf1",
		"https://www.linkedin.com/in/pamela-reif/":        "pamela-reif",
		"https://www.pinterest.example/amelie.reinhardt":  "amelie.reinhardt",
		"HTTPS://www.instagram.com/j%C3%BCrgen":           "jürgen",
		"https://www.instagram.com/pamreif/reels/#latest": "pamreif",
	} {
		if got, err := cell.ParseHandle("", in); got != want || err != nil {
			t.Errorf("ParseHandle(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{
		"@", "Ida Castell", "ida@example.com", "@a @b", "https://www.instagram.com/p/Cx1", "https://instagram.com/", "https://youtu.be/a/b/c",
		"ftp://instagram.com/ida", "https://www.tiktok.com/@pamreif/video/123", "a/b", "https://%zz/ida",
		strings.Repeat("x", 101), "ida#1", "ida\x00x",
	} {
		if got, err := cell.ParseHandle("", in); got != "" || cellCode(err) != "not_a_handle" {
			t.Errorf("ParseHandle(%q) = %q, %v; want not_a_handle", in, got, err)
		}
	}
}

func TestCellErrorMessage(t *testing.T) {
	t.Parallel()
	_, _, err := cell.ParseStatus("imported")
	want := `"imported" is not a known status; write draft, negotiating, signed or cancelled (Entwurf, in Verhandlung, unterschrieben, abgesagt), or say once, in a mapping of values, what the word means`
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Errorf("message (-want +got):\n%s", diff)
	}
}

// TestNoCode has what people write in a column of codes where there is none, and codes that look like it.
func TestNoCode(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"✓": true, "✅": true, "❌": true, "☑️": true, "TRUE": true, "False": true, "WAHR": true, "checked": true,
		"done": true, "Live": true,
		"Sent ✅": true, "ready": true, "erledigt": true, "Verschickt": true, "im Shop": true, "eingerichtet": true,
		"abgelaufen": true, "yes": true, "tbd": true,
		"LIVE": false, "DONE": false, "ANA10": false, "*": false, "*ANA*": false, "Live10": false, "summer": false,
		"🔥10": false, "2026": false,
	} {
		if got := cell.IsNoCode(text); got != want {
			t.Errorf("IsNoCode(%q) = %t", text, got)
		}
	}
}
