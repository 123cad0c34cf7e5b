package assistant_test

import (
	"context"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/examples/server/api"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// A sheet waits while as many are in memory as there may be, and the call that waits can be given up.
func TestSheetsAtOnce(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	o := s.options(api.Read)
	o.Imports = newImports(s, &imports.Options{AtOnce: 1})
	c := s.connect(o)
	free, err := o.Imports.Slots().Take(t.Context(), s.ws.ID)
	if err != nil {
		t.Fatal(err)
	}
	sheet := args{"workspace": s.ws.ID.String(), "csv": "Influencer,Platform,Posting date\nOla,instagram,2026-06-05\n"}
	ended := make(chan *mcp.CallToolResult, 1)
	go func() {
		done, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: "plan_import", Arguments: sheet})
		if err != nil {
			t.Error(err)
		}
		ended <- done
	}()
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if done, err := c.CallTool(gone, &mcp.CallToolParams{Name: "plan_import", Arguments: sheet}); err == nil {
		t.Errorf("a call that was given up: %+v", done)
	}
	select {
	case done := <-ended:
		t.Errorf("planned while another sheet is in memory: %+v", done)
	default:
	}
	free()
	if r := read(t, <-ended); r.refused {
		t.Errorf("refused: %s", r.text)
	}
	for range 3 { // each gives its slot back
		if r := s.ask(c, "plan_import", sheet); r.refused {
			t.Errorf("refused: %s", r.text)
		}
	}
}

// What a person has said of a sheet's columns when it was imported holds for the assistant's plan of the next one, unless it is
// to be left aside.
func TestKeptChoices(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	const csv = "Wer,Kanal,Tag,Wieviel\nOla,Main,2026-06-05,100\n"
	upload := imports.Upload{
		Choices: imports.Choices{
			Mapping: column.Mapping{
				{Header: "Wer", Field: column.Influencer}, {Header: "Kanal", Field: column.Platform}, {Header: "Tag", Field: column.Start},
				{Header: "Wieviel", Field: column.Cost},
			},
			Values: column.ValueMapping{{Field: column.Platform, Value: "Main", Meaning: "instagram"}},
		},
		Sheet: &imports.File{Name: "own.csv", Size: int64(len(csv)), Content: strings.NewReader(csv)},
	}
	plan := must(s.sheets.Plan(t.Context(), s.ws.ID, upload, language.English))(t)
	job := must(s.sheets.Apply(t.Context(), s.ws.ID, plan.ID, imports.ApplyOptions{Digest: plan.Digest}))(t)
	if job = must(s.sheets.End(t.Context(), s.ws.ID, job))(t); job.State != imports.Applied {
		t.Fatalf("the import ended as %+v", job)
	}
	c := s.connect(s.options(api.Read))
	later := args{"workspace": s.ws.ID.String(), "csv": csv + "Lea,Main,2026-06-06,200\n"}
	if r := s.ask(c, "plan_import", later); r.refused || !strings.Contains(r.text, "1 created, 1 unchanged. Nothing was imported. Columns and words are read as in the import of ") {
		t.Errorf("planned: %s", r.text)
	}
	later["ignore_kept"] = true
	if r := s.ask(c, "plan_import", later); !r.refused || !strings.Contains(r.text, "csv") {
		t.Errorf("planned without what was said: %s", r.text)
	}
}
