package sqlstore

import (
	"database/sql"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
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
}

func influencerTable(s *schema) *table[crm.Influencer, influencerRow, crm.InfluencerFilter] {
	t := &table[crm.Influencer, influencerRow, crm.InfluencerFilter]{
		name:     s.table("influencers"),
		idColumn: "id",
		sorts:    map[crm.Sort]string{crm.SortName: "name_key"},
		encode:   encodeInfluencer,
		decode:   decodeInfluencer,
	}
	t.where = func(ws string, f crm.InfluencerFilter) sq.And {
		c := conditions{dialect: s.dialect}
		c.archive(f.Archive)
		c.equal("name_key", f.Name)
		c.equal("category_key", f.Category)
		if !f.Responsible.IsZero() {
			c.add("responsible_id = ?", idText(f.Responsible))
		}
		if f.Tag != "" {
			c.has(s.tags.name, ws, "tag_key = ? AND influencer_id = "+t.name+".id", f.Tag)
		}
		switch {
		case f.Handle != "" || f.Link != "":
			c.listed(s.profiles.name, ws, func(c *conditions) {
				c.equal("platform", f.Platform)
				c.equal("handle_key", f.Handle)
				c.filled("handle_key", f.Handle)
				c.equal("link_key", linkKey(f.Link))
			})
		case f.Platform != "":
			c.has(s.profiles.name, ws, "influencer_id = "+t.name+".id AND platform = ?", f.Platform)
		}
		c.text(f.Text)
		return c.all
	}
	t.define(s)
	return t
}

func encodeInfluencer(ws string, i crm.Influencer) (influencerRow, error) {
	e := encoder{ref: i.Ref()}
	row := influencerRow{
		rowKey:      keyOf(ws, i),
		Name:        i.Name,
		NameKey:     crm.Fold(i.Name),
		Phone:       i.Phone,
		PhoneE164:   i.PhoneE164,
		Email:       i.Email,
		Category:    i.Category,
		CategoryKey: crm.Fold(i.Category),
		Responsible: refText(i.Responsible),
		Tags:        e.json("tags", i.Tags),
		Picture:     i.Picture.String(),
		Profiles:    e.json("profiles", i.Profiles),
		Notes:       i.Notes,
		Custom:      e.json("custom", i.Custom),
		ArchivedOn:  e.date("archived_on", i.ArchivedOn),
		Search:      i.SearchText(),
	}
	return row, e.err
}

func decodeInfluencer(row influencerRow) (crm.Influencer, error) {
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
		Notes:       row.Notes,
		ArchivedOn:  d.date("archived_on", row.ArchivedOn),
	}
	d.json("tags", row.Tags, &i.Tags)
	d.json("profiles", row.Profiles, &i.Profiles)
	d.json("custom", row.Custom, &i.Custom)
	return i, d.err
}
