package api

import (
	"net/http"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
)

const (
	ownHeaders = "Aktion,Wer,Kanal,Stand,Zuständig,Tag,Wieviel\n"
	ownRows    = ownHeaders + "Sale,Ida,Main,Runde 2,Mi,2026-06-01,100\n,Mats,Main,Runde 2,Mi,2026-06-02,200\n"
	// The same sheet later: another order of columns, another cost, and one row more.
	ownRowsLater = "Wer,Aktion,Kanal,Stand,Zuständig,Tag,Wieviel\nIda,Sale,Main,Runde 2,Mi,2026-06-01,150\nMats,,Main,Runde 2,Mi,2026-06-02,200\n" +
		"Lea,,Main,Runde 2,Mi,2026-06-03,300\n"
	ownChoices = `{"mapping": [{"header": "Aktion", "field": "campaign"}, {"header": "Wer", "field": "influencer"},
		{"header": "Kanal", "field": "platform"}, {"header": "Stand", "field": "status"}, {"header": "Zuständig", "field": "responsible"},
		{"header": "Tag", "field": "start"}, {"header": "Wieviel", "field": "cost"}],
		"values": [{"field": "platform", "value": "Main", "meaning": "instagram"}, {"field": "status", "value": "Runde 2", "meaning": "negotiating"},
		{"field": "responsible", "value": "Mi", "meaning": "Mira Schulz"}], "fill_down": true}`
)

// meaning is what a word of a sheet is taken for.
func meaning(plan imports.Plan, field column.Field) string {
	for _, v := range plan.Values {
		if v.Field == field {
			return v.Meaning
		}
	}
	return ""
}

// What was said of a sheet when it was imported holds for the next one with its headers, on another process too, until
// somebody says something else or forgets it.
func TestKeptChoices(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, dsn string) {
		p := newProcess(t, dsn, setup{})
		p.upload(part{"file", "team.csv", ownRows}).is(http.StatusUnprocessableEntity)
		first := read[imports.Plan](p.upload(part{"options", "", ownChoices}, part{"file", "team.csv", ownRows}), http.StatusCreated)
		if first.Kept != nil || first.Counts[sheetimport.Created] != 2 {
			t.Fatalf("kept %+v, counts %v", first.Kept, first.Counts)
		}
		if p.upload(part{"file", "team.csv", ownRows}).status != http.StatusUnprocessableEntity {
			t.Error("the choices of a plan that nobody has applied are kept")
		}
		read[imports.Job](p.post(apply(first, "&wait=true")), http.StatusOK)

		other := newProcess(t, dsn, setup{})
		later := func(options string) imports.Plan {
			return read[imports.Plan](other.upload(part{"options", "", options}, part{"file", "team.csv", ownRowsLater}), http.StatusCreated)
		}
		plan := later("{}")
		if plan.Kept == nil || plan.Kept.At.IsZero() || plan.Kept.WithoutNames {
			t.Errorf("kept %+v", plan.Kept)
		}
		if plan.Counts[sheetimport.Updated] != 1 || plan.Counts[sheetimport.Unchanged] != 1 || plan.Counts[sheetimport.Created] != 1 || plan.New.Campaigns+plan.New.Members > 0 {
			t.Errorf("counts %v, new %+v", plan.Counts, plan.New)
		}
		if said := later(`{"values": [{"field": "status", "value": "runde 2", "meaning": "draft"}]}`); meaning(said, column.Status) != "draft" || meaning(said, column.Platform) != "instagram" || said.Kept == nil {
			t.Errorf("with a meaning of its own: %+v, kept %+v", said.Values, said.Kept)
		}
		other.upload(part{"options", "", `{"ignore_kept": true}`}, part{"file", "team.csv", ownRowsLater}).is(http.StatusUnprocessableEntity)
		read[imports.Job](other.post(apply(plan, "&wait=true&reimport=true")), http.StatusOK)

		// Who is erased is no word any more, whoever it is.
		people := read[crm.Page[crm.Member]](p.get("/members"), http.StatusOK)
		p.call(http.MethodPost, "/members/"+people.Items[0].ID.String()+"/erase", http.Header{"If-Match": {`"1"`}}, nil).is(http.StatusOK)
		plan = later("{}")
		if plan.Kept == nil || !plan.Kept.WithoutNames || meaning(plan, column.Responsible) != "Mi" || meaning(plan, column.Status) != "negotiating" {
			t.Errorf("after an erasure: kept %+v, words %+v", plan.Kept, plan.Values)
		}
		p.call(http.MethodDelete, "/imports/choices/"+plan.HeaderKey, nil, nil).is(http.StatusNoContent)
		p.call(http.MethodDelete, "/imports/choices/"+plan.HeaderKey, nil, nil).is(http.StatusNotFound)
		other.upload(part{"file", "team.csv", ownRowsLater}).is(http.StatusUnprocessableEntity)
	})
}
