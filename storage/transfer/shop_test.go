package transfer_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/internal/quickdir"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/postgres"
	"github.com/getklar/influencercrm/storage/sqlite"
	"github.com/getklar/influencercrm/storage/transfer"
	"github.com/getklar/influencercrm/utm"
)

// engines open an empty store each.
func engines(t testing.TB) map[string]func(testing.TB) transfer.Store {
	t.Helper()
	all := map[string]func(testing.TB) transfer.Store{"memory": inMemory, "sqlite": inFile}
	if pgtest.Offered(t) {
		all["postgres"] = onServer
	}
	return all
}

func inMemory(testing.TB) transfer.Store { return memory.New(nil) }

func inFile(t testing.TB) transfer.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(quickdir.New(t), "crm.db"), nil)
	return opened(t, store, err)
}

func onServer(t testing.TB) transfer.Store {
	t.Helper()
	store, err := postgres.Open(t.Context(), pgtest.Database(t), nil)
	return opened(t, store, err)
}

func opened(t testing.TB, store transfer.Store, err error) transfer.Store {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// options give every service the same clock, which goes on by a second with each look.
func options() *crm.Options {
	now := time.Date(2026, 5, 20, 10, 0, 0, 123_456_000, time.UTC)
	return &crm.Options{
		Now:   func() time.Time { now = now.Add(time.Second); return now },
		Actor: func(context.Context) string { return "mira@shop.example" },
	}
}

// shopID is the id of the workspace of each test.
var shopID = crm.WorkspaceID{0: 1, 15: 7}

// fill makes a workspace in which everything has happened that leaves something behind.
func fill(t testing.TB, store transfer.Store) *crm.Service {
	t.Helper()
	ctx, service := t.Context(), crm.New(store, options())
	_, err := crm.NewAdmin(store, options()).CreateWorkspace(ctx, crm.Workspace{
		ID: shopID, Name: "Klar & <Söhne>", Currency: "EUR", TimeZone: "Europe/Berlin", IgnoredCodes: []string{"NEWS10"},
		MonthBudgets: map[budget.Month]budget.Money{
			budget.MustParseMonth("2026-07"): budget.FromMinor(500_000, "EUR"),
			budget.MustParseMonth("2026-06"): budget.FromMinor(0, "EUR"),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	unit := func(what string, fn func(context.Context, *crm.Work) error) (id uuid.UUID) {
		t.Helper()
		err := service.Update(ctx, shopID, func(ctx context.Context, w *crm.Work) error { id = w.Unit(); return fn(ctx, w) })
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		return id
	}

	june := budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")}
	var mira crm.Member
	var summer crm.Campaign
	var people []crm.Influencer
	unit("begin", func(ctx context.Context, w *crm.Work) (err error) {
		if mira, err = w.CreateMember(ctx, crm.Member{Name: "Mira", Email: "mira@shop.example"}); err != nil {
			return err
		}
		summer, err = w.CreateCampaign(ctx, crm.Campaign{Name: "Sommer 日本", Budget: budget.FromMinor(1, "EUR"), Period: june})
		if err != nil {
			return err
		}
		for n, name := range []string{"Pam", "Emma", "Zoe\u0308 \"Z\" \\ufffd", "Former", "Gone"} {
			i, err := w.CreateInfluencer(ctx, crm.Influencer{
				Name: name, Responsible: mira.ID, Tags: []string{"VIP"}, Notes: "line\nbreak\u2028 \ufffd", Phone: "+49 170 1234567",
				Custom: map[string]string{"b": "2", "a": "1"},
				Profiles: []crm.Profile{{
					Platform: "Instagram", Handle: fmt.Sprint("handle.", n), Followers: &crm.Followers{Count: 12_500},
					UTM:   utm.MustParseTemplate(utm.Params{Source: utm.Of("{platform}"), Term: utm.Of("")}),
					Rules: []discount.Rule{{Match: discount.Contains, Pattern: fmt.Sprintf("CODE%d", n)}},
				}},
			})
			if err != nil {
				return err
			}
			people = append(people, i)
		}
		return nil
	})
	var deals []crm.Cooperation
	unit("book", func(ctx context.Context, w *crm.Work) error {
		for n := range 12 {
			i := people[n%len(people)]
			saved, err := w.CreateCooperation(ctx, crm.Cooperation{
				Campaign: summer.ID, Influencer: i.ID, Profile: i.Profiles[0].ID, Responsible: mira.ID, Period: june,
				Cost: budget.FromMinor(int64(n), "USD"), Notes: strings.Repeat("x", n),
				Imported: &crm.Imported{Source: "sheet", Key: fmt.Sprint("row ", n), Values: map[string]string{"cost": "1"}},
			})
			if err != nil {
				return err
			}
			deals = append(deals, saved.Cooperation)
		}
		return nil
	})
	undone := unit("archive", func(ctx context.Context, w *crm.Work) error {
		_, err := w.Archive(ctx, deals[0].At(), "too late")
		return err
	})
	if _, err := service.UndoUnit(ctx, shopID, undone, "not at all"); err != nil {
		t.Fatal(err)
	}
	unit("the rest", func(ctx context.Context, w *crm.Work) error {
		var err error
		for _, side := range []int{2, 3} { // the second takes the place of the first
			var i crm.Influencer
			if i, err = w.SetPicture(ctx, people[0].ID, people[0].Version, square(t, side), ""); err != nil {
				return err
			}
			people[0] = i
		}
		if people[4], err = w.SetPicture(ctx, people[4].ID, people[4].Version, square(t, 4), ""); err != nil {
			return err
		}
		if _, err = w.Cancel(ctx, deals[1].ID, deals[1].Version, crm.Cancellation{
			On: budget.MustParseDate("2026-05-19"), Fee: budget.FromMinor(7, "USD"), Reason: "ill",
		}, "by phone"); err != nil {
			return err
		}
		_, archived := w.Archive(ctx, people[3].At(), "")
		_, deleted := w.Delete(ctx, deals[5].At(), "booked twice")
		return errors.Join(archived, deleted)
	})
	unit("import", func(ctx context.Context, w *crm.Work) error {
		if _, err := w.CreateMember(ctx, crm.Member{Name: "Imported"}); err != nil {
			return err
		}
		run, err := w.RecordImport(ctx, crm.ImportRun{
			Source: "sheet", Counts: map[string]int{"created": 1},
			Plan: json.RawMessage("{ \"rows\":\t[1.50, 1e3, \"\\u00e9 <&>\"] }"),
		})
		if err != nil {
			return err
		}
		_, err = w.RecordImport(ctx, crm.ImportRun{Source: "without a plan"})
		_ = run
		return err
	})
	gone, err := service.Influencer(ctx, shopID, people[4].ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := service.Erase(ctx, shopID, gone.ID, gone.Version, "by request"); err != nil {
		t.Fatal(err)
	}
	return service
}

// odd adds what a Service does not write but a store keeps: pictures that nobody names, values with blanks.
func odd(t testing.TB, store transfer.Store) {
	t.Helper()
	err := store.Update(t.Context(), shopID, func(ctx context.Context, tx crm.Tx) error {
		member := crm.RefTo(crm.MemberID{0: 1, 15: 9})
		return errors.Join(
			tx.AddPicture(ctx, crm.Picture{ID: crm.PictureID{15: 2}, Type: "image/png", Data: []byte{0, 0xff, '\n'}}),
			tx.AddPicture(ctx, crm.Picture{ID: crm.PictureID{15: 1}, Data: []byte{}}),
			tx.Insert(ctx, crm.ImportRun{ID: crm.ImportRunID{15: 1}, Version: 3, Source: "long", At: time.UnixMicro(1),
				Plan: json.RawMessage(`"` + strings.Repeat(`日本 <\ufffd> `, 200_000) + `"`)}),
			tx.Append(ctx, []crm.Change{{Unit: uuid.UUID{15: 1}, At: time.Unix(2e9, 1000), Record: member, Kind: crm.Erased, Reason: "<odd>",
				Fields: []crm.FieldChange{
					{Field: "name", Before: json.RawMessage(`{ "a" : 1.50 }`), After: json.RawMessage(`"\u003cb\u003e"`)},
					{Field: "none", Before: json.RawMessage("null"), After: json.RawMessage("no JSON")},
				}}}),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func square(t testing.TB, side int) crm.Picture {
	t.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, side, side))); err != nil {
		t.Fatal(err)
	}
	return crm.Picture{Type: "image/png", Width: side, Height: side, Data: file.Bytes()}
}

// contents is everything that a workspace holds, as the contract shows it.
type contents struct {
	Workspace    crm.Workspace
	Head         crm.Head
	Members      []crm.Member
	Campaigns    []crm.Campaign
	Influencers  []crm.Influencer
	Cooperations []crm.Cooperation
	ImportRuns   []crm.ImportRun
	Pictures     []crm.Picture
	Claims       []crm.Claim
	Changes      []crm.Change
}

func contentsOf(t testing.TB, store crm.Store) (all contents) {
	t.Helper()
	err := store.View(t.Context(), shopID, func(ctx context.Context, r crm.Reader) (err error) {
		all, err = readAll(ctx, r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func readAll(ctx context.Context, r crm.Reader) (all contents, err error) {
	if all.Workspace, err = r.Workspace(ctx); err != nil {
		return all, err
	}
	if all.Head, err = r.Head(ctx); err != nil {
		return all, err
	}
	if all.Claims, err = r.Claims(ctx, crm.ClaimFilter{}); err != nil {
		return all, err
	}
	ids, err := r.PictureIDs(ctx, crm.PictureID{}, crm.MaxPageSize)
	if err != nil {
		return all, err
	}
	for _, id := range ids {
		p, err := r.Picture(ctx, id)
		if err != nil {
			return all, err
		}
		all.Pictures = append(all.Pictures, p)
	}
	if all.Changes, err = r.Changes(ctx, crm.ChangeFilter{}, crm.MaxPageSize); err != nil {
		return all, err
	}
	return all, errors.Join(
		crm.Each(ctx, r.Members(), crm.MemberFilter{Archive: crm.ActiveOrNot}, appendTo(&all.Members)),
		crm.Each(ctx, r.Campaigns(), crm.CampaignFilter{Archive: crm.ActiveOrNot}, appendTo(&all.Campaigns)),
		crm.Each(ctx, r.Influencers(), crm.InfluencerFilter{Archive: crm.ActiveOrNot}, appendTo(&all.Influencers)),
		crm.Each(ctx, r.Cooperations(), crm.CooperationFilter{Archive: crm.ActiveOrNot}, appendTo(&all.Cooperations)),
		crm.Each(ctx, r.ImportRuns(), crm.ImportRunFilter{}, appendTo(&all.ImportRuns)),
	)
}

func appendTo[R any](all *[]R) func(R) error {
	return func(r R) error { *all = append(*all, r); return nil }
}

// exactly compares down to bytes, zones, nil and empty; decimals by value, and raw JSON that is not there may be either.
var exactly = cmp.Options{
	cmpopts.EquateComparable(budget.Date{}, budget.Month{}, budget.Money{}, utm.Params{}),
	cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) && a.Location() == b.Location() }),
	cmp.Comparer(func(a, b json.RawMessage) bool { return bytes.Equal(a, b) }),
}

// wantSame reports where two workspaces differ.
func wantSame(t testing.TB, want, got contents) {
	t.Helper()
	if reflect.DeepEqual(want, got) {
		return
	}
	if d := cmp.Diff(want, got, exactly); d != "" {
		t.Errorf("the copy differs (-source +copy):\n%s", d)
	}
}

// isField reports whether an error is of a family and has an *crm.Error with a field.
func isField(err error, family error, field string) bool {
	var e *crm.Error
	return errors.Is(err, family) && errors.As(err, &e) && e.Field == field
}
