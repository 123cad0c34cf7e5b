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

// joinName makes the name of who has two columns for it. In a sheet with "Name" and "Vorname", as German forms have it,
// "Name" is the family name, and beside "Surname" it is the first; but where the whole names stand in it, or those that
// people are known by, that is the name.
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

// plainName is half of a name: a word with a capital, or all of it in capitals, maybe joined by a hyphen and with particles as in
// "von Berg", "Le Roux" and "McKay".
var plainName = regexp.MustCompile(`^(?:(?i:von|van|vom|zu|zum|de|der|den|del|della|di|da|dos|le|la|du|el|al|ten|ter)\s+)*` +
	`(?:(?:Mc|Mac|De|Di|La|Le|[OD]['’])?\p{Lu}\p{Ll}+|\p{Lu}{2,})(?:-(?:\p{Lu}\p{Ll}+|\p{Lu}{2,}))*$`)

// holdsHalfNames reports whether the column of names has one half of each name, and another column the other: two of three
// cells are one, and it is not in that other column.
func (x *rowReader) holdsHalfNames(data []sheet.Row) bool {
	general := x.columns[column.Influencer].Confidence == column.Inferred // "Name", and not "Influencer"
	if !general || x.has(column.FirstName) == x.has(column.LastName) {
		return false
	}
	seen, halves := 0, 0
	for _, r := range data {
		name, other := texts.Trim(x.text(r, column.Influencer)), texts.Trim(x.text(r, column.FirstName)+x.text(r, column.LastName))
		if name == "" || other == "" {
			continue
		}
		seen++
		handle := strings.TrimPrefix(texts.Trim(x.text(r, column.Handle)), "@")
		if plainName.MatchString(name) && !hasWords(name, other) && crm.Fold(handle) != crm.Fold(name) {
			halves++
		}
	}
	return seen > 0 && 3*halves >= 2*seen
}

// hasWords reports whether some words stand in a text as they are.
func hasWords(text, words string) bool {
	return strings.Contains(" "+crm.Fold(text)+" ", " "+crm.Fold(words)+" ")
}

// accountInName is an account that stands behind a name, apart from it: "Lena Maier (@lenamaier)", "Lena Maier - @lena".
var accountInName = regexp.MustCompile(`^([\pL][\pL\pN .'’-]*?)(?:\s*\((@[\w.]+)\)|\s*[|,]\s*(@[\w.]+)|\s+[–—-]\s*(@[\w.]+)|\s*\n\s*\(?(@[\w.]+)\)?)$`)

// bareAccount is an account instead of a name.
var bareAccount = regexp.MustCompile(`^@[\w.]+$`)

// splitName takes the account out of the column of names, where the row names it nowhere else: behind the name, or instead of it.
// Where the name is that of several people, or something else stands around the account, nobody knows whose it is.
func (x *rowReader) splitName(e *entry, r sheet.Row) {
	if e.known != nil {
		return
	}
	name, named := cutAccount(e.influencer)
	if e.handle != "" {
		if name != "" && crm.Fold(named) == crm.Fold("@"+e.handle) {
			e.influencer = name
		}
		return
	}
	if x.shared[crm.Fold(named)] {
		return
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

// cutAccount cuts an account from behind a name. A text without one is all account.
func cutAccount(text string) (name, account string) {
	if m := accountInName.FindStringSubmatch(text); m != nil && !severalPeople.MatchString(m[1]) {
		return m[1], m[2] + m[3] + m[4] + m[5]
	}
	return "", text
}

// accountsOfSeveral finds the accounts that stand behind the names of different people, such as that of their agency.
func (x *rowReader) accountsOfSeveral(data []sheet.Row) map[string]bool {
	of, shared := map[string]string{}, map[string]bool{}
	for _, r := range data {
		name, account := cutAccount(texts.Trim(x.text(r, column.Influencer)))
		if name == "" {
			continue
		}
		name, account = crm.Fold(name), crm.Fold(account)
		if other, ok := of[account]; ok && other != name {
			shared[account] = true
		}
		of[account] = name
	}
	return shared
}

// severalPeople is a name of more than one.
var severalPeople = regexp.MustCompile(`(?i)[&+/]|\s(?:und|and|x|mit|with|via)\s`)
