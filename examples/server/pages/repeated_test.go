package pages_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

// twice sends a form two times, as a double click does, and wants both to lead to one place.
func (h *host) twice(what, path string, pairs ...string) page {
	h.Helper()
	first, second := h.post(path, pairs...), h.post(path, pairs...)
	h.has(what, first, 303)
	h.has(what+", the second time", second, 303)
	if first.to != second.to {
		h.Errorf("%s: it leads to %s, and the second time to %s", what, first.to, second.to)
	}
	return second
}

// The second of two clicks finds done what it asks for, and comes to where the first one came to.
func TestFormsThatAreSentTwice(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	emma := h.emma()
	person := "influencers/" + emma.ID.String()
	h.twice("archive", person+"/archive", "version", "1")
	h.twice("restore", person+"/restore", "version", "2")
	h.has("archive it at the version before", h.post(person+"/archive", "version", "2"), 412)

	campaign := h.summer()
	deal := h.deal(campaign, "Ida", "", crm.Draft)
	path := "cooperations/" + deal.ID.String()
	h.twice("cancel", path+"/cancel", "version", "1", "cancellation.reason", "no time")
	h.has("cancel for another reason", h.post(path+"/cancel", "version", "1", "cancellation.reason", "no money"), 412)
	h.twice("reinstate", path+"/reinstate", "version", "2")
	h.twice("delete a draft", path+"/delete", "version", "3")
	h.twice("delete a campaign", "campaigns/"+campaign.String()+"/delete", "version", "1")
	ida := "influencers/" + deal.Influencer.String()
	h.twice("delete an influencer", ida+"/delete", "version", "1")
	zoe := ok(h.crm.CreateMember(t.Context(), h.ws.ID, crm.Member{Name: "Zoe"}))(h)
	gone := h.twice("delete a member", "members/"+zoe.ID.String()+"/delete", "version", "1")
	h.twice("take that back", "undo", "unit", gone.to[strings.LastIndex(gone.to, "=")+1:], "back", "/w/"+h.ws.ID.String()+"/members")
	h.has("what never was", h.post("members/018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f/delete", "version", "1"), 404)
	h.has("what is no id", h.post("members/x/delete", "version", "1"), 404)

	twin := ok(h.crm.CreateInfluencer(t.Context(), h.ws.ID,
		crm.Influencer{Name: "Emma", Profiles: []crm.Profile{{Platform: "youtube", Handle: "emma"}}}))(h)
	ok(h.crm.CreateCooperation(t.Context(), h.ws.ID, crm.Cooperation{Influencer: twin.ID, Campaign: h.summer()}))(h)
	h.has("two of one name", h.get("influencers/duplicates", "en"), 200,
		"Instagram @emma, TikTok @emmatok · 0 cooperations", "YouTube @emma · 1 cooperation")
	merged := h.twice("merge", person+"/merge", "version", "3", "from", twin.ID.String(), "from_version", "1")
	h.has("merged", h.get(merged.to, "en"), 200, "<span>Emma</span>", "Undo")
}

// Whose data were erased is not erased again, and the page says so.
func TestErasedPerson(t *testing.T) {
	t.Parallel()
	h, _, _ := newStateHost(t)
	emma := h.emma()
	for path, name := range map[string]string{"influencers/" + emma.ID.String(): "Emma", "members/" + emma.Responsible.String(): "Mira"} {
		h.twice("erase "+name, path+"/erase", "version", "1", "confirm", name)
		if again := h.get(path+"/erase", "en"); !strings.HasSuffix(again.to, path) {
			t.Errorf("the page to erase %s again: %d %s", name, again.status, again.main())
		}
		for lang, text := range map[string]string{"en": "The data of this person were erased.", "de": "Die Daten dieser Person wurden gelöscht."} {
			p := h.get(path, lang)
			h.has(name, p, 200, text)
			for _, no := range []string{path + "/erase", path + "/restore", path + "/duplicates"} {
				if strings.Contains(p.main(), no) {
					t.Errorf("the page of whom was erased offers %s", no)
				}
			}
		}
	}
}

// Erasing again is possible while something of a person is left, whatever their name is.
func TestWhatIsLeftCanBeErased(t *testing.T) {
	t.Parallel()
	h, _, _ := newStateHost(t)
	const name, notice = "Erased person", "The data of this person were erased."
	influencer := func(i crm.Influencer) crm.Influencer { return ok(h.crm.CreateInfluencer(t.Context(), h.ws.ID, i))(h) }
	member := func(m crm.Member) crm.Member { return ok(h.crm.CreateMember(t.Context(), h.ws.ID, m))(h) }
	now := func(r crm.Ref) crm.At { return r.At(h.version(r)) }
	archive := func(r crm.Ref) { ok(h.crm.Archive(t.Context(), h.ws.ID, now(r), ""))(h) }
	restore := func(r crm.Ref) { ok(h.crm.Restore(t.Context(), h.ws.ID, now(r), ""))(h) }
	erase := func(what, path string, ref crm.Ref) {
		t.Helper()
		p := h.get(path, "en")
		h.has(what, p, 200, path+"/erase")
		if strings.Contains(p.main(), notice) {
			t.Errorf("%s: the page says that the data were erased", what)
		}
		h.has(what+": the page to erase", h.get(path+"/erase", "en"), 200, name)
		h.has(what+": erase", h.post(path+"/erase", "version", strconv.FormatInt(h.version(ref), 10), "confirm", name), 303)
		h.has(what+": erased", h.get(path, "en"), 200, notice)
		if again := h.get(path+"/erase", "en"); !strings.HasSuffix(again.to, path) {
			t.Errorf("%s: the page to erase again: %d", what, again.status)
		}
		log := ok(h.crm.Log(t.Context(), h.ws.ID, crm.ChangeFilter{Record: ref}, 100))(h)
		if text := string(ok(json.Marshal(log))(h)); strings.Contains(text, "example.com") {
			t.Errorf("%s: the log still says %s", what, text)
		}
	}

	named := influencer(crm.Influencer{Name: name, Email: "anna@example.com", Phone: "+49 170 1"})
	archive(named.Ref())
	path := "influencers/" + named.ID.String()
	erase("an influencer of that name", path, named.Ref())
	if i := h.stored(named); i.Email != "" || i.Phone != "" {
		t.Errorf("%+v", i)
	}
	restore(named.Ref())
	named = h.stored(named)
	named.Email = "anna.new@example.com"
	named = ok(h.crm.UpdateInfluencer(t.Context(), h.ws.ID, named, ""))(h)
	archive(named.Ref())
	erase("an influencer with new data", path, named.Ref())
	if i := h.stored(named); i.Email != "" {
		t.Errorf("%+v", i)
	}
	restore(named.Ref())
	named = h.stored(named)
	named.Email = "anna.new@example.com"
	named = ok(h.crm.UpdateInfluencer(t.Context(), h.ws.ID, named, ""))(h)
	named.Email = ""
	named = ok(h.crm.UpdateInfluencer(t.Context(), h.ws.ID, named, ""))(h)
	archive(named.Ref())
	erase("an influencer whose new data are in the log only", path, named.Ref())

	busy := influencer(crm.Influencer{Name: "Ida", Email: "ida@example.com"})
	deal := ok(h.crm.CreateCooperation(t.Context(), h.ws.ID, crm.Cooperation{Influencer: busy.ID, Campaign: h.summer()}))(h).Cooperation
	path = "influencers/" + busy.ID.String()
	ok(h.crm.Erase(t.Context(), h.ws.ID, busy.ID, 1, "GDPR"))(h)
	h.has("an erased influencer with a cooperation", h.get(path, "en"), 200, notice)
	deal = ok(h.crm.Cooperation(t.Context(), h.ws.ID, deal.ID))(h)
	deal.Notes = "Ida called"
	ok(h.crm.UpdateCooperation(t.Context(), h.ws.ID, deal, ""))(h)
	erase("an influencer about whom somebody has written since", path, busy.Ref())
	if c := ok(h.crm.Cooperation(t.Context(), h.ws.ID, deal.ID))(h); c.Notes != "" {
		t.Errorf("%+v", c)
	}

	mia := member(crm.Member{Name: name, Email: "mia@example.com"})
	archive(mia.Ref())
	path = "members/" + mia.ID.String()
	erase("a member of that name", path, mia.Ref())
	restore(mia.Ref())
	mia = ok(h.crm.Member(t.Context(), h.ws.ID, mia.ID))(h)
	mia.Email = "mia.new@example.com"
	mia = ok(h.crm.UpdateMember(t.Context(), h.ws.ID, mia, ""))(h)
	archive(mia.Ref())
	erase("a member with new data", path, mia.Ref())
	if m := ok(h.crm.Member(t.Context(), h.ws.ID, mia.ID))(h); m.Email != "" {
		t.Errorf("%+v", m)
	}
}

// Who has become a part of somebody cannot become one of somebody else, and the second merge does not look done.
func TestMergeOfWhoIsMergedIntoAnother(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	influencer := func(name string) string {
		return ok(h.crm.CreateInfluencer(t.Context(), h.ws.ID, crm.Influencer{Name: name}))(h).ID.String()
	}
	xena, yara, fay := influencer("Xena"), influencer("Yara"), influencer("Fay")
	h.twice("merge", "influencers/"+xena+"/merge", "version", "1", "from", fay, "from_version", "1")
	p := h.post("influencers/"+yara+"/merge", "version", "1", "from", fay, "from_version", "1")
	h.has("into another one", p, 303)
	h.has("the one who remains", h.get(p.to, "en"), 200, "Fay is part of Xena now.", "Merge Yara and Xena",
		"Yara stays and gets everything; Xena goes.")
	h.has("both are there", h.get("influencers/"+yara, "en"), 200, "<span>Yara</span>")
	h.has("both are there", h.get("influencers/"+xena, "en"), 200, "<span>Xena</span>")
}

// An undo does not look done because another unit of work of the same minute was undone.
func TestUndoOfTwoUnitsOfAMinute(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	back := "/w/" + h.ws.ID.String() + "/influencers"
	var created, edited, again crm.Done
	anna := ok(h.crm.Noting(&created).CreateInfluencer(t.Context(), h.ws.ID, crm.Influencer{Name: "Anna"}))(h)
	anna.Category = "Beauty"
	ok(h.crm.Noting(&edited).UpdateInfluencer(t.Context(), h.ws.ID, anna, ""))(h)
	h.twice("undo the edit", "undo", "unit", edited.Unit.String(), "back", back)
	h.has("undo the creation", h.post("undo", "unit", created.Unit.String(), "back", back), 200, "Nothing was taken back")

	anna = h.stored(anna)
	anna.Category = "Food"
	ok(h.crm.Noting(&again).UpdateInfluencer(t.Context(), h.ws.ID, anna, ""))(h)
	h.has("undo the second edit", h.post("undo", "unit", again.Unit.String(), "back", back), 303)
	h.has("which of the two edits is not certain", h.post("undo", "unit", edited.Unit.String(), "back", back), 200, "Nothing was taken back")
}

// An import whose rows are deleted says that nothing is left, and one that was undone is not undone again.
func TestUndoOfAnImportThatIsGone(t *testing.T) {
	t.Parallel()
	h := newImportHost(t)
	apply := func(name string) (run string) {
		at := h.sendFile("import", name, sheet).to
		h.has("the import", h.post(at+"/apply", "digest", h.field(h.get(at, "en"), "digest")), 303)
		done := h.finished(at)
		_, run, _ = strings.Cut(done.main(), "import/runs/")
		run, _, _ = strings.Cut(run, "/undo")
		return "import/runs/" + run + "/undo"
	}
	undo := apply("deals.csv")
	h.twice("undo", undo)
	undo = apply("again.csv")
	deal := ok(h.crm.Cooperations(t.Context(), h.ws.ID, crm.CooperationFilter{}, crm.ListOptions{}))(h).Items[0]
	ok(h.crm.SetStatus(t.Context(), h.ws.ID, crm.AnyVersion(deal.ID), crm.Draft, "gone"))(h)
	for _, r := range []crm.At{deal.Ref().At(0), crm.RefTo(deal.Influencer).At(0), crm.RefTo(deal.Campaign).At(0)} {
		r.Version = h.version(r.Ref)
		ok(h.crm.Delete(t.Context(), h.ws.ID, r, ""))(h)
	}
	h.has("nothing is left", h.post(undo), 200, "Nothing of it is left to be taken back", "3 records were deleted since")
}

// version is the one that a record has.
func (h *host) version(r crm.Ref) int64 {
	h.Helper()
	changes := ok(h.crm.Log(h.Context(), h.ws.ID, crm.ChangeFilter{Record: r}, 100))(h)
	return int64(len(changes))
}
