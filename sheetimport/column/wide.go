package column

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// WideAccounts is the header of a sheet that has a column of accounts for each platform, and no column for the platform.
type WideAccounts struct {
	Header
	Platforms []PlatformColumn
}

// PlatformColumn is a column of accounts on one platform.
type PlatformColumn struct {
	Index    int
	Header   string
	Platform string // as account.ParsePlatform stores it
}

// FindWideAccounts finds such a header among the first rows. ok is false if no row names the influencers and a platform.
func FindWideAccounts(s *sheet.Table, m Mapping) (w WideAccounts, ok bool) {
	for _, row := range s.Rows {
		if row.Number > HeaderRows {
			break
		}
		columns, _ := readColumns(row, m)
		if hasField(columns, Platform) || !namesInfluencers(columns) || holdsValues(row, s.Below(row.Number)) {
			continue
		}
		var found []PlatformColumn
		for _, c := range columns {
			if c.Field != Custom || c.Confidence == Given || !isPlatformHeader(c.Header) {
				continue
			}
			if p, known := PlatformOf(c.Header); known {
				found = append(found, PlatformColumn{c.Index, c.Header, p})
			}
		}
		if len(found) > len(w.Platforms) {
			data := s.Below(row.Number)
			w = WideAccounts{Header{Row: row.Number, Columns: columns, width: width(len(row.Cells), data)}, found}
			w.settleDuplicates(data, "")
		}
	}
	return w, len(w.Platforms) > 0
}

// FindLinkedAccounts finds the header of a sheet without a column for the platform, in which links to profiles say on
// which one each row is. ok is false if there is none, or if less than half of the links lead to a known platform.
func FindLinkedAccounts(s *sheet.Table, m Mapping) (h Header, links Column, ok bool) {
	for _, row := range s.Rows {
		if row.Number > HeaderRows {
			break
		}
		columns, _ := readColumns(row, m)
		if hasField(columns, Platform) || !hasField(columns, ProfileLink) || holdsValues(row, s.Below(row.Number)) {
			continue
		}
		data := s.Below(row.Number)
		h = Header{Row: row.Number, Columns: columns, width: width(len(row.Cells), data)}
		h.settleDuplicates(data, "")
		links, _ = h.Column(ProfileLink)
		seen, known := tally(data, links.Index, isNothing, func(shown sheet.Cell, _ string) bool {
			return PlatformOfLink(texts.Trim(ProfileLink.Text(shown))) != ""
		})
		if known > 0 && 2*known >= seen {
			return h, links, true
		}
	}
	return Header{}, Column{}, false
}

// PlatformOfLink is the platform to whose profiles a link leads, or "".
func PlatformOfLink(link string) string {
	if !strings.Contains(link, "://") {
		link = "https://" + link
	}
	to, err := account.ParseLink(link)
	if err != nil {
		return ""
	}
	return to.Platform
}

func namesInfluencers(columns []Column) bool {
	return hasField(columns, Influencer) || hasField(columns, Handle) || hasField(columns, FirstName) && hasField(columns, LastName)
}

// PlatformOf returns the platform that a header begins with: "IG handle", "Tik Tok", "X / Twitter".
func PlatformOf(header string) (platform string, known bool) {
	words := strings.Fields(NormalizeHeader(header))
	if len(words) > 1 {
		if platform, known = account.ParsePlatform(words[0] + " " + words[1]); known {
			return platform, true
		}
	}
	if len(words) == 0 {
		return "", false
	}
	return account.ParsePlatform(words[0])
}

// HasDeals reports whether a column says something about cooperations, and not only who somebody is.
func (h Header) HasDeals() bool {
	return slices.ContainsFunc(h.Columns, func(c Column) bool {
		switch c.Field {
		case Campaign, CampaignBudget, RevenueTarget, CampaignStart, CampaignEnd, Status, Start, End, Cost, TrackingLink, Code, CancelledOn:
			return true
		}
		return c.Field.IsUTM()
	})
}
