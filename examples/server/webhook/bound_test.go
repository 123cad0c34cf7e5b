package webhook_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
	"github.com/getklar/influencercrm/examples/server/webhook"
)

// A workspace has no more webhooks than it may, whatever comes at once.
func TestMaxWebhooks(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		s := newShop(t, dsn)
		var made, refused atomic.Int64
		var all sync.WaitGroup
		start := make(chan struct{})
		for range 4 * webhook.MaxWebhooks {
			all.Go(func() {
				<-start
				switch _, err := s.hooks.Create(t.Context(), s.ws, webhook.Draft{URL: "https://10.0.0.1/"}); {
				case err == nil:
					made.Add(1)
				case errors.Is(err, crm.ErrAlreadyExists):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		close(start)
		all.Wait()
		list, err := s.hooks.List(t.Context(), s.ws)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "made, refused and listed", []int64{webhook.MaxWebhooks, 3 * webhook.MaxWebhooks, webhook.MaxWebhooks},
			[]int64{made.Load(), refused.Load(), int64(len(list))})
	})
}
