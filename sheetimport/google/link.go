package google

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// place is what a link says: which document and, if it says so, which tab of it.
type place struct {
	id  string
	gid *int64
}

// maxLinkLen is more than any link that a browser shows.
const maxLinkLen = 2048

// An id has 44 characters, or 33 if the document came to Google as a file. Shorter ones are words.
var documentID = regexp.MustCompile(`^[A-Za-z0-9_-]{20,100}$`)

// copyLink is what would be right.
var copyLink = sentence.Of("open the sheet and copy the link from the address bar, like https://docs.google.com/spreadsheets/d/…/edit")

// CheckLink says what is wrong with a text that is to be the link of a Google sheet, or its id, as [Open] does: a [*crm.Error] of
// the family [crm.ErrInvalid]. It fits crm.Options.SheetLink.
func CheckLink(text string) error {
	_, err := parseLink(text)
	return err
}

// parseLink takes a link to a sheet apart, or a bare id. It looks at the text only.
func parseLink(text string) (place, error) {
	fail := func(problem string, args ...any) (place, error) {
		return place{}, &crm.Error{Family: crm.ErrInvalid, Field: "link",
			Value: crm.Shorten(strings.ToValidUTF8(text, "\uFFFD")), Problem: sentence.Of("%s; %s", sentence.Of(problem, args...), copyLink)}
	}
	const published = "is the link of a published copy, which is no sheet"
	t := strings.TrimSpace(text)
	switch {
	case t == "":
		return fail("a Google sheet needs a link")
	case len(t) > maxLinkLen:
		return fail("is too long for a link")
	case strings.HasPrefix(t, "2PACX-"):
		return fail(published)
	case documentID.MatchString(t):
		return place{id: t}, nil
	}
	if !strings.Contains(t, "://") {
		t = "https://" + t
	}
	u, err := url.Parse(t)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || !strings.EqualFold(u.Host, "docs.google.com") || u.User != nil {
		return fail("is neither a link to a Google sheet nor its id")
	}
	words := pathWords(u.Path)
	switch {
	case len(words) == 0 || words[0] != "spreadsheets":
		return fail("leads to something of Google's that is no sheet")
	case len(words) >= 3 && words[1] == "d" && words[2] == "e":
		return fail(published)
	case len(words) < 3 || words[1] != "d" || !documentID.MatchString(words[2]):
		return fail("does not name a sheet")
	}
	p := place{id: words[2]}
	gid, found := gidOf(u)
	if !found {
		return p, nil
	}
	n, err := strconv.ParseInt(gid, 10, 32)
	if err != nil || n < 0 {
		return fail(`names the tab "%s", but a tab has a number`, crm.Shorten(gid))
	}
	p.gid = &n
	return p, nil
}

// pathWords cuts a path into its words without the ones that say who looks at the document: /u/1 for the second of
// several accounts, /a/example.com for a company's.
func pathWords(path string) []string {
	words := strings.Split(strings.Trim(path, "/"), "/")
	var kept []string
	for i := 0; i < len(words); i++ {
		if (words[i] == "u" || words[i] == "a") && len(kept) < 2 && i+1 < len(words) {
			i++
			continue
		}
		kept = append(kept, words[i])
	}
	return kept
}

// gidOf returns the number of the tab. The one behind the # is what the browser shows.
func gidOf(u *url.URL) (gid string, found bool) {
	for _, part := range []string{u.Fragment, u.RawQuery} {
		if values, err := url.ParseQuery(part); err == nil && values.Has("gid") {
			return values.Get("gid"), true
		}
	}
	return "", false
}
