package pages_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// mainForm is the address that the form of a page is sent to.
var mainForm = regexp.MustCompile(`<form method="post" action="([^"]*)" class="(?:columns deal|person-form|card narrow)"`)

// The page that answers a refused action is that of the record: what is typed in its form is saved, and is not the action
// once more; and its links lead to pages.
func TestFormsOfRefusedActions(t *testing.T) {
	t.Parallel()
	h, campaign, draft := planned(t)
	person := ok(h.crm.CreateInfluencer(t.Context(), h.ws.ID, crm.Influencer{Name: "Ida"}))(h)
	member := ok(h.crm.CreateMember(t.Context(), h.ws.ID, crm.Member{Name: "Ben", Email: "ben@shop.example"}))(h)
	for _, test := range []struct {
		record, action, begins string
		status                 int
		pairs                  []string
	}{
		{"cooperations/" + draft.ID.String(), "cancel", `class="columns deal"`, 422, []string{"cancellation.fee", "abc"}},
		{"cooperations/" + draft.ID.String(), "archive", `class="columns deal"`, 412, nil},
		{"cooperations/" + draft.ID.String(), "delete", `class="columns deal"`, 412, nil},
		{"influencers/" + person.ID.String(), "archive", personForm, 412, nil},
		{"influencers/" + person.ID.String(), "delete", personForm, 412, nil},
		{"influencers/" + person.ID.String(), "picture/remove", personForm, 412, nil},
		{"members/" + member.ID.String(), "archive", `class="card narrow">`, 412, nil},
		{"members/" + member.ID.String(), "delete", `class="card narrow">`, 412, nil},
	} {
		pairs := test.pairs
		if test.status == 422 {
			pairs = append(pairs, "version", "1")
		}
		refused := h.post(test.record+"/"+test.action, pairs...)
		h.has(test.action, refused, test.status)
		to := mainForm.FindStringSubmatch(refused.body)
		if to == nil || to[1] != "/w/"+h.ws.ID.String()+"/"+test.record {
			t.Errorf("the form of a refused %s of %s goes to %v", test.action, test.record, to)
			continue
		}
		h.has("the language", refused, test.status, `name="back" value="`+to[1]+`"`)
		h.has("save after "+test.action, h.post(to[1], h.fields(refused, test.begins)...), 303)
	}
	if c := ok(h.crm.Cooperation(t.Context(), h.ws.ID, draft.ID))(h); c.Cancellation != nil || !c.ArchivedOn.IsZero() {
		t.Errorf("%+v", c)
	}
	for path, pairs := range map[string][]string{
		"settings/budget": {"month", "July", "amount", "1"}, "settings/sources": {"do", "pause"},
	} {
		p := h.post(path, pairs...)
		h.has(path, p, 422, `<form method="post" action="/w/`+h.ws.ID.String()+`/settings">`)
	}
	h.has("a campaign", h.post("campaigns/"+campaign.ID.String()+"/archive", "version", "9"), 412,
		`name="back" value="/w/`+h.ws.ID.String()+`/campaigns/`+campaign.ID.String()+`/edit"`)
	if p := h.post("orders/fix", "cooperation", draft.ID.String()); strings.Contains(p.body, `value="/w/`+h.ws.ID.String()+`/orders/fix"`) {
		t.Error("a link to a place that is no page")
	}
}

// What is wrong with a record that was chosen is said with its name, if it has one, and never with its id.
func TestRefusedRecordsHaveNoIDs(t *testing.T) {
	t.Parallel()
	h, campaign, draft := planned(t)
	if _, err := h.crm.Archive(t.Context(), h.ws.ID, crm.At{Ref: campaign.Ref(), Version: campaign.Version}, ""); err != nil {
		t.Fatal(err)
	}
	gone := uuid.NewString()
	for problem, chosen := range map[string][]string{
		"Campaign “Sun &amp; &lt;script&gt;alert(1)&lt;/script&gt;”: is archived": {"campaign", campaign.ID.String(),
			"influencer", draft.Influencer.String()},
		"Influencer: there is no such influencer": {"campaign", campaign.ID.String(), "influencer", gone},
	} {
		p := h.post("cooperations/new", append(chosen, "currency", "EUR")...)
		h.has(problem, p, 422, problem)
		if strings.Contains(p.main(), "“"+gone) || strings.Contains(p.main(), "“"+campaign.ID.String()) {
			t.Errorf("an id is quoted: %s", p.main())
		}
	}
}
