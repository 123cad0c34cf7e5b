package tables

import (
	"encoding/json"
	"strings"
	"time"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

type importRunRow struct {
	rowKey
	Units    string `db:"units"`
	Source   string `db:"source"`
	At       int64  `db:"at"`
	Actor    string `db:"actor"`
	Counts   string `db:"counts"`
	Plan     string `db:"plan"`
	UndoneAt int64  `db:"undone_at"`
	Undos    string `db:"undos"`
}

func importRunTable(s *Schema) *Table[crm.ImportRun, importRunRow, crm.ImportRunFilter] {
	t := &Table[crm.ImportRun, importRunRow, crm.ImportRunFilter]{
		name:     s.table("import_runs"),
		idColumn: "id",
		encode:   encodeImportRun,
		decode:   decodeImportRun,
		where: func(_ string, f crm.ImportRunFilter) sq.And {
			var c conditions
			c.equal("source", f.Source)
			if f.Standing {
				c.add("undone_at = ?", micros(time.Time{}))
			}
			return c.all
		},
	}
	t.define(s, crm.KindImportRun)
	t.brief = strings.Replace(t.selected, ", plan,", ", '' AS plan,", 1)
	return t
}

func encodeImportRun(ws string, r crm.ImportRun) (importRunRow, error) {
	e := encoder{ref: r.Ref()}
	row := importRunRow{
		rowKey:   keyOf(ws, r),
		Units:    e.json("units", r.Units),
		Source:   r.Source,
		At:       micros(r.At),
		Actor:    r.Actor,
		Counts:   e.json("counts", r.Counts),
		Plan:     string(r.Plan),
		UndoneAt: micros(r.UndoneAt),
		Undos:    e.json("undos", r.Undos),
	}
	return row, e.err
}

func decodeImportRun(row *importRunRow) (crm.ImportRun, error) {
	var d decoder
	r := crm.ImportRun{
		ID:       decodeID[crm.ImportRun](&d, "id", row.ID),
		Version:  row.Version,
		Source:   row.Source,
		At:       timeOf(row.At),
		Actor:    row.Actor,
		UndoneAt: timeOf(row.UndoneAt),
	}
	if row.Plan != "" {
		r.Plan = json.RawMessage(row.Plan)
	}
	d.json("units", row.Units, &r.Units)
	d.json("undos", row.Undos, &r.Undos)
	d.json("counts", row.Counts, &r.Counts)
	if r.Units == nil {
		r.Units = []uuid.UUID{}
	}
	if r.Undos == nil {
		r.Undos = []uuid.UUID{}
	}
	if r.Counts == nil {
		r.Counts = map[string]int{}
	}
	return r, d.err
}
