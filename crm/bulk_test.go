package crm_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/memory"
)

// resultsText shows one line for each result.
func resultsText(results []crm.Result) []string {
	lines := []string{}
	for _, r := range results {
		if r.Err != nil {
			lines = append(lines, r.Err.Error())
		} else {
			lines = append(lines, "ok")
		}
	}
	return lines
}

func wantResults(t *testing.T, done crm.Bulk, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, resultsText(done.Results)); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
}

var nobody = uuid.MustParse("018f8f5e-0000-7000-8000-00000000dead")

// Many influencers are changed at once, each from the version that was read. What cannot be saved stays, and stops no other.
func TestChangeInfluencers(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	lea := must(w.crm.CreateMember(ctx, w.ws, crm.Member{Name: "Lea"}))(t)
	change := func(i *crm.Influencer) {
		if i.Name == "Emma" {
			i.Email = "no address"
		}
		i.ID, i.Version, i.Category, i.Responsible = crm.InfluencerID(nobody), 99, "Beauty", lea.ID
	}
	stale := w.pam.At()
	stale.Version = 9
	done := must(w.crm.ChangeInfluencers(ctx, w.ws, []crm.At{w.emma.At(), stale}, change, "a plan"))(t)
	if len(done.Results) != 2 || crm.FieldErrors(done.Results[0].Err) == nil || !errors.Is(done.Results[1].Err, crm.ErrConflict) {
		t.Errorf("what cannot be changed: %v", resultsText(done.Results))
	}
	wantResults(t, must(w.crm.ChangeInfluencers(ctx, w.ws, []crm.At{w.pam.At()}, change, "a plan"))(t), "ok")
	want := crm.Clone(w.pam)
	want.Version, want.Category, want.Responsible = want.Version+1, "Beauty", lea.ID
	if diff := cmp.Diff(want, must(w.crm.Influencer(ctx, w.ws, w.pam.ID))(t), values); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := must(w.crm.Influencer(ctx, w.ws, w.emma.ID))(t); got.Category != w.emma.Category {
		t.Errorf("refused and changed: %+v", got)
	}
}

func TestSetStatusOfMany(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	rival := w.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: w.emma.ID, Period: days("2026-06-05", ""),
		Cost: eur(1), Rules: []discount.Rule{equals("pam10")}})
	fit := w.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: w.emma.ID, Period: days("2026-07-05", ""), Cost: eur(0)})
	before := w.head().Seq
	ids := []crm.CooperationID{w.idea.ID, fit.ID, w.shelved.ID, crm.CooperationID(nobody), rival.ID, w.deal.ID}
	results := must(w.crm.SetStatus(ctx, w.ws, crm.AnyVersion(ids...), crm.Signed, "all at once"))(t)
	wantResults(t, results,
		"cooperation period.start \"\": a signed cooperation needs its start date\ncooperation cost \"\": a signed cooperation needs its cost; enter 0 if there is none",
		"ok",
		`cooperation archived_on "2026-05-20": it is archived; restore it first`,
		`cooperation id "018f8f5e-0000-7000-8000-00000000dead": there is no such cooperation in this workspace`,
		`cooperation rules "pam10": is also a code of "Summer Sale - Pam - Instagram" at the same time; give one of the two another code or other dates`,
		"ok", // signed already
	)
	if results.Results[3].Ref != crm.RefTo(crm.CooperationID(nobody)) {
		t.Errorf("the fourth result is about %s", results.Results[3].Ref)
	}
	if got := w.cooperation(fit.ID); got.Status != crm.Signed || got.Version != 2 {
		t.Errorf("%s at version %d", got.Status, got.Version)
	}
	log := must(w.crm.Changes(ctx, w.ws, before, 10))(t)
	if len(log) != 1 || log[0].Reason != "all at once" || log[0].Record != fit.Ref() {
		t.Errorf("the log says %+v", log)
	}

	wantResults(t, must(w.crm.SetStatus(ctx, w.ws, crm.AnyVersion(w.deal.ID, w.idea.ID), crm.Negotiating, ""))(t),
		`cooperation reason "": say why this signed cooperation goes back to negotiating`, "ok")
}

func TestTwoWithOneCodeAreNotSignedTogether(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	offer := func(i crm.Influencer) crm.CooperationID {
		return w.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: i.ID, Name: i.Name,
			Period: days("2026-07-05", ""), Cost: eur(0), Rules: []discount.Rule{equals("SUN")}}).ID
	}
	wantResults(t, must(w.crm.SetStatus(ctx, w.ws, crm.AnyVersion(offer(w.emma), offer(w.pam)), crm.Signed, ""))(t),
		`cooperation rules "sun": is also a code of "Pam" at the same time; give one of the two another code or other dates`,
		`cooperation rules "sun": is also a code of "Emma" at the same time; give one of the two another code or other dates`,
	)
}

func TestTagMany(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name              string
		has, add, remove  []string
		want              []string
		wantVersionRaised bool
	}{
		{"adds", []string{"Shoes"}, []string{"Beauty"}, nil, []string{"Shoes", "Beauty"}, true},
		{"adds once", nil, []string{"Beauty", " beauty "}, nil, []string{"Beauty"}, true},
		{"has it in another spelling", []string{"Shoes"}, []string{"SHOES"}, nil, []string{"Shoes"}, false},
		{"removes in another spelling", []string{"Shoes", "Straße"}, nil, []string{"STRASSE"}, []string{"Shoes"}, true},
		{"removes what is not there", []string{"Shoes"}, nil, []string{"Hats"}, []string{"Shoes"}, false},
		{"spells anew", []string{"shoes", "Hats"}, []string{"Shoes"}, []string{"SHOES"}, []string{"Hats", "Shoes"}, true},
		{"blank tags are none", []string{"Shoes"}, []string{" ", ""}, []string{""}, []string{"Shoes"}, false},
		{"nothing to do", []string{"Shoes"}, nil, nil, []string{"Shoes"}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			i := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Pam", Tags: test.has}))(t)
			wantResults(t, must(s.crm.Tag(ctx, s.ws, crm.AnyVersion(i.ID), test.add, test.remove))(t), "ok")
			got := must(s.crm.Influencer(ctx, s.ws, i.ID))(t)
			if diff := cmp.Diff(test.want, got.Tags); diff != "" {
				t.Errorf("tags (-want +got):\n%s", diff)
			}
			if (got.Version == 2) != test.wantVersionRaised {
				t.Errorf("at version %d", got.Version)
			}
		})
	}
}

func TestTagsThatDoNotFit(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	full := crm.Influencer{Name: "Full"}
	for n := range crm.MaxTags {
		full.Tags = append(full.Tags, fmt.Sprint("tag ", n))
	}
	full = must(w.crm.CreateInfluencer(ctx, w.ws, full))(t)
	ids := []crm.InfluencerID{full.ID, w.otto.ID, w.pam.ID, w.otherPerson.ID}
	wantResults(t, must(w.crm.Tag(ctx, w.ws, crm.AnyVersion(ids...), []string{"one more"}, nil))(t),
		`influencer tags "1001": at most 1000 tags are allowed`,
		`influencer archived_on "2026-05-20": it is archived; restore it first`,
		"ok",
		fmt.Sprintf(`influencer id %q: there is no such influencer in this workspace`, w.otherPerson.ID),
	)
	wantResults(t, must(w.crm.Tag(ctx, w.ws, crm.AnyVersion(ids[:1]...), []string{"TAG 7"}, nil))(t), "ok") // has it
	wantResults(t, must(w.crm.Tag(ctx, w.ws, crm.AnyVersion(ids[2:3]...), []string{"two\nlines"}, nil))(t),
		`influencer tags[1] "two\nlines": has a line break inside; remove it`)
}

func TestArchiveMany(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	refs := []crm.At{w.anna.At(), w.summer.Ref().At(0), w.pam.At(), w.deal.At(), w.otto.Ref().At(0),
		asRead(w.workspace()), w.otherMember.Ref().At(0), {}}
	results := must(w.crm.ArchiveAll(ctx, w.ws, refs, "the shop closes"))(t)
	const unfit = "only members, campaigns, influencers and cooperations can be archived"
	wantResults(t, results, "ok", "ok", "ok", "ok", "ok", "workspace: "+unfit,
		fmt.Sprintf(`member id %q: there is no such member in this workspace`, w.otherMember.ID), unfit)
	if got := w.cooperation(w.deal.ID).ArchivedOn; got != day("2026-05-20") {
		t.Errorf("archived on %s", got)
	}
	all := w.changes()
	last := []string{}
	for _, c := range all {
		if c.Unit != all[len(all)-1].Unit || c.Fields[0].Field == "claims_until" { // which follows from the others
			continue
		}
		last = append(last, string(c.Record.Kind)+": "+c.Reason)
	}
	want := []string{"cooperation: the shop closes", "member: the shop closes", "campaign: the shop closes", "influencer: the shop closes"}
	if diff := cmp.Diff(want, last); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
}

func TestBulkCallsThatCannotBegin(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	head := w.head().Seq
	tests := map[string]func(*crm.Work) error{
		`cooperation status "done": is no status; use draft, negotiating or signed`: func(u *crm.Work) error {
			_, err := u.SetStatus(ctx, crm.AnyVersion(w.idea.ID), "done", "")
			return err
		},
		`cooperation status "": is no status; use draft, negotiating or signed`: func(u *crm.Work) error {
			_, err := u.SetStatus(ctx, crm.AnyVersion(w.idea.ID), "", "")
			return err
		},
		`records "10001": at most 10000 records can be changed at once; change them in parts`: func(u *crm.Work) error {
			_, err := u.ArchiveAll(ctx, make([]crm.At, crm.MaxBulk+1), "")
			return err
		},
		fmt.Sprintf(`records[2].id %[1]q: is that of records[0] as well; name each record once
records[3].id %[1]q: is that of records[0] as well; name each record once`, w.idea.ID): func(u *crm.Work) error {
			_, err := u.SetStatus(ctx, []crm.At{w.idea.At(), w.deal.At(), w.idea.Ref().At(7), w.idea.At()}, crm.Negotiating, "")
			return err
		},
		fmt.Sprintf("records[2].id %q: is that of records[0] as well; name each record once", w.pam.ID): func(u *crm.Work) error {
			_, err := u.ArchiveAll(ctx, []crm.At{w.pam.At(), w.deal.At(), w.pam.At()}, "") // cooperations are archived first
			return err
		},
		fmt.Sprintf("records[1].id %q: is that of records[0] as well; name each record once", w.emma.ID): func(u *crm.Work) error {
			_, err := u.Tag(ctx, crm.AnyVersion(w.emma.ID, w.emma.ID), []string{"x"}, nil)
			return err
		},
		fmt.Sprintf("records[1].id %q: is that of records[0] as well; name each record once", w.deal.ID): func(u *crm.Work) error {
			_, err := u.ReapplyDefaults(ctx, crm.AnyVersion(w.deal.ID, w.deal.ID), crm.Reapply{}, "")
			return err
		},
		`influencer tags "1001": at most 1000 tags to add and to remove are allowed`: func(u *crm.Work) error {
			_, err := u.Tag(ctx, crm.AnyVersion(w.pam.ID), make([]string, 1000), []string{"x"})
			return err
		},
	}
	for want, do := range tests {
		if err := w.work(do); !errors.Is(err, crm.ErrInvalid) || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	for name, results := range map[string]crm.Bulk{
		"status":  must(w.crm.SetStatus(ctx, w.ws, nil, crm.Draft, ""))(t),
		"tags":    must(w.crm.Tag(ctx, w.ws, nil, []string{"x"}, nil))(t),
		"archive": must(w.crm.ArchiveAll(ctx, w.ws, nil, ""))(t),
	} {
		if results.Results == nil || len(results.Results) != 0 || results.Seq != head {
			t.Errorf("%s of nothing: %v", name, results)
		}
	}
	if got := w.head().Seq; got != head {
		t.Errorf("%d changes", got-head)
	}
}

// brokenStore counts reads, and fails the writes of one record.
type brokenStore struct {
	crm.Store
	reads  int
	broken crm.Ref
}

func (s *brokenStore) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	return s.Store.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error { return fn(ctx, brokenTx{tx, s}) })
}

type brokenTx struct {
	crm.Tx
	store *brokenStore
}

func (t brokenTx) Update(ctx context.Context, before, r crm.Record) error {
	if r.Ref() == t.store.broken {
		return fmt.Errorf("%w: disk full", crm.ErrStorage)
	}
	return t.Tx.Update(ctx, before, r)
}

func (t brokenTx) Campaigns() crm.Records[crm.Campaign, crm.CampaignFilter] {
	return countedReads[crm.Campaign, crm.CampaignFilter]{t.Tx.Campaigns(), &t.store.reads}
}

func (t brokenTx) Influencers() crm.Records[crm.Influencer, crm.InfluencerFilter] {
	return countedReads[crm.Influencer, crm.InfluencerFilter]{t.Tx.Influencers(), &t.store.reads}
}

func (t brokenTx) Cooperations() crm.Records[crm.Cooperation, crm.CooperationFilter] {
	return countedReads[crm.Cooperation, crm.CooperationFilter]{t.Tx.Cooperations(), &t.store.reads}
}

func (t brokenTx) Load(ctx context.Context, n crm.Need) (crm.Loaded, error) {
	t.store.reads++
	return t.Tx.Load(ctx, n)
}

type countedReads[R crm.Record, F any] struct {
	crm.Records[R, F]
	reads *int
}

func (c countedReads[R, F]) Get(ctx context.Context, id crm.ID[R]) (R, error) {
	*c.reads++
	return c.Records.Get(ctx, id)
}

func (c countedReads[R, F]) GetAll(ctx context.Context, ids []crm.ID[R]) ([]R, error) {
	*c.reads++
	return c.Records.GetAll(ctx, ids)
}

func TestBulkReadsInBatchesAndEndsWithTheStore(t *testing.T) {
	t.Parallel()
	store := &brokenStore{Store: memory.New(nil)}
	options := exampleOptions()
	ws := must(crm.NewAdmin(store.Store.(crm.AdminStore), options).CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR"}))(t).ID
	service := crm.New(store, options)
	campaign := must(service.CreateCampaign(ctx, ws, crm.Campaign{Name: "Summer"}))(t)
	ids := []crm.CooperationID{}
	for n := range 40 {
		i := must(service.CreateInfluencer(ctx, ws, crm.Influencer{Name: fmt.Sprint("Influencer ", n)}))(t)
		c := must(service.CreateCooperation(ctx, ws, crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID}))(t)
		ids = append(ids, c.Cooperation.ID)
	}
	store.reads = 0
	for _, r := range must(service.SetStatus(ctx, ws, crm.AnyVersion(ids...), crm.Negotiating, ""))(t).Results {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
	}
	if store.reads != 1 { // all at once
		t.Errorf("%d reads for %d cooperations", store.reads, len(ids))
	}

	store.broken = crm.RefTo(ids[20])
	results, err := service.SetStatus(ctx, ws, crm.AnyVersion(ids...), crm.Draft, "")
	if results.Results != nil || !errors.Is(err, crm.ErrStorage) {
		t.Errorf("the disk is full: %v, %v", results, err)
	}
	if got := must(service.Cooperation(ctx, ws, ids[0]))(t); got.Status != crm.Negotiating {
		t.Errorf("the first is %s all the same", got.Status)
	}
}

var errUndone = errors.New("undone")

// inVain runs a unit of work that comes to nothing, and returns what it saw.
func inVain[T any](s *shop, fn func(*crm.Work) T) T {
	var seen T
	err := s.work(func(w *crm.Work) error {
		seen = fn(w)
		return errUndone
	})
	if !errors.Is(err, errUndone) {
		s.Fatalf("%v", err)
	}
	return seen
}

// outcome is what became of some records.
type outcome struct {
	Errors  []string
	Records []crm.Record
}

// after reads what operations with these errors have left.
func after(t tester, w *crm.Work, errs []string) outcome {
	o := outcome{Errors: errs}
	whole := crm.ListOptions{Size: crm.MaxPageSize}
	for _, c := range must(w.Cooperations().List(ctx, crm.CooperationFilter{Archive: crm.ActiveOrNot}, whole))(t).Items {
		o.Records = append(o.Records, c)
	}
	for _, i := range must(w.Influencers().List(ctx, crm.InfluencerFilter{Archive: crm.ActiveOrNot}, whole))(t).Items {
		o.Records = append(o.Records, i)
	}
	return o
}

func text(err error) string {
	if err != nil {
		return err.Error()
	}
	return "ok"
}

func TestBulkDoesWhatSingleCallsDo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newStory(t)
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			s.step()
		}
		ids := slices.Concat(s.cooperations, []crm.CooperationID{crm.CooperationID(nobody)})
		ids = rapid.Permutation(ids).Draw(t, "order")[:rapid.IntRange(0, len(ids)).Draw(t, "how many")]
		reason := rapid.SampledFrom([]string{"", "because", strings.Repeat("long", 6000)}).Draw(t, "reason")
		status := rapid.SampledFrom([]crm.Status{crm.Draft, crm.Negotiating, crm.Signed}).Draw(t, "to")
		tag := rapid.SampledFrom([]string{"tag 0", "TAG 1", "new", "", "two\nlines"}).Draw(t, "tag")
		people := []crm.InfluencerID{}
		for _, i := range s.influencers {
			people = append(people, i.ID)
		}
		operations := map[string]struct {
			single func(*crm.Work) []string
			bulk   func(*crm.Work) (crm.Bulk, error)
		}{
			"status": {
				func(w *crm.Work) (errs []string) {
					for _, id := range ids {
						c, err := w.Cooperations().Get(ctx, id)
						if c.Status = status; err == nil {
							_, err = w.UpdateCooperation(ctx, c, reason)
						}
						errs = append(errs, text(err))
					}
					return errs
				},
				func(w *crm.Work) (crm.Bulk, error) { return w.SetStatus(ctx, crm.AnyVersion(ids...), status, reason) },
			},
			"tag": {
				func(w *crm.Work) (errs []string) {
					for _, id := range people {
						i, err := w.Influencers().Get(ctx, id)
						has := func(t string) bool { return crm.Fold(t) == crm.Fold(tag) }
						if i.Tags = slices.DeleteFunc(i.Tags, func(t string) bool { return t == "tag 2" }); !slices.ContainsFunc(i.Tags, has) {
							i.Tags = append(i.Tags, tag)
						}
						if err == nil {
							_, err = w.UpdateInfluencer(ctx, i, "")
						}
						errs = append(errs, text(err))
					}
					return errs
				},
				func(w *crm.Work) (crm.Bulk, error) {
					return w.Tag(ctx, crm.AnyVersion(people...), []string{tag}, []string{"tag 2"})
				},
			},
			"archive": {
				func(w *crm.Work) (errs []string) {
					for _, id := range ids {
						c, err := w.Cooperations().Get(ctx, id)
						if err == nil {
							_, err = w.Archive(ctx, c.At(), reason)
						}
						errs = append(errs, text(err))
					}
					return errs
				},
				func(w *crm.Work) (crm.Bulk, error) { return w.ArchiveAll(ctx, crm.AnyVersion(ids...), reason) },
			},
		}
		for name, op := range operations {
			one := inVain(s.shop, func(w *crm.Work) outcome { return after(t, w, op.single(w)) })
			many := inVain(s.shop, func(w *crm.Work) outcome {
				var errs []string
				for _, r := range must(op.bulk(w))(t).Results {
					errs = append(errs, text(r.Err))
				}
				return after(t, w, errs)
			})
			if diff := cmp.Diff(one, many, values); diff != "" {
				t.Fatalf("%s (-one by one +at once):\n%s", name, diff)
			}
		}
	})
}

func BenchmarkSetStatus(b *testing.B) {
	for _, size := range benchSizes(b, 100, 1_000, 10_000) {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			s := newShop(b)
			campaign, pam := s.campaign("Summer"), s.influencer("Pam")
			ids := make([]crm.CooperationID, size)
			s.ok(s.work(func(w *crm.Work) error {
				for n := range ids {
					saved, err := w.CreateCooperation(ctx, crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Name: fmt.Sprint("Deal ", n)})
					if err != nil {
						return err
					}
					ids[n] = saved.Cooperation.ID
				}
				return nil
			}))
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				must(s.crm.SetStatus(ctx, s.ws, crm.AnyVersion(ids...), []crm.Status{crm.Negotiating, crm.Draft}[n%2], ""))(b)
			}
		})
	}
}
