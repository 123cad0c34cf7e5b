// Package operations has the operations of a service whose statements the tests of the SQL stores count, so that both
// count the same ones.
package operations

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/duplicates"
)

// Operation is one to be counted. Each time, Prepare makes what Do takes.
type Operation struct {
	Name    string
	Prepare func(context.Context) error // nil if there is nothing to make
	Do      func(context.Context) error
}

// How many cooperations the operations on several have.
const (
	Many = 70 // in bulk, more than a few
	Some = 10 // of an influencer or campaign
)

// workload is the workspace that the operations work on.
type workload struct {
	*crm.Service
	store crm.Store
	ws    crm.WorkspaceID

	campaign crm.Campaign
	pam      crm.Influencer
	first    crm.Cooperation
	booked   []crm.CooperationID // Many

	made int // what was made for one operation so far, for names
	at   crm.Seq
	unit uuid.UUID
	one  crm.Campaign
	into crm.Influencer
	from crm.Influencer
}

// New prepares an empty workspace and returns all operations, in the order in which they are to run.
func New(ctx context.Context, store crm.Store, ws crm.WorkspaceID) (_ []Operation, err error) {
	w := &workload{Service: crm.New(store, nil), store: store, ws: ws}
	if w.campaign, err = w.CreateCampaign(ctx, ws, crm.Campaign{Name: "Summer"}); err != nil {
		return nil, err
	}
	pam := crm.Influencer{Name: "Pam", Profiles: []crm.Profile{{Platform: "instagram", Handle: "pam"}}}
	if w.pam, err = w.CreateInfluencer(ctx, ws, pam); err != nil {
		return nil, err
	}
	for n := range Many + 1 {
		saved, err := w.CreateCooperation(ctx, ws, w.booking(w.campaign, w.pam))
		if err != nil {
			return nil, err
		}
		if w.first = saved.Cooperation; n < Many {
			w.booked = append(w.booked, saved.Cooperation.ID)
		}
	}
	return append(append(w.reads(), w.edits()...), w.units()...), nil
}

func (w *workload) booking(c crm.Campaign, i crm.Influencer) crm.Cooperation {
	return crm.Cooperation{
		Campaign: c.ID, Influencer: i.ID, Profile: i.Profiles[0].ID,
		Period: budget.Period{Start: budget.MustParseDate("2026-06-01")},
	}
}

// reading is an operation that reads with a Reader of no unit of work.
func (w *workload) reading(name string, do func(context.Context, crm.Reader) error) Operation {
	return Operation{Name: name, Do: func(ctx context.Context) error { return do(ctx, w.store.Reader(w.ws)) }}
}

func counting[R crm.Record, F any](w *workload, of func(crm.Reader) crm.Records[R, F]) Operation {
	var f F
	return w.reading(fmt.Sprintf("count of %ss", crm.RefTo(crm.ID[R]{}).Kind), func(ctx context.Context, r crm.Reader) error {
		_, err := of(r).Count(ctx, f)
		return err
	})
}

func listing[R crm.Record, F any](w *workload, of func(crm.Reader) crm.Records[R, F]) Operation {
	var f F
	return w.reading(fmt.Sprintf("page of %ss", crm.RefTo(crm.ID[R]{}).Kind), func(ctx context.Context, r crm.Reader) error {
		_, err := of(r).List(ctx, f, crm.ListOptions{Size: 50})
		return err
	})
}

func (w *workload) reads() []Operation {
	loading := func(name string, n crm.Need) Operation {
		return w.reading("load of "+name, func(ctx context.Context, r crm.Reader) error { _, err := r.Load(ctx, n); return err })
	}
	return []Operation{
		w.reading("get", func(ctx context.Context, r crm.Reader) error {
			_, err := r.Cooperations().Get(ctx, w.first.ID)
			return err
		}),
		w.reading("get of what is not there", func(ctx context.Context, r crm.Reader) error {
			_, err := r.Cooperations().Get(ctx, crm.CooperationID{9})
			return expected(err, crm.ErrNotFound)
		}),
		listing(w, crm.Reader.Members), listing(w, crm.Reader.Campaigns), listing(w, crm.Reader.Influencers),
		listing(w, crm.Reader.Cooperations), listing(w, crm.Reader.ImportRuns),
		w.reading("page with names", func(ctx context.Context, r crm.Reader) error {
			_, err := r.Cooperations().List(ctx, crm.CooperationFilter{Campaigns: []crm.CampaignID{w.campaign.ID}},
				crm.ListOptions{Size: 50, WithNames: true})
			return err
		}),
		counting(w, crm.Reader.Members), counting(w, crm.Reader.Campaigns), counting(w, crm.Reader.Influencers),
		counting(w, crm.Reader.Cooperations), counting(w, crm.Reader.ImportRuns),
		w.reading("sums of cooperations", func(ctx context.Context, r crm.Reader) error {
			_, err := r.Sums(ctx, crm.CooperationFilter{})
			return err
		}),
		w.reading("facets of cooperations", func(ctx context.Context, r crm.Reader) error {
			_, err := r.Facets(ctx, crm.CooperationFilter{})
			return err
		}),
		w.reading("workspace", func(ctx context.Context, r crm.Reader) error { _, err := r.Workspace(ctx); return err }),
		w.reading("changes", func(ctx context.Context, r crm.Reader) error {
			_, err := r.Changes(ctx, crm.ChangeFilter{}, 10)
			return err
		}),
		loading("a cooperation with its parents", crm.Need{Refs: []crm.Ref{w.first.Ref()}, Parents: true}),
		loading("a name that is taken", crm.Need{Names: []crm.NameProbe{{Campaign: w.campaign.ID, Prefix: "summer"}}}),
		loading("a name that is free", crm.Need{Names: []crm.NameProbe{{Campaign: w.campaign.ID, Prefix: "winter"}}}),
		loading("a handle that is taken", crm.Need{Handles: []crm.Handle{{Platform: "instagram", Handle: "pam"}}}),
		loading("a handle that is free", crm.Need{Handles: []crm.Handle{{Platform: "tiktok", Handle: "pam"}}}),
		w.reading("plan rows", func(ctx context.Context, r crm.Reader) error {
			return r.PlanRows(ctx, func(crm.PlanRow) error { return nil })
		}),
		{Name: "duplicates of a form", Do: func(ctx context.Context) error {
			form := crm.Influencer{Name: "Pam Müller", Email: "pam@mail.example", Phone: "+49 170 1234567"}
			form.Profiles = []crm.Profile{{Platform: "tiktok", Handle: "pam", Link: "https://www.tiktok.com/@pam"}}
			return w.View(ctx, w.ws, func(ctx context.Context, r crm.Reader) error {
				found, err := duplicates.Find(ctx, r, duplicates.Options{Of: &form})
				if err == nil && len(found) != 1 {
					err = fmt.Errorf("%d duplicates", len(found))
				}
				return err
			})
		}},
		{Name: "view of three reads", Do: func(ctx context.Context) error {
			return w.View(ctx, w.ws, func(ctx context.Context, r crm.Reader) error {
				if _, err := r.Workspace(ctx); err != nil {
					return err
				}
				if _, err := r.Campaigns().Get(ctx, w.campaign.ID); err != nil {
					return err
				}
				_, err := r.Influencers().Get(ctx, w.pam.ID)
				return err
			})
		}},
		{Name: "report", Do: func(ctx context.Context) error { _, err := w.Report(ctx, w.ws, nil); return err }},
		{Name: "summary", Do: func(ctx context.Context) error { _, err := w.Summary(ctx, w.ws, nil); return err }},
		{Name: "report as of before an edit", Prepare: w.past, Do: func(ctx context.Context) error {
			_, err := w.ReportAsOf(ctx, w.ws, w.at, nil)
			return err
		}},
		{Name: "record as of before an edit", Prepare: w.past, Do: func(ctx context.Context) error {
			return w.AsOf(ctx, w.ws, w.at, func(ctx context.Context, r crm.Reader) error {
				_, err := r.Cooperations().Get(ctx, w.first.ID)
				return err
			})
		}},
	}
}

func (w *workload) edits() []Operation {
	return []Operation{
		{Name: "create of a cooperation of a name that many have", Do: func(ctx context.Context) error {
			_, err := w.CreateCooperation(ctx, w.ws, w.booking(w.campaign, w.pam))
			return err
		}},
		{Name: "create of an influencer", Do: func(ctx context.Context) error { _, err := w.influencer(ctx); return err }},
		{Name: "edit of a note", Do: w.note},
		{Name: "status of seventy cooperations", Do: func(ctx context.Context) error {
			w.made++
			to := []crm.Status{crm.Draft, crm.Negotiating}[w.made%2]
			_, err := w.SetStatus(ctx, w.ws, crm.AnyVersion(w.booked...), to, "")
			return err
		}},
		{Name: "rename of a campaign of ten cooperations", Prepare: w.twoPeople, Do: func(ctx context.Context) error {
			renamed := w.one
			renamed.Name += " again"
			_, err := w.UpdateCampaign(ctx, w.ws, renamed, "")
			return err
		}},
	}
}

func (w *workload) units() []Operation {
	return []Operation{
		{Name: "create of seventy cooperations", Do: w.bulk},
		{Name: "undo of seventy creates", Prepare: w.bulk, Do: func(ctx context.Context) error {
			_, err := w.UndoUnit(ctx, w.ws, w.unit, "")
			return err
		}},
		{Name: "clone of a campaign of ten cooperations", Prepare: w.twoPeople, Do: func(ctx context.Context) error {
			_, err := w.CloneCampaign(ctx, w.ws, w.one.ID, crm.CloneOptions{Name: w.one.Name + " again", Cooperations: true})
			return err
		}},
		{Name: "merge of two influencers of ten cooperations each", Prepare: w.twoPeople, Do: func(ctx context.Context) error {
			_, err := w.MergeInfluencers(ctx, w.ws, w.into.At(), w.from.At(), crm.MergeOptions{}, "")
			return err
		}},
		{Name: "erasure of an influencer of ten cooperations", Prepare: w.twoPeople, Do: func(ctx context.Context) error {
			_, err := w.Erase(ctx, w.ws, w.from.ID, w.from.Version, "asked for")
			return err
		}},
	}
}

// expected is nil if an error is the wanted one.
func expected(err, want error) error {
	if errors.Is(err, want) {
		return nil
	}
	return fmt.Errorf("error %w instead of %w", err, want)
}

func (w *workload) note(ctx context.Context) error {
	w.made++
	w.first.Notes = fmt.Sprint("edit ", w.made)
	saved, err := w.UpdateCooperation(ctx, w.ws, w.first, "")
	w.first = saved.Cooperation
	return err
}

// past notes a seq that one edit follows.
func (w *workload) past(ctx context.Context) error {
	head, err := w.store.Reader(w.ws).Head(ctx)
	if err != nil {
		return err
	}
	w.at = head.Seq
	return w.note(ctx)
}

func (w *workload) bulk(ctx context.Context) error {
	return w.Update(ctx, w.ws, func(ctx context.Context, work *crm.Work) error {
		w.unit = work.Unit()
		for range Many {
			if _, err := work.CreateCooperation(ctx, w.booking(w.campaign, w.pam)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *workload) influencer(ctx context.Context) (crm.Influencer, error) {
	w.made++
	handle := fmt.Sprint("person", w.made)
	return w.CreateInfluencer(ctx, w.ws, crm.Influencer{Name: fmt.Sprint("Person ", w.made),
		Profiles: []crm.Profile{{Platform: "instagram", Handle: handle}}})
}

// twoPeople makes two influencers with Some cooperations each, those of the second in a campaign of their own.
func (w *workload) twoPeople(ctx context.Context) (err error) {
	if w.into, err = w.influencer(ctx); err != nil {
		return err
	}
	if w.from, err = w.influencer(ctx); err != nil {
		return err
	}
	if w.one, err = w.CreateCampaign(ctx, w.ws, crm.Campaign{Name: fmt.Sprint("Campaign ", w.made)}); err != nil {
		return err
	}
	return w.Update(ctx, w.ws, func(ctx context.Context, work *crm.Work) error {
		for range Some {
			if _, err := work.CreateCooperation(ctx, w.booking(w.campaign, w.into)); err != nil {
				return err
			}
			if _, err := work.CreateCooperation(ctx, w.booking(w.one, w.from)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Sheet is a sheet of so many rows, five for each influencer, in ten campaigns.
func Sheet(rows int) string {
	var text strings.Builder
	text.WriteString("Influencer,Handle,Platform,Campaign,Start,Fee,Code,Status\n")
	for n := range rows {
		one := n / 5
		fmt.Fprintf(&text, "Ida %d,@ida.%d,Instagram,Campaign %d,2026-06-%02d,%d.00,IDA%d,signed\n", one, one, n%10, n%28+1, 100+n, one)
	}
	return text.String()
}
