package crm_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// What comes back from archiving and restoring is the record as it is now, and where the log has it.
func TestArchiveReturnsTheRecord(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	if done := must(w.crm.Delete(ctx, w.ws, w.idea.At(), "never mind"))(t); done != w.lastDone() {
		t.Errorf("deleted with %+v, want %+v", done, w.lastDone())
	}
	for _, at := range []crm.At{w.anna.At(), w.deal.At(), w.summer.At(), w.pam.At()} {
		archived := must(w.crm.Archive(ctx, w.ws, at, "over"))(t)
		if diff := cmp.Diff(w.lastDone(), archived.Done); diff != "" {
			t.Errorf("%s archived (-want +got):\n%s", at.Kind, diff)
		}
		if r := archived.Record; r.Ref() != at.Ref || r.Revision() != at.Version+1 {
			t.Errorf("%s came back as %s at %d", at, r.Ref(), r.Revision())
		}
		again := must(w.crm.Archive(ctx, w.ws, asRead(archived.Record), ""))(t)
		if diff := cmp.Diff(archived.Record, again.Record, values); diff != "" || again.Seq != archived.Seq {
			t.Errorf("%s archived twice, seq %d and %d (-first +second):\n%s", at.Kind, archived.Seq, again.Seq, diff)
		}
		restored := must(w.crm.Restore(ctx, w.ws, asRead(archived.Record), ""))(t)
		if restored.Record.Revision() != at.Version+2 || restored.Done != w.lastDone() {
			t.Errorf("%s restored: %+v", at.Kind, restored)
		}
	}
}

// A page sends what was selected, with the versions that it shows. What has changed meanwhile stays.
func TestBulkOfVersions(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		at   crm.Ref
		from int64 // the version
		want string
	}{
		"whatever is stored": {from: 0, want: "ok"},
		"as it is stored":    {from: 2, want: "ok"},
		"older": {from: 1,
			want: `"1": it has changed since it was read, and is at version 2 now; read it again and repeat the change`},
		"never was": {from: 7,
			want: `"7": it has changed since it was read, and is at version 2 now; read it again and repeat the change`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTown(t)
			idea, pam := w.idea, w.pam
			idea.Notes, pam.Notes = "changed", "changed"
			idea = must(w.crm.UpdateCooperation(ctx, w.ws, idea, ""))(t).Cooperation
			pam = must(w.crm.UpdateInfluencer(ctx, w.ws, pam, ""))(t)
			if idea.Version != 2 || pam.Version != 2 {
				t.Fatalf("versions %d and %d", idea.Version, pam.Version)
			}
			cooperation, influencer := []crm.At{idea.Ref().At(test.from)}, []crm.At{pam.Ref().At(test.from)}
			dry := w.crm.DryRun() // so that all see the same
			want := func(kind string) string {
				if test.want == "ok" {
					return "ok"
				}
				return kind + " version " + test.want
			}
			wantResults(t, must(dry.SetStatus(ctx, w.ws, cooperation, crm.Negotiating, ""))(t), want("cooperation"))
			wantResults(t, must(dry.Tag(ctx, w.ws, influencer, []string{"new"}, nil))(t), want("influencer"))
			wantResults(t, must(dry.ArchiveAll(ctx, w.ws, append(cooperation, influencer...), ""))(t), want("cooperation"), want("influencer"))
			reapplied := must(dry.ReapplyDefaults(ctx, w.ws, cooperation, crm.Reapply{}, ""))(t).Results[0].Result
			wantResults(t, crm.Bulk{Results: []crm.Result{reapplied}}, want("cooperation"))
			if test.want != "ok" && !errors.Is(reapplied.Err, crm.ErrConflict) {
				t.Errorf("%v is no ErrConflict", reapplied.Err)
			}
		})
	}
}

// A call for one kind of record refuses another by name, and changes nothing.
func TestAnotherKindOfRecord(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	before := w.head()
	const other = `campaign kind "campaign": this call is for another kind of record: `
	wantResults(t, must(w.crm.SetStatus(ctx, w.ws, []crm.At{w.summer.At()}, crm.Draft, ""))(t), other+"cooperation")
	wantResults(t, must(w.crm.Tag(ctx, w.ws, []crm.At{w.summer.At()}, []string{"x"}, nil))(t), other+"influencer")
	reapplied := must(w.crm.ReapplyDefaults(ctx, w.ws, []crm.At{w.summer.At()}, crm.Reapply{}, ""))(t).Results[0]
	wantResults(t, crm.Bulk{Results: []crm.Result{reapplied.Result}}, other+"cooperation")
	for _, at := range [][2]crm.At{{w.summer.At(), w.pam.At()}, {w.pam.At(), w.summer.At()}} {
		if err := second(w.crm.MergeInfluencers(ctx, w.ws, at[0], at[1], crm.MergeOptions{}, "")); err == nil || err.Error() != other+"influencer" {
			t.Errorf("merge: %v", err)
		}
	}
	if w.head() != before {
		t.Error("something was written")
	}
}

func TestAtAsJSON(t *testing.T) {
	t.Parallel()
	want := crm.RefTo(crm.CampaignID(nobody)).At(3)
	const text = `{"kind":"campaign","id":"018f8f5e-0000-7000-8000-00000000dead","version":3}`
	if got := string(must(json.Marshal(want))(t)); got != text {
		t.Errorf("got %s", got)
	}
	var got crm.At
	if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
		t.Errorf("got %v, %v", got, err)
	}
}
