package assistant

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/refusal"
	"github.com/getklar/influencercrm/sheetimport"
)

// maxCSV is the size of a CSV text, in bytes.
const maxCSV = 1 << 20

// planned is what an import would do.
type planned struct {
	Digest   string                      `json:"digest"`
	Counts   map[sheetimport.Verdict]int `json:"counts"` // of all rows
	Columns  []plannedColumn             `json:"columns"`
	New      sheetimport.NewRecords      `json:"new"`
	Filled   sheetimport.FilledRecords   `json:"filled"`
	Notes    []string                    `json:"notes,omitzero"`
	Rows     []plannedRow                `json:"rows"` // those with a problem or a notice
	MoreRows int                         `json:"more_rows,omitzero"`
	Imported *sheetimport.EarlierImport  `json:"imported,omitzero"` // with one, this would be a second import
	Kept     *imports.Kept               `json:"kept,omitzero"`     // with it, columns and words are read as in an earlier import
}

type plannedColumn struct {
	Column string `json:"column"`
	Header string `json:"header"`
	Field  string `json:"field"`
}

type plannedRow struct {
	Row        int                 `json:"row"`
	Verdict    sheetimport.Verdict `json:"verdict"`
	Influencer string              `json:"influencer,omitzero"`
	Problems   []string            `json:"problems,omitzero"`
	Notices    []string            `json:"notices,omitzero"`
}

func planImport() (tool, error) {
	type asked struct {
		place
		CSV      string            `json:"csv" jsonschema:"The sheet as CSV, with its headers: at most 1 MiB."`
		Name     string            `json:"name,omitzero" jsonschema:"The name of the file."`
		Dates    imports.DateOrder `json:"dates,omitzero" jsonschema:"Which number of 03/04/26 comes first, where the sheet itself does not tell."`
		Decimals imports.Decimals  `json:"decimals,omitzero" jsonschema:"What stands before decimals, where the sheet itself does not tell."`
		Status   crm.Status        `json:"status,omitzero" jsonschema:"The status of rows that say none; signed if left out."`
		Ignore   bool              `json:"ignore_kept,omitzero" jsonschema:"True reads columns and words without what was said of a sheet with the same headers when it was imported."`
		Limit    int               `json:"limit,omitzero" jsonschema:"How many rows with problems or notices are listed: 1 to 100, else 20."`
	}
	t, err := reading("plan_import", "Plan an import",
		"Says what importing a sheet of cooperations would do, row by row, and what is wrong with rows that cannot be read. "+
			"Nothing is imported: a person does that with the same file.",
		func(c *call[asked]) (answer, error) {
			limit, err := limited(c.args.Limit)
			if err != nil {
				return answer{}, err
			}
			if n := len(c.args.CSV); n == 0 || n > maxCSV {
				return answer{}, refusal.Invalid("csv", fmt.Sprintf("%d bytes", n),
					sentence.Of("must be 1 to %d bytes of CSV; import a larger file as a file", maxCSV))
			}
			choices := imports.Choices{Dates: c.args.Dates, Decimals: c.args.Decimals, Status: c.args.Status, IgnoreKept: c.args.Ignore}
			plan, kept, err := c.options.Imports.Look(c.ctx, c.ws, cmp.Or(c.args.Name, "sheet.csv"), c.args.CSV, choices)
			if wrong, ok := errors.AsType[*crm.Error](err); ok && wrong.Field == "file" {
				wrong.Field = "csv"
			}
			if err != nil {
				return answer{}, err
			}
			shown, said := plannedOf(plan, limit), verdicts(plan)
			if shown.Kept = kept; kept != nil {
				said += " Columns and words are read as in the import of " + kept.At.Format(time.DateOnly) + " of a sheet with the same headers."
			}
			return answer{said, shown}, nil
		})
	t.timeout = time.Minute
	return t, err
}

// verdicts are the counts of a plan in words.
func verdicts(p *sheetimport.Plan) string {
	var said []string
	rows := 0
	for _, v := range sheetimport.Verdicts() {
		if n := p.Counts[v]; n > 0 {
			said = append(said, fmt.Sprintf("%d %s", n, v))
			rows += n
		}
	}
	return fmt.Sprintf("Of %s: %s. Nothing was imported.", counted(rows, "row"), strings.Join(said, ", "))
}

func plannedOf(p *sheetimport.Plan, limit int) planned {
	shown := planned{
		Digest: p.Digest, Counts: p.Counts, New: p.New, Filled: p.Filled, Imported: p.Imported,
		Columns: []plannedColumn{}, Rows: []plannedRow{},
	}
	for _, c := range p.Columns[:min(len(p.Columns), maxListed)] {
		shown.Columns = append(shown.Columns, plannedColumn{c.Column, c.Header, string(c.Field)})
	}
	for _, n := range p.Notes[:min(len(p.Notes), maxListed)] {
		shown.Notes = append(shown.Notes, n.Text.String())
	}
	for _, r := range p.Rows {
		switch {
		case len(r.Problems)+len(r.Notices) == 0:
		case len(shown.Rows) == limit:
			shown.MoreRows++
		default:
			shown.Rows = append(shown.Rows, plannedRow{r.Row, r.Verdict, r.Influencer, remarks(r.Problems), remarks(r.Notices)})
		}
	}
	return shown
}

// remarks are the first remarks of a row, in words.
func remarks(all []sheetimport.Remark) (said []string) {
	for _, r := range all[:min(len(all), maxConflicts)] {
		text := r.Message.String()
		if r.Header != "" {
			text = r.Header + ": " + text
		}
		said = append(said, text)
	}
	return said
}
