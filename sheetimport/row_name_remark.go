package sheetimport

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// followersInName is a number of followers behind a name: "Ana Ruiz (120k)", "Ben - 45K", "Cle (12.500 Follower)".
var followersInName = regexp.MustCompile(`^(?i)(?:[~>≈]\s?|ca\.?\s?)?(?:\d+(?:[.,]\d+)?\s?[km]\+?|\d[\d.,]*\s?[km]?\+?\s?(?:followers?|subs|subscribers?|abos|abonnenten|fans))(?:\s?followers?)?$`)

// emailInName is an e-mail address behind a name: "Ana Ruiz (ana@example.com)", as exports of a CRM have it.
var emailInName = regexp.MustCompile(`^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$`)

// cutNameRemark takes from behind a name what is no part of it: a number of followers, or the platform of the row. It
// differs from row to row, so that one person would be several.
func (x *rowReader) cutNameRemark(e *entry, r sheet.Row) {
	m := remarkAtEnd.FindStringSubmatch(e.influencer)
	if m == nil || e.known != nil {
		return
	}
	remark := texts.Trim(m[2] + m[3])
	if emailInName.MatchString(remark) && m[3] == "" {
		e.influencer = texts.Trim(m[1])
		if own, _ := cell.ParseOptionalText(x.text(r, column.Email)); own != "" && !strings.EqualFold(own, remark) {
			// The column counts, so the address behind the name must not be told as read.
			x.notice(e, r, column.Influencer, "remark_in_name", "%q behind the name is not read as a part of it; the name is %q",
				texts.Shorten(remark), texts.Shorten(e.influencer))
			return
		}
		e.email = remark
		x.notice(e, r, column.Influencer, "email_in_name", "the name holds the e-mail address %s; it is read as that", texts.Shorten(remark))
		return
	}
	if !followersInName.MatchString(remark) && !x.isPlatformOf(e, remark) || !strings.ContainsFunc(m[1], unicode.IsLetter) {
		return
	}
	e.influencer = texts.Trim(m[1])
	x.notice(e, r, column.Influencer, "remark_in_name", "%q behind the name is not read as a part of it; the name is %q",
		texts.Shorten(remark), texts.Shorten(e.influencer))
}

// isPlatformOf reports whether a remark names the platform of the row: "Lena (TikTok)".
func (x *rowReader) isPlatformOf(e *entry, remark string) bool {
	on, known, err := cell.ParsePlatform(remark)
	return err == nil && known && on == e.platform
}
