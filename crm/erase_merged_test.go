package crm_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/soundness"
	"github.com/getklar/influencercrm/utm"
)

// undo takes back the last unit of work.
func (s *shop) undo() crm.Undone {
	s.Helper()
	return must(s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), ""))(s)
}

// stored is an influencer as it is.
func (s *shop) stored(id crm.InfluencerID) crm.Influencer {
	s.Helper()
	return must(s.crm.Influencer(ctx, s.ws, id))(s)
}

// erase erases an influencer as it is.
func (s *shop) erase(id crm.InfluencerID) crm.Erasure {
	s.Helper()
	log := s.changes()
	done := must(s.crm.Erase(ctx, s.ws, id, s.stored(id).Version, "GDPR"))(s)
	s.ok(s.crm.View(ctx, s.ws, soundness.Check))
	followersAgree(s, s, log)
	return done
}

// saysNoneOf ends the test if anything, at any time, says one of the texts.
func (s *shop) saysNoneOf(texts ...string) {
	s.Helper()
	said := (&gossip{shop: s}).everythingSaid()
	for _, text := range texts {
		if at := strings.Index(strings.ToLower(said), text); at >= 0 {
			s.Fatalf("%q is still there: …%s…", text, said[max(0, at-300):min(len(said), at+60)])
		}
	}
}

// strangers are two influencers who are not the same person, each with a picture and a cooperation.
type strangers struct {
	*shop
	pam, emma   crm.Influencer
	pams, emmas crm.Cooperation
}

func newStrangers(t tester) *strangers {
	w := &strangers{shop: newShop(t)}
	summer := w.campaign("Summer").ID
	make := func(i crm.Influencer, c crm.Cooperation, picture crm.Picture) (crm.Influencer, crm.Cooperation) {
		i = must(w.crm.CreateInfluencer(ctx, w.ws, i))(t)
		c.Campaign, c.Influencer, c.Profile = summer, i.ID, i.Profiles[0].ID
		return w.setPicture(i.ID, picture), w.book(c)
	}
	w.pam, w.pams = make(crm.Influencer{
		Name: "Pamela One", Notes: "pamela's note", Tags: []string{"both", "pamela's"}, Custom: map[string]string{"size": "pamela's M"},
		Profiles: []crm.Profile{{Platform: "instagram", Handle: "pamela"}, {Platform: "blog"}},
	}, crm.Cooperation{Notes: "pamela's deal", Custom: map[string]string{"size": "pamela's M"},
		UTM: utm.Params{Term: utm.Of("pamela")}, Cost: eur(1)}, portrait(5, 3, 9))
	w.emma, w.emmas = make(crm.Influencer{
		Name: "Emma Other", Notes: "emma's note", Tags: []string{"both", "emma's"},
		Custom: map[string]string{"size": "emma's L", "dog": "emma's"},
		Email:  "emma@other.example", Phone: "+49 170 7654321",
		Profiles: []crm.Profile{{Platform: "tiktok", Handle: "emma"}, {Platform: "blog", Link: "https://emma.example"}},
	}, crm.Cooperation{Notes: "emma's deal", Custom: map[string]string{"size": "emma's L"},
		UTM: utm.Params{Term: utm.Of("emma")}, Cost: eur(2)}, portrait(4, 3, 9))
	return w
}

// After a mistaken merge was undone, the erasure of the one leaves the other's data where they are: in the records and in the
// log. What the merge had copied into them goes.
func TestEraseAfterAWrongMerge(t *testing.T) {
	t.Parallel()
	asTheyWere := func(*strangers) {}
	take := func(w *strangers) { w.merge(w.pam.ID, w.emma.ID, "name") }
	for name, test := range map[string]struct {
		merge func(*strangers)
		since func(*strangers) // before the undo
		after func(*strangers)
	}{
		"nothing since": {func(w *strangers) { w.merge(w.pam.ID, w.emma.ID) }, asTheyWere, asTheyWere},
		"with her name": {take, asTheyWere, asTheyWere},
		"by way of a third": {func(w *strangers) {
			zoe := w.influencer("Zoe")
			w.ok(w.work(func(u *crm.Work) error {
				zoe, err := u.MergeInfluencers(ctx, zoe.At(), w.emma.At(), crm.MergeOptions{}, "")
				if err == nil {
					_, err = u.MergeInfluencers(ctx, w.pam.At(), zoe.Influencer.At(), crm.MergeOptions{}, "")
				}
				return err
			}))
		}, asTheyWere, asTheyWere},
		"noted since": {func(w *strangers) { w.merge(w.pam.ID, w.emma.ID) }, func(w *strangers) {
			for _, id := range []crm.CooperationID{w.pams.ID, w.emmas.ID} {
				must(w.edit(id, "", func(c *crm.Cooperation) { c.Notes += "\nlikes it" }))(w)
			}
		}, asTheyWere},
		"merged twice": {func(w *strangers) {
			w.merge(w.pam.ID, w.emma.ID)
			w.undo()
			w.merge(w.pam.ID, w.emma.ID)
		}, asTheyWere, asTheyWere},
		"undone, done again and undone": {take, asTheyWere, func(w *strangers) {
			w.undo()
			w.undo()
		}},
	} {
		for _, erased := range []string{"pamela", "emma"} {
			t.Run(name+", "+erased, func(t *testing.T) {
				t.Parallel()
				w := newStrangers(t)
				test.merge(w)
				merge := w.lastUnit()
				test.since(w)
				if kept := must(w.crm.UndoUnit(ctx, w.ws, merge, ""))(t).Kept; len(kept) > 0 {
					t.Fatalf("kept %+v", kept)
				}
				test.after(w)
				gone, other, others, kept := w.pam, w.emma, w.emmas, "emma"
				if erased == "emma" {
					gone, other, others, kept = w.emma, w.pam, w.pams, "pamela"
				}
				before, past := w.states(), []string{}
				for at := range w.head().Seq + 1 {
					past = append(past, w.asOf(at, other.Ref(), others.Ref()))
				}
				w.erase(gone.ID)
				after := w.states()
				for _, ref := range []crm.Ref{other.Ref(), others.Ref()} {
					if diff := cmp.Diff(before[ref.String()], after[ref.String()]); diff != "" {
						t.Errorf("%s (-before +after):\n%s", ref, diff)
					}
				}
				if len(w.bytesOf(other.Picture)) == 0 {
					t.Error("the other one's picture is gone")
				}
				if _, err := w.crm.Picture(ctx, w.ws, gone.Picture); !errors.Is(err, crm.ErrNotFound) {
					t.Errorf("the erased person's picture: %v", err)
				}
				w.saysNoneOf(erased)
				for at, was := range past {
					is := w.asOf(crm.Seq(at), other.Ref(), others.Ref())
					if strings.Count(was, kept) != strings.Count(is, kept) {
						t.Errorf("as of %d (-before +after):\n%s", at, cmp.Diff(was, is))
					}
				}
			})
		}
	}
}

// asOf is what some records said right after a change, in lower case.
func (s *shop) asOf(seq crm.Seq, refs ...crm.Ref) string {
	s.Helper()
	said := []crm.Record{}
	s.ok(s.crm.AsOf(ctx, s.ws, seq, func(_ context.Context, r crm.Reader) error {
		said = everyRecord(s, r)
		return nil
	}))
	said = slices.DeleteFunc(said, func(r crm.Record) bool { return !slices.Contains(refs, r.Ref()) })
	return strings.ToLower(string(must(json.Marshal(said))(s)))
}

// What the undo of a merge had to leave with somebody else goes from there.
func TestEraseTakesBackWhatAnUndoLeft(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	pam := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Pam", Notes: "likes tea", Tags: []string{"vegan"}}))(t)
	emma := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{
		Name: "Emma Other", Notes: "emma's mum", Tags: []string{"emma's"}, Email: "emma@other.example",
		Custom: map[string]string{"dog": "emma's"},
	}))(t)
	s.merge(pam.ID, emma.ID)
	merge := s.lastUnit()
	edited := s.stored(pam.ID)
	edited.Notes += "\nlikes cake"
	must(s.crm.UpdateInfluencer(ctx, s.ws, edited, ""))(t)
	if kept := must(s.crm.UndoUnit(ctx, s.ws, merge, ""))(t).Kept; len(kept) != 1 {
		t.Fatalf("kept %+v", kept)
	}
	s.erase(emma.ID)
	s.saysNoneOf("emma")
	want := crm.Clone(pam)
	want.Notes = "likes tea\n\nlikes cake"
	got := s.stored(pam.ID)
	want.Version, want.Times = got.Version, got.Times
	if diff := cmp.Diff(want, got, values, cmp.AllowUnexported(utm.Template{}, utm.Params{}, utm.Value{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	sameAsTheLog(t, s)
}

// What people wrote of a cooperation while a wrong merge stood is about the one who had it before and has it again.
func TestEraseOfWhatWasWrittenDuringAWrongMerge(t *testing.T) {
	t.Parallel()
	w := newStrangers(t)
	w.merge(w.pam.ID, w.emma.ID)
	merge := w.lastUnit()
	for _, note := range []string{"her secret mum", "nothing"} {
		must(w.edit(w.emmas.ID, "her secret reason", func(c *crm.Cooperation) { c.Notes = note }))(t)
	}
	must(w.crm.UndoUnit(ctx, w.ws, merge, ""))(t)
	w.erase(w.emma.ID)
	w.saysNoneOf("secret", "emma")
}

// Somebody who was merged into the person is found, whatever the merge moved, and nothing of them is left.
func TestEraseFindsEveryMerge(t *testing.T) {
	t.Parallel()
	zelda := crm.Influencer{Name: "Zelda Secret", Email: "zelda@secret.example", Phone: "+49 170 7654321", Notes: "zelda's note"}
	const blog = "https://secret.example/zelda"
	for name, test := range map[string]struct {
		with  func(*shop, *crm.Influencer)               // before she is created
		until func(*shop, crm.Influencer) crm.Influencer // the merge
		since func(*shop)
	}{
		"nothing moved": {},
		"a united profile": {with: func(_ *shop, i *crm.Influencer) {
			i.Profiles = []crm.Profile{{Platform: "blog", Link: blog}}
		}},
		"deleted cooperations": {until: func(s *shop, i crm.Influencer) crm.Influencer {
			c := s.book(crm.Cooperation{Campaign: s.campaign("Summer").ID, Influencer: i.ID, Notes: "secret"})
			must(s.crm.Delete(ctx, s.ws, c.At(), "secret reason"))(s)
			return i
		}},
		"a picture": {until: func(s *shop, i crm.Influencer) crm.Influencer {
			return s.setPicture(i.ID, portrait(4, 3, 9))
		}},
		"undone, and done again": {since: func(s *shop) {
			s.undo()
			s.undo()
		}},
		"merged before": {until: func(s *shop, i crm.Influencer) crm.Influencer {
			return s.merge(s.influencer("Somebody Secret").ID, i.ID).Influencer
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			pam := s.influencer("Pam", crm.Profile{Platform: "blog", Link: "https://secret.example/zelda"})
			i := crm.Clone(zelda)
			if test.with != nil {
				test.with(s, &i)
			}
			i = must(s.crm.CreateInfluencer(ctx, s.ws, i))(t)
			if test.until != nil {
				i = test.until(s, i)
			}
			s.merge(pam.ID, i.ID)
			if test.since != nil {
				test.since(s)
			}
			s.erase(pam.ID)
			s.saysNoneOf("zelda", "secret", "7654321")
			if !i.Picture.IsZero() {
				if _, err := s.crm.Picture(ctx, s.ws, i.Picture); !errors.Is(err, crm.ErrNotFound) {
					t.Errorf("the picture: %v", err)
				}
			}
		})
	}
}

// A person who was merged by mistake, came back and was deleted is nobody's part.
func TestEraseLeavesWhoWasDeletedByHand(t *testing.T) {
	t.Parallel()
	w := newStrangers(t)
	w.merge(w.pam.ID, w.emma.ID)
	w.undo()
	must(w.crm.Delete(ctx, w.ws, w.cooperation(w.emmas.ID).At(), ""))(t)
	emma := w.stored(w.emma.ID)
	must(w.crm.Delete(ctx, w.ws, emma.At(), ""))(t)
	deleted := w.lastUnit()
	w.erase(w.pam.ID)
	must(w.crm.UndoUnit(ctx, w.ws, deleted, ""))(t)
	back := w.stored(emma.ID)
	emma.Version, emma.Times = back.Version, back.Times
	if diff := cmp.Diff(emma, back, values, cmp.AllowUnexported(utm.Template{}, utm.Params{}, utm.Value{}, budget.Money{})); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

// A short name is found in the account of an import where it is a text of its own, and in UTM parameters likewise.
func TestEraseOfAShortName(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	bo := s.influencer("Bo")
	c := s.book(crm.Cooperation{Campaign: s.campaign("Book").ID, Influencer: bo.ID,
		UTM: utm.Params{Term: utm.Of("bo"), Content: utm.Of("book")}})
	others := s.book(crm.Cooperation{Campaign: c.Campaign, Influencer: bo.ID, UTM: utm.Params{Term: utm.Of("book")}})
	s.ok(s.work(func(w *crm.Work) error {
		for _, plan := range []string{`{"rows":["Bo"]}`, `{"rows":["Book","Bob"]}`} {
			if _, err := w.RecordImport(ctx, crm.ImportRun{Source: "sheet.csv", Plan: json.RawMessage(plan)}); err != nil {
				return err
			}
		}
		return nil
	}))
	if done := s.erase(bo.ID); done.Imports != 1 {
		t.Errorf("%d accounts lost their rows, want that which names Bo", done.Imports)
	}
	if got := s.cooperation(c.ID).UTM; !got.IsZero() {
		t.Errorf("the UTM parameters that name Bo are %v", got)
	}
	if got := s.cooperation(others.ID).UTM; got.Get(utm.Term).String() != "book" {
		t.Errorf("those that do not are %v", got)
	}
}

// However influencers were merged, merges undone and records edited: after an erasure the log, the records, every past state
// and every follower agree.
func TestEraseAfterAnyMerges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		for n := range rapid.IntRange(1, 10).Draw(t, "steps") {
			people := ofKind[crm.Influencer](s.records())
			switch do := rapid.IntRange(0, 5).Draw(t, "do"); {
			case do == 0 && len(people) > 0:
				s.erase(rapid.SampledFrom(people).Draw(t, "erased").ID)
			case do < 3 && s.head().Seq > 1:
				log := s.changes()
				undone := rapid.SampledFrom(log[max(0, len(log)-8):]).Draw(t, "undone").Unit
				must(s.crm.UndoUnit(ctx, s.ws, undone, ""))(t)
			default:
				s.ok(s.work(func(w *crm.Work) error {
					var err error
					for range rapid.IntRange(1, 6).Draw(t, "things") {
						if err == nil {
							err = muddle(t, w, n)
						}
					}
					return err
				}))
			}
		}
		if people := ofKind[crm.Influencer](s.records()); len(people) > 0 {
			s.erase(rapid.SampledFrom(people).Draw(t, "erased").ID)
		}
		sameAsTheLog(t, s)
	})
}
