package crm_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/utm"
)

// What a cooperation said while it was the person's goes, and what was written under the one who has it now stays.
func TestEraseOfACooperationThatMoved(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	summer := s.campaign("Summer")
	ann := s.influencer("Ann Secret", crm.Profile{Platform: "instagram", Handle: "ann.secret"})
	bob := s.influencer("Bob")
	c := s.load(crm.Cooperation{
		Campaign: summer.ID, Influencer: ann.ID, Name: "Ann Secret's reel", Notes: "call her mum\nship to her flat",
		Custom: map[string]string{"sister": "Laura", "size": "M"}, Cost: eur(100),
		UTM:          utm.Params{Campaign: utm.Of("summer"), Content: utm.Of("ann-secret")},
		Cancellation: &crm.Cancellation{On: day("2026-05-01"), Reason: "she is ill"},
		Imported:     &crm.Imported{Source: "sheet", Key: "ann secret|summer", Values: map[string]string{"name": "Ann Secret"}},
	})
	must(s.edit(c.ID, "Ann asked", func(c *crm.Cooperation) { c.Custom["sister"] = "Laura S." }))(t)
	must(s.edit(c.ID, "Ann is ill", func(c *crm.Cooperation) { c.Influencer = bob.ID }))(t)
	must(s.edit(c.ID, "Bob asked", func(c *crm.Cooperation) {
		c.Notes += "\nBob has a dog"
		c.Custom["size"], c.Custom["pet"] = "L", "dog"
		c.Cancellation.Fee = eur(7)
	}))(t)
	sameAsTheLog(t, s)
	done := must(s.crm.Erase(ctx, s.ws, ann.ID, ann.Version, "she demanded it"))(t)
	if done.Cooperations != 1 {
		t.Errorf("%d cooperations lost something", done.Cooperations)
	}
	got := s.cooperation(c.ID)
	want := crm.Clone(got)
	want.Name, want.NameMode, want.Notes, want.Imported = "Summer - Bob", crm.NameAuto, "Bob has a dog", nil
	want.Influencer, want.Custom, want.UTM = bob.ID, map[string]string{"size": "L", "pet": "dog"}, utm.Params{}
	want.Cancellation, want.Cost = &crm.Cancellation{On: day("2026-05-01"), Fee: eur(7), Status: crm.Draft}, eur(100)
	if diff := cmp.Diff(want, got, values, cmp.AllowUnexported(utm.Value{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	said := string(must(json.Marshal(s.changes()))(t))
	for _, secret := range []string{"Secret", "secret", "mum", "flat", "Laura", "ill"} {
		if strings.Contains(said, secret) {
			t.Errorf("the log still has %q", secret)
		}
	}
	for _, kept := range []string{"Bob asked", "Bob has a dog", `"dog"`} {
		if !strings.Contains(said, kept) {
			t.Errorf("the log has lost %q, which is about Bob", kept)
		}
	}
	sameAsTheLog(t, s)
}

// However cooperations were edited, moved, deleted and undone: after the erasure the log, the records and every past
// state agree, nothing stands anywhere that stood while a cooperation was the person's, and what others wrote stays.
func TestEraseAfterAnyHistory(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		summer := s.campaign("Summer")
		people := []crm.Influencer{s.influencer("Ann"), s.influencer("Bob"), s.influencer("Cid")}
		ann := people[0]
		start := s.head().Seq
		stood := map[string]bool{} // texts that stood while a cooperation was Ann's
		written := map[string]bool{}
		note := func() {
			for _, c := range cooperationsOf(s) {
				texts := append(strings.Split(c.Notes, "\n"), c.Name)
				for _, value := range c.Custom {
					texts = append(texts, value)
				}
				for _, text := range texts {
					written[text] = strings.HasPrefix(text, "text ")
					stood[text] = stood[text] || c.Influencer == ann.ID
				}
			}
		}
		for n := range rapid.IntRange(1, 14).Draw(t, "steps") {
			text := fmt.Sprintf("text %d.", n)
			who := people[rapid.IntRange(0, 2).Draw(t, "who")]
			all := cooperationsOf(s)
			do := rapid.SampledFrom([]string{"book", "move", "notes", "more notes", "custom", "name", "delete", "undo"}).Draw(t, "do")
			if s.head().Seq == start || len(all) == 0 && do != "undo" {
				do = "book"
			}
			var err error
			var c crm.Cooperation
			if len(all) > 0 {
				c = all[rapid.IntRange(0, len(all)-1).Draw(t, "cooperation")]
			}
			switch do {
			case "book":
				s.book(crm.Cooperation{Campaign: summer.ID, Influencer: who.ID, Notes: text})
			case "delete":
				_, err = s.crm.Delete(ctx, s.ws, c.At(), text)
			case "undo":
				_, err = s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), "")
			default:
				_, err = s.edit(c.ID, "", func(c *crm.Cooperation) {
					switch do {
					case "move":
						c.Influencer = who.ID
					case "notes":
						c.Notes = text
					case "more notes":
						c.Notes += "\n" + text
					case "custom":
						c.Custom[fmt.Sprint("field ", n%2)] = text
					case "name":
						c.Name = text
					}
				})
			}
			s.ok(err)
			note()
		}
		before, log := cooperationsOf(s), s.changes()
		must(s.crm.Erase(ctx, s.ws, ann.ID, ann.Version, ""))(t)
		sameAsTheLog(t, s)
		followersAgree(t, s, log)
		said := string(must(json.Marshal(s.changes()))(t)) + string(must(json.Marshal(cooperationsOf(s)))(t))
		for text := range written {
			if written[text] && strings.Contains(said, text) == stood[text] {
				t.Errorf("%q stood while it was Ann's: %t, and is still there: %t", text, stood[text], !stood[text])
			}
		}
		for n, c := range cooperationsOf(s) {
			if was := before[n]; c.Influencer != ann.ID && !stood[was.Notes] && !strings.Contains(was.Notes, "\n") && c.Notes != was.Notes {
				t.Errorf("another's notes were %q, are %q", was.Notes, c.Notes)
			}
		}
	})
}

func cooperationsOf(s *shop) (all []crm.Cooperation) {
	s.Helper()
	s.ok(s.crm.View(ctx, s.ws, func(ctx context.Context, r crm.Reader) error {
		return crm.Each(ctx, r.Cooperations(), crm.CooperationFilter{Archive: crm.ActiveOrNot}, func(c crm.Cooperation) error {
			all = append(all, c)
			return nil
		})
	}))
	return all
}

// followersAgree holds a host that keeps its own copy of the records to what is stored, wherever in the log it was when
// somebody was erased: log is what it had been given, or would have been. It reads a record again at an Erased change.
func followersAgree(t tester, s *shop, log []crm.Change) {
	t.Helper()
	redo := func(copies map[crm.Ref]crm.Record, c crm.Change) {
		after, err := c.Redo(copies[c.Record])
		if err != nil {
			t.Fatalf("change %d: %v", c.Seq, err)
		}
		if copies[c.Record] = after; after == nil {
			delete(copies, c.Record)
		}
	}
	redacted, stored := s.changes(), map[crm.Ref]crm.Record{}
	s.ok(s.crm.View(ctx, s.ws, func(_ context.Context, r crm.Reader) error {
		for _, record := range everyRecord(s, r) {
			stored[record.Ref()] = record
		}
		return nil
	}))
	read := map[crm.Ref]crm.Record{}
	for at := range len(log) + 1 {
		if at > 0 {
			c := log[at-1]
			if c.Kind == crm.Erased { // by an earlier erasure, after which the log goes on from what it left
				c.Kind = crm.Updated
			}
			redo(read, c)
		}
		copies, again := maps.Clone(read), map[crm.Ref]bool{}
		for _, c := range redacted[at:] {
			if again[c.Record] = again[c.Record] || c.Kind == crm.Erased; !again[c.Record] {
				redo(copies, c)
			}
		}
		for ref := range again {
			if r, there := stored[ref]; again[ref] && there {
				copies[ref] = r
			} else if again[ref] {
				delete(copies, ref)
			}
		}
		if has, want := string(must(json.Marshal(byName(copies)))(t)), string(must(json.Marshal(byName(stored)))(t)); has != want {
			t.Fatalf("who had read %d changes (-stored +has):\n%s", at, cmp.Diff(want, has))
		}
	}
}

// byName are records in the order of their names.
func byName(all map[crm.Ref]crm.Record) []crm.Record {
	return slices.SortedFunc(maps.Values(all), func(a, b crm.Record) int { return strings.Compare(a.Ref().String(), b.Ref().String()) })
}

// A cooperation that went to somebody else without what had been said under the person: only its log loses something.
func TestEraseOfACooperationThatLeftAllBehind(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	ann, bob := s.influencer("Ann Secret"), s.influencer("Bob")
	c := s.book(crm.Cooperation{Campaign: s.campaign("Summer").ID, Influencer: ann.ID, Notes: "secret",
		UTM: utm.Params{Term: utm.Of("ann-secret")}})
	must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Influencer, c.Notes, c.UTM = bob.ID, "", utm.Params{} }))(t)
	log := s.changes()
	done := must(s.crm.Erase(ctx, s.ws, ann.ID, ann.Version, ""))(t)
	if done.Cooperations != 1 {
		t.Errorf("%d cooperations lost something", done.Cooperations)
	}
	followersAgree(t, s, log)
}
