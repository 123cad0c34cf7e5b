package server_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/database"
	"github.com/getklar/influencercrm/examples/server/demo"
	"github.com/getklar/influencercrm/examples/server/server"
)

// BenchmarkPages asks for pages and, in turns, for the same data by the API. x/api is how many times as long a page takes as
// the calls together, KiB its length.
func BenchmarkPages(b *testing.B) {
	size, err := strconv.Atoi(os.Getenv("CRM_BENCH_MAX"))
	if err != nil || size > 10_000 {
		size = 10_000
	}
	log := slog.New(slog.DiscardHandler)
	db, err := database.Open(b.Context(), filepath.Join(b.TempDir(), "crm.db"), log)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	ws := demo.Workspace
	_, err = demo.Fill(b.Context(), db.Store, demo.Options{Seed: 1, Cooperations: size, Today: budget.MustParseDate("2026-06-15")})
	if err != nil {
		b.Fatal(err)
	}
	o := &crm.Options{Now: func() time.Time { return time.Date(2026, 6, 15, 10, 0, 0, 0, time.UTC) }}
	service := crm.New(db.Store, o)
	handler, err := server.Handler(service, server.Options{Admin: crm.NewAdmin(db.Store, o), State: db.State, Logger: log})
	if err != nil {
		b.Fatal(err)
	}
	get := func(path string) int {
		r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "http://127.0.0.1"+path, http.NoBody)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatalf("%s: %d %s", path, w.Code, w.Body)
		}
		return w.Body.Len()
	}
	cooperations, err := service.Cooperations(b.Context(), ws, crm.CooperationFilter{}, crm.ListOptions{Size: 1})
	if err != nil {
		b.Fatal(err)
	}
	deal := cooperations.Items[0]
	campaign, influencer := deal.Campaign.String(), deal.Influencer.String()
	for _, test := range []struct {
		page string
		api  string // paths with blanks between
	}{
		{"planning", "summary"},
		{"campaigns", "campaigns?size=50 summary"},
		{"campaigns/" + campaign, "campaigns/" + campaign + " summary?campaigns=" + campaign +
			" cooperations?size=50&with_names=true&cancelled=not&statuses=draft&campaigns=" + campaign +
			" cooperations?size=50&with_names=true&cancelled=not&statuses=negotiating&campaigns=" + campaign +
			" cooperations?size=50&with_names=true&cancelled=not&statuses=signed&campaigns=" + campaign +
			" cooperations/totals?campaigns=" + campaign},
		{"campaigns/" + campaign + "/table", "campaigns/" + campaign + " summary?campaigns=" + campaign +
			" cooperations/totals?campaigns=" + campaign +
			" cooperations?size=50&with_names=true&sort=start&campaigns=" + campaign},
		{"cooperations", "cooperations?size=50&with_names=true&sort=start cooperations/totals campaigns?size=100 members"},
		{"cooperations?status=signed&text=sommer", "cooperations?size=50&with_names=true&sort=start&statuses=signed&text=sommer " +
			"cooperations/totals?statuses=signed&text=sommer campaigns?size=100 members"},
		{"cooperations/" + deal.ID.String(),
			"cooperations/" + deal.ID.String() + " campaigns?size=100 influencers?size=100 influencers/" + influencer +
				" members summary?campaigns=" + campaign + " changes?newest=true&limit=20&kind=cooperation&id=" + deal.ID.String()},
		{"influencers", "influencers?size=50 influencers/facets members"},
		{"influencers/" + influencer,
			"influencers/" + influencer + " cooperations?size=50&with_names=true&influencers=" +
				influencer + " members" +
				" changes?newest=true&limit=20&kind=influencer&id=" + influencer},
		{"members", "members"},
		{"history", "changes?newest=true&limit=100"},
		{"conflicts", "conflicts?size=50"},
		{"alerts", "alerts"},
	} {
		b.Run(strings.NewReplacer(campaign, "ID", deal.ID.String(), "ID", influencer, "ID").Replace(test.page), func(b *testing.B) {
			var page, calls time.Duration
			length := 0
			for b.Loop() {
				began := time.Now()
				length = get("/w/" + ws.String() + "/" + test.page)
				page += time.Since(began)
				began = time.Now()
				for path := range strings.SplitSeq(test.api, " ") {
					get("/v1/workspaces/" + ws.String() + "/" + path)
				}
				calls += time.Since(began)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(page.Microseconds())/float64(b.N)/1000, "ms/page")
			b.ReportMetric(float64(page)/float64(calls), "x/api")
			b.ReportMetric(float64(length)/1024, "KiB")
		})
	}
}
