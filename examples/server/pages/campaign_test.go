package pages_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// All pages of campaigns are there in both languages, and none says what is not its own.
func TestCampaignPages(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.deal(func(c *crm.Cooperation) {
		c.Period, c.Cost = period("2026-07-01", "2026-07-10"), budget.FromMinor(400_00, "EUR")
	})
	at := "campaigns/" + w.campaign.ID.String()
	foreign := "/w/" + w.workspace("South").ID.String() + "/"
	for _, path := range []string{"campaigns", "campaigns/new", at, at + "/table", at + "/timeline", at + "/edit", "planning/months", "cooperations"} {
		for lang, text := range map[string]string{"en": "Revenue target", "de": "Umsatzziel"} {
			p := w.get(path, lang)
			w.has(path+" "+lang, p, 200)
			if strings.HasPrefix(path, "campaigns") && !strings.Contains(p.body, text) {
				t.Errorf("%s lacks %q", path, text)
			}
			if strings.Contains(p.body, "<script>alert") {
				t.Errorf("%s runs the name of an influencer", path)
			}
		}
		if strings.HasPrefix(path, at) {
			w.has(path+" of another", w.get(foreign+path, "en"), 404)
		}
	}
	w.has("no campaigns", w.get(foreign+"campaigns", "en"), 200, "There are no campaigns yet")
	w.has("no cooperations", w.get(foreign+"cooperations", "de"), 200, "Es gibt noch keine Kooperationen")
	w.has("not found", w.get("campaigns?text=winter", "en"), 200, "No campaign is like this.")
	w.has("found", w.get("campaigns?text=SUM&sort=name", "en"), 200, ">Summer</a>", "600.00")
}

// A campaign is made, edited, copied, archived, restored and deleted by forms, and what is wrong stands beside its field.
func TestCampaignForms(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.deal(func(c *crm.Cooperation) {
		c.Period, c.Cost = period("2026-07-01", "2026-07-10"), budget.FromMinor(400_00, "EUR")
	})
	w.has("taken", w.post("campaigns/new", "name", "summer", "budget", "1,5"), 422, `value="summer"`, `value="1,5"`, "is no amount")
	w.has("taken", w.post("campaigns/new", "name", "summer"), 422, "there is a campaign", "Summer", "already; choose another name")
	made := w.post("campaigns/new", "name", "Winter", "budget", "5,000.50", "revenue_target", "20000", "period.start",
		"2026-12-01", "period.end", "2026-12-24")
	w.has("made", made, 303)
	at, _, _ := strings.Cut(made.to, "?")
	w.has("its page", w.get(made.to, "en"), 200, "Winter", "5,000.50", "20,000.00", `role="status"`, "Undo")
	w.has("stale", w.post(at+"/edit", "version", "1", "name", "Winter", "budget", "6000"), 303)
	w.has("stale", w.post(at+"/edit", "version", "1", "name", "Frost", "budget", "7000"), 412,
		"in another tab or by somebody else.", "6,000.00", "Frost")
	w.has("chosen", w.post(at+"/edit", "version", "2", "name", "Frost", "budget", "7000", "take.budget", "theirs",
		"theirs.budget", "6,000.00"), 303)
	w.has("edited", w.get(at, "en"), 200, "Frost", "6,000.00")
	clone := "campaigns/" + w.campaign.ID.String() + "/clone"
	w.has("no copy", w.post(clone, "clone_name", "Summer", "cooperations", "yes"), 422, `id="field-clone_name-error"`)
	w.has("both", w.post(clone, "clone_name", "Summer 2", "start", "2027-07-01", "days", "3"), 422, "say either on which day")
	copied := w.post(clone, "clone_name", "Summer 2", "start", "2027-07-01", "cooperations", "yes")
	w.has("copied", copied, 303)
	w.has("the copy", w.get(copied.to, "en"), 200, "Summer 2", "1 cooperation", "1 Jul – 10 Jul 2027")
	w.has("not deleted", w.post("campaigns/"+w.campaign.ID.String()+"/delete", "version", "1"), 422)
	w.has("archived", w.post(at+"/archive", "version", "3"), 303)
	w.has("in the archive", w.get("campaigns?archive=archived", "en"), 200, "Frost")
	w.has("restored", w.post(at+"/restore", "version", "4"), 303)
	w.has("deleted", w.post(at+"/delete", "version", "5"), 303)
	w.has("gone", w.get(at, "en"), 404)
}

// What a copy lacks is listed.
func TestCampaignCopyLeavesOut(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	c := w.deal(func(c *crm.Cooperation) { c.Period = period("2026-07-01", "2026-07-10") })
	if _, err := w.crm.Cancel(t.Context(), w.ws.ID, c.ID, c.Version, crm.Cancellation{}, "ill"); err != nil {
		t.Fatal(err)
	}
	w.has("copied", w.post("campaigns/"+w.campaign.ID.String()+"/clone", "clone_name", "Summer 2", "cooperations", "yes"), 200,
		"What the copy does not have", "it was cancelled on 15 Jun 2026", "To the new campaign")
}

// Cards move between the columns, out of the last one only with a reason, and a refusal stands on the card. Counts and sums
// are of all cards.
func TestBoard(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	for n := range 52 {
		w.deal(func(c *crm.Cooperation) {
			c.Name, c.Period, c.Cost = fmt.Sprint("Post ", n), period("2026-07-01", "2026-07-10"), budget.FromMinor(10_00, "EUR")
		})
	}
	bare := w.deal(nil)
	at := "campaigns/" + w.campaign.ID.String()
	board := w.get(at, "en")
	w.has("board", board, 200, "53 cooperations", "520.00", "More cards", `draggable="true"`)
	if n := strings.Count(board.body, "data-at="); n != 50 {
		t.Errorf("%d cards", n)
	}
	next := between(board.body, `<a class="button" href="`, `">More cards`)
	w.has("more", w.get(strings.ReplaceAll(next, "&amp;", "&"), "en"), 200, "53 cooperations", "First cards")
	move := func(c crm.Cooperation, to string, more ...string) page {
		return w.post(at+"/move", append([]string{"move", fmt.Sprintf("%s.%d %s", c.ID, c.Version, to)}, more...)...)
	}
	w.has("unfit", move(bare, "signed"), 422, "a signed cooperation needs its cost", `role="alert"`)
	w.has("no status", move(bare, "won"), 422)
	c := w.deal(func(c *crm.Cooperation) {
		c.Period, c.Cost = period("2026-06-01", "2026-07-10"), budget.FromMinor(10_00, "EUR")
	})
	w.has("signed", move(c, "signed"), 303)
	w.has("stale", move(c, "negotiating"), 412, "it has changed since it was read")
	c = w.stored(c.ID)
	w.has("no reason", move(c, "draft"), 422, "say why this signed cooperation goes back to draft")
	w.has("reason", move(c, "draft", "reason", "they want more", "back", "/w/"+w.ws.ID.String()+"/"+at), 303)
	if c = w.stored(c.ID); c.Status != crm.Draft {
		t.Errorf("status %s", c.Status)
	}
}

func between(text, from, to string) string {
	before, _, _ := strings.Cut(text, to)
	return before[strings.LastIndex(before, from)+len(from):]
}

// The timeline marks cooperations of one influencer that begin in one week.
func TestTimeline(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.deal(func(c *crm.Cooperation) { c.Period = period("2026-07-06", "2026-07-20") })
	w.deal(func(c *crm.Cooperation) { c.Period = period("2026-07-12", "2026-07-31") })
	w.deal(func(c *crm.Cooperation) { c.Period = period("2026-07-13", "2026-07-31") })
	w.deal(nil)
	p := w.get("campaigns/"+w.campaign.ID.String()+"/timeline", "en")
	w.has("timeline", p, 200, "2 cooperations begin in one week", "One cooperation has no dates.", `x="16.13%"`, "July 2026")
	if n := strings.Count(p.body, `class="clash"`); n != 2 {
		t.Errorf("%d clashes", n)
	}
	if strings.Contains(p.body, "style=") {
		t.Error("the policy for content takes no styles")
	}
	for n := range 150 {
		w.deal(func(c *crm.Cooperation) {
			c.Name, c.Period = fmt.Sprintf("Late %d", n), period("2026-09-01", "2026-09-02")
		})
	}
	first := w.get("campaigns/"+w.campaign.ID.String()+"/timeline", "en")
	w.has("the first ones", first, 200, "These 150 are in the order of their start", "Next page")
	rest := w.get(strings.ReplaceAll(between(first.body, `<a class="button" href="`, `">Next page`), "&amp;", "&"), "en")
	w.has("the rest", rest, 200, "These 3 are in the order", "First page")
}

// Budgets of months are set together or not at all.
func TestMonthBudgets(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.has("wrong", w.post("planning/months?from=2026-06", "month.2026-06", "100", "month.2026-07", "-5"), 422,
		`id="error-month.2026-07"`, `value="100"`)
	w.has("no amount", w.post("planning/months?from=2026-06", "month.2026-06", "100", "month.2026-07", "x"), 422, `id="error-month.2026-07"`)
	if ws, err := w.crm.Workspace(t.Context(), w.ws.ID); err != nil || len(ws.MonthBudgets) != 0 {
		t.Errorf("budgets %v, %v", ws.MonthBudgets, err)
	}
	w.has("set", w.post("planning/months?from=2026-06", "month.2026-06", "100", "month.2026-07", "2,000"), 303)
	w.has("shown", w.get("planning/months?from=2026-06", "de"), 200, `value="2.000,00"`, "Eigenes Budget für Juli 2026")
	w.has("taken back", w.post("planning/months?from=2026-06", "month.2026-06", "", "was.month.2026-06", "100.00",
		"month.2026-07", "2,000.00", "was.month.2026-07", "2,000.00"), 303)
	ws, err := w.crm.Workspace(t.Context(), w.ws.ID)
	if err != nil || len(ws.MonthBudgets) != 1 || ws.MonthBudgets[budget.MustParseMonth("2026-07")] != budget.FromMinor(2_000_00, "EUR") {
		t.Errorf("budgets %v, %v", ws.MonthBudgets, err)
	}
	w.has("no month", w.get("planning/months?from=June", "en"), 422)
	w.has("a month that is not there", w.post("planning/months", "from", "2026-06", "month.2030-01", "5"), 422,
		"is not among the months of this page")
}

// Two people who plan different months do not meet; of one month both budgets are shown.
func TestMonthBudgetsMeet(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	stored := func(month string) string {
		ws, err := w.crm.Workspace(t.Context(), w.ws.ID)
		if err != nil {
			t.Fatal(err)
		}
		return ws.MonthBudgets[budget.MustParseMonth(month)].Amount()
	}
	w.has("one", w.post("planning/months", "from", "2026-06", "month.2026-06", "100"), 303)
	w.has("another month", w.post("planning/months", "from", "2026-06", "month.2026-06", "", "was.month.2026-06", "",
		"month.2026-07", "200"), 303)
	p := w.post("planning/months", "from", "2026-06", "month.2026-06", "150", "was.month.2026-06", "", "month.2026-08", "80")
	w.has("the same month", p, 412, `name="take.month.2026-06"`, "June 2026", "100.00", `value="200.00"`)
	if stored("2026-06") != "100.00" || stored("2026-07") != "200.00" || stored("2026-08") != "" {
		t.Errorf("stored %s, %s, %s", stored("2026-06"), stored("2026-07"), stored("2026-08"))
	}
	w.has("mine", w.post("planning/months", with(w.fields(p, `<form method="post" class="card">`), "take.month.2026-06", "mine")...), 303)
	if stored("2026-06") != "150.00" || stored("2026-07") != "200.00" || stored("2026-08") != "80.00" {
		t.Errorf("stored %s, %s, %s", stored("2026-06"), stored("2026-07"), stored("2026-08"))
	}
}

// A list of cooperations is filtered and sorted, and counts and sums are of all that the filter selects.
func TestCooperationList(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	other, err := w.crm.CreateCampaign(t.Context(), w.ws.ID, crm.Campaign{Name: "Winter"})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 60 {
		w.deal(func(c *crm.Cooperation) {
			c.Name, c.Period, c.Cost = fmt.Sprintf("Post %02d", n), period("2026-07-01", "2026-07-10"), budget.FromMinor(10_00, "EUR")
		})
	}
	w.deal(func(c *crm.Cooperation) {
		c.Campaign, c.Name, c.Period, c.Status, c.Cost = other.ID, "Frost", period("2026-12-01", "2026-12-02"),
			crm.Negotiating, budget.FromMinor(7_00, "USD")
	})
	all := w.get("cooperations?sort=name", "en")
	w.has("all", all, 200, "60 cooperations", "600.00", "Frost", "Next page", `aria-sort="ascending"`)
	if n := strings.Count(all.body, `name="at"`); n != 50 {
		t.Errorf("%d rows", n)
	}
	next := strings.ReplaceAll(between(all.body, `<a class="button" href="`, `">Next page`), "&amp;", "&")
	w.has("next", w.get(next, "en"), 200, "Post 59", "First page")
	for query, want := range map[string]string{
		"text=frost": "Frost", "campaign=" + other.ID.String(): "Frost", "status=negotiating": "Frost", "month=2026-12": "Frost",
		"platform=instagram&sort=cost&desc=true": "Frost", "responsible=none&text=Frost": "Frost",
		"archive=archived": "No cooperation is like this.",
	} {
		w.has(query, w.get("cooperations?"+query, "en"), 200, want)
	}
	w.has("no month", w.get("cooperations?month=soon", "en"), 422, "is no month", "No cooperation is like this.")
	w.has("no filter", w.get("cooperations?planet=mars", "en"), 422, "is not what this address takes")
	w.has("of an influencer", w.get("cooperations?sort=name&influencer="+w.influencer.ID.String(), "en"), 200,
		"60 cooperations", "Frost", "Pam")
	w.has("no status", w.get("cooperations?status=won", "en"), 422)
	w.has("other currency", w.get("cooperations?text=frost", "en"), 200, "USD", "7.00")
}

// Another try to tag the influencers of cooperations is for the cooperations of those who were not tagged.
func TestTagAgain(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	full := w.person("Full", "full", "FULL10")
	for n := range crm.MaxTags {
		full.Tags = append(full.Tags, fmt.Sprintf("tag%d", n))
	}
	full = ok(w.crm.UpdateInfluencer(t.Context(), w.ws.ID, full, ""))(w.host)
	fine := w.deal(nil)
	refused := []crm.Cooperation{}
	for range 2 {
		refused = append(refused, w.deal(func(c *crm.Cooperation) { c.Influencer, c.Profile = full.ID, full.Profiles[0].ID }))
	}
	at := func(c crm.Cooperation) string { return fmt.Sprintf("%s.%d", c.ID, c.Version) }
	p := w.post("cooperations/bulk", "of", "chosen", "at", at(fine), "at", at(refused[0]), "at", at(refused[1]), "do",
		"tag", "tags", "vip", "reason", "")
	w.has("one is refused", p, 200, "1 of 2 are as wanted", "Try again", `name="at" value="`+at(refused[0])+`"`,
		`name="at" value="`+at(refused[1])+`"`)
	if strings.Contains(p.body, `name="at" value="`+at(fine)) {
		t.Error("another try is for the one who was tagged")
	}
	fields := w.fields(p, `aria-label="Try again">`)
	w.has("another try", w.post("cooperations/bulk", with(fields, "tags", "tag7")...), 303)
}

// What becomes of many is told for each.
func TestCooperationBulk(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	fit := w.deal(func(c *crm.Cooperation) {
		c.Name, c.Period, c.Cost = "Fit", period("2026-07-01", "2026-07-10"), budget.FromMinor(10_00, "EUR")
	})
	bare := w.deal(func(c *crm.Cooperation) { c.Name = "Bare" })
	at := func(c crm.Cooperation) string { return fmt.Sprintf("%s.%d", c.ID, c.Version) }
	none := w.post("cooperations/bulk", "do", "archive", "reason", "")
	w.has("none", none, 422, "Nothing is chosen")
	if strings.Contains(none.body, "Try again") {
		t.Error("another try is offered that would change nothing")
	}
	w.has("nothing to do", w.post("cooperations/bulk", "at", at(bare)), 422)
	w.has("no tag", w.post("cooperations/bulk", "at", at(bare), "do", "tag", "tags", " ,"), 422, "No tag is given")
	w.has("an unknown filter", w.post("cooperations/bulk", "of", "all", "query", "planet=mars", "count", "2", "do",
		"archive"), 422, "The filter of the list cannot be read")
	w.has("no month", w.post("cooperations/bulk", "of", "all", "query", "month=soon", "count", "2", "do", "archive"),
		422, "The filter of the list cannot be read")
	w.has("another count", w.post("cooperations/bulk", "of", "all", "query", "text=bare", "count", "2", "do",
		"archive"), 412, "The list is not as you have seen it any more")
	gone := strings.Replace(at(bare), bare.ID.String(), w.ws.ID.String(), 1)
	some := w.post("cooperations/bulk", "at", at(fit), "at", at(bare), "do", "status.signed", "reason", "")
	w.has("some", some, 200,
		"1 of 2 are as wanted", "a signed cooperation needs its start date", ">Bare</a>", ">Fit</a>")
	if strings.Contains(some.body, `name="at" value="`+at(fit)+`"`) || !strings.Contains(some.body, `name="at" value="`+at(bare)+`"`) {
		t.Error("another try is not for the one that was not changed")
	}
	w.has("stale", w.post("cooperations/bulk", "at", at(fit), "do", "status.draft", "reason", "x"), 422, "it has changed since it was read")
	unreasoned := w.post("cooperations/bulk", "of", "chosen", "at", at(bare), "at", at(fit), "do", "tag", "tags", "", "reason", "why")
	w.has("what was chosen and typed is there for another try", unreasoned, 422, "No tag is given",
		`name="at" value="`+at(bare)+`"`, `name="at" value="`+at(fit)+`"`,
		`name="do" value="tag"`, `name="reason" value="why"`)
	w.has("tagged", w.post("cooperations/bulk", "at", at(bare), "do", "tag", "tags", "vip, summer"), 303)
	w.has("one is gone", w.post("cooperations/bulk", "at", at(bare), "at", gone, "do", "tag", "tags", "vip"), 200,
		"1 of 2 are as wanted", "there is no such cooperation")
	if i, err := w.crm.Influencer(t.Context(), w.ws.ID, w.influencer.ID); err != nil || strings.Join(i.Tags, " ") != "vip summer" {
		t.Errorf("tags %v, %v", i.Tags, err)
	}
	archived := w.post("cooperations/bulk", "at", at(bare), "do", "archive", "back", "/w/"+w.ws.ID.String()+"/cooperations?text=bare")
	w.has("archived", archived, 303)
	if !strings.Contains(archived.to, "text=bare") || w.stored(bare.ID).ArchivedOn.IsZero() {
		t.Errorf("back to %s", archived.to)
	}
	w.has("no id", w.post("cooperations/bulk", "at", "x.1", "do", "archive"), 422)
	table := w.get("campaigns/"+fit.Campaign.String()+"/table", "en")
	pairs := with(w.fields(table, `/cooperations/bulk" data-select>`), "of", "all", "do", "status.negotiating", "reason", "later")
	w.has("all of a campaign, of which one is archived", w.post("cooperations/bulk", pairs...), 200, "1 of 2 are as wanted", "archived")
	if got := w.stored(fit.ID); got.Status != crm.Negotiating {
		t.Errorf("%s after all were changed", got.Status)
	}
}

// A campaign that cannot be deleted does not offer it; a cooperation in the archive keeps it too.
func TestOnlyAnEmptyCampaignOffersToBeDeleted(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	at := "campaigns/" + w.campaign.ID.String()
	w.has("empty", w.get(at+"/edit", "en"), 200, at+"/delete")
	c := w.deal(nil)
	for range 2 {
		p := w.get(at+"/edit", "en")
		w.has("with one", p, 200, "Only a campaign without cooperations can be deleted.")
		if strings.Contains(p.main(), at+"/delete") {
			t.Errorf("it can be deleted: %s", p.main())
		}
		if c.ArchivedOn.IsZero() {
			ok(w.crm.Archive(t.Context(), w.ws.ID, c.At(), ""))(w.host)
		}
		c = w.stored(c.ID)
	}
}
