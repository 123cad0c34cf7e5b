package tables

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
)

type influencerRow struct {
	rowKey
	Name        string         `db:"name"`
	NameKey     string         `db:"name_key,derived"`
	Phone       string         `db:"phone"`
	PhoneE164   string         `db:"phone_e164"`
	Email       string         `db:"email"`
	Category    string         `db:"category"`
	CategoryKey string         `db:"category_key,derived"`
	Responsible sql.NullString `db:"responsible_id"`
	Tags        string         `db:"tags"`
	Picture     string         `db:"picture_id"`
	Profiles    string         `db:"profiles"`
	Notes       string         `db:"notes"`
	Custom      string         `db:"custom"`
	ArchivedOn  string         `db:"archived_on"`
	Search      string         `db:"search,derived"`
	EmailKey    string         `db:"email_key,derived"`
	WordsKey    string         `db:"words_key,derived"`
	SpelledKey  string         `db:"spelled_key,derived"`
	rowTimes
}

func influencerTable(s *Schema) *Table[crm.Influencer, influencerRow, crm.InfluencerFilter] {
	t := &Table[crm.Influencer, influencerRow, crm.InfluencerFilter]{
		name:     s.table("influencers"),
		idColumn: "id",
		sorts:    map[crm.Sort][]string{crm.SortName: {"name_key"}, crm.SortChanged: {"changed_at"}},
		encode:   encodeInfluencer,
		decode:   decodeInfluencer,
	}
	t.names = []nameColumn{{"responsible_id", s.table("members")}}
	t.addNames = func(to *crm.PageNames, i crm.Influencer, names []sql.NullString) {
		if !i.Responsible.IsZero() {
			to.Members[i.Responsible] = names[0].String
		}
	}
	t.Derived, t.derive = []Derived{s.profiles, s.tags}, deriveInfluencer
	t.where = func(ws string, f crm.InfluencerFilter) sq.And {
		c := conditions{contains: s.dialect.Contains}
		c.archive(f.Archive)
		c.equal("name_key", f.Name)
		c.anyOfFew("category_key", f.Categories)
		c.responsible(idTexts(f.Responsibles), f.Unassigned)
		if len(f.Tags) > 0 {
			in, args := isAnyOf("tag_key", f.Tags)
			c.has(s.tags.name, ws, in+" AND influencer_id = "+t.name+".id", args...)
		}
		switch {
		case f.Handle != "" || f.Link != "":
			has := c.listed
			if len(f.Platforms) == 1 && f.Handle != "" {
				has = c.single
			}
			has(s.profiles.name, ws, func(c *conditions) {
				c.anyOf("platform", f.Platforms)
				c.equal("handle_key", f.Handle)
				c.filled("handle_key", f.Handle)
				c.anyOf("link_key", linkKeys(f.Link))
			})
		case len(f.Platforms) > 0:
			in, args := isAnyOf("platform", f.Platforms)
			c.has(s.profiles.name, ws, "influencer_id = "+t.name+".id AND "+in, args...)
		}
		c.text(f.Text)
		return c.all
	}
	t.define(s, crm.KindInfluencer)
	return t
}

func encodeInfluencer(ws string, i crm.Influencer) (influencerRow, error) {
	e := encoder{ref: i.Ref()}
	email, words, spelled := ownIdentity(i)
	row := influencerRow{
		rowKey:      keyOf(ws, i),
		Name:        i.Name,
		NameKey:     crm.Fold(i.Name),
		Phone:       i.Phone,
		PhoneE164:   i.PhoneE164,
		Email:       i.Email,
		Category:    i.Category,
		CategoryKey: crm.Fold(i.Category),
		Responsible: RefText(i.Responsible),
		Tags:        e.tags(i.Tags),
		Picture:     i.Picture.String(),
		Profiles:    e.profiles(i.Profiles),
		Notes:       i.Notes,
		Custom:      e.texts(i.Custom),
		ArchivedOn:  e.date("archived_on", i.ArchivedOn),
		Search:      i.SearchText(),
		EmailKey:    email,
		WordsKey:    words,
		SpelledKey:  spelled,
		rowTimes:    rowTimesOf(i),
	}
	return row, e.err
}

func decodeInfluencer(row *influencerRow) (crm.Influencer, error) {
	var d decoder
	i := crm.Influencer{
		ID:          decodeID[crm.Influencer](&d, "id", row.ID),
		Version:     row.Version,
		Name:        row.Name,
		Phone:       row.Phone,
		PhoneE164:   row.PhoneE164,
		Email:       row.Email,
		Category:    row.Category,
		Responsible: decodeID[crm.Member](&d, "responsible_id", row.Responsible.String),
		Picture:     decodeID[crm.Picture](&d, "picture_id", row.Picture),
		Tags:        d.tags("tags", row.Tags),
		Profiles:    d.profiles("profiles", row.Profiles),
		Notes:       row.Notes,
		Custom:      d.texts("custom", row.Custom),
		ArchivedOn:  d.date("archived_on", row.ArchivedOn),
		Times:       row.times(),
	}
	return i, d.err
}

// The columns of the tables by which influencers are found. In a workspace a profile's id is unique where it has
// one, and so are platform and folded handle where a handle is set.
var (
	profileColumns = []string{"workspace_id", "influencer_id", "place", "profile_id", "platform", "handle_key", "link_key",
		"bare_handle_key", "page_key"}
	tagColumns = []string{"workspace_id", "tag_key", "influencer_id"}
)

func deriveInfluencer(ws string, r crm.Record) ([][][]any, error) {
	i := r.(crm.Influencer)
	id := IDText(i.ID)
	var profiles, tags [][]any
	for n, p := range i.Profiles {
		bare, page := profileIdentity(p)
		profiles = append(profiles, []any{
			ws, id, n, RefText(p.ID), p.Platform, crm.Fold(p.Handle), linkKey(account.LinkTarget(p.Link)), bare, page,
		})
	}
	seen := map[string]bool{}
	for _, tag := range i.Tags {
		if key := crm.Fold(tag); !seen[key] { // two spellings of one tag are one row
			seen[key] = true
			tags = append(tags, []any{ws, key, id})
		}
	}
	return [][][]any{profiles, tags}, nil
}

// linkKeys are what the profiles are found by whose links lead where this one does: the key of the target and, for rows that an
// earlier version of this package wrote, the key of the folded link.
func linkKeys(link string) []string {
	target, folded := account.LinkTarget(link), crm.Fold(link)
	switch target {
	case "":
		return nil
	case folded:
		return []string{linkKey(target)}
	}
	return []string{linkKey(target), linkKey(folded)}
}

// maxLinkKey is the length in bytes up to which a target of links is its own key. PostgreSQL indexes at most 2,700.
const maxLinkKey = 1_000

// linkKey is what a target of links is found by: of a very long one the beginning and a hash of the whole. A NUL, which may be
// %00 in the link, is a text that PostgreSQL does not take.
func linkKey(link string) string {
	link = strings.ReplaceAll(link, "\x00", "\uFFFD")
	if len(link) <= maxLinkKey {
		return link
	}
	sum := sha256.Sum256([]byte(link))
	end := " " + hex.EncodeToString(sum[:]) // no link has a blank
	cut := maxLinkKey - len(end)
	for !utf8.RuneStart(link[cut]) {
		cut--
	}
	return link[:cut] + end
}
