package sheetimport

import (
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// readAccount reads the handle and the link of the profile. Neither rejects the row. A handle comes from a link only if it
// leads to a profile of the row's platform.
func (x *rowReader) readAccount(e *entry, r sheet.Row) {
	text := x.text(r, column.Handle)
	if texts.Trim(text) == "" {
		text = x.accountOn(r, e.platform)
	}
	var err error
	e.link, err = cell.ParseOptionalText(x.text(r, column.ProfileLink))
	x.leaveOut(e, r, column.ProfileLink, err)
	if texts.Trim(text) == "" && strings.HasPrefix(e.link, "@") { // a handle in the column of links
		text, e.link = e.link, ""
	}
	e.link = withScheme(e.link)
	e.handle, err = cell.ParseHandle(e.platform, text)
	if damaged := cell.Damaged(x.cell(r, column.Handle), "handle"); damaged != nil {
		e.handle, err = "", damaged
	}
	link := withScheme(texts.Trim(text))
	if err != nil && e.link == "" && strings.Contains(link, "/") && (account.Account{Platform: e.platform, Link: link}).Identity() != "" {
		// It has no handle and yet says who it is, as facebook.com/profile.php?id=1000 does.
		e.link = link
		x.notice(e, r, column.Handle, "link_without_handle",
			"the link names the profile without a handle; it is kept as the link of the profile")
		return
	}
	x.leaveOut(e, r, column.Handle, err)
	if x.has(column.ProfileLink) {
		x.checkLink(e, r)
	}
	if e.handle == "" && e.known == nil { // of a row with an id, a blank cell is one that nobody has changed
		e.handle = e.account().LinkedHandle()
	}
}

// checkLink holds the link of the profile against the platform and the handle of the row.
func (x *rowReader) checkLink(e *entry, r sheet.Row) {
	to, err := account.ParseLink(e.link)
	named := account.Account{Platform: e.platform, Link: e.link}.LinkedHandle()
	switch why := e.account().WhyNot(); {
	case err == nil && to.Platform != "" && to.Platform != e.platform && account.HasSite(e.platform):
		x.notice(e, r, column.ProfileLink, "link_of_another_platform",
			"the link leads to %s, and the platform of the row is %s; it is kept, and nobody is known by it; correct one of the two",
			account.PlatformName(to.Platform), account.PlatformName(e.platform))
	case e.handle != "" && named != "" && crm.Fold(named) != crm.Fold(e.handle):
		x.notice(e, r, column.ProfileLink, "link_of_another_handle",
			"the link leads to @%s, and the handle of the row is @%s; the handle counts; correct one of the two",
			texts.Shorten(named), texts.Shorten(e.handle))
	case why != "" && e.handle == "":
		x.notice(e, r, column.ProfileLink, "link_names_nobody", "the link %s; it is kept, and nobody is known by it", why)
	}
}

// withScheme gives a link without https:// one.
func withScheme(link string) string {
	if strings.Contains(link, ".") && link != "" && !strings.Contains(link, "://") {
		return "https://" + link
	}
	return link
}

// account is the account that the row names.
func (e *entry) account() account.Account {
	return account.Account{Platform: e.platform, Handle: e.handle, Link: e.link}
}

// accountOn is what a row says in the column of accounts on its platform, if the sheet has one for each.
func (x *rowReader) accountOn(r sheet.Row, platform string) string {
	for _, c := range x.header.Columns {
		if c.AccountsOn != "" && c.AccountsOn == platform {
			return c.Account(r)
		}
	}
	return ""
}

// followersColumn is the column that has the followers of a row: of several that each name a platform that of its own.
func (x *rowReader) followersColumn(platform string) column.Column {
	if c, ok := x.followers[platform]; ok {
		return c
	}
	if c, ok := x.followers[""]; ok {
		return c
	}
	return column.Column{Index: -1}
}

// followersColumns are the columns of followers by the platform that their header names; "" is that of one which names none.
func (x *rowReader) followersColumns() map[string]column.Column {
	columns := map[string]column.Column{}
	used, ok := x.columns[column.Followers]
	if !ok {
		return columns
	}
	for _, index := range append([]int{used.Index}, used.Unused...) {
		c, _ := x.header.At(index)
		platform, named := column.PlatformOf(c.Header)
		if !named {
			platform = ""
		}
		if _, taken := columns[platform]; !taken {
			columns[platform] = c
		}
	}
	return columns
}
