package webhook_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/getklar/influencercrm/examples/server/internal/testdb"
	"github.com/getklar/influencercrm/examples/server/webhook"
)

// underWay sends a round whose message of a number the receiver holds. It answers with a status after what happens meanwhile.
func (s *shop) underWay(r *receiver, number, status int, meanwhile func()) {
	s.Helper()
	came, end := make(chan struct{}), make(chan struct{})
	r.answers(func(n int) int {
		if n != number {
			return http.StatusOK
		}
		close(came)
		<-end
		return status
	})
	var sending sync.WaitGroup
	sending.Go(func() {
		if err := s.hooks.Round(context.WithoutCancel(s.Context())); err != nil {
			s.Error(err)
		}
	})
	select {
	case <-came:
		meanwhile()
	case <-time.After(20 * time.Second):
		s.Errorf("message %d did not come", number)
	}
	close(end)
	sending.Wait()
}

// What the old address answers says nothing of a new one: that gets the message, and is not switched off.
func TestEditedWhileSending(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		for _, status := range []int{http.StatusGone, http.StatusInternalServerError} {
			s := newShop(t, dsn)
			from, to := newReceiver(t, s.clock), newReceiver(t, s.clock)
			w := s.hook(from)
			to.secret.Store(w.Secret)
			s.write(1)
			s.underWay(from, 1, status, func() {
				if _, err := s.hooks.Edit(t.Context(), s.ws, w.ID, 1, webhook.Edit{URL: &to.URL}); err != nil {
					t.Fatal(err)
				}
			})
			got, err := s.hooks.Get(t.Context(), s.ws, w.ID)
			if err != nil || !got.Active || got.URL != to.URL || got.Version != 2 || got.Position != 2 {
				t.Errorf("after %d of the old address: %+v, %v", status, got, err)
			}
			equal(t, "at the new address", []string{"2"}, to.take())
			equal(t, "deliveries", []string{"2-2 delivered after 1"}, s.deliveries(w))
		}
	})
}

// What the old address has taken is not sent to the new one.
func TestTakenWhileEdited(t *testing.T) {
	t.Parallel()
	s := newShop(t, testdb.File(t))
	from, to := newReceiver(t, s.clock), newReceiver(t, s.clock)
	w := s.hook(from)
	to.secret.Store(w.Secret)
	s.write(1)
	s.underWay(from, 1, http.StatusOK, func() {
		active := true
		if _, err := s.hooks.Edit(t.Context(), s.ws, w.ID, 1, webhook.Edit{URL: &to.URL, Active: &active}); err != nil {
			t.Fatal(err)
		}
	})
	s.write(1)
	s.round()
	equal(t, "at the new address", []string{"3"}, to.take())
}

// A message that is begun anew while an attempt is under way has its whole day again, also if that attempt fails at the end of
// the old one.
func TestBegunAnewWhileSending(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		s := newShop(t, dsn)
		r := newReceiver(t, s.clock)
		w := s.hook(r)
		r.answers(always(http.StatusServiceUnavailable))
		s.write(1)
		s.round()
		s.clock.advance(webhook.GiveUpAfter + time.Hour) // the next failure would be the last
		s.underWay(r, 2, http.StatusServiceUnavailable, func() {
			active := true
			if _, err := s.hooks.Edit(t.Context(), s.ws, w.ID, 1, webhook.Edit{Active: &active}); err != nil {
				t.Fatal(err)
			}
		})
		equal(t, "messages", []string{"2", "2", "2"}, r.take())
		equal(t, "deliveries", []string{"2-2 delivered after 1"}, s.deliveries(w))
	})
}

// The failure of a process that has lost its lease takes nothing back that another one has done since, nor ends a replay.
func TestLateFailure(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		s := newShop(t, dsn)
		r := newReceiver(t, s.clock)
		w := s.hook(r)
		s.write(1)
		slow := s.process(dsn, time.Minute)
		slow.underWay(r, 1, http.StatusServiceUnavailable, func() {
			s.clock.advance(2 * time.Minute)
			s.round()
			equal(t, "by another process", []string{"2-2 delivered after 1"}, s.deliveries(w))
		})
		equal(t, "after the failure", []string{"2-2 delivered after 1"}, s.deliveries(w))

		s.write(1)
		slow.underWay(r, 3, http.StatusGone, func() {
			s.clock.advance(2 * time.Minute)
			s.round()
			page, err := s.hooks.Deliveries(t.Context(), s.ws, w.ID, webhook.DeliveryFilter{})
			if err != nil || len(page.Items) != 2 {
				t.Fatalf("%+v, %v", page, err)
			}
			if _, err := s.hooks.Replay(t.Context(), s.ws, w.ID, page.Items[0].ID); err != nil {
				t.Fatal(err)
			}
		})
		equal(t, "a replay that waits", []string{"2-2 delivered after 1", "3-3 pending after 0"}, s.deliveries(w))
	})
}
