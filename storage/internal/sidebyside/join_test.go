package sidebyside_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/internal/quickdir"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// orders are the host's rows and what the CRM knows of them.
func (h *host) orders(t *testing.T, s *shop) (rows, names []string) {
	t.Helper()
	found, err := h.readers.QueryContext(t.Context(), "SELECT cooperation FROM orders ORDER BY cooperation")
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	for found.Next() {
		var name string
		if err := found.Scan(&name); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, name)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	err = s.crm.View(t.Context(), s.ws, func(ctx context.Context, r crm.Reader) error {
		page, err := r.Cooperations().List(ctx, crm.CooperationFilter{}, crm.ListOptions{})
		for _, c := range page.Items {
			names = append(names, c.Name)
		}
		slices.Sort(names)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows, names
}

// book is one cooperation and one row of the host in one transaction.
func (h *host) book(ctx context.Context, s *shop, tx *sql.Tx, deal crm.Cooperation) error {
	made, err := s.crm.Over(h.join(tx)).CreateCooperation(ctx, s.ws, deal)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO orders VALUES ('"+made.Cooperation.Name+"')")
	return err
}

func TestJoin(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(testing.TB) *host{"sqlite": hostOnSQLite, "postgres": hostOnPostgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for name, test := range map[string]func(*testing.T, *host, *shop, func(string, ...string) crm.Cooperation){
				"commit and rollback are those of the host":            joinedCommit,
				"a unit that fails is taken back and the host goes on": joinedFailure,
				"a dry run sees the host's writes and leaves none":     joinedDryRun,
				"the callback's context lets no other unit in":         joinedNesting,
				"the joined store ends with its transaction":           joinedEnd,
				"what was rolled back is no conflict":                  joinedConflict,
				"units of several workspaces are one transaction":      joinedWorkspaces,
				"one unit after the other":                             joinedTurns,
			} {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					h := open(t)
					s := openShop(t, h.store)
					var campaign crm.Campaign
					var pam, lea crm.Influencer
					s.update(func(ctx context.Context, w *crm.Work) (err error) {
						campaign, err = w.CreateCampaign(ctx, crm.Campaign{Name: "Summer"})
						if err != nil {
							return err
						}
						pam, err = w.CreateInfluencer(ctx, crm.Influencer{Name: "Pam"})
						if err != nil {
							return err
						}
						lea, err = w.CreateInfluencer(ctx, crm.Influencer{Name: "Lea"})
						return err
					})
					test(t, h, s, func(name string, codes ...string) crm.Cooperation {
						c := crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Name: name,
							NameMode: crm.NameCustom, Cost: budget.FromMinor(500_00, "EUR"),
							Period: budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")}}
						if name == "Lea" {
							c.Influencer = lea.ID
						}
						for _, code := range codes {
							c.Rules = append(c.Rules, discount.Rule{Match: discount.Equals, Pattern: code})
						}
						return c
					})
				})
			}
		})
	}
}

func joinedDryRun(t *testing.T, h *host, s *shop, deal func(string, ...string) crm.Cooperation) {
	ctx := t.Context()
	err := h.inTx(ctx, h.writer, nil, func(tx *sql.Tx) error {
		if err := h.book(ctx, s, tx, deal("one", "SUN")); err != nil {
			return err
		}
		tried, err := s.crm.Over(h.join(tx)).DryRun().CreateCooperation(ctx, s.ws, deal("Lea", "SUN"))
		if err != nil {
			return err
		}
		if len(tried.Conflicts.List) != 1 || tried.Done != (crm.Done{}) {
			t.Errorf("the dry run found %+v", tried)
		}
		return h.book(ctx, s, tx, deal("two"))
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"one", "two"}
	if rows, names := h.orders(t, s); !slices.Equal(rows, want) || !slices.Equal(names, want) {
		t.Errorf("the host has %v, the CRM %v", rows, names)
	}
}

func joinedCommit(t *testing.T, h *host, s *shop, deal func(string, ...string) crm.Cooperation) {
	ctx, stop := t.Context(), errors.New("stop")
	if err := h.inTx(ctx, h.writer, nil, func(tx *sql.Tx) error { return h.book(ctx, s, tx, deal("one")) }); err != nil {
		t.Fatal(err)
	}
	err := h.inTx(ctx, h.writer, nil, func(tx *sql.Tx) error { return errors.Join(h.book(ctx, s, tx, deal("two")), stop) })
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	rows, names := h.orders(t, s)
	if d := cmp.Diff([]string{"one"}, rows) + cmp.Diff([]string{"one"}, names); d != "" {
		t.Error(d)
	}
	// The log has no gap where the rolled back unit was.
	s.update(func(ctx context.Context, w *crm.Work) error {
		changes, err := w.Changes(ctx, crm.ChangeFilter{}, crm.MaxPageSize)
		for n, c := range changes {
			if c.Seq != crm.Seq(n+1) {
				t.Errorf("change %d has seq %d", n+1, c.Seq)
			}
		}
		return err
	})
}

func joinedFailure(t *testing.T, h *host, s *shop, deal func(string, ...string) crm.Cooperation) {
	ctx := t.Context()
	err := h.inTx(ctx, h.writer, nil, func(tx *sql.Tx) error {
		if err := h.book(ctx, s, tx, deal("one")); err != nil {
			return err
		}
		service := s.crm.Over(h.join(tx))
		err := service.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
			if _, err := w.CreateCooperation(ctx, deal("two")); err != nil {
				return err
			}
			_, err := w.CreateCooperation(ctx, crm.Cooperation{Campaign: crm.CampaignID(s.ws)})
			return err
		})
		if !errors.Is(err, crm.ErrInvalid) && !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("got error %v, want one about the campaign", err)
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic is swallowed")
				}
			}()
			_ = service.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
				if _, err := w.CreateCooperation(ctx, deal("three")); err != nil {
					return err
				}
				panic("in the callback")
			})
		}()
		short, cancel := context.WithCancel(ctx)
		err = service.Update(short, s.ws, func(ctx context.Context, w *crm.Work) error {
			_, err := w.CreateCooperation(ctx, deal("four"))
			cancel()
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got error %v, want that of the context", err)
		}
		return h.book(ctx, s, tx, deal("five"))
	})
	if err != nil {
		t.Fatal(err)
	}
	rows, names := h.orders(t, s)
	if d := cmp.Diff([]string{"five", "one"}, rows) + cmp.Diff([]string{"five", "one"}, names); d != "" {
		t.Error(d)
	}
}

func joinedNesting(t *testing.T, h *host, s *shop, _ func(string, ...string) crm.Cooperation) {
	ctx := t.Context()
	err := h.inTx(ctx, h.writer, nil, func(tx *sql.Tx) error {
		joined := h.join(tx)
		return joined.Update(ctx, s.ws, func(ctx context.Context, _ crm.Tx) error {
			for name, call := range map[string]func() error{
				"the joined store": func() error {
					return joined.View(ctx, s.ws, func(context.Context, crm.Reader) error { return nil })
				},
				"the store": func() error {
					return h.store.Update(ctx, s.ws, func(context.Context, crm.Tx) error { return nil })
				},
				"another joined store": func() error {
					return h.join(tx).View(ctx, s.ws, func(context.Context, crm.Reader) error { return nil })
				},
			} {
				if err := call(); !errors.Is(err, crm.ErrNestedTx) {
					t.Errorf("%s: got error %v, want %q", name, err, crm.ErrNestedTx)
				}
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func joinedEnd(t *testing.T, h *host, s *shop, _ func(string, ...string) crm.Cooperation) {
	ctx := t.Context()
	look := func(store crm.Store) error {
		return store.View(ctx, s.ws, func(ctx context.Context, r crm.Reader) error {
			_, err := r.Workspace(ctx)
			return err
		})
	}
	tx, err := h.writer.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	closed, open := h.join(tx), h.join(tx)
	if err := errors.Join(look(closed), closed.Close(), look(open)); err != nil {
		t.Error(err)
	}
	if err := look(closed); !errors.Is(err, crm.ErrClosed) {
		t.Errorf("after Close: got error %v, want %q", err, crm.ErrClosed)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := closed.Reader(s.ws).Workspace(ended); !errors.Is(err, crm.ErrClosed) || errors.Is(err, context.Canceled) {
		t.Errorf("after Close, with an ended context: got error %v, want %q", err, crm.ErrClosed)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := look(open); !errors.Is(err, crm.ErrClosed) {
		t.Errorf("after the transaction: got error %v, want %q", err, crm.ErrClosed)
	}
	if err := look(h.store); err != nil {
		t.Errorf("the store itself: %v", err)
	}
}

func joinedConflict(t *testing.T, h *host, s *shop, deal func(string, ...string) crm.Cooperation) {
	ctx, stop := t.Context(), errors.New("stop")
	sign := func(service *crm.Service, deal crm.Cooperation) error {
		return service.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
			deal.Status = crm.Signed
			_, err := w.CreateCooperation(ctx, deal)
			return err
		})
	}
	err := h.inTx(ctx, h.writer, nil, func(tx *sql.Tx) error {
		service := s.crm.Over(h.join(tx))
		if err := sign(service, deal("one", "SUN")); err != nil {
			return err
		}
		if err := sign(service, deal("Lea", "SUN")); !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("a taken code in the same transaction: got error %v, want %q", err, crm.ErrInvalid)
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if err := sign(s.crm, deal("Lea", "SUN")); err != nil {
		t.Errorf("the code of a unit that was rolled back: %v", err)
	}
	if err := sign(s.crm, deal("one", "SUN")); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("a taken code: got error %v, want %q", err, crm.ErrInvalid)
	}
}

func joinedWorkspaces(t *testing.T, h *host, s *shop, deal func(string, ...string) crm.Cooperation) {
	ctx, stop := t.Context(), errors.New("stop")
	found := crm.Workspace{}
	signUp := func(tx *sql.Tx) (err error) {
		joined := h.join(tx)
		found, err = s.admin.Over(joined).CreateWorkspace(ctx, crm.Workspace{Name: "Second shop", Currency: "EUR"})
		if err != nil {
			return err
		}
		if _, err := s.crm.Over(joined).CreateCampaign(ctx, found.ID, crm.Campaign{Name: "Autumn"}); err != nil {
			return err
		}
		return h.book(ctx, s, tx, deal("one"))
	}
	if err := h.inTx(ctx, h.writer, nil, func(tx *sql.Tx) error { return errors.Join(signUp(tx), stop) }); !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if err := s.crm.View(ctx, found.ID, func(context.Context, crm.Reader) error { return nil }); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("a workspace that was rolled back: got error %v", err)
	}
	if err := h.inTx(ctx, h.writer, nil, signUp); err != nil {
		t.Fatal(err)
	}
	err := s.crm.View(ctx, found.ID, func(ctx context.Context, r crm.Reader) error {
		n, err := r.Campaigns().Count(ctx, crm.CampaignFilter{})
		if n != 1 {
			t.Errorf("%d campaigns, want 1", n)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func joinedTurns(t *testing.T, h *host, s *shop, deal func(string, ...string) crm.Cooperation) {
	ctx := t.Context()
	err := h.inTx(ctx, h.writer, nil, func(tx *sql.Tx) error {
		service := s.crm.Over(h.join(tx))
		done := make(chan error)
		for _, name := range []string{"one", "two", "three", "four"} {
			go func() {
				_, err := service.CreateCooperation(ctx, s.ws, deal(name))
				done <- err
			}()
		}
		return errors.Join(<-done, <-done, <-done, <-done)
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, names := h.orders(t, s); len(names) != 4 {
		t.Errorf("cooperations %q, want four", names)
	}
}

// A transaction of SQLite that reads before it writes can come too late, for good.
func TestJoinDeferred(t *testing.T) {
	t.Parallel()
	ctx, h := t.Context(), hostOnSQLite(t)
	s := openShop(t, h.store)
	var path string
	if err := h.writer.QueryRowContext(ctx, "SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&path); err != nil {
		t.Fatal(err)
	}
	deferred, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10)&_pragma=foreign_keys(1)")
	if err != nil {
		t.Fatal(err)
	}
	defer deferred.Close()
	tx, err := deferred.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	joined := h.join(tx)
	look := func() error {
		return joined.View(ctx, s.ws, func(ctx context.Context, r crm.Reader) error { return nil })
	}
	if err := look(); err != nil {
		t.Fatal(err)
	}
	s.update(func(ctx context.Context, w *crm.Work) error {
		_, err := w.CreateCampaign(ctx, crm.Campaign{Name: "Meanwhile"})
		return err
	})
	_, err = s.crm.Over(joined).CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Too late"})
	for _, err := range []error{err, look()} {
		if !errors.Is(err, crm.ErrRetry) {
			t.Errorf("got error %v, want %q", err, crm.ErrRetry)
		}
	}
}

func TestJoinWithoutForeignKeys(t *testing.T) {
	t.Parallel()
	ctx, path := t.Context(), filepath.Join(quickdir.New(t), "crm.db")
	store, err := sqlite.Open(ctx, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	s := openShop(t, store)
	careless, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer careless.Close()
	tx, err := careless.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := s.crm.Over(store.Join(tx)).CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Careless"}); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("got error %v, want %q", err, crm.ErrInvalid)
	}
}

// A transaction that the server ends is the host's to run again.
func TestJoinLostTransaction(t *testing.T) {
	t.Parallel()
	ctx, h := t.Context(), hostOnPostgres(t)
	s := openShop(t, h.store)
	tries := 0
	err := h.inTx(ctx, h.writer, nil, func(tx *sql.Tx) error {
		tries++
		joined := h.join(tx)
		err := joined.Update(ctx, s.ws, func(ctx context.Context, t crm.Tx) error {
			if tries == 1 {
				_, err := h.readers.ExecContext(ctx,
					"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'")
				if err != nil {
					return err
				}
			}
			return t.Insert(ctx, crm.Campaign{ID: crm.CampaignID(s.ws), Version: 1, Name: "Summer"})
		})
		if tries == 1 && !errors.Is(err, crm.ErrRetry) {
			t.Errorf("got error %v, want %q", err, crm.ErrRetry)
		}
		return err
	})
	if err != nil || tries != 2 {
		t.Errorf("after %d tries: %v", tries, err)
	}
}
