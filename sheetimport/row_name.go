package sheetimport

import (
	"regexp"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// joinName makes the name of who has two columns for it. In a sheet with "Name" and "Vorname", as German forms have it, "Name" is
// the family name, and beside "Surname" it is the first; but where the whole names stand in it, or those that people are known by,
// that is the name.
func (x *rowReader) joinName(e *entry, r sheet.Row, name, first, last string) string {
	joined := name
	switch {
	case name == "":
		return strings.TrimSpace(first + " " + last)
	case !x.halfNames:
		return name
	case first != "" && last == "":
		joined = first + " " + name
	case last != "" && first == "":
		joined = name + " " + last
	}
	if joined != name {
		x.notice(e, r, column.Influencer, "name_joined", "the name is put together from two columns: %q", texts.Shorten(joined))
	}
	return joined
}

// plainName is a word that can be half of a name: it begins with a capital and has no other sign than a hyphen or an apostrophe.
var plainName = regexp.MustCompile(`^\p{Lu}\p{Ll}+(?:[-'’]\p{L}\p{Ll}*)?$`)

// holdsHalfNames reports whether the column of names has one half of each name, and another column the other: nine of ten cells
// are a single word, which is not in that other column.
func (x *rowReader) holdsHalfNames(data []sheet.Row) bool {
	if !x.has(column.Influencer) || x.columns[column.Influencer].Confidence != column.Inferred || x.has(column.FirstName) == x.has(column.LastName) {
		return false
	}
	seen, halves := 0, 0
	for _, r := range data {
		name, other := texts.Trim(x.text(r, column.Influencer)), texts.Trim(x.text(r, column.FirstName)+x.text(r, column.LastName))
		if name == "" || other == "" {
			continue
		}
		seen++
		if plainName.MatchString(name) && !hasWords(name, other) && crm.Fold(strings.TrimPrefix(texts.Trim(x.text(r, column.Handle)), "@")) != crm.Fold(name) {
			halves++
		}
	}
	return seen > 0 && 10*halves >= 9*seen
}

// hasWords reports whether some words stand in a text as they are.
func hasWords(text, words string) bool {
	return strings.Contains(" "+crm.Fold(text)+" ", " "+crm.Fold(words)+" ")
}

// accountInName is an account that stands behind a name, apart from it: "Lena Maier (@lenamaier)", "Lena Maier - @lena".
var accountInName = regexp.MustCompile(`^([\pL][\pL\pN .'’-]*?)(?:\s*\((@[\w.]+)\)|\s*[|,]\s*(@[\w.]+)|\s+[–—-]\s*(@[\w.]+))$`)

// bareAccount is an account instead of a name.
var bareAccount = regexp.MustCompile(`^@[\w.]+$`)

// splitName takes the account out of the column of names, where the row names it nowhere else: behind the name, or instead of it.
// Where the name is that of several people, or something else stands around the account, nobody knows whose it is.
func (x *rowReader) splitName(e *entry, r sheet.Row) {
	if e.handle != "" || e.known != nil {
		return
	}
	name, named := "", e.influencer
	if m := accountInName.FindStringSubmatch(named); m != nil && !severalPeople.MatchString(m[1]) {
		name, named = m[1], m[2]+m[3]+m[4]
	}
	handle := ""
	switch {
	case bareAccount.MatchString(named):
		handle, _ = cell.ParseHandle(e.platform, named)
	case cell.IsLink(named):
		handle = account.Account{Platform: e.platform, Link: withScheme(named)}.LinkedHandle()
	}
	if handle == "" {
		return
	}
	e.handle = handle
	if e.influencer = name; name == "" {
		e.influencer = handle
	}
	x.notice(e, r, column.Influencer, "account_in_name", "the name holds the account @%s; it is read as that", texts.Shorten(handle))
}

// severalPeople is a name of more than one.
var severalPeople = regexp.MustCompile(`(?i)[&+/]|\s(?:und|and|x|mit|with|via)\s`)
