package api_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/examples/server/api"
	"github.com/getklar/influencercrm/examples/server/indexes"
	"github.com/getklar/influencercrm/storage/memory"
)

// BenchmarkPostOrders posts 1,000 orders to a workspace of 10,000 cooperations, in turns with DecideAll alone. x/bare is how
// many times as long the request takes, with reading the orders, diagnoses and writing the answer.
func BenchmarkPostOrders(b *testing.B) {
	store := memory.New(nil)
	service, admin := crm.New(store, nil), crm.NewAdmin(store, nil)
	ws, all := manyDeals(b, service, admin, 10_000, 1_000)
	body, err := json.Marshal(all)
	if err != nil {
		b.Fatal(err)
	}
	a, err := api.New(service, admin, api.Options{})
	if err != nil {
		b.Fatal(err)
	}
	x, err := indexes.New(nil).Get(b.Context(), service, ws)
	if err != nil {
		b.Fatal(err)
	}
	for _, test := range []struct{ name, params, accept string }{
		{"whole", "", ""}, {"short", "?detail=short", ""}, {"lines", "", "application/x-ndjson"}, {"totals", "?totals=campaign", ""},
	} {
		b.Run(test.name, func(b *testing.B) {
			var bare, posted time.Duration
			for b.Loop() {
				began := time.Now()
				for _, err := range x.DecideAll(b.Context(), each(all)) {
					if err != nil {
						b.Fatal(err)
					}
				}
				bare += time.Since(began)
				r := httptest.NewRequestWithContext(b.Context(), http.MethodPost,
					"/v1/workspaces/"+ws.String()+"/attribution/orders"+test.params, strings.NewReader(string(body)))
				r.Header.Set("Accept", test.accept)
				w := &discarding{header: http.Header{}, status: http.StatusOK}
				began = time.Now()
				a.ServeHTTP(w, r)
				if posted += time.Since(began); w.status != http.StatusOK {
					b.Fatal(w.status)
				}
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(posted.Microseconds())/float64(b.N*len(all)), "µs/order")
			b.ReportMetric(float64(posted)/float64(bare), "x/bare")
		})
	}
}

// discarding is an answer that nobody reads.
type discarding struct {
	header http.Header
	status int
}

func (d *discarding) Header() http.Header         { return d.header }
func (d *discarding) WriteHeader(status int)      { d.status = status }
func (d *discarding) Write(p []byte) (int, error) { return io.Discard.Write(p) }

func each(all []attribution.Order) func(func(attribution.Order, error) bool) {
	return func(yield func(attribution.Order, error) bool) {
		for _, o := range all {
			if !yield(o, nil) {
				return
			}
		}
	}
}

// manyDeals makes signed cooperations of one code each, and orders of which three in ten have one of the codes.
func manyDeals(b *testing.B, service *crm.Service, admin *crm.Admin, cooperations, orders int) (crm.WorkspaceID, []attribution.Order) {
	b.Helper()
	shop, err := admin.CreateWorkspace(b.Context(), crm.Workspace{Name: "Shop", Currency: "EUR", TimeZone: "Europe/Berlin"})
	if err != nil {
		b.Fatal(err)
	}
	campaign, err := service.CreateCampaign(b.Context(), shop.ID, crm.Campaign{Name: "Summer"})
	if err != nil {
		b.Fatal(err)
	}
	year := budget.Period{Start: budget.MustParseDate("2026-01-01"), End: budget.MustParseDate("2026-12-31")}
	for n := range cooperations {
		i, err := service.CreateInfluencer(b.Context(), shop.ID, crm.Influencer{Name: fmt.Sprint("Influencer ", n)})
		if err != nil {
			b.Fatal(err)
		}
		_, err = service.CreateCooperation(b.Context(), shop.ID, crm.Cooperation{
			Campaign: campaign.ID, Influencer: i.ID, Status: crm.Signed, Period: year, Cost: budget.FromMinor(10_000, "EUR"),
			Rules: []discount.Rule{{Match: discount.Equals, Pattern: fmt.Sprintf("CODE%dX", n)}},
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	all := make([]attribution.Order, orders)
	for n := range all {
		code := fmt.Sprintf("OTHER%d", n)
		if n%10 < 3 {
			code = fmt.Sprintf("code%dx", n*cooperations/orders)
		}
		all[n] = attribution.Order{
			ID: fmt.Sprint(n), At: time.Date(2026, 6, 10, 12, n%60, 0, 0, time.UTC), Codes: []string{code}, Amount: budget.FromMinor(4_999, "EUR"),
		}
	}
	return shop.ID, all
}
