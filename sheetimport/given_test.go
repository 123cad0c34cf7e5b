package sheetimport_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget/render"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/duplicates"
	"github.com/getklar/influencercrm/crm/picture"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/export"
	"github.com/getklar/influencercrm/sheetimport/report"
	"github.com/getklar/influencercrm/sheetimport/sheetfile"
	"github.com/getklar/influencercrm/sheetimport/xlsxfile"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/soundness"
)

// A call that is given nil for what it cannot do without says at once which call it is, and what it needs.
func TestNilIsAMistakeOfTheProgram(t *testing.T) {
	t.Parallel()
	ctx, service, all := context.Background(), crm.New(memory.New(nil), nil), crm.CooperationFilter{}
	importer := sheetimport.New(service, nil)
	for call, with := range map[string]func(){
		"sheetimport: New":  func() { sheetimport.New(nil, nil) },
		"sheetimport: Plan": func() { _, _ = importer.Plan(ctx, crm.WorkspaceID{}, nil) },
		"sheetimport: Pull": func() { _, _ = importer.Pull(ctx, crm.WorkspaceID{}, nil, nil) },
		"csvfile: New":      func() { csvfile.New("", nil, nil) },
		"xlsxfile: New":     func() { xlsxfile.New("", nil, nil) },
		"sheetfile: New":    func() { sheetfile.New("", nil, nil) },
		"export: CSV":       func() { _, _ = export.CSV(ctx, service, crm.WorkspaceID{}, all, nil, nil) },
		"export: XLSX":      func() { _, _ = export.XLSX(ctx, nil, crm.WorkspaceID{}, all, io.Discard) },
		"report: WriteCSV":  func() { _ = report.WriteCSV(io.Discard, nil, language.German) },
		"report: WriteText": func() { _ = report.WriteText(io.Discard, nil, nil) },
		"render: Text":      func() { _ = render.Text(io.Discard, nil, nil) },
		"render: CSV":       func() { _ = render.CSV(io.Discard, nil) },
		"duplicates: Find":  func() { _, _ = duplicates.Find(ctx, nil, duplicates.Options{}) },
		"picture: Read":     func() { _, _ = picture.Read(nil) },
		"soundness: Check":  func() { _ = soundness.Check(ctx, nil) },
	} {
		func() {
			defer func() {
				if said, _ := recover().(string); !strings.HasPrefix(said, call+" needs ") {
					t.Errorf("%s: panicked with %q", call, said)
				}
			}()
			with()
		}()
	}
}
