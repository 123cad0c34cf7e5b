package report_test

import (
	"context"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/report"
	"github.com/getklar/influencercrm/storage/memory"
)

// shop is a workspace in memory into which sheets are imported.
type shop struct {
	t        *testing.T
	ws       crm.WorkspaceID
	service  *crm.Service
	importer *sheetimport.Importer
}

func memoryShop(t *testing.T) *shop {
	t.Helper()
	store := memory.New(nil)
	ws, err := crm.NewAdmin(store, nil).CreateWorkspace(t.Context(), crm.Workspace{Name: "Klar & Co", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	service := crm.New(store, nil)
	return &shop{t: t, ws: ws.ID, service: service, importer: sheetimport.New(service, &sheetimport.Options{Reimport: true})}
}

// plan plans a sheet in CSV.
func (s *shop) plan(csv string) *sheetimport.Plan {
	s.t.Helper()
	plan, err := s.importer.Plan(s.t.Context(), s.ws, csvfile.New("plan.csv", strings.NewReader(csv), nil))
	if err != nil {
		s.t.Fatal(err)
	}
	return plan
}

// bring plans a sheet and applies the plan.
func (s *shop) bring(csv string) *sheetimport.Plan {
	s.t.Helper()
	plan := s.plan(csv)
	if _, err := s.importer.Apply(s.t.Context(), plan); err != nil {
		s.t.Fatal(err)
	}
	return plan
}

// editAll changes cooperations as a person would.
func (s *shop) editAll(change func(*crm.Cooperation)) {
	s.t.Helper()
	var page crm.Page[crm.Cooperation]
	err := s.service.View(s.t.Context(), s.ws, func(ctx context.Context, r crm.Reader) (err error) {
		page, err = r.Cooperations().List(ctx, crm.CooperationFilter{}, crm.ListOptions{})
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, c := range page.Items {
		change(&c)
		if _, err := s.service.UpdateCooperation(s.t.Context(), s.ws, c, "by hand"); err != nil {
			s.t.Fatal(err)
		}
	}
}

// text is what a person reads of the plan of a sheet.
func (s *shop) text(csv string, o *report.TextOptions) string {
	s.t.Helper()
	var b strings.Builder
	if err := report.WriteText(&b, s.plan(csv), o); err != nil {
		s.t.Fatal(err)
	}
	return b.String()
}
